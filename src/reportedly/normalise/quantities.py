"""How many: every figure of a report with its bounds as stated, its unit and the counted words."""

import re
from functools import cache
from typing import Literal

import msgspec
from spacy.tokens import Doc

from reportedly import language
from reportedly.lexicon import Row, table
from reportedly.model import Options, Quantity, Segmented, Span
from reportedly.normalise.counted import Counted, counted, head_of, singular, units
from reportedly.normalise.figures import Figure, figures
from reportedly.normalise.forms import figure_sense
from reportedly.normalise.numbers import alternatives
from reportedly.normalise.time_grammar import find
from reportedly.normalise.time_words import Meaning

MADE_BY = "quantities 1"
SHARE = "share"
SCORED = {"exact": "eq", "about": "approx", "nearly": "approx", "at_least": "min", "at_most": "max", "between": "range"}
REACH = 64  # characters before a figure in which a word of change stands
Scored = dict[str, float | str | None]


def quantities(segmented: Segmented, options: Options) -> tuple[Quantity, ...]:
    """Every figure in text order: numbers of people, things, money and measures with their bounds.

    Dates, clock times, ages, ordinals, scores and numbers in names are left out. A share ("a third of the fleet") is
    in percent, and its `made_by` ends with "share".
    """
    doc, text = language.parse(segmented), segmented.report.text
    taken = [meaning.span for meaning in find(text) if not _is_length(text, meaning)]
    found = (
        _quantity(figure, doc, text)
        for figure in figures(text)
        if not any(figure.number.touches(span) for span in taken)
    )
    return tuple(_lent([quantity for quantity in found if quantity], text))


def as_scored(quantity: Quantity) -> Scored:
    """Value, hi, bound and unit in the words of the quantity scorer; a vague figure has its base (dozens 12)."""
    low, unit = quantity.low or 0.0, scored_unit(quantity)
    if quantity.bound == "vague":
        return {"value": low if low < 10 else low / 2, "hi": None, "bound": "vague", "unit": unit}
    value = quantity.high if quantity.low is None else quantity.low
    high = quantity.high if quantity.bound == "between" else None
    if quantity.made_by.endswith(SHARE) and value is not None:
        value, unit = round(value / 100, 6), _item_unit(quantity)
    return {"value": value, "hi": high, "bound": SCORED[quantity.bound], "unit": unit}


def scored_unit(quantity: Quantity) -> str:
    """The counted word itself, singular ("troop"), or the unit's full name; "-" where none is named."""
    return _full_names().get(quantity.unit or "") or _item_unit(quantity)


def item_head(quantity: Quantity) -> Span | None:
    """Where the head of the counted words stands: "shells" in "artillery shells and rockets"."""
    if quantity.item is None or quantity.item_span is None:
        return None
    head = head_of(quantity.item)
    start = quantity.item_span.start + quantity.item.index(head)
    return Span(start, start + len(head))


@cache
def _full_names() -> dict[str, str]:
    return {row["unit"]: row["scored"] for row in units("measure", "money").values()} | {"barrel/day": "barrel"}


def _item_unit(quantity: Quantity) -> str:
    if quantity.item:
        return singular(head_of(quantity.item))
    return quantity.unit if quantity.unit and quantity.unit in units("time") else "-"


def _quantity(figure: Figure, doc: Doc, text: str) -> Quantity | None:
    what = counted(figure, doc, text)
    if what is None:
        return None
    figure = _without_over(figure, what, text)
    end = max(figure.span.end, what.end)
    rate = _rate(text, what.span.end if what.span else end)
    unit = f"{what.unit}/{rate}" if what.unit == "barrel" and rate else what.unit
    scale = 100 if figure.share else 1
    return Quantity(
        low=None if figure.low is None else round(scale * figure.low, 4),
        high=None if figure.high is None else round(scale * figure.high, 4),
        bound=figure.bound,
        span=Span(figure.span.start, end),
        approx=figure.approx,
        unit="percent" if figure.share else unit,
        item=what.span.of(text) if what.span else None,
        bound_span=figure.bound_span,
        item_span=what.span,
        change=_change(text, figure.span.start, what.unit),
        rate=rate,
        made_by=f"{MADE_BY} {SHARE}" if figure.share else MADE_BY,
    )


def _without_over(figure: Figure, what: Counted, text: str) -> Figure:
    """ "cost 5 million over 10 years": "over" a time is a bound only after "for" and its like."""
    words = figure.bound_span.of(text).lower() if figure.bound_span else ""
    lead = text[max(0, figure.span.start - 12) : figure.span.start]
    if words != "over" or what.unit not in units("time") or figure_sense("over_bounds_led").search(lead):
        return figure
    return msgspec.structs.replace(
        figure, high=figure.low, bound="exact", span=Span(figure.number.start, figure.span.end), bound_span=None
    )


def _lent(found: list[Quantity], text: str) -> list[Quantity]:
    """The unit of a later figure lent to the one before it: "from 5 million to 3.8 million tonnes"."""
    out = list(found)
    for place in range(len(out) - 2, -1, -1):
        one, two = out[place], out[place + 1]
        bare = one.unit is None and one.item is None
        if bare and figure_sense("link").fullmatch(text[one.span.end : two.span.start]):
            out[place] = msgspec.structs.replace(one, unit=two.unit, item=two.item, item_span=two.item_span)
    return out


def _is_length(text: str, meaning: Meaning) -> bool:
    """Whether an expression of time is a plain measure ("20 minutes") and so a figure as well."""
    return meaning.type == "DURATION" and figure_sense("length_words").match(meaning.span.of(text)) is not None


def _change(text: str, start: int, unit: str | None) -> Literal["rise", "fall"] | None:
    """Whether the words before a figure speak of a rise or a fall by so much: "rose 5 percent", "cut rates by 25"."""
    found = _change_form().search(text[max(0, start - REACH) : start].lower())
    if not found:
        return None
    if found["verb"] in ("up", "down") and figure_sense("phrasal_led").search(found.string[: found.start()]):
        return None
    row = _changes()[found["verb"]]
    by, share = found["rest"].strip() != "", unit in ("percent", "percentage point", "basis point")
    return row["change"] if by or row["direct"] or share else None  # type: ignore[return-value]


@cache
def _changes() -> dict[str, Row]:
    return {row["word"]: row for row in table("changes.tsv")}


@cache
def _change_form() -> re.Pattern[str]:
    rest = r"(?P<rest> (?:[^\s.;,]+ ){0,5}by | (?:in (?:\w+ ){1,2})?of | )(?:an? |another )?$"
    return re.compile(rf"\b(?P<verb>{alternatives(_changes())}){rest}")


def _rate(text: str, end: int) -> str | None:
    found = figure_sense("rate_after").match(text, end)
    return found[1] if found else None
