"""The places that a report names, each with its state and point, and which of them an event happened at."""

from collections.abc import Sequence

from spacy.tokens import Doc

from reportedly.language import parse
from reportedly.lexicon import words as word_list
from reportedly.lexicon.countries import countries
from reportedly.model import Options, Place, Segmented, Span
from reportedly.normalise.place_mentions import Mention, Scene, mentions, used_as
from reportedly.normalise.place_senses import Named, senses
from reportedly.normalise.places_index import Candidate, candidates

MADE_BY = "places 1"


def places(segmented: Segmented, options: Options, demonyms: bool = False) -> tuple[Place, ...]:
    """Every place named, in the order of the text; with `demonyms` also "French" and "the French" as France."""
    doc = parse(segmented)
    scene = Scene(doc, segmented)
    found = mentions(scene)
    named = _tied(found, doc)
    chosen = senses(named, [code for _, _, code in scene.peoples])
    out = [_place(doc, m.start, m.end, c) for m, c in zip(found, chosen, strict=True)]
    if demonyms:
        taken = {at for m in found for at in range(m.start, m.end)}
        out += [_of_people(doc, *each) for each in scene.peoples if each[0] not in taken]
    return tuple(sorted(out, key=lambda place: place.span))


def _tied(found: Sequence[Mention], doc: Doc) -> list[Named]:
    starts = {m.start: m for m in found}
    outer = {m.end: o for m in found if (o := _outer(m, doc, starts)) is not None}
    inner = {outer[m.end].start: m for m in found if m.end in outer}
    out = []
    for n, m in enumerate(found):
        peers = tuple(o for o in found[max(0, n - 1) : n + 2] if o is not m and _listed(m, o, doc))
        out.append(Named(doc[m.start : m.end].text, m, outer.get(m.end), inner.get(m.start), peers, _sort(m, doc)))
    return out


def _sort(m: Mention, doc: Doc) -> str:
    before = doc[m.start - 2].lower_ if m.start > 1 and doc[m.start - 1].lower_ == "of" else ""
    after = doc[m.end].text if m.end < len(doc) else ""
    for sort in ("town", "region"):
        if {before, after} & used_as(f"is_{sort}"):
            return sort
    return ""


def _outer(m: Mention, doc: Doc, starts: dict[int, Mention]) -> Mention | None:
    # "Ludlow, Shropshire", "Ludlow in Shropshire", "Ludlow (Shropshire)", "Ludlow, in Shropshire"; not "Iowa, Ohio".
    between = [token.lower_ for token in doc[m.end : m.end + 2]]
    if not between or between[0] not in {",", "in", "("}:
        return None
    size = 2 if between == [",", "in"] else 1
    found = starts.get(m.end + size)
    return None if found is None or _are_alike(m, found) else found


def _are_alike(a: Mention, b: Mention) -> bool:
    if any(c.kind == "state" for c in b.candidates):
        return any(c.kind == "state" for c in a.candidates)
    regions = {c.country for c in a.candidates if c.kind == "region"}
    return any(c.kind == "region" and c.country in regions for c in b.candidates)


def _listed(a: Mention, b: Mention, doc: Doc) -> bool:
    between = doc[min(a.end, b.end) : max(a.start, b.start)]
    return 0 < len(between) < 3 and all(token.lower_ in {",", "and", "or", ";", "&"} for token in between)


def _place(doc: Doc, start: int, end: int, chosen: Candidate) -> Place:
    span = Span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text))
    return Place(
        name=chosen.name,
        span=span,
        country=chosen.country,
        lat=chosen.lat,
        lon=chosen.lon,
        id=chosen.id,
        made_by=MADE_BY,
    )


def _of_people(doc: Doc, start: int, end: int, code: str) -> Place:
    state = next((c for c in candidates(countries()[code].name) if c.kind == "state"), None)
    assert state is not None
    return _place(doc, start, end, state)


def place_of_event(segmented: Segmented, evidence: Span, found: Sequence[Place]) -> Place | None:
    """Where the event of some evidence happened, as its sentence says it; None when it does not.

    A place counts when a preposition of place leads to it and does not hang on the words of saying ("said in Oslo"):
    first within the evidence (there one that something goes to counts as well), then in its sentence; so does one that
    is struck. What it lies in follows it ("Orrin, Kenya": Orrin).
    """
    doc = parse(segmented)
    inside = [place for place in found if evidence.holds(place.span)]
    sentence = next((s for s in segmented.sentences if s.start <= evidence.start < s.end), evidence)
    around = [place for place in found if sentence.holds(place.span) and place not in inside]
    there = next((place for place in inside if _is_location(doc, place, ("where", "whither"))), None)
    return there or next((place for place in around if _is_location(doc, place, ("where",))), None)


def _is_location(doc: Doc, place: Place, leads: tuple[str, ...]) -> bool:
    span = doc.char_span(place.span.start, place.span.end, alignment_mode="expand")
    if span is None:
        return False
    led = span.root
    while led.dep_ in {"conj", "compound", "nmod", "appos"} and led.head is not led:
        led = led.head
    if led.dep_ == "pobj" and led.head.lower_ == "of" and led.head.head.lower_ in used_as("ofsort"):
        led = led.head.head  # "part of Orrin": what holds of the part holds of the place
    if led.dep_ in {"dobj", "nsubjpass"}:
        return led.head.lemma_.lower() in used_as("struck")
    if led.dep_ != "pobj" or not any(led.head.lower_ in used_as(lead) for lead in leads):
        return False
    return led.head.head.lemma_.lower() not in word_list("speech.txt")
