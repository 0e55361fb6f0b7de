"""The evidence browser, asked as a browser asks it."""

import asyncio
import gzip
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from reportedly.cli.leading import leading
from reportedly.errors import ReadingError
from reportedly.ledgers import Ledger
from reportedly.model import Options
from reportedly.pipeline import analyse
from reportedly.readers import read
from reportedly.web import drawing, marking, timing
from reportedly.web.application import application
from reportedly.web.citing import citation
from reportedly.web.guards import HEADERS, hashed
from reportedly.web.rendering import HERE

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
    "/changes",
)


def filled(path: Path, pattern: str = "0[1-9]*.txt", lexicon: str | None = None) -> Path:
    with Ledger(path, Options(reading="rules", lexicon=lexicon)) as ledger:
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
        return {
            "id": "c",
            "chain": [],
            "outlet": "P",
            "quantity": {"low": low, "high": high, "approx": False, "text": "x"},
        }

    chart = drawing.intervals([mention(12, None), mention(None, 40), mention(8_000_000, 8_000_000)])
    assert chart
    assert [(b.open_low, b.open_high) for b in chart.bars] == [(False, True), (True, False), (False, False)]
    assert all(b.x >= 0 and b.x + b.width <= chart.width for b in chart.bars)
    assert drawing.intervals([{"id": "c", "chain": [], "quantity": None}]) is None


def some_claim(client: TestClient, **query: str) -> dict[str, Any]:
    group: dict[str, Any] = client.get("/claims.json", params=query).json()[0]
    return group


def test_a_story_holds_its_days_chains_claims_and_copies(browser: TestClient) -> None:
    story = browser.get("/stories.json").json()[0]
    page = browser.get(f"/stories/{story['members'][-1]['id']}")
    told = browser.get(f"/stories/{story['members'][0]['id']}.json").json()
    assert page.text.count('class="strip') > 3
    assert "order not established" in page.text
    assert '<svg class="chainmap"' in page.text
    folded = [copy for top in told["copies"] for copy in top["copies"]]
    assert folded and all(copy["why"] for copy in folded)
    assert len(told["copies"]) + len(folded) == len(told["members"])
    origins = [group["origins"]["high"] for group in told["groups"]]
    assert origins == sorted(origins, reverse=True)


def test_a_reason_for_one_origin_opens_both_passages(browser: TestClient) -> None:
    groups = browser.get("/claims.json").json()
    group = next(g for g in groups if any(o["reasons"] for o in g["origins"]["groups"]))
    page = browser.get(f"/claims/{group['mentions'][0]['id']}").text
    marked = re.findall(r'href="(/reports/[\w-]+\?mark=\d+-\d+)#asked"', page)
    assert page.count('<mark class="asked">') >= 2
    assert '<mark class="asked' in browser.get(marked[0]).text
    assert "interest" in page and " ← " in page and "&lt;-" not in page


@pytest.mark.parametrize("mark", ["9-4", "0-99999999", "x", "-1-4", "1-2-3"])
def test_a_mark_outside_of_the_text_lights_nothing(browser: TestClient, mark: str) -> None:
    report = browser.get("/reports.json").json()[0]["id"]
    answer = browser.get(f"/reports/{report}", params={"mark": mark})
    assert answer.status_code == 200
    assert 'id="asked"' not in answer.text


def corrected(client: TestClient, **fields: str) -> dict[str, Any]:
    mention = some_claim(client, with_quantity="true")["mentions"][0]
    answer = client.post(f"/review/{mention['id']}", data=fields, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    found: dict[str, Any] = client.get(f"/claims/{mention['id']}.json").json()
    return next(m for m in found["mentions"] if m["id"] == mention["id"])


def test_figure_days_hedge_words_and_speaker_are_corrected(writer: TestClient) -> None:
    now = corrected(writer, low="1,200", high="")
    assert now["quantity"]["low"] == 1200
    assert "corrected by ana" in now["made_by"]
    assert corrected(writer, first="2025-03-01", last="2025-03-02")["period"]["last"] == "2025-03-02"
    assert corrected(writer, factuality="denied")["factuality"] == "denied"
    start = now["evidence"]["start"]
    assert corrected(writer, evidence_start=str(start), evidence_end=str(start + 8))["evidence"]["end"] == start + 8
    assert corrected(writer, hedge_start=str(start), hedge_end=str(start + 4))["hedge"]["start"] == start
    assert corrected(writer, hedge_start="", hedge_end="")["hedge"] is None
    form = writer.get(f"/review/{now['id']}").text
    speakers = re.findall(r'<option value="([^"]+)">', form)
    assert speakers and corrected(writer, speaker=speakers[0])["source"]["id"] == speakers[0]
    assert corrected(writer, low="", high="")["quantity"] is None


@pytest.mark.parametrize(
    "fields",
    [
        {"low": "many", "high": ""},
        {"low": "nan", "high": ""},
        {"low": "9", "high": "3"},
        {"first": "2025-02-31", "last": ""},
        {"first": "2025-03-02", "last": "2025-03-01"},
        {"evidence_start": "5", "evidence_end": "5"},
        {"evidence_start": "0", "evidence_end": "999999"},
        {"hedge_start": "x", "hedge_end": "4"},
        {"speaker": "s-nobody"},
        {"event": " "},
        {"factuality": "certain"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_stored(writer: TestClient, fields: dict[str, str]) -> None:
    mention = some_claim(writer, with_quantity="true")["mentions"][0]["id"]
    answer = writer.post(f"/review/{mention}", data=fields, follow_redirects=False)
    assert answer.status_code == 404
    assert "nothing was stored" in answer.text or "no value for" in answer.text
    assert writer.get("/audit.json").json() == []


def test_one_mention_is_parted_from_its_origin(writer: TestClient) -> None:
    first, second = (g["mentions"][0]["id"] for g in writer.get("/claims.json").json()[:2])
    form = {"act": "merge", "items": f"{first} {second}", "field": "claim", "why": "one event"}
    writer.post("/judge", data=form)
    assert len(writer.get(f"/claims/{first}.json").json()["mentions"]) == 2
    form = {"act": "split", "items": f"{first} {second}", "apart": second, "field": "origin", "why": "two voices"}
    assert writer.post("/judge", data=form, follow_redirects=False).status_code == 303
    assert len(writer.get(f"/claims/{first}.json").json()["origins"]["groups"]) == 2


@pytest.mark.parametrize("form", [{"act": "grade", "field": "reliability", "value": "Z"}, {"act": "grade"}])
def test_a_grade_is_one_of_the_scale(writer: TestClient, form: dict[str, str]) -> None:
    source = writer.get("/sources.json").json()[0]["id"]
    assert writer.post("/judge", data={**form, "items": source}).status_code == 404
    good = {"act": "grade", "field": "reliability", "value": "B", "items": source, "why": "kept its word"}
    writer.post("/judge", data={**good, "back": f"/sources/{source}"})
    page = writer.get(f"/sources/{source}").text
    assert "kept its word" in page and "<strong>B</strong>" in page


def test_sources_tell_first_hand_from_relayed(browser: TestClient) -> None:
    rows = browser.get("/sources.json").json()
    assert any(row["first_hand"] for row in rows)
    relayed = next(row for row in rows if row["relayed"])
    assert relayed["through"]
    assert next(iter(relayed["through"])) in browser.get(f"/sources/{relayed['id']}").text


def test_corrections_go_out_and_come_in_again(writer: TestClient, tmp_path: Path) -> None:
    claims = [g["mentions"][0]["id"] for g in writer.get("/claims.json").json()[:2]]
    writer.post("/judge", data={"act": "confirm", "items": claims[0], "why": "=1+1 read it"})
    writer.post("/judge", data={"act": "reject", "items": claims[1]})
    sheet = writer.get("/corrections.csv")
    assert "'=1+1" in sheet.text
    lines = [json.loads(line) for line in writer.get("/corrections.jsonl").text.splitlines()]
    assert [line["judged"] for line in lines] == ["confirmed", "rejected"]
    for line in lines:
        assert all(0 <= start < end <= len(line["passage"]) for _, start, end in line["spans"])
    again = writer.post("/corrections", files={"file": ("c.csv", sheet.content)}).text
    assert "0</strong> taken over, 2 known already" in again
    other = filled(tmp_path / "other.db", "04*.txt")
    with TestClient(application(other, user="bo"), base_url="http://localhost", headers=OURS) as client:
        assert "2</strong> taken over" in client.post("/corrections", files={"file": ("c.csv", sheet.content)}).text
        made = client.get("/audit.json").json()
        assert {each["who"] for each in made} == {"ana"}
        assert "=1+1 read it" in {each["why"] for each in made}


def test_bad_rows_are_told_with_their_lines_and_good_ones_kept(writer: TestClient) -> None:
    claim = some_claim(writer)["mentions"][0]["id"]
    rows = ["act,items,field,value,why", f"confirm,{claim},,,", "bless,x,,,", f"split,{claim},,,", "reject,c-none,,,"]
    rows += [f"correct,{claim},colour,red,", f'correct,{claim},factuality,denied,"over\ntwo lines"', "remove,x,,,"]
    page = writer.post("/corrections", files={"file": ("c.csv", "\n".join(rows).encode())}).text
    assert "2</strong> taken over" in page
    assert re.findall(r"<strong>line (\d+)", page) == ["3", "4", "5", "6", "9"]
    for bad in (b"\xff\xfe\x00", b"", b"one,two\n1,2", b'act,items\n"confirm'):
        assert "cannot be read" in writer.post("/corrections", files={"file": ("c.csv", bad)}).text


def test_what_changed(writer: TestClient) -> None:
    assert "New claims" in writer.get("/changes?since=2020-01-01").text
    assert writer.get("/changes.json?since=2099-01-01").json()["new claims"] == []
    assert writer.get("/changes?since=soon").status_code == 404
    assert "Choose a day" in writer.get("/changes").text


def test_an_address_is_fetched_only_where_that_is_allowed(writer: TestClient, tmp_path: Path) -> None:
    asked = {"address": "https://news.example/a", "published": "2025-03-14"}
    assert "not fetched here" in writer.post("/add", data=asked).text
    text = b"The army said on Monday that two boats sank near Kesto. Nobody was hurt, it added."

    def fetch(url: str) -> tuple[bytes, str]:
        if "inside" in url:
            raise ReadingError(f"{url}: not on the open internet; nothing was fetched")
        return text, "text/plain"

    guarded = application(filled(tmp_path / "f.db", "none"), user="ana", fetch=fetch)
    with TestClient(guarded, base_url="http://localhost", headers=OURS) as client:
        assert "<strong>new</strong>" in client.post("/add", data=asked).text
        assert client.get("/reports.json").json()[0]["url"] == "https://news.example/a"
        refused = client.post("/add", data={"address": "http://inside.example/", "outlet": "Kept Words"}).text
        assert "open internet" in refused
        assert "Kept Words" in refused


@pytest.mark.parametrize("name", ["a.zip", "a.txt", "a.html"])
def test_packed_files_are_not_opened(writer: TestClient, name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("../../up.txt", "x" * 100_000)
    page = writer.post("/add", files=[("files", (name, out.getvalue()))]).text
    assert "a packed file; it was not opened" in page


def test_citations_name_the_text_and_cannot_break_out() -> None:
    view = {"id": "r-1", "heading": "A } \\input{x} %", "outlet": "O & P", "published": None, "url": None}
    cite = citation({**view, "text_sha256": "ab", "date": None})
    assert cite.footnote == "O & P, “A } \\input{x} %”, undated. Text SHA-256 ab."
    assert cite.bibtex.splitlines()[:3] == ["@misc{r-1,", "  author = {{O \\& P}},", "  title = {{A  inputx \\%}},"]
    assert cite.bibtex.count("{") == cite.bibtex.count("}")


def test_days_are_bars_and_what_is_undated_stands_apart() -> None:
    def mention(said: str | None, event: tuple[str | None, str | None] | None) -> dict[str, object]:
        period = {"first": event[0], "last": event[1], "text": ""} if event else None
        return {
            "id": "c", "chain": ["Coast Daily", "Ana Lisko"], "event": "flood", "quantity": None, "item": None,
            "evidence": {"text": "the river rose"},
            "said": {"first": said, "last": said, "text": ""} if said else None, "period": period, "published": None,
        }  # fmt: skip

    found = timing.happenings(
        [mention("2025-03-14", ("2025-03-10", "2025-03-12")), mention(None, ("1950-01-01", "2025-03-11"))]
    )
    assert [(h.kind, h.dated) for h in found] == [("event", True), ("event", True), ("said", True), ("said", False)]
    line = timing.timeline(found, [{"date": "2025-03-14"}])
    assert line
    old, flood, said = line.strips
    assert old.open_low and not old.open_high
    assert flood.width > said.width
    assert flood.x + flood.width < said.x
    assert timing.timeline([found[-1]], []) is None


def test_many_readers_while_reports_come_in(tmp_path: Path) -> None:
    path = filled(tmp_path / "busy.db", "04*.txt")
    app = application(path, user="ana")

    async def both() -> list[int]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=OURS) as client:
            texts = [f"Ana Lisko said that {n} boats sank near Kesto on Monday." for n in range(3, 6)]
            adds = [client.post("/add", data={"text": text, "published": "2025-03-14"}) for text in texts]
            reads = [client.get(PAGES[n % len(PAGES)]) for n in range(20)]
            return [answer.status_code for answer in await asyncio.gather(*adds, *reads)]

    assert set(asyncio.run(both())) == {200}


def test_the_first_load_is_small() -> None:
    files = [path for path in (HERE / "static").iterdir() if path.suffix in (".js", ".css")]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < 60_000


def test_a_report_that_nothing_is_known_of_is_called_by_its_name_and_has_no_empty_table(tmp_path: Path) -> None:
    (tmp_path / "north.txt").write_text("Seven people drown at sea, the interior ministry of Belden said.\n", "utf-8")
    with Ledger(tmp_path / "l.db", Options(reading="rules")) as ledger:
        for reading in read(str(tmp_path / "north.txt")):
            assert not isinstance(reading, Exception)
            ledger.add(reading, analyse(reading.report, ledger.options))
    with TestClient(application(tmp_path / "l.db", user="ana"), base_url="http://localhost:8000") as client:
        claims = client.get("/claims").text
        assert "(north.txt) ← interior ministry" in claims and "outlet not known) ←" not in claims
        (story,) = client.get("/stories.json").json()
        page = client.get(f"/stories/{story['members'][0]['id']}").text
    assert "Undated: order not established" in page and "The same as a table" not in page


def test_a_fault_on_a_page_leads_to_a_page(browser: TestClient) -> None:
    answer = browser.get("/claims/c-nothing")
    assert "see /claims" in answer.text and "reportedly claims" not in answer.text
    assert 'See <a href="/claims">/claims</a>' in answer.text
    report = browser.get("/reports.json").json()[0]["id"]
    assert f'<a href="/reports/{report}">' in browser.get(f"/claims/{report}").text
    assert "see /claims" in browser.get("/claims/c-nothing.json").json()["error"]
    assert "See <a" not in browser.get("/nowhere; see /evil").text


def test_pages_call_a_claim_by_the_words_that_say_most(browser: TestClient) -> None:
    groups = browser.get("/claims.json").json()
    group = next(g for g in groups if leading(g["mentions"]) != g["mentions"][0])
    lead = leading(group["mentions"])
    assert list(group) == ["event", "mentions", "origins", "conflicts", "drift"]
    for mention in group["mentions"]:
        page = html.unescape(browser.get(f"/claims/{mention['id']}").text)
        assert f'<h1 dir="auto">{lead["evidence"]["text"]}</h1>' in page
    assert f'<a href="/claims/{lead["id"]}">' in browser.get("/claims").text


def test_disagreements_on_pages_have_both_values_in_their_heading(browser: TestClient) -> None:
    page = browser.get("/conflicts?kind=conflict").text
    assert re.search(r"<h3[^>]*>The figures disagree: [^<]*\d[^<]* / [^<]*\d", page)
