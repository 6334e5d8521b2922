"""Sign in as the facilitator, by a link that works once or by a passphrase; and sign out."""

import hashlib
import hmac
import secrets
import threading
import unicodedata
from typing import Final

from aqua_core.errors import LinkSpent, NoPassphrase, PassphraseRefused, TooManyTries
from aqua_core.store.database import writing
from aqua_core.store.facilitators import add_facilitator, remove_facilitator
from aqua_core.workshop.admitting import Caller, new_secret, plain_hash
from aqua_core.workshop.tries import Tries

LEAST: Final = 10  # characters of a passphrase
MOST: Final = 200  # characters that are looked at: a longer one is refused before any work

_links: Final[set[str]] = set()
_links_lock: Final = threading.Lock()
_passphrase: Final[dict[str, bytes]] = {}  # its salt and its scrypt; empty without one
_hashing: Final = threading.Lock()  # one at a time: each takes 16 MB and some 50 ms
_tries: Final = Tries(most=5)


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
    with _links_lock:
        if link not in _links:
            raise LinkSpent(
                "This sign-in link was already used. "
                "Take the newest one from the window where the app was started."
            )
        secret = _signed_in()
        _links.discard(link)
    return secret


def set_passphrase(text: str) -> None:
    """Keep the passphrase of this run, as scrypt in memory; never in the file.

    Raises:
        PassphraseRefused: it has fewer than 10 characters, or more than 200.
    """
    words = _words(text)
    if not LEAST <= len(words) <= MOST:
        raise PassphraseRefused(
            f"Use at least {LEAST} characters, for example three words."
            if len(words) < LEAST
            else f"Use at most {MOST} characters for the passphrase."
        )
    salt = secrets.token_bytes(16)
    _passphrase.update(salt=salt, scrypt=_scrypt(words, salt))


def has_passphrase() -> bool:
    """Tell whether this run has a passphrase."""
    return bool(_passphrase)


def check_has_passphrase() -> None:
    """Refuse where there is none to type.

    Raises:
        NoPassphrase: none was set for this run.
    """
    if not has_passphrase():
        raise NoPassphrase(
            "No passphrase was set for this room. "
            "Open the sign-in link from the window where the app was started."
        )


def sign_in_by_passphrase(typed: str, address: str) -> str:
    """Exchange the passphrase for the secret of a facilitator's cookie.

    Args:
        typed: what somebody typed.
        address: where it came from: each may be wrong five times a minute.

    Raises:
        NoPassphrase: none was set for this run.
        PassphraseRefused: it is empty, longer than 200 characters, or not the right one.
        TooManyTries: the address was wrong five times within a minute. A link still works.
        FileUnusable: the sign-in could not be saved.
    """
    check_passphrase(typed, address)
    _tries.forgive(address)
    return _signed_in()


def check_passphrase(typed: str, address: str) -> None:
    """Refuse all but the right passphrase. Raises as sign_in_by_passphrase does."""
    check_has_passphrase()
    if not typed.strip():
        raise PassphraseRefused("Type the passphrase.")
    if len(typed) > MOST:
        raise PassphraseRefused(f"A passphrase has at most {MOST} characters.")
    if not _tries.take(address):
        raise TooManyTries(
            "Sign-in paused for 60 seconds. "
            "The link in the window where the app was started still works."
        )
    if not hmac.compare_digest(_scrypt(_words(typed), _passphrase["salt"]), _passphrase["scrypt"]):
        raise PassphraseRefused(f"That passphrase is not right. {_left(_tries.left(address))}")


def sign_out(caller: Caller) -> None:
    """Forget the caller's browser: from now on it is nobody's.

    Raises:
        FileUnusable: this could not be saved; the browser is still signed in.
    """
    if caller.facilitator:
        with writing() as cursor:
            remove_facilitator(cursor, plain_hash(caller.facilitator))


def _signed_in() -> str:
    secret = new_secret()
    with writing() as cursor:
        add_facilitator(cursor, plain_hash(secret))
    return secret


def _words(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _scrypt(words: str, salt: bytes) -> bytes:
    with _hashing:
        return hashlib.scrypt(words.encode("utf-8", "surrogatepass"), salt=salt, n=2**14, r=8, p=1)


def _left(tries: int) -> str:
    if not tries:
        return "No try is left for the next minute."
    return f"{tries} {'try' if tries == 1 else 'tries'} left."
