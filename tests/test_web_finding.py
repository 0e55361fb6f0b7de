"""The search box, and lists as data: what is found, how much of it is told, where all of it stands."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from reportedly.errors import UsageError
from reportedly.ledgers import Filters, Ledger, finding, questions, searching
from reportedly.web.application import application
from reportedly.web.board import Board
from reportedly.web.wording import bounded, days, heading
from tests.test_web import EXAMPLES, filled


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("finding") / "ledger.db", "*[tl]", str(EXAMPLES.parent / "lexicon"))


@pytest.fixture
def browser(shared: Path) -> Iterator[TestClient]:
    with TestClient(application(shared, user="ana"), base_url="http://localhost:8000") as client:
        yield client


def found(browser: TestClient, words: str) -> dict[str, Any]:
    answer: dict[str, Any] = browser.get("/search.json", params={"q": words}).json()
    return answer


@pytest.mark.parametrize("words", ["4,000", "4000", "4 000", "four thousand", "at least 4,000", "4k"])
def test_a_figure_is_found_however_it_is_written(browser: TestClient, words: str) -> None:
    figures = found(browser, words)["figures"]
    assert figures["count"] > 0
    for group in figures["first"]:
        told = [m["quantity"] for m in group["mentions"] if m["quantity"]]
        assert any(4000 in (quantity["low"], quantity["high"]) for quantity in told)


def test_words_beside_a_figure_narrow_it(browser: TestClient) -> None:
    assert 0 < found(browser, "4,000 soldiers")["figures"]["count"] <= found(browser, "4,000")["figures"]["count"]
    assert found(browser, "4,000 umbrellas")["figures"]["count"] == 0


def test_the_filter_of_the_command_is_the_same(shared: Path) -> None:
    with Ledger(shared, make=False) as ledger:
        assert questions.claims(ledger, Filters(figure="4,000")) == questions.claims(ledger, Filters(figure="4 000"))
        with pytest.raises(UsageError, match="no number"):
            searching.claim_ids(ledger.db, Filters(figure="many"))


def test_one_box_answers_by_kind(browser: TestClient) -> None:
    told = found(browser, "Brandt")
    assert any("Brandt" in source["name"] for source in told["sources"]["first"])
    assert told["reports"]["count"] >= len(told["reports"]["first"]) > 0
    assert next(words for words, hit in told["reports"]["first"][0]["pieces"] if hit).startswith("Brandt")
    assert told["claims"]["count"] > 0
    assert told["stories"]["count"] > 0
    assert found(browser, "northern wire")["outlets"] == [{"outlet": "Northern Wire", "reports": 2}]


def test_a_source_is_found_by_another_name(shared: Path, browser: TestClient) -> None:
    with Ledger(shared, make=False) as ledger:
        rows = ledger.db.execute("SELECT id, name, aliases FROM sources WHERE aliases <> ''").fetchall()
    names = [(row["id"], other) for row in rows for other in row["aliases"].split("|") if other not in row["name"]]
    assert names
    source, other = names[0]
    assert source in [each["id"] for each in browser.get("/sources.json", params={"name": other}).json()]


def test_nothing_is_cut_without_a_word(browser: TestClient) -> None:
    told = found(browser, "the")["reports"]
    page = browser.get("/search", params={"q": "the"}).text
    assert told["count"] > len(told["first"]) == 5
    assert f"5 of {told['count']}" in page
    assert 'href="/reports?about=the"' in page
    assert len(browser.get("/reports.json?about=the").json()) == told["count"]


def test_an_id_or_a_name_leads_straight_there(browser: TestClient) -> None:
    report = browser.get("/reports.json").json()[0]
    for words in (report["id"], report["name"]):
        answer = browser.get("/search", params={"q": words}, follow_redirects=False)
        assert answer.headers["location"] == f"/reports/{report['id']}"


@pytest.mark.parametrize(
    "words", ["<script>x</script>", '"', "%", "_", "* OR 1", "", "a" * 5000, "NEAR(x", "' --", "٣"]
)
def test_no_words_break_the_box(browser: TestClient, words: str) -> None:
    answer = browser.get("/search", params={"q": words})
    assert answer.status_code == 200
    assert "<script>x" not in answer.text
    assert browser.get("/search.json", params={"q": words}).status_code == 200


def test_signs_of_a_pattern_mean_themselves(shared: Path) -> None:
    board = Board(shared).fresh()
    assert board.speakers.called("%") == board.speakers.called("_") == board.speakers.called("\x00") == []
    assert finding.outlets(board.ledger.db, "%") == []
    board.close()


@pytest.mark.parametrize("table", ["claims", "reports", "conflicts", "stories", "sources"])
def test_every_list_goes_out_as_data(browser: TestClient, table: str) -> None:
    rows = browser.get(f"/{table}.json").json()
    lines = browser.get(f"/{table}.jsonl")
    assert [json.loads(line) for line in lines.text.splitlines()] == rows
    assert len(browser.get(f"/{table}.csv").text.splitlines()) > len(rows) > 0
    assert browser.get(f"/{table}.xml").status_code == 404


def test_disagreements_are_parted_by_kind(browser: TestClient) -> None:
    every = browser.get("/conflicts.json").json()
    kinds = {each["kind"] for each in every}
    parts = [browser.get(f"/conflicts.json?kind={kind}").json() for kind in sorted(kinds)]
    assert len(kinds) > 1
    assert sum(len(part) for part in parts) == len(every)
    assert all(len({each["kind"] for each in part}) == 1 for part in parts)


def test_lists_can_be_leafed_back(browser: TestClient) -> None:
    assert "previous" in browser.get("/claims?from=20").text
    assert "previous" not in browser.get("/claims").text


def test_figures_and_days_are_words() -> None:
    assert bounded({"low": 4000.0, "high": None, "approx": True, "unit": None}) == "at least about 4,000"
    assert bounded({"low": None, "high": 50.0, "approx": True, "unit": None}) == "nearly 50"
    assert bounded({"low": None, "high": None, "approx": False, "unit": None}) == "no number"
    assert days({"first": "2025-03-10", "last": "2025-03-16", "text": None}) == "2025-03-10 to 16"
    assert days({"first": None, "last": "2025-03-16", "text": None}) == "until 2025-03-16"
    assert days({"first": None, "last": None, "text": "recently"}) == "(recently)"


def test_a_report_without_a_title_is_called_by_its_first_words() -> None:
    assert heading("Rain", "text") == "Rain"
    assert heading(None, "\n\n") == "(empty text)"
    assert heading(None, "word " * 60).endswith("…”")
