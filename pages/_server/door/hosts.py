"""Only this laptop's own addresses: a page of another site may not speak in its name."""

import ipaddress
import os
import socket
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from pages._server.door.refusing import refuse

ADDRESS: Final = "DISCOVERY_ROOM_ADDRESS"
FOREIGN: Final = (
    "Discovery Room does not answer to this address. "
    "Open the address that is shown on the screen in the room."
)
ELSEWHERE: Final = "Discovery Room answers its own pages only, not those of another site."


class OwnHosts:
    """Refuse a foreign Host or Origin, over http and websocket alike.

    Streamlit's `server.allowedHosts` looks at its websocket alone. A number is always allowed: to
    reach a laptop through a browser inside its network, an attacker needs a name.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._names = own_names()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if not self._is_ours(asked.get("host", "")):
            await refuse(scope, receive, send, 403, FOREIGN)
        elif _is_from_elsewhere(asked, scope):
            await refuse(scope, receive, send, 403, ELSEWHERE)
        else:
            await self.app(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = host_name(host)
        return name in self._names or _is_number(name)


def own_names() -> frozenset[str]:
    """Give the names of this laptop, in small letters: no lookup, so no word to the network."""
    name = socket.gethostname().lower()
    short = name.split(".")[0]
    given = host_name(os.environ.get(ADDRESS, ""))
    return frozenset({"localhost", name, short, f"{short}.local", given} - {""})


def host_name(host: str) -> str:
    """Give the name in a Host header, in small letters; "" where it holds anything else."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises for a port that is none
    except ValueError:
        return ""
    if parts.path or parts.query or parts.fragment or "@" in host:
        return ""
    return (parts.hostname or "").removesuffix(".")


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_from_elsewhere(asked: Headers, scope: Scope) -> bool:
    # A link from a mail may come from anywhere; what changes something may not.
    is_deed = scope["type"] == "http" and scope["method"] not in ("GET", "HEAD")
    if is_deed and asked.get("sec-fetch-site") == "cross-site":
        return True
    # Over plain HTTP a browser says no more than the origin. "null" is anybody: our forms say who
    # they are (templates/base.html). And Streamlit would ask the internet for its own address.
    origin = asked.get("origin")
    return origin is not None and origin.lower().partition("://")[2] != asked["host"].lower()
