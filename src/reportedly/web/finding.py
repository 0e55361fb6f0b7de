"""One box over everything: the figures, claims, sources, reports and stories that answer some words, each counted."""

import re
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from reportedly.ledgers import Filters, finding, searching
from reportedly.web.board import Board
from reportedly.web.rendering import as_json, board_of, described, page, twin_of
from reportedly.web.stories import storied

router = APIRouter()
View = dict[str, Any]
SHOWN = 5
LONGEST = 200


@router.get("/search", openapi_extra=described("q"))
@router.get("/search.{twin}", openapi_extra=described("q"))
async def search(request: Request, twin: str = "") -> Response:
    """All that answers `q`: the first of each kind, how many there are, and where all of them stand."""
    board, asked = board_of(request), " ".join(request.query_params.get("q", "").split())[:LONGEST]
    place = finding.addressed(board.ledger.db, asked)
    if place and not twin:
        return RedirectResponse(f"/{place[0]}/{place[1]}", 303)
    found = answers(board, asked) if re.search(r"\w", asked) else None
    if twin_of(twin):
        return as_json({"asked": asked, **(found or {})})
    return page(request, "search.html", asked=asked, found=found, shown=SHOWN)


def answers(board: Board, asked: str) -> View:
    """Kind of answer -> how many there are and the first few."""
    figures = board.claim_groups(Filters(figure=asked)) if searching.stated(asked).values else []
    claims, sources = board.claim_groups(Filters(about=asked)), board.speakers.called(asked)
    texts = finding.passages(board.ledger.db, asked, SHOWN)
    many = [members for members in board.stories_of(texts.all) if len(members) > 1]
    return {
        "figures": _part(figures, board.shown(figures[:SHOWN])),
        "claims": _part(claims, board.shown(claims[:SHOWN])),
        "sources": _part(sources, board.graded(sources[:SHOWN])),
        "outlets": finding.outlets(board.ledger.db, asked),
        "reports": _part(texts.all, texts.best),
        "stories": _part(many, [storied(board, members) for members in many[:SHOWN]]),
    }


def _part(every: Any, first: list[View]) -> View:
    return {"count": len(every), "first": first}
