"""Templates and the answers made of them; the ledger of a request."""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
from fastapi import Request
from fastapi.responses import Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from reportedly.cli.words import chain, days, figure, span_of_origins
from reportedly.errors import UsageError
from reportedly.exporters import write_csv
from reportedly.ledgers import Filters, Ledger

HERE = Path(str(resources.files("reportedly.web")))
PAGE_SIZE = 50
View = dict[str, Any]

_templates = Environment(
    loader=PackageLoader("reportedly.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters |= {"chain": chain, "days": days, "figure": figure}
_templates.filters["why"] = lambda reason: (reason["kind"].replace("-", " "), reason["text"])
_templates.globals |= {"span_of_origins": span_of_origins}


@contextmanager
def ledger_of(request: Request) -> Iterator[Ledger]:
    """The ledger, opened for one request: readers never wait for a writer."""
    with Ledger(request.app.state.ledger, make=False) as ledger:
        yield ledger


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page; scraped text goes through autoescape, never as HTML."""
    rest = urlencode([(key, value) for key, value in request.query_params.multi_items() if key != "from"])
    html = _templates.get_template(template).render(path=request.url.path, query=rest, **values)
    return Response(html, status, media_type="text/html; charset=utf-8")


def as_json(value: object) -> Response:
    """The JSON twin of a page."""
    return Response(msgspec.json.encode(value), media_type="application/json")


def as_csv(rows: Sequence[Mapping[str, object]]) -> Response:
    """The CSV twin of a table, guarded against formulas."""
    out = io.BytesIO()
    write_csv(rows, out)
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8")


def filters_of(request: Request) -> Filters:
    """The filters that the address asks for: those of the command line, by the same names."""
    told = {key: value for key, value in request.query_params.items() if value and key in Filters.__struct_fields__}
    try:
        return msgspec.convert(told, Filters, strict=False)
    except msgspec.ValidationError as error:
        raise UsageError(f"filter: {error}; nothing was searched; mend the address or the form") from None


def part(found: Sequence[Any], request: Request) -> View:
    """One page of a list, and what to say about the rest: never silently cut."""
    try:
        first = max(0, int(request.query_params.get("from", "0")))
    except ValueError:
        raise UsageError("from: not a number; nothing is shown; leave it out") from None
    here = found[first : first + PAGE_SIZE]
    more = first + PAGE_SIZE if first + PAGE_SIZE < len(found) else None
    return {"rows": here, "first": first, "total": len(found), "more": more}
