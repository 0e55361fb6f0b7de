"""The learned extractor: the network's readings, put right at their edges, with the rules where rules are certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reportedly.attribute.edges import touch
from reportedly.attribute.found import LIKELY, WEAK, Found, cues
from reportedly.attribute.page import Reading, paged
from reportedly.attribute.quotes import credited, floated, transcripts
from reportedly.attribute.readings import Reader, holds, reader_of, readings
from reportedly.attribute.vocabulary import is_cue
from reportedly.lexicon import words
from reportedly.model import Attribution, Options, Segmented, Span
from reportedly.models import is_present, load
from reportedly.segment import sentence_at

MODEL = "attribution-en"
THAT = re.compile(r"that,?\s+", re.IGNORECASE)
SAID = 2  # the fewest words before "Z quoted X as saying" that are what X said
SILENCE = re.compile(r"(?:\bno|\bnot|n['’]t|\bnever)\s+(?:even\s+)?mention", re.IGNORECASE)
BEFORE = re.compile(r"\bthat,?\s+$", re.IGNORECASE)
OPENED = re.compile(r"[“\"](?P<cue>[a-z]{2,}(?:ed|s)|said|told)(?: that)?\s+")
SPEAKER = re.compile(r"\b([Hh]e|[Ss]he|[Tt]hey|[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,4})\s$")
PASSIVE = re.compile(
    r"\s+(?:is|are|was|were|(?:has|have|had) been)\s+(?:\w+ly\s+|also\s+|still\s+|all\s+)?", re.IGNORECASE
)
OF_WHICH = re.compile(r"(?:all|any|both|each|many|most|much|none|part|some) of which", re.IGNORECASE)
CITED = re.compile(
    r"\b(?P<cue>citing|quoting) (?P<who>[^,.;:()“”\"\n]{3,120}?)"
    r"(?=[,.;:)\n]|$| (?:said|says|reported|reports|wrote|writes)\b)"
)
QUOTED = re.compile(
    r"(?<=[,”\"]) (?:(?P<by>[^,“”\"]{2,60}?) (?P<quoted>quoted|reported|cited) )?(?P<who>(?!by )[^“”\"]{2,100}?),? "
    r"(?P<passive>(?:is|was|were|has been|had been) quoted (?:by [^,.“”\"]{2,60}? )?)?as (?P<saying>saying|telling)"
    r"(?=[.,;]| by | on | in | at | late | earlier | to |\n|$)"
)
KNOWING = re.compile(r"\s(?:familiar|close|briefed|involved|aware|present|who|whom)\b.*")
BEHIND_HEAD = re.compile(r",|\s(?:of|in|on|at|by|with|between|for|to|that|which|from|against)\s")
UNUSUAL, UNUSUAL_INSIDE = (
    0.6,
    0.7,
)  # probability that a cue must have which the vocabulary lacks; set on development texts


def available() -> bool:
    """Whether the package carries the model and what runs it is installed."""
    return is_present(MODEL)


def reader(options: Options) -> Reader:
    """The package's model as a reader of texts, as sure of what it gives as the options ask."""
    return replace(reader_of(load(MODEL)), threshold=options.attribution_threshold)


def extract(segmented: Segmented, options: Options) -> tuple[Attribution, ...]:
    """The attributions of a report, inner ones too; contents without "that", each with its probability."""
    text, name = segmented.report.text, f"{MODEL} {load(MODEL).card['version']}"
    spoken = [as_reading(each) for each in (*transcripts(segmented), *credited(segmented))]
    found = afloat(segmented, readings(paged(text, segmented.quotations, segmented.sentences), reader(options), spoken))
    found = announced(segmented, [r for r in found if is_sure(text, r, options)])
    found += [*opened(segmented, found, options), *hearsay(segmented, found, options)]
    kept = [
        r
        for r in quoted_as(segmented, cited(segmented, found))
        if not (in_notice(segmented, r) or is_silence(text, r) or is_mute(text, r))
    ]
    return tuple(as_attribution(segmented, told_of(text, r), name) for r in kept)


def afloat(segmented: Segmented, found: Sequence[Reading]) -> list[Reading]:
    """The readings with quotations that have no cue given to whoever was quoted right before."""
    outer = [Found(Span(*r.cue), None, tuple(Span(*s) for s in r.content), 1, "") for r in found if r.within is None]
    grown = iter(floated(segmented, outer))
    return [
        r if r.within is not None else replace(r, content=tuple((s.start, s.end) for s in sorted(next(grown).content)))
        for r in found
    ]


def announced(segmented: Segmented, found: Sequence[Reading]) -> list[Reading]:
    """The readings whose cue ends its paragraph with a colon, with the quotation that opens the next one."""
    text, blocks = segmented.report.text, segmented.paragraphs
    opening = {q.span.start: (q.span.start, q.span.end) for q in segmented.quotations if not q.scare}
    out = list(found)
    for block, following in pairwise(blocks):
        here = [i for i, r in enumerate(out) if block.start <= r.cue[0] < block.end]
        last = max(here, key=lambda i: out[i].cue, default=None)
        new = opening.get(following.start)
        if last is None or new is None or text[out[last].cue[0] : block.end].rstrip()[-1:] != ":":
            continue
        bare = not re.search(r"\w", text[out[last].cue[1] : block.end])
        if bare and not any(touch(new, part) for r in out for part in (*r.content, r.cue)):
            out[last] = replace(out[last], content=(new,))
    return out


def is_sure(text: str, reading: Reading, options: Options) -> bool:
    """Whether the reading may be heard: one whose cue is no word of the vocabulary may be an act ("unveiled")."""
    cue = text[slice(*reading.cue)]
    likely = reading.probability >= (UNUSUAL if reading.within is None else UNUSUAL_INSIDE)
    return likely or not re.search(r"\w", cue) or is_cue(cue, options.lexicon)


def opened(segmented: Segmented, found: Sequence[Reading], options: Options) -> list[Reading]:
    """Quotations inside a content that open with a verb of saying behind its speaker: Osk “stressed the need ...”.

    The marks are the outer speaker's, who quotes the act of speech with its words.
    """
    text, out = segmented.report.text, []
    for quotation in (q.span for q in segmented.quotations if not q.scare):
        match = OPENED.match(text, quotation.start, quotation.end)
        speaker = SPEAKER.search(text, max(0, quotation.start - 60), quotation.start)
        inside = any(holds(r.content, (quotation.start, quotation.end)) for r in found)
        if not match or not speaker or not inside or not is_cue(match["cue"], options.lexicon):
            continue
        end = quotation.start + len(quotation.of(text).rstrip("”\"' ,."))
        if not any(touch(r.cue, match.span("cue")) for r in found) and match.end() < end:
            out.append(Reading(speaker.span(1), match.span("cue"), ((match.end(), end),), LIKELY))
    return out


def hearsay(segmented: Segmented, found: Sequence[Reading], options: Options) -> list[Reading]:
    """Sentences with a "reportedly" that the model has passed over: nobody's words, the sentence is the content."""
    known = [lemma for lemma, row in cues("adverb", options.lexicon).items() if row["certainty"] == "certain"]
    out = []
    for match in re.finditer(rf"\b(?:{'|'.join(known)})\b", segmented.report.text, re.IGNORECASE):
        sentence = sentence_at(segmented, match.start())
        taken = any(r.cue[0] <= match.start() < r.cue[1] or holds(r.content, match.span()) for r in found)
        if sentence and not taken:
            said = sentence.of(segmented.report.text).rstrip(".")
            out.append(Reading(None, match.span(), ((sentence.start, sentence.start + len(said)),), WEAK))
    return out


def cited(segmented: Segmented, found: Sequence[Reading]) -> list[Reading]:
    """The readings, X put right as a source in "Z, citing X, reported ...": X says what Z reports."""
    text, out = segmented.report.text, list(found)
    for match in CITED.finditer(text):
        sentence, cue, who = sentence_at(segmented, match.start()), match.span("cue"), match.span("who")
        if sentence is None or not _can_speak(match["who"]):
            continue
        outer = [r for r in found if r.source and sentence.start <= r.cue[0] < sentence.end and not touch(r.cue, cue)]
        told = [r.content for r in outer if not any(touch(part, match.span()) for part in r.content)]
        here = [r for r in out if touch(r.cue, cue)]
        if told and not any(r.source and touch(r.source, who) for r in here):
            out = [*(r for r in out if r not in here), Reading(who, cue, told[0], LIKELY)]
    return out


def quoted_as(segmented: Segmented, found: Sequence[Reading]) -> list[Reading]:
    """The readings, X put right as a source of what stands before "Z quoted X as saying", "X was quoted as saying"."""
    text, out = segmented.report.text, list(found)
    for match in QUOTED.finditer(text):
        sentence, cue, who = sentence_at(segmented, match.start()), match.span("saying"), match.span("who")
        if sentence is None or bool(match["by"]) == bool(match["passive"]):
            continue
        said = (sentence.start, sentence.start + len(text[sentence.start : match.start()].rstrip(" ,")))
        here = [r for r in out if touch(r.cue, match.span())]
        if len(text[slice(*said)].split()) < SAID or any(r.source and touch(r.source, who) for r in here):
            continue
        telling = ((who[0], cue[1]),) if match["by"] else ()  # Z's words are those of X and that X said them
        out = [replace(r, content=(said, *telling)) if r in here and r.source else r for r in out]
        out.append(Reading(who, cue, (said,), LIKELY))
    return out


def _can_speak(who: str) -> bool:
    """Whether what is cited is a name, a person, a body or a document, and no mere reason ("citing safety")."""
    head = BEHIND_HEAD.split(KNOWING.sub("", who), maxsplit=1)[0].split()
    noun = head[-1] if head else ""
    one = {noun, noun.removesuffix("s"), re.sub("ies$", "y", noun)}
    return noun[:1].isupper() or noun in ("people", "police", "media") or not one.isdisjoint(words("speakers.txt"))


def is_silence(text: str, reading: Reading) -> bool:
    """Whether a source is said to have passed over something: then it has said nothing."""
    return bool(SILENCE.search(text, *reading.cue))


def is_mute(text: str, reading: Reading) -> bool:
    """Whether the source is an event, an act or "all of which": it shows and says nothing ("the ratification")."""
    if reading.source is None:
        return False
    if OF_WHICH.fullmatch(text, *reading.source):
        return True
    head = BEHIND_HEAD.split(text[slice(*reading.source)], maxsplit=1)[0].split()
    return bool(head) and head[-1].islower() and head[-1] in words("silent.txt")


def told_of(text: str, reading: Reading) -> Reading:
    """The reading without a source that is only told of: "Houses were reported damaged" is said by nobody named."""
    source, cue = reading.source, reading.cue
    if source is None or text[slice(*cue)].lower() not in words("told_of.txt"):
        return reading
    if not PASSIVE.fullmatch(text, source[1], cue[0]):
        return reading
    return replace(reading, source=None, content=(source, *reading.content))


def as_reading(found: Found) -> Reading:
    """What a rule found, as a reading."""
    cue = found.cue or found.content[0]
    source = (found.source.start, found.source.end) if found.source else None
    return Reading(source, (cue.start, cue.end), tuple((s.start, s.end) for s in found.content), found.chance)


def in_notice(segmented: Segmented, reading: Reading) -> bool:
    """Whether the cue stands in a line about the text itself (a credit, a byline)."""
    return any(note.span.start <= reading.cue[0] < note.span.end for note in segmented.report.notices)


def as_attribution(segmented: Segmented, reading: Reading, made_by: str) -> Attribution:
    """A reading as a record."""
    text = segmented.report.text
    return Attribution(
        id="",
        report=segmented.report.id,
        content=tuple(Span(*without_that(text, span)) for span in reading.content),
        source=Span(*reading.source) if reading.source else None,
        cue=Span(*reading.cue),
        probability=round(reading.probability, 4),
        made_by=made_by,
    )


def without_that(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span without a "that" at its start.

    >>> without_that("said that it rained", (5, 19))
    (10, 19)
    """
    match = THAT.match(text, *span)
    return (match.end() if match and match.end() < span[1] else span[0]), span[1]


def with_that(text: str, span: Span) -> Span:
    """The span begun at a "that" right before it, as PolNeAR has it.

    >>> with_that("said that it rained", Span(10, 19))
    Span(start=5, end=19)
    """
    match = BEFORE.search(text, max(0, span.start - 8), span.start)
    return Span(match.start(), span.end) if match else span
