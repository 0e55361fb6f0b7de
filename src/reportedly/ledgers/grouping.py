"""Stories, claim groups and conflicts of a ledger: stories first, then each story's claims, kept until it changes."""

import hashlib
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

import msgspec

from reportedly.ledgers.writing import seq_of, unpack_link
from reportedly.model import VERSION, Link, encode
from reportedly.review import judgement_links

if TYPE_CHECKING:
    from reportedly.corroborate import Groups
    from reportedly.ledgers.embedded import Ledger

Kind = TypeVar("Kind")
ALL = "*"  # the row that keeps the sets of reports themselves
KEPT_AT_ONCE = 200  # sets of reports in one transaction: who stops a long count loses little
_BETWEEN = """
SELECT l.* FROM json_each(?1) a CROSS JOIN links l ON l.a_report = a.value
WHERE l.b_report IN (SELECT value FROM json_each(?1)) ORDER BY l.id
"""


def groups(ledger: "Ledger", reports: Iterable[str] | None = None) -> "Groups":
    """The groups of the stories that hold any of these reports (None: of all), kept ones where they are fresh."""
    wanted = None if reports is None else set(reports)
    asked = [tuple(each) for each in components(ledger) if wanted is None or not wanted.isdisjoint(each)]
    return _joined(list(parts(ledger, asked).values()))


def parts(ledger: "Ledger", wanted: Iterable[tuple[str, ...]]) -> "dict[tuple[str, ...], Groups]":
    """The groups of each of these sets of reports: kept ones where they are fresh; the others are computed and kept."""
    from reportedly.corroborate import Groups

    found: dict[tuple[str, ...], Groups] = {}
    fresh: list[tuple[str, str, bytes]] = []
    marks, made = _touched(ledger.db), judgement_links(ledger.judgements())
    for members in wanted:
        mark = _stamp(ledger, members, marks)
        record = cached(ledger.db, members[0], mark)
        found[members] = msgspec.json.decode(record, type=Groups) if record else computed(ledger, members, made)
        if not record:
            fresh.append((members[0], mark, zlib.compress(encode(found[members]))))
        if len(fresh) == KEPT_AT_ONCE:
            _keep(ledger, fresh)
            fresh = []
    _keep(ledger, fresh)
    return found


def kept(ledger: "Ledger") -> "dict[tuple[str, ...], tuple[Groups, bool]]":
    """The groups as they were last kept, stale ones too, each with whether it is fresh: what can be shown at once."""
    from reportedly.corroborate import Groups

    rows = {name: (mark, record) for name, mark, record in ledger.db.execute("SELECT * FROM groups")}
    marks, found = _touched(ledger.db), dict[tuple[str, ...], tuple[Groups, bool]]()
    for each in _decoded(rows.get(ALL, ("", b""))[1], list[list[str]]) or []:
        mark, record = rows.get(each[0], ("", b""))
        groups = _decoded(record, Groups)
        if groups and sorted(report for story in groups.stories for report in story.members) == each:
            fresh = all(report in marks for report in each) and mark == _stamp(ledger, each, marks)
            found[tuple(each)] = groups, fresh
    return found


def components(ledger: "Ledger") -> list[list[str]]:
    """Reports whose groups are computed together, as kept when nothing has changed since, else computed and kept."""
    mark = all_stamp(ledger)
    kept = cached(ledger.db, ALL, mark)
    if kept:
        return msgspec.json.decode(kept, type=list[list[str]])
    found = computed_components(ledger)
    _keep(ledger, [(ALL, mark, zlib.compress(encode(found)))])
    return found


def all_stamp(ledger: "Ledger") -> str:
    """What the stories of the whole ledger hang on, as a hash."""
    marks = _touched(ledger.db)
    return _stamp(ledger, sorted(marks), marks)


def computed_components(ledger: "Ledger") -> list[list[str]]:
    """The reports of one story together, and of stories whose claims a person joined.

    Only the newest versions; sorted. Stories come from story-links alone, so no claim is looked at here.
    """
    from reportedly.corroborate import story_groups

    dated = {row["id"]: row["day"] is not None for row in ledger.db.execute("SELECT id, day FROM reports WHERE newest")}
    made = judgement_links(ledger.judgements())
    drawn = {(link.a, link.b) for link in made if link.kind == "story"}
    links = [*(each for each in _story_links(ledger.db) if (each.a, each.b) not in drawn), *made]
    stories = story_groups(dated, [link for link in links if link.kind == "story"], ledger.options)
    return _with_judged(stories, _judged_pairs(ledger, made))


def links_between(db: sqlite3.Connection, reports: set[str]) -> list[Link]:
    """The links with both ends in these reports, by id."""
    wanted = msgspec.json.encode([seq_of(db, report) for report in reports]).decode()
    return [unpack_link(row) for row in db.execute(_BETWEEN, (wanted,))]


def computed(ledger: "Ledger", members: Sequence[str], drawn: Sequence[Link] | None = None) -> "Groups":
    """The groups of some whole stories, computed from their links (`drawn`: those of people, if at hand)."""
    from reportedly.corroborate import corroborate

    findings = [ledger.findings(report) for report in members]
    items = {claim.id for f in findings for claim in f.claims} | set(members)
    drawn = judgement_links(ledger.judgements()) if drawn is None else drawn
    made = [link for link in drawn if link.a in items and link.b in items]
    decided = {(link.kind, link.a, link.b) for link in made}  # what a person drew stands in place of the program's link
    found = [x for x in links_between(ledger.db, set(members)) if (x.kind, x.a, x.b) not in decided]
    return corroborate(findings, [*found, *made], ledger.options)


def stamp(ledger: "Ledger", members: Sequence[str]) -> str:
    """What the groups of some stories hang on, as a hash: their reports as last touched, the options, the version."""
    query = "SELECT touched FROM reports WHERE id = ?"
    marks = {report: ledger.db.execute(query, (report,)).fetchone()[0] for report in members}
    return _stamp(ledger, members, marks)


def cached(db: sqlite3.Connection, component: str, mark: str) -> str | None:
    """The stored groups of some stories as JSON, when they are fresh."""
    row = db.execute("SELECT record FROM groups WHERE component = ? AND stamp = ?", (component, mark)).fetchone()
    try:
        return zlib.decompress(row["record"]).decode() if row else None
    except zlib.error:
        return ""  # damaged: computed again, and `verify` says so


def _decoded(record: bytes, kind: type[Kind]) -> Kind | None:
    """A kept record; None where there is none, or it is damaged or of another version."""
    try:
        return msgspec.json.decode(zlib.decompress(record), type=kind) if record else None
    except (zlib.error, msgspec.MsgspecError):
        return None


def _stamp(ledger: "Ledger", members: Sequence[str], marks: Mapping[str, int]) -> str:
    touched = [f"{report}:{marks[report]}" for report in members]
    return hashlib.sha256("\n".join([VERSION, encode(ledger.options).decode(), *touched]).encode()).hexdigest()


def _touched(db: sqlite3.Connection) -> dict[str, int]:
    return {row["id"]: row["touched"] for row in db.execute("SELECT id, touched FROM reports WHERE newest")}


def _keep(ledger: "Ledger", fresh: Sequence[tuple[str, str, bytes]]) -> None:
    """Writes fresh groups in one transaction; a ledger that cannot be written can be asked all the same."""
    if fresh:
        with suppress(sqlite3.OperationalError), ledger.writing() as db:
            db.executemany("INSERT OR REPLACE INTO groups VALUES (?, ?, ?)", fresh)


def _joined(parts: Sequence["Groups"]) -> "Groups":
    from reportedly.corroborate import Groups

    return Groups(
        stories=tuple(sorted((s for part in parts for s in part.stories), key=lambda s: s.members)),
        claim_groups=tuple(sorted((g for part in parts for g in part.claim_groups), key=lambda g: g.members)),
        conflicts=tuple(
            sorted((c for part in parts for c in part.conflicts), key=lambda c: (c.a, c.b, c.kind, c.field))
        ),
    )


def _story_links(db: sqlite3.Connection) -> list[Link]:
    """The story-links of all reports, without their words."""
    rows = db.execute("SELECT a, b, strength FROM links WHERE kind = 'story'")
    return [
        Link(kind="story", stance="together", a=a, b=b, strength=strength, reason="likeness") for a, b, strength in rows
    ]


def _with_judged(stories: Sequence[Sequence[str]], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Stories, those together whose claims somebody joined or parted."""
    head = {report: story[0] for story in stories for report in story}
    for a, b in pairs:
        if a in head and b in head:
            first, second = sorted((_top(head, a), _top(head, b)))
            head[second] = first
    members = defaultdict(list)
    for report in sorted(head):
        members[_top(head, report)].append(report)
    return list(members.values())


def _judged_pairs(ledger: "Ledger", made: Iterable[Link]) -> list[tuple[str, str]]:
    """The reports of the two ends of what people drew between claims."""
    drawn = [link for link in made if link.kind != "story"]
    claims = "SELECT report FROM claims WHERE id = ?"
    owners = {}
    for item in {end for link in drawn for end in (link.a, link.b)}:
        row = ledger.db.execute(claims, (item,)).fetchone()
        owners[item] = row[0] if row else item
    return [(owners[link.a], owners[link.b]) for link in drawn]


def _top(head: dict[str, str], report: str) -> str:
    while head[report] != report:
        head[report] = head[head[report]]
        report = head[report]
    return report
