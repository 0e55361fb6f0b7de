"""Findings of near reports -> links: same story, copied text, same claim, same origin, conflict and update.

Every link is decided from two items alone, so the order in which reports arrive changes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from types import MappingProxyType

from reportedly.link import claims, conflicts, copies, happenings, origins, stories
from reportedly.link.grouping import grouped
from reportedly.link.sketches import Gist, Sketch, sketch
from reportedly.model import Findings, Link, Options, Report

FLOOR = 0.3
"""Weaker likenesses of reports are not kept, nor are the claims of such reports compared: they count as none."""
ASKED = 0.05
"""From this likeness of their words on, the claims of two reports are asked whether they tell one story."""
HALF = 0.5
"""Documents are one group of copies while the mean share over all pairs is this part of what one link needs."""
COPIED = 0.9
"""The likeness of two reports of which one copies the other, however different the rest."""
SURE = 0.6
"""Above this likeness of their words it is not asked what the claims of two reports share."""


def link(findings: Findings, near: Sequence[Findings], options: Options = Options(),
         gists: Mapping[str, Gist] = MappingProxyType({})) -> tuple[Link, ...]:  # fmt: skip
    """The links within a report's findings and between it and its neighbours, sorted by id.

    `gists`: those that were kept of neighbours, by report; without one it is made from the text.
    """
    found = list(_within(findings, options))
    for other in {each.report.id: each for each in near}.values():
        sketch(other, gists.get(other.report.id))
        if other.report.id != findings.report.id:
            first, second = sorted((findings, other), key=lambda each: each.report.id)
            found += _between(first, second, options)
    return tuple(sorted({each.id: each for each in found}.values(), key=lambda each: each.id))


def promise(a: Gist, b: Gist, options: Options = Options()) -> float:
    """How likely `link` finds something between two reports, told from their gists alone; 0: it finds nothing."""
    if not stories.comparable(a, b, options.story_days):
        return 0.0
    likeness = stories.likeness(a, b)
    if copies.worth(a, b):
        return max(likeness, COPIED)
    return likeness if likeness >= ASKED else 0.0


def story_of(reports: Iterable[Report], options: Options = Options()) -> Mapping[str, str]:
    """Report id -> the first report of its story, by words alone: every report is compared with every other."""
    held = sorted((sketch(Findings(report=report)) for report in reports), key=lambda each: each.id)
    found = [made for a, b in combinations(held, 2) for made in _story(a, b, stories.likeness(a.gist, b.gist))]
    groups = grouped([each.id for each in held], found, lambda a, b: options.undated_story_threshold)
    return {member: group[0] for group in groups for member in group}


def copied_pairs(reports: Iterable[Report], options: Options = Options()) -> list[tuple[str, str]]:
    """The ids of each two reports of which one copies the other: every report is compared with every other.

    They are grouped by their copy-links; of a group, two are a pair when they themselves share half of what a link
    needs: what two papers take from different parts of a third makes neither a copy of the other.
    """
    held = [(sketch(Findings(report=each)), each) for each in sorted(reports, key=lambda each: each.id)]
    least, near, found = HALF * options.copied_share, list[tuple[str, str]](), list[Link]()
    for (a, first), (b, second) in combinations(held, 2):
        shared = copies.shared(a, b)
        if shared.share >= least:
            near.append((a.id, b.id))
            found += copies.copy_links(first, second, shared, 0.0, options.copied_share)
    groups = grouped([each.id for each, _ in held], found, lambda a, b: least)
    home = {member: group[0] for group in groups for member in group}
    return [(a, b) for a, b in near if home[a] == home[b]]


def _story(a: Sketch, b: Sketch, likeness: float) -> Iterator[Link]:
    if likeness >= FLOOR:
        yield Link(kind="story", stance="together", a=a.id, b=b.id, strength=round(likeness, 4), reason="likeness",
                   text=stories.why(a.gist, b.gist), made_by="link")  # fmt: skip


def _within(findings: Findings, options: Options) -> Iterator[Link]:
    told, side = claims.told(findings, options), origins.side(findings, sketch(findings))
    for a, b in combinations(sorted(told, key=lambda each: each.claim.id), 2):
        likeness, body = claims.compare(a, b), origins.same_body(a, b, side, side)
        joined = claims.same_claim(a, b, likeness)
        yield from filter(None, (joined, conflicts.conflict(a, b, likeness, body is not None)))
        if joined:
            yield from filter(None, (body, origins.own_voice(a, b, side)))


def _between(first: Findings, second: Findings, options: Options) -> Iterator[Link]:
    a, b = sketch(first), sketch(second)
    if not stories.comparable(a.gist, b.gist, options.story_days):
        return
    likeness, shared = stories.likeness(a.gist, b.gist), copies.shared(a, b)
    if copies.copies_text(shared, options.copied_share):
        likeness = max(likeness, COPIED)
    elif likeness >= ASKED:
        likeness = _weighed(likeness, first, second, options)
    yield from _story(a, b, likeness)
    yield from copies.copy_links(first.report, second.report, shared, likeness, options.copied_share)
    if likeness >= FLOOR:
        yield from _claims(origins.side(first, a), origins.side(second, b), shared, options)


def _weighed(likeness: float, first: Findings, second: Findings, options: Options) -> float:
    """The likeness of two reports once what they tell is weighed: signs of two happenings, else what agrees."""
    signs = happenings.signs(first, second, options)
    if signs:
        return stories.with_signs(likeness, signs)
    if likeness >= SURE:
        return likeness
    agreed = claims.agreeing(claims.told(first, options), claims.told(second, options))
    return stories.with_claims(likeness, agreed, bool(first.report.date and second.report.date))


def _claims(first: origins.Side, second: origins.Side, shared: copies.Shared,
            options: Options) -> Iterator[Link]:  # fmt: skip
    """The links between the claims of two reports that may tell one story."""
    quoted, copied = tuple(origins.quotations(first, second)), copies.copies_text(shared, options.copied_share)
    pair = origins.Pairing(first, second, shared, copied, quoted)
    one, other = claims.told(first.findings, options), claims.told(second.findings, options)
    flipped = pair.flipped
    for x in one:
        for y in claims.worth(x, other):
            yield from _pair(x, y, pair) if x.claim.id <= y.claim.id else _pair(y, x, flipped)


def _pair(x: claims.Told, y: claims.Told, pair: origins.Pairing) -> Iterator[Link]:
    likeness = claims.compare(x, y)
    if likeness.same < claims.LEAST and not conflicts.possible(likeness):
        return
    body = origins.same_body(x, y, pair.first, pair.second)
    clash = conflicts.conflict(x, y, likeness, body is not None)
    joined = claims.same_claim(x, y, likeness)
    yield from filter(None, (clash, joined))
    if joined:
        yield from filter(None, (
            body or origins.drawn(x, y, pair.first, pair.second),
            origins.same_quotation(x, y, pair.quoted) or origins.same_speaker(x, y, pair),
            origins.copied(x, y, pair, likeness) or origins.one_text(x, y, pair, likeness),
        ))  # fmt: skip
