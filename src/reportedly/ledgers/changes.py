"""What a ledger has learned since a moment: new claims and origins, disagreements, versions; a copy is no news."""

import datetime
import json
from collections.abc import Iterable
from typing import NamedTuple

from reportedly.ledgers import questions, searching
from reportedly.ledgers.embedded import Ledger
from reportedly.ledgers.searching import Filters
from reportedly.ledgers.views import View
from reportedly.model import ClaimGroup, Conflict


class News(NamedTuple):
    """What is new among some groups: whole claims, origins of known claims (with their names), disagreements."""

    claims: list[ClaimGroup]
    origins: list[tuple[ClaimGroup, list[str]]]
    conflicts: list[Conflict]


def changes(ledger: Ledger, since: datetime.datetime, filters: Filters) -> dict[str, list[View]]:
    """By kind of news; a mention is new when its report was first captured at `since` or later.

    An old claim counts only where one of its origins has no mention that was known before.
    """
    wanted = searching.claim_ids(ledger.db, filters)
    whole = ledger.groups(searching.owners(ledger.db, wanted))
    groups = [group for group in whole.claim_groups if not wanted.isdisjoint(group.members)]
    conflicts = [each for each in whole.conflicts if each.a in wanted or each.b in wanted]
    found = news(claims_of(ledger, learned(ledger, since)), groups, conflicts)
    added = {group.members: names for group, names in found.origins}
    old = questions.shown(ledger, [group for group, _ in found.origins])
    return {
        "new claims": questions.shown(ledger, found.claims),
        "new independent origins": [{**view, "added": added[_members(view)]} for view in old],
        "disagreements": questions.conflict_views(ledger, found.conflicts, whole.claim_groups),
        "new versions": versions(ledger, since),
        "judgements": judgements(ledger, since),
    }


def learned(ledger: Ledger, since: datetime.datetime) -> set[str]:
    """The reports that were first captured since."""
    return {row[0] for row in ledger.db.execute(_LEARNED, (_stamp(since),))}


def claims_of(ledger: Ledger, reports: Iterable[str]) -> set[str]:
    """The claims of some reports."""
    query = "SELECT id FROM claims WHERE report IN (SELECT value FROM json_each(?))"
    return {row[0] for row in ledger.db.execute(query, (json.dumps(list(reports)),))}


def claim_numbers_of(ledger: Ledger, reports: Iterable[str]) -> list[int]:
    """The numbers (`seq`) of the claims of some reports."""
    query = "SELECT seq FROM claims WHERE report IN (SELECT value FROM json_each(?))"
    return [row[0] for row in ledger.db.execute(query, (json.dumps(list(reports)),))]


def news(fresh: set[str], groups: Iterable[ClaimGroup], conflicts: Iterable[Conflict]) -> News:
    """What of these groups and disagreements is new, when these claims are."""
    new, old = list[ClaimGroup](), list[tuple[ClaimGroup, list[str]]]()
    for group in groups:
        if fresh.issuperset(group.members):
            new.append(group)
        elif added := [origin.name for origin in group.origins if fresh.issuperset(origin.members)]:
            old.append((group, added))
    return News(new, old, [each for each in conflicts if each.a in fresh or each.b in fresh])


def versions(ledger: Ledger, since: datetime.datetime) -> list[View]:
    """The newest version of each address that was learned since, where it has others."""
    rows = ledger.db.execute(f"{_VERSIONS} AND r.id IN ({_LEARNED}) ORDER BY r.seq", (_stamp(since),)).fetchall()
    return [_version(ledger, row["id"]) for row in rows]


def judgements(ledger: Ledger, since: datetime.datetime) -> list[View]:
    """What people decided since."""
    return [_judged(made) for made in ledger.judgements() if made.when >= since]


def _members(view: View) -> tuple[str, ...]:
    return tuple(sorted(mention["id"] for mention in view["mentions"]))


def _stamp(since: datetime.datetime) -> str:
    return since.astimezone(datetime.UTC).isoformat(timespec="seconds")


def _version(ledger: Ledger, report: str) -> View:
    shown = questions.show(ledger, report)
    return {key: shown[key] for key in ("id", "name", "outlet", "published", "url", "versions")}


def _judged(made: object) -> View:
    return {
        name: getattr(made, name) for name in ("id", "act", "items", "who", "when", "why", "field", "value", "undone")
    }


_LEARNED = "SELECT report FROM captures GROUP BY report HAVING min(captured) >= ?"
_VERSIONS = """
SELECT r.id FROM (SELECT address FROM reports WHERE address IS NOT NULL GROUP BY address HAVING count(*) > 1) a
JOIN reports r ON r.address = a.address WHERE r.newest
"""
