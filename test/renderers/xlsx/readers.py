"""Opens a workbook in every Python reader and prints what they agree on: sheet names, cell values, XML soundness."""

import datetime
import json
import sys
import warnings
import xml.etree.ElementTree as ElementTree
import zipfile

import openpyxl
import python_calamine

warnings.simplefilter("ignore")


def plain(value):
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.strftime("%Y-%m-%dT%H:%M:%S")[:19].replace("T00:00:00", "")
    return value


path = sys.argv[1]
archive = zipfile.ZipFile(path)
bad = archive.testzip()
for name in archive.namelist():
    if name.endswith((".xml", ".rels")):
        ElementTree.fromstring(archive.read(name))

book = openpyxl.load_workbook(path)
streamed = openpyxl.load_workbook(path, read_only=True)
calamine = python_calamine.CalamineWorkbook.from_path(path)
print(
    json.dumps(
        {
            "bad": bad,
            "parts": archive.namelist(),
            "title": book.properties.title,
            "created": book.properties.created.isoformat(),
            "openpyxl": {s.title: [[plain(c) for c in row] for row in s.iter_rows(values_only=True)] for s in book},
            "streamed": {s.title: [[plain(c) for c in row] for row in s.iter_rows(values_only=True)] for s in streamed},
            "calamine": {n: [[plain(c) for c in row] for row in calamine.get_sheet_by_name(n).to_python(skip_empty_area=False)] for n in calamine.sheet_names},
            "links": [c.hyperlink.target for row in book.worksheets[0].iter_rows() for c in row if c.hyperlink],
            "freeze": book.worksheets[0].freeze_panes,
            "filter": book.worksheets[0].auto_filter.ref,
            "formats": [c.number_format for c in book.worksheets[0][6]],
            "paper": [book.worksheets[0].page_setup.paperSize, book.worksheets[0].page_setup.orientation],
            "titles": book.worksheets[0].print_title_rows,
            "rules": sum(len(r.rules) for r in book.worksheets[0].conditional_formatting),
        }
    )
)
