"""A claim is rejected: the links are those that comparing its report anew with all others would give."""

import datetime
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from bench import invented
from bench.predict import Text

from reportedly.ledgers import Ledger, relinking
from reportedly.model import Findings, Options
from reportedly.pipeline import analyse
from reportedly.readers import Hints, Reading, compose

STORM = (
    "KESTO, June 3 — The port authority said on Tuesday that 14 boats sank in the storm off Kesto.\n"
    "The coast guard said 14 boats sank and 3 sailors were killed off Kesto on Tuesday."
)
DENIAL = (
    "KESTO, June 3 — The port authority said on Tuesday that soldiers seized the tanker off Kesto.\n"
    "The navy denied the allegation."
)
Rows = list[tuple[object, ...]]


def keep(ledger: Ledger, text: str, name: str, outlet: str, day: datetime.date | None = None) -> str:
    report = compose(text, name, Hints(outlet=outlet, published=day))
    ledger.add(Reading(report=report, original=text.encode()), analyse(report, ledger.options))
    return report.id


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Reports that share much: invented ones, and one thrice over with other figures."""
    ledger = Ledger(tmp_path / "l.db", Options(reading="rules"))
    for row in invented.reports(16, seed=4):
        report = Text(row).report
        ledger.add(Reading(report=report, original=row["text"].encode()), analyse(report, ledger.options))
    for n, outlet in enumerate(("Coast Daily", "Kesto Post", "Harbour News")):
        keep(ledger, STORM.replace("14", f"{14 + n % 2}"), f"storm {n}", outlet)
    return ledger


def links(ledger: Ledger) -> Rows:
    return [tuple(row) for row in ledger.db.execute("SELECT * FROM links ORDER BY id")]


def watched(monkeypatch: pytest.MonkeyPatch, name: str) -> list[object]:
    """What a function of the module answered, as it is called."""
    real: Callable[..., object] = getattr(relinking, name)
    seen: list[object] = []

    def noted(*given: object) -> object:
        seen.append(real(*given))
        return seen[-1]

    monkeypatch.setattr(relinking, name, noted)
    return seen


def test_rejecting_leaves_the_links_of_a_whole_comparison(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    done, moved = watched(monkeypatch, "leave_out"), watched(monkeypatch, "_moved")
    rows = ledger.db.execute("SELECT id, report FROM claims ORDER BY id").fetchall()
    for claim, report in rows[::2]:
        before = links(ledger)
        ledger.judge("reject", (claim,), "ana", "", None, None)
        after = links(ledger)
        with ledger.writing():
            ledger._connect(report)
        assert links(ledger) == after
        assert all(claim not in row for row in after)
        assert len(after) <= len(before)
    assert Counter(done)[True] > 0.8 * len(done)
    assert relinking.Moved() in moved  # nothing else changed
    assert any(isinstance(each, relinking.Moved) and each != relinking.Moved() for each in moved)  # figures beside it


def test_what_answers_a_rejected_claim_is_compared_anew(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    done = watched(monkeypatch, "leave_out")
    report, _ = (keep(ledger, DENIAL, "tanker", outlet) for outlet in ("Coast Daily", "Kesto Post"))
    denied = ledger.findings(report).claims
    assert [claim.factuality for claim in denied] == ["asserted", "denied"]
    ledger.judge("reject", (denied[0].id,), "ana", "", None, None)
    after = links(ledger)
    with ledger.writing():
        ledger._connect(report)
    assert links(ledger) == after
    assert done == [False]


def test_a_rejected_sign_of_another_happening_is_compared_anew(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    done = watched(monkeypatch, "leave_out")
    for day, toll, outlet in ((3, 14, "Coast Daily"), (8, 5, "Kesto Post")):
        text = (
            f"At least {toll} people were killed when a ferry sank off Harn on its way to Kesto, the coast guard said."
        )
        report = keep(ledger, text, f"ferry {day}", outlet, datetime.date(2031, 6, day))
    claim = next(claim for claim in ledger.findings(report).claims if claim.quantity)
    before = links(ledger)
    ledger.judge("reject", (claim.id,), "ana", "", None, None)
    after = links(ledger)
    with ledger.writing():
        ledger._connect(report)
    assert links(ledger) == after != before
    assert done == [False]


def test_a_rejected_attribution_is_compared_anew(ledger: Ledger) -> None:
    found: Findings = next(f for r in ledger.report_ids() if (f := ledger.findings(r)).attributions)
    ledger.judge("reject", (found.attributions[0].id,), "ana", "", None, None)
    after = links(ledger)
    with ledger.writing():
        ledger._connect(found.report.id)
    assert links(ledger) == after


def test_taking_a_rejection_back_brings_the_links_back(ledger: Ledger) -> None:
    before = links(ledger)
    claim = ledger.db.execute("SELECT a FROM links WHERE kind = 'claim' ORDER BY id").fetchone()["a"]
    made = ledger.judge("reject", (claim,), "ana", "", None, None)
    assert links(ledger) != before
    ledger.undo(made.id, "ana", "", analyse)
    assert links(ledger) == before
