"""Lines about the text itself: who first published it, whose photo, who edited it, what the site adds."""

import datetime
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, cast

from reportedly.lexicon import table, words
from reportedly.model import Notice, Report, Span
from reportedly.segment.opening import read_date

Kind = Literal["syndication", "agency", "photo", "byline", "editing", "site"]
EDGE_LENGTH = 260
_CREDIT = re.compile(r"(?:[—–-]{1,2}\s*|[(\[])?(?P<name>[A-Z][\w.'’ -]{1,40}?)[)\]]?\.?$")
_LAST_CREDIT = re.compile(r"(?:[.!?”\"]\s*(?:[—–]|--?)\s*|[(\[])(?P<name>[A-Z][\w.' -]{1,40}?)[)\]]?\.?$")
_DATED = re.compile(r"(?:updated|published|posted|date|created|modified|issued)", re.IGNORECASE)


def notices(text: str, blocks: Sequence[Span]) -> tuple[Notice, ...]:
    """Every such line or final sentence, in the order of the text."""
    found = [note for at, block in enumerate(blocks) for note in _of(text, block, at, len(blocks))]
    return tuple(sorted(found, key=lambda note: note.span))


def publishers(report: Report, notes: Sequence[Notice]) -> tuple[str | None, str | None]:
    """Who first published the report and who carries it now.

    The first notice that names an outlet names the original; a second, or an outlet that differs from it, the carrier.
    """
    names = list(dict.fromkeys(n.name for n in notes if n.kind == "syndication" and n.name and not _claims(report, n)))
    if not names:
        return report.outlet, report.republisher
    known = report.outlet
    others = [name for name in [*names[1:], known] if name and not _same(name, names[0])]
    outlet = known if known and _same(known, names[0]) else names[0]
    return outlet, report.republisher or (others[-1] if others else None)


def published_in(text: str, notes: Sequence[Notice]) -> datetime.date | None:
    """The date of a line such as "Updated: ..." with a full date; None where none stands."""
    lines = [note.span.of(text) for note in notes if note.kind == "site"]
    dates = [read_date(line) for line in lines if _DATED.search(line[:20])]
    return next((date for date in dates if date), None)


def _claims(report: Report, note: Notice) -> bool:
    """Whether a notice is a mere claim of copyright, which names no first publisher."""
    return bool(re.match(r"©|\(c\)|copyright", note.span.of(report.text), re.IGNORECASE))


def _same(a: str, b: str) -> bool:
    return _folded(a) == _folded(b)


def _folded(name: str) -> str:
    return re.sub(r"^the |\W|\.(?:com|org|net)$", "", name.casefold())


def _of(text: str, block: Span, at: int, count: int) -> Iterator[Notice]:
    start = block.start
    for kind, where, pattern in _patterns():
        found = _search(pattern, where, text, Span(start, block.end))
        if found and found.end() > found.start() and (kind != "byline" or _edge(at, count)):
            name = found.groupdict().get("name")
            yield Notice(kind=kind, span=_trimmed(text, *found.span()), name=_clean(name))
            if where == "line":
                return
    if _edge(at, count) and (credit := _credit(text, block, last=at == count - 1)):
        yield credit


def _search(pattern: re.Pattern[str], where: str, text: str, block: Span) -> re.Match[str] | None:
    if where == "line":
        return pattern.match(text, block.start, block.end)
    if where == "any":
        return pattern.search(text, block.start, block.end)
    begin = max(block.start, block.end - EDGE_LENGTH)
    found = pattern.search(text, begin, block.end)
    alone = found and (found.start() == block.start or re.search(r"[.!?)”\"]\s*\(?$", text[begin : found.start()]))
    return found if alone else None


def _edge(at: int, count: int) -> bool:
    return at < 5 or at >= count - 4


def _credit(text: str, block: Span, last: bool) -> Notice | None:
    """The credit of a wire: a line of its own, or the very last words."""
    found = _CREDIT.match(text, block.start, block.end) if block.end - block.start < 50 else None
    found = found or (_LAST_CREDIT.search(text, max(block.start, block.end - 50), block.end) if last else None)
    if not found or found["name"].casefold() not in words("wires.txt"):
        return None
    start = found.start() + (1 if found[0][0] in '.!?”"' else 0)
    return Notice(kind="agency", span=_trimmed(text, start, found.end()), name=found["name"])


def _trimmed(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return Span(start + len(part) - len(part.lstrip()), start + len(part.rstrip()))


def _clean(name: str | None) -> str | None:
    return (name or "").strip(" .,;:“”\"'‘’()[]") or None


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Kind, str, re.Pattern[str]], ...]:
    rows = table("notices.tsv")
    return tuple((cast(Kind, row["kind"]), row["where"], re.compile(row["pattern"])) for row in rows)
