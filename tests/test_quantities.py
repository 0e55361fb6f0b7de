"""Figures with their bounds and units, on invented sentences that carry their own answer."""

import datetime
from pathlib import Path

import pytest

from reportedly.model import Options, Quantity, Report, Segmented, Span
from reportedly.normalise.quantities import quantities
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
