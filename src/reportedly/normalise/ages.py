"""How old somebody is: a state with a figure of its own ("Ana Ruiz, 45,", "a 9-year-old boy")."""

from collections.abc import Iterator

from reportedly.model import Quantity, Span
from reportedly.normalise.choice import Draft
from reportedly.normalise.clauses import phrase, span_of, tokens_of
from reportedly.normalise.evidence import draft_of, is_furniture
from reportedly.normalise.forms import figure_sense
from reportedly.normalise.reading import Reading

MADE_BY = "ages 1"
KIND = "age"
FACTOR = 0.4  # an age matters less than what happened
MODIFIERS = {"nummod", "compound", "amod", "npadvmod", "quantmod", "nmod", "punct"}


def ages(reading: Reading) -> Iterator[Draft]:
    """A draft for each age of one person, with the words that name him."""
    for form in ("age_named", "age_years"):
        for found in figure_sense(form).finditer(reading.text):
            number = Span(*found.span("age"))
            draft = _draft(number, Span(found.start(), found.end()), reading)
            if draft is not None:
                yield draft


def _draft(number: Span, words: Span, reading: Reading) -> Draft | None:
    tokens = tokens_of(reading.doc, number)
    if not tokens or is_furniture(tokens[0], reading):
        return None
    head = tokens[-1]
    while head.dep_ in MODIFIERS and head.head.i != head.i:
        head = head.head
    inside = tokens_of(reading.doc, words)
    reach = phrase(head) if head.i > inside[-1].i else (inside[0].i, inside[-1].i)
    first, last = min(reach[0], inside[0].i), max(reach[1], inside[-1].i)
    span = span_of(reading.doc, first, last)
    if span.end - span.start > 80:
        first, last = inside[0].i, inside[-1].i
    return draft_of(head, (first, last), KIND, _years(number, reading.text), reading, at=number, factor=FACTOR)


def _years(number: Span, text: str) -> Quantity:
    value = float(number.of(text))
    return Quantity(low=value, high=value, bound="exact", span=number, unit="year", made_by=MADE_BY)
