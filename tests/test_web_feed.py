"""What changed, as a reader of feeds sees it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from reportedly.web.application import application
from tests.test_web import EXAMPLES, OURS, filled


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[TestClient]:
    path = filled(tmp_path / "own.db", "0[49]*.txt")
    with TestClient(application(path, user="ana"), base_url="http://localhost:8000", headers=OURS) as client:
        yield client


def fed(client: TestClient, query: str = "") -> list[ElementTree.Element]:
    answer = client.get(f"/changes.atom{query}")
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = ElementTree.fromstring(answer.text)
    assert feed.findtext("{*}updated")
    return feed.findall("{*}entry")


def test_what_changed_is_an_atom_feed(writer: TestClient) -> None:
    claim = writer.get("/claims.json").json()[0]["mentions"][0]["id"]
    entries = fed(writer)  # all of it was learned just now
    shown = writer.get("/changes.json?since=2020-01-01").json()
    kinds = Counter(str(entry.findtext("{*}id")).split(":")[2] for entry in entries)
    assert kinds["claim"] == min(50, len(shown["new claims"])) > 0
    assert kinds["disagreement"] > 0
    assert len({entry.findtext("{*}id") for entry in entries}) == len(entries)
    for entry in entries[:5]:
        link = entry.find("{*}link")
        assert link is not None
        assert writer.get(link.attrib["href"]).status_code == 200
    writer.post("/judge", data={"act": "confirm", "items": claim, "why": "read \x0b<it>\u202e"})
    newest = next(each for each in fed(writer) if "judgement" in str(each.findtext("{*}id")))
    assert newest.findtext("{*}title") == "Judgement: ana accepted"
    assert "<it>" in str(newest.findtext("{*}summary"))
    assert len(fed(writer, "?since=2099-01-01")) == 0
    assert 0 < len(fed(writer, "?about=houses")) < len(entries)
    assert writer.get("/changes.atom?since=soon").status_code == 404
    assert 'type="application/atom+xml"' in writer.get("/changes").text


def test_a_copy_does_not_make_an_entry_of_the_feed_another(writer: TestClient) -> None:
    reports = len(writer.get("/reports.json").json())
    before = {entry.findtext("{*}id") for entry in fed(writer) if "claim:" in str(entry.findtext("{*}id"))}
    file = next(iter(sorted(EXAMPLES.glob("04*.txt"))))
    given = {"text": file.read_text("utf-8"), "outlet": "Another Paper", "published": "2000-01-01"}
    writer.post("/add", data=given)
    assert len(writer.get("/reports.json").json()) == reports + 1
    assert before <= {entry.findtext("{*}id") for entry in fed(writer)}
