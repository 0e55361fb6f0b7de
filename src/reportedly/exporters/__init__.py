"""Tables of a ledger -> other people's formats.

An exporter is a function from rows (dicts with the same keys) to a binary stream; a table is one from a ledger to rows.
"""

from collections.abc import Callable, Iterable
from typing import BinaryIO

from reportedly.exporters.formats import write_csv, write_jsonl, write_md
from reportedly.exporters.tables import TABLES, Row

Exporter = Callable[[Iterable[Row], BinaryIO], None]

EXPORTERS: dict[str, Exporter] = {"csv": write_csv, "jsonl": write_jsonl, "md": write_md}

__all__ = ["EXPORTERS", "TABLES", "Exporter", "Row", "write_csv"]
