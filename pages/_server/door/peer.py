"""Who is at the other end of the line."""

import os
from typing import Final

from starlette.types import Scope

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
