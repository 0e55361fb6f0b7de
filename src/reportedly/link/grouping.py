"""Groups computed from links, by one rule: strongest first, apart-links part, the mean over all pairs decides."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from reportedly.model import Link

Threshold = Callable[[str, str], float]
Bonds = dict[str, dict[str, float]]


def grouped(items: Iterable[str], links: Iterable[Link], threshold: Threshold | None,
            later: Callable[[Link], bool] = lambda link: False) -> list[tuple[str, ...]]:  # fmt: skip
    """The groups of `items`, each sorted, in order of their first members.

    Together-links are taken strongest first, ties by id; two groups join unless an apart-link stands between any of
    their members or, with a `threshold`, the mean over all pairs of strength less threshold is below 0 (a pair without
    a link has strength 0). Links with an end that is no item are passed over; those that `later` picks come last.
    """
    home = {item: item for item in sorted(items)}
    inside = [link for link in links if link.a in home and link.b in home and link.a != link.b]
    best = _strongest(inside)
    members: dict[str, list[str]] = {item: [item] for item in home}
    bonds, apart = _bonds(best, threshold), _apart(inside)
    for link in sorted(best.values(), key=lambda link: (later(link), *_rank(link))):
        first, second = sorted((home[link.a], home[link.b]))
        if first != second and second not in apart[first] and bonds[first][second] >= -1e-9:
            for item in members[second]:
                home[item] = first
            _rejoin(bonds, first, second, members, threshold)
            _replace(apart, first, second)
            members[first] += members.pop(second)
    return sorted(tuple(sorted(group)) for group in members.values())


def _bonds(best: dict[tuple[str, str], Link], threshold: Threshold | None) -> Bonds:
    """For every two linked items, by both: strength less threshold (0 where there is no threshold)."""
    bonds: Bonds = defaultdict(dict)
    for (a, b), link in best.items():
        bonds[a][b] = bonds[b][a] = link.strength - threshold(a, b) if threshold else 0.0
    return bonds


def _rejoin(bonds: Bonds, first: str, second: str, members: dict[str, list[str]], threshold: Threshold | None) -> None:
    """Gives the bonds of `second` to `first`: sums over all pairs, so that no pair is looked at twice."""
    kept, given = bonds.pop(first), bonds.pop(second)
    joined = {}
    for other in (kept.keys() | given.keys()) - {first, second}:
        parts = ((first, kept.get(other)), (second, given.get(other)))
        joined[other] = sum(_unlinked(members[one], members[other], threshold) if x is None else x for one, x in parts)
        bonds[other].pop(second, None)
        bonds[other][first] = joined[other]
    bonds[first] = joined


def _unlinked(a: Sequence[str], b: Sequence[str], threshold: Threshold | None) -> float:
    """What all pairs of two groups lack that have no link at all."""
    return -sum(threshold(one, other) for one in a for other in b) if threshold else 0.0


def _replace(apart: dict[str, set[str]], first: str, second: str) -> None:
    """What stood apart from `second` stands apart from `first`, which it joined."""
    for other in apart.pop(second, ()):
        apart[other].discard(second)
        apart[other].add(first)
        apart[first].add(other)


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
