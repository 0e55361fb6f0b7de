"""Quotations without a cue of their own: floating ones, several paragraphs, transcripts."""

import re
from collections.abc import Sequence

from reportedly.attribute.found import LIKELY, Found, quotation_of
from reportedly.model import Quotation, Segmented, Span
from reportedly.segment import paragraph_at

_SPEAKER = re.compile(
    r"[“\"]?(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ.'’ \-]{1,40}(?:\([^)\n]{1,40}\))?|(?:[A-ZÀ-Þ][\w.'’-]+ ?){1,4})"
    r"(?P<colon>:)\s+(?=\S)"
)
_CREDIT = re.compile(r"\s*(?P<dash>[―—–]|--?)\s*(?P<name>[A-ZÀ-Þ][^\n.]{2,80})\.?$")
TRANSCRIPT_LINES = 3
FARTHEST = 2000


def transcripts(segmented: Segmented) -> list[Found]:
    """Lines "NAME: words" of a transcript, each an attribution."""
    text = segmented.report.text
    lines = [(block, m) for block in segmented.paragraphs if (m := _SPEAKER.match(text, block.start, block.end))]
    names = [m["name"] for _, m in lines]
    if len(lines) < TRANSCRIPT_LINES or len(set(names)) == len(names):
        return []
    return [
        Found(Span(*m.span("colon")), Span(*m.span("name")), (Span(m.end(), block.end),), LIKELY, "transcript")
        for block, m in lines
        if m.end() < block.end
    ]


def credited(segmented: Segmented) -> list[Found]:
    """Quotations with their speaker behind a dash: “...” — Ada Holm."""
    out = []
    for each in segmented.quotations:
        block = paragraph_at(segmented, each.span.start)
        name = _CREDIT.match(segmented.report.text, each.span.end, block.end) if block else None
        if name and block and block.start == each.span.start:
            out.append(Found(Span(*name.span("dash")), Span(*name.span("name")), (each.span,), LIKELY, "credit"))
    return out


def introduced(segmented: Segmented, found: Sequence[Found], speaking: Sequence[Found]) -> list[Found]:
    """What follows in the next paragraph on a paragraph that ends in "he said:"; `speaking` are bare cues."""
    out = list(found)
    for cue in speaking:
        at = _introduces(segmented, cue)
        if at is None:
            continue
        following = segmented.paragraphs[at + 1]
        marks = [q for q in segmented.quotations if following.holds(q.span) and q.span.start == following.start]
        content = tuple(q.span for q in marks) or (following,)
        out.append(cue._replace(content=content))
    return out


def _introduces(segmented: Segmented, cue: Found) -> int | None:
    """The place of the paragraph that ends with a colon behind this cue, if another follows."""
    if cue.cue is None:
        return None
    for at, block in enumerate(segmented.paragraphs[:-1]):
        if block.start <= cue.cue.start < block.end:
            rest = segmented.report.text[cue.cue.end : block.end]
            return at if rest.rstrip().endswith(":") and not re.search(r"[.!?]\s", rest) else None
    return None


def floated(segmented: Segmented, found: Sequence[Found]) -> list[Found]:
    """The same, with quotations that have no cue given to whoever spoke last."""
    out = list(found)
    outer = [one for one in out if not _quoted_cue(segmented, one)]
    last: Quotation | None = None
    for each in segmented.quotations:
        turn = _SPEAKER.match(each.span.of(segmented.report.text))
        if each.scare or turn or any(part.touches(each.span) for one in outer for part in one.content):
            last = each
            continue
        at = _goes_on(out, last) if each.continues and last else _speaker(segmented, each, out)
        last = each
        if at is not None:
            out[at] = out[at]._replace(content=(*out[at].content, each.span))
    return out


def _goes_on(found: Sequence[Found], last: Quotation) -> int | None:
    """Whose quotation runs on from the paragraph before."""
    return next((at for at, one in enumerate(found) if any(part.touches(last.span) for part in one.content)), None)


def _quoted_cue(segmented: Segmented, one: Found) -> bool:
    """Whether the cue itself stands inside quotation marks."""
    return one.cue is not None and quotation_of(segmented, one.cue) is not None


def _speaker(segmented: Segmented, each: Quotation, found: Sequence[Found]) -> int | None:
    """Whose words a quotation without a cue goes on: the last quoted speaker right before it."""
    text = segmented.report.text
    if not _alone(text, each):
        return None
    before = [at for at, one in enumerate(found) if _spoke(segmented, one, each.span.start)]
    if not before:
        return None
    last = max(before, key=lambda at: found[at].reach.end)
    one = found[last]
    end = max(one.reach.end, one.cue.end if one.cue else 0)
    here, there = paragraph_at(segmented, each.span.start), paragraph_at(segmented, end - 1)
    passed = [s for s in segmented.sentences if end < s.start and s.end <= each.span.start]
    if passed:
        return None
    return last if here == there or (here and here.holds(each.span) and _only(text, here, each)) else None


def _only(text: str, block: Span, each: Quotation) -> bool:
    """Whether a paragraph is nothing but a quotation."""
    return each.span.start == block.start and not re.search(r"\w", text[each.span.end : block.end])


def _spoke(segmented: Segmented, one: Found, before: int) -> bool:
    near = 0 <= before - one.reach.end < FARTHEST
    return near and _quoted(segmented, one) and not _quoted_cue(segmented, one)


def _quoted(segmented: Segmented, one: Found) -> bool:
    return any(q.span.touches(part) for q in segmented.quotations for part in one.content)


def _alone(text: str, each: Quotation) -> bool:
    """Whether a quotation is a sentence by itself, and no title."""
    before = text[max(0, each.span.start - 3) : each.span.start].strip()
    words = each.span.of(text)
    stops = not each.closed or re.search(r"[.!?…,]\W*$", words)
    return bool(stops) and not _is_title(words) and (not before or before[-1] in '.!?:”"')


def _is_title(words: str) -> bool:
    """Whether every longer word has a capital: 'Legend of the Coal Fields.'"""
    longer = [word for word in re.findall(r"\w+", words)[1:] if len(word) > 3]
    return bool(longer) and all(word[0].isupper() for word in longer)
