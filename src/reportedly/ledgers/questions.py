"""What an analyst asks of a ledger, answered as plain values: the same for tables, JSON, exports and pages."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reportedly.errors import UsageError
from reportedly.ledgers import judging, searching, views
from reportedly.ledgers.embedded import Ledger
from reportedly.ledgers.searching import Filters
from reportedly.ledgers.views import View
from reportedly.model import ClaimGroup, Conflict, Findings, Span
from reportedly.review import grades


def claims(ledger: Ledger, filters: Filters) -> list[View]:
    """The claim groups of which a mention passes, those with most origins and mentions first."""
    return _groups(ledger, searching.claim_ids(ledger.db, filters), filters)


def reports(ledger: Ledger, filters: Filters) -> list[View]:
    """The reports that pass, by date, the undated last."""
    return [views.report_view(ledger.findings(report)) for report in searching.report_ids(ledger.db, filters)]


def show(ledger: Ledger, report: str) -> View:
    """One report: its text and all that was found in it."""
    findings = ledger.findings(report)
    mentions = views.mentions(findings)
    notices = [
        {"kind": n.kind, "name": n.name, **(views.quoted(n.span, findings.report.text) or {})}
        for n in findings.report.notices
    ]
    return {
        **views.report_view(findings),
        "dateline": views.dateline(findings.report),
        "notices": notices,
        "text": findings.report.text,
        "attributions": [views.attribution_view(findings, a) for a in findings.attributions],
        "claims": [{"event": claim.event, **mentions[claim.id]} for claim in findings.claims],
        "problems": [{"what": p.what, "why": p.why, "now": p.now} for p in findings.problems],
        "captures": [dict(row) for row in ledger.db.execute(_CAPTURES, (report,))],
        "versions": [row[0] for row in ledger.db.execute(_VERSIONS, (report,))],
    }


def origins(ledger: Ledger, wanted: Iterable[str]) -> list[View]:
    """The claim groups of these claims, each with what is known of the order of its mentions."""
    return [{**group, "order": views.order(group)} for group in _groups(ledger, set(wanted), Filters())]


def quoting(ledger: Ledger, words: str) -> set[str]:
    """The claims whose words, or the words of whose attribution, hold this passage (case and quote marks aside)."""
    parts = re.findall(r"\w+", words)
    if not parts:
        raise UsageError(f"--quote {words!r}: no word in it; nothing can be searched; give some words")
    pattern = re.compile(r"\W+".join(map(re.escape, parts)), re.IGNORECASE)
    query = "SELECT id FROM reports r WHERE newest AND seq IN (SELECT rowid FROM texts WHERE texts MATCH ?)"
    found = ledger.db.execute(query, (searching.phrase(words),)).fetchall()
    return {claim for row in found for claim in _saying(ledger.findings(row["id"]), pattern)}


def conflicts(ledger: Ledger, filters: Filters) -> list[View]:
    """What disagrees: conflicts, then updates, then drift of quotations."""
    wanted = searching.claim_ids(ledger.db, filters)
    groups = ledger.groups(searching.owners(ledger.db, wanted))
    found = [each for each in groups.conflicts if each.a in wanted or each.b in wanted]
    return conflict_views(ledger, found, groups.claim_groups)


def conflict_views(ledger: Ledger, found: Iterable[Conflict], groups: Iterable[ClaimGroup]) -> list[View]:
    """Disagreements with both sides, conflicts first; `groups` hold the claims of both."""
    rank = {"conflict": 0, "update": 1, "drift": 2}
    ordered = sorted(found, key=lambda c: (rank[c.kind], c.a, c.b))
    known = _known(ledger, {end for each in ordered for end in (each.a, each.b)})
    home = {claim: group for group in groups for claim in group.members}
    return [views.conflict_view(each, known.mentions, known.texts, home) for each in ordered]


def stories(ledger: Ledger, filters: Filters) -> list[View]:
    """Reports about one happening, the largest first."""
    wanted = set(searching.report_ids(ledger.db, filters))
    found = [s.members for s in ledger.groups(wanted).stories if not wanted.isdisjoint(s.members)]
    ordered = sorted(found, key=lambda members: (-len(members), members))
    return [{"members": [views.report_view(ledger.findings(member)) for member in members]} for members in ordered]


def sources(ledger: Ledger) -> list[View]:
    """Everyone who speaks in the ledger: kind, naming, how often, in how many reports, the grade that was given."""
    graded = grades(ledger.judgements())
    return [
        {**dict(row), "reliability": graded.get(row["id"], {}).get("reliability")}
        for row in ledger.db.execute(_SOURCES)
    ]


def hands(ledger: Ledger) -> dict[str, View]:
    """Source -> how often the outlet itself quotes it (first-hand), how often it comes through others, and whom."""
    names = dict(ledger.db.execute("SELECT id, min(name) FROM sources GROUP BY id").fetchall())
    found: dict[str, View] = {}
    for row in ledger.db.execute(_CHAINS):
        told = found.setdefault(row["speaker"], {"first_hand": 0, "relayed": 0, "through": Counter[str]()})
        relays = row["chain"].split("\x1f")[1:-1]
        told["relayed" if relays else "first_hand"] += 1
        told["through"].update(names.get(relay, relay) for relay in relays)
    for told in found.values():
        told["through"] = dict(sorted(told["through"].items(), key=lambda item: (-item[1], item[0])))
    return found


def stats(ledger: Ledger) -> View:
    """How much the ledger holds."""
    groups = ledger.groups()
    kinds = Counter(conflict.kind for conflict in groups.conflicts)
    counted = {
        name: ledger.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for name, table in _COUNTED.items()
    }
    return {
        **counted,
        "stories": len(groups.stories),
        "claim groups": len(groups.claim_groups),
        "claims with two independent origins or more": sum(group.high > 1 for group in groups.claim_groups),
        "conflicts": kinds["conflict"],
        "updates": kinds["update"],
        "drifting quotations": kinds["drift"],
        "judgements": len(judging.tied(ledger.db)),
    }


class Known(NamedTuple):
    """What the reports behind some claims tell: mentions and namings by claim id, texts by report id."""

    mentions: dict[str, View]
    namings: dict[str, str | None]
    texts: dict[str, str]


def _known(ledger: Ledger, claims: set[str]) -> Known:
    known = Known({}, {}, {})
    for report in sorted(searching.owners(ledger.db, claims)):
        findings = ledger.findings(report)
        known.mentions.update(views.mentions(findings))
        known.namings.update(views.namings(findings))
        known.texts[report] = findings.report.text
    return known


def _groups(ledger: Ledger, wanted: set[str], filters: Filters) -> list[View]:
    groups = ledger.groups(searching.owners(ledger.db, wanted)).claim_groups
    found = [group for group in groups if not wanted.isdisjoint(group.members)]
    known = _known(ledger, {claim for group in found for claim in group.members})
    return _in_order((group for group in found if searching.passes(group, known.namings, filters)), known)


def shown(ledger: Ledger, groups: Sequence[ClaimGroup]) -> list[View]:
    """Groups as plain values, those with most origins first."""
    return _in_order(groups, _known(ledger, {claim for group in groups for claim in group.members}))


def _in_order(groups: Iterable[ClaimGroup], known: Known) -> list[View]:
    ordered = sorted(groups, key=lambda g: (-g.high, -len(g.members), g.event, g.members))
    return [views.group_view(group, known.mentions) for group in ordered]


def _saying(findings: Findings, pattern: re.Pattern[str]) -> set[str]:
    text = findings.report.text
    hits = [Span(*match.span()) for match in pattern.finditer(text)]
    direct = {c.id for c in findings.claims for hit in hits if c.evidence.touches(hit)}
    said = {a.id for a in findings.attributions for span in a.content for hit in hits if span.touches(hit)}
    return direct or {c.id for c in findings.claims if c.attribution in said}


_CAPTURES = "SELECT location, original_sha256, captured FROM captures WHERE report = ? ORDER BY captured, location"
_VERSIONS = """
SELECT v.id FROM reports v JOIN reports r ON r.address = v.address AND r.id <> v.id WHERE r.id = ? ORDER BY v.seq
"""
_SOURCES = """
WITH said AS (
  SELECT a.source AS id, count(*) AS times FROM attributions a JOIN reports r ON r.id = a.report AND r.newest
  WHERE a.source IS NOT NULL GROUP BY a.source
)
SELECT s.id, min(s.name) AS name, min(s.kind) AS kind, min(s.naming) AS naming, min(s.country) AS country,
  count(*) AS reports, coalesce(said.times, 0) AS attributions
FROM sources s JOIN reports r ON r.id = s.report AND r.newest LEFT JOIN said ON said.id = s.id
GROUP BY s.id ORDER BY attributions DESC, reports DESC, name, s.id
"""
_CHAINS = """
SELECT a.source AS speaker, coalesce(
  (SELECT group_concat(source, char(31)) FROM (SELECT source FROM chains WHERE attribution = a.id ORDER BY place)), ''
) AS chain FROM attributions a JOIN reports r ON r.id = a.report AND r.newest WHERE a.source IS NOT NULL
"""
_COUNTED = {
    "reports": "reports WHERE newest",
    "older versions": "reports WHERE NOT newest",
    "undated reports": "reports WHERE newest AND day IS NULL",
    "captures": "captures",
    "sources": "(SELECT DISTINCT id FROM sources)",
    "attributions": "attributions a JOIN reports r ON r.id = a.report AND r.newest",
    "claims": "claims c JOIN reports r ON r.id = c.report AND r.newest",
    "links": "links",
    "removed reports": "removed",
}
