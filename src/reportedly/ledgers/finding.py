"""One box over everything: some words -> the reports, sources and outlets that answer them, each with its count."""

import sqlite3
from typing import Any, NamedTuple

from reportedly.ledgers import searching

View = dict[str, Any]
BEGIN, END = "\x02", "\x03"  # around what was found: signs that no text holds on a page


class Passages(NamedTuple):
    """Reports whose text or title holds the words: the best few with a passage, and the numbers of all (`seq`)."""

    best: list[View]
    all: list[int]


def passages(db: sqlite3.Connection, words: str, most: int) -> Passages:
    """The reports, newest versions only, that hold all the words, the closest first."""
    asked = searching.phrase(words)
    every = [row[0] for row in db.execute(_HOLDING, (asked,))]
    best = [{**dict(row), "pieces": _pieces(row["passage"])} for row in db.execute(_BEST, (asked, most))]
    return Passages(best, every)


def outlets(db: sqlite3.Connection, words: str) -> list[View]:
    """The outlets whose name holds the words, with how many reports each has."""
    return [dict(row) for row in db.execute(_OUTLETS, (f"%{_literal(words)}%",))]


def addressed(db: sqlite3.Connection, words: str) -> tuple[str, str] | None:
    """("reports", its id) where the words are the id of a record or the name of a report; else None."""
    for table in ("reports", "claims"):
        row = db.execute(f"SELECT id FROM {table} WHERE id = ?", (words,)).fetchone()
        if row:
            return table, row["id"]
    row = db.execute("SELECT id FROM reports WHERE newest AND name = ?", (words,)).fetchone()
    return ("reports", row["id"]) if row else None


def _pieces(passage: str) -> list[tuple[str, bool]]:
    """A passage cut at the words that were found: (words, whether they are what was asked for)."""
    first, *rest = passage.split(BEGIN)
    cut = [(first, False)] if first else []
    for part in rest:
        found, _, after = part.partition(END)
        cut += [(found, True)] + ([(after, False)] if after else [])
    return cut


def _literal(words: str) -> str:
    """Words for LIKE that mean themselves."""
    return "".join("\\" + sign if sign in "\\%_" else sign for sign in words)


_HOLDING = """
SELECT r.seq FROM reports r WHERE r.newest AND +r.seq IN (SELECT rowid FROM texts WHERE texts MATCH ?) ORDER BY +r.seq
"""
_BEST = f"""
WITH best AS MATERIALIZED (
  SELECT rowid AS seq, rank FROM texts WHERE texts MATCH ?1 AND +rowid NOT IN (SELECT seq FROM reports WHERE NOT newest)
  ORDER BY rank, rowid LIMIT ?2
)
SELECT r.id, r.title, r.name, r.outlet, r.day, snippet(texts, 1, '{BEGIN}', '{END}', '…', 24) AS passage
FROM best b CROSS JOIN texts ON texts.rowid = b.seq AND texts MATCH ?1 JOIN reports r ON r.seq = b.seq
ORDER BY b.rank, b.seq
"""
_OUTLETS = r"""
SELECT outlet, count(*) AS reports FROM reports WHERE newest AND outlet LIKE ? ESCAPE '\'
GROUP BY outlet ORDER BY reports DESC, outlet
"""
