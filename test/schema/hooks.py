"""What Schemathesis cannot know from the document: formats of its own, and what a body means as a whole."""

import schemathesis
from hypothesis import strategies as st

schemathesis.openapi.format("bcp47", st.sampled_from(["en-US", "pt-BR", "ar", "zh-Hant-TW", "de-CH-1996", "fa"]))
schemathesis.openapi.format("iana-time-zone", st.sampled_from(["UTC", "America/Sao_Paulo", "Asia/Kathmandu"]))
schemathesis.openapi.format(
    "uri", st.sampled_from(["http://127.0.0.1:9/", "https://reports.example.org/quire?a=b", "http://localhost:9/a/b"])
)

# What no JSON Schema can say of a request. Whatever else is refused, the document ought to have said.
BY_MEANING = {
    "NOT_UNICODE",
    "DUPLICATE_KEY",
    "UNKNOWN_COLUMN",
    "ROW_TOO_LONG",
    "TOO_MANY_COLUMNS",
    "TOO_MANY_CELLS",
    "TOO_MANY_GROUPS",
    "UNKNOWN_DATASET",
    "DATASET_TOO_LARGE",
    "UNKNOWN_REPORT",
}


def tables(body):
    """The tables of a request in any of its forms."""
    if not isinstance(body, dict):
        return []
    found = body.get("tables", [body])
    return [table for table in found if isinstance(table, dict)] if isinstance(found, list) else []


def make_sense(table):
    """Rows by the keys of their columns, and a group by one of them: as a client that knows its columns would write."""
    columns, rows = table.get("columns"), table.get("rows")
    if not isinstance(columns, list) or not all(isinstance(column, dict) for column in columns):
        return
    for index, column in enumerate(columns):
        if isinstance(column.get("key"), str):
            column["key"] = f"{column['key'][:200]}{index}"
    keys = [column.get("key") for column in columns]
    if isinstance(rows, list):
        table["rows"] = [
            row[: len(keys)] if isinstance(row, list) else dict(zip(keys, row.values())) if isinstance(row, dict) else row
            for row in rows
        ]
    if isinstance(table.get("groupBy"), str) and keys:
        table["groupBy"] = keys[0]


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.method != "POST" or case.path != "/generate" or case.meta is None:
        return
    if case.meta.generation.mode.is_positive:
        for table in tables(case.body):
            make_sense(table)


@schemathesis.check
def refused_by_meaning(ctx, response, case):
    """A request that the document allows is refused for its meaning alone, and never for its form."""
    if response.status_code != 422 or case.meta is None or not case.meta.generation.mode.is_positive:
        return
    problem = response.json()
    if problem["code"] == "IDEMPOTENCY_KEY_REUSED":
        return
    formal = [fault for fault in problem["errors"] if fault["code"] not in BY_MEANING]
    assert not formal, f"the document allows what is refused for its form: {formal}"
