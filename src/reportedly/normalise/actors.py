"""Who takes part in an event, and as what; the thing it is about."""

from spacy.tokens import Token

from reportedly.lexicon.countries import country_of
from reportedly.model import Actor, Source, Span
from reportedly.normalise.clauses import is_verb, phrase, span_of, trimmed
from reportedly.normalise.events import Draft
from reportedly.normalise.reading import Reading
from reportedly.normalise.topics import subjects

DEFAULT = {"subject": "agent", "object": "patient"}
NAMES = {"PROPN", "NOUN", "PRON"}
RELATIVE = {"which", "that", "who", "whom", "what"}
OWN = {"i", "we", "me", "us"}
PERSONAL = {"he", "she", "him", "her"}
COLLECTIVE = {"it", "they", "them"}


def actors(draft: Draft, reading: Reading) -> tuple[Actor, ...]:
    """The people, bodies and states that take part, each once, with their roles."""
    found = [_actor(role, noun, draft, reading) for role, noun in _parts(draft, reading) if role != "item"]
    return tuple(dict.fromkeys(actor for actor in found if actor is not None))


def item(draft: Draft, reading: Reading) -> str | None:
    """The thing the event is about, in the report's words: what is counted, else the object."""
    if draft.quantity is not None and draft.quantity.item:
        return draft.quantity.item
    for role, noun in _parts(draft, reading):
        if role == "item":
            return trimmed(span_of(reading.doc, *phrase(noun)), reading.text).of(reading.text)
    return None


def _parts(draft: Draft, reading: Reading) -> list[tuple[str, Token]]:
    """Nouns with their roles, by the event type's own table of roles."""
    roles = DEFAULT | dict(reading.topics.roles.get(draft.kind, {}))
    head = draft.head
    if not is_verb(head):
        return _behind(head, roles)
    found = [(roles["subject"], t) for t in subjects(head)]
    found += [(roles["object"], t) for t in head.children if t.dep_ in {"dobj", "nsubjpass"}]
    found += [("recipient", t) for t in head.children if t.dep_ == "dative" and t.pos_ in NAMES]
    return found + _behind(head, roles)


def _behind(head: Token, roles: dict[str, str]) -> list[tuple[str, Token]]:
    """Nouns behind prepositions that have a role of their own ("to Ostia": recipient)."""
    preps = [t for t in head.children if t.dep_ in {"prep", "dative"} and t.pos_ == "ADP"]
    return [(roles[t.lower_], p) for t in preps if t.lower_ in roles for p in t.children if p.dep_ == "pobj"]


def _actor(role: str, noun: Token, draft: Draft, reading: Reading) -> Actor | None:
    if noun.pos_ not in NAMES or noun.lower_ in RELATIVE or noun.ent_type_ in {"DATE", "TIME"}:
        return None
    span = _name_span(noun, reading)
    speaker = _speaker(noun, draft, reading)
    if speaker is not None:
        return Actor(role=role, name=speaker.name, span=span, country=speaker.country, source_id=speaker.id)
    words = span.of(reading.text)
    known = reading.named(words)
    if known is not None:
        return Actor(role=role, name=known.name, span=span, country=known.country, source_id=known.id)
    return Actor(role=role, name=words, span=span, country=_country(noun, words))


def _name_span(noun: Token, reading: Reading) -> Span:
    """A noun with what stands before it, without article."""
    first = next((t for t in noun.subtree if t.i <= noun.i and t.dep_ not in {"det", "predet", "punct"}), noun)
    return trimmed(span_of(reading.doc, min(first.i, noun.i), noun.i), reading.text)


def _speaker(noun: Token, draft: Draft, reading: Reading) -> Source | None:
    """Who speaks, when a pronoun in what is said means the speaker."""
    source = reading.speaker(draft.attribution)
    if source is None or draft.attribution is None or noun.pos_ != "PRON":
        return None
    word = noun.lower_
    if draft.attribution.style == "direct":
        return source if word in OWN else None
    person = source.kind in {"person", "witness", "analyst"} or (" " in source.name and source.naming == "named")
    means = (word in PERSONAL and person) or (word in COLLECTIVE and source.naming == "office")
    return source if means else None


def _country(noun: Token, words: str) -> str | None:
    """The state that a name or the adjective before it tells."""
    before = [t.text for t in noun.lefts if t.pos_ in {"ADJ", "PROPN"} or t.dep_ == "poss"]
    return next((code for name in (words, *before) if (code := country_of(name))), None)
