"""Pages for reading: each has a permanent address, the filters of its command, and a .json twin (tables also .csv)."""

from collections import Counter
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from reportedly.cli.words import drifted
from reportedly.errors import UsageError
from reportedly.ledgers import Filters, Ledger, questions, searching
from reportedly.web import drawing, marking
from reportedly.web.rendering import as_csv, as_json, filters_of, ledger_of, page, part

router = APIRouter()
View = dict[str, Any]


@router.get("/")
async def home(request: Request) -> Response:
    """What is in the ledger, and where to begin."""
    with ledger_of(request) as ledger:
        stories = questions.stories(ledger, Filters())
        found: View = {
            "stats": questions.stats(ledger),
            "stories": [s for s in stories if len(s["members"]) > 1][:8],
            "conflicts": _worded([c for c in questions.conflicts(ledger, Filters()) if c["kind"] == "conflict"][:5]),
            "newest": questions.reports(ledger, Filters())[-8:],
        }
    return page(request, "home.html", **found)


@router.get("/claims")
@router.get("/claims.{twin}")
async def claims(request: Request, twin: str = "") -> Response:
    """Every claim group that passes the filters: J1, and J4 with only_unnamed."""
    filters = filters_of(request)
    with ledger_of(request) as ledger:
        found = questions.claims(ledger, filters)
    if _twin(twin) == "json":
        return as_json(found)
    if twin == "csv":
        return as_csv([_flat(m, g) for g in found for m in g["mentions"]])
    return page(request, "claims.html", filters=filters, **part(found, request))


@router.get("/claims/{claim}")
async def claim(request: Request, claim: str) -> Response:
    """One claim and all who make it, addressed by any of its mentions."""
    name, as_data = _plain(claim)
    with ledger_of(request) as ledger:
        wanted = searching.expand(ledger.db, name, "claims")
        group = questions.origins(ledger, [wanted])[0]
        against = [c for c in questions.conflicts(ledger, Filters()) if _ends(c) & {m["id"] for m in group["mentions"]}]
        passages = {m["id"]: _passage(ledger, m) for m in group["mentions"]}
    if as_data:
        return as_json(group)
    chart, paths = drawing.intervals(group["mentions"]), drawing.chains(group["mentions"])
    return page(
        request,
        "claim.html",
        group=group,
        asked=wanted,
        against=_worded(against),
        passages=passages,
        chart=chart,
        paths=paths,
    )


@router.get("/reports")
@router.get("/reports.{twin}")
async def reports(request: Request, twin: str = "") -> Response:
    """The reports that pass; `about` searches their full text."""
    filters = filters_of(request)
    with ledger_of(request) as ledger:
        found = questions.reports(ledger, filters)
    if _twin(twin) == "json":
        return as_json(found)
    if twin == "csv":
        return as_csv([{k: v for k, v in row.items() if not isinstance(v, list)} for row in found])
    return page(request, "reports.html", filters=filters, **part(found, request))


@router.get("/reports/{report}")
async def report(request: Request, report: str) -> Response:
    """One report with its attributions marked in the text, its claims beside it."""
    name, as_data = _plain(report)
    with ledger_of(request) as ledger:
        found = questions.show(ledger, searching.expand(ledger.db, name, "reports"))
    if as_data:
        return as_json(found)
    depths = _depths(found["attributions"])
    layers = [layer for a in found["attributions"] for layer in _layers(a, depths[a["id"]])]
    return page(
        request, "report.html", report=found, depths=depths, paragraphs=marking.paragraphs(found["text"], layers)
    )


@router.get("/reports/{report}/original")
async def original(request: Request, report: str) -> Response:
    """The bytes as they came, never as something a browser would run."""
    with ledger_of(request) as ledger:
        data = ledger.original(searching.expand(ledger.db, report, "reports"))
    headers = {"content-disposition": 'attachment; filename="original"'}
    return Response(data, media_type="application/octet-stream", headers=headers)


@router.get("/conflicts")
@router.get("/conflicts.{twin}")
async def conflicts(request: Request, twin: str = "") -> Response:
    """What disagrees, what was updated, which quotations drift."""
    with ledger_of(request) as ledger:
        found = questions.conflicts(ledger, filters_of(request))
    if _twin(twin) == "json":
        return as_json(found)
    return page(request, "conflicts.html", **part(_worded(found), request))


@router.get("/stories")
@router.get("/stories.{twin}")
async def stories(request: Request, twin: str = "") -> Response:
    """Reports about one happening, the largest first."""
    with ledger_of(request) as ledger:
        found = questions.stories(ledger, filters_of(request))
    return as_json(found) if _twin(twin) == "json" else page(request, "stories.html", **part(found, request))


@router.get("/sources")
@router.get("/sources.{twin}")
async def sources(request: Request, twin: str = "") -> Response:
    """Who speaks, of what kind, how often."""
    with ledger_of(request) as ledger:
        found = questions.sources(ledger)
    if _twin(twin) == "json":
        return as_json(found)
    return as_csv(found) if twin == "csv" else page(request, "sources.html", **part(found, request))


def _twin(ending: str) -> str:
    if ending not in ("", "json", "csv"):
        raise UsageError(f".{ending}: no such page; nothing is shown; begin at the first page")
    return ending


def _plain(name: str) -> tuple[str, bool]:
    return name.removesuffix(".json"), name.endswith(".json")


def _ends(conflict: View) -> set[str]:
    return {conflict[side]["id"] for side in "ab" if conflict[side]}


def _worded(found: list[View]) -> list[View]:
    """Each with its two wordings compared word by word, where a quotation drifts."""
    return [{**c, "words": drifted(c["a_words"][0], c["b_words"][0]) if _drifts(c) else []} for c in found]


def _drifts(conflict: View) -> bool:
    return bool(conflict["kind"] == "drift" and conflict["a_words"] and conflict["b_words"])


def _passage(ledger: Ledger, mention: View) -> tuple[str, str, str]:
    """The paragraph around a mention: before, its words, after."""
    text, span = ledger.findings_as_read(mention["report"]).report.text, mention["evidence"]
    start = text.rfind("\n", 0, span["start"]) + 1
    end = text.find("\n", span["end"])
    return text[start : span["start"]], span["text"], text[span["end"] : end if end >= 0 else len(text)]


def _depths(attributions: list[View]) -> Counter[str]:
    outer = {a["id"]: a["within"] for a in attributions}
    depths: Counter[str] = Counter()
    for name in outer:
        above = outer[name]
        while above in outer and depths[name] < len(outer):
            depths[name] += 1
            above = outer[above]
    return depths


def _layers(attribution: View, depth: int) -> list[marking.Layer]:
    name = attribution["id"]
    one = [(attribution[role], role) for role in ("source", "cue") if attribution[role]]
    spans = one + [(span, "content") for span in attribution["content"]]
    return [marking.Layer(span["start"], span["end"], name, role, depth) for span, role in spans]


def _flat(mention: View, group: View) -> View:
    quantity, period = mention["quantity"] or {}, mention["period"] or {}
    return {
        "claim": mention["id"],
        "event": group["event"],
        "qty_low": quantity.get("low"),
        "qty_high": quantity.get("high"),
        "qty_text": quantity.get("text"),
        "unit": quantity.get("unit"),
        "item": mention["item"],
        "chain": " <- ".join(mention["chain"]),
        "t_first": period.get("first"),
        "t_last": period.get("last"),
        "factuality": mention["factuality"],
        "words": mention["evidence"]["text"],
        "report": mention["report"],
        "outlet": mention["outlet"],
        "published": mention["published"],
        "origins_low": group["origins"]["low"],
        "origins_high": group["origins"]["high"],
    }
