"""Figures with their bounds and units, on invented sentences that carry their own answer."""

import datetime
from pathlib import Path

import pytest

from reportedly.model import Options, Quantity, Report, Segmented, Span
from reportedly.normalise.numbers import value_of
from reportedly.normalise.quantities import as_scored, item_head, quantities
from tests.marked import Marked, passages

PASSAGES = passages(Path(__file__).parent / "marked_texts" / "quantities.txt")
LOWER = ("exact", "about", "at_least", "vague", "between")


def read(text: str) -> tuple[Quantity, ...]:
    whole = Span(0, len(text))
    published = datetime.date(2026, 3, 18)
    report = Report(id="r", text=text, text_sha256="", original_sha256="", name="r", published=published)
    return quantities(Segmented(report=report, paragraphs=(whole,), sentences=(whole,), quotations=()), Options())


def one(text: str) -> Quantity:
    (found,) = read(text)
    return found


def test_what_is_joined_by_another_deed_is_not_counted() -> None:
    assert one("A quake shook Belden on Sunday, injuring five people and damaging buildings.").item == "people"
    assert one("The army lost 40 tanks and armoured vehicles.").item == "tanks and armoured vehicles"


def limits(bound: str, figure: str) -> tuple[float | None, float | None]:
    """Low and high as DESIGN's table has them for a bound and a figure ("12", "5..7")."""
    low, _, high = figure.partition("..")
    upper = float(high or low) if bound not in ("at_least", "vague") else None
    return (float(low) if bound in LOWER else None), upper


@pytest.mark.parametrize("marked", PASSAGES.values(), ids=list(PASSAGES))
def test_finds_what_is_marked_and_nothing_else(marked: Marked) -> None:
    found = read(marked.text)
    assert [each.span.of(marked.text) for each in found] == [marked.words(span) for span in marked.spans]
    for each, span in zip(found, marked.spans, strict=True):
        value = dict(span.value)
        unit, change = value.pop("unit", each.unit), value.pop("change", each.change)
        ((bound, figure),) = value.items()
        assert (each.bound, each.unit, each.change) == (bound, unit, change)
        assert (each.low, each.high) == pytest.approx(limits(bound, figure))


def test_counted_words_keep_modifiers_and_what_is_joined() -> None:
    text = "The depot held as many as 8,000 artillery shells and rockets."
    found = one(text)
    assert (found.low, found.high, found.bound) == (None, 8000, "at_most")
    assert (found.item, found.unit) == ("artillery shells and rockets", "round")
    head = item_head(found)
    assert head is not None and head.of(text) == "shells"


def test_offsets_lie_in_the_text() -> None:
    text = "Some 300 villagers fled; at least 12 died."
    for found in read(text):
        assert found.bound_span is not None and found.span.holds(found.bound_span)
        assert found.span.of(text) in ("Some 300", "at least 12")


@pytest.mark.parametrize(
    ("text", "value", "high", "bound", "unit"),
    [
        ("Dozens of drones were shown.", 12, None, "vague", "drone"),
        ("Hundreds of families left.", 100, None, "vague", "family"),
        ("Tens of thousands of shells were moved.", 10000, None, "vague", "shell"),
        ("It sent 400 troops.", 400, None, "eq", "troop"),
        ("It sent nearly 400 troops.", 400, None, "approx", "troop"),
        ("Between 5 and 7 launchers were seen.", 5, 7, "range", "launcher"),
        ("A third of the fleet is at sea.", 0.333333, None, "eq", "fleet"),
        ("The fund froze $1.2 billion.", 1.2e9, None, "eq", "dollar"),
        ("Output fell to 40 percent.", 40, None, "eq", "percentage"),
        ("More than 60 were hurt.", 60, None, "min", "-"),
    ],
)
def test_words_of_the_scorer(text: str, value: float, high: float | None, bound: str, unit: str) -> None:
    assert as_scored(one(text)) == {"value": pytest.approx(value), "hi": high, "bound": bound, "unit": unit}


@pytest.mark.parametrize(
    "text",
    [
        "The Hwarang-19 and the F-16 flew over Route 9.",
        "The side won 2-1 under Article 5.",
        "On May 4, 2021, at 6:05 a.m., it fell.",
        "A 45-year-old man, aged 9 at the time, spoke.",
        "Ana Ruiz, 45, is a mother of three.",
        "One of them knew the other two.",
        "Call 555-0143 or see page 12.",
        "There is no comment and no sign of a deal.",
        "She lives at 131 West Elm Street.",
        "The third man came in the first half.",
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert [each.span.of(text) for each in read(text)] == []


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Prices rose 7 percent.", "rise"),
        ("The bank cut its rate by 25 basis points.", "fall"),
        ("The bank raised $40 million.", None),
        ("Voters make up 80 percent of adults.", None),
        ("Prices rose to 7 percent.", None),
    ],
)
def test_changes_are_told_from_levels(text: str, change: str | None) -> None:
    assert one(text).change == change


def test_a_rate_keeps_its_denominator() -> None:
    found = one("The well gives 300 barrels a day.")
    assert (found.unit, found.rate) == ("barrel/day", "day")


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("two hundred and five", 205),
        ("1.2bn", 1.2e9),
        ("half a million", 500000),
        ("a dozen", 12),
        ("two million three hundred thousand", 2300000),
        ("two-thirds", 0.666667),
        ("many", None),
    ],
)
def test_number_words(words: str, value: float | None) -> None:
    assert value_of(words) == value


@pytest.mark.parametrize("text", ["They talked about two bills.", "The firm was fined over three deaths."])
def test_prepositions_are_no_bounds(text: str) -> None:
    found = one(text)
    assert (found.bound, found.bound_span) == ("exact", None)


def test_a_bound_after_the_number_has_its_own_span() -> None:
    text = "It killed 40 or more people."
    found = one(text)
    assert found.bound_span is not None
    assert (found.bound, found.bound_span.of(text), found.span.of(text)) == ("at_least", "or more", "40 or more")
