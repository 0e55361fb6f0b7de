"""The evidence browser, asked as a browser asks it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from reportedly.ledgers import Ledger
from reportedly.model import Options
from reportedly.pipeline import analyse
from reportedly.readers import read
from reportedly.web import drawing, marking
from reportedly.web.application import application
from reportedly.web.guards import HEADERS, hashed

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports"
OURS = {"sec-fetch-site": "same-origin"}
PAGES = (
    "/",
    "/claims",
    "/claims?only_unnamed=true",
    "/conflicts",
    "/stories",
    "/reports",
    "/sources",
    "/review",
    "/audit",
    "/add",
)


def filled(path: Path, pattern: str = "0[1-9]*.txt") -> Path:
    with Ledger(path, Options(reading="rules")) as ledger:
        ledger.keep_options(ledger.options)
        for file in sorted(EXAMPLES.glob(pattern)):
            for reading in read(str(file)):
                assert not isinstance(reading, Exception)
                ledger.add(reading, analyse(reading.report, ledger.options))
    return path


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("web") / "ledger.db")


@pytest.fixture
def browser(shared: Path) -> Iterator[TestClient]:
    with TestClient(application(shared, user="ana"), base_url="http://localhost:8000") as client:
        yield client


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[TestClient]:
    path = filled(tmp_path / "own.db", "04*.txt")
    with TestClient(application(path, user="ana"), base_url="http://localhost:8000", headers=OURS) as client:
        yield client


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_with_its_headers(browser: TestClient, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "style=" not in answer.text
    assert not re.search(r"<script>|\son\w+=", answer.text)


@pytest.mark.parametrize("table", ["claims", "reports", "sources"])
def test_tables_have_twins(browser: TestClient, table: str) -> None:
    rows = browser.get(f"/{table}.json").json()
    sheet = browser.get(f"/{table}.csv")
    assert rows
    assert sheet.headers["content-type"].startswith("text/csv")
    assert len(sheet.text.splitlines()) > 1


def test_a_claim_opens_its_words_and_its_origins(browser: TestClient) -> None:
    groups = browser.get("/claims.json", params={"with_quantity": "true"}).json()
    group = next(g for g in groups if len({m["report"] for m in g["mentions"]}) > 1)
    mention = group["mentions"][0]
    answer = browser.get(f"/claims/{mention['id']}").text
    assert mention["evidence"]["text"].split(",")[0] in answer
    assert "independent origin" in answer
    assert "<svg" in answer
    assert browser.get(f"/claims/{mention['id']}.json").json()["origins"]["high"] == group["origins"]["high"]


def test_a_report_shows_who_says_what(browser: TestClient) -> None:
    report = browser.get("/reports.json").json()[0]
    answer = browser.get(f"/reports/{report['id']}").text
    shown = browser.get(f"/reports/{report['id']}.json").json()
    assert answer.count('<li class="card') == len(shown["attributions"]) > 0
    assert all(f'id="{a["id"]}"' in answer for a in shown["attributions"])
    assert browser.get(f"/reports/{report['id']}/original").headers["content-disposition"].startswith("attachment")


def test_what_is_not_there_is_said(browser: TestClient) -> None:
    answer = browser.get("/claims/c-nothing")
    assert answer.status_code == 404
    assert "no claim is called so" in answer.text
    assert browser.get("/claims?since=yesterday").status_code == 404
    assert browser.get("/claims?from=x").status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example:80x"])
def test_only_loopback_names_are_answered(browser: TestClient, host: str) -> None:
    assert browser.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}])
def test_a_change_comes_from_our_own_pages(browser: TestClient, headers: dict[str, str]) -> None:
    assert browser.post("/judge", data={"act": "confirm", "items": "c"}, headers=headers).status_code == 403


def test_beyond_loopback_a_token_is_asked_for(shared: Path) -> None:
    guarded = application(shared, user="ana", token_hash=hashed("long token"))
    with TestClient(guarded, base_url="http://ledger.example") as client:
        assert client.get("/").status_code == 401
        assert client.get("/?token=wrong").status_code == 401
        assert client.get("/?token=long%20token").status_code == 200
        assert client.get("/").status_code in (200, 401)
        assert client.get("/", headers={"authorization": "Bearer long token"}).status_code == 200


def test_too_much_is_refused(browser: TestClient) -> None:
    answer = browser.post("/add", headers={**OURS, "content-length": str(10**9)}, content=b"x")
    assert answer.status_code == 413


def test_judging_is_kept_shown_and_undone(writer: TestClient) -> None:
    claim = writer.get("/claims.json").json()[0]["mentions"][0]["id"]
    form = {"act": "reject", "items": claim, "why": "misread", "back": "/review"}
    answer = writer.post("/judge", data=form, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?done=reject")
    assert claim not in writer.get("/claims.json").text
    assert "misread" in writer.get("/audit").text
    made = writer.get("/audit.json").json()[0]
    assert made["who"] == "ana"
    writer.post("/undo", data={"judgement": made["id"], "back": "/audit"})
    assert claim in writer.get("/claims.json").text


def test_splitting_needs_a_reason_and_going_back_stays_here(writer: TestClient) -> None:
    ids = " ".join(m["id"] for g in writer.get("/claims.json").json()[:2] for m in g["mentions"])
    assert writer.post("/judge", data={"act": "split", "items": ids}).status_code == 404
    form = {"act": "merge", "items": ids, "why": "one source", "back": "//evil.example/x"}
    assert writer.post("/judge", data=form, follow_redirects=False).headers["location"] == "/evil.example/x"


def test_hostile_text_is_shown_as_text(writer: TestClient) -> None:
    text = "<script>alert(1)</script> Ana Lisko said that <b>nothing</b> was lost in Kesto on Monday."
    given = {"text": text, "outlet": '"><img src=x onerror=alert(1)>', "published": "2025-03-14"}
    assert "<strong>new</strong>" in writer.post("/add", data=given).text
    report = next(r for r in writer.get("/reports.json").json() if "img" in (r["outlet"] or ""))
    for address in ("/", "/reports", "/claims", "/sources", f"/reports/{report['id']}"):
        page = writer.get(address).text
        assert "<script>alert" not in page
        assert "<img" not in page


def test_files_are_read_and_what_failed_says_why(writer: TestClient) -> None:
    files = [
        ("files", ("../../etc/one.txt", b"The army said on Monday that two boats sank near Kesto.", "text/plain")),
        ("files", ("two.exe", b"MZ\x00\x01", "application/octet-stream")),
        ("files", ("three.txt", b"\x00\x01\x02", "text/plain")),
    ]
    page = writer.post("/add", files=files, data={"published": "2025-03-14"}).text
    assert page.count("<strong>new</strong>") == 1
    assert page.count("<strong>failed</strong>") == 2
    assert "no reader for" in page
    assert "etc/one" not in page


def test_marks_are_cut_at_every_border() -> None:
    layers = [
        marking.Layer(0, 8, "a", "content"),
        marking.Layer(4, 12, "b", "content", 1),
        marking.Layer(14, 18, "b", "cue"),
    ]
    first, second = marking.paragraphs("one two three\nfour", layers)
    assert [(s.text, s.records) for s in first] == [("one ", "a"), ("two ", "a b"), ("thre", "b"), ("e", "")]
    assert [(s.text, s.classes) for s in second] == [("four", "cue depth-0")]
    assert [s.id for s in first] == ["a", "b", "", ""]


def test_open_ends_have_arrows_and_far_figures_a_log_axis() -> None:
    def mention(low: float | None, high: float | None) -> dict[str, object]:
        return {"id": "c", "chain": [], "quantity": {"low": low, "high": high, "approx": False, "text": "x"}}

    chart = drawing.intervals([mention(12, None), mention(None, 40), mention(8_000_000, 8_000_000)])
    assert chart
    assert [(b.open_low, b.open_high) for b in chart.bars] == [(False, True), (True, False), (False, False)]
    assert all(b.x >= 0 and b.x + b.width <= chart.width for b in chart.bars)
    assert drawing.intervals([{"id": "c", "chain": [], "quantity": None}]) is None
