"""Which of the places of a name is meant: size, states named in the report, "X, Region", one sense a report."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from reportedly.normalise.place_mentions import Mention
from reportedly.normalise.places_index import Candidate, fold

# How likely a name means each, before anything else is known; to these the logarithm of the population is added.
PRIOR = {"state": 9.0, "area": 8.5, "region": 0.5, "county": 0.0, "capital": 3.0, "city": 0.4, "other": -1.0}
OWN_REGION, LARGE_CITY = 8.2, 1.5
SORTS = {"town": ("capital", "city", "other"), "region": ("region", "county")}
NEAR = 600.0  # km


def distance(a: Candidate, b: Candidate) -> float:
    """Kilometres between two points; infinite where one has none."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    la, lo, lb, l2 = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    half = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((l2 - lo) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


class Named(msgspec.Struct, frozen=True):
    """A mention, its words, and those it is tied to: what it lies in, what lies in it, what it is listed with.

    `sort` is town or region where the words say so ("the state of Orrin", "Orrin province").
    """

    words: str
    mention: Mention
    outer: Mention | None = None
    inner: Mention | None = None
    peers: tuple[Mention, ...] = ()
    sort: str = ""


def senses(named: Sequence[Named], peoples: Sequence[str]) -> list[Candidate]:
    """What each mention stands for; `peoples` are the codes of the states whose people are named."""
    votes = _votes(named, peoples)
    first = [_best(each, votes, {}) for each in named]
    told = {fold(each.words): c for each, c in zip(named, first, strict=True) if each.outer is not None}
    sites = {fold(each.words): c for each, c in zip(named, first, strict=True) if _is_sure(each, c)}
    chosen = {each.mention.start: c for each, c in zip(named, first, strict=True)}
    return [_told(each, told) or _best(_settled(each, chosen), votes, sites) for each in named]


def _is_sure(each: Named, c: Candidate) -> bool:
    single = len({(o.country, o.region) for o in each.mention.candidates}) == 1
    return c.kind in ("capital", "region") or c.people > 1_000_000 or each.outer is not None or single


def _settled(each: Named, chosen: Mapping[int, Candidate]) -> Named:
    # What it lies in was read on its own first: "Orrin, Scott County, Indiana".
    if each.outer is None:
        return each
    outer = msgspec.structs.replace(each.outer, candidates=(chosen[each.outer.start],))
    return msgspec.structs.replace(each, outer=outer)


def _told(each: Named, told: Mapping[str, Candidate]) -> Candidate | None:
    return None if each.outer or each.inner else told.get(fold(each.words))


def _votes(named: Sequence[Named], peoples: Sequence[str]) -> Mapping[str, float]:
    # How much the report is about each state: names of the state count most, then places that are there alone.
    votes: dict[str, float] = defaultdict(float)
    for code in peoples:
        votes[code] += 1
    for each in named:
        options = each.mention.candidates
        there = {c.country for c in options if c.country}
        kinds = {c.kind for c in options}
        if options[0].kind == "state" and "region" not in kinds:
            votes[options[0].country or ""] += 2
        elif len(there) == 1:
            votes[next(iter(there))] += 1
        elif options[0].kind == "region" and "state" not in kinds:
            votes[options[0].country or ""] += 0.5
    return votes


def _best(each: Named, votes: Mapping[str, float], sites: Mapping[str, Candidate]) -> Candidate:
    return max(each.mention.candidates, key=lambda c: _weight(c, each, votes, sites))


def _weight(c: Candidate, each: Named, votes: Mapping[str, float], sites: Mapping[str, Candidate]) -> float:
    weight = _prior(c, each.mention.candidates)
    if c.country:
        weight += min(2.0, votes.get(c.country, 0.0))
    if each.outer is not None:
        weight += 6.0 * any(_holds(o, c) for o in each.outer.candidates)
    if each.inner is not None:
        weight += 3.0 * any(_holds(c, i) for i in each.inner.candidates)
    weight += 3.0 * (c.kind in SORTS.get(each.sort, ()))
    weight += 1.5 * sum(_alike(c, peer) for peer in each.peers)
    apart = [distance(c, site) for words, site in sites.items() if words != fold(each.words) and site.kind != "state"]
    return weight + 1.5 * max(0.0, 1 - min(apart, default=NEAR) / NEAR)


def _alike(c: Candidate, peer: Mention) -> bool:
    """Whether a listed neighbour can be of the same sort: a state beside a state, a region beside one of its state."""
    if c.kind == "state":
        return any(p.kind == "state" for p in peer.candidates)
    return c.kind == "region" and any(p.kind == "region" and p.country == c.country for p in peer.candidates)


def _prior(c: Candidate, options: Sequence[Candidate]) -> float:
    if c.kind == "region":
        return min(8.0, PRIOR["region"] + math.log10(c.people + 10)) if c.people else OWN_REGION
    if c.kind in ("state", "area"):
        return PRIOR[c.kind]
    shared = c.people > 1_000_000 and any(o.kind == "region" and o.country == c.country for o in options)
    return PRIOR[c.kind] + math.log10(c.people + 10) + LARGE_CITY * shared


def _holds(outer: Candidate, inner: Candidate) -> bool:
    if outer.kind == "state":
        return outer.country == inner.country and inner.kind != "state"
    if outer.country != inner.country or outer.kind in ("city", "other") or inner.kind in ("state", "area", "region"):
        return False
    coded = bool(outer.region and inner.region)
    return outer.region == inner.region if coded else distance(outer, inner) < NEAR
