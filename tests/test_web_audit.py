"""The audit: what people decided, in words, with what stood before, and what was taken back."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from reportedly.ledgers import Ledger
from reportedly.pipeline import analyse
from reportedly.web.application import application
from tests.test_web import OURS, filled

Row = list[str]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "own.db", "0[46]*.txt")


@pytest.fixture
def writer(path: Path) -> Iterator[TestClient]:
    with TestClient(application(path, user="ana"), base_url="http://localhost:8000", headers=OURS) as client:
        yield client


def table(client: TestClient, query: str = "") -> list[Row]:
    """The words of each cell of the audit."""
    page = client.get(f"/audit{query}")
    assert page.status_code == 200
    body = page.text.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in body.split("</tr>") if "<td" in row]
    return [[html.unescape(re.sub(r"<[^>]+>", " ", cell)).strip() for cell in row] for row in rows]


def figure(client: TestClient) -> dict[str, Any]:
    """A claim with a figure."""
    groups = client.get("/claims.json?with_quantity=true").json()
    found: dict[str, Any] = next(m for group in groups for m in group["mentions"] if m["quantity"]["low"])
    return found


def judge(client: TestClient, act: str, *items: str, **more: str) -> None:
    answer = client.post("/judge", data={"act": act, "items": " ".join(items), **more}, follow_redirects=False)
    assert answer.status_code == 303, answer.text


def test_a_correction_says_what_stood_before_and_after(writer: TestClient) -> None:
    claim = figure(writer)
    old = claim["quantity"]
    judge(writer, "correct", claim["id"], field="quantity", value='{"low": 77, "high": null}', why="misread")
    judge(writer, "correct", claim["id"], field="quantity", value='{"low": 5, "high": 6}')
    judge(writer, "correct", claim["id"], field="quantity", value="null")
    third, second, first = table(writer)
    assert f"{old['low']:,.0f}" in first[4].partition("→")[0]
    assert first[4].partition("→")[2].split() == ["at", "least", "77", *old["item"].split()]
    assert "at least 77" in second[4].partition("→")[0]
    assert second[4].partition("→")[2].strip().startswith("5 to 6")
    assert third[4].partition("→")[2].strip() == "none"
    assert first[1:3] == ["ana", "corrected the figure"]
    assert first[5] == "misread"
    assert claim["evidence"]["text"][:40] in first[3]
    for page in ("/changes?since=2020-01-01", "/review"):
        assert "corrected the figure" in writer.get(page).text
    assert not any(re.search(r"[{}\"\[\]]", cell) for row in (first, second, third) for cell in row)


def test_words_days_and_speakers_are_told_as_words(writer: TestClient) -> None:
    claim = figure(writer)
    text = writer.get(f"/reports/{claim['report']}.json").json()
    told = next(a for a in text["attributions"] if a["source"])
    start = claim["evidence"]["start"]
    judge(writer, "correct", claim["id"], field="evidence", value=f'{{"start": {start}, "end": {start + 9}}}')
    judge(
        writer,
        "correct",
        claim["id"],
        field="period",
        value='{"first": "2025-03-01", "last": "2025-03-04", "precision": "day", "value": "x", "type": "DATE"}',
    )
    judge(writer, "correct", told["id"], field="cue", value="null")
    cue, period, words = (row[4].partition("→") for row in table(writer))
    assert words[2].strip() == f"“{text['text'][start : start + 9]}”"
    assert period[2].strip() == "2025-03-01 to 04"
    assert (cue[0].strip(), cue[2].strip()) == (f"“{told['cue']['text']}”", "none")


def test_every_act_is_told_and_leads_to_what_it_is_about(writer: TestClient, path: Path) -> None:
    one, other = (group["mentions"][0] for group in writer.get("/claims.json").json()[:2])
    judge(writer, "confirm", one["id"])
    judge(writer, "split", one["id"], other["id"], field="origin", why="two voices")
    judge(writer, "merge", one["id"], other["id"], field="origin", why="one voice")
    judge(writer, "grade", one["id"], field="credibility", value='"2"')
    judge(writer, "grade", one["id"], field="credibility", value='"4"')
    judge(writer, "reject", other["id"])
    with Ledger(path, make=False) as ledger:
        ledger.edit(one["report"], {"outlet": "Another Post"}, "bo", "wrong name", analyse)
    told = {row[2]: row for row in table(writer)}
    assert list(told) == [
        "corrected the outlet of a report", "rejected", "graded the credibility of a claim", "joined: one origin",
        "parted: not one origin", "accepted",
    ]  # fmt: skip
    grades = [row[4].split() for row in table(writer, "?act=grade")]
    assert grades == [["2", "→", "4"], ["not", "graded", "→", "2"]]
    assert told["corrected the outlet of a report"][4] == f"{one['outlet'] or 'not known'}  →  Another Post"
    page = writer.get("/audit").text
    assert page.count(f'href="/claims/{one["id"]}"') == 5
    assert f'href="/claims/{other["id"]}"' not in page  # it was rejected: no claim page shows it
    for address in set(re.findall(r'href="(/(?:claims|reports|sources)/[^"#]+)', page)):
        assert writer.get(html.unescape(address)).status_code == 200, address


def test_what_was_taken_back_says_by_whom_and_only_the_rest_can_be(writer: TestClient) -> None:
    claim = figure(writer)
    judge(writer, "confirm", claim["id"], why="read twice")
    judge(writer, "reject", claim["id"])
    made = writer.get("/audit.json").json()
    writer.post("/undo", data={"judgement": made[0]["id"], "why": "a slip"})
    rejected, confirmed = table(writer)
    assert rejected[6].startswith("undone by ana")
    assert rejected[6].endswith("a slip")
    assert confirmed[6] == "Undo"
    assert [row[2] for row in table(writer, "?state=undone")] == ["rejected"]
    assert [row[2] for row in table(writer, "?state=holds")] == ["accepted"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2), ("?who=ana", 2), ("?who=bo", 0), ("?act=grade", 1), ("?about=READ+twice", 1),
        ("?about=nothing+such", 0),        ("?since=2100-01-01", 0), ("?until=2100-01-01", 2), ("?until=2000-01-01", 0),
    ],
)  # fmt: skip
def test_the_list_is_filtered_page_and_data_alike(writer: TestClient, query: str, count: int) -> None:
    claim = figure(writer)
    judge(writer, "confirm", claim["id"], why="Read twice")
    judge(writer, "grade", claim["id"], field="credibility", value='"3"')
    assert len(table(writer, query)) == len(writer.get(f"/audit.json{query}").json()) == count


def test_a_day_that_is_none_is_told(writer: TestClient) -> None:
    assert "not a date" in writer.get("/audit?since=tuesday").text


def test_a_report_that_is_gone_is_still_told(writer: TestClient, path: Path) -> None:
    claim = figure(writer)
    judge(writer, "correct", claim["id"], field="item", value='"boats"')
    with Ledger(path, make=False) as ledger:
        ledger.remove(claim["report"], "bo", "asked for")
    removed, corrected = table(writer)
    assert removed[2] == "took a report out"
    assert corrected[4] == "…  →  boats"
    assert claim["evidence"]["text"][:40] in corrected[3]
