"""Who or what a pronoun, or "the country", means: the last fitting subject told before it."""

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from reportedly.lexicon import table
from reportedly.lexicon.countries import country_of, is_adjective
from reportedly.normalise.reading import Reading
from reportedly.normalise.topics import noun_type

BACK = 3  # sentences, its own included, in which the word meant is looked for
SUBJECTS = {"nsubj", "nsubjpass", "agent"}
PERSONS = {"he", "she", "him", "her", "himself", "herself"}
SINGLE = {"it", "itself"}
SEVERAL = {"they", "them", "themselves"}
STATES = {"country", "nation", "state"}
PEOPLE = {"person", "official"}


def antecedent(noun: Token, reading: Reading) -> Token | None:
    """The noun itself, or the one it stands for; None for a pronoun that stands for nothing known."""
    if _is_state(noun):
        return next((t for t in _before(noun) if _names_state(t)), noun)
    if noun.pos_ not in {"PRON", "DET"}:
        return noun
    word = noun.lower_
    if word not in PERSONS | SINGLE | SEVERAL or noun.dep_ not in SUBJECTS or _is_empty(noun):
        return None
    return next((t for t in _subjects(noun, reading) if _fits(t, word, reading)), None)


def _is_state(noun: Token) -> bool:
    """Whether it is a bare "the country", "the nation"."""
    before = [t.lower_ for t in noun.lefts]
    behind = any(t.dep_ in {"prep", "relcl", "acl"} for t in noun.rights)
    return noun.lower_ in STATES and before == ["the"] and not behind


def _names_state(token: Token) -> bool:
    return token.pos_ == "PROPN" and country_of(token.text) is not None and not is_adjective(token.text)


def _before(noun: Token) -> Iterator[Token]:
    """The words before, the nearest first, a few sentences back."""
    sentence, seen = noun.sent.start, 1
    for token in reversed(noun.doc[: noun.i]):
        if token.i < sentence:
            sentence, seen = token.sent.start, seen + 1
        if seen > BACK:
            return
        yield token


def _is_empty(noun: Token) -> bool:
    """Whether it is the "it" of "it is easy", "it is the will of the people"."""
    told = {"acomp", "attr"} & {t.dep_ for t in noun.head.children}
    return noun.lower_ in SINGLE and noun.head.lemma_ == "be" and bool(told)


def _subjects(noun: Token, reading: Reading) -> Iterator[Token]:
    """Subjects told before: in a quotation only those of the same words, in what is relayed those who speak last."""
    speech = reading.innermost(noun.idx)
    found = [t for t in _before(noun) if t.dep_ in SUBJECTS and t.pos_ in {"NOUN", "PROPN"} and t.head.i != noun.head.i]
    if speech is not None and speech.style == "direct":
        found = [t for t in found if any(c.start <= t.idx < c.end for c in speech.content)]
    if speech is None:
        yield from found
        return
    yield from (t for t in found if t.i not in reading.source_tokens)
    yield from (t for t in found if t.i in reading.source_tokens)


def _fits(noun: Token, word: str, reading: Reading) -> bool:
    """Whether the noun can be what the pronoun means: a person, one thing or state, several."""
    kind = noun_type(noun, reading.topics)
    person = any(reading.topics.is_kind(kind, wanted) for wanted in PEOPLE) or _is_person(noun, reading)
    several = noun.tag_ in {"NNS", "NNPS"} or any(t.dep_ == "conj" for t in noun.children)
    if word in PERSONS:
        return person and not several
    return several if word in SEVERAL else not person and not several


def _is_person(noun: Token, reading: Reading) -> bool:
    """Whether a name is that of a person who speaks in the report, or has a first name and none of a state or body."""
    if noun.pos_ != "PROPN":
        return False
    source = reading.named(noun.text)
    if source is not None:
        return source.naming == "named" and source.kind not in {"outlet", "state_media", "document"}
    first = any(t.dep_ == "compound" and t.pos_ == "PROPN" for t in noun.lefts)
    return first and country_of(noun.text) is None and noun.lower_ not in _bodies()


@cache
def _bodies() -> frozenset[str]:
    """Words that name a body, not a person ("agency", "ministry")."""
    return frozenset(row["word"].lower() for row in table("body_words.tsv"))
