"""Findings from ledgers in the gold's form, and the cross-report answer in that form: linking measured on its own."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from reportedly.corroborate import Groups
from reportedly.lexicon import roles
from reportedly.lexicon.sources import catalogue
from reportedly.link.names import folded
from reportedly.model import (
    Actor,
    Attribution,
    Bound,
    Claim,
    Findings,
    Naming,
    Period,
    Place,
    Quantity,
    Report,
    Source,
    SourceKind,
    Span,
    identify,
)
from reportedly.resolve.phrases import read

Row = Mapping[str, Any]

_KINDS: Mapping[str, SourceKind] = {
    "state_media": "state_media",
    "government": "government",
    "military": "military",
    "intelligence": "intelligence",
    "organization": "organization",
    "analyst": "analyst",
    "outlet": "outlet",
    "witness": "witness",
    "person": "person",
    "document": "document",
    "anonymous": "anonymous",
}
_BODY_KINDS = frozenset({"state_media", "organization", "outlet", "document"})
_PERSON_KINDS = frozenset({"analyst", "witness", "person"})
_UNNAMED = ("unnamed ", "anonymous ", "unidentified ")


def findings(reports: Iterable[Row], ledger: Iterable[Row]) -> list[Findings]:
    """One Findings for each row of `ledger`, its ids prefixed "report:"; texts and dates come from `reports`."""
    texts, rows = {row["id"]: row for row in reports}, list(ledger)
    people = frozenset(name for row in rows for name in _people(texts[row["id"]]["text"], row))
    return [_findings(texts[row["id"]], row, people) for row in rows]


def cross(groups: Groups, names: Mapping[str, str], home: Mapping[str, str],
          weights: Mapping[str, float]) -> dict[str, Any]:  # fmt: skip
    """Stories, clusters with the upper figure of the range, and conflicts, as the gold's scorer reads them.

    `names` leads from report ids, `home` from claim ids to those of the scorer ("report:claim"); `weights` has what
    each claim weighs in its report.
    """
    stories = {names[report]: names[story.members[0]] for story in groups.stories for report in story.members}
    held = groups.claim_groups
    clusters = [{"claims": [home[each] for each in group.members], "origins": group.high} for group in held]
    return {"stories": stories, "clusters": clusters, "conflicts": _conflicts(groups, home, weights)}


def _conflicts(groups: Groups, home: Mapping[str, str], weights: Mapping[str, float]) -> list[list[str]]:
    """One pair of claims for each two groups in conflict: the weightiest."""
    group_of = {claim: i for i, group in enumerate(groups.claim_groups) for claim in group.members}
    told: dict[tuple[int, int], list[str]] = {}
    for each in sorted(groups.conflicts, key=lambda each: -weights[each.a] - weights[each.b]):
        first, second = sorted((group_of[each.a], group_of[each.b]))
        if each.kind == "conflict" and first != second:
            told.setdefault((first, second), [home[each.a], home[each.b], each.field])
    return list(told.values())


def bare(claim: str) -> str:
    """A claim id without the report before it."""
    return claim.partition(":")[2] or claim


def _people(text: str, row: Row) -> Iterator[str]:
    """The names of those whom a report calls he or she, or by a name that the product reads as a person's."""
    for each in row.get("attributions", ()):
        name = each.get("source_name") or ""
        phrase = read(_span(each["source"]).of(text), catalogue()) if name and each.get("source") else None
        if phrase and (
            phrase.gender in ("m", "f") or (phrase.form == "person" and phrase.name.endswith(name.split()[-1]))
        ):
            yield name


def _findings(report: Row, row: Row, people: Set[str]) -> Findings:
    made = _report(report)
    attributions = tuple(_attribution(made, each, people) for each in row.get("attributions", ()))
    sources: dict[str, Source] = {}
    for each in row.get("attributions", ()):
        for source in _sources(made, each, people):
            sources.setdefault(source.id, source)
    for name in (made.republisher, made.outlet, made.agency):
        if name:
            sources.setdefault(_named(name, "outlet", people).id, _named(name, "outlet", people))
    claims = tuple(_claim(made, each) for each in row.get("claims", ()))
    return Findings(report=made, attributions=attributions, sources=tuple(sources.values()), claims=claims)


def _report(row: Row) -> Report:
    return Report(
        id=row["id"],
        text=row["text"],
        text_sha256=row.get("sha256") or identify("text", row["text"]),
        original_sha256=row.get("sha256") or identify("text", row["text"]),
        name=row["id"],
        outlet=row.get("publisher") or row.get("outlet"),
        url=row.get("url"),
        title=row.get("title"),
        published=_day(row.get("published")),
        republisher=row.get("republished_by"),
        agency=row.get("agency"),
    )


def _attribution(report: Report, row: Row, people: Set[str]) -> Attribution:
    chain = tuple(source.id for source in _sources(report, row, people))
    return Attribution(
        id=f"{report.id}:{row['id']}",
        report=report.id,
        content=tuple(_span(each) for each in row["content"]),
        source=_span(row["source"]) if row.get("source") else None,
        cue=_span(row["cue"]) if row.get("cue") else None,
        style=row.get("quotation") or "indirect",
        within=f"{report.id}:{row['parent']}" if row.get("parent") else None,
        source_id=chain[-1] if chain and row.get("source_name") else None,
        chain=chain,
        made_by="given",
    )


def _sources(report: Report, row: Row, people: Set[str]) -> list[Source]:
    """The chain as sources, outermost first; all but the last are outlets, or bodies known by what their name says."""
    names = row.get("chain") or []
    outer = [_source(report, name, _relay_kind(report, name), people) for name in names[:-1]]
    if not names:
        return outer
    last = names[-1]
    kind = _KINDS[row["source_kind"]] if row.get("source_name") == last else _relay_kind(report, last)
    return [*outer, _source(report, last, kind, people)]


def _relay_kind(report: Report, name: str) -> SourceKind:
    outlets = (report.outlet, report.republisher, report.agency)
    return "outlet" if any(folded(name) == folded(each) for each in outlets if each) else "organization"


def _source(report: Report, name: str, kind: SourceKind, people: Set[str]) -> Source:
    if name.casefold().startswith(_UNNAMED):
        return Source(id=identify("source", report.id, name), name=name, kind=kind, naming="unnamed", made_by="given")
    return _named(name, kind, people)


def _named(name: str, kind: SourceKind, people: Set[str]) -> Source:
    row = catalogue().find(name)
    if row:
        return row
    made = identify("source", folded(name))
    return Source(id=made, name=name, kind=kind, naming=_naming(name, kind, people), made_by="given")


def _naming(name: str, kind: SourceKind, people: Set[str]) -> Naming:
    """A body speaks as an office; whom a report shows to be a person does not, and two or three capitalised words
    without a body's word are taken for one."""
    if name in people and kind != "outlet":
        return "named"
    if kind in _BODY_KINDS:
        return "office"
    if kind in _PERSON_KINDS:
        return "named"
    words = name.split()
    if words and roles.body_words().get(words[-1].casefold()):
        return "office"
    person = 1 < len(words) <= 3 and all(word[:1].isupper() for word in words)
    return "named" if person and " of " not in name else "office"


def _claim(report: Report, row: Row) -> Claim:
    evidence = _span(row["evidence"])
    return Claim(
        id=f"{report.id}:{row['id']}",
        report=report.id,
        evidence=evidence,
        event=row["class"],
        attribution=f"{report.id}:{row['attribution']}" if row.get("attribution") else None,
        actors=_actors(row),
        item=row.get("weapon"),
        quantity=_quantity(row.get("quantity"), evidence),
        period=_period(row.get("time")),
        place=Place(name=row["place"], span=evidence) if row.get("place") else None,
        factuality=row["factuality"],
        made_by="given",
    )


def _actors(row: Row) -> tuple[Actor, ...]:
    agents = tuple(Actor(role="agent", name=each) for each in row.get("actors") or ())
    return agents + ((Actor(role="patient", name=row["object"]),) if row.get("object") else ())


def _quantity(row: Row | None, evidence: Span) -> Quantity | None:
    if not row:
        return None
    low, high = row.get("low"), row.get("high")
    approx = bool(row.get("approx"))
    bound: Bound = "about" if approx else "exact"
    if low is None:
        bound = "nearly" if approx else "at_most"
    elif high is None:
        bound = "at_least"
    elif low != high:
        bound = "between"
    return Quantity(low=low, high=high, bound=bound, span=evidence, approx=approx, unit=row["unit"], made_by="given")


def _period(row: Row | None) -> Period | None:
    if not row:
        return None
    first, last = _day(row.get("start")), _day(row.get("end"))
    return Period(first=first, last=last, precision="other", value="", type="DATE", made_by="given")


def _day(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written[:10]) if written else None


def _span(row: Row) -> Span:
    return Span(row["start"], row["end"])
