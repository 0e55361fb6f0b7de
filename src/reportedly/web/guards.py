"""What stands before every page: who may ask, from where, how much; and the headers of every answer.

A local server can be reached by any web page that the browser shows, so the Host header must be a loopback name (DNS
rebinding) and a change must come from our own pages (Fetch Metadata, or an Origin equal to Host).
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import parse_qs, parse_qsl, quote, urlencode, urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
MAX_BODY = 25_000_000
COOKIE = "reportedly"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Refusal(NamedTuple):
    """An answer that ends a request at the door."""

    status: int
    words: str


def new_token() -> str:
    """128 random bits, for people to hand on."""
    return secrets.token_urlsafe(16)


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


class Guard:
    """ASGI middleware: refuses what must not pass and adds the headers to what does."""

    def __init__(self, app: ASGIApp, token_hash: str | None = None) -> None:
        self.app = app
        self.token_hash = token_hash

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        query = parse_qs(scope["query_string"].decode("latin-1"))
        token = query.get("token", [""])[0]
        answer = _with_headers(send, self._cookie(token))
        refusal = refused(scope["method"], headers, local=self.token_hash is None) or self._unknown(headers, token)
        if refusal:
            return await _refuse(refusal, answer)
        if self.token_hash and token and "text/html" in headers.get("accept", ""):
            return await _lead(_without_token(scope), answer)
        return await self.app(scope, _counted(receive), answer)

    def _unknown(self, headers: Mapping[str, str], token: str) -> Refusal | None:
        if self.token_hash is None:
            return None
        shown = token or headers.get("authorization", "").removeprefix("Bearer ") or _from_cookie(headers)
        if hmac.compare_digest(hashed(shown), self.token_hash):
            return None
        return Refusal(401, "This ledger asks for its token: open the address that `reportedly serve` printed.")

    def _cookie(self, token: str) -> str | None:
        good = self.token_hash and token and hmac.compare_digest(hashed(token), self.token_hash)
        return f"{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict" if good else None


def refused(method: str, headers: Mapping[str, str], *, local: bool) -> Refusal | None:
    """Why a request may not pass, or None."""
    host = headers.get("host", "")
    if local and _name(host) not in LOOPBACK:
        return Refusal(421, "This server answers to localhost only.")
    if int(headers.get("content-length", "0") or 0) > MAX_BODY:
        return Refusal(413, f"Too large: {MAX_BODY:,} bytes at most. Split the input, or use `reportedly add`.")
    if method not in SAFE and not _our_own(headers, host):
        return Refusal(403, "A change must come from this server's own pages.")
    return None


def _our_own(headers: Mapping[str, str], host: str) -> bool:
    site = headers.get("sec-fetch-site")
    if site:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return bool(origin) and urlsplit(origin or "").netloc == host


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _from_cookie(headers: Mapping[str, str]) -> str:
    cookie: SimpleCookie = SimpleCookie(headers.get("cookie", ""))
    return cookie[COOKIE].value if COOKIE in cookie else ""


def _with_headers(send: Send, cookie: str | None) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            more = {**HEADERS, **({"set-cookie": cookie} if cookie else {})}
            message["headers"] = [*message["headers"], *((k.encode(), v.encode()) for k, v in more.items())]
        await send(message)

    return answer


def _counted(receive: Receive) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MAX_BODY:
            return {"type": "http.disconnect"}
        return message

    return counted


def _without_token(scope: Scope) -> str:
    """The address asked for, on this server, without the token: no history, link or copied address keeps it."""
    rest = [(name, value) for name, value in parse_qsl(scope["query_string"].decode("latin-1")) if name != "token"]
    path = "/" + quote(scope["path"].lstrip("/\\"))
    return f"{path}?{urlencode(rest)}" if rest else path


async def _lead(to: str, send: Send) -> None:
    await send({"type": "http.response.start", "status": 303, "headers": [(b"location", to.encode("latin-1"))]})
    await send({"type": "http.response.body", "body": b""})


async def _refuse(refusal: Refusal, send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": refusal.words.encode()})
