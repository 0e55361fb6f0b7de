"""Which verb a quotation belongs to, and which quotations are one."""

import re
from collections.abc import Sequence

from spacy.tokens import Token

from reportedly.model import Quotation, Segmented, Span


def chains(segmented: Segmented) -> dict[int, list[Quotation]]:
    """Quotations that run on over paragraphs, by the start of each: the whole run."""
    runs: list[list[Quotation]] = []
    for each in segmented.quotations:
        if runs and not runs[-1][-1].closed and _follows(segmented, runs[-1][-1], each):
            runs[-1].append(each)
        else:
            runs.append([each])
    return {each.span.start: run for run in runs for each in run if len(run) > 1}


def _follows(segmented: Segmented, one: Quotation, other: Quotation) -> bool:
    return not segmented.report.text[one.span.end : other.span.start].strip()


def owners(
    verbs: Sequence[Token], quoted: Sequence[Quotation], sentence: Span, text: str
) -> dict[int, list[Quotation]]:
    """Which quotations of a sentence each verb outside them reports, by the verb's place."""
    owned: dict[int, list[Quotation]] = {}
    real = [q for q in quoted if not q.scare]
    for at, each in enumerate(real):
        low = real[at - 1].span.end if at else sentence.start
        high = real[at + 1].span.start if at + 1 < len(real) else sentence.end
        before = [v for v in verbs if low <= v.idx < each.span.start]
        after = [v for v in verbs if each.span.end <= v.idx < high]
        verb = _owner(each, before, after, owned, text)
        if verb is None and at and not before and (last := _last(owned, real[at - 1])) is not None:
            owned[last].append(each)
        elif verb is not None:
            owned.setdefault(verb.i, []).append(each)
    return owned


def _last(owned: dict[int, list[Quotation]], one: Quotation) -> int | None:
    return next((at for at, quotations in owned.items() if one in quotations), None)


def _owner(
    each: Quotation, before: list[Token], after: list[Token], owned: dict[int, list[Quotation]], text: str
) -> Token | None:
    inner = text[each.span.start + 1 : each.span.end - 1].rstrip()
    follows = re.match(r"\s*,", text[each.span.end : each.span.end + 3]) or inner[-1:] in (",", "?", "!", "-", "—")
    leads = re.search(r"[,:]\s*$|\bthat\s*$|\bas\s*$", text[max(0, each.span.start - 6) : each.span.start])
    free = before and (before[-1].i not in owned or leads)
    if after and follows and _near(each, after[0], text) and not (leads and free and inner[-1:] != ","):
        return after[0]
    if before and (leads or _reaches(before[-1], each)):
        return before[-1]
    return None


def _near(each: Quotation, verb: Token, text: str) -> bool:
    """Whether nothing but a speaker stands between quotation and verb."""
    gap = text[each.span.end : verb.idx]
    return len(gap.split()) <= 30 and not re.search(r"[.;:]\s|^\W*(?:but|while|whereas)\s", gap)


def _reaches(verb: Token, each: Quotation) -> bool:
    """Whether the quoted words hang on the verb."""
    edge = verb.right_edge
    return verb.idx < each.span.start < edge.idx + len(edge) + 2
