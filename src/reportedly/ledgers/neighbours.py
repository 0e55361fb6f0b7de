"""Which stored reports are worth comparing with one: an index of weighted keys, and the gist of each report."""

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import DTypeLike, NDArray

from reportedly.link import promise
from reportedly.link.sketches import Gist, keys, sketch
from reportedly.model import Findings, Options

NEAR = 50  # neighbours that are compared with a report, the most promising first
LOOKED = 100  # reports whose gists are looked at
LEAST = 0.08
"""The sum of the products of shared weights from which on a gist is looked at: of pairs of ECB+ reports of one story 92
in 100 have it, of pairs from two topics one in 800."""
SCALE = 1000  # weights are kept as thousandths
UNDATED = 0  # the day of a report without a date: compared with all days
HASHED, PART = 1 << 14, 1 / 16
"""The keys that came last are held in a hash table; when they are more than this, and this part of all, they are sorted
in with the others."""
_NONE = -1
_KEY = np.dtype([("key", "<i8"), ("weight", "<u2")])


class Keyed(NamedTuple):
    """A report as the index has it: its day's number, the numbers of its keys with their weights, its gist."""

    day: int
    keys: NDArray[np.void]
    gist: Gist


def keyed(findings: Findings) -> Keyed:
    """What a report is kept and looked up by."""
    date = findings.report.date
    numbers = {_number(key): round(SCALE * weight) for key, weight in keys(findings).items()}
    return Keyed(date.toordinal() if date else UNDATED, np.array(sorted(numbers.items()), _KEY), sketch(findings).gist)


def write_keys(db: sqlite3.Connection, seq: int, own: Keyed) -> None:
    """Keeps a report's keys and its gist, in place of those it had."""
    db.execute("INSERT OR REPLACE INTO keyed (report, day, keys) VALUES (?, ?, ?)", (seq, own.day, own.keys.tobytes()))
    db.execute("INSERT OR REPLACE INTO gists VALUES (?, ?)", (seq, msgspec.msgpack.encode(own.gist)))


def drop_keys(db: sqlite3.Connection, seq: int) -> None:
    """Takes a report's keys and its gist out: it is no neighbour then, not even its own."""
    db.execute("DELETE FROM keyed WHERE report = ?", (seq,))
    db.execute("DELETE FROM gists WHERE report = ?", (seq,))


def linked(db: sqlite3.Connection, seq: int) -> dict[int, Gist | None]:
    """The reports (`seq`) that one is linked with; no gist where none is kept."""
    return _decoded(db.execute(_LINKED, (seq,)))


class Index:
    """The keys of every report of an open ledger, held in memory: read when first asked, then only what is new.

    Whoever takes back a transaction makes a new one: row numbers of what was taken back are given again.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db, self._sorted = db, 0
        self._numbers, self._reports, self._days = _Grown(np.int64), _Grown(np.int64), _Grown(np.int32)  # of each row
        self._keys, self._rows, self._weights = _Grown(np.int64), _Grown(np.int32), _Grown(np.uint16)  # of each key
        self._last, self._before = dict[int, int](), list[int]()  # where unsorted keys stand last, and stood before

    def neighbours(self, own: Keyed, options: Options) -> dict[int, Gist | None]:
        """The stored reports (`seq`) worth comparing with one, the most promising first; no gist where none is kept."""
        self._read()
        gists = self._gists(self._nearest(own, options.story_days))
        promised = {seq: promise(own.gist, gist, options) if gist else 1.0 for seq, gist in gists.items()}
        order = sorted((-worth, -seq) for seq, worth in promised.items() if worth)
        return {-seq: gists[-seq] for _, seq in order[:NEAR]}

    def _read(self) -> None:
        """Takes in the rows that were written since the last time, by whomever."""
        last = int(self._numbers.held[-1]) if len(self._numbers.held) else 0
        found = self._db.execute(
            "SELECT number, day, keys, report FROM keyed WHERE number > ? ORDER BY number", (last,)
        )
        rows = found.fetchall()
        if not rows:
            return
        entries = np.frombuffer(b"".join([row[2] for row in rows]), _KEY)
        counts = [len(row[2]) // _KEY.itemsize for row in rows]
        first = len(self._numbers.held)
        self._rows.extend(np.repeat(np.arange(first, first + len(rows)), counts))
        self._keys.extend(entries["key"])
        self._weights.extend(entries["weight"])
        self._numbers.extend([row[0] for row in rows])
        self._days.extend([row[1] for row in rows])
        self._reports.extend([row[3] for row in rows])
        if len(self._keys.held) - self._sorted > max(HASHED, PART * self._sorted):
            self._sort()
        else:
            for key in entries["key"].tolist():
                self._before.append(self._last.get(key, _NONE))
                self._last[key] = self._sorted + len(self._before) - 1

    def _sort(self) -> None:
        order = np.argsort(self._keys.held, kind="stable")
        for each in (self._keys, self._rows, self._weights):
            each.held[:] = each.held[order]
        self._sorted = len(order)
        self._last.clear()
        self._before.clear()

    def _nearest(self, own: Keyed, days: int) -> list[int]:
        """The reports of the rows whose keys agree most with those of one, none further away than `days`."""
        at, which = self._agreeing(own.keys["key"])
        if not len(at):
            return []
        rows = self._rows.held[at]
        order = np.argsort(rows)
        products = self._weights.held[at[order]] * own.keys["weight"].astype(np.int64)[which[order]]
        rows = rows[order]
        first = np.flatnonzero(np.diff(rows, prepend=_NONE))
        sums = np.add.reduceat(products, first)
        enough = np.flatnonzero(sums >= LEAST * SCALE**2)
        rows, sums = rows[first[enough]], sums[enough]
        apart = np.abs(self._days.held[rows] - own.day)
        apart[(self._days.held[rows] == UNDATED) | (own.day == UNDATED)] = 0
        order = np.lexsort((-rows, apart, -sums))
        return [int(n) for n in self._reports.held[rows[order[apart[order] <= days][:LOOKED]]]]

    def _agreeing(self, own: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the keys of one stand among those held, and which of its own each is."""
        known = self._keys.held[: self._sorted]
        low, high = np.searchsorted(known, own), np.searchsorted(known, own, "right")
        counts = high - low
        at = np.arange(counts.sum()) + np.repeat(low - np.cumsum(counts) + counts, counts)
        late, of = list[int](), list[int]()
        for n, key in enumerate(own.tolist()):
            place = self._last.get(key, _NONE)
            while place != _NONE:
                late.append(place)
                of.append(n)
                place = self._before[place - self._sorted]
        return (
            np.concatenate((at, np.array(late, np.int64))),
            np.concatenate((np.repeat(np.arange(len(own)), counts), np.array(of, np.int64))),
        )

    def _gists(self, reports: list[int]) -> dict[int, Gist | None]:
        """These reports, where they still stand; no gist where an older version kept none."""
        rows = ((seq, self._db.execute(_GIST_OF, (seq,)).fetchone()) for seq in dict.fromkeys(reports))
        found = {seq: row[0] if row else None for seq, row in rows}
        return _decoded(
            (seq, gist) for seq, gist in found.items() if gist or self._db.execute(_STANDS, (seq,)).fetchone()
        )


class _Grown:
    """Numbers in one array that grows."""

    def __init__(self, kind: DTypeLike) -> None:
        self._room = np.empty(1024, kind)
        self.held: NDArray[Any] = self._room[:0]

    def extend(self, more: Any) -> None:
        size = len(self.held) + len(more)
        if size > len(self._room):
            room = np.empty(max(size, 2 * len(self._room)), self._room.dtype)
            room[: len(self.held)] = self.held
            self._room = room
        self._room[len(self.held) : size] = more
        self.held = self._room[:size]


def _decoded(rows: Iterable[tuple[int, bytes | None]]) -> dict[int, Gist | None]:
    return {seq: _GIST.decode(gist) if gist else None for seq, gist in rows}


def _number(key: str) -> int:
    """63 bits of a key's hash: SQLite's integers are signed."""
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big") >> 1


_GIST = msgspec.msgpack.Decoder(Gist)
_LINKED = """
WITH other (report) AS (
  SELECT b_report FROM links WHERE a_report = ?1 UNION SELECT a_report FROM links WHERE b_report = ?1
)
SELECT report, gist FROM other LEFT JOIN gists USING (report) WHERE report <> ?1
"""
_GIST_OF = "SELECT gist FROM gists WHERE report = ?"
_STANDS = "SELECT 1 FROM keyed WHERE report = ?"
