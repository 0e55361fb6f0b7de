"""Pages for deciding: the queue and judgements. A change is a judgement beside the record."""

import json
from collections.abc import Sequence
from typing import Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from reportedly.errors import UsageError
from reportedly.ledgers import Ledger, searching
from reportedly.model import Act, Findings, Judgement, Options, Report
from reportedly.web import marking
from reportedly.web.board import Board
from reportedly.web.rendering import board_of, described, page, part, written

router = APIRouter()
TABLES = {"c": "claims", "a": "attributions", "r": "reports"}
NEED_A_REASON = ("split", "merge")
SIZE = 10
AROUND = 240  # signs of a passage on each side
DONE = {"confirm": "Accepted", "reject": "Rejected", "correct": "Corrected", "undo": "Taken back", "grade": "Graded"}
GRADES = {"reliability": "ABCDEF", "credibility": "123456"}


@router.get("/review", openapi_extra=described("from", "done"))
async def review(request: Request) -> Response:
    """The queue: what nobody has judged, conflicts first, then the least certain."""
    board = board_of(request)
    shown = part(board.queue(), request, SIZE)
    rows = [{**item, "disputed": item["id"] in board.counted.disputed} for item in waiting(board, shown["rows"])]
    done = DONE.get(request.query_params.get("done", ""), "")
    last = _last(board, request.app.state.user)
    return page(request, "review.html", **{**shown, "rows": rows, "done": done, "last": last})


@router.post("/judge", openapi_extra=described(form=("act", "items", "apart", "why", "field", "value", "back")))
async def judge(request: Request) -> Response:
    """Stores one judgement (form: act, items, why, field, value, back) and goes back to where it was made.

    With `apart`, one of the items, it is parted from each of the others, which stay together.
    """
    form = await request.form()
    act, why = text_of(form, "act"), text_of(form, "why").strip()
    if act not in get_args(Act) or act in ("edit", "remove"):
        known = "confirm, reject, correct, split, merge, grade"
        raise UsageError(f"act {act!r}: not known here; nothing was stored; {known}")
    if act in NEED_A_REASON and not why:
        raise UsageError(f"{act}: needs a reason; nothing was stored; say why")
    user, field = request.app.state.user, text_of(form, "field") or None
    value = json_text(text_of(form, "value")) if "value" in form else None

    def store(ledger: Ledger) -> None:
        items = named(ledger, " ".join(str(each) for each in form.getlist("items")))
        check(act, items, field, value)
        for each in _parted(ledger, items, text_of(form, "apart")) if act == "split" else [items]:
            ledger.judge(act, each, user, why, field, value)  # type: ignore[arg-type]

    await written(request, store)
    return go_back(text_of(form, "back"), act)


@router.post("/undo", openapi_extra=described(form=("judgement", "why", "back")))
async def undo(request: Request) -> Response:
    """Takes a judgement back; it stays in the audit, marked."""
    form, user = await request.form(), request.app.state.user

    def take_back(ledger: Ledger) -> None:
        ledger.undo(text_of(form, "judgement"), user, text_of(form, "why"), _analyse)

    await written(request, take_back)
    return go_back(text_of(form, "back"), "undo")


def _analyse(report: Report, options: Options) -> Findings:
    """Reads a report again; what that needs is loaded when it is needed, seconds that most judgements do without."""
    from reportedly.pipeline import analyse

    return analyse(report, options)


def waiting(board: Board, claims: Sequence[str]) -> list[dict[str, Any]]:
    """Claims as the queue shows them, in the order given."""
    known, home = board.mentions(claims), board.counted.home
    found = []
    for claim in claims:
        if claim in known and claim in home:
            group = home[claim]
            origins = {"low": group.low, "high": group.high}
            sure = board.counted.certainty.get(claim)
            more = {"event": group.event, "origins": origins, "sure": sure, "passage": _passage(board, known[claim])}
            found.append({**known[claim], **more})
    return found


def _passage(board: Board, mention: dict[str, Any]) -> tuple[str, str, str]:
    words = mention["evidence"]
    return marking.around(board.ledger.findings(mention["report"]).report.text, words["start"], words["end"], AROUND)


def check(act: str, items: Sequence[str], field: str | None, value: str | None) -> None:
    """UsageError for a judgement that makes no sense, before anything is stored."""
    if not items:
        raise UsageError("items: none named; nothing was stored; choose what is judged")
    if act in NEED_A_REASON and len(set(items)) < 2:
        raise UsageError(f"{act}: needs two items or more; nothing was stored; choose them")
    if act == "correct" and not field:
        raise UsageError("correct: no field named; nothing was stored; say which")
    if act == "grade":
        mark = json.loads(value or '""')
        if field not in GRADES or not isinstance(mark, str | int) or not _is_mark(str(mark), GRADES[field]):
            raise UsageError(f"grade {mark}: not known; nothing was stored; A-F for a source, 1-6 for a claim")


def named(ledger: Ledger, items: str) -> tuple[str, ...]:
    """The ids that some words name, each once."""
    found = [
        searching.expand(ledger.db, item, TABLES.get(item[:1] if item[1:2] == "-" else "", "sources"))
        for item in items.split()
    ]
    return tuple(dict.fromkeys(found))


def json_text(value: str) -> str:
    """What a person wrote as JSON: as it is where it is JSON already, else as words."""
    try:
        return json.dumps(json.loads(value), ensure_ascii=False, allow_nan=False)
    except (ValueError, RecursionError):
        return json.dumps(value, ensure_ascii=False)


def text_of(form: FormData, name: str) -> str:
    """A field of a form as text."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def go_back(back: str, done: str) -> Response:
    """Back to a local page only: one slash, then no slash or backslash; the page says what was done."""
    path = "/" + "".join(sign for sign in back if sign.isprintable()).lstrip("/\\")
    path, _, fragment = path.partition("#")
    told = f"{path}{'&' if '?' in path else '?'}{urlencode({'done': done})}" if path.startswith("/review") else path
    return RedirectResponse(told + (f"#{fragment}" if fragment else ""), 303)


def _parted(ledger: Ledger, items: tuple[str, ...], apart: str) -> list[tuple[str, ...]]:
    if not apart:
        return [items]
    one = named(ledger, apart)[0]
    return [(one, other) for other in items if other != one]


def _is_mark(mark: str, allowed: str) -> bool:
    return len(mark) == 1 and mark in allowed


def _last(board: Board, user: str) -> Judgement | None:
    made = [each for each in board.judgements() if each.who == user and not each.undone]
    return made[-1] if made else None
