"""A sealed sitting on its way to the laptop of its wave's day, and the invitation it answers.

What a laptop can promise: no program shows it, it is no plain text, its length says nothing of the
scores, and whoever changes a byte is found out. Who has the invitation as well can open it.
"""

import hashlib
import hmac
import secrets
from typing import Final

from aqua_core.errors import BadSealedFile, Refusal
from aqua_core.vocabulary import Cast, Round, Seat, Workshop
from aqua_core.vocabulary.text import Word

_MOST: Final = 4_000_000  # bytes: 1,000 seats with all they can write are 3 MB
_HEAD: Final = b"Discovery Room, a sealed sitting 1 "
_ID: Final = 16
_TAG: Final = 32
_PAGE: Final = 65_536
"""Bytes that a file is filled up to a multiple of: its length does not tell a 5 from a blank."""
_BROKEN: Final = (
    "This sealed file was changed since it was written. Bring it from its laptop again."
)
_NO_INVITATION: Final = "This file is no invitation to a sitting. Take it from its place anew."


class Reason(Word):
    """What somebody would point at; `team_id` is "" where no team is to be named."""

    id: str
    domain: str
    number: int
    said: str
    team_id: str


class Invitation(Word):
    """What another laptop needs to hold a sitting: the day's workshop, and the key of its file.

    `sitting_id` is the id that the sitting gets there; `met_before`: the place has a wave already.
    """

    sitting_id: str
    called: str
    sealing_key: str
    met_before: bool
    workshop: Workshop


class Sealed(Word):
    """A closed sitting: every seat that counts, with what it scored and what it said beside that.

    `been` counts who was in the room last time, and who was not; `safe` who found it safe to speak,
    and who did not: (0, 0) in files of an app that did not ask it there.
    """

    workshop: Workshop
    rounds: tuple[Round, ...]
    seats: tuple[Seat, ...]
    casts: tuple[Cast, ...]
    reasons: tuple[Reason, ...]
    been: tuple[int, int]
    safe: tuple[int, int] = (0, 0)


def new_key() -> bytes:
    """Give 256 random bits."""
    return secrets.token_bytes(_TAG)


def invitation_as_file(invitation: Invitation) -> bytes:
    """Give an invitation as JSON."""
    return invitation.model_dump_json(indent=1).encode()


def invitation_in(raw: bytes) -> Invitation:
    """Read an invitation.

    Raises:
        BadSealedFile: it is none.
    """
    try:
        found = Invitation.model_validate_json(raw[:_MOST])
        keyed = len(bytes.fromhex(found.sealing_key)) == _TAG
    except (ValueError, Refusal):
        raise BadSealedFile(_NO_INVITATION) from None
    if not keyed or not _is_id(found.sitting_id):
        raise BadSealedFile(_NO_INVITATION)
    return found


def sealed_as_file(sealed: Sealed, key: bytes) -> bytes:
    """Seal a sitting; the same sitting gives the same bytes.

    The stream is SHAKE-256 of the key and a number that follows from what is sealed, so no two
    texts share one; the check is HMAC-SHA256 over all of it.
    """
    said = sealed.model_dump_json().encode()
    filled = said + b" " * (-len(said) % _PAGE)
    head = _HEAD + sealed.workshop.id.encode()
    once = hmac.digest(key, b"once" + filled, "sha256")[:_ID]
    hidden = _crossed(filled, key, once)
    return head + once + hidden + hmac.digest(key, b"whole" + head + once + hidden, "sha256")


def sitting_of(raw: bytes) -> str:
    """Give the id of the sitting that a sealed file is of, which stands on it in plain.

    Raises:
        BadSealedFile: it is no sealed file.
    """
    sitting_id = raw[len(_HEAD) : len(_HEAD) + _ID].decode("ascii", "replace")
    if not raw.startswith(_HEAD) or len(raw) > _MOST + _PAGE or not _is_id(sitting_id):
        raise BadSealedFile("This file is no sealed sitting. Choose the one that its laptop gave.")
    return sitting_id


def opened(raw: bytes, key: bytes) -> Sealed:
    """Open a sealed file for the wave whose key this is.

    Raises:
        BadSealedFile: it was changed, or sealed for another one.
    """
    sitting_id = sitting_of(raw)
    whole, tag = raw[:-_TAG], raw[-_TAG:]
    if not hmac.compare_digest(tag, hmac.digest(key, b"whole" + whole, "sha256")):
        raise BadSealedFile(_BROKEN)
    start = len(_HEAD) + _ID
    said = _crossed(whole[start + _ID :], key, whole[start : start + _ID])
    try:
        sealed = Sealed.model_validate_json(said)
    except (ValueError, Refusal):
        raise BadSealedFile(_BROKEN) from None
    if sealed.workshop.id != sitting_id:
        raise BadSealedFile(_BROKEN)
    return sealed


def _crossed(text: bytes, key: bytes, once: bytes) -> bytes:
    stream = hashlib.shake_256(b"stream" + key + once).digest(len(text))
    size = len(text)
    return (int.from_bytes(text) ^ int.from_bytes(stream)).to_bytes(size)


def _is_id(text: str) -> bool:
    return len(text) == _ID and set(text) <= set("0123456789abcdef")
