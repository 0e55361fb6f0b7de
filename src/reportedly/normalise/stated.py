"""Figures that are only stated: what they count is told elsewhere ("put the haul at 62 rifles", "17 of them")."""

from msgspec.structs import replace
from spacy.tokens import Token

from reportedly.lexicon import words
from reportedly.normalise.choice import Draft, weight_of
from reportedly.normalise.clause_kinds import objects_of_measure
from reportedly.normalise.clauses import clause_head, phrase
from reportedly.normalise.forms import figure_sense
from reportedly.normalise.reading import Reading, signatures
from reportedly.normalise.topics import noun_type, verb_type

BACK = 8  # figures back to the one that a bare figure is told against
LIKELY = 12  # times over by which two statements of one number differ at most
PARTITIVE = 200  # code points back to the figure that "17 of them" are of
NUMBERS = {"number", "count", "tally", "toll", "total", "figure"}
STATING = {"put", "place", "estimate", "assess"}


def told_again(draft: Draft, counted: Token | None, before: list[Draft], reading: Reading) -> Draft:
    """A figure with what one before it counts: it says it anew ("the union speaks of 6,200"), or a part of it."""
    if counted is None or draft.quantity is None or reading.topics.happens(draft.kind):
        return draft
    told = [d for d in before[-BACK:] if reading.topics.happens(d.kind)]
    whole = _whole_of(draft, told, reading)
    if whole is None and not _is_only_said(counted, reading):
        return draft
    same = whole or next((d for d in reversed(told) if _comparable(d, draft)), None)
    kind = same.kind if same is not None else _befell(counted, reading)
    if kind is None:
        return draft
    unit = draft.quantity.unit or (same.quantity.unit if same is not None and same.quantity else None)
    weight = weight_of(kind, draft.head, draft.quantity, reading)
    return draft._replace(kind=kind, quantity=replace(draft.quantity, unit=unit), weight=weight)


def _is_only_said(counted: Token, reading: Reading) -> bool:
    """Whether the figure is what somebody says, counts or puts a number at, and no more is told of it."""
    if (measured := set_on(counted)) is not None:
        return not objects_of_measure(measured)
    verb = clause_head(counted)
    said = verb.i in reading.cue_tokens or verb.lemma_.lower() in signatures() or verb.lemma_.lower() == "count"
    return said and counted.dep_ in {"dobj", "pobj"}


def _comparable(told: Draft, draft: Draft) -> bool:
    """Whether both figures count the same, as far as the later one says what it counts."""
    a, b = told.quantity, draft.quantity
    if a is None or b is None or a.unit in {None, "percent"}:
        return False
    near = 1 / LIKELY < max(1, a.low or a.high or 0) / max(1, b.low or b.high or 0) < LIKELY
    return near and b.unit in {None, a.unit} and (b.item is None or b.unit != "person")


def _whole_of(draft: Draft, told: list[Draft], reading: Reading) -> Draft | None:
    """The figure that this one is a part of ("57 were held, among them nine minors")."""
    last = told[-1] if told and told[-1].attribution == draft.attribution else None
    a, b = (last.quantity if last else None), draft.quantity
    if a is None or b is None or not 0 <= b.span.start - a.span.end < PARTITIVE:
        return None
    if reading.sentence_number(a.span.start) != reading.sentence_number(b.span.start):
        return None
    led = figure_sense("part_led").search(reading.text[max(0, b.span.start - 40) : b.span.start])
    part = led or figure_sense("partitive_after").match(reading.text, b.span.end)
    return last if part and (a.high or a.low or 0) >= (b.low or b.high or 0) else None


def _befell(counted: Token, reading: Reading) -> str | None:
    """What the text last said to be done with things of the same sort ("a freighter with weapons was seized")."""
    sort = noun_type(counted, reading.topics)
    if sort is None or reading.topics.happens(sort) or reading.topics.is_kind(sort, "person"):
        return None
    for noun in reversed(counted.doc[: counted.sent.start]):
        if noun.pos_ == "NOUN" and noun_type(noun, reading.topics) == sort:
            kind = verb_type(clause_head(noun), reading.topics)
            if reading.topics.happens(kind):
                return kind
    return None


def set_on(counted: Token) -> Token | None:
    """The noun whose number somebody states ("put the haul at 1,200 rifles", "raised the number of cases to 57")."""
    prep, verb = counted.head, counted.head.head
    if counted.dep_ != "pobj" or prep.lower_ not in {"at", "to"}:
        return None
    near = [verb] if verb.pos_ == "NOUN" else [t for t in verb.children if t.dep_ in {"dobj", "nsubjpass"}]
    near = [t for t in near if t.i < prep.i and t.pos_ == "NOUN" and not any(x.like_num for x in t.lefts)]
    numbers = NUMBERS | words("gatherings.txt")
    stated = [t for t in near if t.lemma_.lower() in numbers or verb.lemma_.lower() in STATING]
    return next(iter(stated), None) if verb.pos_ in {"VERB", "NOUN"} else None


def set_reach(measured: Token, counted: Token) -> tuple[int, int]:
    """First and last token from that noun to its number."""
    return measured.left_edge.i, phrase(counted)[1]
