"""Who is at the other end of the line."""

import os
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from aqua_core.workshop.admitting import Caller, may_facilitate
from pages._room import FACILITATOR_COOKIE

_BELIEVED: Final = "FORWARDED_ALLOW_IPS"


def believe_no_header() -> None:
    """Have the server keep the address of the line, whatever a header says. Call it before it runs.

    It would believe X-Forwarded-For from this laptop, and a proxy that only passes lines on passes
    a forged one on too. So whoever comes through a proxy here is counted together, and with the
    laptop itself: no header buys a try.
    """
    os.environ[_BELIEVED] = "nobody"


def peer_of(scope: Scope) -> str:
    """Give the address that a try is counted for: the other end of the line itself."""
    client = scope.get("client")
    return client[0] if client else "unknown"


async def facilitates(scope: Scope) -> bool:
    """Tell whether the browser at the other end is signed in as the facilitator.

    Raises:
        FileUnusable: the room's file cannot be read now.
    """
    cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
    caller = Caller(facilitator=cookies.get(FACILITATOR_COOKIE, ""))
    if not caller.facilitator:
        return False
    return await run_in_threadpool(may_facilitate, caller)
