"""Turns a dataset into a workbook with a Python library: datasets.py duckdb|polars|pandas INPUT FILE.

INPUT is gzipped CSV or Parquet, by its name."""

import sys

from usage import report_usage

PRICE = "#,##0.00"
DATE = "yyyy-mm-dd"


def with_duckdb(source, path):
    import duckdb
    from duckdb_extensions import import_extension

    import_extension("excel")
    database = duckdb.connect()
    database.execute("LOAD excel")
    reader = "read_parquet" if source.endswith(".parquet") else "read_csv"
    database.execute(f"COPY (SELECT * FROM {reader}('{source}')) TO '{path}' WITH (FORMAT xlsx, HEADER true)")


def with_polars(source, path):
    import polars

    if source.endswith(".parquet"):
        frame = polars.read_parquet(source)
    else:
        frame = polars.read_csv(source, try_parse_dates=True)
    frame.write_excel(path, column_formats={"Price": PRICE, "Date": DATE}, autofit=False)


def with_pandas(source, path):
    import pandas

    if source.endswith(".parquet"):
        frame = pandas.read_parquet(source)
    else:
        frame = pandas.read_csv(source, parse_dates=["Date"])
    frame["Date"] = pandas.to_datetime(frame["Date"])
    with pandas.ExcelWriter(path, engine="xlsxwriter", datetime_format=DATE) as writer:
        frame.to_excel(writer, index=False)
        writer.sheets["Sheet1"].set_column(7, 7, None, writer.book.add_format({"num_format": PRICE}))


WAYS = {"duckdb": with_duckdb, "polars": with_polars, "pandas": with_pandas}

if __name__ == "__main__":
    WAYS[sys.argv[1]](sys.argv[2], sys.argv[3])
    report_usage()
