"""Judgements in a ledger: stored beside the records, tied to them by report, span and words."""

import datetime
import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from reportedly.errors import UsageError
from reportedly.model import Act, Findings, Judgement, Span, encode, identify

OVERLAP = 0.5  # F1 of two spans from which a judgement is tied to a record again (HOUSE, section 2)


class Placed(NamedTuple):
    """Where an item stands: its report, span and words (a source or report has no span)."""

    report: str | None
    span: Span | None = None
    words: str = ""


def judgement(
    act: Act,
    items: tuple[str, ...],
    who: str,
    why: str,
    when: datetime.datetime,
    field: str | None = None,
    value: str | None = None,
) -> Judgement:
    """A judgement with its id (from all it says)."""
    named = identify("judgement", act, *items, who, when.isoformat(), field, value)
    return Judgement(id=named, act=act, items=items, who=who, when=when, why=why, field=field, value=value)


def json_text(value: str | None) -> str:
    """A value as JSON text."""
    return json.dumps(value, ensure_ascii=False)


def place(db: sqlite3.Connection, item: str) -> Placed:
    """Where a claim, attribution, source or report stands; UsageError when the ledger has no such item."""
    for table in ("claims", "attributions"):
        row = db.execute(f"SELECT report FROM {table} WHERE id = ?", (item,)).fetchone()
        if row:
            text, findings = _found(db, row["report"])
            return _spans(findings, text)[item]
    if db.execute("SELECT 1 FROM reports WHERE id = ?", (item,)).fetchone():
        return Placed(item)
    if db.execute("SELECT 1 FROM sources WHERE id = ?", (item,)).fetchone():
        return Placed(None)
    raise UsageError(f"{item}: no such claim, attribution, source or report here; nothing was stored; check the id")


def store(db: sqlite3.Connection, made: Judgement, places: dict[str, Placed]) -> Judgement:
    """Writes a judgement and what ties it; the record carries the place of its first item."""
    first = places.get(made.items[0], Placed(made.items[0] if made.items[0].startswith("r-") else None))
    made = replace(made, report=first.report, span=first.span, words=first.words)
    db.execute("INSERT INTO judgements (id, act, record) VALUES (?, ?, ?)", (made.id, made.act, encode(made).decode()))
    for item in made.items:
        report, span, words = places.get(item, first)
        ends = (span.start, span.end) if span else (None, None)
        db.execute("INSERT INTO judged VALUES (?, ?, ?, ?, ?, ?, ?)", (made.id, item, report, *ends, words, item))
    return made


def find(db: sqlite3.Connection, wanted: str) -> Judgement:
    """The judgement with this id, or the only one whose id begins so."""
    rows = db.execute(
        "SELECT record, undone FROM judgements WHERE substr(id, 1, ?) = ?", (len(wanted), wanted)
    ).fetchall()
    if len(rows) != 1:
        raise UsageError(
            f"{wanted}: {len(rows)} judgements have this id; nothing was undone; see reportedly judge list"
        )
    return replace(_JUDGEMENT.decode(rows[0]["record"]), undone=bool(rows[0]["undone"]))


def undo(db: sqlite3.Connection, old: Judgement, who: str, why: str, when: str) -> None:
    """Marks a judgement as taken back: by whom, when, why."""
    query = "UPDATE judgements SET undone = 1, undone_by = ?, undone_when = ?, undone_why = ? WHERE id = ?"
    db.execute(query, (who, when, why, old.id))


def tied(db: sqlite3.Connection, report: str | None = None) -> list[Judgement]:
    """Judgements in the order they were made, items as they are named now (all; or of one report, and of sources)."""
    where = "WHERE j.id IN (SELECT judgement FROM judged WHERE report = ?1 OR report IS NULL)" if report else ""
    values = (report,) if report else ()
    names: dict[str, dict[str, str | None]] = defaultdict(dict)
    query = f"SELECT d.judgement, d.item, d.tied FROM judged d JOIN judgements j ON j.id = d.judgement {where}"
    for judgement, item, now in db.execute(query, values):
        names[judgement][item] = now
    found = []
    for row in db.execute(f"SELECT j.id, j.record, j.undone FROM judgements j {where} ORDER BY j.seq", values):
        made = _JUDGEMENT.decode(row["record"])
        items = tuple(names[row["id"]].get(item) or item for item in made.items)
        found.append(replace(made, items=items, undone=bool(row["undone"])))
    return found


def tie_again(db: sqlite3.Connection, findings: Findings) -> None:
    """Ties judgements on a report to its new records: the same id, else the span that overlaps most (F1 >= .5)."""
    spans = _spans(findings, findings.report.text)
    rows = db.execute("SELECT * FROM judged WHERE report = ? AND start IS NOT NULL", (findings.report.id,)).fetchall()
    for row in rows:
        now = row["item"] if row["item"] in spans else _nearest(row, spans)
        db.execute("UPDATE judged SET tied = ? WHERE judgement = ? AND item = ?", (now, row["judgement"], row["item"]))


def reports_of(db: sqlite3.Connection, made: Judgement) -> set[str]:
    """The reports, still kept here, that a judgement is about."""
    query = "SELECT d.report FROM judged d JOIN reports r ON r.id = d.report WHERE d.judgement = ?"
    return {row[0] for row in db.execute(query, (made.id,))} | speaking(db, made.items)


def speaking(db: sqlite3.Connection, items: Iterable[str]) -> set[str]:
    """The reports in which any of these sources speaks."""
    query = "SELECT report FROM sources WHERE id = ?"
    return {row[0] for item in items for row in db.execute(query, (item,))}


def hanging(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """What judgements were about and nothing stands for now."""
    query = "SELECT d.judgement, d.item, d.words FROM judged d JOIN judgements j ON j.id = d.judgement"
    return db.execute(f"{query} WHERE d.tied IS NULL AND NOT j.undone").fetchall()


def original(db: sqlite3.Connection, sha256: str) -> bytes:
    """The original bytes of this hash."""
    return zlib.decompress(db.execute("SELECT bytes FROM originals WHERE sha256 = ?", (sha256,)).fetchone()[0])


def _nearest(row: sqlite3.Row, spans: dict[str, Placed]) -> str | None:
    old = Span(row["start"], row["end"])
    rated = [(_overlap(old, p.span), item) for item, p in spans.items() if p.span and item[0] == row["item"][0]]
    best = max(rated, default=(0.0, ""))
    return best[1] if best[0] >= OVERLAP else None


def _overlap(a: Span, b: Span) -> float:
    shared = min(a.end, b.end) - max(a.start, b.start)
    return max(0.0, 2 * shared / ((a.end - a.start) + (b.end - b.start)))


def _found(db: sqlite3.Connection, report: str) -> tuple[str, Findings]:
    row = db.execute("SELECT text, findings FROM reports WHERE id = ?", (report,)).fetchone()
    return row["text"], _FINDINGS.decode(row["findings"])


def _spans(findings: Findings, text: str) -> dict[str, Placed]:
    report = findings.report.id
    places = {c.id: Placed(report, c.evidence, c.evidence.of(text)) for c in findings.claims}
    for a in findings.attributions:
        places[a.id] = Placed(report, a.content[0], a.content[0].of(text))
    return places


_JUDGEMENT = msgspec.json.Decoder(Judgement)
_FINDINGS = msgspec.json.Decoder(Findings)
