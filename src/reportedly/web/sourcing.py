"""Pages about who speaks: how often first-hand, how often through others, and the grades that people gave."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from reportedly.ledgers import searching
from reportedly.model import Judgement
from reportedly.web.board import Board
from reportedly.web.rendering import ADDRESS, as_csv, as_json, board_of, described, page, part, twin_of

router = APIRouter()
View = dict[str, Any]


@router.get("/sources", openapi_extra=described("name"))
@router.get("/sources.{twin}", openapi_extra=described("name"))
async def sources(request: Request, twin: str = "") -> Response:
    """Who speaks, of what kind, how often, at first hand or through others."""
    board = board_of(request)
    wanted = request.query_params.get("name", "").casefold()
    found = [each for each in board.sources() if wanted in each["name"].casefold()]
    shown = {"rows": found} if twin_of(twin) else part(found, request)
    rows = [{**each, **hands(board, each["id"])} for each in shown["rows"]]
    if twin == "json":
        return as_json(rows)
    if twin == "csv":
        return as_csv([{**row, "through": "; ".join(row["through"])} for row in rows])
    return page(request, "sources.html", **{**shown, "rows": rows})


@router.get("/sources/{source}", openapi_extra=ADDRESS)
async def source(request: Request, source: str) -> Response:
    """One source: through whom it reaches the ledger, what it is called, how it was graded and why."""
    board = board_of(request)
    wanted = searching.expand(board.ledger.db, source.removesuffix(".json"), "sources")
    told = next((each for each in board.sources() if each["id"] == wanted), {"id": wanted, "name": wanted})
    history = [made for made in board.ledger.judgements() if made.act == "grade" and wanted in made.items][::-1]
    query = "SELECT DISTINCT name, kind, naming, country FROM sources WHERE id = ? ORDER BY name"
    names = [dict(row) for row in board.ledger.db.execute(query, (wanted,))]
    found = {**told, **hands(board, wanted), "names": names, "reports_list": _reports(board, wanted)}
    if source.endswith(".json"):
        return as_json({**found, "grades": [_grade(made) for made in history]})
    return page(request, "source.html", source=found, history=history)


def hands(board: Board, source: str) -> View:
    """How often a source is quoted by the outlet itself (first-hand) and how often through others, and through whom."""
    rows = board.ledger.db.execute(_CHAINS, (source,)).fetchall()
    through: dict[str, int] = {}
    for row in rows:
        for name in (row["relays"] or "").split("\x1f"):
            if name:
                through[name] = through.get(name, 0) + 1
    relayed = sum(bool(row["relays"]) for row in rows)
    ordered = sorted(through.items(), key=lambda item: (-item[1], item[0]))
    return {"first_hand": len(rows) - relayed, "relayed": relayed, "through": dict(ordered)}


def _reports(board: Board, source: str) -> list[View]:
    query = "SELECT r.id, r.title, r.name, r.outlet, r.day FROM reports r JOIN sources s ON s.report = r.id"
    where = "WHERE s.id = ? ORDER BY r.day DESC LIMIT 100"
    found = [dict(row) for row in board.ledger.db.execute(f"{query} {where}", (source,))]
    return [row for row in found if row["id"] in board.story]


def _grade(made: Judgement) -> View:
    return {"value": made.value, "who": made.who, "when": made.when, "why": made.why, "undone": made.undone}


_CHAINS = """
SELECT a.id, (
  SELECT group_concat((SELECT min(s.name) FROM sources s WHERE s.id = c.source), char(31)) FROM chains c
  WHERE c.attribution = a.id AND c.place > 0
    AND c.place < (SELECT max(place) FROM chains WHERE attribution = a.id)
) AS relays FROM attributions a WHERE a.source = ?
"""
