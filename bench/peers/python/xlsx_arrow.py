"""Writes the bench's table with a library that takes an Arrow table: xlsx_arrow.py jetxl|rapidxlsx ROWS FILE.

The table is made within the time, as everybody makes their rows, by vectorised kernels without a loop over rows."""

import sys

import numpy
import pyarrow
import pyarrow.compute as compute

from usage import report_usage
from xlsx import HEADER, NOTE, PRODUCTS, REGIONS

#: 2020-01-01 in days since 1970.
FIRST_DAY = 18_262


def table(rows):
    i = numpy.arange(rows, dtype=numpy.int64)
    ids = pyarrow.array(i + 1)

    def text(before, numbers, after=""):
        return compute.binary_join_element_wise(before, compute.cast(numbers, pyarrow.string()), after, "")

    columns = [
        ids,
        text("Customer ", ids),
        pyarrow.array(REGIONS).take(pyarrow.array(i % 8)),
        pyarrow.array(PRODUCTS).take(pyarrow.array(i % 20)),
        pyarrow.array((FIRST_DAY + i * 7 % 2000).astype("int32")).cast(pyarrow.date32()),
        pyarrow.array(i % 3 == 0),
        pyarrow.array(i * 7919 % 1000),
        pyarrow.array(i * 104729 % 1000000 / 100),
        pyarrow.array(i / 7),
        text(NOTE, pyarrow.array(i), " – ok"),
    ]
    return pyarrow.table(dict(zip(HEADER, columns)))


def with_jetxl(rows, path):
    import jetxl

    jetxl.write_sheet_arrow(table(rows), path, column_formats={"Date": "date", "Price": "#,##0.00"})


def with_rapidxlsx(rows, path):
    import rapidxlsx

    rapidxlsx.write(path, table(rows))


if __name__ == "__main__":
    {"jetxl": with_jetxl, "rapidxlsx": with_rapidxlsx}[sys.argv[1]](int(sys.argv[2]), sys.argv[3])
    report_usage()
