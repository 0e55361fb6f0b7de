"""Pages for reading: each has a permanent address, the filters of its command, and a .json twin (tables also .csv)."""

from collections import Counter
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from reportedly.ledgers import Filters, questions, searching, views
from reportedly.model import ClaimGroup, Findings
from reportedly.review import grades
from reportedly.web import drawing, marking, rows
from reportedly.web.board import Board
from reportedly.web.citing import citation
from reportedly.web.counting import RANK
from reportedly.web.rendering import (
    ADDRESS,
    as_csv,
    as_data,
    as_json,
    board_of,
    described,
    filters_of,
    line,
    others,
    page,
    part,
    twin_of,
)
from reportedly.web.stories import storied
from reportedly.web.wording import heading_of, worded

router = APIRouter()
View = dict[str, Any]
SHORT = 8
PAIRS = 6  # of passages that show one reason


@router.get("/")
async def home(request: Request) -> Response:
    """What is in the ledger, what is new, and where to begin."""
    board = board_of(request)
    clashes = [each for each in board.clashes if each.kind == "conflict"]
    found: View = {
        "stats": stats(board),
        "stories": [storied(board, members) for members in board.stories[:SHORT] if len(members) > 1],
        "conflicts": board.clashing(clashes[:4]),
        "newest": [line(board.ledger.findings(report)) for report in newest(board)],
        "waiting": len(board.queue()),
    }
    return page(request, "home.html", **found)


@router.get("/claims", openapi_extra=described("filters"))
@router.get("/claims.{twin}", openapi_extra=described("filters"))
async def claims(request: Request, twin: str = "") -> Response:
    """Every claim group that passes the filters."""
    board, filters = board_of(request), filters_of(request)
    found = board.claim_groups(filters)
    if twin_of(twin):
        groups = board.shown(found)
        return as_data(groups, twin, (rows.mention(m, g) for g in groups for m in g["mentions"]))
    shown = part(found, request, 20)
    return page(request, "claims.html", filters=filters, **{**shown, "rows": board.shown(shown["rows"])})


@router.get("/claims/{claim}", openapi_extra=ADDRESS)
async def claim(request: Request, claim: str) -> Response:
    """One claim and all who make it, addressed by any of its mentions."""
    board, name = board_of(request), claim.removesuffix(".json").removesuffix(".csv")
    wanted = searching.expand(board.ledger.db, name, "claims")
    held = board.group_of(wanted)
    group = board.shown([held])[0]
    group["order"] = views.order(group)
    if claim.endswith(".json"):
        return as_json(group)
    if claim.endswith(".csv"):
        return as_csv([rows.mention(m, group) for m in group["mentions"]])
    texts = {f.report.id: f for f in board.findings_of(held.members)}
    mentions = group["mentions"]
    return page(
        request,
        "claim.html",
        group=group,
        asked=wanted,
        against=board.clashing(board.clashes_with(held.members)),
        passages={
            m["id"]: marking.around(texts[m["report"]].report.text, m["evidence"]["start"], m["evidence"]["end"])
            for m in mentions
        },
        reasons=_reasons(held, group, texts),
        by_id={m["id"]: m for m in mentions},
        grades=grades(board.judgements()),
        cites={f.report.id: citation(line(f)) for f in texts.values()},
        chart=drawing.intervals(mentions),
        paths=drawing.chains(mentions),
    )


@router.get("/reports", openapi_extra=described("filters"))
@router.get("/reports.{twin}", openapi_extra=described("filters"))
async def reports(request: Request, twin: str = "") -> Response:
    """The reports that pass; `about` searches their full text."""
    board, filters = board_of(request), filters_of(request)
    found = searching.report_ids(board.ledger.db, filters)
    shown = {"rows": found} if twin_of(twin) else part(found, request)
    told = [line(board.ledger.findings(report)) for report in shown["rows"]]
    if twin:
        return as_data(told, twin, map(rows.report, told))
    return page(request, "reports.html", filters=filters, **{**shown, "rows": told})


@router.get("/reports/{report}", openapi_extra={**ADDRESS, **described("mark")})
async def report(request: Request, report: str) -> Response:
    """One report with its attributions marked in the text, its claims beside it; `mark=10-20` lights a passage."""
    board, name = board_of(request), report.removesuffix(".json")
    wanted = searching.expand(board.ledger.db, name, "reports")
    found = questions.show(board.ledger, wanted)
    if report.endswith(".json"):
        return as_json(found)
    held = board.ledger.findings(wanted)
    depths = _depths(found["attributions"])
    layers = [layer for a in found["attributions"] for layer in _layers(a, depths[a["id"]])]
    layers += _asked(request.query_params.get("mark", ""), len(found["text"]))
    made = {c.id: c.made_by for c in held.claims}
    return page(
        request,
        "report.html",
        report=found,
        depths=depths,
        made=made,
        cite=citation(line(held)),
        heading=heading_of(held.report),
        story=board.story_of(wanted),
        marked=marking.as_html(marking.paragraphs(found["text"], layers)),
    )


@router.get("/reports/{report}/original", openapi_extra=ADDRESS)
async def original(request: Request, report: str) -> Response:
    """The bytes as they came, never as something a browser would run."""
    ledger = board_of(request).ledger
    data = ledger.original(searching.expand(ledger.db, report, "reports"))
    headers = {"content-disposition": 'attachment; filename="original"'}
    return Response(data, media_type="application/octet-stream", headers=headers)


@router.get("/conflicts", openapi_extra=described("filters", "kind"))
@router.get("/conflicts.{twin}", openapi_extra=described("filters", "kind"))
async def conflicts(request: Request, twin: str = "") -> Response:
    """What disagrees, what was updated, which quotations drift."""
    board, filters = board_of(request), filters_of(request)
    wanted = None if filters == Filters() else searching.claim_ids(board.ledger.db, filters)
    kind = request.query_params.get("kind", "")
    if twin_of(twin):
        pairs = board.conflicts if wanted is None else board.conflicts_with(wanted)
        told = worded(board.against([each for each in pairs if kind in ("", each.kind)]))
        return as_data(told, twin, map(rows.conflict, told))
    found = board.clashes if wanted is None else board.clashes_with(wanted)
    counts = Counter(each.kind for each in found)
    shown = part([each for each in found if kind in ("", each.kind)], request, 20)
    return page(
        request,
        "conflicts.html",
        filters=filters,
        kind=kind,
        counts={"": counts.total(), **{name: counts[name] for name in RANK}},
        other=others(request, "kind"),
        **{**shown, "rows": board.clashing(shown["rows"])},
    )


def stats(board: Board) -> View:
    """How much the ledger holds."""
    kinds = Counter(clash.kind for clash in board.clashes)
    return {
        "reports": board.ledger.db.execute("SELECT count(*) FROM reports WHERE newest").fetchone()[0],
        "claims": len(board.counted.home),
        "claim groups": len(board.groups),
        "with two independent origins or more": sum(group.high > 1 for group in board.groups),
        "stories": sum(len(members) > 1 for members in board.stories),
        "conflicts": kinds["conflict"],
        "updates": kinds["update"],
        "drifting quotations": kinds["drift"],
    }


def newest(board: Board) -> list[str]:
    """The reports that came in last."""
    found = board.ledger.db.execute("SELECT id FROM reports ORDER BY seq DESC LIMIT ?", (4 * SHORT,)).fetchall()
    return [row[0] for row in found if row[0] in board.counted.story][:SHORT]


def _reasons(held: ClaimGroup, group: View, texts: dict[str, Findings]) -> list[list[View]]:
    """For each origin, why its members are one: each reason with both passages and where they stand."""
    home = {m["id"]: m["report"] for m in group["mentions"]}
    found = []
    for origin in held.origins:
        seen: dict[tuple[str, str], View] = {}
        for link in origin.reasons:
            one = seen.setdefault((link.reason, link.text), {"kind": link.reason, "text": link.text, "pairs": []})
            one["pairs"].append((link.a, link.a_spans, link.b, link.b_spans))
        for one in seen.values():
            one["count"] = len(one["pairs"])
            one["pairs"] = [_sides(pair, home, texts) for pair in one["pairs"][:PAIRS]]
        found.append(list(seen.values()))
    return found


def _sides(pair: Any, home: dict[str, str], texts: dict[str, Findings]) -> list[View]:
    a, a_spans, b, b_spans = pair
    return [
        {
            "mention": end,
            "report": home[end],
            "span": spans[0],
            "passage": marking.around(texts[home[end]].report.text, *_ends(spans)),
        }
        for end, spans in ((a, a_spans), (b, b_spans))
        if end in home and spans
    ]


def _ends(spans: Any) -> tuple[int, int]:
    return spans[0].start, spans[0].end


def _asked(words: str, length: int) -> list[marking.Layer]:
    """The passage that the address lights up ("10-20"), if it lies in the text."""
    start, _, end = words.partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(words) < 20) or not int(start) < int(end) <= length:
        return []
    return [marking.Layer(int(start), int(end), "asked", "asked")]


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
