"""Fetching an address: every guard, against a made-up name server and made-up answers; nothing leaves the machine."""

import gzip
import http.server
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reportedly.errors import ReadingError
from reportedly.readers import addresses, read
from reportedly.readers.addresses import Answer, Target, fetch, is_public, read_address, request

PUBLIC = "93.184.215.14"
PAGE = Answer(200, "text/html", None, b"<p>Two boats sank near Kesto on Monday, the army said.</p>")
NAMES = {"news.example": [PUBLIC], "inside.example": ["10.0.0.7"], "both.example": [PUBLIC, "127.0.0.1"]}


def resolve(host: str, port: int) -> list[str]:
    return NAMES.get(host, [host])


def asked(*answers: Answer) -> tuple[list[Target], Callable[[Target, float], Answer]]:
    seen: list[Target] = []

    def ask(target: Target, deadline: float) -> Answer:
        seen.append(target)
        return answers[min(len(seen), len(answers)) - 1]

    return seen, ask


def test_the_connection_goes_to_the_number_that_was_checked() -> None:
    seen, ask = asked(PAGE)
    assert fetch("https://news.example/a?b=c", resolve=resolve, ask=ask) == (PAGE.body, "text/html")
    assert seen == [Target("https", "news.example", PUBLIC, "/a?b=c")]


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.7", "172.16.0.1", "192.168.1.1", "100.64.0.1", "169.254.169.254",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1", "fe80::1%eth0",
        "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
        "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2", "not a number", "",
    ],
)  # fmt: skip
def test_what_is_not_on_the_open_internet_is_refused(number: str) -> None:
    assert not is_public(number)
    seen, ask = asked(PAGE)
    with pytest.raises(ReadingError, match="open internet"):
        fetch("http://name.example/", resolve=lambda host, port: [number], ask=ask)
    assert seen == []


@pytest.mark.parametrize("number", [PUBLIC, "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_the_open_internet_is_not(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "only http"),
        ("ftp://news.example/", "only http"),
        ("gopher://news.example/", "only http"),
        ("//news.example/", "only http"),
        ("http:///x", "only http"),
        ("http://ana:secret@news.example/", "passwords"),
        ("http://news.example:22/", "port 22"),
        ("http://news.example:8000/", "port 8000"),
        ("http://news.example:443/", "does not belong"),
        ("http://news.example:99999/", "no address"),
        ("http://[::1/", "no address"),
        ("http://inside.example/", "open internet"),
        ("http://both.example/", "open internet"),
        ("http://127.0.0.1/", "open internet"),
        ("http://[::1]/", "open internet"),
        ("http://news.example/a b", "signs"),
        ("http://news.example/a\x00b", "signs"),
    ],
)
def test_what_may_not_be_asked_is_not(url: str, why: str) -> None:
    seen, ask = asked(PAGE)
    with pytest.raises(ReadingError, match=why):
        fetch(url, resolve=resolve, ask=ask)
    assert seen == []


@pytest.mark.parametrize("location", ["http://inside.example/", "http://169.254.169.254/latest", "file:///etc/passwd"])
def test_a_redirect_is_checked_like_an_address(location: str) -> None:
    seen, ask = asked(Answer(302, "", location, b""), PAGE)
    with pytest.raises(ReadingError):
        fetch("https://news.example/", resolve=resolve, ask=ask)
    assert len(seen) == 1


def test_redirects_end() -> None:
    seen, ask = asked(Answer(301, "", "/again", b""))
    with pytest.raises(ReadingError, match="more than 5 redirects"):
        fetch("https://news.example/", resolve=resolve, ask=ask)
    assert len(seen) == 6
    assert {target.path for target in seen[1:]} == {"/again"}


def test_a_name_that_changes_its_mind_is_asked_once_a_request() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    seen, ask = asked(PAGE)
    fetch("https://news.example/", resolve=lambda host, port: next(answers), ask=ask)
    assert [target.ip for target in seen] == [PUBLIC]


@pytest.mark.parametrize(
    ("answer", "why"), [(Answer(404, "text/html", None, b""), "answered 404"), (Answer(500, "", None, b""), "500")]
)
def test_what_is_no_page_is_said(answer: Answer, why: str) -> None:
    with pytest.raises(ReadingError, match=why):
        fetch("https://news.example/", resolve=resolve, ask=asked(answer)[1])


def test_a_report_is_filed_under_its_address() -> None:
    text = b"Two boats sank near Kesto on Monday, the army said. Nobody was hurt, it added."
    (found,) = read_address("https://news.example/a", fetched=lambda url: (text, "text/plain"))
    assert not isinstance(found, ReadingError)
    assert (found.report.url, found.location, found.original) == ("https://news.example/a",) * 2 + (text,)


@pytest.mark.parametrize("kind", ["application/zip", "application/pdf", "", "image/png"])
def test_what_no_reader_knows_is_said(kind: str) -> None:
    (found,) = read_address("https://news.example/a", fetched=lambda url: (b"PK", kind))
    assert isinstance(found, ReadingError)


def test_an_address_on_the_command_line_passes_the_same_guards() -> None:
    (found,) = read("http://127.0.0.1/page.html")
    assert isinstance(found, ReadingError)
    assert "open internet" in str(found)


class _Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        packed = self.path == "/bomb"
        body = gzip.compress(bytes(300_000)) if packed else b"x" * (300_000 if self.path == "/large" else 3)
        self.send_response(302 if self.path == "/moved" else 200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Location", "/here") if self.path == "/moved" else None
        self.send_header("Content-Encoding", {"/bomb": "gzip", "/odd": "br"}.get(self.path, "identity"))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Target]]:
    """A server on this machine, asked below the guard of addresses."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setitem(addresses.PORTS, "http", server.server_port)
        yield lambda path: Target("http", "news.example", "127.0.0.1", path)
        server.shutdown()


def test_one_request(here: Callable[[str], Target]) -> None:
    deadline = time.monotonic() + 20
    assert request(here("/"), deadline) == Answer(200, "text/plain", None, b"xxx")
    assert request(here("/moved"), deadline).location == "/here"


@pytest.mark.parametrize("path", ["/large", "/bomb"])
def test_size_is_bounded_before_and_after_unpacking(
    here: Callable[[str], Target], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(addresses, "MOST_BYTES", 100_000)
    with pytest.raises(ReadingError, match="larger than"):
        request(here(path), time.monotonic() + 20)


def test_time_and_packing_are_bounded(here: Callable[[str], Target]) -> None:
    with pytest.raises(ReadingError, match="took longer"):
        request(here("/"), time.monotonic() - 1)
    with pytest.raises(ReadingError, match="packed as br"):
        request(here("/odd"), time.monotonic() + 20)


def test_what_does_not_answer_is_said() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        with pytest.raises(ReadingError, match="could not be fetched"):
            request(Target("https", "news.example", "127.0.0.1", "/"), time.monotonic() + 20)


def test_nothing_else_opens_connections() -> None:
    source = Path(addresses.__file__).parent.parent
    opening = {
        p.name for p in source.rglob("*.py") if "create_connection" in p.read_text() or "urlopen" in p.read_text()
    }
    assert opening == {"addresses.py"}
