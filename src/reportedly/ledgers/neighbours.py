"""Which stored reports are worth comparing with one: an index of weighted keys by day, and the gist of each report."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from reportedly.link import promise
from reportedly.link.sketches import Gist, keys, sketch
from reportedly.model import Findings, Options

NEAR = 50  # neighbours that are compared with a report, the most promising first
LOOKED = 100  # reports whose gists are looked at
LEAST = 0.08
"""The sum of the products of shared weights from which on a gist is looked at: of pairs of ECB+ reports of one story 92
in 100 have it, of pairs from two topics one in 800."""
MOST = 256
"""The reports that are looked at under one key before and after the day, in whole days: the nearest of very many."""
SCALE = 1000  # weights are kept as thousandths
UNDATED = 0  # the day of a report without a date: compared with all days
_LAST = 2**31  # a day after all days


class Keyed(NamedTuple):
    """A report as the index has it: its day's number, the numbers of its keys with their weights, its gist."""

    day: int
    keys: dict[int, int]
    gist: Gist


def keyed(findings: Findings) -> Keyed:
    """What a report is kept and looked up by."""
    date = findings.report.date
    numbers = {_number(key): round(SCALE * weight) for key, weight in keys(findings).items()}
    return Keyed(date.toordinal() if date else UNDATED, numbers, sketch(findings).gist)


def neighbours(db: sqlite3.Connection, own: Keyed, options: Options) -> list[int]:
    """The stored reports (`seq`) worth comparing with one, the most promising first."""
    promised = [(promise(own.gist, gist, options) if gist else 1.0, seq) for seq, gist in _gists(db, own, options)]
    return [seq for worth, seq in sorted(promised, reverse=True)[:NEAR] if worth]


def write_keys(db: sqlite3.Connection, seq: int, own: Keyed) -> None:
    """Puts a report under its keys, and its gist beside it."""
    rows = ((number, own.day, seq, weight) for number, weight in own.keys.items())
    db.executemany("INSERT OR IGNORE INTO neighbours VALUES (?, ?, ?, ?)", rows)
    db.execute("INSERT OR REPLACE INTO gists VALUES (?, ?)", (seq, msgspec.msgpack.encode(own.gist)))


def forget_keys(db: sqlite3.Connection, seq: int) -> None:
    """Takes a report out from under the keys it stood under."""
    db.execute("DELETE FROM neighbours WHERE report = ?", (seq,))


def _gists(db: sqlite3.Connection, own: Keyed, options: Options) -> Iterator[tuple[int, Gist | None]]:
    """The reports whose keys agree most with those of one; no gist where an older version kept none.

    Dated ones further apart than `story_days` are passed over.
    """
    days = options.story_days
    first, day, last = (own.day - days, own.day, own.day + days) if own.day else (UNDATED + 1, _LAST, _LAST)
    given = (json.dumps(own.keys), first, day, last, MOST, int(LEAST * SCALE**2), LOOKED)
    for report, gist in db.execute(_NEAR, given):
        yield report, _GIST.decode(gist) if gist else None


def _number(key: str) -> int:
    """63 bits of a key's hash: SQLite's integers are signed."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") >> 1


_GIST = msgspec.msgpack.Decoder(Gist)
_NEAR = """
WITH own AS MATERIALIZED (SELECT CAST(key AS INTEGER) AS key, value AS weight FROM json_each(?1)),
shared AS (
  SELECT n.report, k.weight * n.weight AS weight FROM own k CROSS JOIN neighbours n ON n.key = k.key
  AND n.day BETWEEN
    coalesce((SELECT day FROM neighbours m WHERE m.key = k.key AND m.day BETWEEN ?2 AND ?3
              ORDER BY m.day DESC LIMIT 1 OFFSET ?5), ?2)
    AND coalesce((SELECT day FROM neighbours m WHERE m.key = k.key AND m.day BETWEEN ?3 + 1 AND ?4
                  ORDER BY m.day LIMIT 1 OFFSET ?5), ?4)
  UNION ALL
  SELECT n.report, k.weight * n.weight FROM own k CROSS JOIN neighbours n ON n.key = k.key
  AND n.day = 0 AND n.report >=
    coalesce((SELECT report FROM neighbours m WHERE m.key = k.key AND m.day = 0
              ORDER BY m.report DESC LIMIT 1 OFFSET ?5), 0)
),
ranked AS (
  SELECT report, sum(weight) AS weight FROM shared GROUP BY report HAVING sum(weight) >= ?6
  ORDER BY 2 DESC, report DESC LIMIT ?7
)
SELECT r.report, g.gist FROM ranked r LEFT JOIN gists g ON g.report = r.report
"""
