"""Writes the bench's table with a Python library: xlsx.py xlsxwriter|openpyxl ROWS FILE."""

import datetime
import os
import sys

from usage import report_usage

REGIONS = ["North", "South", "São Paulo", "Île-de-France", "東京", "Bayern", "Київ", "West & Co <1>"]
HEADER = ["Id", "Customer", "Region", "Product", "Date", "Paid", "Quantity", "Price", "Ratio", "Note"]
DATES = [datetime.datetime(2020, 1, 1) + datetime.timedelta(days=day) for day in range(2000)]
PRODUCTS = [f"Product family {n}" for n in range(20)]
#: The harness asks for other text where it tries what a writer makes of it.
NOTE = os.environ.get("BENCH_NOTE", "Naïve note № ")


def cells(i):
    return (
        i + 1,
        f"Customer {i + 1}",
        REGIONS[i % 8],
        PRODUCTS[i % 20],
        DATES[i * 7 % 2000],
        i % 3 == 0,
        i * 7919 % 1000,
        i * 104729 % 1000000 / 100,
        i / 7,
        f"{NOTE}{i} – ok",
    )


def with_xlsxwriter(rows, path):
    import xlsxwriter

    workbook = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = workbook.add_worksheet()
    date = workbook.add_format({"num_format": "yyyy-mm-dd"})
    money = workbook.add_format({"num_format": "#,##0.00"})
    sheet.write_row(0, 0, HEADER)
    for i in range(rows):
        row = cells(i)
        r = i + 1
        sheet.write_number(r, 0, row[0])
        sheet.write_string(r, 1, row[1])
        sheet.write_string(r, 2, row[2])
        sheet.write_string(r, 3, row[3])
        sheet.write_datetime(r, 4, row[4], date)
        sheet.write_boolean(r, 5, row[5])
        sheet.write_number(r, 6, row[6])
        sheet.write_number(r, 7, row[7], money)
        sheet.write_number(r, 8, row[8])
        sheet.write_string(r, 9, row[9])
    workbook.close()


def with_openpyxl(rows, path):
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.append(HEADER)
    for i in range(rows):
        row = list(cells(i))
        row[4] = WriteOnlyCell(sheet, row[4])
        row[4].number_format = "yyyy-mm-dd"
        row[7] = WriteOnlyCell(sheet, row[7])
        row[7].number_format = "#,##0.00"
        sheet.append(row)
    workbook.save(path)


if __name__ == "__main__":
    {"xlsxwriter": with_xlsxwriter, "openpyxl": with_openpyxl}[sys.argv[1]](int(sys.argv[2]), sys.argv[3])
    report_usage()
