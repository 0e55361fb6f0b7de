"""The page that corrects one claim: its words, speaker, figure, days and hedge. Each changed field is a judgement."""

import datetime
import json
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from reportedly.errors import UsageError
from reportedly.ledgers import searching
from reportedly.model import Attribution, Claim, Factuality, Findings, Span
from reportedly.web.board import Board
from reportedly.web.rendering import ADDRESS, board_of, described, ledger_of, page
from reportedly.web.reviewing import go_back, text_of, waiting

router = APIRouter()
FIELDS = (
    "event", "item", "factuality", "low", "high", "approx", "first", "last", "speaker", "evidence_start",
    "evidence_end", "hedge_start", "hedge_end", "source_start", "source_end", "why", "back",
)  # fmt: skip


class Change(NamedTuple):
    """One field that should say something else; `value` is JSON text."""

    item: str
    field: str
    value: str


class Told(NamedTuple):
    """A claim with what it hangs on."""

    claim: Claim
    attribution: Attribution | None
    findings: Findings


@router.get("/review/{claim}", openapi_extra=ADDRESS)
async def form(request: Request, claim: str) -> Response:
    """One claim with its passage, and a field for everything that can be corrected."""
    board = board_of(request)
    told = telling(board, searching.expand(board.ledger.db, claim, "claims"))
    text, found = told.findings.report.text, told.claim
    start, end = _paragraph(text, found.evidence, told.attribution)
    spans = {
        "evidence": found.evidence,
        "hedge": found.hedge,
        "source": told.attribution.source if told.attribution else None,
    }
    return page(
        request,
        "correct.html",
        m=waiting(board, [found.id])[0],
        claim=found,
        attribution=told.attribution,
        sources=sorted(told.findings.sources, key=lambda source: source.name),
        spans=[(name, words, spans[name]) for name, words in _SPANS if name != "source" or told.attribution],
        passage=text[start:end],
        offset=start,
        factualities=get_args(Factuality),
        problem=None,
    )


@router.post("/review/{claim}", openapi_extra=described(form=FIELDS))
async def correct(request: Request, claim: str) -> Response:
    """Stores a judgement for each field that changed."""
    board, given = board_of(request), await request.form()
    told = telling(board, searching.expand(board.ledger.db, claim, "claims"))
    found = list(changes(told, given))
    why, user = text_of(given, "why").strip(), request.app.state.user
    with ledger_of(request) as ledger:
        for item, field, value in found:
            ledger.judge("correct", (item,), user, why, field, value)
    return go_back(text_of(given, "back") or f"/claims/{told.claim.id}", "correct" if found else "")


def telling(board: Board, claim: str) -> Told:
    """The claim, the attribution it hangs on, and all that was found in its report."""
    board.group_of(claim)
    findings = board.findings_of([claim])[0]
    found = next(each for each in findings.claims if each.id == claim)
    return Told(found, next((a for a in findings.attributions if a.id == found.attribution), None), findings)


def changes(told: Told, form: FormData) -> Iterator[Change]:
    """What a form says differently from the record; UsageError for what cannot be."""
    claim = told.claim
    for field, old in (("event", claim.event), ("item", claim.item), ("factuality", claim.factuality)):
        new = text_of(form, field).strip() or None
        if field in form and new != old:
            yield Change(claim.id, field, json.dumps(new, ensure_ascii=False))
    yield from _figure(claim, form)
    yield from _days(claim, form)
    yield from _span(claim.id, "evidence", claim.evidence, told, form)
    yield from _span(claim.id, "hedge", claim.hedge, told, form)
    if told.attribution:
        yield from _span(told.attribution.id, "source", told.attribution.source, told, form)
        yield from _speaker(told.attribution, told, form)


def _figure(claim: Claim, form: FormData) -> Iterator[Change]:
    if "low" not in form:
        return
    old = claim.quantity
    low, high, approx = _number(form, "low"), _number(form, "high"), "approx" in form
    if low is not None and high is not None and low > high:
        raise UsageError(f"figure: {low:g} is more than {high:g}; nothing was stored; mend it")
    if (low, high, approx) == ((old.low, old.high, old.approx) if old else (None, None, False)):
        return
    if low is None and high is None:
        yield Change(claim.id, "quantity", "null")
        return
    bound = "at_least" if high is None else "at_most" if low is None else "between" if low != high else "exact"
    new: dict[str, Any] = {"low": low, "high": high, "approx": approx, "bound": "about" if approx else bound}
    where = {} if old else {"span": _ends(claim.evidence)}
    yield Change(claim.id, "quantity", json.dumps({**new, **where}))


def _days(claim: Claim, form: FormData) -> Iterator[Change]:
    if "first" not in form:
        return
    old = claim.period
    first, last = _date(form, "first"), _date(form, "last")
    if first and last and first > last:
        raise UsageError(f"days: {first} is after {last}; nothing was stored; mend it")
    if (first, last) == ((_iso(old.first), _iso(old.last)) if old else (None, None)):
        return
    if first is None and last is None:
        yield Change(claim.id, "period", "null")
        return
    new = {"first": first, "last": last, "precision": "day", "value": first or last, "type": "DATE"}
    yield Change(claim.id, "period", json.dumps(new))


def _span(item: str, field: str, old: Span | None, told: Told, form: FormData) -> Iterator[Change]:
    if f"{field}_start" not in form:
        return
    words = text_of(form, f"{field}_start").strip(), text_of(form, f"{field}_end").strip()
    if words == ("", ""):
        if old and field == "hedge":
            yield Change(item, field, "null")
        return
    if not all(each.isdecimal() and len(each) < 10 for each in words):
        raise UsageError(f"{field}: not a place in the text; nothing was stored; choose the words again")
    new = Span(int(words[0]), int(words[1]))
    text = told.findings.report.text
    if not new.start < new.end <= len(text) or not new.of(text).strip():
        raise UsageError(f"{field}: {new.start}-{new.end} holds no words; nothing was stored; choose the words again")
    if new != old:
        yield Change(item, field, json.dumps(_ends(new)))


def _speaker(attribution: Attribution, told: Told, form: FormData) -> Iterator[Change]:
    new = text_of(form, "speaker")
    if not new or new == attribution.source_id:
        return
    if new not in {source.id for source in told.findings.sources}:
        raise UsageError(f"speaker {new}: nobody in this report; nothing was stored; choose from the list")
    chain = [*attribution.chain[:-1], new] if attribution.chain else [new]
    yield Change(attribution.id, "source_id", json.dumps(new))
    yield Change(attribution.id, "chain", json.dumps(chain))


def _paragraph(text: str, evidence: Span, attribution: Attribution | None) -> tuple[int, int]:
    """Where the paragraphs stand that hold the claim and who says it."""
    spans = [evidence, *(attribution.content if attribution else ())]
    spans += [attribution.source] if attribution and attribution.source else []
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    last = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, last if last >= 0 else len(text)


def _number(form: FormData, name: str) -> float | None:
    words = text_of(form, name).replace(",", "").replace(" ", "")
    try:
        value = float(words) if words else None
    except ValueError:
        value = float("nan")
    if value is not None and not abs(value) < 1e18:
        raise UsageError(f"figure {words[:40]!r}: no number; nothing was stored; write digits")
    return value


def _date(form: FormData, name: str) -> str | None:
    words = text_of(form, name).strip()
    try:
        return str(datetime.date.fromisoformat(words)) if words else None
    except ValueError:
        raise UsageError(f"day {words[:40]!r}: not a date; nothing was stored; write YYYY-MM-DD") from None


def _iso(day: datetime.date | None) -> str | None:
    return str(day) if day else None


def _ends(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


_SPANS = (("evidence", "The words of the claim"), ("hedge", "The hedge"), ("source", "Who speaks, in the text"))
