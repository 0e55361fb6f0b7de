"""Attributions in the passive voice and those that pass a word on: "quoted as saying", "claimed by", "citing"."""

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from reportedly.attribute.clauses import phrase, range_of, trimmed
from reportedly.attribute.found import CERTAIN, LIKELY, WEAK, Found, cues
from reportedly.attribute.voices import reduced
from reportedly.lexicon import Row, words
from reportedly.model import Options, Segmented, Span
from reportedly.segment import sentence_at

QUOTING = ("quote", "cite")


def passive(segmented: Segmented, doc: Doc, options: Options) -> Iterator[Found]:
    """What verbs without an active subject report."""
    known = cues("verb", options.lexicon)
    for token in doc:
        if token.tag_ not in ("VBN", "VBG", "VBD") or token.lemma_.lower() not in known:
            continue
        sentence = sentence_at(segmented, token.idx)
        found = sentence and _passive(token, sentence, segmented, known)
        if found:
            yield found


def _passive(verb: Token, sentence: Span, segmented: Segmented, known: Mapping[str, Row]) -> Found | None:
    text = segmented.report.text
    if asked := _asked(verb, text):
        return asked
    if saying := _saying(verb):
        return _quoted_as(verb, saying, sentence, segmented)
    agent = next((c for c in verb.children if c.dep_ == "agent"), None)
    speaker = next((c for c in agent.children if c.dep_ == "pobj"), None) if agent is not None else None
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    row = known[verb.lemma_.lower()]
    if agent is not None and speaker is not None and verb.i < agent.i <= verb.i + 2:
        relays = "relay" in row["frame"].split()
        return _by(verb, agent, speaker, relays, sentence, text) if row["certainty"] == "certain" else None
    if subject is not None and "hearsay" in row["frame"].split() and agent is None:
        return _nobody(verb, subject, text)
    return None


def _asked(verb: Token, text: str) -> Found | None:
    """ "Asked whether ..., he said": a question by nobody in particular."""
    if verb.lemma_ != "ask" or verb.dep_ != "advcl" or any(c.dep_ in ("nsubj", "aux") for c in verb.children):
        return None
    clause = next((c for c in verb.children if c.dep_ in ("ccomp", "advcl", "xcomp") and c.i > verb.i), None)
    content = trimmed(text, range_of(clause.subtree)) if clause is not None else None
    return Found(range_of([verb]), None, (content,), LIKELY, "asked") if content else None


def _saying(verb: Token) -> Token | None:
    """The "saying" of "quoted as saying"."""
    if verb.lemma_ not in QUOTING:
        return None
    links = [c for c in verb.children if c.dep_ == "prep" and c.lower_ == "as"]
    return next((c for link in links for c in link.children if c.dep_ == "pcomp"), None)


def _quoted_as(verb: Token, saying: Token, sentence: Span, segmented: Segmented) -> Found | None:
    """Whoever is quoted says it."""
    text = segmented.report.text
    subject = next((c for c in verb.children if c.dep_ in ("nsubjpass", "dobj")), None)
    if subject is None and verb.dep_ in ("acl", "relcl"):
        subject = verb.head
    quoted = tuple(q.span for q in segmented.quotations if sentence.holds(q.span) and not q.scare)
    clause = next((c for c in saying.children if c.dep_ == "ccomp" and c.i > saying.i), None)
    said = trimmed(text, range_of(clause.subtree)) if clause is not None else None
    content = (said,) if said else quoted
    if subject is None or not content:
        return None
    cue = range_of([saying]) if subject.dep_ == "dobj" else range_of([verb, saying])
    return Found(cue, phrase(subject), content, CERTAIN, "quoted-as")


def _by(verb: Token, agent: Token, speaker: Token, relays: bool, sentence: Span, text: str) -> Found | None:
    """ "The attack was claimed by X": the subject is what X speaks of; "..., cited by X": all that stands before."""
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    marked = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ == "as"), None)
    cue = range_of([marked, agent] if marked is not None else [verb, agent])
    if subject is not None:
        clauses = [c for c in verb.children if c.dep_ in ("xcomp", "oprd", "ccomp") and c.i > verb.i]
        parts = [phrase(subject), *(range_of(c.subtree) for c in clauses)]
    elif relays and (marked is not None or _comma(verb)):
        noun = marked is not None and verb.head.pos_ in ("NOUN", "PROPN")
        parts = [Span(verb.head.left_edge.idx if noun else sentence.start, cue.start)]
    elif reduced(verb) and _remark(verb.head):
        parts = [Span(sentence.start, verb.head.left_edge.idx)]
    else:
        return None
    content = tuple(good for part in parts if (good := trimmed(text, part)))
    return Found(cue, phrase(speaker), content, LIKELY, "by") if content else None


def _remark(noun: Token) -> bool:
    """Whether a noun behind a comma takes up what stands before: "..., a claim denied by Z"."""
    first = noun.left_edge
    return noun.lemma_.lower() in cues("noun") and first.i > first.sent.start and first.doc[first.i - 1].text == ","


def _comma(verb: Token) -> bool:
    return verb.i > 0 and verb.doc[verb.i - 1].text == ","


def _nobody(verb: Token, subject: Token, text: str) -> Found | None:
    """ "The house is believed to be empty": said by nobody in particular."""
    clause = next((c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i), None)
    infinite = clause is not None and any(c.dep_ in ("aux", "auxpass", "mark") for c in clause.children)
    if clause is None or not infinite or subject.lower_ in ("i", "we", "you"):
        return None
    said = trimmed(text, range_of(clause.subtree))
    parts = (said,) if subject.lower_ == "it" and clause.dep_ == "ccomp" else (phrase(subject), said)
    return Found(range_of([verb]), None, tuple(part for part in parts if part), WEAK, "hearsay")


def citing(segmented: Segmented, doc: Doc, found: Sequence[Found]) -> Iterator[Found]:
    """ "..., citing X" and "Z, citing X, reported ...": X says what the sentence, or Z, reports."""
    text = segmented.report.text
    for token in doc:
        if token.tag_ != "VBG" or token.lemma_ not in QUOTING:
            continue
        whom = next((c for c in token.children if c.dep_ == "dobj"), None)
        sentence = sentence_at(segmented, token.idx)
        if whom is None or sentence is None or _saying(token) or not _speaker(whom):
            continue
        cue, source = range_of([token]), phrase(whom)
        outer = [one for one in found if one.cue and sentence.holds(one.cue) and one.cue != cue and one.source]
        told = [one for one in outer if not any(part.touches(cue) for part in one.content)]
        content = told[0].content if told else tuple(filter(None, [trimmed(text, Span(sentence.start, cue.start))]))
        if content and not any(part.touches(source) for part in content):
            yield Found(cue, source, content, CERTAIN, "citing")


def _speaker(word: Token) -> bool:
    """Whether what is cited can speak: a name, a person, a body, a document; no mere reason."""
    named = word.pos_ == "PROPN" or word.lemma_.lower() in words("speakers.txt")
    return named and word.doc[word.left_edge.i].text[0] not in "“\"'‘"
