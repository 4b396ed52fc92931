"""Makes the inputs of the datasets bench: make_dataset.py ROWS FILE.csv.gz FILE.parquet.

Both hold the bench's table; every fourth note has a comma and quotes, so that a CSV reader has to know the rules."""

import gzip
import sys

import polars
import pyarrow
import pyarrow.compute as compute
import pyarrow.parquet

from xlsx_arrow import table

#: As most tools write them by default.
GZIP_LEVEL = 6
ROWS_PER_GROUP = 122_880


def with_quotes(plain):
    ids = plain["Id"].combine_chunks()
    numbers = compute.cast(compute.subtract(ids, 1), pyarrow.string())
    quoted = compute.binary_join_element_wise('Naïve, "quoted" note № ', numbers, " – ok", "")
    is_quoted = compute.equal(compute.bit_wise_and(compute.subtract(ids, 1), 3), 0)
    return plain.set_column(9, "Note", compute.if_else(is_quoted, quoted, plain["Note"].combine_chunks()))


if __name__ == "__main__":
    rows = with_quotes(table(int(sys.argv[1])))
    with gzip.open(sys.argv[2], "wb", compresslevel=GZIP_LEVEL) as file:
        polars.from_arrow(rows).write_csv(file)
    pyarrow.parquet.write_table(rows, sys.argv[3], compression="snappy", row_group_size=ROWS_PER_GROUP)
