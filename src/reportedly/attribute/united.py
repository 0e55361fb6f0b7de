"""The learned reader and the rules as one: rules confirm what the model half sees, and find more inside contents.

The borders were set on development texts of two kinds (US politics; wire news of other topics and years), see
docs/model.md. Outside contents a rule alone is not heard: there the model is right more often without it.
"""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from reportedly.model import Attribution, Span

CONFIRMED = 0.3  # probability that the model must give where a rule has the same cue
INSIDE = 0.6  # chance of a rule that is heard inside a content the model found, where nested cues are often missed
UNUSUAL = 0.75  # probability that the model must give, alone, to a cue that the vocabulary does not have
SURE = 0.7  # where the two disagree inside a content, the model must be as sure as this to be heard
AGREED = 0.5  # overlap of contents (F1 over characters) from which the two say the same


def united(
    model: Sequence[Attribution], rules: Sequence[Attribution], least: float, is_cue: Callable[[Span], bool]
) -> tuple[Attribution, ...]:
    """The model's attributions of probability `least`, or confirmed by a rule; rules where they stand inside those.

    `is_cue` tells whether the vocabulary has these words as a cue; others may be acts ("unveiled") and must be surer.
    """
    paired = [(m, next((r for r in rules if _same_cue(m, r)), None)) for m in model]
    borders = [CONFIRMED if rule else _alone(m, least, is_cue) for m, rule in paired]
    found = [
        _chosen(*pair, model) for pair, border in zip(paired, borders, strict=True) if pair[0].probability >= border
    ]
    for rule in rules:
        new = not any(_same_cue(rule, each) for each in found)
        if new and rule.probability >= INSIDE and _stands_inside(rule, found):
            found.append(rule)
    return tuple(found)


def _alone(model: Attribution, least: float, is_cue: Callable[[Span], bool]) -> float:
    return least if model.cue is None or is_cue(model.cue) else max(least, UNUSUAL)


def _chosen(model: Attribution, rule: Attribution | None, every: Sequence[Attribution]) -> Attribution:
    if rule is None:
        return model
    if not _agree(model, rule):
        return rule if model.probability < SURE and _stands_inside(rule, every) else model
    both = 1 - (1 - model.probability) * (1 - rule.probability)
    return replace(model, probability=round(both, 4), made_by=f"{model.made_by}, {rule.made_by}")


def _agree(a: Attribution, b: Attribution) -> bool:
    same_source = a.source.touches(b.source) if a.source and b.source else a.source is b.source
    return same_source and _overlap(a.content, b.content) >= AGREED


def _overlap(a: Sequence[Span], b: Sequence[Span]) -> float:
    shared = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    return 2 * shared / max(1, sum(x.end - x.start for x in (*a, *b)))


def _same_cue(a: Attribution, b: Attribution) -> bool:
    return bool(a.cue and b.cue and a.cue.touches(b.cue))


def _stands_inside(inner: Attribution, found: Sequence[Attribution]) -> bool:
    cue = inner.cue
    return cue is not None and any(part.holds(cue) for each in found if each is not inner for part in each.content)
