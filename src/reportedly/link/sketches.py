"""What comparing needs of one report, made once: word vectors, shingles of its own words, quotations, keys."""

import datetime
import heapq
import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reportedly import lexicon
from reportedly.link.names import Vector, stem, vector, weight, words
from reportedly.model import Findings, Quotation, Report, Span

SHINGLE = 18
"""Letters and digits in a shingle: three or four words, with or without the blanks between."""

LEAD_WORDS = 80
TELLING = 2.0
"""The weight from which on a word of the lead counts: words in fewer than one text of seven."""
_KEYS = {"copy": 24, "term": 10, "quotation": 6}
_MARK = re.compile("``|''|[\"\u201c\u201d\u201f]")
_LONGEST = 1500  # code points between two quotation marks that still belong together
_SENTENCE = re.compile(r"[^\n.!?]+[.!?]*")
_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[^\W_]+|[.!?\n]")
_STOPS = frozenset(".!?\n")
_FURNITURE = 240  # the longest sentence of site text
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTH = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b"
)
_WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


class Quoted(NamedTuple):
    """The words inside one pair of quotation marks and where they stand."""

    span: Span
    words: tuple[str, ...]


class Shingles(NamedTuple):
    """Hashes of every run of SHINGLE letters of a report's own words, in text order, and where each letter stands.

    `ordered` are the same, sorted, each once; `sample` about one in sixteen of them.
    """

    hashes: NDArray[np.uint32]
    ordered: NDArray[np.uint32]
    places: NDArray[np.int32]
    sample: frozenset[int]


class Weighed(NamedTuple):
    """A set of words and what they weigh together."""

    words: frozenset[str]
    weight: float


class Sketch(NamedTuple):
    """One report as comparing sees it; `size` counts its words."""

    id: str
    date: datetime.date | None
    size: int
    words: Vector
    terms: tuple[str, ...]
    lead: Weighed
    names: Vector
    figures: Vector
    years: frozenset[str]
    months: frozenset[str]
    weekdays: frozenset[str]
    shingles: Shingles
    quoted: tuple[Quoted, ...]


def sketch(findings: Findings) -> Sketch:
    """The sketch of a report, kept for the next comparison."""
    return _sketch(findings.report, findings.quotations)


def keys(findings: Findings) -> tuple[str, ...]:
    """At most 60 keys under which a report is kept: what shares one is worth comparing, what shares more, more so.

    Copied text: the lowest shingle hashes. Quotations: each long one's rarest words. Stories: the weightiest words, by
    two overlapping fortnights where the report has a date, so that days 14 or fewer apart share one.
    """
    own = sketch(findings)
    return (*_text_keys(own), *(f"t:{term}@{when}" for term in own.terms for when in _kept(own.date)))


def searched(findings: Findings) -> tuple[str, ...]:
    """The keys to look others up by: a dated report passes over those of other fortnights, not over the undated."""
    own = sketch(findings)
    when = (*_kept(own.date)[:2], "undated") if own.date else ("ever",)
    return (*_text_keys(own), *(f"t:{term}@{each}" for term in own.terms for each in when))


def _text_keys(own: Sketch) -> Iterator[str]:
    """The lowest shingle hashes, and the rarest words of the first long quotations."""
    yield from (f"c:{value:x}" for value in own.shingles.ordered[: _KEYS["copy"]].tolist())
    long = [each.words for each in own.quoted if len(each.words) >= 6][: _KEYS["quotation"]]
    yield from dict.fromkeys(f"q:{' '.join(_rarest(each, 4))}" for each in long)


def _terms(found: Vector) -> tuple[str, ...]:
    """The weightiest words."""
    top = heapq.nsmallest(_KEYS["term"], ((-value, word) for word, value in found.items()))
    return tuple(word for _, word in top)


def _kept(date: datetime.date | None) -> tuple[str, ...]:
    if date is None:
        return ("ever", "undated")
    fortnight = date.toordinal() // 14
    return (str(fortnight), str(fortnight + 1), "ever")


def _rarest(quoted: tuple[str, ...], n: int) -> list[str]:
    return sorted(sorted(set(quoted), key=lambda word: (-weight(word), word))[:n])


@lru_cache(maxsize=8192)
def _sketch(report: Report, quotations: tuple[Quotation, ...]) -> Sketch:
    text = report.text
    quoted = tuple(_quoted(text, quotations))
    taken = [each.span for each in quoted] + list(furniture(text)) + [each.span for each in report.notices]
    everything = words(text)
    weighted = vector(everything)
    return Sketch(
        id=report.id,
        date=report.date,
        size=len(everything),
        words=weighted,
        terms=_terms(weighted),
        lead=_weighed(everything[:LEAD_WORDS]),
        names=vector(named(text)),
        figures=_figures(text),
        years=frozenset(_YEAR.findall(text)),
        months=frozenset(month[:3] for month in _MONTH.findall(text)),
        weekdays=frozenset(day[:3] for day in _WEEKDAY.findall(text)),
        shingles=shingled(text, taken),
        quoted=quoted,
    )


def _weighed(found: list[str]) -> Weighed:
    telling = frozenset(word for word in found if weight(word) >= TELLING)
    return Weighed(telling, math.fsum(map(weight, telling)))


def named(text: str) -> list[str]:
    """Capitalised words inside sentences (lines in title case left out), lower case."""
    found: list[str] = []
    for tokens in _sentences(text):
        capital = [token for token in tokens if token[0].isupper()]
        if len(tokens) <= 3 or len(capital) <= 0.6 * len(tokens):
            first = capital and capital[0] is tokens[0]
            found += [stem(token.lower()) for token in capital[bool(first) :] if len(token) > 1]
    return found


def _sentences(text: str) -> Iterator[list[str]]:
    """The words of each sentence, roughly: up to a full stop or a line end."""
    tokens: list[str] = []
    for token in _TOKEN.findall(text):
        if token in _STOPS:
            yield tokens
            tokens = []
        else:
            tokens.append(token)
    yield tokens


def furniture(text: str) -> Iterator[Span]:
    """Sentences that belong to the site, not to the report."""
    lower = text.lower()
    if len(lower) != len(text):
        return
    found = [lower.find(phrase) for phrase in lexicon.words("furniture.txt") if phrase in lower]
    if not found:
        return
    phrases = _phrases()
    for sentence in _SENTENCE.finditer(lower, max(0, min(found) - _FURNITURE)):
        if sentence.end() - sentence.start() <= _FURNITURE and phrases.search(sentence[0]):
            yield Span(sentence.start(), sentence.end())


def shingled(text: str, taken: list[Span]) -> Shingles:
    """The shingles of the letters and digits outside the spans that are taken out."""
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    codes = np.where((codes >= 65) & (codes <= 90), codes + np.uint32(32), codes)
    wanted = ((codes >= 97) & (codes <= 122)) | ((codes >= 48) & (codes <= 57)) | ((codes >= 0xC0) & (codes < 0x2000))
    for span in taken:
        wanted[span.start : span.end] = False
    places = np.flatnonzero(wanted).astype(np.int32)
    hashes = _hashes(codes[places].astype(np.uint64))
    ordered = np.sort(hashes)
    ordered = ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(ordered)]]
    sample = ordered[(ordered >> np.uint32(7)) % np.uint32(16) == 0]
    return Shingles(hashes, ordered, places, frozenset(sample.tolist()))


def _hashes(letters: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """A hash of each run of SHINGLE letters: those of half the length, doubled until they are long enough."""
    if len(letters) < SHINGLE:
        return np.zeros(0, np.uint32)
    length, held = 1, letters * np.uint64(0x9E3779B97F4A7C15)
    while 2 * length <= SHINGLE:
        held = _doubled(held, length, length)
        length *= 2
    held = _doubled(held, SHINGLE - length, SHINGLE - length) if length < SHINGLE else held
    return (held >> np.uint64(32)).astype(np.uint32)


def _doubled(held: NDArray[np.uint64], step: int, salt: int) -> NDArray[np.uint64]:
    """The hashes of two runs that begin `step` letters apart, taken together."""
    mixed = held[:-step] * np.uint64(0xBF58476D1CE4E5B9 + 2 * salt) + held[step:]
    return np.asarray((mixed ^ (mixed >> np.uint64(29))) * np.uint64(0x94D049BB133111EB))


def _quoted(text: str, quotations: tuple[Quotation, ...]) -> Iterator[Quoted]:
    spans = (each.span for each in quotations if not each.scare) if quotations else marked(text)
    for span in spans:
        yield Quoted(span, tuple(_WORD.findall(span.of(text).lower())))


def marked(text: str) -> Iterator[Span]:
    """What stands between quotation marks, for a report that came without its quotations; straight marks alternate."""
    start: int | None = None
    for mark in _MARK.finditer(text):
        before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
        opens = mark[0] in ("``", "\u201c", "\u201f") or (mark[0] == '"' and before in ("", "\n") and after.isalnum())
        if start is not None and (opens or mark.start() - start > _LONGEST):
            yield Span(start, _line_end(text, start))
            start = None
        if start is not None:
            yield Span(start, mark.end())
            start = None
        elif opens or (mark[0] == '"' and not (before.strip() and not after.strip())):
            start = mark.start()
    if start is not None:
        yield Span(start, _line_end(text, start))


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _figures(text: str) -> Vector:
    found = {figure: 1.0 if len(figure) > 1 else 0.3 for figure in _FIGURE.findall(text)}
    length = sum(x * x for x in found.values()) ** 0.5 or 1.0
    return {figure: x / length for figure, x in found.items()}


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(phrase) for phrase in sorted(lexicon.words("furniture.txt"))))
