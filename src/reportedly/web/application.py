"""The application: routes, templates and the guard, over one ledger file."""

import importlib
import logging
import re
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from anyio import to_thread
from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from reportedly.errors import ReportedlyError, UsageError
from reportedly.web import (
    adding,
    auditing,
    changing,
    correcting,
    exchanging,
    finding,
    pages,
    reviewing,
    sourcing,
    stories,
)
from reportedly.web.board import Board
from reportedly.web.guards import Guard
from reportedly.web.rendering import HERE, page
from reportedly.web.wording import for_pages

Fetch = Callable[[str], tuple[bytes, str]]
LONGEST = 1.0  # seconds that a page waits for the first count before it says that it is not done
DATA = (".json", ".jsonl", ".csv", ".atom")
UNCOUNTED = ("reports", "audit", "add", "openapi", "judge", "undo", "corrections")  # what needs no count


class StillCounting(Exception):
    """A page was asked for whose groups are not counted yet."""


def application(
    ledger: Path, *, user: str, token_hash: str | None = None, fetch: Fetch | None = None, warm: bool = False
) -> Guard:
    """The evidence browser of a ledger; with a token's hash it asks for the token, else it answers to localhost.

    Addresses are read only where `fetch` is given (`readers.addresses.fetch`); `warm` begins to count at once.
    """
    app = FastAPI(
        title="reportedly", docs_url=None, redoc_url=None, openapi_url="/openapi.json", dependencies=[Depends(_counted)]
    )
    app.state.ledger, app.state.user, app.state.fetch, app.state.board = ledger, user, fetch, Board(ledger)
    if warm:
        app.state.board.warm()
        threading.Thread(target=_load, args=(app.state.board,), daemon=True).start()
    for part in (pages, finding, stories, sourcing, changing, reviewing, auditing, correcting, exchanging, adding):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.add_exception_handler(ReportedlyError, _said)
    app.add_exception_handler(StillCounting, _counting)
    app.add_exception_handler(sqlite3.OperationalError, _late)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _ours)
    return Guard(app, token_hash)


def _load(board: Board) -> None:
    """Loads what a judgement needs, once the pages have theirs: seconds that whoever judges first would wait."""
    board.wait()
    importlib.import_module("reportedly.link")


async def _said(request: Request, error: Exception) -> Response:
    """A fault of the request: what, why, what now."""
    return _answer(request, 404 if isinstance(error, UsageError) else 422, for_pages(str(error)))


async def _refused(request: Request, error: Exception) -> Response:
    """An address that is none, or that takes no such request."""
    assert isinstance(error, HTTPException)
    words = {404: "no such page; nothing is shown", 405: "this address takes forms only; nothing was done"}
    return _answer(request, error.status_code, f"{request.url.path}: {words.get(error.status_code, error.detail)}")


async def _late(request: Request, error: Exception) -> Response:
    """A question that takes too long, or a file that is written to for too long."""
    logging.getLogger(__name__).warning("%s: %s", request.url.path, error)
    if "interrupted" in str(error):
        return _answer(
            request, 503, "that takes too long to look up; nothing is shown; ask for less, or narrow the filters"
        )
    return _answer(request, 503, "the ledger could not be read or written just now; nothing was done; try again")


async def _ours(request: Request, error: Exception) -> Response:
    """A fault of ours: not a word of what it was; the log has it."""
    return _answer(
        request, 500, "a fault of the program, not of yours; nothing was stored; the log of the server says more"
    )


def _answer(request: Request, status: int, words: str) -> Response:
    """What went wrong as a page, or as JSON where data was asked for."""
    if request.url.path.endswith(DATA):
        return JSONResponse({"error": words}, status)
    places = re.findall(r"(?<=see )/\w[\w/.-]*", words.rpartition("; ")[2])  # no address that somebody asked for
    return page(request, "error.html", status=status, message=words, places=places)


async def _counted(request: Request) -> None:
    """Lets a request wait for the first count of a ledger: data as long as it takes, a page no longer than a moment."""
    board: Board = request.app.state.board
    if board.ready or request.url.path.split("/")[1].split(".")[0] in UNCOUNTED:
        return
    board.warm()
    data = request.url.path.endswith(DATA)
    if not await to_thread.run_sync(board.wait, None if data else LONGEST) and board.counting:
        raise StillCounting


async def _counting(request: Request, error: Exception) -> Response:
    """A page that comes back by itself until the ledger is counted; what needs no count is a click away."""
    return page(request, "counting.html", status=202)
