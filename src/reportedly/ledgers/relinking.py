"""The links of a report of which claims were rejected: the rest of them stands, so little is computed anew."""

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from reportedly.ledgers import writing
from reportedly.link import ASKED, COPIED, SURE, claims, happenings, link, stories
from reportedly.link.sketches import Gist, sketch
from reportedly.model import Findings, Options

if TYPE_CHECKING:
    from sqlite3 import Row

    from reportedly.ledgers.embedded import Ledger


class Moved(NamedTuple):
    """What may set a report's other claims against others once some are gone: the figures that these gave, and the
    events of which a figure is now the only one of its kind."""

    figures: frozenset[tuple[float, float]] = frozenset()
    events: frozenset[str] = frozenset()


def leave_out(ledger: "Ledger", before: Findings, after: Findings) -> bool:
    """Links as if a report had been compared without the claims that are gone; inside the caller's transaction.

    False, and nothing done, where what is left of the report reads differently without them.
    """
    gone = {claim.id for claim in before.claims} - {claim.id for claim in after.claims}
    left = tuple(claim for claim in before.claims if claim.id not in gone)
    moved = _moved(before, after, gone, ledger.options) if replace(before, claims=left) == after else None
    if moved is None:
        return False
    seq = writing.seq_of(ledger.db, after.report.id)
    rows = ledger.db.execute(_OWN, (seq,)).fetchall()
    stirred = {*_stirred(ledger, after, rows, seq), *_set_against(ledger, moved, rows, seq)}
    old = [row for row in rows if not gone.isdisjoint((row["a"], row["b"])) or _other(row, seq) in stirred]
    ledger.db.executemany(_DELETE, [(row["a_report"], row["b_report"], row["id"]) for row in old])
    _compare(ledger, after, seq, stirred)
    return True


def _moved(before: Findings, after: Findings, gone: Set[str], options: Options) -> Moved | None:
    """How the other claims read without those that are gone; None where one of them says something else then, or where
    those that are gone may have shown that another report tells another happening."""
    told, now = claims.told(before, options), claims.told(after, options)
    kept = [each for each in told if each.claim.id not in gone]
    shown = before.report.date and any(happenings.may_show(each) for each in told if each.claim.id in gone)
    if shown or [*map(_by_itself, kept)] != [*map(_by_itself, now)]:
        return None
    if kept == list(now):
        return Moved()
    figures = [each.claim.quantity.compared for each in told if each.claim.id in gone and each.claim.quantity]
    alone = [new.claim.event for old, new in zip(kept, now, strict=True) if old.alone != new.alone]
    return Moved(frozenset(figures), frozenset(alone))


def _by_itself(told: claims.Told) -> claims.Told:
    """A claim without what it owes to the figures beside it: those decide nothing but whether two figures conflict."""
    return told._replace(besides=frozenset(), alone=False)


def _stirred(ledger: "Ledger", after: Findings, rows: "list[Row]", seq: int) -> Iterator[int]:
    """The reports whose likeness to this one grew by what their claims share: fewer claims may share less.

    Who shares nothing with it now shares nothing with less of it.
    """
    own = sketch(after).gist
    copies = {_other(row, seq) for row in rows if row["kind"] == "copy"}
    for row in rows:
        other = _other(row, seq)
        if row["kind"] == "story" and not (row["strength"] == COPIED and other in copies):
            likeness = stories.likeness(own, _gist(ledger, other))
            if ASKED <= likeness < SURE and row["strength"] > round(likeness, 4):
                yield other


def _set_against(ledger: "Ledger", moved: Moved, rows: "list[Row]", seq: int) -> Iterator[int]:
    """The reports, the own one among them, with figures that may now be in conflict with one here, or no longer be."""
    if moved == Moved():
        return
    yield seq
    for other in {_other(row, seq) for row in rows if row["kind"] == "story"}:
        figures = ((each.quantity, each.event) for each in _findings(ledger, other).claims)
        if any(what and (what.compared in moved.figures or event in moved.events) for what, event in figures):
            yield other


def _gist(ledger: "Ledger", seq: int) -> Gist:
    """The gist of a report, as it is kept, or computed where none is."""
    row = ledger.db.execute("SELECT gist FROM gists WHERE report = ?", (seq,)).fetchone()
    return _GIST.decode(row["gist"]) if row else sketch(_findings(ledger, seq)).gist


def _compare(ledger: "Ledger", after: Findings, seq: int, others: Set[int]) -> None:
    """Writes the links within a report and between it and these others."""
    if others:
        held = {seq: after, **{other: _findings(ledger, other) for other in others - {seq}}}
        owner = {item: each for each, f in held.items() for item in (f.report.id, *(claim.id for claim in f.claims))}
        writing.write_links(ledger.db, link(after, list(held.values()), ledger.options), owner)


def _findings(ledger: "Ledger", seq: int) -> Findings:
    row = ledger.db.execute("SELECT id FROM reports WHERE seq = ?", (seq,)).fetchone()
    return ledger.findings(row["id"])


def _other(row: "Row", seq: int) -> int:
    """The other of the two reports that a link stands between; the report itself, of a link within it."""
    return int(row["b_report"] if row["a_report"] == seq else row["a_report"])


_GIST = msgspec.msgpack.Decoder(Gist)
_DELETE = "DELETE FROM links WHERE a_report = ? AND b_report = ? AND id = ?"
_OWN = """
SELECT a_report, b_report, id, kind, a, b, strength FROM links WHERE a_report = ?1
UNION ALL SELECT a_report, b_report, id, kind, a, b, strength FROM links WHERE b_report = ?1 AND a_report <> ?1
"""
