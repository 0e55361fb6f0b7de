"""Who says what, by rules over grammar and marks: the extractor that needs no model."""

from collections.abc import Iterable, Sequence

from reportedly.attribute.clauses import trimmed
from reportedly.attribute.found import Found, framed, quotation_of
from reportedly.attribute.passives import citing, passive
from reportedly.attribute.phrases import phrasal
from reportedly.attribute.quotes import credited, floated, introduced, transcripts
from reportedly.attribute.verbs import introducing, verbal
from reportedly.language import parse
from reportedly.model import Attribution, Options, Segmented, Span

MADE_BY = "rules 1"


def extract(segmented: Segmented, options: Options) -> tuple[Attribution, ...]:
    """Every attribution of the text, inner ones included, in order; ids, style and nesting are left to `attribute`."""
    spoken = [*transcripts(segmented), *credited(segmented)]
    if segmented.sentences:
        doc = parse(segmented)
        found = [*spoken, *phrasal(segmented, doc, options), *passive(segmented, doc, options)]
        found = distinct([*found, *verbal(segmented, doc, options)])
        found = distinct([*citing(segmented, doc, found), *found])
        found = introduced(segmented, found, list(introducing(segmented, doc, options)))
        spoken = _heard(
            segmented, floated(segmented, [_freed(one, found, segmented.report.text) for one in distinct(found)])
        )
    return tuple(_attribution(segmented, framed(segmented, each)) for each in spoken)


def distinct(found: Iterable[Found]) -> list[Found]:
    """One of each cue, the more certain first, in the order of the text."""
    best: list[Found] = []
    taken: set[int] = set()
    for each in sorted(found, key=lambda one: -one.chance):
        places = set(range(each.cue.start, each.cue.end)) if each.cue else set()
        if not places & taken:
            best.append(each)
            taken |= places
    return sorted(best, key=lambda one: (one.reach.start, -one.reach.end, one.cue.start if one.cue else 0))


def _freed(one: Found, found: Sequence[Found], text: str) -> Found:
    """Without the words of whoever reports it in turn: "Z said it was over[, Y reported]"."""
    for other in found:
        if other.cue is None or other.source is None or other is one or not _holds(other, one):
            continue
        start = min(other.cue.start, other.source.start)
        last = one.content[-1]
        if last.start < start and last.holds(other.cue) and last.holds(other.source) and other.reach.end <= start:
            kept = trimmed(text, Span(last.start, start))
            return one._replace(content=(*one.content[:-1], kept)) if kept else one
    return one


def _heard(segmented: Segmented, found: list[Found]) -> list[Found]:
    """Without those whose cue stands in a line about the text, or in a quotation that nobody is known to say."""
    noted = [note.span for note in segmented.report.notices]
    found = [one for one in found if not (one.cue and any(note.holds(one.cue) for note in noted))]
    outer = [one for one in found if not (one.cue and quotation_of(segmented, one.cue))]
    return [one for one in found if one in outer or any(_holds(other, one) for other in outer)]


def _holds(outer: Found, inner: Found) -> bool:
    return inner.cue is not None and any(part.holds(inner.cue) for part in outer.content)


def _attribution(segmented: Segmented, found: Found) -> Attribution:
    return Attribution(
        id="",
        report=segmented.report.id,
        content=found.content,
        source=found.source,
        cue=found.cue,
        probability=found.chance,
        made_by=f"{MADE_BY} {found.how}",
    )
