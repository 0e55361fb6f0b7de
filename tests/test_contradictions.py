"""Pairs of claims that contradict each other are never counted as support, and most are shown as conflicts."""

from collections import Counter
from collections.abc import Iterator

import pytest

from reportedly.link import claims, conflicts
from reportedly.model import Findings
from tests.stories import FOLDER, findings_of

FIELDS = ("polarity", "figure", "date", "actor")


def pairs() -> Iterator[tuple[str, Findings, Findings]]:
    """Every invented pair: what it differs in, and its two sides, said by two bodies on one day."""
    field, lines = "", list[str]()
    for line in (FOLDER / "contradictions.md").read_text("utf-8").splitlines():
        if line in FIELDS:
            field = line
        elif line != "--":
            lines.append(line)
        if len(lines) == 2:
            yield field, findings_of("pair1", lines[0], "Outlet 1"), findings_of("pair2", lines[1], "Outlet 2")
            lines.clear()


PAIRS = list(pairs())


def test_there_are_sixty_pairs_fifteen_of_each_field() -> None:
    assert Counter(field for field, _, _ in PAIRS) == dict.fromkeys(FIELDS, 15)


def test_at_most_one_contradiction_is_called_support() -> None:
    called = [a.report.text for _, a, b in PAIRS if joined(a, b)]
    assert len(called) <= 1, called


@pytest.mark.parametrize(("field", "least"), [("polarity", 14), ("figure", 14), ("date", 12), ("actor", 12)])
def test_most_contradictions_are_shown_with_their_field(field: str, least: int) -> None:
    name = {"polarity": "factuality", "figure": "quantity", "date": "time", "actor": "actor"}[field]
    shown = [a.report.text for each, a, b in PAIRS if each == field and clash(a, b) == name]
    assert len(shown) >= least, shown


@pytest.mark.parametrize(
    ("one", "other", "field"),
    [
        ("Mara Venn, 45|event=age,n=45,unit=year", "Mara Venn, 47|event=age,n=47,unit=year", "quantity"),
        ("Mara Venn, 45|event=age,n=45,unit=year", "Olo Prell, 47|event=age,n=47,unit=year", None),
        ("9-year-old boy|event=age,n=9,unit=year", "12-year-old boy|event=age,n=12,unit=year", None),
    ],
)
def test_two_ages_clash_only_where_both_name_one_person(one: str, other: str, field: str | None) -> None:
    sides = (f"The dead of the fire in Harn: [is#1 {words}]." for words in (one, other))
    assert clash(*(findings_of(f"age{place}", text, f"Outlet {place}") for place, text in enumerate(sides))) == field


def joined(a: Findings, b: Findings) -> bool:
    """Whether grouping alone would count the two as one claim."""
    one, other = claims.told(a)[0], claims.told(b)[0]
    likeness = claims.compare(one, other)
    made = claims.same_claim(one, other, likeness)
    return made is not None and made.strength >= 0.5 and conflicts.conflict(one, other, likeness, False) is None


def clash(a: Findings, b: Findings) -> str | None:
    one, other = claims.told(a)[0], claims.told(b)[0]
    made = conflicts.conflict(one, other, claims.compare(one, other), False)
    return made.field if made else None
