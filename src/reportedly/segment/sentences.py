"""Paragraphs and sentences, as spans of the text as it stands."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from reportedly.lexicon import table, words
from reportedly.model import Quotation, Span

WRAPPED_WIDTH = 110
SHORT_LINE = 0.75
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_STOP = re.compile(r"[.!?…]+(?:[)\]]+)?")
_BEGIN = re.compile(r"\s+(?=[“\"‘'«„(\[—–\-•]*\s*[^\W_a-zß-öø-ÿ])|\s+(?=[“„«‘])")
_TERMINAL = re.compile(r"[.!?…:][”\"’'»)\]]*\s*$")
_ASIDE = re.compile(
    r"\s*(?:[^\s.?!,]+\s+){0,6}?(?:said|says|asked|asks|told|wrote|writes|added|replied|exclaimed|shouted|tweeted|cried)\b"
)


def paragraphs(text: str) -> tuple[Span, ...]:
    """Non-empty lines without their outer blanks; whole blocks where the text is wrapped by hand."""
    lines = [span for span in (_stripped(text, *m.span()) for m in _LINE.finditer(text)) if span.end > span.start]
    if not _wrapped(text, lines):
        return tuple(lines)
    return tuple(_joined(text, lines))


def sentences(
    text: str, blocks: Sequence[Span], quoted: Sequence[Quotation], opening: Span | None = None
) -> tuple[Span, ...]:
    """Sentences in the order of the text: none crosses a paragraph or breaks inside a quotation.

    The dateline (`opening`) is a sentence of its own.
    """
    found: list[Span] = []
    for block, marks in _with_marks(blocks, quoted):
        start = block.start
        if opening and block.holds(opening):
            found.append(opening)
            start = _skip(text, opening.end, block.end)
        for end in _ends(text, start, block.end, marks):
            found.append(_stripped(text, start, end))
            start = end
        found.append(_stripped(text, start, block.end))
    return tuple(span for span in found if span.end > span.start)


def _with_marks(blocks: Sequence[Span], quoted: Sequence[Quotation]) -> Iterator[tuple[Span, list[Span]]]:
    at = 0
    for block in blocks:
        marks = []
        while at < len(quoted) and quoted[at].span.start < block.end:
            marks.append(quoted[at].span)
            at += 1
        yield block, marks


def _ends(text: str, start: int, end: int, marks: Sequence[Span]) -> Iterator[int]:
    """Where sentences end, the closing marks included."""
    at = 0
    for stop in _STOP.finditer(text, start, end):
        while at < len(marks) and marks[at].end < stop.end():
            at += 1
        mark = marks[at] if at < len(marks) and marks[at].start < stop.end() <= marks[at].end else None
        close = _closing(text, stop.end(), mark)
        if close is None or not _BEGIN.match(text, close, end):
            continue
        inside = close > stop.end()
        if not (_asks(text, stop, close, end) if inside else _abbreviates(text, stop, end)):
            yield close


def _closing(text: str, at: int, mark: Span | None) -> int | None:
    """Where the sentence that stops at `at` is over; None when its quotation goes on."""
    if mark is None or mark.end == at:
        return at
    rest = text[at : mark.end]
    return mark.end if not re.search(r"\w", rest) else None


def _asks(text: str, stop: re.Match[str], close: int, end: int) -> bool:
    """Whether words after a question in quotation marks belong to it: "Why?" Kim asked."""
    return stop[0][-1] in "!?…" and bool(_ASIDE.match(text, close, min(end, close + 80)))


def _abbreviates(text: str, stop: re.Match[str], end: int) -> bool:
    """Whether the full stop belongs to an abbreviation or an initial and ends nothing."""
    if stop[0] != ".":
        return False
    left = re.search(r"[^\s(“\"‘'—–/]*$", text[max(0, stop.start() - 24) : stop.start()])
    word = left[0] if left else ""
    following = re.match(r"\s+([^\W_]*)", text[stop.end() : stop.end() + 30])
    after = following[1] if following else ""
    return _holds_on(word, after)


@lru_cache(maxsize=4096)
def _holds_on(word: str, after: str) -> bool:
    never, may = _abbreviations()
    folded = word.casefold()
    if folded in never:
        return folded != "no" or after.isdigit()
    initials = re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]|[A-Z]", word)
    return (bool(initials) or folded in may) and after.casefold() not in words("openers.txt")


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    rows = table("abbreviations.tsv")
    return tuple(  # type: ignore[return-value]
        frozenset(row["word"].casefold() for row in rows if row["ends"] == ends) for ends in ("never", "may")
    )


def _stripped(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    return Span(start + left, max(start + left, start + len(part.rstrip())))


def _skip(text: str, at: int, end: int) -> int:
    while at < end and text[at].isspace():
        at += 1
    return at


def _wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Whether lines are broken by width: narrow, and most of those followed by another stop in mid-sentence."""
    inner = [a for a, b in pairwise(lines) if not _parted(text, a, b)]
    if len(inner) < 3 or any(a.end - a.start > WRAPPED_WIDTH for a in lines):
        return False
    cut = sum(not _TERMINAL.search(text, a.start, a.end) and a.end - a.start > 40 for a in inner)
    return cut > 0.6 * len(inner)


def _parted(text: str, a: Span, b: Span) -> bool:
    return len(re.findall(r"\r\n|\n|\r|\u2028|\u2029", text[a.end : b.start])) > 1


def _joined(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    width = max(line.end - line.start for line in lines)
    start = lines[0].start
    for a, b in pairwise(lines):
        over = _TERMINAL.search(text, a.start, a.end) and a.end - a.start < SHORT_LINE * width
        if _parted(text, a, b) or over:
            yield Span(start, a.end)
            start = b.start
    yield Span(start, lines[-1].end)
