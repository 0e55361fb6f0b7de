"""Attributions whose cue is no verb: "according to", "reportedly", nouns with a clause, colons of headlines."""

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Token

from reportedly.attribute.clauses import phrase, range_of, source_of, trimmed
from reportedly.attribute.found import CERTAIN, LIKELY, WEAK, Found, cues
from reportedly.attribute.voices import caused, lends, silent
from reportedly.lexicon import words
from reportedly.model import Options, Segmented, Span
from reportedly.segment import sentence_at

VIEWS = ("view", "views", "opinion", "telling", "reckoning", "estimation")
OVER = ("over", "about", "for", "of", "at", "with", "against")

_REMARK = re.compile(r"\s*,\s+(?:which|who|whose)\b[^,]*,")
_HEADLINE = re.compile(r"(?P<left>.+?)\s*(?P<colon>[:–—])\s+(?P<right>.+)")


def phrasal(segmented: Segmented, doc: Doc, options: Options) -> Iterator[Found]:
    """What phrases other than verbs report."""
    yield from accordings(segmented, doc, options)
    yield from views(segmented, doc)
    yield from attitudes(segmented, doc, options)
    yield from hearsay(segmented, doc, options)
    yield from nouns(segmented, doc, options)
    yield from headlines(segmented)


def accordings(segmented: Segmented, doc: Doc, options: Options) -> Iterator[Found]:
    """ "According to KCNA, ...", "in the words of ..." before, behind and inside of their clause."""
    text = segmented.report.text
    for found in _prepositions(options.lexicon).finditer(text):
        span = doc.char_span(*found.span(), alignment_mode="expand")
        sentence = sentence_at(segmented, found.start())
        whom = next((c for c in span[-1].children if c.dep_ == "pobj"), None) if span else None
        if span is None or whom is None or sentence is None:
            continue
        source, cue = phrase(whom), Span(*found.span())
        content = tuple(c for part in _told(span[0], cue, source, sentence, text) if (c := trimmed(text, part)))
        if content:
            yield Found(cue, source, content, CERTAIN, "according")


@lru_cache(maxsize=4)
def _prepositions(folder: str | None) -> re.Pattern[str]:
    """Any of the prepositions of the lexicon that are certain."""
    known = [lemma for lemma, row in cues("preposition", folder).items() if row["certainty"] == "certain"]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, known))})\b", re.IGNORECASE)


def _told(token: Token, cue: Span, source: Span, sentence: Span, text: str) -> list[Span]:
    """The clause that "according to" belongs to, without the phrase itself."""
    if not re.search(r"\w", text[sentence.start : cue.start]) or _opens(text, sentence, cue):
        remark = _REMARK.match(text, source.end, sentence.end)
        return [Span(remark.end() if remark else source.end, sentence.end)]
    head = next((t for t in (token, *token.ancestors) if t.pos_ in ("VERB", "AUX") and t.i != token.i + 1), token.head)
    start = sentence.start
    if head.dep_ == "conj" and any(c.dep_ in ("nsubj", "nsubjpass") for c in head.children):
        start = head.left_edge.idx
    named = token.head.head if token.lower_ == "as" else token.head
    if named.pos_ in ("NOUN", "PROPN") and named.i < token.i and token.lower_ == "as":
        return [Span(named.left_edge.idx, cue.start)]
    rest = text[source.end : sentence.end]
    resumes = re.match(r"\s*,?\s*\w", rest) and _resumes(head, source, sentence)
    tail = [Span(source.end, sentence.end)] if resumes else []
    return [Span(start, cue.start), *tail]


def _opens(text: str, sentence: Span, cue: Span) -> bool:
    """Whether only a few words and a comma stand before the phrase ("But, according to ...")."""
    before = text[sentence.start : cue.start]
    return len(before.split()) <= 2


def _resumes(head: Token, source: Span, sentence: Span) -> bool:
    """Whether the clause goes on behind the phrase: its verb is still to come."""
    return source.end < head.idx < sentence.end


def views(segmented: Segmented, doc: Doc) -> Iterator[Found]:
    """ "In his view, ...", "in the union's opinion"."""
    text = segmented.report.text
    for noun in doc:
        owner = next((c for c in noun.children if c.dep_ == "poss"), None)
        link, sentence = noun.head, sentence_at(segmented, noun.idx)
        if noun.lower_ not in VIEWS or owner is None or sentence is None or link.lower_ != "in":
            continue
        whole = range_of([link, noun])
        content = tuple(c for part in _told(link, whole, whole, sentence, text) if (c := trimmed(text, part)))
        if content and owner.lower_ not in ("my", "our", "your"):
            yield Found(range_of([noun]), phrase(owner), content, LIKELY, "view")


def attitudes(segmented: Segmented, doc: Doc, options: Options) -> Iterator[Found]:
    """ "The bank is sceptical that ...": an adjective with a clause."""
    known = cues("adjective", options.lexicon)
    for token in doc:
        if token.lower_ not in known or token.dep_ != "acomp":
            continue
        told = next((c for c in token.children if c.dep_ == "ccomp" and c.i > token.i), None)
        who = source_of(token.head)
        content = trimmed(segmented.report.text, range_of(told.subtree)) if told is not None else None
        if content and who is not None and who.lower_ not in ("i", "we", "you", "it", "this", "that"):
            yield Found(range_of([token]), phrase(who), (content,), LIKELY, "attitude")


def hearsay(segmented: Segmented, doc: Doc, options: Options) -> Iterator[Found]:
    """ "reportedly" and the like: nobody's words; the clause is the content and holds the cue."""
    text = segmented.report.text
    known = cues("adverb", options.lexicon)
    for token in doc:
        row = known.get(token.lower_)
        if not row or row["certainty"] != "certain" or token.head.pos_ not in ("VERB", "AUX"):
            continue
        verb = token.head
        content = trimmed(text, _clause(verb))
        if content:
            yield Found(range_of([token]), None, (content,), LIKELY, "adverb")


def _clause(verb: Token) -> Span:
    """The clause of a verb without those joined to it that have a subject of their own."""
    joined = [
        c for c in verb.children if c.dep_ == "conj" and any(o.dep_ in ("nsubj", "nsubjpass") for o in c.children)
    ]
    last = min((c.left_edge.i for c in joined if c.i > verb.i), default=verb.right_edge.i + 1)
    kept = [t for t in verb.subtree if t.i < last]
    while len(kept) > 1 and (kept[-1].is_punct or kept[-1].dep_ == "cc"):
        kept.pop()
    return range_of(kept)


def nouns(segmented: Segmented, doc: Doc, options: Options) -> Iterator[Found]:
    """Nouns with a clause of their own ("the claim that ...") or a light verb ("raised concerns over")."""
    text = segmented.report.text
    known, sayings = cues("noun", options.lexicon), _sayings(options.lexicon)
    verbs = cues("verb", options.lexicon)
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN"):
            continue
        governed = token.dep_ == "dobj"
        fixed = sayings.get((token.head.lemma_.lower(), token.lemma_.lower())) if governed else None
        if fixed is None and token.lemma_.lower() not in known:
            continue
        carried = fixed is not None or (governed and token.head.lemma_.lower() in words("light.txt"))
        if not carried and (lends(token, verbs) or (governed and token.head.lemma_.lower() in verbs)):
            continue
        told = _told_of(token, carried)
        content = trimmed(text, told) if told else None
        if content is None:
            continue
        cue, source = _noun_cue(token, carried, fixed or "")
        if source and carried and caused(token.head, verbs):
            source = None
        yield Found(cue, source, (content,), LIKELY if carried else WEAK, "light" if carried else "noun")


@lru_cache(maxsize=4)
def _sayings(folder: str | None) -> dict[tuple[str, str], str]:
    """Fixed phrases ("claim responsibility for") by verb and noun; the preposition that belongs to each."""
    parts = [(*lemma.split(), "")[:3] for lemma in cues("phrase", folder) if 2 <= len(lemma.split()) <= 3]
    return {(verb, noun.removesuffix("s") if verb != "be" else noun): link for verb, noun, link in parts}


def _told_of(noun: Token, carried: bool) -> Span | None:
    """The clause or the object of a reporting noun."""
    clause = next((c for c in noun.children if _stated(c, noun)), None)
    if clause is not None:
        return range_of(clause.subtree)
    if not carried:
        return None
    links = [c for c in (*noun.children, *noun.head.children) if c.dep_ == "prep" and c.lower_ in OVER and c.i > noun.i]
    objects = [o for link in links[:1] for o in link.children if o.dep_ in ("pobj", "pcomp")]
    return phrase(objects[0]) if objects else None


def _stated(clause: Token, noun: Token) -> bool:
    if clause.i < noun.i or clause.dep_ not in ("acl", "ccomp", "relcl"):
        return False
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children)


def _noun_cue(noun: Token, carried: bool, link: str) -> tuple[Span, Span | None]:
    """The cue, with the light verb that carries it, and whose it is."""
    if carried:
        verb = noun.head
        who = source_of(verb)
        after = noun.doc[min(noun.i + 1, len(noun.doc) - 1)]
        last = after if link and after.lower_ == link else noun
        named = who is not None and who.lower_ not in ("i", "we", "it", "this", "that") and not silent(who)
        return range_of([verb, last]), phrase(who) if who is not None and named else None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None and owner.lower_ not in ("my", "our", "your"):
        return range_of([noun]), phrase(owner)
    by = [o for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from", "among") for o in c.children]
    return range_of([noun]), phrase(by[0]) if by and by[0].dep_ == "pobj" else None


def headlines(segmented: Segmented) -> Iterator[Found]:
    """Headlines that name their source behind or before a colon."""
    text, head = segmented.report.text, segmented.headline
    found = _HEADLINE.fullmatch(text, head.start, head.end) if head else None
    if not found:
        return
    colon = Span(*found.span("colon"))
    left, right = Span(*found.span("left")), Span(*found.span("right"))
    if len(right.of(text).split()) <= 4 and len(left.of(text).split()) >= 4:
        yield Found(colon, trimmed(text, right), (left,), LIKELY, "headline")
    elif found["colon"] == ":" and len(left.of(text).split()) <= 4 and len(right.of(text).split()) >= 3:
        content = trimmed(text, right)
        if content and left.of(text).casefold().split()[0] not in words("shouts.txt"):
            yield Found(colon, left, (content,), LIKELY, "headline")
