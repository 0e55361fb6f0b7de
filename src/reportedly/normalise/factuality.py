"""How sure the innermost speaker is of an event: the label, the word that hedges it, a score."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Token

from reportedly.language import parse
from reportedly.lexicon import table, words
from reportedly.model import Factuality, Segmented, Span
from reportedly.normalise.clauses import root_of
from reportedly.normalise.scale import score

SCORES: dict[Factuality, float] = {
    "asserted": 2.6,
    "probable": 1.2,
    "possible": 0.2,
    "planned": 0.0,
    "unknown": -0.3,
    "denied": -2.0,
}
UNDER: dict[str, Factuality] = {
    "deny": "denied",
    "probable": "probable",
    "possible": "possible",
    "planned": "planned",
    "question": "unknown",
}
RANK = {"asserted": 0, "planned": 1, "probable": 2, "possible": 3, "unknown": 4, "denied": 5}
CONTENT = {"VERB", "NOUN", "ADJ"}
INFINITIVE_ONLY = {
    "tell",
    "mean",
    "have",
    "look",
    "set",
    "go",
    "design",
    "like",
    "require",
    "warn",
    "let",
    "offer",
    "forget",
}
PLANNING = {"set", "schedule", "slate", "plan", "prepare"}
TELLING = {
    "say",
    "tell",
    "disclose",
    "specify",
    "comment",
    "mention",
    "elaborate",
    "know",
    "reveal",
    "sure",
    "certain",
    "positive",
    "clear",
}
UNDOES = {"fail", "forget", "neglect", "omit", "avoid", "refrain", "abstain", "failure"}
HAPPENING = {
    "be",
    "occur",
    "happen",
    "begin",
    "start",
    "come",
    "take",
    "follow",
    "continue",
    "carry",
    "conduct",
    "hold",
}
PAST_RANKS = {"first", "second", "third", "last", "latest", "only", "next"}
SEEMING = {"appear", "seem", "look"}
PASSIVE_SAID = {"say", "report", "allege", "claim", "understand", "repute"}
CONDITIONS = ("in the event that", "in the event of", "in case of", "in the event either", "in the event the")
DEFINITE = {"the", "this", "that", "these", "those", "his", "her", "its", "their"}
ARGUMENTS = {"nsubj", "nsubjpass", "dobj", "attr"}
SUBJECTS_AND_AUX = {"nsubj", "nsubjpass", "aux", "auxpass", "csubj", "expl"}
COMPLEMENTS = {"xcomp", "ccomp", "pcomp", "acl", "dobj", "nsubjpass", "pobj", "oprd", "advcl", "csubj", "acomp"}


class Judged(NamedTuple):
    """The label, the words that made it (None for a plain statement), and -3 (did not happen) to 3 (happened)."""

    label: Factuality
    hedge: Span | None
    score: float


class Operator(NamedTuple):
    """A word and what it does to the certainty of what stands under it."""

    effect: Factuality
    word: Token


def factuality(segmented: Segmented, head: Span, scope: Span | None) -> Judged:
    """The certainty of the event at `head` as its innermost speaker puts it; words outside of `scope` have no say.

    Without a scope every word of the sentence counts, reporting verbs included.
    """
    doc = parse(segmented)
    token = root_of(doc, head)
    if token is None:
        return Judged("asserted", None, SCORES["asserted"])
    judged = judge(token, scope)
    effects = tuple((o.effect, o.word.lemma_.lower()) for o in operators(token, scope))
    return judged._replace(score=score(token, judged.label, effects))


def judge(token: Token, scope: Span | None = None) -> Judged:
    """The same for a token of a parsed text; the score is that of the label alone."""
    label: Factuality = "asserted"
    cue: Token | None = None
    for operator in operators(token, scope):
        if label == "denied" and cue is not None and cue.pos_ not in CONTENT and operator.word.pos_ not in CONTENT:
            continue  # "no soldier was never", "not a bunch, not ...": one denial said twice
        new = combined(label, operator)
        if new != label:
            label, cue = new, operator.word
    return Judged(label, _span(cue) if cue is not None and label != "asserted" else None, SCORES[label])


def combined(label: Factuality, operator: Operator) -> Factuality:
    """A label under one more operator: what is denied stays denied, else the weaker one wins."""
    effect = operator.effect
    if effect == "denied" and label == "denied":
        return "asserted" if operator.word.lemma_.lower() in UNDOES else "possible"
    if effect == "denied" and operator.word.dep_ == "neg" and label == "probable":
        return "denied"
    return effect if RANK[effect] > RANK[label] else label


def operators(token: Token, scope: Span | None = None) -> Iterator[Operator]:
    """The words that bear on an event, from the nearest outwards, as long as they stand in the scope."""
    yield from _own(token, event=True)
    node, told = token, False
    while node.head.i != node.i:
        parent = node.head
        if scope and not scope.start <= parent.idx < scope.end:
            return
        if _is_conditional(node):
            yield Operator("unknown", node)
        if node.dep_ == "relcl" or _is_participle(node) or _is_given(node, parent):
            return
        above = _shared(node, parent) if node.dep_ == "conj" else _above(node, parent)
        told = told or parent.lemma_.lower() in TELLING
        yield from (_unsaid(o) if told else o for o in above)
        node = parent
    if node.sent.text.rstrip(" \"”’'").endswith("?"):
        yield Operator("unknown", node)


def _is_participle(node: Token) -> bool:
    """Whether it only tells more of a noun, as done ("the letter signed in May")."""
    own = any(t.tag_ == "TO" or t.dep_ in SUBJECTS_AND_AUX for t in node.children)
    return node.dep_ == "acl" and node.tag_ == "VBN" and not own


def _unsaid(operator: Operator) -> Operator:
    """Who declines to say whether it happened has not denied it."""
    return Operator("possible", operator.word) if operator.effect == "denied" else operator


def _is_given(node: Token, parent: Token) -> bool:
    """Whether a noun's happening is taken for granted there ("the attack could trigger", "discussed the raid")."""
    if node.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return node.dep_ == "advcl" and not _effect(parent, "verb") and not _marks(node)
    if node.dep_ == "nsubj":
        return parent.lemma_ not in HAPPENING and not _predicate(parent)
    definite = any(t.lower_ in DEFINITE for t in node.lefts)
    governor = parent.head if parent.pos_ == "ADP" else parent
    return definite and node.dep_ in {"dobj", "pobj"} and not _effect(governor, "verb")


def _own(token: Token, *, event: bool = False) -> Iterator[Operator]:
    """Auxiliaries, negation, adverbs and conjunctions of the word itself; adjectives too where it is the event."""
    for child in token.children:
        effect = _own_effect(child, token) if event or child.dep_ != "amod" else None
        if effect and effect != "asserted":
            yield Operator(effect, _none_word(child) or child)
    if is_command(token):
        yield Operator("planned", token)
    if event and (coming := to_come(token)) is not None:
        yield Operator("planned", coming)
    if event and token.lemma_.lower() == "be":
        yield from _stated(token)


def to_come(noun: Token) -> Token | None:
    """The verb that says of a noun what is still to happen to it ("talks to be held on Monday"; not "the first to")."""
    if noun.pos_ != "NOUN" or any(t.lower_ in PAST_RANKS or t.tag_ in {"JJS", "RBS"} for t in noun.lefts):
        return None
    verbs = (t for t in noun.rights if t.dep_ == "relcl" and t.tag_ in {"VB", "VBN"})
    return next((v for v in verbs if any(t.tag_ == "TO" for t in v.lefts)), None)


def is_command(token: Token) -> bool:
    """Whether it is an imperative: a bare verb that opens its clause, without subject or auxiliary."""
    if token.tag_ not in {"VB", "VBP"} or any(t.dep_ in SUBJECTS_AND_AUX for t in token.children):
        return False
    if token.dep_ == "conj":
        return is_command(token.head)
    return token.dep_ in {"ROOT", "parataxis"} and (token.tag_ == "VB" or token.i == token.sent.start)


def _own_effect(child: Token, token: Token) -> Factuality | None:
    if child.dep_ == "neg":
        return None if _only(child) else "denied"
    if child.dep_ == "aux":
        return _modal(child, token)
    if child.dep_ in {"advmod", "npadvmod"}:
        return _effect(child, "adverb") if child.lower_ not in {"nearly", "almost"} or child.i == token.i - 1 else None
    if child.lower_ == "if" and child.i and child.nbor(-1).lower_ == "as":
        return None  # "it looks as if"
    if child.dep_ in {"mark", "prep"}:
        return _effect(child, "mark") if child.dep_ == "mark" else None
    if child.dep_ == "amod":
        return _effect(child, "adjective")
    if child.dep_ in {"det", "preconj"}:
        return None if _only(child) else _effect(child, "determiner")
    if child.dep_ in ARGUMENTS:
        return _empty(child)
    return None


def _only(negation: Token) -> bool:
    """Whether it is the "not" of "not only"."""
    after = negation.i + 1
    follows = after < len(negation.doc) and negation.doc[after].lower_ in {"only", "just", "merely", "least"}
    return negation.lower_ == "not" and follows


def _empty(noun: Token) -> Factuality | None:
    """Denied, for "no soldiers", "neither side", "nobody" as subject or object."""
    return "denied" if _none_word(noun) is not None else None


def _none_word(noun: Token) -> Token | None:
    """The word that says there is none: "no" before a noun, or "nobody" itself."""
    words = [noun, *(t for t in noun.children if t.dep_ in {"det", "neg", "preconj"})] if noun.dep_ in ARGUMENTS else []
    return next((t for t in words if _effect(t, "determiner") == "denied"), None)


def _modal(modal: Token, verb: Token) -> Factuality | None:
    word = modal.lower_
    perfect = any(t.dep_ == "aux" and t.lower_ == "have" for t in verb.children)
    if word in {"must", "will"} and perfect:
        return "probable"
    if word == "should" and any(t.i > modal.i for t in verb.children if t.dep_ in {"nsubj", "nsubjpass"}):
        return "possible"  # "should either state be attacked"
    if word in {"would", "'d"} and not perfect:
        return "planned" if _reported_past(verb) and not _conditional(verb) else "possible"
    if word == "to":
        return None
    return _effect(modal, "aux")


def _reported_past(verb: Token) -> bool:
    return verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"}


def _conditional(verb: Token) -> bool:
    return any(t.dep_ == "advcl" and any(m.lower_ in {"if", "unless"} for m in t.children) for t in verb.children)


def _marks(token: Token) -> bool:
    return any(t.dep_ == "mark" and _effect(t, "mark") for t in token.children)


def _shared(node: Token, first: Token) -> Iterator[Operator]:
    """What a coordinated verb shares with the first one: modals and negation, unless it has its own subject."""
    own = {t.dep_ for t in node.children}
    if own & {"nsubj", "nsubjpass", "aux", "neg"} or node.pos_ not in {"VERB", "AUX", "NOUN", "PROPN"}:
        return
    yield from (
        o for o in _own(first) if o.word.dep_ in {"aux", "mark"} or (o.word.dep_ == "neg" and _near(node, first))
    )


def _near(node: Token, first: Token) -> bool:
    return any(t.dep_ == "cc" and t.lower_ in {"or", "nor"} for t in first.children) or node.i - first.i < 4


def _above(node: Token, parent: Token) -> Iterator[Operator]:
    """What the governing word does to what it governs, then what bears on the governing word itself."""
    if node.dep_ in {"nsubj", "nsubjpass"} and (predicate := _predicate(parent)) is not None:
        yield predicate
    effect = _governing(node, parent)
    if effect and effect != "asserted":
        yield Operator(effect, parent)
    if _passes(node, parent):
        yield from _own(parent)


def _passes(node: Token, parent: Token) -> bool:
    """Whether doubts about the governing word reach the governed one."""
    if node.dep_ in {"nsubj", "nsubjpass"}:
        return parent.lemma_ in HAPPENING or (node.dep_ == "nsubjpass" and not _is_verb(node))
    if node.dep_ in {"advcl", "npadvmod"}:
        return False
    if node.dep_ == "ccomp" and node.i < parent.i and parent.lemma_.lower() == "be":
        return False  # two sentences run together
    if (
        node.dep_ == "ccomp"
        and parent.lemma_.lower() in words("avowing.txt")
        and any(t.lower_ in {"i", "we"} for t in parent.lefts)
    ):
        return not any(t.lower_ in {"must", "can"} for t in parent.lefts)  # "we can confirm that two men died"
    return node.dep_ in COMPLEMENTS or parent.pos_ not in {"VERB", "AUX"}


def _is_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"}


def _governing(node: Token, parent: Token) -> Factuality | None:
    if parent.pos_ == "ADP":
        return _effect(parent, "prep")
    if parent.pos_ == "NOUN" and node.dep_ in {"acl", "prep", "ccomp", "relcl", "compound"}:
        return _effect(parent, "noun") if node.dep_ != "compound" else None
    if parent.pos_ == "ADJ":
        return _effect(parent, "adjective")
    if not _is_verb(parent):
        return None
    return _by_verb(node, parent)


def _is_conditional(node: Token) -> bool:
    """Whether words before a clause or noun make it a condition ("in the event that", "in case of")."""
    before = node.doc[max(0, node.left_edge.i - 4) : node.left_edge.i + 1].text.lower()
    return any(words in before for words in CONDITIONS)


def _by_verb(node: Token, verb: Token) -> Factuality | None:
    """The effect of a verb on its complement, by the form of the complement."""
    lemma = verb.lemma_.lower()
    infinitive = node.dep_ in {"xcomp", "ccomp", "advcl"} and any(
        t.lower_ == "to" and t.dep_ == "aux" for t in node.children
    )
    if lemma == "be" and infinitive and node.dep_ == "xcomp":
        return None if any(t.dep_ in {"acomp", "attr", "expl"} for t in verb.children) else "planned"
    if node.dep_ == "advcl" and lemma in SEEMING:
        return "probable"  # "it looks as if ..."
    if node.dep_ == "advcl":
        return (
            _effect(verb, "verb") if infinitive and lemma in {"set", "schedule", "slate", "plan", "prepare"} else None
        )
    if lemma in INFINITIVE_ONLY and not infinitive:
        return None
    if lemma == "have" and verb.tag_ in {"VBD", "VBN"}:
        return None
    if lemma in PASSIVE_SAID and infinitive and any(t.dep_ in {"auxpass", "nsubjpass"} for t in verb.children):
        return "probable"
    if lemma == "rule" and any(t.lower_ == "out" for t in verb.children):
        return "denied"
    if lemma == "suspect" and any(t.lower_ in {"i", "we"} for t in verb.children):
        return "probable"
    return _effect(verb, "verb") if node.dep_ in COMPLEMENTS or node.dep_ == "prep" else None


def _predicate(verb: Token) -> Operator | None:
    """The adjective or noun that says of its subject that it is false, likely, a lie ..."""
    for child in verb.children:
        kind = {"acomp": "adjective", "attr": "noun", "oprd": "adjective"}.get(child.dep_)
        effect = _effect(child, kind) if kind else None
        if effect and effect != "asserted":
            return Operator(effect, child)
    return None


def _stated(verb: Token) -> Iterator[Operator]:
    """The doubt that its own adjective throws on a state ("it is likely the dust")."""
    predicate = _predicate(verb)
    if predicate and predicate.word.pos_ == "ADJ" and predicate.effect == "probable":
        yield predicate


def changes(verb: Token) -> bool:
    """Whether a verb makes what it governs a plan, a doubt or a denial."""
    return _effect(verb, "verb") not in {None, "asserted"}


def opened(verb: Token) -> Judged | None:
    """What a verb makes of what it opens on to, where it stands for both ("is going to rebuild", "it appears that")."""
    lemma = verb.lemma_.lower()
    infinitive = any(t.tag_ == "TO" for x in verb.children if x.dep_ == "xcomp" for t in x.children)
    plans = (lemma in PLANNING or verb.lower_ == "going") and infinitive
    seems = lemma in SEEMING and any(t.dep_ in {"xcomp", "ccomp", "advcl"} for t in verb.children)
    effect = _effect(verb, "verb") if plans or seems else None
    return Judged(effect, _span(verb), SCORES[effect]) if effect in {"planned", "probable"} else None


def _effect(token: Token, kind: str) -> Factuality | None:
    known = _hedges()
    return known.get((token.lower_, kind)) or known.get((token.lemma_.lower(), kind))


@lru_cache(maxsize=1)
def _hedges() -> dict[tuple[str, str], Factuality]:
    return {(row["word"], row["kind"]): row["effect"] for row in table("hedges.tsv")}  # type: ignore[misc]


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token.text))


def judged_under(judged: Judged, signature: str, cue: Span | None, verb: str = "") -> Judged:
    """The same under the word that reports: an order makes a plan of its content, a denial denies it."""
    effect: Factuality | None = UNDER.get(signature)
    if effect == "planned" and _hedges().get((verb, "verb")) == "asserted":
        return judged
    if effect is None or RANK[effect] <= RANK[judged.label]:
        return judged
    return Judged(effect, cue, SCORES[effect])


def is_hearsay(cue: Token | None) -> bool:
    """Whether the reporting word tells what is only said of somebody ("are reported to have left")."""
    if cue is None or cue.tag_ != "VBN" or cue.lemma_.lower() not in PASSIVE_SAID | {"believe", "think"}:
        return False
    passive = any(t.dep_ == "auxpass" for t in cue.children)
    after = cue.doc[cue.i + 1].lower_ if cue.i + 1 < len(cue.doc) else ""
    return passive and after == "to"
