"""Which words of a parsed sentence are whose: noun phrases, clauses, sources of a verb."""

import re
from collections.abc import Iterable, Iterator, Mapping

from spacy.tokens import Doc, Token

from reportedly.lexicon import Row, words
from reportedly.model import Span

DASHES = (",", ";", ":", "—", "–", "-", "--")
UPWARD = ("conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "dep", "parataxis", "aux", "acomp", "attr")
_TRIM_LEFT = re.compile(r"[\s,;:—–-]*(?:that\s+)?")


def range_of(tokens: Iterable[Token]) -> Span:
    """From the first to the last of some tokens."""
    held = sorted(tokens, key=lambda token: token.i)
    return Span(held[0].idx, held[-1].idx + len(held[-1]))


def trimmed(text: str, span: Span) -> Span | None:
    """A content without "that", outer blanks, commas and its final stop; None when nothing is left."""
    left = _TRIM_LEFT.match(text, span.start, span.end)
    start = left.end() if left else span.start
    part = text[start : span.end].rstrip()
    part = re.sub(r"(?<!\b[A-Z])[\s,;:—–-]+$|(?<![.\b][A-Za-z])(?<!\.)\.$", "", part) if part else part
    return Span(start, start + len(part)) if re.search(r"\w", part) else None


def phrase(head: Token) -> Span:
    """A noun phrase with title and apposition, without a clause that hangs on it after a comma."""
    cut = head.doc[head.right_edge.i].i + 1
    for token in head.subtree:
        if token.i > head.i and _breaks(token):
            cut = min(cut, token.left_edge.i)
    kept = [token for token in head.subtree if token.i < cut and not token.is_space]
    while len(kept) > 1 and _loose(kept[-1]):
        kept.pop()
    while len(kept) > 1 and kept[0].text in DASHES:
        kept.pop(0)
    return range_of(kept)


def _loose(token: Token) -> bool:
    """Whether a last word does not belong to the phrase."""
    return (token.is_punct and token.text not in "”\"’')]") or token.lower_ in ("and", "who", "which")


def _breaks(token: Token) -> bool:
    """Whether a clause inside a noun phrase is said of it in passing."""
    if token.dep_ not in ("relcl", "acl", "advcl", "parataxis"):
        return False
    first = token.left_edge
    behind = first.i > 0 and token.doc[first.i - 1].text in (",", "—", "–")
    return behind or (token.dep_ == "relcl" and first.lower_ == "which")


def source_of(verb: Token) -> Token | None:
    """The head word of whoever does what the verb says: its own subject, or one that it shares."""
    seen = set[int]()
    at = verb
    while at.i not in seen:
        seen.add(at.i)
        if own := _subject(at):
            return _behind(own, at)
        reduced = at is verb and at.tag_ == "VBN" and at.dep_ in ("advcl", "acl") and not _perfect(at)
        if reduced or _passive(at):
            return None
        if at.dep_ in ("acl", "relcl") and at.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return _carrier(at.head) if at.tag_ != "VBN" else None
        if at.dep_ not in UPWARD:
            return None
        if at.dep_ == "ccomp" and at.tag_ not in ("VB", "VBG", "VBN"):
            return None
        at = at.head
    return None


def _carrier(noun: Token) -> Token:
    """Who speaks through a message: "Kim posted a message blaming ..." is Kim's."""
    told = noun.dep_ == "dobj" and noun.lemma_.lower() in words("documents.txt")
    return (source_of(noun.head) or noun) if told else noun


def _subject(verb: Token) -> Token | None:
    if _passive(verb):
        agents = [
            one for child in verb.children if child.dep_ == "agent" for one in child.children if one.dep_ == "pobj"
        ]
        return agents[0] if agents else None
    return next((child for child in verb.children if child.dep_ == "nsubj"), None)


def _perfect(verb: Token) -> bool:
    return any(child.dep_ == "aux" for child in verb.children)


def _passive(verb: Token) -> bool:
    return any(child.dep_ in ("nsubjpass", "auxpass", "agent", "expl") for child in verb.children)


def _behind(subject: Token, verb: Token) -> Token:
    """Who stands behind a relative pronoun."""
    if verb.dep_ == "relcl" and subject.lower_ in ("who", "which", "that"):
        return verb.head
    return subject


def inside(doc: Doc, span: Span) -> Iterator[Token]:
    """The tokens of a span of the text."""
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    yield from found or ()


def speaker_above(verb: Token, known: Mapping[str, Row]) -> Token | None:
    """Whose act a participle behind a comma is ("..., adding that"): that of the reporting verb above it."""
    if verb.tag_ != "VBG" or verb.i == 0 or verb.doc[verb.i - 1].text != ",":
        return None
    for above in verb.ancestors:
        own = _subject(above)
        if own is not None and above.lemma_.lower() in known and above.i < verb.i:
            return _behind(own, above)
    return None
