"""Pages for deciding: the queue, judgements, the audit. A change is a judgement beside the record."""

import json
from typing import Any, get_args

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from reportedly.errors import UsageError
from reportedly.ledgers import Filters, Ledger, questions, searching
from reportedly.model import Act
from reportedly.web.rendering import as_json, ledger_of, page, part

router = APIRouter()
TABLES = {"c": "claims", "a": "attributions", "r": "reports"}
NEED_A_REASON = ("split", "merge")


@router.get("/review")
async def review(request: Request) -> Response:
    """The queue: what nobody has judged, conflicts first, then the least certain."""
    with ledger_of(request) as ledger:
        waiting = queue(ledger)
    return page(request, "review.html", **part(waiting, request))


@router.get("/audit")
@router.get("/audit.{twin}")
async def audit(request: Request, twin: str = "") -> Response:
    """Every judgement, the newest first."""
    with ledger_of(request) as ledger:
        made = ledger.judgements()[::-1]
    return as_json(made) if twin == "json" else page(request, "audit.html", **part(made, request))


@router.post("/judge")
async def judge(request: Request) -> Response:
    """Stores one judgement (form: act, items, why, field, value, back) and goes back to where it was made."""
    form = {key: str(value) for key, value in (await request.form()).items()}
    act, why = form.get("act", ""), form.get("why", "").strip()
    if act not in get_args(Act) or act in ("edit", "remove"):
        raise UsageError(
            f"act {act!r}: not known here; nothing was stored; confirm, reject, correct, split, merge, grade"
        )
    if act in NEED_A_REASON and not why:
        raise UsageError(f"{act}: needs a reason; nothing was stored; say why")
    with ledger_of(request) as ledger:
        items = tuple(_expanded(ledger, item) for item in form.get("items", "").split())
        if not items:
            raise UsageError("items: none named; nothing was stored; choose what is judged")
        value = _json(form["value"]) if "value" in form else None
        ledger.judge(act, items, request.app.state.user, why, form.get("field") or None, value)  # type: ignore[arg-type]
    return _back(form)


@router.post("/undo")
async def undo(request: Request) -> Response:
    """Takes a judgement back; it stays in the audit, marked."""
    from reportedly.pipeline import analyse

    form = {key: str(value) for key, value in (await request.form()).items()}
    with ledger_of(request) as ledger:
        ledger.undo(form.get("judgement", ""), request.app.state.user, form.get("why", ""), analyse)
    return _back(form)


def queue(ledger: Ledger) -> list[dict[str, Any]]:
    """Claims that wait for a judgement, each with why it comes when it does."""
    judged = {item for j in ledger.judgements() if not j.undone for item in j.items}
    disputed = {c[side]["id"] for c in questions.conflicts(ledger, Filters()) for side in "ab" if c[side]}
    sure = _certainty(ledger)
    waiting = [
        {
            **m,
            "event": group["event"],
            "origins": group["origins"],
            "disputed": m["id"] in disputed,
            "sure": sure.get(m["id"]),
        }
        for group in questions.claims(ledger, Filters())
        for m in group["mentions"]
        if m["id"] not in judged
    ]
    return sorted(waiting, key=lambda m: (not m["disputed"], m["sure"] if m["sure"] is not None else 1.0, m["id"]))


def _certainty(ledger: Ledger) -> dict[str, float]:
    """Claim id -> how sure the machine is that the attribution it hangs on stands there."""
    every = (ledger.findings(report) for report in ledger.report_ids())
    pairs = ((f.claims, {a.id: a.probability for a in f.attributions}) for f in every)
    return {c.id: sure[c.attribution] for claims, sure in pairs for c in claims if c.attribution in sure}


def _expanded(ledger: Ledger, item: str) -> str:
    return searching.expand(ledger.db, item, TABLES.get(item[:1] if item[1:2] == "-" else "", "sources"))


def _json(value: str) -> str:
    try:
        return json.dumps(json.loads(value), ensure_ascii=False)
    except ValueError:
        return json.dumps(value, ensure_ascii=False)


def _back(form: dict[str, str]) -> Response:
    """Back to a local page only: one slash, then no slash or backslash."""
    path = "/" + form.get("back", "/").lstrip("/\\")
    return RedirectResponse(path, 303)
