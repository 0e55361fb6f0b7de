"""The ledger in one SQLite file: reports with what was found in them, links, judgements; one transaction a report."""

import datetime
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

import msgspec
from msgspec.structs import replace

from reportedly.errors import LedgerError, UsageError
from reportedly.ledgers import grouping, judging, writing
from reportedly.ledgers.opening import copy_file, open_file
from reportedly.model import Act, Findings, Judgement, Link, Options, Report, encode
from reportedly.readers import Reading
from reportedly.review import edited, review

if TYPE_CHECKING:
    from reportedly.corroborate import Groups
    from reportedly.ledgers.neighbours import Index
    from reportedly.link.sketches import Gist

SEEN = 1000  # findings held in memory, those asked for last: neighbours come in runs
Outcome = Literal["new", "version", "known", "removed"]
Analyse = Callable[[Report, Options], Findings]


class Ledger:
    """Findings kept and found again. Reading twice adds nothing; every write is one transaction."""

    def __init__(self, path: str | Path, options: Options | None = None, *, make: bool = True) -> None:
        self.path = Path(path)
        self._seen: dict[tuple[str, int], Findings] = {}
        self._index: Index | None = None
        self.db = open_file(self.path, make=make)
        self.options = options or self._stored_options()

    def keep_options(self, options: Options) -> None:
        """Reads with these options from now on, this time and the next."""
        with self.writing() as db:
            db.execute("INSERT OR REPLACE INTO settings VALUES ('options', ?)", (encode(options).decode(),))
        self.options = options

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self.db.close()

    @contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """One transaction; `durable` waits for the disk (judgements are work of people)."""
        self.db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
        except BaseException:
            self.db.execute("ROLLBACK")
            self._seen.clear()  # the marks they were kept under may be given again
            self._index = None
            raise
        self.db.execute("COMMIT")

    # --- reports in

    def recapture(self, reading: Reading) -> Outcome | None:
        """Notes another capture of a report that is known, or was removed; None when it is new."""
        if self._is_removed(reading.report.id):
            return "removed"
        if not self.holds(reading.report.id):
            return None
        with self.writing() as db:
            writing.write_capture(db, reading, _now())
        return "known"

    def add(self, reading: Reading, findings: Findings) -> Outcome:
        """Keeps a report with its findings and its links to neighbours, all or nothing."""
        known = self.recapture(reading)
        if known:
            return known
        with self.writing() as db:
            writing.write_report(db, reading, findings, _now())
            self._connect(reading.report.id)
        return "version" if self._has_versions(reading.report.id) else "new"

    def remove(self, report: str, who: str, why: str) -> Judgement:
        """Takes a report out and leaves a tombstone: its id, hash and the reason."""
        row = self._row(report)
        with self.writing(durable=True) as db:
            judgement = judging.store(db, judging.judgement("remove", (report,), who, why, _clock()), {})
            writing.delete_report(db, report)
            self._seen.clear()
            db.execute(
                "INSERT INTO removed VALUES (?, ?, ?, ?)", (report, row["text_sha256"], row["name"], judgement.id)
            )
        return judgement

    def reread(self, report: str, analyse: Analyse) -> None:
        """Runs the journey over the stored text again, edits included; judgements are tied again."""
        findings = analyse(self.as_edited(report), self.options)
        with self.writing() as db:
            writing.write_findings(db, findings)
            judging.tie_again(db, findings)
            self._connect(report)

    # --- judgements

    def edit(
        self, report: str, changes: dict[str, str | None], who: str, why: str, analyse: Analyse
    ) -> list[Judgement]:
        """Corrects outlet, url or published date (ISO); what hangs on them is read again."""
        self._row(report)
        made = [
            judging.judgement("edit", (report,), who, why, _clock(), f, judging.json_text(v))
            for f, v in changes.items()
        ]
        with self.writing(durable=True) as db:
            stored = [judging.store(db, judgement, {}) for judgement in made]
        self._read_edited(report, analyse)
        return stored

    def judge(
        self, act: Act, items: tuple[str, ...], who: str, why: str, field: str | None, value: str | None
    ) -> Judgement:
        """Stores what a person decided about claims, attributions, sources or reports."""
        places = {item: judging.place(self.db, item) for item in items}
        judgement = judging.judgement(act, items, who, why, _clock(), field, value)
        reports = {place.report for place in places.values() if place.report}
        if act in ("correct", "reject", "confirm"):
            reports |= judging.speaking(self.db, items)
        for report in reports:
            review(self.findings_as_read(report), [*self._judgements_of(report), judgement])  # a bad value fails here
        before = {report: self.findings(report) for report in reports} if act == "reject" else {}
        with self.writing(durable=True) as db:
            judgement = judging.store(db, judgement, places)
            self._judged(act, reports, before)
        return judgement

    def undo(self, judgement: str, who: str, why: str, analyse: Analyse) -> Judgement:
        """Takes a judgement back; it stays in the book, marked."""
        old = judging.find(self.db, judgement)
        if old.undone:
            raise UsageError(
                f"{judgement}: already undone; nothing changed; see reportedly export jsonl --table reviews"
            )
        with self.writing(durable=True) as db:
            judging.undo(db, old, who, why, _now())
            self._judged(old.act, judging.reports_of(db, old), {})
            if old.act == "remove":
                db.execute("DELETE FROM removed WHERE judgement = ?", (old.id,))
        if old.act == "edit" and self.holds(old.items[0]):
            self._read_edited(old.items[0], analyse)
        return replace(old, undone=True)

    def judgements(self) -> list[Judgement]:
        """Every judgement, the oldest first, tied to the records as they are now."""
        return judging.tied(self.db)

    # --- reading

    def holds(self, report: str) -> bool:
        """Whether the report is kept here."""
        return self.db.execute("SELECT 1 FROM reports WHERE id = ?", (report,)).fetchone() is not None

    def report_ids(self, *, versions: bool = False) -> list[str]:
        """The reports that count (the newest version of each; `versions`: all), in the order they came in."""
        return [row[0] for row in self.db.execute("SELECT id FROM reports WHERE newest OR ? ORDER BY seq", (versions,))]

    def hanging(self) -> list[str]:
        """Ids of judgements whose words are in no record now."""
        return sorted({row["judgement"] for row in judging.hanging(self.db)})

    def findings_as_read(self, report: str) -> Findings:
        """All that was found in a report, before any judgement."""
        try:
            return writing.unpack(self._row(report))
        except msgspec.MsgspecError as error:
            raise LedgerError(f"{report}: its record cannot be read ({error}); see reportedly verify") from error

    def findings(self, report: str) -> Findings:
        """All that was found in a report, as the analysts see it."""
        row = self.db.execute("SELECT touched FROM reports WHERE id = ?", (report,)).fetchone()
        key = (report, row["touched"] if row else 0)
        found = self._seen.pop(key, None) or review(self.findings_as_read(report), self._judgements_of(report))
        if len(self._seen) >= SEEN:
            del self._seen[next(iter(self._seen))]
        self._seen[key] = found  # at the end: the first is the one not asked for longest
        return found

    def as_edited(self, report: str) -> Report:
        """The report as it was read, with outlet, url and date as people corrected them."""
        return edited(writing.unpack_report(self._row(report)), self._judgements_of(report))

    def original(self, report: str) -> bytes:
        """The bytes as they came."""
        return judging.original(self.db, self._row(report)["original_sha256"])

    def groups(self, reports: Iterable[str] | None = None) -> "Groups":
        """Stories, claim groups and conflicts that hold any of these reports (None: all), cached where fresh."""
        return grouping.groups(self, reports)

    def links_between(self, reports: Iterable[str]) -> list[Link]:
        """The stored links whose both ends lie in these reports."""
        return grouping.links_between(self.db, set(reports))

    def backup(self, target: Path) -> None:
        """A consistent copy of the ledger."""
        copy_file(self.db, target)

    # --- inside

    def _stored_options(self) -> Options:
        row = self.db.execute("SELECT value FROM settings WHERE name = 'options'").fetchone()
        return msgspec.json.decode(row["value"], type=Options) if row else Options()

    def _row(self, report: str) -> sqlite3.Row:
        row = self.db.execute("SELECT * FROM reports WHERE id = ?", (report,)).fetchone()
        if row is None:
            raise UsageError(f"{report}: no such report here; see which there are: reportedly reports")
        return row  # type: ignore[no-any-return]

    def _is_removed(self, report: str) -> bool:
        return self.db.execute("SELECT 1 FROM removed WHERE id = ?", (report,)).fetchone() is not None

    def _has_versions(self, report: str) -> bool:
        query = "SELECT count(*) FROM reports WHERE address = (SELECT address FROM reports WHERE id = ?)"
        return int(self.db.execute(query, (report,)).fetchone()[0]) > 1

    def _judgements_of(self, report: str) -> list[Judgement]:
        return judging.tied(self.db, report)

    def _read_edited(self, report: str, analyse: Analyse) -> None:
        self.reread(report, analyse)
        with self.writing() as db:
            captures = db.execute(
                "SELECT location FROM captures WHERE report = ? ORDER BY captured, location", (report,)
            )
            location = next((row[0] for row in captures if row[0]), None)
            writing.set_address(db, report, writing.address_of(self.findings_as_read(report).report, location))

    def _judged(self, act: Act, reports: set[str], before: Mapping[str, Findings]) -> None:
        """Writes anew what hangs on a judgement; `before`: the findings as they were, where claims were taken out."""
        for report in sorted(reports):
            writing.touch(self.db, report)
            if act in ("reject", "correct"):
                kept = [made for made in self._judgements_of(report) if made.act != "reject"]
                writing.clear_findings(self.db, report)
                writing.write_index(self.db, review(self.findings_as_read(report), kept))
                if not (report in before and self._leave_out(before[report])):
                    self._connect(report)

    def _leave_out(self, before: Findings) -> bool:
        from reportedly.ledgers.relinking import leave_out

        return leave_out(self, before, self.findings(before.report.id))

    def _connect(self, report: str) -> None:
        """Computes the report's links to its neighbours, to those it was linked with, and within it, anew."""
        from reportedly.link import link  # not by way of `pipeline`: that loads the reader, seconds before a page

        findings, seq = self.findings(report), writing.seq_of(self.db, report)
        gists = self._near(findings, seq)
        self.db.execute("DELETE FROM links WHERE a_report = ?1 OR b_report = ?1", (seq,))
        near = {each: self.findings(self._id(each)) for each in gists}
        known = {near[each].report.id: gist for each, gist in gists.items() if gist}
        links = link(findings, list(near.values()), self.options, known)
        owner = {item: each for each, f in {seq: findings, **near}.items() for item in (f.report.id, *_claims(f))}
        writing.write_links(self.db, links, owner)
        writing.touch(self.db, report)

    def _near(self, findings: Findings, seq: int) -> "dict[int, Gist | None]":
        """The reports worth comparing with this one, with their gists; its own keys are written anew.

        Those that it is linked with are among them: to one of them it was near among fewer reports.
        """
        from reportedly.ledgers.neighbours import Index, drop_keys, keyed, linked, write_keys

        drop_keys(self.db, seq)
        self._index = self._index or Index(self.db)
        own = keyed(findings)
        found = linked(self.db, seq) | self._index.neighbours(own, self.options)
        write_keys(self.db, seq, own)
        return found

    def _id(self, seq: int) -> str:
        return str(self.db.execute("SELECT id FROM reports WHERE seq = ?", (seq,)).fetchone()[0])


def _claims(findings: Findings) -> Iterator[str]:
    return (claim.id for claim in findings.claims)


def _clock() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def _now() -> str:
    return _clock().isoformat(timespec="seconds")


__all__ = ["Ledger", "LedgerError", "Outcome"]
