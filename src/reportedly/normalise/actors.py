"""Who takes part in an event, and as what; the thing it is about."""

from spacy.tokens import Token

from reportedly.model import Actor
from reportedly.normalise.clauses import is_verb, phrase, span_of, trimmed
from reportedly.normalise.events import Draft
from reportedly.normalise.reading import Reading
from reportedly.normalise.topics import subjects

DEFAULT = {"subject": "agent", "object": "patient"}


def actors(draft: Draft, reading: Reading) -> tuple[Actor, ...]:
    """The people, bodies and states that take part, each with its role."""
    found = [(role, noun) for role, noun in _parts(draft, reading) if role != "item"]
    return tuple(actor for role, noun in found if (actor := _actor(role, noun, reading)) is not None)


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
        return [(roles[t.lower_], p) for t in head.rights if t.dep_ == "prep" and t.lower_ in roles for p in t.children]
    found = [(roles["subject"], t) for t in subjects(head)]
    found += [(roles["object"], t) for t in head.children if t.dep_ in {"dobj", "nsubjpass"}]
    for prep in (t for t in head.children if t.dep_ in {"prep", "dative"}):
        role = roles.get(prep.lower_, "recipient" if prep.dep_ == "dative" else "")
        found += [(role, p) for p in prep.children if role and p.dep_ == "pobj"]
    return found


def _actor(role: str, noun: Token, reading: Reading) -> Actor | None:
    if noun.pos_ not in {"PROPN", "NOUN", "PRON"}:
        return None
    span = trimmed(span_of(reading.doc, *phrase(noun)), reading.text)
    return Actor(role=role, name=span.of(reading.text), span=span)
