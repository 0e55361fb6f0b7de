"""Guards of the pages beyond who may ask: nothing leads out, nothing is told of faults, pages cannot write."""

import hashlib
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from reportedly.ledgers import Ledger
from reportedly.web import pages
from reportedly.web.application import application
from reportedly.web.board import Board
from reportedly.web.guards import HEADERS, _without_token, hashed
from reportedly.web.rendering import HERE
from tests.test_web import OURS, PAGES, filled

HTMX = "71ea67185bfa8c98c39d31717c6fce5d852370fcdfd129db4543774d3145c0de"
ASKED = (
    "/search?q=",
    "/claims?about=",
    "/claims?source=",
    "/claims?figure=",
    "/sources?name=",
    "/reports?about=",
    "/changes?since=2020-01-01&about=",
    "/conflicts?kind=",
    "/review/",
)
HOSTILE = '"><img src=x onerror=alert(1)><script>alert(1)</script>'


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("guards") / "ledger.db", "0[46]*.txt")


def test_no_page_leads_or_asks_outside(path: Path) -> None:
    with TestClient(application(path, user="ana"), base_url="http://localhost", headers=OURS) as client:
        first = client.get("/claims.json").json()[0]["mentions"][0]
        own = (
            f"/claims/{first['id']}",
            f"/reports/{first['report']}",
            f"/stories/{first['report']}",
            "/search?q=flood",
        )
        for address in (*PAGES, *own):
            targets = re.findall(r'(?:href|src|action)="([^"]*)"', client.get(address).text)
            assert targets
            assert not [each for each in targets if not re.match(r"/(?!/)|#|\?|data:,$", each)]


def test_a_fault_of_ours_tells_nothing_and_has_its_headers(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any) -> Any:
        raise RuntimeError("secret words of /some/path")

    monkeypatch.setattr(pages, "stats", broken)
    app = application(path, user="ana")
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        answer = client.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text and "Traceback" not in answer.text
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_pages_read_through_a_connection_that_cannot_write(path: Path) -> None:
    board = Board(path).fresh()
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        board.ledger.db.execute("DELETE FROM judgements")
    board.close()


def test_what_is_asked_for_is_shown_as_text(path: Path) -> None:
    with TestClient(application(path, user="ana"), base_url="http://localhost", headers=OURS) as client:
        for address in ASKED:
            answer = client.get(address + HOSTILE.replace("#", "").replace("/", "%2F"))
            assert answer.status_code in (200, 404)
            assert "<img" not in answer.text and "<script>alert" not in answer.text


def test_hostile_words_in_every_field_of_a_judgement(tmp_path: Path) -> None:
    own = filled(tmp_path / "own.db", "04*.txt")
    with TestClient(application(own, user=HOSTILE), base_url="http://localhost", headers=OURS) as client:
        claim = client.get("/claims.json").json()[0]["mentions"][0]
        client.post("/judge", data={"act": "confirm", "items": claim["id"], "why": HOSTILE})
        client.post("/judge", data={"act": "correct", "items": claim["id"], "field": "item", "value": HOSTILE})
        about = (f"/claims/{claim['id']}", f"/reports/{claim['report']}", f"/review/{claim['id']}")
        for address in ("/audit", "/review", "/claims", "/changes?since=2020-01-01", *about):
            page = client.get(address).text
            assert "<img" not in page and "<script>alert" not in page
        assert "onerror" in client.get("/audit").text  # the words are there, as words


def test_what_is_vendored_is_as_it_was_published() -> None:
    assert hashlib.sha256((HERE / "static" / "htmx-2.0.10.min.js").read_bytes()).hexdigest() == HTMX
    assert {file.name for file in (HERE / "static").glob("*LICENSE*")} == {"htmx-LICENSE"}


def test_a_ledger_of_somebody_else_is_read_as_text(tmp_path: Path) -> None:
    """Ids and names come out of the file too: they are escaped like everything else."""
    own = filled(tmp_path / "own.db", "04*.txt")
    with Ledger(own, make=False) as ledger, ledger.writing() as db:
        db.execute("UPDATE reports SET outlet = ?, title = ?, name = ?", (HOSTILE, HOSTILE, HOSTILE))
        db.execute("UPDATE sources SET name = ?, aliases = ?", (HOSTILE, HOSTILE))
    with TestClient(application(own, user="ana"), base_url="http://localhost", headers=OURS) as client:
        for address in (*PAGES, "/search?q=img", "/search?q=soldiers"):
            page = client.get(address).text
            assert "<img" not in page and "<script>alert" not in page


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nothing", 404, "no such page"),
        ("/judge", 405, "takes forms only"),
        ("/claims?since=tuesday", 404, "since: not a day"),
        ("/claims?from=x", 404, "not a number"),
    ],
)
def test_what_cannot_be_answered_is_said_on_a_page(path: Path, address: str, status: int, words: str) -> None:
    with TestClient(application(path, user="ana"), base_url="http://localhost", headers=OURS) as client:
        answer = client.get(address)
        assert answer.status_code == status
        assert "<h1>That could not be done</h1>" in answer.text and words in answer.text
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert "no such page" in client.get("/nothing.json").json()["error"]


def test_a_list_says_where_it_ends(path: Path) -> None:
    with TestClient(application(path, user="ana"), base_url="http://localhost", headers=OURS) as client:
        page = client.get("/claims?from=99999").text
    assert "Nothing so far down" in page and "99,999" not in page


def test_a_query_that_takes_too_long_is_broken_off(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    monkeypatch.setattr(pages, "stats", lambda board: board.ledger.db.execute(endless).fetchone())
    app = application(path, user="ana")
    with TestClient(app, base_url="http://localhost", headers=OURS) as client:
        client.get("/claims")
        monkeypatch.setattr("reportedly.web.board.LONGEST", 0.2)
        answer = client.get("/")
        assert answer.status_code == 503
        assert "takes too long" in answer.text
        monkeypatch.setattr("reportedly.web.board.LONGEST", 20.0)
        assert client.get("/claims").status_code == 200


def test_the_token_does_not_stay_in_the_address(path: Path) -> None:
    app = application(path, user="ana", token_hash=hashed("s3cret"))
    with TestClient(app, base_url="http://team.example", headers={"accept": "text/html"}) as client:
        first = client.get("/claims?token=s3cret&about=flood+%26+fire", follow_redirects=False)
        assert first.status_code == 303
        assert first.headers["location"] == "/claims?about=flood+%26+fire"
        assert "HttpOnly" in first.headers["set-cookie"]
        page = client.get(first.headers["location"])
        assert page.status_code == 200
        assert "s3cret" not in page.text
        assert client.get("/claims.json?token=s3cret").json()  # a program that asks for data keeps its address
    assert _without_token({"path": "//evil.example/", "query_string": b"token=s3cret"}) == "/evil.example/"
    with TestClient(app, base_url="http://team.example", headers={"accept": "text/html"}) as stranger:
        assert stranger.get("/claims?token=wrong", follow_redirects=False).status_code == 401


def test_the_direction_of_writing_is_that_of_the_words(path: Path) -> None:
    text = (
        "قال وزير الصحة إن 12 شخصا قتلوا.\n\nThe ministry said on Monday that 12 people were killed. Президент молчал."
    )
    with TestClient(application(path, user="ana"), base_url="http://localhost", headers=OURS) as client:
        client.post("/add", data={"text": text, "outlet": "شبكة"})
        report = next(r["id"] for r in client.get("/reports.json").json() if r["outlet"] == "شبكة")
        page = client.get(f"/reports/{report}").text
    assert '<p dir="auto">قال وزير الصحة' in page
    assert "Президент молчал" in page
    assert page.count("<blockquote") == page.count('<blockquote dir="auto"')
