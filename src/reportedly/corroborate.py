"""Links -> stories, claim groups with their independent origins as a range, and conflicts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from reportedly.lexicon.countries import countries
from reportedly.lexicon.sources import catalogue
from reportedly.model import (
    Claim,
    ClaimGroup,
    Conflict,
    Findings,
    Link,
    Options,
    Origin,
    Source,
    Story,
)

NOBODY = "not named"
FIRSTHAND = frozenset({"named", "office"})
STATE = frozenset({"government", "military", "intelligence", "state_media"})


class Groups(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="groups"):
    """What all reports say together: stories, claim groups and conflicts, each sorted."""

    stories: tuple[Story, ...] = ()
    claim_groups: tuple[ClaimGroup, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


class Known(msgspec.Struct, frozen=True):
    """The findings by claim id: what grouping looks up."""

    claims: Mapping[str, Claim]
    speakers: Mapping[str, Source | None]
    voices: Mapping[str, str]
    dated: frozenset[str]

    def open_order(self, conflict: Conflict) -> bool:
        """Whether it is of two reports of which one has no date."""
        reports = {self.claims[each].report for each in (conflict.a, conflict.b)}
        return len(reports) == 2 and not reports <= self.dated

    def half_figured(self, link: Link) -> bool:
        """Whether one end gives a figure and the other none: that one joins the group it fits best, once there are."""
        return (self.claims[link.a].quantity is None) != (self.claims[link.b].quantity is None)


def corroborate(findings: Iterable[Findings], links: Iterable[Link], options: Options = Options()) -> Groups:
    """Stories, claim groups and conflicts; only the set of links counts, never an order."""
    held = sorted(findings, key=lambda each: each.report.id)
    known = _known(held)
    kinds = _by_kind(links)
    stories = story_groups({each.report.id: each.report.date is not None for each in held}, kinds["story"], options)
    within = _in_one_story(kinds["claim"] + kinds["origin"], known, stories)
    claim_links = [link for link in within if link.kind == "claim"]
    origin_links = [link for link in within if link.kind == "origin"]
    members = _grouped(known.claims, claim_links, lambda a, b: options.claim_threshold, known.half_figured)
    home = {claim: i for i, group in enumerate(members) for claim in group}
    reasons, clashes = defaultdict[int, list[Link]](list), defaultdict[int, list[Conflict]](list)
    for link in origin_links:
        if home[link.a] == home[link.b]:
            reasons[home[link.a]].append(link)
    origins = [tuple(_origin(each, reasons[i], known) for each in _grouped(group, reasons[i], None))
               for i, group in enumerate(members)]  # fmt: skip
    conflicts = tuple(sorted(_one_reading(map(_conflict, _disagreeing(within)), origins, known), key=_order))
    for each in conflicts:
        for i in sorted({home[each.a], home[each.b]}):
            clashes[i].append(each)
    return Groups(
        stories=tuple(Story(members=each) for each in stories),
        claim_groups=tuple(_group(each, origins[i], clashes[i], known) for i, each in enumerate(members)),
        conflicts=conflicts,
    )


def _by_kind(links: Iterable[Link]) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = {"story": [], "copy": [], "claim": [], "origin": []}
    for link in sorted({link.id: link for link in links}.values(), key=lambda link: link.id):
        found[link.kind].append(link)
    return found


def story_groups(dated: Mapping[str, bool], links: Iterable[Link], options: Options) -> list[tuple[str, ...]]:
    """The stories of reports (id -> whether it has a date), from links between reports alone."""

    def threshold(a: str, b: str) -> float:
        return options.story_threshold if dated[a] and dated[b] else options.undated_story_threshold

    return _grouped(dated, links, threshold)


def _in_one_story(links: Iterable[Link], known: Known, stories: Sequence[Sequence[str]]) -> list[Link]:
    """The links whose ends belong to reports of one story; what a person drew holds anyway."""
    home = {report: i for i, story in enumerate(stories) for report in story}
    found = []
    for link in links:
        a, b = known.claims.get(link.a), known.claims.get(link.b)
        if a and b and (home.get(a.report) == home.get(b.report) or link.reason == "judgement"):
            found.append(link)
    return found


def _disagreeing(links: Iterable[Link]) -> list[Link]:
    return [link for link in links if link.reason in ("conflict", "update", "drift") or link.field == "quotation"]


def _conflict(link: Link) -> Conflict:
    kind = "drift" if link.field == "quotation" else "update" if link.reason == "update" else "conflict"
    return Conflict(
        a=link.a,
        b=link.b,
        kind=kind,  # type: ignore[arg-type]
        field=link.field or "",
        text=link.text,
        a_spans=link.a_spans,
        b_spans=link.b_spans,
    )


def _one_reading(found: Iterable[Conflict], origins: Sequence[Sequence[Origin]], known: Known) -> set[Conflict]:
    """Each pair of origins with one reading of its two figures: where some mentions make it a conflict and others an
    update, it is an update (who copies an old figure on the day of the new one says nothing against it), and so is,
    of two groups with an update, a conflict without a shown order."""
    home = {claim: (i, k) for i, group in enumerate(origins) for k, each in enumerate(group) for claim in each.members}
    read, by_groups = set[Conflict](), defaultdict[tuple[int, ...], set[Conflict]](set)
    for each in found:
        by_groups[tuple(sorted((home[each.a][0], home[each.b][0])))].add(each)
    for pair in by_groups.values():
        figures = {each for each in pair if each.field == "quantity"}
        updated = {frozenset((home[each.a], home[each.b])) for each in figures if each.kind == "update"}
        read |= pair - figures
        for each in figures:
            explained = frozenset((home[each.a], home[each.b])) in updated or (updated and known.open_order(each))
            read.add(msgspec.structs.replace(each, kind="update") if explained else each)
    return read


def _order(conflict: Conflict) -> tuple[str, str, str, str]:
    return conflict.a, conflict.b, conflict.kind, conflict.field


def _group(members: tuple[str, ...], origins: tuple[Origin, ...], clashes: Sequence[Conflict],
           known: Known) -> ClaimGroup:  # fmt: skip
    first = min(members, key=lambda each: (-known.claims[each].weight, each))
    return ClaimGroup(
        event=known.claims[first].event,
        members=members,
        origins=origins,
        low=max(1, sum(origin.firsthand for origin in origins)),
        high=len(origins),
        interests=tuple(sorted({origin.interest for origin in origins if origin.interest})),
        conflicts=tuple(clashes),
    )


def _origin(members: tuple[str, ...], links: Sequence[Link], known: Known) -> Origin:
    """One origin: named by its best-known speaker; first-hand when somebody named or an office speaks."""
    reasons = tuple(link for link in links if link.a in members and link.b in members and link.stance == "together")
    heads = [source for each in members if (source := known.speakers[each])]
    heads.sort(key=lambda source: (_rank(source), source.name))
    head = heads[0] if heads else None
    firsthand = head is not None and head.kind != "outlet" and head.naming in FIRSTHAND
    name = called(head) if head else known.voices[members[0]]
    return Origin(name=name, members=members, reasons=reasons, firsthand=firsthand, interest=_interest(head, name))


def called(source: Source) -> str:
    """A source's name as screens show it: who is not named is said to be unnamed ("unnamed officials")."""
    unnamed = source.naming == "unnamed" and source.kind != "document" and not source.name.startswith("unnamed")
    return f"unnamed {source.name}" if unnamed else source.name


def _rank(source: Source) -> int:
    """A body or person before an outlet, the named before offices before the unnamed."""
    return ("named", "office", "unnamed", "none").index(source.naming) + 4 * (source.kind == "outlet")


def _interest(head: Source | None, name: str) -> str | None:
    """The state whose voice it is, else who speaks; None where nobody knows who that is."""
    if head and head.kind in STATE and head.country:
        state = countries().get(head.country)
        return state.name if state else head.country
    if head and head.naming not in FIRSTHAND:
        return None
    known = catalogue().sources
    while head and (above := known.get(head.part_of or "")):
        head = above
    return head.name if head else None if name == NOBODY else name


def _grouped(*given: Any) -> list[tuple[str, ...]]:
    """What `link.grouping.grouped` says; loaded here, as `link` loads the reader: seconds before a kept count shows."""
    from reportedly.link.grouping import grouped

    return grouped(*given)


def _known(findings: Sequence[Findings]) -> Known:
    claims, speakers, voices = dict[str, Claim](), dict[str, Source | None](), dict[str, str]()
    for each in findings:
        sources = {source.id: source for source in each.sources}
        spoken = {attribution.id: sources.get(attribution.source_id or "") for attribution in each.attributions}
        for claim in each.claims:
            claims[claim.id] = claim
            speakers[claim.id] = spoken.get(claim.attribution or "")
            voices[claim.id] = each.report.outlet or each.report.name if claim.attribution is None else NOBODY
    return Known(claims, speakers, voices, frozenset(each.report.id for each in findings if each.report.date))
