"""Groups computed from links, by one rule: strongest first, apart-links part, the mean over all pairs decides."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from reportedly.model import Link

Threshold = Callable[[str, str], float]


def grouped(items: Iterable[str], links: Iterable[Link], threshold: Threshold | None) -> list[tuple[str, ...]]:
    """The groups of `items`, each sorted, in order of their first members.

    Together-links are taken strongest first, ties by id; two groups join unless an apart-link stands between any of
    their members or, with a `threshold`, the mean over all pairs of strength less threshold is below 0 (a pair without
    a link has strength 0). Links with an end that is no item are passed over.
    """
    home = {item: item for item in sorted(items)}
    inside = [link for link in links if link.a in home and link.b in home and link.a != link.b]
    members: dict[str, list[str]] = {item: [item] for item in home}
    best = _strongest(inside)
    apart = _apart(inside)
    for _, _, link in sorted((-link.strength, link.id, link) for link in best.values()):
        first, second = sorted((home[link.a], home[link.b]))
        if first != second and _may_join(members[first], members[second], best, apart, threshold):
            for item in members[second]:
                home[item] = first
            members[first] += members.pop(second)
    return sorted(tuple(sorted(group)) for group in members.values())


def _may_join(a: Sequence[str], b: Sequence[str], best: dict[tuple[str, str], Link],
              apart: dict[str, set[str]], threshold: Threshold | None) -> bool:  # fmt: skip
    if any(apart[one].intersection(b) for one in a if one in apart):
        return False
    if threshold is None:
        return True
    total = 0.0
    for one in a:
        for other in b:
            held = best.get((min(one, other), max(one, other)))
            total += (held.strength if held else 0.0) - threshold(one, other)
    return total >= -1e-9


def _strongest(links: Iterable[Link]) -> dict[tuple[str, str], Link]:
    """Of several together-links of one pair the strongest."""
    best: dict[tuple[str, str], Link] = {}
    for link in links:
        pair = (min(link.a, link.b), max(link.a, link.b))
        if link.stance == "together" and (pair not in best or _rank(link) < _rank(best[pair])):
            best[pair] = link
    return best


def _rank(link: Link) -> tuple[float, str]:
    return -link.strength, link.id


def _apart(links: Iterable[Link]) -> dict[str, set[str]]:
    apart: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.stance == "apart":
            apart[link.a].add(link.b)
            apart[link.b].add(link.a)
    return apart
