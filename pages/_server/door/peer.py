"""Who is at the other end of the line."""

from starlette.datastructures import Headers
from starlette.types import Scope


def peer_of(scope: Scope) -> str:
    """Give the address that a try is counted for: never one that a header may choose.

    A proxy on this laptop has the server believe its header, and one that only passes lines on
    passes a forged header on too: whoever comes with that header is counted together.
    """
    if "x-forwarded-for" in Headers(scope=scope):
        return "through a proxy"
    client = scope.get("client")
    return client[0] if client else "unknown"
