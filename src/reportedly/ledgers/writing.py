"""The rows of one report: written, replaced, deleted. Every function runs inside the caller's transaction."""

import sqlite3
import zlib
from collections.abc import Iterable, Mapping

import msgspec
from msgspec.structs import replace

from reportedly.model import Claim, Findings, Link, Report, Source, Span, encode
from reportedly.readers import Reading


def write_report(db: sqlite3.Connection, reading: Reading, findings: Findings, captured: str) -> None:
    """The report, its original bytes, its capture, and what was found in it."""
    report = reading.report
    write_original(db, report.original_sha256, reading.original)
    db.execute(
        "INSERT INTO reports (id, text, text_sha256, original_sha256, name, language, record, findings,"
        " made_by, touched) VALUES (:id, :text, :text_sha256, :original_sha256, :name, :language, :bare, '', '', 0)",
        {**msgspec.structs.asdict(report), "bare": _bare(report)},
    )
    write_capture(db, reading, captured)
    write_findings(db, findings)
    set_address(db, report.id, address_of(findings.report, reading.location))


def write_original(db: sqlite3.Connection, sha256: str, original: bytes) -> None:
    """The bytes as they came, once."""
    db.execute("INSERT OR IGNORE INTO originals VALUES (?, ?)", (sha256, zlib.compress(original)))


def write_capture(db: sqlite3.Connection, reading: Reading, captured: str) -> None:
    """That this report was found at this place; a second time at the same place adds nothing."""
    write_original(db, reading.report.original_sha256, reading.original)
    row = (reading.report.id, reading.location or "", reading.report.original_sha256, captured)
    db.execute("INSERT OR IGNORE INTO captures VALUES (?, ?, ?, ?)", row)


def address_of(report: Report, location: str | None) -> str | None:
    """What the versions of a report share: its address, else the outlet and the file it was read from."""
    if report.url:
        return report.url
    return f"{report.outlet or ''}\x1f{location}" if location else None


def set_address(db: sqlite3.Connection, report: str, address: str | None) -> None:
    """Files the report under its address; the newest version there is the one that counts."""
    old = db.execute("SELECT address FROM reports WHERE id = ?", (report,)).fetchone()[0]
    db.execute("UPDATE reports SET address = ? WHERE id = ?", (address, report))
    for place in {old, address} - {None}:
        settle_versions(db, place)
    if address is None:
        db.execute("UPDATE reports SET newest = 1 WHERE id = ?", (report,))


def settle_versions(db: sqlite3.Connection, address: str) -> None:
    """Marks the newest report at an address: the latest date, then the latest to arrive."""
    db.execute(
        "UPDATE reports SET newest = (seq = (SELECT seq FROM reports WHERE address = ?1 ORDER BY"
        " coalesce(json_extract(findings, '$.report.published'), '') DESC, seq DESC LIMIT 1)) WHERE address = ?1",
        (address,),
    )


def write_findings(db: sqlite3.Connection, findings: Findings) -> None:
    """What was found in a report, in place of what was found before."""
    report = findings.report
    clear_findings(db, report.id)
    db.execute(
        "UPDATE reports SET findings = ?, outlet = ?, url = ?, title = ?, day = ?, made_by = ? WHERE id = ?",
        (pack(findings), report.outlet, report.url, report.title, _iso(report.date), findings.made_by, report.id),
    )
    write_index(db, findings)
    touch(db, report.id)


def write_index(db: sqlite3.Connection, findings: Findings) -> None:
    """The rows that filters search: sources, attributions, claims and their words."""
    report, text = findings.report.id, findings.report.text
    db.executemany(
        "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(report, s.id, s.name, s.kind, s.naming, s.country, "|".join(s.aliases)) for s in findings.sources],
    )
    for a in findings.attributions:
        cue, content = a.cue.of(text) if a.cue else None, " ... ".join(span.of(text) for span in a.content)
        db.execute(
            "INSERT INTO attributions VALUES (?, ?, ?, ?, ?, ?)", (a.id, report, a.source_id, a.style, cue, content)
        )
        db.executemany("INSERT INTO chains VALUES (?, ?, ?)", [(a.id, n, source) for n, source in enumerate(a.chain)])
    speakers = {a.id: a.source_id for a in findings.attributions}
    sources = {s.id: s for s in findings.sources}
    for claim in findings.claims:
        source = sources.get(speakers.get(claim.attribution or "") or "")
        seq = db.execute(_CLAIM, _claim_row(claim, report, text, source)).lastrowid
        db.execute("INSERT INTO claim_words (rowid, words) VALUES (?, ?)", (seq, _words(claim, text, source)))


def clear_findings(db: sqlite3.Connection, report: str) -> None:
    """Takes out the filter rows of a report."""
    for table in ("sources", "attributions", "claims"):
        db.execute(f"DELETE FROM {table} WHERE report = ?", (report,))


def write_links(db: sqlite3.Connection, links: Iterable[Link], owner: Mapping[str, int]) -> None:
    """Links with the reports that hold their ends (`owner`: claim or report id -> the report's seq)."""
    rows = [
        (owner[x.a], owner[x.b], _bits(x.id), x.kind, x.stance, x.a, x.b, x.strength, x.reason, _rest(x)) for x in links
    ]
    db.executemany("INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def unpack_link(row: sqlite3.Row) -> Link:
    """The link of a row."""
    field, text, a_spans, b_spans, made_by = _REST.decode(row["rest"])
    return Link(
        kind=row["kind"],
        stance=row["stance"],
        a=row["a"],
        b=row["b"],
        strength=row["strength"],
        reason=row["reason"],
        field=field,
        text=text,
        a_spans=tuple(Span(*span) for span in a_spans),
        b_spans=tuple(Span(*span) for span in b_spans),
        made_by=made_by,
    )


def _bits(name: str) -> int:
    """The 64 bits of an id as one of SQLite's integers, which are signed."""
    return int(name[2:], 16) - 2**63


def seq_of(db: sqlite3.Connection, report: str) -> int:
    """The number of a report in this file."""
    return int(db.execute("SELECT seq FROM reports WHERE id = ?", (report,)).fetchone()[0])


def _rest(link: Link) -> str:
    spans = ([(span.start, span.end) for span in each] for each in (link.a_spans, link.b_spans))
    return encode([link.field, link.text, *spans, link.made_by]).decode()


def delete_report(db: sqlite3.Connection, report: str) -> None:
    """Takes out a report and all that hangs on it; bytes that no other report needs go too."""
    address = db.execute("SELECT address FROM reports WHERE id = ?", (report,)).fetchone()[0]
    db.execute("DELETE FROM reports WHERE id = ?", (report,))
    db.execute(
        "DELETE FROM originals WHERE sha256 NOT IN (SELECT original_sha256 FROM reports)"
        " AND sha256 NOT IN (SELECT original_sha256 FROM captures)"
    )
    if address:
        settle_versions(db, address)


def touch(db: sqlite3.Connection, report: str) -> None:
    """Marks that groups with this report must be computed again."""
    db.execute("UPDATE reports SET touched = (SELECT max(touched) + 1 FROM reports) WHERE id = ?", (report,))


def pack(findings: Findings) -> str:
    """Findings as JSON without the text, which stands beside them."""
    return encode(replace(findings, report=replace(findings.report, text=""))).decode()


def unpack(row: sqlite3.Row) -> Findings:
    """The findings of a row with `findings` and `text`."""
    findings = _FINDINGS.decode(row["findings"])
    return replace(findings, report=replace(findings.report, text=row["text"]))


def unpack_report(row: sqlite3.Row) -> Report:
    """The report as it was read, of a row with `record` and `text`."""
    return replace(_REPORT.decode(row["record"]), text=row["text"])


def _bare(report: Report) -> str:
    return encode(replace(report, text="")).decode()


def _claim_row(claim: Claim, report: str, text: str, source: Source | None) -> tuple[object, ...]:
    quantity, period = claim.quantity, claim.period
    return (
        claim.id,
        report,
        claim.attribution,
        claim.event,
        source.id if source else None,
        source.kind if source else None,
        source.naming if source else None,
        int(quantity is not None),
        quantity.low if quantity else None,
        quantity.high if quantity else None,
        quantity.unit if quantity else None,
        claim.item,
        _iso(period.first) if period else None,
        _iso(period.last) if period else None,
        claim.factuality,
        claim.evidence.of(text),
    )


def _words(claim: Claim, text: str, source: Source | None) -> str:
    actors = [actor.name for actor in claim.actors]
    named = [source.name if source else "", claim.place.name if claim.place else "", claim.item or ""]
    return " . ".join([claim.event.replace("_", " "), claim.evidence.of(text), *named, *actors])


def _iso(day: object) -> str | None:
    return str(day) if day else None


_CLAIM = (
    "INSERT INTO claims (id, report, attribution, event, source, kind, naming, quantity, low, high, unit, item, first,"
    " last, factuality, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_REST = msgspec.json.Decoder(tuple[str | None, str, list[tuple[int, int]], list[tuple[int, int]], str])
_FINDINGS = msgspec.json.Decoder(Findings)
_REPORT = msgspec.json.Decoder(Report)
