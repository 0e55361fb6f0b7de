"""Claims with a figure: what each figure counts, the event it tells of, the words that carry it."""

import itertools
from collections.abc import Iterator

from msgspec.structs import replace
from spacy.tokens import Token

from reportedly.lexicon import words
from reportedly.model import Quantity, Span
from reportedly.normalise.choice import Draft
from reportedly.normalise.clause_kinds import clause_kind, objects_of_measure
from reportedly.normalise.clauses import ancestors, clause, clause_head, is_verb, phrase, root_of, tokens_of
from reportedly.normalise.counted import unit_of
from reportedly.normalise.evidence import draft_of, is_furniture
from reportedly.normalise.forms import figure_sense
from reportedly.normalise.reading import Reading
from reportedly.normalise.stated import NUMBERS, PARTITIVE, set_on, set_reach, told_again
from reportedly.normalise.topics import (
    FALLBACK,
    class_of,
    modifier_type,
    noun_event,
    noun_type,
    objects,
    subjects,
    verb_type,
    verb_type_about,
)

SCOPES = {"in", "during", "over", "across", "within", "through"}
ABLE = "capability"
COUNTING = {"stand", "be", "remain", "stay", "put", "peak", "estimate", "keep", "hold"}


def tallies(reading: Reading) -> list[Draft]:
    """The drafts of a report's figures; of those on the same words the first keeps them, others get their phrase."""
    drafts = [d for q in reading.figures if (d := _of_figure(q, reading)) is not None]
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: d.quantity.span.start if d.quantity else 0):
        counted = _counted(draft.quantity, reading) if draft.quantity else None
        draft = told_again(draft, counted, kept, reading)
        kept.append(_own_phrase(draft, reading) if any(_crowd(draft, other) for other in kept) else draft)
    return kept


def _of_figure(quantity: Quantity, reading: Reading) -> Draft | None:
    """A figure with the clause that governs it, or with its own phrase where several stand side by side."""
    counted = _counted(quantity, reading)
    if counted is None or is_furniture(counted, reading) or _says_no_more(quantity, reading):
        return None
    if _is_hour(counted, quantity) or _is_coordinate(quantity, reading):
        return None
    if _is_who_speaks(counted, quantity, reading) or _is_scope(counted, reading):
        return None
    measured = set_on(counted)
    verb = _governor(counted, reading)
    kind = _figure_kind(quantity, counted, verb, reading)
    quantity = _with_unit(quantity, kind, counted, reading)
    event = _event_above(counted, verb, kind, reading) if measured is None else None
    if event is not None:
        return draft_of(event, phrase(event), kind, quantity, reading, at=quantity.span)
    first, last = _reach_of_part(counted, quantity, verb, reading) or (
        _figure_reach(counted, verb, reading) if measured is None else set_reach(measured, counted)
    )
    last = _with_harm(last, quantity, reading)
    return draft_of(verb if verb is not None else counted, (first, last), kind, quantity, reading, at=quantity.span)


def _reach_of_part(counted: Token, quantity: Quantity, verb: Token | None, reading: Reading) -> tuple[int, int] | None:
    """The words from "17 of them" to the next stop, where no verb of theirs follows ("17 of them children")."""
    part = figure_sense("partitive_after").match(reading.text, quantity.span.end)
    number = root_of(reading.doc, quantity.span)
    if not part or number is None or verb is None or verb.i > number.i or counted.dep_ in {"dobj", "pobj"}:
        return None
    after = itertools.takewhile(lambda t: not t.is_punct, reading.doc[number.i : number.sent.end])
    return number.i, max(t.i for t in after)


def _crowd(a: Draft, b: Draft) -> bool:
    """Whether the words of each hold the figure of both."""
    spans = [d.quantity.span for d in (a, b) if d.quantity]
    return all(a.evidence.holds(span) and b.evidence.holds(span) for span in spans)


def _own_phrase(draft: Draft, reading: Reading) -> Draft:
    """A figure's draft on no more words than the phrase of what it counts, where those are fewer."""
    counted = _counted(draft.quantity, reading) if draft.quantity else None
    if counted is None or draft.quantity is None or is_verb(counted):
        return draft
    words_ = phrase(_measured(counted, reading))
    words_ = words_[0], _with_harm(words_[1], draft.quantity, reading)
    own = draft_of(draft.head, words_, draft.kind, draft.quantity, reading, at=draft.quantity.span)
    return own if own is not None and draft.evidence.holds(own.evidence) else draft


def _with_harm(last: int, quantity: Quantity, reading: Reading) -> int:
    """Where a figure's own words end: with what befell them, when that follows at once ("19 dead and 44 missing")."""
    found = figure_sense("harmed").match(reading.text, quantity.span.end)
    after = tokens_of(reading.doc, Span(quantity.span.start, found.end())) if found and quantity.item is None else []
    return max([last, *(t.i for t in after)])


def _event_above(counted: Token, verb: Token | None, kind: str, reading: Reading) -> Token | None:
    """The noun whose event a figure tells of, where its verb tells another ("held over the deaths of two women")."""
    if verb is None or not reading.topics.happens(own := verb_type(verb, reading.topics)):
        return None
    nouns = itertools.takewhile(lambda t: t.i != verb.i, counted.ancestors)
    named = next((t for t in nouns if noun_event(t, reading.topics) == kind and t.dep_ == "pobj"), None)
    return named if class_of(own or "", reading.options) != class_of(kind, reading.options) else None


def _says_no_more(quantity: Quantity, reading: Reading) -> bool:
    """Whether the figure only tells a time, or repeats a measure in brackets ("seven km (4 miles)")."""
    bare = quantity.unit is None and quantity.item_span is None
    goes_on = reading.text[quantity.span.end : quantity.span.end + 3] == " of"
    if bare and not goes_on and reading.text[: quantity.span.start].rstrip()[-1:] == ",":
        return True  # an age behind a name
    timely = any(p.span is not None and p.span.touches(quantity.span) for p in reading.periods)
    timely = timely and not _is_length(quantity, reading.text)
    return timely or reading.text[max(0, quantity.span.start - 1) : quantity.span.start] == "("


def _is_hour(counted: Token, quantity: Quantity) -> bool:
    """Whether a bare number behind "at" is a time of the day ("left at five"), no count ("stood at five")."""
    small = quantity.low is not None and quantity.low == quantity.high and quantity.low in range(1, 13)
    if not small or quantity.unit or quantity.item or counted.dep_ != "pobj" or counted.head.lower_ != "at":
        return False
    return counted.head.head.lemma_.lower() not in COUNTING and set_on(counted) is None


def _is_length(quantity: Quantity, text: str) -> bool:
    """Whether the time is told as a measure of its own ("within 15 days", "jailed for two years", "a 90-day stay")."""
    start, end = quantity.span.start, quantity.span.end
    led = figure_sense("length_led").search(text[max(0, start - 40) : start])
    bound = quantity.bound_span is not None and quantity.bound_span.of(text).lower() == "within"
    after = any(figure_sense(form).match(text, end) for form in ("length_compound", "length_after"))
    return bool(led) or bound or after


def _is_coordinate(quantity: Quantity, reading: Reading) -> bool:
    """Whether the figure tells where a place lies on the map ("41.2 degrees north", "longitude 17.5")."""
    led = figure_sense("coordinate_led").search(reading.text[max(0, quantity.span.start - 40) : quantity.span.start])
    return bool(led or figure_sense("coordinate").match(reading.text, quantity.span.start))


def _is_who_speaks(counted: Token, quantity: Quantity, reading: Reading) -> bool:
    """Whether the figure only counts those who speak ("two officials familiar with the plan")."""
    speaks = counted.i in reading.source_tokens
    return speaks and (quantity.unit in {"person", None} or counted.head.i in reading.cue_tokens)


def _is_scope(counted: Token, reading: Reading) -> bool:
    """Whether the figure only tells over what the others were summed ("seized 14 rifles in five operations")."""
    prep = counted.head
    if counted.dep_ != "pobj" or prep.lower_ not in SCOPES or not is_verb(prep.head):
        return False
    summed = [t for t in objects(prep.head) if t.dep_ in {"dobj", "nsubjpass"}]
    numbers = reading.figure_tokens
    return any(numbers & set(range(t.left_edge.i, t.i + 1)) for t in summed)


def _with_unit(quantity: Quantity, kind: str, counted: Token, reading: Reading) -> Quantity:
    """A bare number with the unit of what it counts without naming it."""
    if quantity.unit is not None or quantity.item_span is not None:
        return quantity
    usual = reading.topics.counted.get(kind)
    unit = _unit_before(quantity, reading) or _unit_of_number(counted) or (usual == "person" and usual)
    return replace(quantity, unit=unit) if unit else quantity


def _unit_before(quantity: Quantity, reading: Reading) -> str | None:
    """What "17 of them" are of: the unit of the figure told last."""
    if not figure_sense("partitive_after").match(reading.text, quantity.span.end):
        return None
    told = [q for q in reading.figures if q.unit and q.item and 0 < quantity.span.start - q.span.end < PARTITIVE]
    return told[-1].unit if told else None


def _unit_of_number(counted: Token) -> str | None:
    """What the number is of: "put the number of homes at 840", "a crew of 16", "put the crowd at 18,000"."""
    above = [counted.head.head] if counted.dep_ == "pobj" and counted.head.lower_ == "of" else []
    verb = clause_head(counted)
    beside = [] if above else [*subjects(verb), *objects(verb)]
    for noun in (*above, *beside):
        if noun.lemma_.lower() in NUMBERS:
            return next((unit_of(t.text) for t in objects_of_measure(noun)), None)
        if noun.lemma_.lower() in words("gatherings.txt"):
            return "person"
    return None


def _counted(quantity: Quantity, reading: Reading) -> Token | None:
    """The noun that a figure counts."""
    item = root_of(reading.doc, quantity.item_span) if quantity.item_span else None
    if item is not None and item.pos_ in {"NOUN", "PROPN", "ADJ", "PRON", "SYM"}:
        return item
    token = root_of(reading.doc, quantity.span)
    while token is not None and token.dep_ in {"nummod", "compound", "amod", "quantmod", "npadvmod", "nmod"}:
        token = token.head
    return token


def _governor(token: Token, reading: Reading) -> Token | None:
    """The verb that governs a noun or tells what it is for; None where that is what reports, or none."""
    verb = clause_head(token)
    if not is_verb(verb):
        return None
    if verb.i in reading.cue_tokens:
        return _told_of(token, verb)
    above = verb.head
    serves = verb.dep_ in {"xcomp", "advcl"} and reading.topics.is_kind(verb_type(above, reading.topics), ABLE)
    return above if serves and above.i not in reading.cue_tokens else verb


def _told_of(token: Token, cue: Token) -> Token | None:
    """What is reported of those it stands for: "killed" for "three soldiers were reported killed"."""
    subject = next((t for t in cue.children if t.dep_ == "nsubjpass"), None)
    if subject is None or not subject.left_edge.i <= token.i <= subject.right_edge.i:
        return None
    return next((t for t in cue.children if t.dep_ in {"xcomp", "oprd"} and is_verb(t)), None)


def _is_of_them(number: Token) -> bool:
    """Whether it is the number of "two of them", which says more of those named before."""
    behind = [p for t in number.children if t.dep_ == "prep" and t.lower_ == "of" for p in t.children]
    return any(p.lower_ in {"them", "whom", "these", "those"} for p in behind)


def _listed(token: Token) -> list[Token]:
    """The nouns that stand side by side with a noun, itself included, in the order of the text."""
    first = token
    while first.dep_ in {"conj", "appos"} and not is_verb(first.head):
        first = first.head
    found = [first]
    for noun in found:
        found += [t for t in noun.children if t.dep_ in {"conj", "appos"} and not is_verb(t) and not _is_of_them(t)]
    return sorted(found, key=lambda t: t.i)


def _figure_reach(counted: Token, verb: Token | None, reading: Reading) -> tuple[int, int]:
    numbers = reading.figure_tokens
    side_by_side = _listed(counted)
    listed = [t for t in side_by_side if t.i == counted.i or numbers & set(range(t.left_edge.i, t.i + 1))]
    if verb is None and len(listed) == 1:
        return phrase(_measured(counted, reading))
    if verb is not None and (opening := _opening_of(counted, verb)) is not None:
        return opening
    if verb is None or (len(listed) > 1 and counted.i != side_by_side[0].i) or _is_added(counted, verb):
        return phrase(counted)
    if len(listed) > 1:
        start = verb.i if counted.dep_ == "dobj" and verb.i < counted.i else phrase(counted)[0]
        return start, phrase(counted)[1]
    return _tight(counted, verb, numbers, reading)


def _opening_of(counted: Token, verb: Token) -> tuple[int, int] | None:
    """The adverbial that opens a clause and has the figure in it ("With 62 percent of the votes counted, ...")."""
    near = next((t for t in ancestors(counted) if t.head.i == verb.i and t.i != verb.i), None)
    if near is None or near.dep_ != "prep" or near.right_edge.i >= verb.i or near.right_edge.nbor(1).text != ",":
        return None
    return near.left_edge.i, near.right_edge.i


def _measured(counted: Token, reading: Reading) -> Token:
    """The noun that a figure measures ("a rise of 12 percent"), when nobody speaks or acts in between."""
    above = counted.head.head
    measured = counted.dep_ == "pobj" and counted.head.lower_ in {"of", "in"} and above.pos_ == "NOUN"
    return above if measured and above.i not in reading.cue_tokens | reading.source_tokens else counted


def _is_added(counted: Token, verb: Token) -> bool:
    """Whether the object is the last of a list that the parser took apart ("with shells, missiles, and 200 men")."""
    return counted.dep_ == "dobj" and any(t.dep_ == "cc" and t.i == counted.left_edge.i - 1 for t in verb.children)


def _tight(counted: Token, verb: Token, numbers: frozenset[int], reading: Reading) -> tuple[int, int]:
    """A verb's clause; without its subject where that has a figure or is an event of its own."""
    first, last = clause(verb)
    subject = next((t for t in verb.lefts if t.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or counted.i <= verb.i:
        return min(first, counted.left_edge.i), max(last, counted.i)
    other = bool(numbers & set(range(subject.left_edge.i, subject.right_edge.i + 1)))
    if verb.lemma_.lower() != "be" and (other or _does(subject, verb, reading)):
        return verb.i, max(last, counted.i)
    return first, max(last, counted.i)


def _does(subject: Token, verb: Token, reading: Reading) -> bool:
    """Whether one event brings about another ("the quake killed six")."""
    return bool(noun_event(subject, reading.topics)) and reading.topics.happens(verb_type(verb, reading.topics))


def _figure_kind(quantity: Quantity, counted: Token, verb: Token | None, reading: Reading) -> str:
    """What a figure counts: told by its unit, its verb, the counted noun, the nouns and verbs above."""
    kinds = list(_figure_kinds(quantity, counted, verb, reading))
    happening = (k for k in kinds if k and reading.topics.happens(k))
    return next(happening, None) or (clause_kind(verb, reading)[0] if verb is not None else None) or FALLBACK


def _figure_kinds(quantity: Quantity, counted: Token, verb: Token | None, reading: Reading) -> Iterator[str | None]:
    known = reading.topics
    unit = known.units.get(quantity.unit or "")
    if unit and quantity.unit not in {"USD", "EUR", "GBP", "percent", "km"}:
        yield unit
    if verb is not None and known.is_kind(own := verb_type(verb, known), "charge"):
        yield own  # "charged with three counts of murder"
    if (measured := set_on(counted)) is not None:
        yield from _kinds_of_measured(measured, reading)
        yield from (noun_event(measured, known), noun_type(measured, known))
        yield from (noun_type(noun, known) for noun in objects_of_measure(measured))
    nouns = [counted, *itertools.takewhile(lambda t: verb is None or t.i != verb.i, counted.ancestors)]
    yield from (noun_event(noun, known) for noun in nouns)
    if quantity.item_span is None:
        near = [*subjects(verb), *(t for t in verb.children if t.dep_ == "dobj")] if verb is not None else []
        numbers = [noun for noun in near if noun.lemma_.lower() in NUMBERS]
        numbers += [counted] if counted.like_num else []
        yield from (kind for noun in numbers for kind in _kinds_of_measured(noun, reading))
    if verb is not None:
        yield _seized_with(verb, reading)
        yield verb_type_about(verb, counted, known)
        yield from _verb_kinds(verb, reading)
    yield from (modifier_type(t, known) for t in counted.children)
    yield from (verb_type(t, known) for t in counted.children if t.dep_ in {"acl", "relcl"})
    yield from (noun_type(noun, known) for noun in nouns)
    yield unit


def _kinds_of_measured(number: Token, reading: Reading) -> Iterator[str | None]:
    """What "the number of people killed", "the number of damaged homes", "four of the dead" counts."""
    known = reading.topics
    yield from (verb_type(t, known) for t in number.children if t.dep_ in {"acl", "relcl"})
    for noun in objects_of_measure(number):
        yield noun_event(noun, known)
        yield from (modifier_type(t, known) for t in noun.children)
        yield from (verb_type(t, known) for t in noun.children if t.dep_ in {"acl", "relcl"} or t.tag_ == "VBN")


def _verb_kinds(verb: Token, reading: Reading) -> Iterator[str | None]:
    """The type of a verb's clause, of the verbs beside it, of those it opens from."""
    yield clause_kind(verb, reading)[0]
    for other in verb.conjuncts:
        yield clause_kind(other, reading)[0] if is_verb(other) else None
    while verb.dep_ in {"xcomp", "conj", "acl", "pcomp"} and verb.head.i not in reading.cue_tokens:
        verb = verb.head
        yield clause_kind(verb, reading)[0] if is_verb(verb) else None


def _seized_with(verb: Token, reading: Reading) -> str | None:
    """The seizure of what carries the counted things ("seized a lorry carrying 40 stoves")."""
    above = clause_head(verb.head)
    kind = verb_type(above, reading.topics) if verb.dep_ == "acl" and verb.head in objects(above) else None
    return kind if reading.topics.is_kind(kind, "seizure") else None
