"""An address -> the bytes that stand there, fetched so that no page can send us into the user's own network.

A name is resolved once, every address it has must be a public one, and the connection goes to that very address: a
second answer of the name server (rebinding) is never asked for. Each redirect is a new address and is checked anew.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from msgspec.structs import replace

from reportedly.errors import ReadingError
from reportedly.readers.composing import Hints, Reading, hinted
from reportedly.readers.html import read_html
from reportedly.readers.plain import read_plain

MOST_BYTES, MOST_SECONDS, MOST_REDIRECTS, PAUSE = 10_000_000, 30.0, 5, 10.0
PORTS = {"http": 80, "https": 443}
READABLE = {"text/html": read_html, "application/xhtml+xml": read_html, "text/plain": read_plain}
NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class Target(NamedTuple):
    """Where one request goes: the name for Host and certificate, the checked number for the connection."""

    scheme: str
    host: str
    ip: str
    path: str


class Answer(NamedTuple):
    """What one request brought; `location` is set by a redirect."""

    status: int
    kind: str
    location: str | None
    body: bytes


Resolve = Callable[[str, int], list[str]]
Ask = Callable[[Target, float], Answer]


def fetch(url: str, *, resolve: Resolve | None = None, ask: Ask | None = None) -> tuple[bytes, str]:
    """The bytes at an address and their content type ("text/html"); ReadingError says what was refused and why."""
    deadline, here = time.monotonic() + MOST_SECONDS, url
    for _ in range(MOST_REDIRECTS + 1):
        answer = (ask or request)(target(here, resolve or resolved), deadline)
        if answer.location is None:
            if answer.status != 200:
                raise ReadingError(f"{url}: the server answered {answer.status}; nothing was read; check the address")
            return answer.body, answer.kind
        here = urljoin(here, answer.location)
    raise ReadingError(f"{url}: more than {MOST_REDIRECTS} redirects; nothing was read; give the final address")


def read_address(
    url: str, hints: Hints = Hints(), *, fetched: Callable[[str], tuple[bytes, str]] = fetch
) -> Iterator[Reading | ReadingError]:
    """The report at an address, filed under it."""
    try:
        data, kind = fetched(url)
        if kind not in READABLE:
            raise ReadingError(f"{url}: {kind or 'no type'} is not read; known: {' '.join(READABLE)}")
        for reading in READABLE[kind](io.BytesIO(data), url):
            told = Hints(url=reading.report.url or url)
            yield replace(reading, report=hinted(hinted(reading.report, told), hints), location=url)
    except ReadingError as error:
        yield error


def target(url: str, resolve: Resolve) -> Target:
    """Where a request for this address may go; ReadingError when it may not."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        host.encode("idna")
    except ValueError as error:
        raise ReadingError(f"{url[:200]}: no address ({error}); nothing was fetched; check it") from None
    if parts.scheme not in PORTS or not host:
        raise ReadingError(f"{url[:200]}: only http and https are fetched; save the page and add the file")
    if parts.username is not None or parts.password is not None:
        raise ReadingError(f"{host}: names and passwords are never sent; nothing was fetched; take them out")
    if (port or PORTS[parts.scheme]) not in PORTS.values():
        raise ReadingError(f"{host}: port {port} is not fetched, 80 and 443 are; save the page and add the file")
    if port is not None and port != PORTS[parts.scheme]:
        raise ReadingError(f"{host}: port {port} does not belong to {parts.scheme}; nothing was fetched; check it")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isprintable() or " " in path:
        raise ReadingError(f"{host}: signs in the address that do not belong there; nothing was fetched; check it")
    return Target(parts.scheme, host, _checked(host, resolve(host, PORTS[parts.scheme])), _quoted(path))


def is_public(number: str) -> bool:
    """Whether an IP address is one of the open internet, in whatever dress (mapped, NAT64, 6to4, Teredo)."""
    try:
        ip = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_open, _undressed(ip)))


def resolved(host: str, port: int) -> list[str]:
    """The numbers that a name stands for."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ReadingError(f"{host}: no such name ({error}); nothing was fetched; check the address") from None
    return [str(entry[4][0]) for entry in found]


def request(target: Target, deadline: float) -> Answer:
    """One GET to the checked number, no cookies, no credentials; size, time and unpacked size are bounded."""
    try:
        with closing(_connected(target, deadline)) as connection:
            return _answer(connection, target, deadline)
    except (OSError, http.client.HTTPException, zlib.error) as error:
        why = str(error) or type(error).__name__
        raise ReadingError(f"{target.host}: could not be fetched ({why}); nothing was read; try again") from None


def _answer(connection: http.client.HTTPConnection, target: Target, deadline: float) -> Answer:
    connection.request("GET", target.path, headers=_HEADERS)
    with closing(connection.getresponse()) as response:
        if response.status in (301, 302, 303, 307, 308):
            return Answer(response.status, "", response.getheader("Location") or "", b"")
        return Answer(response.status, _kind(response), None, _body(target.host, response, deadline))


def _checked(host: str, numbers: list[str]) -> str:
    if not numbers or not all(map(is_public, numbers)):
        raise ReadingError(
            f"{host}: stands for an address that is not on the open internet; nothing was fetched; "
            "save the page and add the file"
        )
    return numbers[0]


def _undressed(ip: IP) -> list[IP]:
    """The address itself and every IPv4 address that is hidden in it."""
    if isinstance(ip, ipaddress.IPv4Address):
        return [ip]
    inner: list[IP] = [each for each in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())) if each]
    if any(ip in network for network in NAT64) or int(ip) >> 32 == 0:
        inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return inner if ip.ipv4_mapped else [ip, *inner]


def _is_open(ip: IP) -> bool:
    closed = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    site = isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local
    nat64 = isinstance(ip, ipaddress.IPv6Address) and ip in NAT64[0]
    return nat64 or (ip.is_global and not (closed or site or ip.is_unspecified))


def _connected(target: Target, deadline: float) -> http.client.HTTPConnection:
    left = min(PAUSE, _left(target.host, deadline))
    raw = socket.create_connection((target.ip, PORTS[target.scheme]), timeout=left)
    try:
        if target.scheme == "https":
            raw = ssl.create_default_context().wrap_socket(raw, server_hostname=target.host)
    except BaseException:
        raw.close()
        raise
    connection = http.client.HTTPConnection(target.host, PORTS[target.scheme])
    connection.sock = raw
    return connection


def _body(host: str, response: http.client.HTTPResponse, deadline: float) -> bytes:
    coding = (response.getheader("Content-Encoding") or "identity").lower()
    if coding not in ("identity", "gzip"):
        raise ReadingError(f"{host}: packed as {coding}, which was not asked for; nothing was read; save the page")
    unpack = zlib.decompressobj(31) if coding == "gzip" else None
    body = b""
    while piece := response.read1(65_536):
        _left(host, deadline)
        body += unpack.decompress(piece, MOST_BYTES + 1 - len(body)) if unpack else piece
        if len(body) > MOST_BYTES:
            raise ReadingError(f"{host}: larger than {MOST_BYTES:,} bytes; nothing was read; save the text itself")
    return body


def _left(host: str, deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise ReadingError(f"{host}: took longer than {MOST_SECONDS:.0f} s; nothing was read; try again")
    return left


def _kind(response: http.client.HTTPResponse) -> str:
    return (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()


def _quoted(path: str) -> str:
    return "".join(sign if ord(sign) < 128 else "".join(f"%{byte:02X}" for byte in sign.encode()) for sign in path)


_HEADERS = {
    "User-Agent": "reportedly (an evidence ledger; fetches one page when a person asks)",
    "Accept": "text/html, text/plain;q=0.9",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
