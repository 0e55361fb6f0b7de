"""Which stored reports are worth comparing with one: an index of keys by day, in the ledger's own file."""

import hashlib
import heapq
import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from reportedly.link.sketches import keys
from reportedly.model import Findings

LEAST = 2  # one common word alone makes no neighbours; a shared passage or quotation does
UNDATED = 0  # the day of a report without a date: compared with all days
_LAST = 2**31  # a day after all days


class Keyed(NamedTuple):
    """The keys of a report as numbers, those of passages and quotations apart from its words, and its day's number."""

    day: int
    firm: tuple[int, ...]
    terms: tuple[int, ...]


def keyed(findings: Findings) -> Keyed:
    """The numbers under which a report is kept and looked up."""
    own, date = keys(findings), findings.report.date
    firm, terms = (tuple(_number(key) for key in own if key.startswith("t:") is term) for term in (False, True))
    return Keyed(date.toordinal() if date else UNDATED, firm, terms)


def neighbours(db: sqlite3.Connection, own: Keyed, days: int, most: int) -> list[int]:
    """The stored reports (`seq`) that share the most keys with one, then the nearest in time.

    Dated ones further apart than `days` are passed over.
    """
    firm, terms = (_shared(db, numbers, own.day, days) for numbers in (own.firm, own.terms))
    worth = firm.keys() | {each for each, count in terms.items() if count >= LEAST}
    ranked = heapq.nsmallest(most, worth, key=lambda x: (-firm[x] - terms[x], _apart(x[1], own.day), x[0]))
    return [report for report, _ in ranked]


def write_keys(db: sqlite3.Connection, seq: int, own: Keyed) -> None:
    """Puts a report under its keys."""
    rows = ((number, own.day, seq) for number in (*own.firm, *own.terms))
    db.executemany("INSERT OR IGNORE INTO neighbours VALUES (?, ?, ?)", rows)


def forget_keys(db: sqlite3.Connection, seq: int) -> None:
    """Takes a report out from under the keys it stood under."""
    db.execute("DELETE FROM neighbours WHERE report = ?", (seq,))


def _shared(db: sqlite3.Connection, wanted: tuple[int, ...], day: int, days: int) -> Counter[tuple[int, int]]:
    """How many of these keys each report (and its day) stands under."""
    numbers = msgspec.json.encode(wanted).decode()
    found, cursor = Counter[tuple[int, int]](), db.cursor()
    cursor.row_factory = None
    for first, last in _ranges(day, days):
        found.update(cursor.execute(_NEAR, (numbers, first, last)))
    return found


def _ranges(day: int, days: int) -> Iterator[tuple[int, int]]:
    """The days that are looked at."""
    if day == UNDATED:
        yield UNDATED, _LAST
    else:
        yield UNDATED, UNDATED
        yield day - days, day + days


def _apart(a: int, b: int) -> int:
    return abs(a - b) if a and b else _LAST


def _number(key: str) -> int:
    """63 bits of a key's hash: SQLite's integers are signed."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") >> 1


_NEAR = """
SELECT n.report, n.day FROM json_each(?) k CROSS JOIN neighbours n ON n.key = k.value AND n.day BETWEEN ? AND ?
"""
