"""Clauses of a parsed report: the shortest stretch of words that carries a verb or a noun with what belongs to it."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from reportedly.model import Span

LEFT_OUT = {"conj", "cc", "advcl", "parataxis", "mark", "preconj", "discourse", "intj", "dep", "punct"}
CLAUSAL = {"ROOT", "conj", "advcl", "relcl", "acl", "ccomp", "xcomp", "pcomp", "csubj", "csubjpass", "parataxis"}
OPENING = {"prep", "advmod", "npadvmod"}
EDGE = " \n\t,.;:!?-–—\"'“”‘’()[]"
LONG = 90
KEPT = 25
ASIDE = 40  # code points of an aside from which on the subject stands too far from its verb
CUT = {"prep", "relcl", "acl", "advmod", "npadvmod", "appos", "ccomp"}


def is_verb(token: Token) -> bool:
    """Whether the token heads a clause: a verb, or a form of "be" that is no auxiliary; no noun taken for a verb."""
    if token.tag_ == "VBZ" and token.dep_ in {"nsubj", "nsubjpass"}:
        return False  # "the attack drones are ..."
    return token.pos_ == "VERB" or (token.pos_ == "AUX" and token.dep_ not in {"aux", "auxpass"})


def clause_head(token: Token) -> Token:
    """The nearest verb above (or at) a token."""
    while not is_verb(token) and token.head.i != token.i:
        token = token.head
    return token


def ancestors(token: Token) -> Iterator[Token]:
    """The token, its head, the head's head, to the root of the sentence."""
    yield token
    while token.head.i != token.i:
        token = token.head
        yield token


def reach(head: Token, left_out: frozenset[str] = frozenset(LEFT_OUT)) -> tuple[int, int]:
    """First and last token of a head with what belongs to it; stops at children that are left out, on either side."""
    first = last = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ in left_out - {"punct"}:
            break
        first = child.left_edge.i
    for child in head.rights:
        if child.dep_ in left_out - {"punct"}:
            break
        last = child.right_edge.i
    return first, last


def clause(head: Token) -> tuple[int, int]:
    """First and last token of a verb's clause; a participle behind its noun takes the noun along."""
    first, last = reach(head)
    if head.dep_ == "acl" and head.head.i < head.i and head.doc[head.left_edge.i - 1].text != ",":
        first = reach(head.head)[0]
    return first, last


def shortened(doc: Doc, first: int, last: int, keep: int) -> tuple[int, int]:
    """Without the modifiers at its end, the largest first, while it is long; `keep` is a token that stays in."""
    first = _without_opening(doc, first, last, keep)
    while doc[last].idx + len(doc[last]) - doc[first].idx > LONG:
        tails = [t for t in doc[first : last + 1] if t.dep_ in CUT and t.right_edge.i >= last]
        tails = [t for t in tails if t.left_edge.i > max(keep, first) and t.left_edge.idx - doc[first].idx >= KEPT]
        if not tails:
            break
        last = min(t.left_edge.i for t in tails) - 1
    return first, _without_aside(doc, first, last, keep)


def _without_aside(doc: Doc, first: int, last: int, keep: int) -> int:
    """Where a clause ends before what a comma adds to its last noun ("rejected the report, which names the mine")."""
    asides = [t.left_edge.i for t in doc[keep + 1 : last + 1] if t.dep_ == "relcl" and t.right_edge.i >= last]
    cuts = [at - 2 for at in asides if at - 2 > max(first, keep) and doc[at - 1].text == ","]
    return min([last, *cuts])


def _without_opening(doc: Doc, first: int, last: int, keep: int) -> int:
    """Where a long clause begins behind an adverbial that opens it ("At dawn on Friday, ...")."""
    opening = doc[first]
    while (
        opening.head.i != opening.i
        and opening.head.left_edge.i == first
        and opening.head.dep_ in {"prep", "advmod", "npadvmod"}
    ):
        opening = opening.head
    after = opening.right_edge.i + 1
    long = doc[last].idx + len(doc[last]) - doc[first].idx > LONG
    if long and opening.dep_ in OPENING and after < keep and doc[after].text == ",":
        return after + 1
    return first


def stem(head: Token) -> int:
    """The last word without which a clause says nothing: the verb, with "be" what it says of its subject."""
    if head.lemma_.lower() != "be":
        return head.i
    said = next((t for t in head.rights if t.dep_ in {"acomp", "attr", "prep", "oprd"}), None)
    if said is None:
        return head.i
    return next((t.i for t in said.children if t.dep_ == "pobj"), said.i)


def past_long_subject(head: Token, first: int, figure: Token | None) -> int:
    """Where a clause begins without a subject that a long aside follows ("the baker, who ..., died")."""
    subject = next((t for t in head.lefts if t.dep_ in {"nsubj", "nsubjpass"} and t.left_edge.i >= first), None)
    if subject is None or not is_verb(head) or (figure is not None and figure.i <= subject.right_edge.i):
        return first
    asides = [t.left_edge for t in subject.rights if t.dep_ in {"relcl", "appos", "acl"}]
    far = [t for t in asides if t.nbor(-1).text == "," and head.idx - t.idx >= ASIDE]
    if not far and (not asides or head.idx - subject.left_edge.idx < LONG):
        return first
    return next((t.i for t in head.lefts if t.i > subject.right_edge.i and not t.is_punct), head.i)


def phrase(noun: Token) -> tuple[int, int]:
    """First and last token of a noun with its modifiers, without what is coordinated or apposed."""
    return reach(noun, frozenset({"conj", "cc", "appos", "punct", "parataxis", "dep"}))


def span_of(doc: Doc, first: int, last: int) -> Span:
    """The characters of two tokens and all between."""
    return Span(doc[first].idx, doc[last].idx + len(doc[last].text))


def trimmed(span: Span, text: str) -> Span:
    """Without blanks, stops and quotation marks at its edges."""
    start, end = span.start, span.end
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return Span(start, end)


def within(span: Span, limits: tuple[Span, ...], at: int) -> Span | None:
    """The part of a span that lies in the one of `limits` that holds the offset `at`; all of it without limits."""
    if not limits:
        return span
    for limit in limits:
        if limit.start <= at < limit.end:
            return Span(max(span.start, limit.start), min(span.end, limit.end))
    return None


def root_of(doc: Doc, span: Span) -> Token | None:
    """The token of a span whose head lies outside of it; None for a span without a token."""
    tokens = tokens_of(doc, span)
    for token in tokens:
        if token.head.i == token.i or not span.start <= token.head.idx < span.end:
            return token
    return tokens[0] if tokens else None


def tokens_of(doc: Doc, span: Span) -> list[Token]:
    """The tokens that lie in a span of characters, blanks left out."""
    if span.end <= span.start:
        return []
    found = doc.char_span(span.start, span.end, alignment_mode="expand")
    return [t for t in found or () if not t.is_space]
