"""Reads a workbook of the bench as its users' programs would: check_xlsx.py FILE ROWS prints what it lacks, as JSON.

calamine counts the rows and compares some of them; openpyxl looks at the types and number formats of the first.
check_xlsx.py FILE ROWS dataset: the same with the notes that make_dataset.py writes.
check_xlsx.py FILE control: whether the file opens at all."""

import datetime
import json
import sys

import openpyxl
import python_calamine
from xlsx import HEADER, cells

#: Which rows are compared, as parts of all.
SPOTS = (0, 0.25, 0.5, 0.999)
FIRST_DAY = datetime.date(1899, 12, 30)


def as_date(value):
    """Whatever shows the day to some reader: a date, a number of days, or text."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, (int, float)):
        return FIRST_DAY + datetime.timedelta(days=value)
    return datetime.date.fromisoformat(value[:10]) if isinstance(value, str) else value


def plain(row):
    """A row of any reader, brought to what all of them can say."""
    row = list(row[:10])
    row[4] = as_date(row[4])
    row[5] = row[5] in (True, 1, "1", "true", "TRUE", "True")
    for column in (0, 6, 7, 8):
        row[column] = round(float(row[column]), 6)
    return row


def expected_cells(i, is_dataset):
    row = list(cells(i))
    if is_dataset and i % 4 == 0:
        row[9] = f'Naïve, "quoted" note № {i} – ok'
    return plain(row)


def found_table(workbook):
    """The rows of the sheet that has the header among its first ten, and where that is."""
    for name in workbook.sheet_names:
        table = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for top, row in enumerate(table[:10]):
            if list(row[:10]) == HEADER:
                return table, top
    raise SystemExit("no sheet has the header among its first ten rows")


def check_rows(path, rows, is_dataset):
    table, top = found_table(python_calamine.load_workbook(path))
    found = len(table) - top - 1
    if found != rows:
        raise SystemExit(f"{found} rows where there should be {rows}")
    for i in {min(rows - 1, int(rows * part)) for part in SPOTS} | {rows - 1}:
        expected, actual = expected_cells(i, is_dataset), plain(table[top + 1 + i])
        if expected != actual:
            raise SystemExit(f"row {i} is {actual}, not {expected}")


def first_row(workbook):
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()  # some writers state them before they know them
        rows = iter(sheet.iter_rows(max_row=20))
        if any([cell.value for cell in row][:10] == HEADER for row in rows):
            return next(rows)
    raise SystemExit("no sheet has the header")


def lacks(path):
    row = first_row(openpyxl.load_workbook(path, read_only=True))
    missing = []
    if not isinstance(row[4].value, datetime.date) or not row[4].is_date:
        missing.append("dates")
    if row[7].number_format not in ("#,##0.00", "#,##0.00_);(#,##0.00)"):
        missing.append("number formats")
    if not isinstance(row[5].value, bool):
        missing.append("booleans")
    return missing


if __name__ == "__main__":
    if sys.argv[2] == "control":
        openpyxl.load_workbook(sys.argv[1])  # reads every sheet, as XML
        print("{}")
    else:
        check_rows(sys.argv[1], int(sys.argv[2]), sys.argv[3:] == ["dataset"])
        print(json.dumps(lacks(sys.argv[1])))
