"""Writes the PDF bench's table with a Python library: pdf.py reportlab-canvas|reportlab-table|fpdf2|typst|typst-tagged ROWS FILE."""

import csv
import datetime
import os
import sys

from usage import report_usage

NAMES = [
    "Müller",
    "Łukasiewicz",
    "Özdemir",
    "Иванова",
    "Παπαδόπουλος",
    "Nguyễn",
    "García",
    "O’Brien",
    "Søndergaard",
    "Smith",
]
CITIES = ["São Paulo", "Zürich", "Київ", "Αθήνα", "Kraków", "London", "Reykjavík", "New York"]
HEADER = ["Id", "Customer", "City", "Date", "Quantity", "Amount"]
DATES = [(datetime.date(2020, 1, 1) + datetime.timedelta(days=day)).isoformat() for day in range(2000)]
FONT = "node_modules/@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf"
HEIGHT = 841.89
COLUMNS = [42, 95, 240, 340, 420, 490]
WIDTHS = [53, 145, 100, 80, 70, 63]
RIGHT, FIRST_BASELINE, ROW_HEIGHT, ROWS_PER_PAGE, FOOTER = 553, 60, 15, 48, 810


def cells(i):
    return (
        str(i + 1),
        f"{NAMES[i % 10]} {i + 1}",
        CITIES[i % 8],
        DATES[i * 7 % 2000],
        str(i * 7919 % 1000),
        f"{i * 104729 % 1000000 / 100:.2f}",
    )


def with_reportlab_canvas(rows, path):
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Noto", FONT))
    canvas = Canvas(path, pagesize=(595.28, HEIGHT), pageCompression=1)
    pages = max(1, -(-rows // ROWS_PER_PAGE))

    def line(values, y):
        for x, value in zip(COLUMNS, values):
            canvas.drawString(x, HEIGHT - y, value)

    for page in range(pages):
        canvas.setFont("Noto", 9)
        line(HEADER, FIRST_BASELINE - ROW_HEIGHT)
        canvas.line(COLUMNS[0], HEIGHT - FIRST_BASELINE + 10, RIGHT, HEIGHT - FIRST_BASELINE + 10)
        first = page * ROWS_PER_PAGE
        for n, i in enumerate(range(first, min(rows, first + ROWS_PER_PAGE))):
            line(cells(i), FIRST_BASELINE + n * ROW_HEIGHT)
        canvas.drawString(COLUMNS[5], HEIGHT - FOOTER, f"Page {page + 1} of {pages}")
        canvas.showPage()
    canvas.save()


def with_reportlab_table(rows, path):
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import LongTable, SimpleDocTemplate

    pdfmetrics.registerFont(TTFont("Noto", FONT))

    class NumberedCanvas(Canvas):
        """Keeps the pages until their number is known, as ReportLab's own samples do."""

        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.kept = []

        def showPage(self):
            self.kept.append(dict(self.__dict__))
            self._startPage()

        def save(self):
            for number, state in enumerate(self.kept):
                self.__dict__.update(state)
                self.setFont("Noto", 9)
                self.drawString(COLUMNS[5], HEIGHT - FOOTER, f"Page {number + 1} of {len(self.kept)}")
                super().showPage()
            super().save()

    table = LongTable(
        [HEADER, *(cells(i) for i in range(rows))],
        colWidths=WIDTHS,
        rowHeights=[ROW_HEIGHT] * (rows + 1),
        repeatRows=1,
        style=[
            ("FONT", (0, 0), (-1, -1), "Noto", 9),
            ("ALIGN", (0, 0), (0, -1), "RIGHT"),
            ("ALIGN", (4, 0), (5, -1), "RIGHT"),
            ("LINEBELOW", (0, 0), (-1, 0), 1, "#000000"),
        ],
    )
    document = SimpleDocTemplate(path, pagesize=(595.28, HEIGHT), leftMargin=42, rightMargin=42, topMargin=42, bottomMargin=42, pageCompression=1)
    document.build([table], canvasmaker=NumberedCanvas)


def with_fpdf2(rows, path):
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format="A4")
    pdf.set_auto_page_break(False)
    pdf.add_font("Noto", fname=FONT)
    pages = max(1, -(-rows // ROWS_PER_PAGE))

    def line(values, y):
        for x, value in zip(COLUMNS, values):
            pdf.text(x, y, value)

    for page in range(pages):
        pdf.add_page()
        pdf.set_font("Noto", size=9)
        line(HEADER, FIRST_BASELINE - ROW_HEIGHT)
        pdf.line(COLUMNS[0], FIRST_BASELINE - 10, RIGHT, FIRST_BASELINE - 10)
        first = page * ROWS_PER_PAGE
        for n, i in enumerate(range(first, min(rows, first + ROWS_PER_PAGE))):
            line(cells(i), FIRST_BASELINE + n * ROW_HEIGHT)
        pdf.text(COLUMNS[5], FOOTER, f"Page {page + 1} of {pages}")
    pdf.output(path)


TYPST = """
#set page("a4", margin: 42pt, footer: context [#h(1fr) Page #counter(page).display("1 of 1", both: true)])
#set text(font: "Noto Sans", size: 9pt)
#set table.hline(stroke: 0.5pt)
#let (header, ..rows) = csv("%s")
#table(
  columns: (53pt, 145pt, 100pt, 80pt, 70pt, 63pt), rows: 15pt, stroke: none, inset: 2pt,
  align: (right, left, left, left, right, right),
  table.header(..header, table.hline()),
  ..rows.flatten(),
)
"""


def with_typst(rows, path, tags=False):
    import typst

    data, source = path + ".csv", path + ".typ"
    with open(data, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(cells(i) for i in range(rows))
    with open(source, "w") as file:
        file.write(TYPST % os.path.basename(data))
    try:
        typst.compile(
            source, output=path, font_paths=[os.path.dirname(FONT)], ignore_system_fonts=True, pdf_tags=tags
        )
    finally:
        os.remove(data)
        os.remove(source)


WAYS = {
    "reportlab-canvas": with_reportlab_canvas,
    "reportlab-table": with_reportlab_table,
    "fpdf2": with_fpdf2,
    "typst": with_typst,
    # As it is by default.
    "typst-tagged": lambda rows, path: with_typst(rows, path, tags=True),
}

if __name__ == "__main__":
    WAYS[sys.argv[1]](int(sys.argv[2]), sys.argv[3])
    report_usage()
