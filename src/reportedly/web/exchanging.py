"""Corrections out and in: as a table for a spreadsheet, and as passages for training and tests."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, get_args

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from reportedly.errors import ReportedlyError, UsageError
from reportedly.exporters.formats import FORMULA
from reportedly.ledgers import Ledger
from reportedly.model import Act, Attribution, Claim, Judgement, Span
from reportedly.web.auditing import listed
from reportedly.web.rendering import as_csv, board_of, written
from reportedly.web.reviewing import NEED_A_REASON, check, json_text, named

router = APIRouter()
NEEDED = ("act", "items")
KEPT = ("confirm", "reject", "correct")
MOST_ROWS = 20_000
Row = dict[str, str]


@router.get("/corrections.csv")
async def corrections(request: Request) -> Response:
    """Every judgement as one row: what goes out here comes in again."""
    return as_csv([_row(made) for made in board_of(request).judgements()])


@router.get("/corrections.jsonl")
async def passages(request: Request) -> Response:
    """What people confirmed, corrected or rejected, each with its passage: for training and tests."""
    lines = [msgspec.json.encode(line) for line in _passages(board_of(request).ledger)]
    return Response(b"".join(line + b"\n" for line in lines), media_type="application/jsonl")


@router.post("/corrections", openapi_extra={"requestBody": {"content": {"multipart/form-data": {"schema": {
    "type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}}}}})  # fmt: skip
async def take(request: Request) -> Response:
    """Reads corrections from a CSV file; rows that cannot be used are told with their lines, the others are kept."""
    async with request.form(max_files=1, max_part_size=5_000_000) as given:
        file = given.get("file")
        data = await file.read() if isinstance(file, UploadFile) else b""
    user = request.app.state.user
    told = await written(request, lambda ledger: imported(ledger, data, user))
    return listed(request, told)


def imported(ledger: Ledger, data: bytes, user: str) -> dict[str, Any]:
    """How many rows were kept, how many were known, and which could not be used: (line, why)."""
    told: dict[str, Any] = {"kept": 0, "known": 0, "bad": []}
    known = {made.id for made in ledger.judgements()}
    try:
        for line, row in _rows(data):
            try:
                told[_taken(ledger, row, known, user)] += 1
            except ReportedlyError as error:
                told["bad"].append((line, str(error)))
    except (csv.Error, UnicodeError, UsageError) as error:
        told["bad"].append((1, f"the file cannot be read ({error}); nothing of the rest was; save it as CSV, UTF-8"))
    return told


def _rows(data: bytes) -> Iterator[tuple[int, Row]]:
    reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    header = [name.strip() for name in next(reader, [])]
    if not set(NEEDED) <= set(header):
        raise UsageError(f"no column {' or '.join(NEEDED)} in the first line")
    for number, cells in enumerate(reader):
        if number >= MOST_ROWS:
            raise UsageError(f"more than {MOST_ROWS:,} rows; split the file")
        if any(cells):
            yield reader.line_num, {name: _plain(cell) for name, cell in zip(header, cells, strict=False)}


def _taken(ledger: Ledger, row: Row, known: set[str], user: str) -> str:
    """ "kept" or "known"."""
    if row.get("id") in known:
        return "known"
    if row.get("undone", "").lower() == "true":
        raise UsageError("was undone where it was made; not taken over")
    act, why = row.get("act", "").strip(), row.get("why", "").strip()
    if act not in get_args(Act) or act in ("edit", "remove"):
        raise UsageError(f"act {act!r}: not taken from a file; confirm, reject, correct, split, merge, grade")
    if act in NEED_A_REASON and not why:
        raise UsageError(f"{act}: needs a reason")
    items, field = named(ledger, row.get("items", "")), row.get("field", "").strip() or None
    value = json_text(row["value"]) if row.get("value") else None
    check(act, items, field, value)
    made = ledger.judge(act, items, row.get("who", "").strip() or user, why, field, value)  # type: ignore[arg-type]
    known.add(made.id)
    return "kept"


def _plain(cell: str) -> str:
    """A cell without the apostrophe that guards spreadsheets against formulas."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" \n").startswith(FORMULA) else cell


def _row(made: Judgement) -> dict[str, object]:
    ends = made.span or Span(0, 0)
    return {
        "id": made.id,
        "when": made.when.isoformat(timespec="seconds"),
        "who": made.who,
        "act": made.act,
        "items": " ".join(made.items),
        "field": made.field,
        "value": made.value,
        "why": made.why,
        "report": made.report,
        "start": ends.start if made.span else None,
        "end": ends.end if made.span else None,
        "words": made.words,
        "undone": str(made.undone).lower(),
    }


def _passages(ledger: Ledger) -> Iterator[dict[str, object]]:
    for made in ledger.judgements():
        if made.undone or made.act not in KEPT or not made.report or not ledger.holds(made.report):
            continue
        findings = ledger.findings_as_read(made.report) if made.act == "reject" else ledger.findings(made.report)
        judged: tuple[Attribution | Claim, ...] = (*findings.attributions, *findings.claims)
        records = {record.id: record for record in judged}
        for item in made.items:
            if item in records:
                yield _example(made, records[item], findings.report.text, findings.report.text_sha256)


def _example(made: Judgement, record: Attribution | Claim, text: str, sha256: str) -> dict[str, object]:
    """A judged record with the paragraphs around it; spans count from the passage's first sign."""
    spans = _spans(record)
    start = text.rfind("\n", 0, min(span.start for _, span in spans)) + 1
    last = text.find("\n", max(span.end for _, span in spans))
    end = last if last >= 0 else len(text)
    return {
        "record": "attribution" if isinstance(record, Attribution) else "claim",
        "id": record.id,
        "judged": {"confirm": "confirmed", "correct": "corrected", "reject": "rejected"}[made.act],
        "by": made.who,
        "when": made.when,
        "why": made.why,
        "field": made.field,
        "value": json.loads(made.value) if made.value else None,
        "report": made.report,
        "text_sha256": sha256,
        "offset": start,
        "passage": text[start:end],
        "spans": [[role, span.start - start, span.end - start] for role, span in spans],
    }


def _spans(record: Attribution | Claim) -> list[tuple[str, Span]]:
    if isinstance(record, Claim):
        return [("evidence", record.evidence), *([("hedge", record.hedge)] if record.hedge else [])]
    one = [(role, span) for role, span in (("source", record.source), ("cue", record.cue)) if span]
    return one + [("content", span) for span in record.content]
