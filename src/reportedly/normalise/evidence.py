"""The words that carry a claim: the shortest stretch around its event that lies in what the innermost speaker says."""

from spacy.tokens import Token

from reportedly.model import Attribution, Quantity, Span
from reportedly.normalise.choice import Draft, weight_of
from reportedly.normalise.clauses import (
    past_long_subject,
    root_of,
    shortened,
    span_of,
    stem,
    tokens_of,
    trimmed,
    within,
)
from reportedly.normalise.reading import Reading

OPENING = {"when", "where", "while", "as", "because", "after", "before", "although", "though", "whereas", "and", "but"}


def draft_of(
    head: Token,
    tokens: tuple[int, int],
    kind: str,
    quantity: Quantity | None,
    reading: Reading,
    *,
    at: Span,
    factor: float = 1.0,
) -> Draft | None:
    """A draft whose evidence stays inside what the innermost speaker says; None when nothing is left of it."""
    attribution = reading.innermost(at.start)
    limits = attribution.content if attribution else ()
    span = within(span_of(reading.doc, *tokens), limits, at.start)
    span = trimmed(span, reading.text) if span else None
    evidence = _outside_inner(span, at, attribution, reading) if span else None
    if evidence is None or not tokens_of(reading.doc, evidence):
        return None
    evidence = _short(evidence, head, quantity, reading)
    scope = next((c for c in limits if c.start <= at.start < c.end), None)
    weight = weight_of(kind, head, quantity, reading) * factor
    return Draft(head, evidence, kind, quantity, attribution, scope, weight)


def _short(span: Span, head: Token, quantity: Quantity | None, reading: Reading) -> Span:
    """Long evidence without its last modifiers; the event's word and the figure stay in."""
    tokens = tokens_of(reading.doc, span)
    while len(tokens) > 1 and (tokens[-1].dep_ == "cc" or (tokens[-1].is_punct and tokens[-1].text != "%")):
        tokens.pop()
    counted = quantity is not None and quantity.span.start <= tokens[0].idx < quantity.span.end  # "as many as 40"
    if len(tokens) > 2 and not counted and tokens[0].lower_ in OPENING and tokens[0].dep_ in {"advmod", "mark", "cc"}:
        span = Span(tokens[1].idx, span.end)
        tokens = tokens[1:]
    figure = root_of(reading.doc, quantity.item_span or quantity.span) if quantity else None
    keep = max(stem(head), figure.i if figure is not None else 0)
    first = past_long_subject(head, tokens[0].i, figure)
    short = span_of(reading.doc, *shortened(reading.doc, first, tokens[-1].i, keep))
    return trimmed(Span(max(span.start, short.start), min(span.end, short.end)), reading.text)


def _outside_inner(evidence: Span, at: Span, attribution: Attribution | None, reading: Reading) -> Span:
    """The outlet's own words around `at`, cut before or after what somebody else is quoted with."""
    if attribution is not None:
        return evidence
    for other in reading.attributions:
        for piece in (*other.content, *([other.source] if other.source and other.cue else [])):
            if piece.touches(evidence) and not piece.start <= at.start < piece.end and not _is_subject(piece, evidence):
                evidence = (
                    Span(evidence.start, piece.start) if piece.start > at.start else Span(piece.end, evidence.end)
                )
    return trimmed(evidence, reading.text)


def _is_subject(piece: Span, evidence: Span) -> bool:
    return piece.start == evidence.start


def is_furniture(token: Token, reading: Reading) -> bool:
    """Whether a word stands in a headline, dateline or notice."""
    return any(s.start <= token.idx < s.end for s in reading.furniture)
