"""Who takes part in an event, and as what; the thing it is about."""

from spacy.tokens import Token

from reportedly.lexicon import words
from reportedly.lexicon.countries import country_of
from reportedly.lexicon.sources import catalogue
from reportedly.model import Actor, Quantity, Source, Span
from reportedly.normalise.antecedents import antecedent
from reportedly.normalise.choice import Draft
from reportedly.normalise.clause_kinds import objects_of_measure
from reportedly.normalise.clauses import is_verb, phrase, span_of, tokens_of, trimmed
from reportedly.normalise.reading import Reading
from reportedly.normalise.stated import NUMBERS
from reportedly.normalise.topics import subjects, verb_type

DEFAULT = {"subject": "agent", "object": "patient"}
NAMES = {"PROPN", "NOUN", "PRON"}
RELATIVE = {"which", "that", "who", "whom", "what"}
OWN = {"i", "we", "me", "us"}
PERSONAL = {"he", "she", "him", "her"}
COLLECTIVE = {"it", "they", "them"}


def actors(draft: Draft, reading: Reading) -> tuple[Actor, ...]:
    """The people, bodies and states that take part, each once, with their roles."""
    parts = ((role, _whom(noun)) for role, noun in _parts(draft, reading) if role != "item")
    found = [_actor(role, noun, draft, reading) for role, noun in parts if noun is not None]
    return tuple(dict.fromkeys(actor for actor in found if actor is not None))


def _whom(noun: Token) -> Token | None:
    """Who is meant: what an amount is of ("a total of 26 men"); nobody for a bare number or what cannot act."""
    lemma = noun.lemma_.lower()
    if lemma in words("abstractions.txt") and noun.pos_ == "NOUN":
        return None
    if lemma not in words("amounts.txt") | NUMBERS:
        return noun
    return next(iter(objects_of_measure(noun)), None if lemma in NUMBERS else noun)


def item(draft: Draft, reading: Reading) -> str | None:
    """The thing the event is about, in the report's words: what is counted, else the object."""
    if draft.quantity is not None:
        return draft.quantity.item or _measured(draft.quantity, reading)
    for role, noun in _parts(draft, reading):
        if role == "item" and (thing := _thing(noun)) is not None:
            return trimmed(span_of(reading.doc, *phrase(thing)), reading.text).of(reading.text)
    return None


def _measured(quantity: Quantity, reading: Reading) -> str | None:
    """What so much money, weight or share is of ("two tonnes of chlorine")."""
    tokens = tokens_of(reading.doc, quantity.span)
    units = [t for t in tokens for t in (t, t.head) if t.pos_ in {"NOUN", "SYM", "PROPN", "NUM"}]
    for unit in units:
        preps = [t for t in unit.children if t.lower_ in {"of", "in"}]
        noun = next((p for t in preps for p in t.children if p.pos_ == "NOUN" and not _is_counted(p)), None)
        if noun is not None and noun.i > tokens[-1].i:
            return _name_span(noun, reading).of(reading.text)
    return None


def _is_counted(noun: Token) -> bool:
    return any(t.dep_ == "nummod" for t in noun.lefts)


def _thing(noun: Token) -> Token | None:
    """The noun, or the one that a relative pronoun stands for; None for other pronouns."""
    if noun.lower_ in RELATIVE and noun.head.dep_ == "relcl":
        return noun.head.head
    return None if noun.pos_ in {"PRON", "DET"} or noun.lower_ in RELATIVE else noun


def _parts(draft: Draft, reading: Reading) -> list[tuple[str, Token]]:
    """Nouns with their roles, by the event type's own table of roles."""
    head = draft.head
    asked = is_verb(head) and reading.topics.is_kind(draft.kind, "request")
    kind = verb_type(head, reading.topics) if asked else draft.kind  # what is asked for has roles of its own
    roles = DEFAULT | dict(reading.topics.roles.get(kind or "", {}))
    if not is_verb(head):
        return _behind(head, roles)
    provided = _provided(head) if roles["object"] == "item" else None
    found = [(roles["subject"], t) for t in subjects(head)]
    if provided is not None:
        found += [("item", provided)]
    kept = "recipient" if provided is not None else roles["object"]
    direct = [t for t in head.children if t.dep_ in {"dobj", "nsubjpass"}]
    found += [(kept, t) for t in (direct[:1] if provided is not None else direct)]
    found += [("recipient", t) for t in head.children if t.dep_ == "dative" and t.pos_ in NAMES]
    return found + _behind(head, roles)


def _provided(verb: Token) -> Token | None:
    """What somebody is provided, supplied, armed with: the noun behind "with" where the object is who receives it."""
    if not any(t.dep_ in {"dobj", "nsubjpass"} for t in verb.children):
        return None
    given = (p for t in verb.children if t.dep_ == "prep" and t.lower_ == "with" for p in t.children)
    return next((p for p in given if p.dep_ == "pobj" and verb.lemma_.lower() in words("provided_with.txt")), None)


def _behind(head: Token, roles: dict[str, str]) -> list[tuple[str, Token]]:
    """Nouns behind prepositions that have a role of their own ("to Ostia": recipient)."""
    preps = [t for t in head.children if t.dep_ in {"prep", "dative"} and t.pos_ == "ADP"]
    return [(roles[t.lower_], p) for t in preps if t.lower_ in roles for p in t.children if p.dep_ == "pobj"]


def _actor(role: str, noun: Token, draft: Draft, reading: Reading) -> Actor | None:
    if noun.pos_ not in NAMES or noun.lower_ in RELATIVE or any(_touches(p.span, noun) for p in reading.periods):
        return None
    if any(_touches(q.span, noun) and q.item is None and q.unit not in {None, "person"} for q in reading.figures):
        return None  # "struck seven km east of the town"
    speaker = _speaker(noun, draft, reading)
    if speaker is not None:
        span = _name_span(noun, reading)
        return Actor(role=role, name=speaker.name, span=span, country=speaker.country, source_id=speaker.id)
    meant = antecedent(noun, reading)
    if meant is None:
        return None
    span = _name_span(meant, reading)
    known = _known(span.of(reading.text), meant, reading)
    here = span if meant.i == noun.i else _name_span(noun, reading)
    if known is not None:
        return Actor(role=role, name=known.name, span=here, country=known.country, source_id=known.id)
    named = span.of(reading.text)
    return Actor(role=role, name=named, span=here, country=_country(meant, named))


def _touches(span: Span | None, noun: Token) -> bool:
    return span is not None and span.start <= noun.idx < span.end


def _known(words: str, noun: Token, reading: Reading) -> Source | None:
    """The source of that name, with or without the title before it ("interior minister Orsa Vell")."""
    if noun.pos_ != "PROPN":
        return reading.named(words)
    parts = words.split()
    tails = [" ".join(parts[i:]) for i in range(len(parts)) if parts[i][:1].isupper()]
    return next((source for tail in tails if (source := reading.named(tail))), None)


def _name_span(noun: Token, reading: Reading) -> Span:
    """A noun with what stands before it, without article, "both", "only", "their"."""
    before = [t for t in noun.subtree if t.i <= noun.i and t.dep_ not in {"det", "predet", "preconj", "punct"}]
    first = next((t for t in before if t.lower_ not in words("focusing.txt") and t.tag_ != "PRP$"), noun)
    return trimmed(span_of(reading.doc, min(first.i, noun.i), noun.i), reading.text)


def _speaker(noun: Token, draft: Draft, reading: Reading) -> Source | None:
    """Who speaks, when a pronoun in what is said means the speaker, or his state for "our government"."""
    source = reading.speaker(draft.attribution)
    if source is None or draft.attribution is None:
        return None
    if noun.lower_ == "government" and any(t.tag_ == "PRP$" for t in noun.lefts) and source.kind == "government":
        return catalogue().sources.get(f"government-{source.country}")
    if noun.pos_ != "PRON":
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
