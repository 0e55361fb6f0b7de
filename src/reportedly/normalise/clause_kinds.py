"""What a clause tells of: the type of its event, from its verb, what stands under it, or its subject."""

from spacy.tokens import Token

from reportedly.lexicon import words
from reportedly.normalise.clauses import is_verb
from reportedly.normalise.factuality import changes
from reportedly.normalise.reading import Reading
from reportedly.normalise.topics import FALLBACK, noun_event, noun_type, subjects, verb_type

COPULAS = {"be", "become", "remain"}
SAYING_LITTLE = {"be", "have"}
UNDERGOING = {"under", "in", "at"}  # "is in talks", "was at the meeting"
SHARING = {"in", "of", "for", "with"}  # "a part in the raid", "the source of the infections"


def clause_kind(verb: Token, reading: Reading) -> tuple[str | None, Token]:
    """The type of a clause and the word that has it: the verb, a verb or noun under it, or its subject."""
    known = reading.topics
    if _is_judging(verb, reading):
        return FALLBACK, verb
    own = verb_type(verb, known)
    opens = verb.lemma_.lower() in words("opening_verbs.txt")
    if known.happens(own) and not opens:
        return own, verb
    for child in _open_complements(verb):
        kind, word = clause_kind(child, reading)
        if known.happens(kind):
            return kind, word
    if known.happens(own):
        return own, verb
    nouns = nouns_about(verb)
    named = [(kind, _bearer(noun, verb)) for noun in nouns if (kind := noun_event(noun, known))]
    says_little = own in {None, FALLBACK}
    things = [noun for noun in nouns if noun.pos_ != "PROPN"]  # "Fire" may be but a part of a name
    weak = [(kind, verb) for noun in things if says_little and known.happens(kind := noun_type(noun, known))]
    if says_little and verb.lemma_.lower() in SAYING_LITTLE:
        weak += [(kind, verb) for noun in _concerned(verb, reading) if (kind := noun_event(noun, known))]
    return next(iter([*named, *weak]), (own, verb))


def _is_judging(verb: Token, reading: Reading) -> bool:
    """Whether a clause only says what to think of an event ("the test is a concern", "the raid was unacceptable")."""

    def happens(noun: Token) -> bool:
        return reading.topics.happens(noun_type(noun, reading.topics))

    if verb.lemma_.lower() not in COPULAS or not any(map(happens, subjects(verb))):
        return False
    told = [t for t in verb.children if t.dep_ in {"attr", "acomp"}]
    return any(t.lemma_.lower() in words("judging.txt") for t in told)


def _concerned(verb: Token, reading: Reading) -> list[Token]:
    """What a verb that says little puts something in relation to ("had no part in the raid", "is under embargo")."""
    nouns = [t for t in verb.children if t.dep_ in {"dobj", "attr"} and noun_type(t, reading.topics) is None]
    doing = [t for noun in nouns for t in noun.children if t.dep_ == "relcl" and is_verb(t)]  # "nothing to do with"
    preps = [t for t in verb.children if t.dep_ == "prep" and t.lower_ in UNDERGOING]
    preps += [t for word in (*nouns, *doing) for t in word.children if t.dep_ == "prep" and t.lower_ in SHARING]
    return [p for prep in preps for p in prep.children if p.dep_ == "pobj"]


def _bearer(noun: Token, verb: Token) -> Token:
    """The word whose certainty is that of the event: the noun under a verb that plans or denies it, else the verb."""
    return noun if noun.dep_ in {"dobj", "nsubjpass"} and changes(verb) else verb


def _open_complements(verb: Token) -> list[Token]:
    """Verbs that a verb opens on to: "tried to leave", "were able to leave"."""
    near = [verb, *(t for t in verb.children if t.dep_ in {"acomp", "oprd"})]
    return [t for word in near for t in word.children if t.dep_ == "xcomp" and is_verb(t)]


def nouns_about(verb: Token) -> list[Token]:
    """What a verb is about: its object or complement and what that measures, then its subject."""
    near = [t for t in verb.children if t.dep_ in {"dobj", "attr", "nsubjpass", "oprd"}]
    return [*near, *(o for n in near for o in objects_of_measure(n)), *subjects(verb)]


def objects_of_measure(noun: Token) -> list[Token]:
    """What stands behind "of" or, of a figure, "for": "a series of bombings", "the figure for deaths"."""
    led = {"of", "for"} if noun.lemma_.lower() == "figure" else {"of"}
    return [p for t in noun.children if t.dep_ == "prep" and t.lower_ in led for p in t.children if p.dep_ == "pobj"]
