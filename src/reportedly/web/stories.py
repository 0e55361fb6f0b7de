"""The page of a story: when what was said, who took it from whom, its claims, conflicts and copies."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from reportedly.errors import UsageError
from reportedly.ledgers import searching
from reportedly.model import Link
from reportedly.web import drawing, rows, timing
from reportedly.web.board import Board
from reportedly.web.citing import footnote
from reportedly.web.rendering import (
    ADDRESS,
    as_csv,
    as_data,
    as_json,
    board_of,
    described,
    filters_of,
    line,
    page,
    part,
    twin_of,
)
from reportedly.web.wording import worded

router = APIRouter()
View = dict[str, Any]
SHORT = 6
MOST_CLASHES = 30


@router.get("/stories", openapi_extra=described("filters"))
@router.get("/stories.{twin}", openapi_extra=described("filters"))
async def stories(request: Request, twin: str = "") -> Response:
    """Reports about one happening, the largest first."""
    board, filters = board_of(request), filters_of(request)
    found = board.stories
    if any(request.query_params.get(name) for name in filters.__struct_fields__):
        wanted = set(searching.report_ids(board.ledger.db, filters))
        found = [members for members in found if not wanted.isdisjoint(members)]
    if twin_of(twin):
        told = [_reports(board, members) for members in found]
        return as_data(told, twin, (rows.story(each, report) for each in told for report in each["members"]))
    shown = part(found, request, 25)
    told = [_reports(board, members, SHORT) for members in shown["rows"]]
    return page(request, "stories.html", filters=filters, **{**shown, "rows": told})


@router.get("/stories/{report}", openapi_extra=ADDRESS)
async def story(request: Request, report: str) -> Response:
    """One story, addressed by any of its reports."""
    board = board_of(request)
    wanted = searching.expand(board.ledger.db, report.removesuffix(".json").removesuffix(".csv"), "reports")
    members = board.story_of(wanted)
    if not members:
        raise UsageError(f"{wanted}: belongs to no story; it has a newer version; see /reports/{wanted}")
    found = telling(board, members)
    if report.endswith(".json"):
        claims = {mention["id"] for group in found["groups"] for mention in group["mentions"]}
        told = {key: found[key] for key in ("title", "members", "groups", "copies", "happenings")}
        return as_json({**told, "conflicts": worded(board.against(board.conflicts_with(claims)))})
    if report.endswith(".csv"):
        return as_csv([rows.mention(m, group) for group in found["groups"] for m in group["mentions"]])
    return page(request, "story.html", asked=wanted, **found)


def telling(board: Board, members: tuple[str, ...]) -> View:
    """All that the page of a story shows."""
    held = [board.ledger.findings(member) for member in members]
    claims = {claim.id for findings in held for claim in findings.claims}
    groups = board.shown(board.groups_of(claims))
    mentions = [{**m, "event": g["event"]} for g in groups for m in g["mentions"]]
    reports = sorted((line(f) for f in held), key=lambda r: (r["date"] or "9999", r["outlet"] or ""))
    found = timing.happenings(mentions)
    paths = drawing.chains(mentions)
    against = board.clashes_with(claims)
    return {
        "title": headline(reports),
        "members": reports,
        "copies": copies(board.ledger.links_between(members), reports),
        "groups": groups,
        "clashes": board.clashing(against[:MOST_CLASHES]),
        "disagreements": len(against),
        "happenings": found,
        "undated": [each for each in found if not each.dated],
        "timeline": timing.timeline(found, reports),
        "paths": paths,
        "diagram": drawing.diagram(paths),
        "cites": {r["id"]: footnote(r) for r in reports},
    }


def copies(links: list[Link], reports: list[View]) -> list[View]:
    """Each report that copies nobody, with those that copy it (the earliest stands on top) and why."""
    home = {r["id"]: r for r in reports}
    found = [link for link in links if link.kind == "copy" and link.stance == "together"]
    order = {name: n for n, name in enumerate(home)}
    above: dict[str, str] = {}
    reasons: dict[str, list[str]] = {}
    for link in sorted(found, key=lambda link: (order.get(link.a, 0), order.get(link.b, 0))):
        first, second = sorted((link.a, link.b), key=lambda name: _place(home[name], order))
        above.setdefault(second, first)
        reasons.setdefault(second, []).append(f"{link.reason.replace('-', ' ')}: {link.text}")
    tops: dict[str, View] = {name: {"report": home[name], "copies": []} for name in home if name not in above}
    for name in above:
        under = [{"report": home[name], "why": list(dict.fromkeys(reasons[name]))}]
        tops[_top(name, above)]["copies"] += under
    return list(tops.values())


def _place(report: View, order: dict[str, int]) -> tuple[bool, str, bool, int]:
    """Who stands on top: the dated before the undated, the earlier, who credits nobody."""
    credits = bool(report["agency"] or report["republisher"])
    return report["date"] is None, report["date"] or "", credits, order[report["id"]]


def _top(name: str, above: dict[str, str]) -> str:
    seen = {name}
    while name in above and above[name] not in seen:
        name = above[name]
        seen.add(name)
    return name


def storied(board: Board, members: tuple[str, ...]) -> View:
    """A story in one line: its title, how many reports, the address."""
    return {"id": members[0], **{k: v for k, v in _reports(board, members, SHORT).items() if k != "members"}}


def _reports(board: Board, members: tuple[str, ...], most: int | None = None) -> View:
    shown = [line(board.ledger.findings(member)) for member in members[:most]]
    ordered = sorted(shown, key=lambda r: (r["date"] or "9999", r["outlet"] or "", r["id"]))
    return {"title": headline(ordered), "members": ordered, "count": len(members)}


def headline(reports: list[View]) -> str:
    """What a story is called: the first title that one of its reports has, else the first words of one."""
    return str(next((r["title"] for r in reports if r["title"]), reports[0]["heading"]))
