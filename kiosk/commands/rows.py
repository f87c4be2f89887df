"""Rows on standard output: CSV that spreadsheets open as it was meant, or a JSON value a line."""

import csv
import json
import sys
from collections.abc import Iterable, Sequence

from kiosk.commands.cells import BOM, safe


def as_utf8() -> bool:
    """Write UTF-8 whatever the locale says, but not to a terminal; says whether it is a file."""
    to_a_file = not sys.stdout.isatty()
    if to_a_file and (reconfigure := getattr(sys.stdout, "reconfigure", None)):
        reconfigure(encoding="utf-8")
    return to_a_file


def print_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table whose texts are no formulas; a file begins with the mark Excel needs."""
    sys.stdout.write(BOM if as_utf8() else "")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe(value) for value in row])


def print_jsonl(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print each row as an object on a line of its own."""
    as_utf8()
    for row in rows:
        print(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False))
