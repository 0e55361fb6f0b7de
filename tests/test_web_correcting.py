"""Correcting who says what: source, cue and what is said, by selection or by caret."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from reportedly.web.application import application
from tests.test_web import OURS, filled


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[TestClient]:
    path = filled(tmp_path / "own.db", "04*.txt")
    with TestClient(application(path, user="ana"), base_url="http://localhost:8000", headers=OURS) as client:
        yield client


def report_of(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/reports/{client.get('/reports.json').json()[0]['id']}.json").json()
    return found


def first(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = report_of(client)["attributions"][0]
    return found


def send(client: TestClient, attribution: str, **fields: object) -> Any:
    return client.post(f"/review/{attribution}", data={k: str(v) for k, v in fields.items()}, follow_redirects=False)


def test_what_is_said_is_corrected_in_parts(writer: TestClient) -> None:
    old = first(writer)
    part = old["content"][0]
    form = writer.get(f"/review/{old['id']}").text
    assert "What is said, part 1" in form and "The word that reports" in form
    middle = part["start"] + 10
    told = {"content_0_start": part["start"], "content_0_end": middle}
    told |= {"content_1_start": middle + 2, "content_1_end": part["end"]}
    assert send(writer, old["id"], **told).status_code == 303
    new = first(writer)
    ends = [(span["start"], span["end"]) for span in new["content"]]
    assert ends == [(part["start"], middle), (middle + 2, part["end"])]
    assert "corrected by ana" in new["made_by"]
    made = writer.get("/audit.json").json()[0]
    assert made["field"] == "content"
    writer.post("/undo", data={"judgement": made["id"]})
    assert first(writer)["content"] == old["content"]


def test_cue_and_source_are_corrected_and_emptied(writer: TestClient) -> None:
    old = first(writer)
    start = old["content"][0]["start"]
    send(writer, old["id"], cue_start=start, cue_end=start + 4)
    assert first(writer)["cue"]["start"] == start
    send(writer, old["id"], cue_start="", cue_end="", source_start="", source_end="")
    assert first(writer)["cue"] is None
    assert first(writer)["source"] is None


@pytest.mark.parametrize(
    "fields",
    [
        {"content_0_start": "", "content_0_end": ""},
        {"content_0_start": 0, "content_0_end": 9, "content_1_start": 5, "content_1_end": 12},
        {"content_0_start": 3, "content_0_end": 3},
        {"content_0_start": 0, "content_0_end": 999_999},
        {"cue_start": "x", "cue_end": 4},
    ],
)
def test_what_is_no_passage_is_refused(writer: TestClient, fields: dict[str, object]) -> None:
    answer = send(writer, first(writer)["id"], **fields)
    assert answer.status_code == 404
    assert "nothing was stored" in answer.text
    assert writer.get("/audit.json").json() == []


HAND_MADE = ["[]", "null", '[{"start": 0}]', '[{"start": 0, "end": 99999999}]', '[{"start": 5, "end": 2}]']


@pytest.mark.parametrize("value", HAND_MADE)
def test_a_correction_by_hand_is_checked_as_well(writer: TestClient, value: str) -> None:
    form = {"act": "correct", "items": first(writer)["id"], "field": "content", "value": value}
    assert writer.post("/judge", data=form, follow_redirects=False).status_code == 404
    assert writer.get("/audit.json").json() == []


def test_an_attribution_is_rejected_with_the_claims_that_hang_on_it(writer: TestClient) -> None:
    report = report_of(writer)
    name = report["attributions"][0]["id"]
    assert 'value="reject"' in writer.get(f"/review/{name}").text
    writer.post("/judge", data={"act": "reject", "items": name, "back": f"/reports/{report['id']}"})
    after = report_of(writer)
    assert name not in [a["id"] for a in after["attributions"]]
    assert len(after["claims"]) <= len(report["claims"])
    assert "was rejected" in writer.get(f"/review/{name}").text
