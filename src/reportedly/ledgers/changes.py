"""What a ledger has learned since a moment: new claims and origins, disagreements, versions; a copy is no news."""

import datetime

from reportedly.ledgers import questions
from reportedly.ledgers.embedded import Ledger
from reportedly.ledgers.searching import Filters
from reportedly.ledgers.views import View


def changes(ledger: Ledger, since: datetime.datetime, filters: Filters) -> dict[str, list[View]]:
    """By kind of news; a mention is new when its report was first captured at `since` or later.

    An old claim counts only where one of its origins has no mention that was known before.
    """
    fresh = _learned(ledger, since)
    groups = questions.claims(ledger, filters)
    new = [group for group in groups if {m["report"] for m in group["mentions"]} <= fresh]
    old = [group for group in groups if group not in new]
    return {
        "new claims": new,
        "new independent origins": [found for group in old if (found := _joined(group, fresh))],
        "disagreements": [each for each in questions.conflicts(ledger, filters) if _fresh_side(each, fresh)],
        "new versions": [_version(ledger, row["id"]) for row in ledger.db.execute(_VERSIONS) if row["id"] in fresh],
        "judgements": [_judged(made) for made in ledger.judgements() if made.when >= since],
    }


def _learned(ledger: Ledger, since: datetime.datetime) -> set[str]:
    query = "SELECT report FROM captures GROUP BY report HAVING min(captured) >= ?"
    moment = since.astimezone(datetime.UTC).isoformat(timespec="seconds")
    return {row[0] for row in ledger.db.execute(query, (moment,))}


def _joined(group: View, fresh: set[str]) -> View | None:
    """The group, with the origins that only new mentions hold; None where there is none."""
    home = {m["id"]: m["report"] for m in group["mentions"]}
    added = [o["name"] for o in group["origins"]["groups"] if {home[m] for m in o["mentions"] if m in home} <= fresh]
    return {**group, "added": added} if added else None


def _fresh_side(conflict: View, fresh: set[str]) -> bool:
    return any(side is not None and side["report"] in fresh for side in (conflict["a"], conflict["b"]))


def _version(ledger: Ledger, report: str) -> View:
    shown = questions.show(ledger, report)
    return {key: shown[key] for key in ("id", "name", "outlet", "published", "url", "versions")}


def _judged(made: object) -> View:
    return {
        name: getattr(made, name) for name in ("id", "act", "items", "who", "when", "why", "field", "value", "undone")
    }


_VERSIONS = """
SELECT id FROM reports WHERE newest AND address IN (SELECT address FROM reports GROUP BY address HAVING count(*) > 1)
"""
