"""Which of the places of a name is meant: size, states named in the report, "X, Region", one sense a report."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from reportedly.normalise.place_mentions import Mention
from reportedly.normalise.places_index import Candidate, fold

PRIOR = {"state": 9.0, "area": 8.5, "region": 1.0, "county": 0.0, "city": 0.4, "other": -1.0}
NEAR = 300.0  # km


def distance(a: Candidate, b: Candidate) -> float:
    """Kilometres between two points; infinite where one has none."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    la, lo, lb, l2 = map(math.radians, (a.lat, a.lon, b.lat, b.lon))
    half = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((l2 - lo) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


def senses(named: Sequence[tuple[str, Mention, Mention | None]], peoples: Sequence[str]) -> list[Candidate]:
    """What each mention stands for. `named`: words, mention, the place that follows its comma; `peoples`: codes."""
    votes = _votes(named, peoples)
    first = [_best(m.candidates, outer, votes, []) for _, m, outer in named]
    told = {fold(w): c for (w, _, outer), c in zip(named, first, strict=True) if outer is not None}
    sites = [c for c, (_, m, _) in zip(first, named, strict=True) if len(m.candidates) == 1 or _is_plain(c)]
    out = []
    for words, m, outer in named:
        known = told.get(fold(words))
        out.append(known if known and outer is None else _best(m.candidates, outer, votes, sites))
    return out


def _is_plain(c: Candidate) -> bool:
    return c.kind in ("city", "region") and c.people > 1_000_000


def _votes(named: Sequence[tuple[str, Mention, Mention | None]], peoples: Sequence[str]) -> Mapping[str, float]:
    # How much the report is about each state: names of the state count most, then places that are there alone.
    votes: Counter[str] = Counter()
    for code in peoples:
        votes[code] += 1
    for _, m, _ in named:
        there = {c.country for c in m.candidates if c.country}
        if m.candidates[0].kind == "state" and len({c.kind for c in m.candidates} & {"state", "region"}) == 1:
            votes[m.candidates[0].country or ""] += 2
        elif len(there) == 1:
            votes[next(iter(there))] += 1
    return votes


def _best(
    options: Sequence[Candidate], outer: Mention | None, votes: Mapping[str, float], sites: Sequence[Candidate]
) -> Candidate:
    return max(options, key=lambda c: _weight(c, outer, votes, sites))


def _weight(c: Candidate, outer: Mention | None, votes: Mapping[str, float], sites: Sequence[Candidate]) -> float:
    weight = PRIOR[c.kind] + (math.log10(c.people + 10) if c.people or c.kind in ("city", "county") else 0)
    if c.kind == "region":
        weight = max(weight, 7.0)
    if c.country:
        weight += min(2.0, votes.get(c.country, 0.0))
    if outer is not None:
        weight += 6.0 * any(_holds(o, c) for o in outer.candidates)
    near = [distance(c, site) for site in sites if site is not c]
    weight += 1.0 * (bool(near) and min(near) < NEAR)
    return weight


def _holds(outer: Candidate, inner: Candidate) -> bool:
    if outer.kind == "state":
        return outer.country == inner.country and inner.kind != "state"
    same = outer.country == inner.country and outer.kind != "city"
    coded = outer.region == inner.region if outer.region and inner.region else distance(outer, inner) < 2 * NEAR
    return same and coded and inner.kind not in ("state", "area")
