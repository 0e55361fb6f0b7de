"""Which stored reports are worth comparing with one: an index of keys by day, in the ledger's own file."""

import hashlib
import heapq
import sqlite3
from collections import Counter
from collections.abc import Iterator

import msgspec

from reportedly.link.sketches import keys
from reportedly.model import Findings

LEAST = 2  # one common word alone makes no neighbours; a shared passage or quotation does
UNDATED = 0  # the day of a report without a date: compared with all days
_LAST = 2**31  # a day after all days


def neighbours(db: sqlite3.Connection, seq: int, findings: Findings, days: int, most: int) -> list[int]:
    """The stored reports (`seq`) that share the most keys with this one, then the nearest in time.

    Its own keys are written. Dated ones further apart than `days` are passed over.
    """
    day = findings.report.date.toordinal() if findings.report.date else UNDATED
    own = [(_number(key), key.startswith("t:")) for key in keys(findings)]
    firm, terms = (_shared(db, [key for key, term in own if term is asked], day, days) for asked in (False, True))
    worth = firm.keys() | {each for each, count in terms.items() if count >= LEAST}
    ranked = heapq.nsmallest(most + 1, worth, key=lambda x: (-firm[x] - terms[x], _apart(x[1], day), x[0]))
    db.execute("DELETE FROM neighbours WHERE report = ?", (seq,))
    db.executemany("INSERT OR IGNORE INTO neighbours VALUES (?, ?, ?)", ((number, day, seq) for number, _ in own))
    return [report for report, _ in ranked if report != seq][:most]


def _shared(db: sqlite3.Connection, wanted: list[int], day: int, days: int) -> Counter[tuple[int, int]]:
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
