"""The page of what is new since a day."""

import datetime
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from reportedly.errors import UsageError
from reportedly.ledgers import Filters, changes, searching
from reportedly.web import auditing
from reportedly.web.board import Board
from reportedly.web.counting import Clash
from reportedly.web.feeding import feed
from reportedly.web.rendering import as_json, board_of, described, page, twin_of

router = APIRouter()
View = dict[str, Any]
SHOWN = 20
FED = 50  # of each kind of news in the feed: a first run must not flood its reader
LATELY = datetime.timedelta(days=7)


@router.get("/changes", openapi_extra=described("since", "about"))
@router.get("/changes.{twin}", openapi_extra=described("since", "about"))
async def changed(request: Request, twin: str = "") -> Response:
    """What the ledger has learned since a day; a copy is no news. An Atom feed needs no day: of the last week."""
    board, since = board_of(request), request.query_params.get("since", "")
    if twin == "atom":
        return _feed(board, request, since or str(datetime.datetime.now(datetime.UTC).date() - LATELY))
    if not since:
        return page(request, "changes.html", since="", about="", found=None, shown=SHOWN)
    about, moment = request.query_params.get("about", "").strip(), _moment(since)
    if twin_of(twin):
        return as_json(changes.changes(board.ledger, moment, Filters(about=about or None)))
    return page(request, "changes.html", since=since, about=about, found=learned(board, moment, about), shown=SHOWN)


def _feed(board: Board, request: Request, since: str) -> Response:
    about = request.query_params.get("about", "").strip()
    found = learned(board, _moment(since), about, FED)
    return Response(feed(board, found, str(request.base_url), about, since), media_type="application/atom+xml")


def learned(board: Board, since: datetime.datetime, about: str, most: int = SHOWN) -> View:
    """Kind of news -> how much there is and the first of it."""
    reports = changes.learned(board.ledger, since)
    asked, clashed = Filters(about=about or None), board.clashes
    if about:
        clashed = board.clashes_with(searching.claim_ids(board.ledger.db, asked))
    if reports.issuperset(board.counted.story):
        found = changes.News(board.claim_groups(asked), [], [])  # all is new
    else:
        fresh = changes.claims_of(board.ledger, reports)
        found = changes.news(fresh, board.claim_groups(asked) if about else board.groups_in(reports), ())
        clashed = board.clashes_with(fresh) if not about else _fresh(clashed, fresh)
    added = {group.members: names for group, names in found.origins[:most]}
    old = [group for group, _ in found.origins[:most]]
    versions, every = changes.versions(board.ledger, since), board.judgements()
    judgements = [made for made in reversed(every) if made.when >= since]
    return {
        "new claims": _part(found.claims, board.shown(found.claims[:most])),
        "new independent origins of known claims": _part(
            found.origins,
            [{**view, "added": added[group.members]} for view, group in zip(board.shown(old), old, strict=True)],
        ),
        "disagreements": _part(clashed, board.clashing(clashed[:most])),
        "new versions of known reports": _part(versions, versions[:most]),
        "judgements": _part(judgements, auditing.told(board, judgements[:most], every)),
    }


def _fresh(clashed: Sequence[Clash], fresh: set[str]) -> list[Clash]:
    """Disagreements with a side that is new."""
    return [each for each in clashed if any(pair.a in fresh or pair.b in fresh for pair in each.pairs)]


def _part(every: Sequence[object], first: list[View]) -> View:
    return {"count": len(every), "first": first}


def _moment(words: str) -> datetime.datetime:
    try:
        day = datetime.date.fromisoformat(words)
    except ValueError:
        raise UsageError(f"since {words}: not a date; nothing was compared; write YYYY-MM-DD") from None
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)
