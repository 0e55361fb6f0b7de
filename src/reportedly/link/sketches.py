"""What comparing needs of one report, made once: word vectors, shingles of its own words, quotations, keys."""

import datetime
import math
import re
from collections.abc import Iterator, Set
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reportedly import lexicon
from reportedly.link.names import WEIGHTS, Vector, stem, vector, weight, words
from reportedly.model import Findings, Quotation, Report, Span

SHINGLE = 18
"""Letters and digits in a shingle: three or four words, with or without the blanks between."""

SEEN = 256  # sketches held, those asked for last: more would not stay in the processor's cache, and make all slower
LEAD_WORDS = 80
GIST_WORDS = 64
"""The weightiest words that a gist keeps."""
TELLING = 2.0
"""The weight from which on a word of the lead counts: words in fewer than one text of seven."""
FIRM = 0.33
"""The weight of a key of copied text or of a quotation: one that is shared is enough to be compared."""
_KEYS = {"copy": 16, "term": 12, "quotation": 6}
_ANY_MARK = re.compile("[`'\"\u201c\u201d\u201f]")
_MARK = re.compile("``|''|[\"\u201c\u201d\u201f]")
_OPENING, _CLOSING = ("``", "\u201c", "\u201f"), ("''", "\u201d")
_LONGEST = 1500  # code points between two quotation marks that still belong together
_SENTENCE = re.compile(r"[^\n.!?]+[.!?]*")
_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[^\W_]+|[.!?\n]")
_STOPS = frozenset(".!?\n")
_FURNITURE = 240  # the longest sentence of site text
_LINE_END = 2
_BASE = 0x5851F42D4C957F2D  # of the shingles' hash; odd
_OTHER = 0x2000  # from here on punctuation and scripts that are not read
_SAMPLED = np.uint32(0x780)  # bits of a hash: about one in sixteen has none of them
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTHS = (
    "January February March April May June July August September October November December"
    " Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec"
)
_MONTH_NAMES = frozenset(_MONTHS.split(" "))
_DAY_NAMES = frozenset(
    f"{day}day{plural}" for day in ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun") for plural in ("", "s")
)
_FIGURE = re.compile(r"\d\d*(?:[.,]\d+)*")  # a set at the head is looked for much faster


class Quoted(NamedTuple):
    """The words inside one pair of quotation marks and where they stand."""

    span: Span
    words: tuple[str, ...]


class Shingles(NamedTuple):
    """Hashes of every run of SHINGLE letters of a report's own words, in text order, and where each letter stands."""

    hashes: NDArray[np.uint32]
    places: NDArray[np.int32]


class Weighed(NamedTuple):
    """A set of words and what they weigh together."""

    words: frozenset[str]
    weight: float


class Gist(NamedTuple):
    """As much of a report as tells whether it is worth comparing: a ledger keeps it beside the report.

    `size` counts its words; `sample` is about one in sixteen of its shingles.
    """

    date: datetime.date | None
    size: int
    words: dict[str, float]
    lead: Weighed
    names: dict[str, float]
    figures: dict[str, float]
    years: frozenset[str]
    months: frozenset[str]
    weekdays: frozenset[str]
    sample: frozenset[int]


class Sketch:
    """One report as comparing sees it. What a gist tells need not be read from the text again."""

    def __init__(self, report: Report, quotations: tuple[Quotation, ...]) -> None:
        self.id, self._report, self._quotations = report.id, report, quotations

    @cached_property
    def gist(self) -> Gist:
        """The gist; the lowest hashes are made with it, and the shingles let go: few reports' are asked for again."""
        found = tokens(self._report.text)
        everything = _plain(found)
        shingles = self._shingled(everything)
        self.lowest = _lowest(shingles.hashes, _KEYS["copy"])
        return _gist(self._report, found, everything, shingles)

    @cached_property
    def lowest(self) -> list[int]:
        """The lowest hashes of the shingles."""
        return _lowest(self.shingles.hashes, _KEYS["copy"])

    @cached_property
    def shingles(self) -> Shingles:
        """The shingles of the report's own words."""
        return self._shingled(_plain(tokens(self._report.text)))

    @cached_property
    def sentences(self) -> NDArray[np.int64]:
        """Which of the own letters is the first of each sentence."""
        return _firsts(self._report.text, self.shingles.places)

    @cached_property
    def quoted(self) -> tuple[Quoted, ...]:
        """What stands between quotation marks."""
        return tuple(_quoted(self._report.text, self._quotations))

    def _shingled(self, everything: list[str]) -> Shingles:
        taken = [each.span for each in self.quoted] + [each.span for each in self._report.notices]
        return shingled(self._report.text, taken + list(furniture(self._report.text, set(everything))))


def sketch(findings: Findings, gist: Gist | None = None) -> Sketch:
    """The sketch of a report, kept for the next comparison; with a gist that was kept, its text is read when needed."""
    made = _sketch(findings.report, findings.quotations)
    if gist is not None:
        made.__dict__.setdefault("gist", gist)
    return made


def keys(findings: Findings) -> dict[str, float]:
    """At most 34 keys under which a report is kept, and what each weighs: reports that share weighty ones are compared.

    Copied text ("c:"): the lowest shingle hashes. Quotations ("q:"): each long one's rarest words. Stories ("t:"): the
    weightiest words, as they weigh in the report.
    """
    own = sketch(findings)
    terms = _terms(own.gist.words)  # the gist first: the lowest hashes are made with it
    long = [each.words for each in own.quoted if len(each.words) >= 6][: _KEYS["quotation"]]
    firm = [f"c:{value:x}" for value in own.lowest]
    firm += [f"q:{' '.join(_rarest(each, 4))}" for each in long]
    return dict.fromkeys(firm, FIRM) | {f"t:{term}": own.gist.words[term] for term in terms}


def _lowest(hashes: NDArray[np.uint32], count: int) -> list[int]:
    """The lowest hashes, each once (of a text that repeats itself very often, fewer)."""
    some = 3 * count
    low = np.partition(hashes, some)[:some] if len(hashes) > some else hashes
    return sorted(set(low.tolist()))[:count]


def _weightiest(found: dict[str, float]) -> dict[str, float]:
    """The weightiest words of many, as they weigh among all."""
    if len(found) <= GIST_WORDS:
        return found
    least = sorted(found.values())[-GIST_WORDS]
    top = {word: value for word, value in found.items() if value > least}
    even = sorted(word for word, value in found.items() if value == least)
    return top | dict.fromkeys(even[: GIST_WORDS - len(top)], least)


def _terms(found: Vector) -> tuple[str, ...]:
    """The weightiest words."""
    least = sorted(found.values())[-_KEYS["term"] :][:1]
    top = sorted((-value, word) for word, value in found.items() if value >= least[0])
    return tuple(word for _, word in top[: _KEYS["term"]])


def _rarest(quoted: tuple[str, ...], n: int) -> list[str]:
    return sorted(sorted(set(quoted), key=lambda word: (-weight(word), word))[:n])


@lru_cache(maxsize=SEEN)
def _sketch(report: Report, quotations: tuple[Quotation, ...]) -> Sketch:
    return Sketch(report, quotations)


def _gist(report: Report, found: list[str], everything: list[str], shingles: Shingles) -> Gist:
    """The gist of a report from its words as they stand and as they are compared."""
    figures, different = _FIGURE.findall(report.text), frozenset(found)
    return Gist(
        date=report.date,
        size=len(everything),
        words=_weightiest(vector(everything)),
        lead=_weighed(everything[:LEAD_WORDS]),
        names=vector(named(found)),
        figures=_figures(figures),
        years=frozenset(figure for figure in figures if len(figure) == 4 and _YEAR.fullmatch(figure)),
        months=frozenset(month[:3] for month in _MONTH_NAMES & different),
        weekdays=frozenset(day[:3] for day in _DAY_NAMES & different),
        sample=frozenset(shingles.hashes[shingles.hashes & _SAMPLED == 0].tolist()),
    )


def tokens(text: str) -> list[str]:
    """The words of a text as they stand, full stops and line ends between them."""
    return _TOKEN.findall(text)


class _Plain(dict[str, str]):
    """Words in lower case, plural endings off; nothing for a full stop or a line end. Made when first asked for."""

    def __missing__(self, token: str) -> str:
        if len(self) >= 65536:
            self.clear()
        made = self[token] = "" if token in _STOPS else stem(token.lower())
        return made


_PLAIN = _Plain()


def _plain(found: list[str]) -> list[str]:
    """Words as they are compared."""
    return list(filter(None, map(_PLAIN.__getitem__, found)))


def _weighed(found: list[str]) -> Weighed:
    telling = frozenset([word for word in found if WEIGHTS[word] >= TELLING])
    return Weighed(telling, math.fsum([WEIGHTS[word] for word in telling]))


def named(found: list[str]) -> list[str]:
    """Capitalised words inside sentences (lines in title case left out), lower case."""
    out: list[str] = []
    for sentence in _sentences(found):
        capital = [token for token in sentence if token[0].isupper()]
        if capital and (len(sentence) <= 3 or len(capital) <= 0.6 * len(sentence)):
            out += [_PLAIN[token] for token in capital[capital[0] is sentence[0] :] if len(token) > 1]
    return out


def _sentences(found: list[str]) -> Iterator[list[str]]:
    """The words of each sentence, roughly: up to a full stop or a line end."""
    start = 0
    for end in (*(i for i, token in enumerate(found) if token in _STOPS), len(found)):
        yield found[start:end]
        start = end + 1


def furniture(text: str, known: Set[str]) -> Iterator[Span]:
    """Sentences that belong to the site, not to the report; `known` are the words of the text."""
    lower = text.lower()
    if len(lower) != len(text):
        return
    some = [phrase for first in _phrases().keys() & known for phrase in _phrases()[first]]
    found = [at for phrase in some if (at := lower.find(phrase)) >= 0]
    if not found:
        return
    for sentence in _SENTENCE.finditer(lower, max(0, min(found) - _FURNITURE)):
        if sentence.end() - sentence.start() <= _FURNITURE and _any_phrase().search(sentence[0]):
            yield Span(sentence.start(), sentence.end())


def shingled(text: str, taken: list[Span]) -> Shingles:
    """The shingles of the letters and digits outside the spans that are taken out."""
    numbers = _scattered().take(_written(text), mode="clip")
    for span in taken:
        numbers[span.start : span.end] = 0
    places = np.flatnonzero(numbers)
    return Shingles(_hashes(numbers[places]), places.astype(np.int32))


def _written(text: str) -> NDArray[np.int32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le"), np.int32)


def _firsts(text: str, places: NDArray[np.int32]) -> NDArray[np.int64]:
    """Which letter is the first of each sentence."""
    written = _written(text)
    ends = _ends().take(written, mode="clip")
    ends[:-1] &= (ends[:-1] == _LINE_END) | (_letters().take(written[1:], mode="clip") == 0)  # none ends inside "3.1"
    found = np.searchsorted(places, np.append(0, np.flatnonzero(ends)))
    return found[np.append(True, found[1:] != found[:-1]) & (found < len(places))]


@lru_cache(maxsize=1)
def _letters() -> NDArray[np.uint16]:
    """For each code point below _OTHER its lower-case letter or digit; 0 for what is neither."""
    codes = np.arange(_OTHER + 1)
    plain = ((codes >= 97) & (codes <= 122)) | ((codes >= 48) & (codes <= 57)) | ((codes >= 0xC0) & (codes < _OTHER))
    return np.where((codes >= 65) & (codes <= 90), codes + 32, np.where(plain, codes, 0)).astype(np.uint16)


@lru_cache(maxsize=1)
def _ends() -> NDArray[np.uint8]:
    """For each code point below _OTHER whether a sentence ends with it (1) or a line (_LINE_END)."""
    found = np.zeros(_OTHER + 1, np.uint8)
    found[[ord(mark) for mark in ".!?"]] = 1
    found[ord("\n")] = _LINE_END
    return found


def _hashes(numbers: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """A hash of each run of SHINGLE letters' numbers: a polynomial modulo 2^64, its bits mixed."""
    if len(numbers) < SHINGLE:
        return np.zeros(0, np.uint32)
    powers, inverse = _powers(len(numbers))
    sums = np.zeros(len(numbers) + 1, np.uint64)
    np.cumsum(numbers * powers, out=sums[1:])
    held = sums[SHINGLE:] - sums[:-SHINGLE]
    held *= inverse[: len(held)]
    held ^= held >> np.uint64(29)
    held *= np.uint64(0x94D049BB133111EB)
    held >>= np.uint64(32)
    return held.astype(np.uint32)


def _powers(count: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The first powers of the base and of its inverse, modulo 2^64."""
    powers, inverse = _many_powers(max(4096, 1 << (count - 1).bit_length()))
    return powers[:count], inverse[:count]


@lru_cache(maxsize=8)
def _many_powers(count: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    powers, inverse = (np.full(count, base, np.uint64) for base in (_BASE, pow(_BASE, -1, 2**64)))
    powers[0] = inverse[0] = 1
    return np.cumprod(powers), np.cumprod(inverse)


@lru_cache(maxsize=1)
def _scattered() -> NDArray[np.uint64]:
    """For each code point up to _OTHER the number, of 64 bits, of its letter or digit; 0 for what is neither."""
    letters = _letters()
    codes = (letters.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    return np.where(letters > 0, (codes ^ (codes >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9), np.uint64(0))


def _quoted(text: str, quotations: tuple[Quotation, ...]) -> Iterator[Quoted]:
    spans = (each.span for each in quotations if not each.scare) if quotations else marked(text)
    for span in spans:
        yield Quoted(span, tuple(_WORD.findall(span.of(text).lower())))


def marked(text: str) -> Iterator[Span]:
    """What stands between quotation marks, for a report that came without its quotations.

    A straight mark opens before a word and closes after one; where blanks on both sides leave it open, they alternate.
    """
    start: int | None = None
    for mark in _MARK.finditer(text) if _ANY_MARK.search(text) else ():
        opens = _opens(mark[0], text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1], start is None)
        if start is not None and (opens or mark.start() - start > _LONGEST):
            yield Span(start, _line_end(text, start))
            start = None
        if start is not None:
            yield Span(start, mark.end())
            start = None
        elif opens:
            start = mark.start()
    if start is not None:
        yield Span(start, _line_end(text, start))


def _opens(mark: str, before: str, after: str, outside: bool) -> bool:
    """Whether a quotation mark opens: by its form, by the blanks beside it, else because none is open."""
    if mark in _OPENING or mark in _CLOSING:
        return mark in _OPENING
    if after in ("", "\n") or before in ("", "\n"):
        return after not in ("", "\n")
    if before.isspace() != after.isspace():
        return before.isspace()
    return outside and (after.isspace() or after.isalnum())


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _figures(written: list[str]) -> dict[str, float]:
    found = {figure: 1.0 if len(figure) > 1 else 0.3 for figure in written}
    length = sum(x * x for x in found.values()) ** 0.5 or 1.0
    return {figure: x / length for figure, x in found.items()}


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[str]]:
    """The phrases of site text by the first of their words."""
    found = dict[str, list[str]]()
    for phrase in lexicon.words("furniture.txt"):
        found.setdefault(words(phrase)[0], []).append(phrase)
    return found


@lru_cache(maxsize=1)
def _any_phrase() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(lexicon.words("furniture.txt")))))
