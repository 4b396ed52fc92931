"""Reads a large workbook as its users' programs would (calamine): check.py FILE ROWS prints the sheets it found, as JSON.

Every row is counted and its number added up; one row in a thousand is compared as a whole."""

import datetime
import json
import sys

import python_calamine

HEADER = ["Id", "Region", "Customer", "Day", "Quantity", "Price", "Total", "Share", "Paid", "Note"]
REGIONS = ["North", "East", "South", "West"]


def expected(i):
    day = datetime.date(2026, 1, 1) + datetime.timedelta(days=i % 365)
    price = (i % 9973) / 100
    total = (i % 9973) * (i % 97) / 100
    note = f'Naïve, "quoted" n{i}.' if i % 4 == 0 else f"n{i}."
    return [i, REGIONS[i % 4], f"Customer {i % 1000}", day, i % 97, price, total, (i % 101) / 100, i % 2 == 0, note]


def plain(row):
    row = list(row[:10])
    if isinstance(row[3], datetime.datetime):
        row[3] = row[3].date()
    return [round(cell, 6) if isinstance(cell, float) else cell for cell in row]


def main(path, rows):
    workbook = python_calamine.load_workbook(path)
    found, added, sheets = 0, 0, []
    for name in workbook.sheet_names:
        inside = 0
        for row in workbook.get_sheet_by_name(name).iter_rows():
            number = row[0] if row else ""
            if isinstance(number, str):
                continue  # a title, the header
            if found % 1000 == 0 or found == rows - 1:
                if plain(row) != [round(c, 6) if isinstance(c, float) else c for c in expected(found)]:
                    raise SystemExit(f"row {found} of all is {plain(row)}, not {expected(found)}")
            found += 1
            inside += 1
            added += int(number)
        sheets.append(inside)
    if found != rows or added != rows * (rows - 1) // 2:
        raise SystemExit(f"{found} rows whose numbers add up to {added}, where there should be {rows}")
    print(json.dumps(sheets))


main(sys.argv[1], int(sys.argv[2]))
