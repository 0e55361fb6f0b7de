"""Findings and judgements -> findings as the analysts see them, and the links that people drew."""

import datetime
import json
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any, TypeVar, get_args

import msgspec
from msgspec.structs import replace

from reportedly.errors import UsageError
from reportedly.model import Attribution, Claim, Factuality, Findings, Judgement, Link, LinkKind, Report, Source, Span

HIGHEST = 2.0  # above every strength that the program gives: what people draw is taken first
EDITABLE = ("outlet", "url", "published")
SPAN = '{"start": 10, "end": 24}'
DAYS = '{"first": "2031-06-06", "last": "2031-06-07", "precision": "day", "value": "2031-06-06", "type": "DATE"}'
SHAPES = {
    "quantity": f'{{"low": 40, "high": 40}}, with "bound": "exact" and "span": {SPAN} too where no figure stood',
    "period": DAYS,
    "said": DAYS,
    "place": f'{{"name": "Belden", "span": {SPAN}}}',
    "actors": '[{"role": "agent", "name": "Hill Wire"}]',
    "factuality": " or ".join(get_args(Factuality)),
    "content": f"[{SPAN}]",
    "chain": '["s-outlet", "s-speaker"], ids of sources',
    **dict.fromkeys(("evidence", "head", "hedge", "source", "cue"), f"{SPAN}, places in the text"),
}
"""How a value is written, for who wrote it another way."""
Item = TypeVar("Item", Attribution, Claim, Source)


def review(findings: Findings, judgements: Iterable[Judgement]) -> Findings:
    """The findings without what was rejected (and the claims that hang on it), corrected, with confirmations marked.

    The last judgement on an item decides between confirm and reject. UsageError for a correction that does not fit.
    """
    made = [judgement for judgement in judgements if not judgement.undone]
    if not made:
        return findings
    rejected = _rejected(made)
    text = findings.report.text
    attributions = tuple(_seen(item, made, text) for item in findings.attributions if item.id not in rejected)
    gone = {item.id for item in findings.attributions if item.id in rejected}
    claims = [c for c in findings.claims if c.id not in rejected and c.attribution not in gone]
    return replace(
        findings,
        attributions=tuple(replace(a, within=None) if a.within in gone else a for a in attributions),
        claims=tuple(_seen(claim, made, text) for claim in claims),
        sources=tuple(_seen(source, made, text) for source in findings.sources),
    )


def judgement_links(judgements: Iterable[Judgement]) -> tuple[Link, ...]:
    """Together-links of highest strength for each merge, apart-links for each split; the last word on a pair holds.

    A judgement's `field` names what is joined or parted: story, claim or origin (else: stories of reports, claims).
    """
    drawn: dict[tuple[str, str, str], Link] = {}
    for judgement in judgements:
        if judgement.act in ("merge", "split") and not judgement.undone:
            for a, b in combinations(sorted(set(judgement.items)), 2):
                link = _drawn(judgement, a, b)
                drawn[link.kind, a, b] = link
    return tuple(drawn[key] for key in sorted(drawn))


def edited(report: Report, judgements: Iterable[Judgement]) -> Report:
    """The report with outlet, url and published date as people corrected them; its id stays."""
    for judgement in judgements:
        if judgement.act == "edit" and not judgement.undone and judgement.items == (report.id,):
            report = _edited(report, judgement)
    return report


def grades(judgements: Iterable[Judgement]) -> dict[str, dict[str, str]]:
    """Item id -> {"reliability": A-F or "credibility": 1-6}, as people last set them."""
    found: dict[str, dict[str, str]] = {}
    for judgement in judgements:
        if judgement.act == "grade" and not judgement.undone and judgement.field and judgement.value:
            for item in judgement.items:
                found.setdefault(item, {})[judgement.field] = str(json.loads(judgement.value))
    return found


def _rejected(judgements: Sequence[Judgement]) -> set[str]:
    last = {
        item: judgement.act
        for judgement in judgements
        if judgement.act in ("confirm", "reject")
        for item in judgement.items
    }
    return {item for item, act in last.items() if act == "reject"}


def _seen(item: Item, judgements: Sequence[Judgement], text: str) -> Item:
    for judgement in judgements:
        if item.id not in judgement.items:
            continue
        if judgement.act == "correct":
            item = _corrected(item, judgement, text)
        elif judgement.act == "confirm":
            item = _marked(item, f"confirmed by {judgement.who}")
    return item


def _corrected(item: Item, judgement: Judgement, text: str) -> Item:
    field, told = judgement.field or "", json.loads(judgement.value or "null")
    fields: dict[str, Any] = msgspec.to_builtins(item)
    whole = all(isinstance(each, dict) and each.keys() == {"start", "end"} for each in _listed(told))
    fixed = {"id", "report", "record"} | (set() if whole else {"evidence", "content"})  # both ends of a span or neither
    if field not in type(item).__struct_fields__ or field in fixed:
        known = ", ".join(name for name in type(item).__struct_fields__ if name not in fixed)
        raise UsageError(f"{field!r} cannot be corrected; {judgement.items[0]} has: {known}")
    old = fields.get(field)
    fields[field] = {**old, **told} if isinstance(old, dict) and isinstance(told, dict) else told
    try:
        new = msgspec.convert(fields, type(item), strict=False)
        _check_spans(getattr(new, field), text)
        return _marked(new, f"corrected by {judgement.who}")
    except (msgspec.ValidationError, ValueError) as error:
        shape = SHAPES.get(field) if isinstance(error, msgspec.ValidationError) else None
        why = f"that is written like {shape}" if shape else str(error)
        raise UsageError(
            f"{judgement.value}: no value for {field!r}; {why}; nothing was stored; see reportedly schema"
        ) from None


def _listed(value: Any) -> list[Any]:
    """The parts of a value that has parts; an empty list of parts is no value."""
    return (value or [None]) if isinstance(value, list) else [value]


def _check_spans(value: object, text: str) -> None:
    """ValueError for a span that holds no words of the text."""
    parts = value if isinstance(value, tuple) and not isinstance(value, Span) else (value,)
    for part in parts:
        if isinstance(part, Span) and not (0 <= part.start < part.end <= len(text) and part.of(text).strip()):
            raise ValueError(f"{part.start}-{part.end} holds no words of the text")


def _marked(item: Item, mark: str) -> Item:
    return replace(item, made_by=f"{item.made_by}; {mark}" if item.made_by else mark)


def _drawn(judgement: Judgement, a: str, b: str) -> Link:
    kind: LinkKind = "story" if a.startswith("r-") else "origin" if judgement.field == "origin" else "claim"
    return Link(
        kind=kind,
        stance="together" if judgement.act == "merge" else "apart",
        a=a,
        b=b,
        strength=HIGHEST,
        reason="judgement",
        text=f"{judgement.who}: {judgement.why}" if judgement.why else judgement.who,
        made_by=judgement.who,
    )


def _edited(report: Report, judgement: Judgement) -> Report:
    value = json.loads(judgement.value or "null")
    if judgement.field == "published":
        return replace(report, published=datetime.date.fromisoformat(value) if value else None)
    if judgement.field == "outlet":
        return replace(report, outlet=value)
    return replace(report, url=value) if judgement.field == "url" else report
