"""The learned reader and the rules as one: what only one of them sees must be surer than what both see.

The borders were set on development texts of two kinds (US politics; wire news of other topics and years), see
docs/model.md.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from reportedly.model import Attribution, Span

MODEL_ALONE = 0.6  # probability that the model must give to what no rule sees
RULE_ALONE = 0.75  # chance of a rule whose cue the model passes over, outside all contents
RULE_INSIDE = 0.6  # the same inside a content: the model has seen few nested ones
SURE = 0.7  # where the two disagree on who or what, the model must be as sure as this to be heard
AGREED = 0.5  # overlap of contents (F1 over characters) from which the two say the same


def united(model: Sequence[Attribution], rules: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions of both, each cue once: the model's spans where they agree or it is sure, else the rule's."""
    paired = [(m, next((r for r in rules if _same_cue(m, r)), None)) for m in model]
    found = [_chosen(m, r) for m, r in paired if r is not None or m.probability >= MODEL_ALONE]
    every = [*found, *rules]
    for rule in rules:
        least = RULE_INSIDE if _stands_inside(rule, every) else RULE_ALONE
        if rule.probability >= least and not any(_same_cue(rule, each) for each in found):
            found.append(rule)
    return tuple(found)


def _chosen(model: Attribution, rule: Attribution | None) -> Attribution:
    if rule is None:
        return model
    if not _agree(model, rule):
        return model if model.probability >= SURE else rule
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
