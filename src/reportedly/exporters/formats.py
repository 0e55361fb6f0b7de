"""Rows -> CSV, JSON lines, Markdown."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from io import TextIOWrapper
from typing import BinaryIO

from reportedly.model import encode

Row = Mapping[str, object]
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(rows: Iterable[Row], stream: BinaryIO) -> None:
    """UTF-8, RFC 4180, one header; text that a spreadsheet would run as a formula gets an apostrophe before it."""
    text = TextIOWrapper(stream, "utf-8", newline="")
    writer = csv.writer(text)
    for index, row in enumerate(rows):
        if index == 0:
            writer.writerow(row)
        writer.writerow([guarded(_cell(value)) for value in row.values()])
    text.flush()
    text.detach()


def write_jsonl(rows: Iterable[Row], stream: BinaryIO) -> None:
    """One JSON object a line."""
    for row in rows:
        stream.write(encode(row) + b"\n")


def write_md(rows: Iterable[Row], stream: BinaryIO) -> None:
    """A Markdown table; bars, line ends and angle brackets in cells are escaped."""
    for line in _lines(rows):
        stream.write(f"{line}\n".encode())


def guarded(cell: object) -> object:
    """The cell, harmless in a spreadsheet.

    >>> guarded("=HYPERLINK(1)"), guarded(-3.5), guarded("about 40")
    ("'=HYPERLINK(1)", -3.5, 'about 40')
    """
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" \n").startswith(FORMULA) else cell


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    for index, row in enumerate(rows):
        if index == 0:
            yield _line(row)
            yield _line(["---"] * len(row), escape=False)
        yield _line(map(_cell, row.values()))


def _line(cells: Iterable[object], escape: bool = True) -> str:
    return "| " + " | ".join(_escaped(cell) if escape else str(cell) for cell in cells) + " |"


def _escaped(cell: object) -> str:
    text = " ".join(str("" if cell is None else cell).split())
    for sign in "\\|<>[]*_`":
        text = text.replace(sign, f"\\{sign}")
    return text


def _cell(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    return value
