"""Adding reports: pasted text, uploaded files, an address; a failed input says why and loses nothing."""

import io
import logging
from pathlib import PurePath
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec.structs import replace
from starlette.datastructures import UploadFile

from reportedly.errors import ReadingError
from reportedly.ledgers import Ledger
from reportedly.readers import READERS, Hints, Reading, compose, date_of
from reportedly.readers.addresses import read_address
from reportedly.readers.composing import hinted
from reportedly.web.rendering import described, page

router = APIRouter()
MOST_FILES = 200
Row = dict[str, str | None]
FIELDS = ("text", "address", "outlet", "published", "url", "title")
PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")


@router.get("/add")
async def form(request: Request) -> Response:
    """The form."""
    return page(request, "add.html", done=None, told={}, known=sorted(READERS), fetching=_fetching(request))


@router.post("/add", openapi_extra=described(form=FIELDS))
async def add(request: Request) -> Response:
    """Reads what was pasted and uploaded; answers line by line what became of it."""
    async with request.form(max_files=MOST_FILES, max_part_size=5_000_000) as given:
        uploads = [each for each in given.getlist("files") if isinstance(each, UploadFile)]
        files = [(each.filename or "upload", await each.read()) for each in uploads]
        told = {key: str(value).strip() for key, value in given.items() if not isinstance(value, UploadFile)}
    done = await to_thread.run_sync(_read_all, request.app.state, files, told)
    failed = any(row["outcome"] == "failed" for row in done)  # what was written stands in the form again
    shown: dict[str, Any] = {"told": told if failed else {}, "known": sorted(READERS), "fetching": _fetching(request)}
    return page(request, "add.html", done=done, **shown)


def _fetching(request: Request) -> bool:
    return request.app.state.fetch is not None


def _read_all(state: Any, files: list[tuple[str, bytes]], told: dict[str, str]) -> list[Row]:
    with Ledger(state.ledger) as ledger:
        try:
            hints = Hints(
                outlet=told.get("outlet") or None,
                published=date_of(told.get("published"), "published"),
                url=told.get("url") or None,
                title=told.get("title") or None,
            )
        except ReadingError as error:
            return [{"name": "published", "outcome": "failed", "report": None, "why": str(error)}]
        readings = [*_pasted(told.get("text", ""), hints)]
        readings += [each for name, data in files if data for each in _uploaded(name, data, hints)]
        readings += _fetched(state.fetch, told.get("address", ""), hints)
        return [_kept(ledger, each) for each in readings]


def _fetched(fetch: Any, address: str, hints: Hints) -> list[Reading | ReadingError]:
    if not address:
        return []
    if fetch is None:
        return [ReadingError(f"{address[:200]}: addresses are not fetched here; save the page and upload it")]
    return list(read_address(address, hints, fetched=fetch))


def _pasted(text: str, hints: Hints) -> list[Reading | ReadingError]:
    if not text.strip():
        return []
    report = compose(text, hints.url or hints.title or "pasted", hints, read_by="pasted")
    return [Reading(report=report, original=text.encode())]


def _uploaded(name: str, data: bytes, hints: Hints) -> list[Reading | ReadingError]:
    plain = PurePath(name.replace("\\", "/")).name
    if data.startswith(PACKED):
        return [ReadingError(f"{plain}: a packed file; it was not opened; unpack it and upload what is inside")]
    reader = READERS.get(PurePath(plain).suffix.lower())
    if reader is None:
        known = " ".join(sorted(READERS))
        return [ReadingError(f"{plain}: no reader for {PurePath(plain).suffix!r}; it was not read; known: {known}")]
    try:
        found = list(reader(io.BytesIO(data), plain))
    except ReadingError as error:
        return [error]
    return [
        each if isinstance(each, ReadingError) else replace(each, report=hinted(each.report, hints)) for each in found
    ]


def _kept(ledger: Ledger, each: Reading | ReadingError) -> Row:
    from reportedly.pipeline import analyse

    if isinstance(each, ReadingError):
        return {"name": str(each).partition(":")[0], "outcome": "failed", "report": None, "why": str(each)}
    report = each.report
    try:
        outcome = ledger.recapture(each) or ledger.add(each, analyse(report, ledger.options))
    except Exception:  # one report that breaks a rule of ours must not lose the others
        logging.getLogger(__name__).exception("%s could not be analysed", report.id)
        why = f"{report.name}: could not be analysed; it was not kept; the log of the server says why"
        return {"name": report.name, "outcome": "failed", "report": None, "why": why}
    return {"name": report.title or report.name, "outcome": outcome, "report": report.id, "why": None}
