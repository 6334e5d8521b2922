"""A device that asks for the plain pages in this process: its cookies stay with it."""

import asyncio
import json
from collections.abc import Mapping
from html import unescape
from http.cookies import SimpleCookie
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.types import Message

from aqua_core.workshop.admitting import Caller
from pages._room import SEAT_COOKIE, WALL_COOKIE
from pages._server import middleware, routes
from pages._server.door import FewGuesses, OpenWays, OwnHosts
from pages._server.headers import SafeHeaders

# What a device meets before an answer; no answer is kept or packed.
_DOOR = (SafeHeaders, OwnHosts, OpenWays, FewGuesses)
_app = Starlette(routes=routes, middleware=[one for one in middleware if one.cls in _DOOR])


class Answer(NamedTuple):
    """What a device was answered; `onward` is where it is sent, or ""."""

    status: int
    text: str
    onward: str
    set_cookie: str


class Device:
    """One browser at one address of the room's network."""

    def __init__(self, address: str = "10.0.0.1", seat: str = "") -> None:
        self.address = address
        self.cookies = {SEAT_COOKIE: seat} if seat else {}

    @property
    def caller(self) -> Caller:
        return Caller(
            seat=self.cookies.get(SEAT_COOKIE, ""), wall=self.cookies.get(WALL_COOKIE, "")
        )

    def get(self, path: str, site: str = "", **query: str) -> Answer:
        sent = {b"sec-fetch-site": site}
        return self._ask("GET", path, urlencode(query).encode(), b"", sent)

    def head(self, path: str) -> Answer:
        return self._ask("HEAD", path, b"", b"")

    def post(
        self, path: str, site: str = "same-origin", origin: str | None = None, **form: str
    ) -> Answer:
        """Send a form. `site` as a browser says it: "" over plain HTTP, where it says none."""
        sent = {b"sec-fetch-site": site, b"origin": origin}
        return self._ask("POST", path, b"", urlencode(form).encode(), sent)

    def tap(self, code: str, **tap: object) -> Answer:
        """Send one tap of a ballot, as its script does."""
        return self._ask("POST", f"/vote/{code}", b"", json.dumps(tap).encode())

    def send(self, kind: str, code: str, site: str = "same-origin", **sent: object) -> Answer:
        """Send what stands beside a score, a reason or a guess, as the ballot's script does."""
        return self.send_bytes(kind, code, json.dumps(sent).encode(), site)

    def send_bytes(self, kind: str, code: str, body: bytes, site: str = "same-origin") -> Answer:
        """Send any bytes there."""
        return self._ask("POST", f"/{kind}/{code}", b"", body, {b"sec-fetch-site": site})

    def _ask(
        self,
        method: str,
        path: str,
        query: bytes,
        body: bytes,
        sent: Mapping[bytes, str | None] = MappingProxyType({}),
    ) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {
            b"host": b"192.0.2.1",
            b"accept": b"text/html,*/*;q=0.8",
            b"cookie": cookies.encode(),
            b"content-type": b"application/x-www-form-urlencoded",
        } | {name: value.encode() for name, value in sent.items() if value}
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query,
            "headers": list(headers.items()),
            "client": (self.address, 50_000),
            "server": ("room.local", 80),
            "scheme": "http",
            "root_path": "",
        }
        answer = asyncio.run(_answer(scope, body))
        kept = SimpleCookie(answer.set_cookie)
        self.cookies |= {name: morsel.value for name, morsel in kept.items()}
        self.cookies = {name: value for name, value in self.cookies.items() if value}
        return answer


async def _answer(scope: dict[str, object], body: bytes) -> Answer:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await _app(scope, receive, send)
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    text = b"".join(part.get("body", b"") for part in sent[1:]).decode()
    return Answer(
        sent[0]["status"],
        unescape(text),
        headers.get("location", ""),
        "\r\n".join(value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"),
    )
