"""Quotations of a text, whatever marks it uses: curly, straight, British single, German low, guillemets.

Only outermost quotations are told; marks inside them are left alone. Marks that do not match are repaired
paragraph by paragraph, so that one slip never spoils the rest.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportedly.model import Quotation, Span

SCARE_WORDS = 4
FARTHEST = 8  # paragraphs in which the closing mark of a quotation without marks of its own is looked for
_MARK = re.compile(r"[“”\"„«»‟]|``|''|(?<![^\W_])[‘'‚‹](?=\w|\.\.\.|…)")
_SINGLE_CLOSE = re.compile(r"['’›‘](?![^\W_])")
_ELISION = re.compile(r"['‘](?:\d\ds?\b|(?:em|til|cause|tis|twas|n|round|bout|cos)\b(?!['’]))", re.IGNORECASE)
_ENDED = re.compile(r"[.!?…]\s*$")
_NAMED = re.compile(
    r"(?:so[ -]called|known as|dubbed|nicknamed|titled|entitled|termed|code[ -]?named"
    r"|the (?:word|term|phrase|name|title)"
    r"|stands for|meaning|or"
    r"|film|book|song|novel|album|show|series|movie)\s*$",
    re.IGNORECASE,
)


class _Mark(NamedTuple):
    """One mark: where it stands and what it can do; `opens` or `closes` alone where its shape or place tells."""

    at: int
    end: int
    opens: bool
    closes: bool


def quotations(text: str, blocks: Sequence[Span]) -> tuple[Quotation, ...]:
    """Quotations in the order of the text, their marks included; none crosses a paragraph.

    One that goes on over paragraphs is one record a paragraph: `closed` false, then `continues` true.
    """
    found: list[Quotation] = []
    for place, (block, following) in enumerate(zip(blocks, [*blocks[1:], None], strict=False)):
        before = found[-1] if found and not found[-1].closed else None
        left_open = before is not None and _adjacent(text, before.span.end, block.start)
        if left_open and _runs_through(text, blocks[place:]):
            found.append(Quotation(span=block, closed=False, continues=True))
            continue
        here = list(_paragraph(text, block, left_open))
        found += _unclosed_kept(text, here, block, following)
    flagged: list[Quotation] = []
    for each in found:
        flagged.append(_flagged(text, each, flagged[-1:]))
    return tuple(flagged)


def _runs_through(text: str, blocks: Sequence[Span]) -> bool:
    """Whether an open quotation holds all of the first paragraph: no mark in it, and one of the next few closes it."""
    for place, block in enumerate(blocks[:FARTHEST]):
        first = next(_marks(text, block), None)
        if first:
            return place > 0 and _goes_on_to(first, block)
    return False


def _goes_on_to(mark: _Mark, block: Span) -> bool:
    """Whether the first mark of a paragraph ends what was open before it."""
    return mark.closes and mark.at > block.start


def _adjacent(text: str, end: int, start: int) -> bool:
    return not text[end:start].strip()


def _paragraph(text: str, block: Span, left_open: bool) -> Iterator[Quotation]:
    """The quotations of one paragraph. `left_open`: the one before ended inside a quotation."""
    start, depth, last = -1, 0, block.start
    marks = list(_marks(text, block))
    if left_open and marks and _goes_on_to(marks[0], block):
        yield Quotation(span=Span(block.start, marks[0].end), continues=True)
        last, marks = marks[0].end, marks[1:]
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        if start >= 0 and _is_single(text, mark.at, mark.end) and not _is_single(text, start, start + 2):
            continue
        if start < 0 and mark.closes and not mark.opens:
            begin = _begin_of_lost(text, last, mark.at, block, left_open and last == block.start)
            if begin is not None:
                yield Quotation(span=Span(begin, mark.end), continues=left_open and begin == block.start)
                last = mark.end
        elif start < 0:
            start, depth = mark.at, 1
        elif mark.opens and not mark.closes:
            if _ENDED.search(text, max(start, mark.at - 6), mark.at):
                yield Quotation(span=Span(start, start + len(text[start : mark.at].rstrip())), closed=False)
                start, depth = mark.at, 1
            else:
                depth += 1
        else:
            depth = depth - 1 if following and following.closes and not following.opens else 0
            if depth == 0:
                yield Quotation(span=Span(start, mark.end), continues=left_open and start == block.start)
                start, last = -1, mark.end
    if start >= 0:
        yield Quotation(span=Span(start, block.end), closed=False, continues=left_open and start == block.start)


def _is_single(text: str, start: int, end: int) -> bool:
    """Whether a single mark stands there, and not two of them for a double one."""
    return text[start] in "'‘’‚‹›" and text[start:end] != "''"


def _begin_of_lost(text: str, last: int, at: int, block: Span, left_open: bool) -> int | None:
    """Where a quotation began whose opening mark is missing; None where the closing mark looks like a slip."""
    if left_open:
        return block.start
    if not re.search(r"[.,!?…]\s*$", text[last:at]):
        return None
    breaks = [m.end() for m in re.finditer(r"[.!?]\s+(?=[A-Z])|:\s+|\bsaid,?\s+", text[last:at])]
    begin = last + (breaks[-1] if breaks else 0)
    return begin + len(text[begin:at]) - len(text[begin:at].lstrip())


def _unclosed_kept(text: str, here: list[Quotation], block: Span, following: Span | None) -> list[Quotation]:
    """Quotations of a paragraph without an opening mark that ran to its end by mistake."""
    if not here or here[-1].closed or here[-1].span.end != block.end:
        return here
    goes_on = following is not None and re.match(r"[“\"„«‘']|``|''", text[following.start : following.start + 2])
    lone = here[-1].span
    words = lone.of(text).split()
    begins = lone.start == block.start or re.search(r"[.!?,:]\s*$", text[block.start : lone.start])
    if goes_on or begins or len(words) > SCARE_WORDS:
        return here
    return here[:-1]


def _flagged(text: str, quotation: Quotation, before: Sequence[Quotation]) -> Quotation:
    """The same, marked as scare quotes where its words name a thing and report nothing."""
    start, end = quotation.span.start, quotation.span.end
    inner = text[start + 1 : end - 1]
    short = quotation.closed and len(inner.split()) <= SCARE_WORDS and not re.search(r"[.!?…]$", inner)
    named = _NAMED.search(text, max(0, start - 30), start)
    if not short or not named:
        return quotation
    listed = named[0].strip().casefold() == "or"
    if listed and not (before and before[0].scare):
        return quotation
    return Quotation(span=quotation.span, closed=True, continues=quotation.continues, scare=True)


def _marks(text: str, block: Span) -> Iterator[_Mark]:
    """Marks of one paragraph from left to right; single ones only as pairs outside the others."""
    at, low = block.start, False
    while found := _MARK.search(text, at, block.end):
        sign, at = found[0], found.end()
        if sign in "‘'‚‹" and len(sign) == 1:
            close = _single_close(text, found.start(), block)
            if close is None:
                continue
            yield _Mark(found.start(), found.end(), True, False)
            yield _Mark(close - 1, close, False, True)
            at = close
            continue
        opens, closes = _powers(text, found, low, block)
        low = sign == "„" or (low and sign not in "“”")
        yield _Mark(found.start(), found.end(), opens, closes)


def _powers(text: str, found: re.Match[str], low: bool, block: Span) -> tuple[bool, bool]:
    """Whether a double mark can open and can close; both where only its neighbours in the text could tell."""
    sign = found[0]
    before = text[found.start() - 1] if found.start() > block.start else " "
    after = text[found.end()] if found.end() < block.end else " "
    if sign in ("„", "``"):
        return True, False
    if sign == "“" and (low or (not before.isspace() and after in " ,.;:" and before not in "([—–-")):
        return False, True
    if sign == "”" and (before.isspace() and not after.isspace() and after not in ".,;:)?!"):
        return True, False
    if sign in ("“", "‟"):
        return True, False
    if sign == "”":
        return False, True
    left, right = before.isspace() or before in "([—–-/‘'", after.isspace() or after in ".,;:)]?!—–-/"
    if left == right or (sign in "«»" and left == right):
        return True, True
    return left, right


def _single_close(text: str, start: int, block: Span) -> int | None:
    """The end of the single quotation that opens at `start`; None for an apostrophe."""
    if _ELISION.match(text, start):
        return None
    possessive = None
    for close in _SINGLE_CLOSE.finditer(text, start + 1, block.end):
        before = text[close.start() - 1]
        if (before.isspace() and close[0] in "‘'") or before in "([":
            break
        if before == "s" and re.match(r"\s+[a-z]", text[close.end() : close.end() + 3]):
            possessive = possessive or close.end()
            continue
        return close.end()
    return possessive
