"""The page that corrects a claim or an attribution, field by field; each field that changed is a judgement."""

import datetime
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple, get_args

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from reportedly.errors import UsageError
from reportedly.ledgers import Ledger, searching, views
from reportedly.model import Attribution, Claim, Factuality, Findings, Span
from reportedly.web.board import Board
from reportedly.web.rendering import ADDRESS, board_of, described, line, page, written
from reportedly.web.reviewing import go_back, text_of, waiting

router = APIRouter()
PARTS = 12  # of what one attribution gives as said, at most
SPANS = ("evidence", "hedge", "source", "cue", *(f"content_{n}" for n in range(PARTS)))
FIELDS = (
    "event", "item", "factuality", "low", "high", "approx", "first", "last", "speaker", "why", "back",
    *(f"{name}_{end}" for name in SPANS[:6] for end in ("start", "end")),
)  # fmt: skip


class Change(NamedTuple):
    """One field that should say something else; `value` is JSON text."""

    item: str
    field: str
    value: str


class Told(NamedTuple):
    """A claim with the attribution it hangs on, or an attribution alone."""

    claim: Claim | None
    attribution: Attribution | None
    findings: Findings

    @property
    def id(self) -> str:
        """What is corrected."""
        found = self.claim or self.attribution
        assert found
        return found.id


@router.get("/review/{item}", openapi_extra=ADDRESS)
async def form(request: Request, item: str) -> Response:
    """One claim or attribution with its passage, and a field for everything that can be corrected."""
    board = board_of(request)
    told = telling(board, item)
    spans = _spans(told)
    start, end = _paragraph(told.findings.report.text, [span for _, _, span in spans if span])
    return page(
        request,
        "correct.html",
        asked=told.id,
        mention=waiting(board, [told.claim.id])[0] if told.claim else None,
        shown=views.attribution_view(told.findings, told.attribution) if told.attribution else None,
        claim=told.claim,
        attribution=told.attribution,
        report=line(told.findings),
        sources=sorted(told.findings.sources, key=lambda source: source.name),
        spans=spans,
        passage=told.findings.report.text[start:end],
        offset=start,
        factualities=get_args(Factuality),
    )


@router.post("/review/{item}", openapi_extra=described(form=FIELDS))
async def correct(request: Request, item: str) -> Response:
    """Stores a judgement for each field that changed."""
    board, given = board_of(request), await request.form()
    told = telling(board, item)
    found = list(changes(told, given))
    why, user = text_of(given, "why").strip(), request.app.state.user

    def store(ledger: Ledger) -> None:
        for each in found:
            ledger.judge("correct", (each.item,), user, why, each.field, each.value)

    await written(request, store)
    return go_back(text_of(given, "back") or f"/claims/{told.id}", "correct" if found else "")


def telling(board: Board, item: str) -> Told:
    """The claim or attribution that an address names, and all that was found in its report."""
    db = board.ledger.db
    if item.startswith("a-"):
        wanted = searching.expand(db, item, "attributions")
        report = db.execute("SELECT report FROM attributions WHERE id = ?", (wanted,)).fetchone()["report"]
        findings = board.ledger.findings(report)
        attribution = next((a for a in findings.attributions if a.id == wanted), None)
        if attribution is None:
            raise UsageError(f"{wanted}: was rejected; nothing can be corrected; take that back first, see /audit")
        return Told(None, attribution, findings)
    wanted = searching.expand(db, item, "claims")
    board.group_of(wanted)
    findings = board.findings_of([wanted])[0]
    claim = next(each for each in findings.claims if each.id == wanted)
    return Told(claim, next((a for a in findings.attributions if a.id == claim.attribution), None), findings)


def _spans(told: Told) -> list[tuple[str, str, Span | None]]:
    """Every span that can be corrected: the name of its fields, what it is, where it stands now."""
    claim, attribution = told.claim, told.attribution
    found: list[tuple[str, str, Span | None]] = []
    if claim:
        found += [("evidence", "The words of the claim", claim.evidence), ("hedge", "The hedge", claim.hedge)]
    if attribution:
        found += [
            ("source", "Who speaks, in the text", attribution.source),
            ("cue", "The word that reports", attribution.cue),
        ]
        parts: list[Span | None] = [*attribution.content, None][:PARTS]
        found += [(f"content_{n}", f"What is said, part {n + 1}", span) for n, span in enumerate(parts)]
    return found


def changes(told: Told, form: FormData) -> Iterator[Change]:
    """What a form says differently from the record; UsageError for what cannot be."""
    text = told.findings.report.text
    if told.claim:
        yield from _claim(told.claim, text, form)
    if told.attribution:
        for field, old in (("source", told.attribution.source), ("cue", told.attribution.cue)):
            yield from _span(told.attribution.id, field, old, text, form)
        yield from _content(told.attribution, text, form)
        yield from _speaker(told.attribution, told, form)


def _claim(claim: Claim, text: str, form: FormData) -> Iterator[Change]:
    for field, old in (("event", claim.event), ("item", claim.item), ("factuality", claim.factuality)):
        new = text_of(form, field).strip() or None
        if field in form and new != old:
            yield Change(claim.id, field, json.dumps(new, ensure_ascii=False))
    yield from _figure(claim, form)
    yield from _days(claim, form)
    yield from _span(claim.id, "evidence", claim.evidence, text, form)
    yield from _span(claim.id, "hedge", claim.hedge, text, form)


def _content(attribution: Attribution, text: str, form: FormData) -> Iterator[Change]:
    """What is said, in one part or more: an emptied part is taken out, one at least must be left."""
    asked = [name for name in SPANS if name.startswith("content_") and f"{name}_start" in form]
    if not asked:
        return
    new = sorted(span for name in asked if (span := _told_span(name, text, form)))
    if not new:
        raise UsageError("what is said: no words are left; nothing was stored; reject the attribution instead")
    if any(a.end > b.start for a, b in pairwise(new)):
        raise UsageError("what is said: two parts overlap; nothing was stored; choose the words again")
    if tuple(new) != attribution.content:
        yield Change(attribution.id, "content", json.dumps([_ends(span) for span in new]))


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


def _span(item: str, field: str, old: Span | None, text: str, form: FormData) -> Iterator[Change]:
    if f"{field}_start" not in form:
        return
    new = _told_span(field, text, form)
    if new is None and field == "evidence":
        raise UsageError("the words of the claim: none are left; nothing was stored; reject the claim instead")
    if new != old:
        yield Change(item, field, json.dumps(_ends(new) if new else None))


def _told_span(name: str, text: str, form: FormData) -> Span | None:
    """The span that two fields tell; None where both are empty."""
    words = text_of(form, f"{name}_start").strip(), text_of(form, f"{name}_end").strip()
    if words == ("", ""):
        return None
    if not all(each.isdecimal() and len(each) < 10 for each in words):
        raise UsageError(f"{name}: not a place in the text; nothing was stored; choose the words again")
    new = Span(int(words[0]), int(words[1]))
    if not new.start < new.end <= len(text) or not new.of(text).strip():
        raise UsageError(f"{name}: {new.start}-{new.end} holds no words; nothing was stored; choose the words again")
    return new


def _speaker(attribution: Attribution, told: Told, form: FormData) -> Iterator[Change]:
    new = text_of(form, "speaker")
    if not new or new == attribution.source_id:
        return
    if new not in {source.id for source in told.findings.sources}:
        raise UsageError(f"speaker {new}: nobody in this report; nothing was stored; choose from the list")
    chain = [*attribution.chain[:-1], new] if attribution.chain else [new]
    yield Change(attribution.id, "source_id", json.dumps(new))
    yield Change(attribution.id, "chain", json.dumps(chain))


def _paragraph(text: str, spans: list[Span]) -> tuple[int, int]:
    """Where the paragraphs stand that hold these spans."""
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
