"""Event types from the vocabulary of topics: which type a verb with its arguments, or a noun, tells of."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache, wraps
from typing import NamedTuple

from spacy.tokens import Doc, Token

from reportedly.errors import LexiconError
from reportedly.lexicon import Row, table, words
from reportedly.model import Options

FALLBACK = "status"
SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
HELPERS = {"be": "be", "can": "can", "could": "can"}
NOMINAL = {"pobj", "dobj", "nsubj", "nsubjpass"}
BEARERS = {"prep", "dobj", "attr", "xcomp", "acomp"}
WORD_DEPS = {
    "prt",
    "agent",
    "prep",
    "dobj",
    "dative",
    "acomp",
    "xcomp",
    "oprd",
    "attr",
    "advmod",
    "pobj",
    "conj",
    "neg",
    "ccomp",
    "npadvmod",
}


class Condition(NamedTuple):
    """When a verb tells of `type`: with these `words` about it, or an `object` or `subject` of that type."""

    type: str
    words: tuple[str, ...] = ()
    object: str | None = None
    subject: str | None = None

    @property
    def strength(self) -> int:
        """How much it asks for: the more, the surer."""
        return 3 * len(self.words) + 2 * bool(self.object) + 2 * bool(self.subject)


class Topics(NamedTuple):
    """The vocabulary of the chosen topics, ready to look things up in."""

    classes: Mapping[str, str]
    parents: Mapping[str, str]
    verbs: Mapping[str, tuple[Condition, ...]]
    nouns: Mapping[str, str]
    edges: frozenset[str]  # first and last words of the nouns: a noun that is none of them is unknown
    weak: frozenset[str]
    roles: Mapping[str, Mapping[str, str]]
    units: Mapping[str, str]
    counted: Mapping[str, str]

    def line(self, kind: str | None) -> Iterator[str]:
        """A type, its parent, the parent's parent."""
        while kind:
            yield kind
            kind = self.parents.get(kind)

    def is_kind(self, kind: str | None, wanted: str) -> bool:
        """Whether `wanted` is the type or one above it."""
        return wanted in self.line(kind)

    def happens(self, kind: str | None) -> bool:
        """Whether the type is something that happens, not a thing or a state."""
        return bool(kind) and self.classes.get(kind or "") != "STATUS"


Asked = Callable[[Token, Topics], str | None]


def once(ask: Asked) -> Asked:
    """The same answer, worked out once for each word of a parsed text: every step asks for it again."""

    @wraps(ask)
    def asked(word: Token, known: Topics) -> str | None:
        # The vocabulary is kept beside its answers, so that no other one can come to have its number.
        key = f"{ask.__name__} {id(known)}"
        _, answers = word.doc.user_data.setdefault(key, (known, {}))
        if word.i not in answers:
            answers[word.i] = ask(word, known)
        answer: str | None = answers[word.i]
        return answer

    return asked


def topics(options: Options) -> Topics:
    """The vocabulary of `options.topics`, rows of the user's folder included."""
    return _load(options.topics, options.lexicon)


def class_of(kind: str, options: Options = Options()) -> str:
    """The coarse class of an event type ("arms_transfer" -> "TRANSFER"); STATUS where it has none."""
    return topics(options).classes.get(kind, "STATUS")


def noun_type(noun: Token, known: Topics) -> str | None:
    """The type of a noun, by the longest phrase that ends in it ("drone strike" before "strike")."""
    phrase = _known_phrase(noun, known)
    if phrase:
        return known.nouns[phrase]
    made_of = [t for t in noun.children if t.dep_ == "compound" and t.lemma_.lower() in known.nouns]
    return known.nouns[made_of[-1].lemma_.lower()] if made_of else None


def noun_event(noun: Token, known: Topics) -> str | None:
    """The type of a noun that names a happening; None for people and things, whatever they stand for."""
    phrase = _known_phrase(noun, known)
    nominal = noun.pos_ in {"ADJ", "VERB"} and noun.dep_ in NOMINAL  # "four of the dead"
    named = noun.pos_ in {"NOUN", "PROPN"} or nominal
    if phrase is None or phrase in known.weak or not named:
        return None
    return known.nouns[phrase] if known.happens(known.nouns[phrase]) else None


@once
def _known_phrase(noun: Token, known: Topics) -> str | None:
    lemma = noun.lemma_.lower()
    at_work = f"{lemma}@labour"
    if at_work in known.nouns and _is_of_labour(noun):
        return at_work
    if lemma not in known.edges and noun.lower_ not in known.edges:
        return None
    found = next((phrase for phrase in noun_phrases(noun) if phrase in known.nouns), None)
    return None if found == lemma and _is_figurative(noun, known) else found


def _is_figurative(noun: Token, known: Topics) -> bool:
    """Whether a noun is a figure of speech: "a storm of criticism", "the reform was a calamity", "a war on waste"."""
    lemma = noun.lemma_.lower()
    if lemma in words("calamities.txt") and noun.dep_ == "attr":
        told = [t for t in subjects(noun.head) if t.pos_ in {"NOUN", "PROPN"}]
        return bool(told) and all(noun_event(t, known) is None for t in told)
    of = [p for t in noun.rights if t.dep_ == "prep" for p in t.children]
    about = {t.lemma_.lower() for t in (*of, *(t for t in noun.lefts if t.dep_ in {"amod", "compound"}))}
    if lemma in words("combats.txt"):
        return bool(about & words("causes.txt")) or any(known.is_kind(noun_type(p, known), "disease") for p in of)
    return lemma in words("figurative.txt") and bool(about & words("abstract.txt"))


def _is_of_labour(noun: Token) -> bool:
    """Whether the text speaks of work and pay, and the noun is not "air strike", "drone strike"."""
    made_of = any(t.dep_ == "compound" and t.lemma_.lower() not in words("labour.txt") for t in noun.lefts)
    target = any(t.lower_ in {"on", "against"} for t in noun.rights)
    return not made_of and not target and _speaks_of_labour(noun.doc)


@lru_cache(maxsize=4)
def _speaks_of_labour(doc: Doc) -> bool:
    return len({t.lemma_ for t in doc if t.lemma_ in words("labour.txt") and t.pos_ != "PROPN"}) > 1


def noun_phrases(noun: Token) -> Iterator[str]:
    """Phrases that the noun heads, longest first, in small letters."""
    lemma = noun.lemma_.lower()
    before = [noun.doc[i].lower_ for i in range(max(noun.i - 2, noun.sent.start), noun.i)]
    after = [t for t in noun.rights if t.dep_ == "prep"][:1]
    for prep in after:
        yield from (f"{lemma} {prep.lower_} {child.lemma_.lower()}" for child in prep.children)
        yield f"{lemma} {prep.lower_}"
    for size in range(len(before), 0, -1):
        yield " ".join([*before[-size:], lemma])
        yield " ".join([*before[-size:], noun.lower_])
    yield lemma
    yield noun.lower_


@once
def verb_type(verb: Token, known: Topics) -> str | None:
    """The type of a verb with its arguments; None when the vocabulary does not know it."""
    fitting = _fitting(verb, known)
    return max(fitting, key=lambda c: c.strength).type if fitting else None


def tells_a_denial(verb: Token, known: Topics) -> bool:
    """Whether the type of a verb already has its "not" in it ("does not accept": a rejection)."""
    fitting = _fitting(verb, known)
    return bool(fitting) and "not" in max(fitting, key=lambda c: c.strength).words


def _fitting(verb: Token, known: Topics) -> list[Condition]:
    """The rows that fit a verb with its arguments."""
    about = About(verb, known)
    found = ([c for c in about.worded(lemma) if _holds(c, about)] for lemma in _lemmas(verb))
    return next(filter(None, found), [])


def _lemmas(verb: Token) -> list[str]:
    """The verb's lemma, behind that with what a hyphen ties to it ("test-fire")."""
    lemma = verb.lemma_.lower()
    if verb.i >= 2 and verb.nbor(-1).text == "-":
        return [f"{verb.nbor(-2).lower_}-{lemma}", lemma]
    return [lemma, verb.lower_]


def modifier_type(word: Token, known: Topics) -> str | None:
    """The type of a participle before its noun, taken for an adjective or not ("damaged homes", "wounded men")."""
    if word.dep_ != "amod" or word.tag_ == "VBN" or not word.lower_.endswith("ed"):
        return verb_type(word, known) if word.dep_ == "amod" and word.tag_ == "VBN" else None
    stems = (word.lower_[:-1], word.lower_[:-2])
    plain = (c.type for stem in stems for c in known.verbs.get(stem, ()) if not c.strength)
    return next(plain, None)


def verb_type_about(verb: Token, noun: Token, known: Topics) -> str | None:
    """The type of a verb as far as this one object decides it ("provide" with troops, not with shells)."""
    if noun not in objects(verb):
        return None
    fitting = _fitting(verb, known)
    strongest = max((c.strength for c in fitting), default=0)
    named = [c for c in fitting if c.strength == strongest and {noun.lemma_.lower(), noun.lower_}.intersection(c.words)]
    kind = noun_type(noun, known)
    found = named or [c for c in fitting if c.object and known.is_kind(kind, c.object) and not c.subject]
    return max(found, key=lambda c: c.strength).type if found else None


def subjects(verb: Token) -> list[Token]:
    """Who or what does it: subject, agent of a passive, or for "to" forms what the governing verb leads to it, else the
    subject of that verb."""
    if any(t.dep_ == "expl" for t in verb.children):
        return []  # "did not say if there were casualties"
    if any(t.dep_ == "nsubjpass" for t in verb.children):
        return [p for t in verb.children if t.dep_ == "agent" for p in t.children if p.dep_ == "pobj"]
    own = [t for t in verb.children if t.dep_ in SUBJECTS]
    if own or verb.dep_ not in {"conj", "xcomp", "advcl", "acl", "relcl"}:
        return [_antecedent(t, verb) for t in own]
    if verb.dep_ == "acl":
        return [verb.head] if verb.tag_ == "VBG" else []
    if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in words("steering.txt"):
        led = [t for t in verb.head.children if t.dep_ in {"dobj", "nsubjpass"} and t.i < verb.i]
        if led:
            return [_antecedent(t, verb.head) for t in led]
    return subjects(verb.head) if verb.head.pos_ in {"VERB", "AUX"} else []


def objects(verb: Token) -> list[Token]:
    """What it is done to, with what, about what: objects, passive subjects, nouns behind prepositions."""
    direct = [t for t in verb.children if t.dep_ in {"dobj", "nsubjpass", "attr", "dative", "oprd"}]
    behind = [p for t in verb.children if t.dep_ in {"prep", "dative"} for p in t.children if p.dep_ == "pobj"]
    if verb.dep_ == "conj" and _is_passive(verb) and not any(t.dep_ == "nsubjpass" for t in verb.children):
        direct += [t for t in verb.head.children if t.dep_ == "nsubjpass"]
    noun = [verb.head] if verb.dep_ == "acl" and verb.tag_ == "VBN" else []
    return [n for t in [*noun, *direct, *behind] for n in [t, *_inner(t)]]


def _is_passive(verb: Token) -> bool:
    return verb.tag_ == "VBN" and not any(t.dep_ == "aux" and t.lemma_ == "have" for t in verb.children)


def _inner(noun: Token) -> list[Token]:
    """Conjuncts of a noun, and what a "number of", "series of" or "$2 million in" counts."""
    preps = [t for t in noun.children if t.dep_ == "prep" and t.lower_ in {"of", "in"}]
    return [*noun.conjuncts, *(p for t in preps for p in t.children if p.dep_ == "pobj")]


def _antecedent(subject: Token, verb: Token) -> Token:
    relative = subject.lower_ in {"which", "that", "who"} and verb.dep_ == "relcl"
    return verb.head if relative else subject


class About:
    """What stands about a verb: its words, and the types of its objects and subjects, each looked up once at most."""

    def __init__(self, verb: Token, known: Topics) -> None:
        self._verb, self._known = verb, known

    def worded(self, lemma: str) -> list[Condition]:
        """The rows of a lemma whose words stand about the verb."""
        return [c for c in self._known.verbs.get(lemma, ()) if not c.words or self.words.issuperset(c.words)]

    @cached_property
    def words(self) -> set[str]:
        return _words(self._verb)

    @cached_property
    def objects(self) -> set[str]:
        return self._kinds(objects(self._verb))

    @cached_property
    def subjects(self) -> set[str]:
        return self._kinds(subjects(self._verb))

    def _kinds(self, nouns: Iterable[Token]) -> set[str]:
        return {kind for noun in nouns for kind in self._known.line(noun_type(noun, self._known))}


def _holds(condition: Condition, about: About) -> bool:
    if condition.object and condition.object not in about.objects:
        return False
    return not condition.subject or condition.subject in about.subjects


def _words(verb: Token) -> set[str]:
    near = [t for t in verb.children if t.dep_ in WORD_DEPS and not _is_timely(t)]
    far = [p for t in near if t.dep_ in BEARERS for p in t.children if p.tag_ != "TO" and p.dep_ != "aux"]
    far += [p for t in verb.children if t.dep_ in {"ccomp", "advcl"} for p in t.children if p.lower_ == "for"]
    passive = [_antecedent(t, verb) for t in verb.children if t.dep_ == "nsubjpass"]
    passive += [verb.head] if verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD"} else []
    helpers = [t for t in verb.children if t.dep_ in {"aux", "auxpass"}]
    auxiliary = {HELPERS[t.lemma_.lower()] for t in helpers if t.lemma_.lower() in HELPERS}
    return auxiliary | {w for t in [*near, *far, *passive] for w in (t.lemma_.lower(), t.lower_)}


def _is_timely(prep: Token) -> bool:
    """Whether a preposition opens a time ("on Monday", "for two years"): it says nothing of the verb's sense."""
    return prep.dep_ == "prep" and any(t.lemma_.lower() in words("timely.txt") or t.like_num for t in prep.children)


@lru_cache(maxsize=8)
def _load(names: tuple[str, ...], folder: str | None) -> Topics:
    rows = [_checked(row, name) for name in names for row in table(f"topics/{name}.tsv", folder)]
    verbs: dict[str, tuple[Condition, ...]] = {}
    nouns: dict[str, str] = {}
    for row in rows:
        for item in _items(row["verbs"]):
            lemma, condition = _condition(item, row["type"])
            verbs[lemma] = (condition, *verbs.get(lemma, ()))
        nouns |= {item.lstrip("~"): row["type"] for item in _items(row["nouns"])}
    weak = {item[1:] for row in rows for item in _items(row["nouns"]) if item.startswith("~")}
    return Topics(
        classes={row["type"]: row["class"] for row in rows},
        parents={row["type"]: row["parent"] for row in rows if row["parent"]},
        verbs=verbs,
        nouns=nouns,
        edges=frozenset(word for phrase in nouns for word in (phrase.split()[0], phrase.split()[-1])),
        weak=frozenset(weak),
        roles={row["type"]: _roles(row) for row in rows},
        units={unit: row["type"] for row in rows for unit in _items(row["unit"]) if unit != "person"},
        counted={row["type"]: _items(row["unit"])[0] for row in rows if row["unit"]},
    )


def _checked(row: Row, name: str) -> Row:
    classes = {general["class"] for general in table("topics/general.tsv")}
    if row["class"] not in classes:
        known = " ".join(sorted(classes))
        raise LexiconError(f"topics/{name}.tsv: type {row['type']!r}: no class {row['class']!r}; known: {known}")
    return row


def _items(cell: str) -> list[str]:
    return [item.strip() for item in cell.split("|") if item.strip()]


def _roles(row: Row) -> dict[str, str]:
    return dict(item.split("=", 1) for item in _items(row["roles"]) if "=" in item)


def _condition(item: str, kind: str) -> tuple[str, Condition]:
    verb, _, done_to = item.partition(">")
    verb, _, doer = verb.partition("<")
    first, *rest = verb.split()
    return first, Condition(kind, tuple(rest), done_to or None, doer or None)
