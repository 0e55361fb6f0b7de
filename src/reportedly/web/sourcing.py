"""Pages about who speaks: how often first-hand, how often through others, and the grades that people gave."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from reportedly.ledgers import searching
from reportedly.model import Judgement
from reportedly.web.board import Board
from reportedly.web.rendering import ADDRESS, as_data, as_json, board_of, described, line, page, part, twin_of
from reportedly.web.speakers import NEVER

router = APIRouter()
View = dict[str, Any]
SHOWN = 25


@router.get("/sources", openapi_extra=described("name", "kind"))
@router.get("/sources.{twin}", openapi_extra=described("name", "kind"))
async def sources(request: Request, twin: str = "") -> Response:
    """Who speaks, of what kind, how often, at first hand or through others."""
    board = board_of(request)
    asked, kind = (request.query_params.get(name, "") for name in ("name", "kind"))
    found = board.speakers.called(asked)
    if kind:
        found = [each for each in found if each["kind"] == kind]
    if twin_of(twin):
        found = board.graded(found)
        flat = [{**row, "through": "; ".join(f"{n} ({t})" for n, t in row["through"].items())} for row in found]
        return as_data(found, twin, flat)
    shown = part(found, request)
    return page(request, "sources.html", asked=asked, kind=kind, **{**shown, "rows": board.graded(shown["rows"])})


@router.get("/sources/{source}", openapi_extra=ADDRESS)
async def source(request: Request, source: str) -> Response:
    """One source: through whom it reaches the ledger, what it is called, how it was graded and why."""
    board = board_of(request)
    wanted = searching.expand(board.ledger.db, source.removesuffix(".json"), "sources")
    known = board.speakers.one(wanted)
    told = board.graded([known])[0] if known else {"id": wanted, "name": wanted, **NEVER}
    history = [made for made in board.judgements() if made.act == "grade" and wanted in made.items][::-1]
    query = "SELECT DISTINCT name, kind, naming, country FROM sources WHERE id = ? ORDER BY name"
    names = [dict(row) for row in board.ledger.db.execute(query, (wanted,))]
    found = {**told, "names": names, "reports_list": _reports(board, wanted)}
    if source.endswith(".json"):
        return as_json({**found, "grades": [_grade(made) for made in history]})
    return page(request, "source.html", source=found, history=history, shown=SHOWN)


def _reports(board: Board, source: str) -> list[View]:
    """The newest reports in which a source stands, with what pages call them."""
    query = "SELECT r.id FROM reports r JOIN sources s ON s.report = r.id AND r.newest"
    rows = board.ledger.db.execute(f"{query} WHERE s.id = ? ORDER BY r.day DESC, r.id LIMIT ?", (source, SHOWN))
    return [line(board.ledger.findings(row["id"])) for row in rows.fetchall()]


def _grade(made: Judgement) -> View:
    return {"value": made.value, "who": made.who, "when": made.when, "why": made.why, "undone": made.undone}
