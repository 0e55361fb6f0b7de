"""Stories, claim groups and conflicts of a ledger: computed a component at a time, kept until the component changes."""

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from reportedly.model import Findings, Link, encode
from reportedly.review import judgement_links

if TYPE_CHECKING:
    from reportedly.corroborate import Groups
    from reportedly.ledgers.embedded import Ledger


def groups(ledger: "Ledger", reports: Iterable[str] | None = None) -> "Groups":
    """The groups of the components that hold any of these reports (None: of all)."""
    wanted = None if reports is None else set(reports)
    found = [
        _component(ledger, members)
        for members in components(ledger)
        if wanted is None or not wanted.isdisjoint(members)
    ]
    return _joined(found)


def components(ledger: "Ledger") -> list[list[str]]:
    """Reports that hang together by links, sorted; only the newest versions."""
    head = {row[0]: row[0] for row in ledger.db.execute("SELECT id FROM reports WHERE newest")}
    pairs = ledger.db.execute("SELECT DISTINCT a_report, b_report FROM links WHERE a_report <> b_report").fetchall()
    for a, b in [*pairs, *_judged_pairs(ledger)]:
        if a in head and b in head:
            first, second = sorted((_top(head, a), _top(head, b)))
            head[second] = first
    members = defaultdict(list)
    for report in sorted(head):
        members[_top(head, report)].append(report)
    return list(members.values())


def neighbours(db: sqlite3.Connection, findings: Findings, most: int) -> list[str]:
    """The reports that share the most keys with this one, whose keys are written here too."""
    report = findings.report
    seq = db.execute("SELECT seq FROM reports WHERE id = ?", (report.id,)).fetchone()[0]
    made, dated = sorted(keys_of(findings)), report.date is not None
    db.execute("DELETE FROM neighbours WHERE report = ?", (seq,))
    wanted = msgspec.json.encode([_asked(key, dated) for key in made]).decode()
    near = [row["id"] for row in db.execute(_NEAR, {"seq": seq, "keys": wanted, "most": most, "least": LEAST})]
    rows = [(key, seq) for key in made] + [(_asked(key, True), seq) for key in made if not dated and key.endswith(EVER)]
    db.executemany("INSERT OR IGNORE INTO neighbours VALUES (?, ?)", rows)
    return near


def links_between(db: sqlite3.Connection, reports: set[str]) -> list[Link]:
    """The links with both ends in these reports, by id."""
    query = "SELECT id, b_report, record FROM links WHERE a_report = ?"
    rows = [row for report in sorted(reports) for row in db.execute(query, (report,)) if row["b_report"] in reports]
    return [_LINK.decode(row["record"]) for row in sorted(rows, key=lambda row: str(row["id"]))]


def computed(ledger: "Ledger", members: Sequence[str]) -> "Groups":
    """The groups of one component, computed from its links."""
    from reportedly.pipeline import group

    findings = [ledger.findings(report) for report in members]
    items = {claim.id for f in findings for claim in f.claims} | set(members)
    made = [link for link in judgement_links(ledger.judgements()) if link.a in items and link.b in items]
    decided = {(link.kind, link.a, link.b) for link in made}  # what a person drew stands in place of the program's link
    found = [x for x in links_between(ledger.db, set(members)) if (x.kind, x.a, x.b) not in decided]
    return group(findings, [*found, *made], ledger.options)


def stamp(ledger: "Ledger", members: Sequence[str]) -> str:
    """What the groups of a component hang on, as a hash: its reports as last touched, the options, the version."""
    from reportedly.pipeline import VERSION

    query = "SELECT touched FROM reports WHERE id = ?"
    touched = [f"{report}:{ledger.db.execute(query, (report,)).fetchone()[0]}" for report in members]
    return hashlib.sha256("\n".join([VERSION, encode(ledger.options).decode(), *touched]).encode()).hexdigest()


def cached(db: sqlite3.Connection, component: str, mark: str) -> str | None:
    """The stored groups of a component as JSON, when they are fresh."""
    row = db.execute("SELECT record FROM groups WHERE component = ? AND stamp = ?", (component, mark)).fetchone()
    return row["record"] if row else None


def _component(ledger: "Ledger", members: Sequence[str]) -> "Groups":
    from reportedly.corroborate import Groups

    mark = stamp(ledger, members)
    kept = cached(ledger.db, members[0], mark)
    if kept:
        return msgspec.json.decode(kept, type=Groups)
    fresh = computed(ledger, members)
    row = (members[0], mark, encode(fresh).decode())
    with suppress(sqlite3.OperationalError), ledger.writing() as db:  # a ledger that cannot be written can be asked
        db.execute("INSERT OR REPLACE INTO groups VALUES (?, ?, ?)", row)
    return fresh


def _joined(parts: Sequence["Groups"]) -> "Groups":
    from reportedly.corroborate import Groups

    return Groups(
        stories=tuple(sorted((s for part in parts for s in part.stories), key=lambda s: s.members)),
        claim_groups=tuple(sorted((g for part in parts for g in part.claim_groups), key=lambda g: g.members)),
        conflicts=tuple(
            sorted((c for part in parts for c in part.conflicts), key=lambda c: (c.a, c.b, c.kind, c.field))
        ),
    )


def _judged_pairs(ledger: "Ledger") -> list[tuple[str, str]]:
    made = judgement_links(ledger.judgements())
    claims = "SELECT report FROM claims WHERE id = ?"
    owners = {}
    for item in {end for link in made for end in (link.a, link.b)}:
        row = ledger.db.execute(claims, (item,)).fetchone()
        owners[item] = row[0] if row else item
    return [(owners[link.a], owners[link.b]) for link in made]


def keys_of(findings: Findings) -> set[str]:
    """What a report is found by when another is compared."""
    from reportedly.link.sketches import keys

    return set(keys(findings))


def _asked(key: str, dated: bool) -> str:
    """A dated report meets the undated ones under their own key, so that it need not go through all of time."""
    return f"{key.removesuffix(EVER)}@undated" if dated and key.endswith(EVER) else key


def _top(head: dict[str, str], report: str) -> str:
    while head[report] != report:
        head[report] = head[head[report]]
        report = head[report]
    return report


_LINK = msgspec.json.Decoder(Link)
EVER = "@ever"
LEAST = 2  # one common word alone makes no neighbours; a shared passage or quotation does
_NEAR = """
SELECT r.id FROM json_each(:keys) k JOIN neighbours n ON n.key = k.value JOIN reports r ON r.seq = n.report
WHERE n.report <> :seq GROUP BY n.report
HAVING count(*) FILTER (WHERE n.key NOT LIKE 't:%') > 0
  OR count(DISTINCT substr(n.key, 1, instr(n.key, '@'))) >= :least
ORDER BY count(*) DESC, r.id LIMIT :most
"""
