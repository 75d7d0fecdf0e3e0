"""Requests in; those that come from the desk's own pages in the editor's browser, out.

Whatever else runs on the machine, and every page of the web that the browser shows, can send
requests to a local port. In this order: the ``Host`` must be ours, port included (rebinding); what
changes something must come from our own pages (cross-site requests); the token must be there (other
users of the machine). Everything is checked on every route, one that does not exist too.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset(["GET", "HEAD"])
UNSAFE = frozenset(["POST", "PUT", "DELETE"])

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}

# The page that is shown to whoever has no token says nothing of the jobs.
_SHUT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Enregard</title>
<main><h1>This desk is not open here</h1>
<p>The address that the desk printed where it was started opens it, once. To open it in another
browser, end it there with Ctrl+C, start it again, and use the new address. Nothing is lost.</p>
<p lang="fr">L’adresse que le bureau a affichée là où il a été lancé l’ouvre une seule fois. Pour
l’ouvrir dans un autre navigateur, arrêtez-le avec Ctrl+C, relancez-le et suivez la nouvelle
adresse. Rien n’est perdu.</p></main></html>"""
_OPEN = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="refresh" content="0;url=/"><title>Enregard</title>
<link rel="icon" href="/static/icon.svg">
<main><h1><a href="/">Open the desk</a></h1></main></html>"""


@dataclass
class Door:
    """What opens the desk: the port it listens on, and its tokens.

    ``start`` is the token of the address that is printed, "" once it was used; ``key`` is what the
    browser then carries in a cookie, named after the port, of which cookies take no notice.
    """

    port: int
    start: str
    key: str
    max_body: int = 100_000_000

    @property
    def cookie(self) -> str:
        """The cookie's name."""
        return f"enregard-{self.port}"

    def is_ours(self, hosts: list[str]) -> bool:
        """Tell whether the ``Host`` headers of a request name this desk and nothing else."""
        return len(hosts) == 1 and hosts[0].lower() in (
            f"127.0.0.1:{self.port}",
            f"localhost:{self.port}",
        )

    def is_own_page(self, headers: Headers) -> bool:
        """Tell whether what changes something was sent by a page of this desk.

        A browser that does not say what kind of request it is must at least give our origin.
        """
        sites, origins = headers.getlist("sec-fetch-site"), headers.getlist("origin")
        if sites:
            return sites in (["same-origin"], ["none"])
        host = headers["host"].lower()
        return [origin.lower() for origin in origins] == [f"http://{host}"]

    def knows(self, headers: Headers) -> bool:
        """Tell whether a request carries the key."""
        for header in headers.getlist("cookie"):
            try:
                found = SimpleCookie(header).get(self.cookie)
            except CookieError:
                continue
            if found is not None and same(found.value, self.key):
                return True
        return False

    def opens(self, token: str) -> bool:
        """Tell whether this is the token of the printed address, which works once."""
        if not self.start or not same(token, self.start):
            return False
        self.start = ""
        return True


def same(one: str, other: str) -> bool:
    """Compare secrets in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


class Guard:
    """Lets requests of the desk's own pages through, limits their bodies, adds its headers."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        """Stand before ``app``."""
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let it through."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        answer = self._refused(scope)
        await (answer or self._limited)(scope, receive, _with_headers(send))

    def _refused(self, scope: Scope) -> ASGIApp | None:
        headers, door, method = Headers(scope=scope), self._door, scope["method"]
        if not door.is_ours(headers.getlist("host")):
            return PlainTextResponse("This is no address of the desk.", 400)
        if method not in SAFE | UNSAFE:
            return PlainTextResponse("The desk knows no such method.", 405)
        if method in UNSAFE and not door.is_own_page(headers):
            return PlainTextResponse("This did not come from a page of the desk.", 403)
        if scope["path"] == "/start" and method == "GET":
            token = scope["query_string"].decode("latin-1").removeprefix("token=")
            if door.opens(token):
                answer = HTMLResponse(_OPEN)
                answer.set_cookie(door.cookie, door.key, httponly=True, samesite="strict")
                return answer
            return HTMLResponse(_SHUT, 401)
        if not door.knows(headers):
            return HTMLResponse(_SHUT, 401)
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length[:15]) > door.max_body:
            return PlainTextResponse("This is more than the desk takes.", 413)
        return None

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count the body as it comes: its length need not have been told."""
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._door.max_body:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
