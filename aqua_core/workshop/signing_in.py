"""Sign in as the facilitator: by a link that works once."""

import threading
from typing import Final

from aqua_core.errors import LinkSpent
from aqua_core.store.database import writing
from aqua_core.store.facilitators import add_facilitator
from aqua_core.workshop.admitting import new_secret, plain_hash

_links: Final[set[str]] = set()
_links_lock: Final = threading.Lock()


def new_sign_in_link() -> str:
    """Give the secret part of a link that signs one browser in, once."""
    link = new_secret()
    with _links_lock:
        _links.add(link)
    return link


def sign_in(link: str) -> str:
    """Exchange a one-time link for the secret of a facilitator's cookie.

    Raises:
        LinkSpent: it was used before, or never given out.
        FileUnusable: the sign-in could not be saved; the link still works.
    """
    secret = new_secret()
    with _links_lock:
        if link not in _links:
            raise LinkSpent(
                "This sign-in link was already used. "
                "Take the newest one from the window where the app was started."
            )
        with writing() as cursor:
            add_facilitator(cursor, plain_hash(secret))
        _links.discard(link)
    return secret
