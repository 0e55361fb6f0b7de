"""Whole journeys over invented reports: cases/<name>/report.txt and what is expected of it, reviewed as diffs.

`make cases` (python -m tests.test_cases) writes the expectations anew.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from reportedly.model import Attribution, Claim, Findings, Options, Source, Span
from reportedly.pipeline import analyse
from tests.invented_reports import report

CASES = sorted((Path(__file__).parent / "cases").iterdir())
OPTIONS = Options(reading="rules")


def found(case: Path) -> list[dict[str, Any]]:
    """What the journey finds in a case, one row a finding, in words."""
    known = json.loads((case / "report.json").read_text("utf-8"))
    text = (case / "report.txt").read_text("utf-8")
    findings = analyse(report(text, name=case.name, **known), OPTIONS)
    return [*_notices(findings), *_attributions(findings), *_claims(findings)]


def _notices(f: Findings) -> list[dict[str, Any]]:
    line = f.report.dateline
    notices = [{"notice": n.kind, "names": n.name} for n in f.report.notices]
    dateline = [{"dateline": line.place, "agency": line.agency, "date": str(line.date)}] if line else []
    return [*dateline, *notices, *({"problem": p.what} for p in f.problems)]


def _attributions(f: Findings) -> list[dict[str, Any]]:
    sources = {s.id: s for s in f.sources}
    return [_attribution(f.report.text, a, sources) for a in f.attributions]


def _attribution(text: str, a: Attribution, sources: dict[str, Source]) -> dict[str, Any]:
    source = sources[a.source_id] if a.source_id else None
    return {
        "source": _words(text, a.source),
        "cue": _words(text, a.cue),
        "content": [s.of(text) for s in a.content],
        "style": a.style,
        "chain": [sources[i].name for i in a.chain],
        "kind": source and f"{source.kind}, {source.naming}",
        "inner": a.within is not None,
    }


def _claims(f: Findings) -> list[dict[str, Any]]:
    return [_claim(f.report.text, c) for c in sorted(f.claims, key=lambda c: c.evidence)]


def _claim(text: str, c: Claim) -> dict[str, Any]:
    q, p = c.quantity, c.period
    row: dict[str, Any] = {
        "claim": c.evidence.of(text),
        "event": c.event,
        "own_voice": c.attribution is None,
        "quantity": q and f"{q.low}..{q.high} {q.bound} {q.unit}",
        "period": p and f"{p.first}..{p.last} {p.value}",
        "factuality": c.factuality,
        "hedge": _words(text, c.hedge),
    }
    return {key: value for key, value in row.items() if value}


def _words(text: str, span: Span | None) -> str | None:
    return span.of(text) if span else None


def lines(rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case(case: Path) -> None:
    expected = [json.loads(line) for line in (case / "expected.jsonl").read_text("utf-8").splitlines()]
    assert found(case) == expected


def test_there_are_cases() -> None:
    assert len(CASES) >= 5


if __name__ == "__main__":
    for folder in CASES:
        (folder / "expected.jsonl").write_text(lines(found(folder)), encoding="utf-8")
