"""The page of what is new since a day."""

import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from reportedly.errors import UsageError
from reportedly.ledgers.changes import changes
from reportedly.web.rendering import as_json, board_of, described, filters_of, page, twin_of, worded

router = APIRouter()
SHOWN = 50


@router.get("/changes", openapi_extra=described("since", "about"))
@router.get("/changes.{twin}", openapi_extra=described("since", "about"))
async def changed(request: Request, twin: str = "") -> Response:
    """What the ledger has learned since a day; a copy is no news."""
    board, since = board_of(request), request.query_params.get("since", "")
    if not since:
        return page(request, "changes.html", since="", found=None, shown=SHOWN)
    filters = filters_of(request)
    found = changes(board.ledger, _moment(since), type(filters)(about=filters.about))
    if twin_of(twin):
        return as_json(found)
    return page(request, "changes.html", since=since, found={**found, "disagreements": worded(found["disagreements"])},
                shown=SHOWN)  # fmt: skip


def _moment(words: str) -> datetime.datetime:
    try:
        day = datetime.date.fromisoformat(words)
    except ValueError:
        raise UsageError(f"since {words}: not a date; nothing was compared; write YYYY-MM-DD") from None
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)
