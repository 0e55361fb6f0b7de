"""A score of certainty from -3 (did not happen) to 3 (happened): a sum of weights of what stands about the event.

The weights are least squares with a penalty, fitted by `training/fit_factuality.py`;
lexicon/factuality_scale.tsv says on what.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from spacy.tokens import Token

from reportedly.lexicon import table
from reportedly.model import Factuality
from reportedly.normalise.clauses import ancestors

FINITE = {"VBD", "VBZ", "VBP", "MD"}
SUBJECTS = {"nsubj", "nsubjpass"}
CONSTANT = "constant"


def score(token: Token, label: Factuality, effects: Iterable[tuple[str, str]]) -> float:
    """The score of an event, given its label and the operators on it (effect, word)."""
    weights = _weights()
    total = weights[CONSTANT] + sum(weights.get(name, 0.0) for name in features(token, label, tuple(effects)))
    return max(-3.0, min(3.0, total))


def features(token: Token, label: str, effects: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """The names of all that bears on the score."""
    found = {f"label={label}", f"label={label} {token.tag_}", f"label={label} {token.dep_}"}
    found |= {f"effect={effect}" for effect, _ in effects} | {f"operator={effect} {word}" for effect, word in effects}
    found.add("effects=" + " ".join(effect for effect, _ in effects[:3]))
    return frozenset([*found, *_form(token), *_about(token), *_above(token), *_finite(token), *_sentence(token)])


def _form(token: Token) -> Iterator[str]:
    """Word, form and place in the clause."""
    helpers = [t for t in token.children if t.dep_ in {"aux", "auxpass"}]
    yield f"lemma={token.lemma_.lower()}"
    yield f"tag={token.tag_}"
    yield f"dep={token.dep_}"
    yield f"form={token.tag_} {token.dep_}"
    yield "helpers=" + " ".join([*(t.lemma_.lower() for t in helpers), token.tag_])
    if not any(t.dep_ in SUBJECTS for t in token.children):
        yield f"no subject={token.tag_} {token.dep_}"


def _about(token: Token) -> Iterator[str]:
    """What hangs on it."""
    for child in token.children:
        if child.dep_ in {"mark", "advmod", "neg", "prt", "aux"}:
            yield f"{child.dep_}={child.lower_}"
        if child.dep_ in SUBJECTS:
            yield f"subject={child.lower_ if child.pos_ == 'PRON' else child.pos_}"
        if child.dep_ == "advcl":
            yield from (f"clause={t.lower_}" for t in child.children if t.dep_ == "mark")


def _above(token: Token) -> Iterator[str]:
    """What it hangs on."""
    head = token.head
    if head.i == token.i:
        return
    yield f"head={head.lemma_.lower()}"
    yield f"head tag={token.dep_} {head.tag_}"
    yield f"under={token.dep_} {head.lemma_.lower()}"
    yield f"head dep={token.dep_} {head.dep_}"
    yield from (f"head aux={t.lower_}" for t in head.children if t.dep_ in {"aux", "neg"})
    opened = next((t.lower_ for t in token.children if t.lower_ == "to" and t.dep_ == "aux"), token.tag_)
    if token.dep_ in {"xcomp", "advcl", "acl", "pcomp"}:
        yield f"open={token.dep_} {opened}"


def _finite(token: Token) -> Iterator[str]:
    """The nearest finite verb above: its tense, how far it is, its subject; the conjunction between."""
    for steps, verb in enumerate(ancestors(token)):
        tense = _tense(verb)
        if not tense:
            continue
        yield f"finite={tense}"
        yield f"finite form={tense} {token.tag_}"
        yield f"finite steps={tense.split()[0]} {min(steps, 2)}"
        for subject in (t for t in verb.children if t.dep_ in SUBJECTS):
            name = subject.lower_ if subject.pos_ in {"PRON", "DET"} else subject.tag_
            yield f"finite subject={name}"
            yield f"finite subject={tense} {name}"
        break
    else:
        yield "finite=none"
    yield from _conjunction(token)


def _tense(verb: Token) -> str:
    helper = next((t for t in verb.children if t.dep_ in {"aux", "auxpass"} and t.tag_ in FINITE), None)
    if helper is not None:
        return f"MD {helper.lower_}" if helper.tag_ == "MD" else f"{helper.tag_} {helper.lemma_}"
    return verb.tag_ if verb.tag_ in FINITE else ""


def _conjunction(token: Token) -> Iterator[str]:
    for verb in ancestors(token):
        marks = [t.lower_ for t in verb.children if t.dep_ in {"mark", "advmod"} and t.i < verb.i]
        if marks:
            yield f"mark above={marks[-1]}"
            yield f"mark above={marks[-1]} {token.tag_}"
            return
        if verb.dep_ in {"ccomp", "relcl"}:
            return


def _sentence(token: Token) -> Iterator[str]:
    yield f"root={token.sent.root.tag_}"
    yield f"last={token.sent[-1].text if token.sent[-1].is_punct else 'word'}"
    yield from (f"word={t.lower_}" for t in token.sent if t.pos_ in {"ADV", "SCONJ", "INTJ", "DET"})


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in table("factuality_scale.tsv")}
