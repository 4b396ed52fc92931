"""Reads many workbooks in one process: the cells of every sheet below its header row, by openpyxl and by calamine."""

import datetime
import json
import sys
import warnings

import openpyxl
import python_calamine

warnings.simplefilter("ignore")
HEADER_ROW = 3


def plain(value):
    if value == "":
        return None
    if isinstance(value, datetime.timedelta):
        return {"seconds": round(value.total_seconds(), 3)}
    if isinstance(value, datetime.datetime):
        value = value + datetime.timedelta(microseconds=500)
        return {"time": value.isoformat(timespec="milliseconds")}
    if isinstance(value, datetime.date):
        return {"time": value.isoformat() + "T00:00:00.000"}
    if isinstance(value, datetime.time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
        return {"seconds": round(seconds, 3)}
    return value


def by_openpyxl(path):
    for sheet in openpyxl.load_workbook(path).worksheets:
        yield [[plain(c) for c in row] for row in sheet.iter_rows(min_row=HEADER_ROW + 1, values_only=True)]


def by_calamine(path):
    book = python_calamine.CalamineWorkbook.from_path(path)
    for index in range(len(book.sheet_names)):
        rows = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
        yield [[plain(c) for c in row] for row in rows[HEADER_ROW:]]


for line in open(sys.argv[1]):
    path = line.strip()
    for sheet in zip(by_openpyxl(path), by_calamine(path), strict=True):
        print(json.dumps({"openpyxl": sheet[0], "calamine": sheet[1]}))
