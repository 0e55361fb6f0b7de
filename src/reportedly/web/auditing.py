"""The page of every judgement, in words: who, when, on what, from what to what, why, and whether it still holds."""

import datetime
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, get_args

from fastapi import APIRouter, Request
from fastapi.responses import Response
from msgspec.structs import asdict, replace

from reportedly.errors import ReportedlyError, UsageError
from reportedly.model import Act, Attribution, Claim, Findings, Judgement, Source, Span
from reportedly.review import review
from reportedly.web import wording
from reportedly.web.board import Board
from reportedly.web.rendering import as_json, board_of, described, page, part

router = APIRouter()
View = dict[str, Any]
Record = Claim | Attribution | Source
ASKED = ("who", "act", "state", "since", "until", "about")
CHANGING = ("correct", "grade", "edit")
STATES = {"": "all", "holds": "that hold", "undone": "taken back"}


@router.get("/audit", openapi_extra=described("from", *ASKED))
@router.get("/audit.{twin}", openapi_extra=described("from", *ASKED))
async def audit(request: Request, twin: str = "") -> Response:
    """The judgements that pass the filters, the newest first."""
    made = _asked(request, board_of(request).judgements()[::-1])
    return as_json(made) if twin == "json" else listed(request, None)


def listed(request: Request, imported: View | None) -> Response:
    """The page; `imported` tells what became of a file of corrections."""
    board = board_of(request)
    every = board.judgements()
    shown = part(_asked(request, every[::-1]), request)
    return page(
        request,
        "audit.html",
        imported=imported,
        people=sorted({made.who for made in every}),
        acts=[act for act in get_args(Act) if any(made.act == act for made in every)],
        states=STATES,
        asked={name: request.query_params.get(name, "") for name in ASKED},
        **{**shown, "rows": told(board, shown["rows"], every)},
    )


def told(board: Board, chosen: Sequence[Judgement], every: Sequence[Judgement]) -> list[View]:
    """Judgements as a person reads them."""
    before = _before(chosen, every)
    return [
        {
            "id": made.id,
            "who": made.who,
            "when": made.when,
            "did": wording.deed(made),
            "change": _change(board, made, before.get(made.id, [])),
            "on": _on(board, made),
            "why": made.why,
            "undone": _undone(board, made),
        }
        for made in chosen
    ]


def _asked(request: Request, made: Iterable[Judgement]) -> list[Judgement]:
    """Those that the address asks for."""
    who, act, state, since, until, about = (request.query_params.get(name, "").strip() for name in ASKED)
    first, last = _day(since, "since"), _day(until, "until")
    return [
        each
        for each in made
        if who in ("", each.who)
        and act in ("", each.act)
        and (not state or each.undone == (state == "undone"))
        and (not first or first <= each.when.date())
        and (not last or each.when.date() <= last)
        and about.casefold() in f"{each.words} {each.why} {' '.join(each.items)}".casefold()
    ]


def _day(words: str, name: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(words) if words else None
    except ValueError:
        raise UsageError(f"{name} {words[:40]}: not a date; nothing is shown; write YYYY-MM-DD") from None


def _undone(board: Board, made: Judgement) -> View | None:
    """By whom, when and why a judgement was taken back."""
    query = "SELECT undone_by, undone_when, undone_why FROM judgements WHERE id = ? AND undone"
    row = board.ledger.db.execute(query, (made.id,)).fetchone()
    return {"who": row[0], "when": row[1], "why": row[2]} if row else None


# --- what was judged


def _on(board: Board, made: Judgement) -> list[View]:
    """Each item in its words, with the addresses of its passage and of its claim, where there are."""
    query = "SELECT * FROM judged WHERE judgement = ?"
    rows = {row["item"]: row for row in board.ledger.db.execute(query, (made.id,))}
    by_item = {row["tied"] or item: row for item, row in rows.items()}
    return [_item(board, item, by_item.get(item)) for item in made.items]


def _item(board: Board, item: str, row: Any) -> View:
    if item.startswith("r-"):
        kept = board.ledger.holds(item)
        words = wording.heading_of(board.ledger.findings(item).report) if kept else item
        return {"words": words, "passage": f"/reports/{item}" if kept else None, "claim": None}
    if row is None or row["start"] is None:
        names = board.ledger.db.execute("SELECT min(name) FROM sources WHERE id = ?", (item,)).fetchone()
        return {"words": names[0] or item, "passage": f"/sources/{item}" if names[0] else None, "claim": None}
    kept = board.ledger.holds(row["report"])
    passage = f"/reports/{row['report']}?mark={row['start']}-{row['end']}#asked" if kept else None
    there = kept and any(claim.id == item for claim in board.ledger.findings(row["report"]).claims)
    return {"words": row["words"], "passage": passage, "claim": f"/claims/{item}" if there else None}


# --- from what to what


def _before(chosen: Sequence[Judgement], every: Sequence[Judgement]) -> dict[str, list[Judgement]]:
    """Of each judgement that changes a field, those that held and changed the same field of the same item before it."""
    wanted, seen = {made.id for made in chosen}, dict[tuple[str, str | None, str], list[Judgement]]()
    found = {}
    for made in every:
        if made.act in CHANGING:
            known = seen.setdefault((made.act, made.field, made.items[0]), [])
            if made.id in wanted:
                found[made.id] = list(known)
            if not made.undone:
                known.append(made)
    return found


def _change(board: Board, made: Judgement, earlier: Sequence[Judgement]) -> tuple[str, str] | None:
    """What a field said before and says after, in words; None for a judgement that changes no field."""
    if made.act not in CHANGING:
        return None
    if made.act == "correct":
        return _corrected(board, made, earlier)
    before = _words(earlier[-1].value) if earlier else _unjudged(board, made)
    return before, _words(made.value)


def _unjudged(board: Board, made: Judgement) -> str:
    """What a grade or a field of a report was before anybody judged."""
    if made.act == "grade":
        return "not graded"
    query = f"SELECT json_extract(record, '$.{made.field}') FROM reports WHERE id = ?"
    row = board.ledger.db.execute(query, (made.items[0],)).fetchone() if made.field in wording.FIELDS else None
    return str(row[0]) if row and row[0] else "not known"


def _corrected(board: Board, made: Judgement, earlier: Sequence[Judgement]) -> tuple[str, str]:
    """The field as the program read it and people corrected it before, and as this judgement has it."""
    field, report = made.field or "", made.report
    try:
        found = board.ledger.findings_as_read(report) if report else None
        record = next((each for each in _records(found) if each.id in made.items), None) if found else None
        if found and record:
            before, after = _after(found, record, earlier), _after(found, record, [*earlier, made])
            return _said(found, before, field), _said(found, after, field)
    except ReportedlyError:  # the report was read again since, and the words are others now
        pass
    return "…", _words(made.value)


def _records(found: Findings) -> list[Record]:
    return [*found.claims, *found.attributions, *found.sources]


def _after(found: Findings, record: Record, judgements: Sequence[Judgement]) -> Record:
    """One record with these corrections."""
    alone = replace(
        found,
        claims=(record,) if isinstance(record, Claim) else (),
        attributions=(record,) if isinstance(record, Attribution) else (),
        sources=(record,) if isinstance(record, Source) else (),
    )
    return _records(review(alone, judgements))[0]


def _said(found: Findings, record: Record, field: str) -> str:
    """A field of a record in words."""
    value: Any = getattr(record, field, None)
    text = found.report.text
    names = {source.id: source.name for source in found.sources}
    spans = value if isinstance(value, tuple) and not isinstance(value, Span) else (value,)
    if value and all(isinstance(each, Span) for each in spans):
        return "“" + " … ".join(each.of(text) for each in spans) + "”"
    own: dict[str, Callable[[], str]] = {
        "quantity": lambda: " ".join(filter(None, (wording.bounded(asdict(value)), value.item))),
        "period": lambda: wording.days({"first": _iso(value.first), "last": _iso(value.last), "text": None}),
        "place": lambda: str(value.name),
        "source_id": lambda: names.get(str(value), str(value)),
        "chain": lambda: " ← ".join(names.get(each, each) for each in value or ()),
    }
    return (own[field]() if field in own else str(value).replace("_", " ")) if value else "none"


def _words(value: str | None) -> str:
    """A value of which no record tells more."""
    plain = json.loads(value or "null")
    return "none" if plain is None else plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def _iso(day: datetime.date | None) -> str | None:
    return str(day) if day else None
