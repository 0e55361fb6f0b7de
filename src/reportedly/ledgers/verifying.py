"""A ledger checked against itself: hashes, spans, references, filter rows, cached groups, judgements."""

import hashlib
import sqlite3
import unicodedata
import zlib
from collections.abc import Iterator, Sequence

import msgspec

from reportedly.errors import LedgerError
from reportedly.ledgers import grouping, judging, writing
from reportedly.ledgers.embedded import Ledger
from reportedly.model import Findings, Problem, Span, encode


def verify(ledger: Ledger) -> Iterator[Problem]:
    """Every fault found; nothing when all holds. Changes nothing."""
    yield from _file(ledger.db)
    yield from _originals(ledger.db)
    for row in ledger.db.execute("SELECT * FROM reports ORDER BY seq"):
        yield from _report(ledger, row)
    yield from _links(ledger.db)
    yield from _groups(ledger)
    for row in judging.hanging(ledger.db):
        yield Problem(
            what=f"judgement {row['judgement']} hangs: {row['words']!r} is in no record now", now="judge it again"
        )


def _file(db: sqlite3.Connection) -> Iterator[Problem]:
    for row in db.execute("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield Problem(what=f"the file is damaged: {row[0]}", now="restore a copy")
    for row in db.execute("PRAGMA foreign_key_check"):
        yield Problem(what=f"a row of {row[0]} leads nowhere ({row[2]})", now="restore a copy")


def _originals(db: sqlite3.Connection) -> Iterator[Problem]:
    for row in db.execute("SELECT sha256, bytes FROM originals"):
        try:
            found = hashlib.sha256(zlib.decompress(row["bytes"])).hexdigest()
        except zlib.error:
            found = "unreadable"
        if found != row["sha256"]:
            yield Problem(
                what=f"original {row['sha256'][:16]} is not what was read ({found[:16]})", now="restore a copy"
            )


def _report(ledger: Ledger, row: sqlite3.Row) -> Iterator[Problem]:
    try:
        faults = [*_text(row), *_findings(writing.unpack(row)), *_rows(ledger.db, row)]
    except (ValueError, msgspec.MsgspecError) as error:
        faults = [f"its record cannot be read ({error})"]
    for fault in faults:
        yield Problem(what=f"report {row['id']} ({row['name']}): {fault}", report=row["id"], now="restore a copy")


def _text(row: sqlite3.Row) -> Iterator[str]:
    if hashlib.sha256(row["text"].encode()).hexdigest() != row["text_sha256"]:
        yield "the text is not the one that was read"
    if not unicodedata.is_normalized("NFC", row["text"]) or "\r" in row["text"]:
        yield "the text is not canonical"


def _findings(findings: Findings) -> Iterator[str]:
    length, known = len(findings.report.text), {a.id for a in findings.attributions}
    sources = {source.id for source in findings.sources}
    for name, span in _spans(findings):
        if not 0 <= span.start < span.end <= length:
            yield f"{name}: span {span.start}..{span.end} lies outside the text"
    for a in findings.attributions:
        if a.within is not None and a.within not in known:
            yield f"{a.id} stands within {a.within}, which is missing"
        for source in {*a.chain, *([a.source_id] if a.source_id else [])} - sources:
            yield f"{a.id} names the source {source}, which is missing"
    for claim in findings.claims:
        if claim.attribution is not None and claim.attribution not in known:
            yield f"{claim.id} comes from {claim.attribution}, which is missing"


def _spans(findings: Findings) -> Iterator[tuple[str, Span]]:
    for a in findings.attributions:
        yield from ((a.id, span) for span in (*a.content, a.source, a.cue) if span)
    for c in findings.claims:
        yield from ((c.id, span) for span in (c.evidence, c.head, c.hedge) if span)
        yield from ((c.id, part.span) for part in (c.quantity, c.period, c.place, c.said) if part and part.span)
    for quotation in findings.quotations:
        yield "a quotation", quotation.span


def _rows(db: sqlite3.Connection, row: sqlite3.Row) -> Iterator[str]:
    findings = writing.unpack(row)
    for table, items in (("claims", findings.claims), ("attributions", findings.attributions)):
        stored = {found[0] for found in db.execute(f"SELECT id FROM {table} WHERE report = ?", (row["id"],))}
        if stored != {item.id for item in items}:
            yield f"the filter rows in {table} are not those of its findings"


def _links(db: sqlite3.Connection) -> Iterator[Problem]:
    ends = "SELECT id FROM claims UNION SELECT id FROM reports"
    query = f"SELECT a, b FROM links WHERE a NOT IN ({ends}) OR b NOT IN ({ends})"
    for row in db.execute(query):
        yield Problem(what=f"the link of {row['a']} and {row['b']} joins what is missing", now="reportedly reread")


def _computed(ledger: Ledger, members: Sequence[str]) -> str:
    try:
        return encode(grouping.computed(ledger, members)).decode()
    except LedgerError:
        return ""


def _groups(ledger: Ledger) -> Iterator[Problem]:
    stories = grouping.computed_components(ledger)
    kept = grouping.cached(ledger.db, grouping.ALL, grouping.all_stamp(ledger))
    if kept is not None and kept != encode(stories).decode():
        yield Problem(what="the stories kept here are not what their links say", now="restore a copy")
    for members in stories:
        kept = grouping.cached(ledger.db, members[0], grouping.stamp(ledger, members))
        if kept is not None and kept != _computed(ledger, members):
            what = f"the groups kept for {members[0]} and {len(members) - 1} more are not what their links say"
            yield Problem(what=what, why="counts of origins may be wrong", now="restore a copy")
