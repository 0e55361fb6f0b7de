"""Who says what: one Extractor finds attributions; here they get style, nesting and ids."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any, cast

from msgspec.structs import replace

from reportedly.model import Attribution, Options, Quotation, Segmented, Span, Style, identify

Extractor = Callable[[Segmented, Options], tuple[Attribution, ...]]
DEEPEST = 4
_JOINING = ("that", "and", "but", "or", "because")
_WORD = re.compile(r"\w+(?:[.,'’\-]\w+)*")


def attribute(segmented: Segmented, options: Options) -> tuple[Attribution, ...]:
    """Attributions in the order of the text; `within` names the one in whose content each stands."""
    found = extractor(options)(segmented, options)
    quoted = [q for q in segmented.quotations if not q.scare]
    styled = [replace(each, style=style(segmented, each.content, each.cue, quoted)) for each in found if each.content]
    return _nested(_named(sorted(styled, key=_order)), segmented.report.text)


def extractor(options: Options) -> Extractor:
    """The learned reader where it is asked for and there, else the rules."""
    return (options.reading == "model" and _learned()) or _rules()


def _rules() -> Extractor:
    return cast(Extractor, import_module("reportedly.attribute.rules").extract)


@lru_cache(maxsize=1)
def _learned() -> Extractor | None:
    try:
        module: Any = import_module("reportedly.attribute.learned")
    except ImportError:
        return None
    return cast(Extractor, module.extract) if module.available() else None


def style(
    segmented: Segmented, content: Sequence[Span], cue: Span | None, quoted: Sequence[Quotation] | None = None
) -> Style:
    """direct where all words stand in marks (joining words aside), mixed where some do, else indirect.

    Marks that hold the cue too belong to whoever quotes it, and do not count.
    """
    first, last = content[0].start, content[-1].end
    known = segmented.quotations if quoted is None else quoted
    marks = [q.span for q in known if q.span.start < last and first < q.span.end]
    own = [mark for mark in marks if cue is None or not (mark.start < cue.start and cue.end <= mark.end)]
    found = [m for part in content for m in _WORD.finditer(segmented.report.text, part.start, part.end)]
    outside = [m[0] for m in found if not any(mark.start < m.start() < mark.end for mark in own)]
    if len(outside) == len(found):
        return "indirect"
    return "mixed" if any(word.casefold() not in _JOINING for word in outside) else "direct"


def _order(each: Attribution) -> tuple[int, int, int]:
    return each.content[0].start, -each.content[-1].end, each.cue.start if each.cue else 0


def _named(found: Sequence[Attribution]) -> list[Attribution]:
    """With ids of report and content span, numbered where two have the same."""
    seen: dict[tuple[int, int], int] = {}
    out = []
    for each in found:
        key = each.content[0].start, each.content[-1].end
        seen[key] = seen.get(key, 0) + 1
        out.append(replace(each, id=identify("attribution", each.report, *key, seen[key])))
    return out


def _nested(found: Sequence[Attribution], text: str) -> tuple[Attribution, ...]:
    """Each with its parent; those nested deeper than four levels are left out."""
    parents = {each.id: _parent(each, found, text) for each in found}
    kept = [each for each in found if _depth(each.id, parents) <= DEEPEST]
    return tuple(replace(each, within=parents[each.id]) for each in kept)


def _parent(each: Attribution, found: Sequence[Attribution], text: str) -> str | None:
    holders = [o for o in found if o is not each and (_holds(o, each) or _relays(o, each, text))]
    return min(holders, key=_size).id if holders else None


def _holds(outer: Attribution, inner: Attribution) -> bool:
    """Whether all of one stands in the content of another."""
    if not (outer.content[0].start <= inner.content[0].start and inner.content[-1].end <= outer.content[-1].end):
        return False
    spans = [span for span in (inner.cue, *inner.content) if span]
    inside = all(any(part.holds(span) for part in outer.content) for span in spans)
    return inside and (_size(outer) > _size(inner) or outer.id < inner.id) and outer.cue != inner.cue


def _relays(outer: Attribution, inner: Attribution, text: str) -> bool:
    """Whether the outer one passes on what it cites the inner one for: "Z, citing X, reported"."""
    cited = inner.cue is not None and inner.cue.of(text).casefold() in ("citing", "quoting")
    return cited and inner.content == outer.content and inner.cue != outer.cue


def _size(each: Attribution) -> int:
    return sum(part.end - part.start for part in each.content)


def _depth(name: str, parents: dict[str, str | None]) -> int:
    depth, at = 1, parents[name]
    while at and depth <= DEEPEST + 1:
        depth, at = depth + 1, parents[at]
    return depth
