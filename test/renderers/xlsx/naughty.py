"""Opens workbooks, listed in a file: every part must be well-formed, every reader must open them. A line of JSON each."""

import json
import sys
import warnings
import zipfile
import xml.etree.ElementTree as ElementTree

import openpyxl
import python_calamine

warnings.simplefilter("ignore")

for line in open(sys.argv[1]):
    path = line.strip()
    archive = zipfile.ZipFile(path)
    assert archive.testzip() is None
    parts = {name: archive.read(name) for name in archive.namelist()}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(content)
    sheets = b"".join(content for name, content in parts.items() if name.startswith("xl/worksheets/sheet"))
    book = openpyxl.load_workbook(path)
    calamine = python_calamine.CalamineWorkbook.from_path(path)
    print(
        json.dumps(
            {
                "title": book.properties.title,
                "names": book.sheetnames,
                "sameNames": calamine.sheet_names == book.sheetnames,
                "formulas": sheets.count(b"<f"),
                "cells": [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()],
                "calamine": calamine.get_sheet_by_index(0).to_python(skip_empty_area=False),
            }
        )
    )
