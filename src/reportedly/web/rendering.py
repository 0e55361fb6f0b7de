"""Templates and the answers made of them; the ledger of a request."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar, get_args
from urllib.parse import urlencode

import msgspec
from anyio import to_thread
from fastapi import Request
from fastapi.responses import Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reportedly.cli.leading import leading
from reportedly.cli.words import chain, measure, outlet, voices
from reportedly.errors import UsageError
from reportedly.exporters import write_csv
from reportedly.ledgers import Filters, Ledger, views
from reportedly.model import Findings, SourceKind
from reportedly.web import wording
from reportedly.web.board import Board
from reportedly.web.citing import footnote

HERE = Path(str(resources.files("reportedly.web")))
PAGE_SIZE = 50
View = dict[str, Any]
Told = TypeVar("Told")
JUDGED = ("confirmed by", "corrected by")


@lru_cache(maxsize=4096)
def made(made_by: str) -> Markup:
    """What people did to a record ("confirmed by ana"), out of the names of all that made it; else "automatic"."""
    told = [part for part in made_by.split("; ") if part.startswith(JUDGED)]
    if told:
        return Markup(" ").join(Markup('<span class="made">{}</span>').format(part) for part in told)
    return Markup('<span class="made auto" title="{}">automatic</span>').format(made_by)


@lru_cache(maxsize=4096)
def _chain(names: tuple[str, ...]) -> str:
    return chain(list(names)).replace(" <- ", " ← ")


class _Pages(Environment):
    """Looks into a dict before asking it for an attribute: most values are plain dicts, a page holds thousands."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


_templates = _Pages(
    loader=PackageLoader("reportedly.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters |= {
    "days": wording.days,
    "figure": wording.bounded,
    "deed": wording.deed,
    "disagreement": wording.disagreement,
    "dispute": wording.heading_of_dispute,
    "leading": leading,
    "outlet": outlet,
    "chain": lambda names: _chain(tuple(names)),
    "voice": lambda mention: _chain(tuple(voices(mention))),
    "measure": measure,
    "made": made,
    "footnote": footnote,
    "plain": lambda value: "" if value is None else f"{value:.12g}",
    "spaced": lambda name: name.replace("_", " "),
    "many": "{:,}".format,
    "style": lambda name: wording.STYLES.get(name, name),
    "naming": lambda name: wording.NAMINGS.get(name, name),
}
_templates.globals |= {"span_of_origins": wording.origins, "source_kinds": get_args(SourceKind), "nofilters": Filters()}


def line(findings: Findings) -> View:
    """One line about a report, with what pages call it."""
    return {**views.report_view(findings), "heading": wording.heading_of(findings.report)}


def board_of(request: Request) -> Board:
    """The ledger as pages read it, as the file is now; what is read through it is kept in memory."""
    board: Board = request.app.state.board
    return board.fresh()


async def written(request: Request, work: Callable[[Ledger], Told]) -> Told:
    """What `work` answers, given the ledger to write to, in a thread: it may wait for another writer, pages do not."""

    def run() -> Told:
        with Ledger(request.app.state.ledger, make=False) as ledger:
            return work(ledger)

    return await to_thread.run_sync(run)


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page; scraped text goes through autoescape, never as HTML."""
    rest = others(request)
    html = _templates.get_template(template).render(
        path=request.url.path, query=rest, behind=request.app.state.board.lags, **values
    )
    return Response(html, status, media_type="text/html; charset=utf-8")


def others(request: Request, *left_out: str) -> str:
    """The query of this page without some of its fields and without the place in the list."""
    left = {"from", *left_out}
    return urlencode([(key, value) for key, value in request.query_params.multi_items() if key not in left])


def as_json(value: object) -> Response:
    """The JSON twin of a page."""
    return Response(msgspec.json.encode(value), media_type="application/json")


def as_csv(rows: Sequence[Mapping[str, object]]) -> Response:
    """The CSV twin of a table, guarded against formulas."""
    out = io.BytesIO()
    write_csv(rows, out)
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8")


def as_data(rows: Sequence[Any], twin: str, flat: Iterable[Mapping[str, object]]) -> Response:
    """The twin of a list that an address asks for: JSON, JSON lines, or `flat` as CSV."""
    if twin == "csv":
        return as_csv(list(flat))
    if twin == "jsonl":
        lines = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
        return Response(lines, media_type="application/jsonl")
    return as_json(rows)


def filters_of(request: Request) -> Filters:
    """The filters that the address asks for: those of the command line, by the same names."""
    told = {key: value for key, value in request.query_params.items() if value and key in Filters.__struct_fields__}
    try:
        return msgspec.convert(told, Filters, strict=False)
    except msgspec.ValidationError as error:
        words, _, field = str(error).partition(" - at `$.")
        why = "not a day, write YYYY-MM-DD" if "date" in words else words
        raise UsageError(f"{field.strip('`')}: {why}; nothing was searched; mend the address or the form") from None


def part(found: Sequence[Any], request: Request, size: int = PAGE_SIZE) -> View:
    """One page of a list, and what to say about the rest: never silently cut."""
    try:
        first = max(0, int(request.query_params.get("from", "0")))
    except ValueError:
        raise UsageError("from: not a number; nothing is shown; leave it out") from None
    here = found[first : first + size]
    more = first + size if first + size < len(found) else None
    return {"rows": here, "first": first, "total": len(found), "more": more}


def twin_of(ending: str) -> str:
    """The ending of an address that asks for data; UsageError for one that nobody knows."""
    if ending not in ("", "json", "jsonl", "csv"):
        raise UsageError(f".{ending}: no such page; nothing is shown; begin at the first page")
    return ending


def described(*what: str, form: Sequence[str] = ()) -> View:
    """What an address takes, for /openapi.json: the filters, the page of a list, the fields of a form."""
    fields = msgspec.json.schema(Filters)["$defs"]["Filters"]["properties"] if "filters" in what else {}
    named = [{"name": name, "in": "query", "required": False, "schema": kind} for name, kind in fields.items()]
    number = {"type": "integer", "minimum": 0}
    named += [{"name": "from", "in": "query", "required": False, "schema": number}] if "filters" in what else []
    named += [
        {"name": name, "in": "query", "required": False, "schema": {"type": "string"}}
        for name in what
        if name != "filters"
    ]
    told: View = {"parameters": named} if named else {}
    if form:
        body = {"type": "object", "properties": {name: {"type": "string"} for name in form}}
        told["requestBody"] = {"content": {"application/x-www-form-urlencoded": {"schema": body}}}
    return told


ADDRESS: View = {"summary": "Addressed by an id, its beginning, or a report's name; .json gives data"}
