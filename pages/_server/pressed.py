"""Streamlit's own scripts, compressed once and not for every visitor."""

import asyncio
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aqua_core.errors import FileUnusable, Refusal
from aqua_core.vocabulary.account import DAYS_OF_INVITATION
from aqua_core.workshop.hosting import invite_administrator
from aqua_core.workshop.moving import move_in, move_out
from aqua_core.workshop.opening import Copy, prepare_room, restore_room, room_copies
from pages._address import ADDRESS
from pages._room import DATA
from pages._server.starting import print_anywhere

# A name under static holds a hash of its file; the icon stays as long as the server.
_NAMED: Final = re.compile(r"/static/(js|css|media)/[\w.-]+|/favicon\.png")
_MOST: Final = 40_000_000  # bytes kept, whoever asks for what


class PressedOnce:
    """Keep what the middleware below compressed: 100 cold laptops asked for 270 MB of it.

    And what is too small or is packed already: read from the disk for each of them, one after the
    other, those files had the hundredth laptop wait for three seconds.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._kept: dict[str, list[Message]] = {}
        self._making = asyncio.Lock()
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept; keep a whole compressed answer that passes by."""
        if not _may_be_kept(scope):
            await self.app(scope, receive, send)
            return
        answer = self._kept.get(scope["path"]) or await self._pressed(scope, receive)
        for message in answer:
            await send(message.copy())

    async def _pressed(self, scope: Scope, receive: Receive) -> list[Message]:
        # One at a time: of a hundred who ask for the same file at once, one waits for the making.
        async with self._making:
            kept = self._kept.get(scope["path"])
            answer = kept or await self._answer(scope, receive)
            if not kept and _is_whole(answer) and self._size < _MOST:
                self._kept[scope["path"]] = answer
                self._size += len(answer[1]["body"])
            return answer

    async def _answer(self, scope: Scope, receive: Receive) -> list[Message]:
        messages: list[Message] = []

        async def hear(message: Message) -> None:
            messages.append(message)

        await self.app(scope, receive, hear)
        # Whoever leaves in the middle leaves a part behind, which nobody else may be given.
        is_finished = bool(messages) and not messages[-1].get("more_body", False)
        return _joined(messages) if is_finished else []


def _may_be_kept(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    asked = Headers(scope=scope)
    plain = "range" not in asked and "if-none-match" not in asked
    wants = "gzip" in asked.get("accept-encoding", "")
    return plain and wants and _NAMED.fullmatch(scope["path"]) is not None


def _is_whole(answer: list[Message]) -> bool:
    # A path that names no file is answered with the first page; a stranger could ask for many.
    if len(answer) != 2 or answer[0]["status"] != 200:
        return False
    return "html" not in Headers(raw=answer[0]["headers"]).get("content-type", "")


def _joined(messages: list[Message]) -> list[Message]:
    start, *parts = messages
    body = b"".join(part.get("body", b"") for part in parts)
    MutableHeaders(scope=start)["content-length"] = str(len(body))
    return [start, {"type": "http.response.body", "body": body}]


ROOM_FILE: Final = "DISCOVERY_ROOM_FILE"
ROOM_DATABASE: Final = "DISCOVERY_ROOM_DATABASE"
_ASKED: Final = (
    "Ask for one of: python app.py | python app.py prepare | python app.py invite ORGANISATION | "
    "python app.py move-in FILE | python app.py move-out CODE... FILE (both: --for ORGANISATION, "
    "where there are several) | python app.py copies | python app.py restore COPY"
)
_NO_FILE: Final = (
    f"{ROOM_DATABASE} is set: this room lies in a database, and is copied and restored there."
)


def room_file() -> Path:
    """Give where the room's file is; `~` is the home folder."""
    return _named(os.environ.get(ROOM_FILE) or str(DATA / "room.duckdb"))


def _named(path: str) -> Path:
    with suppress(RuntimeError):  # ~somebody of whom the system knows no home: a folder's name
        return Path(path).expanduser()
    return Path(path)


def room_database() -> str:
    """Give the address of the database that several processes share; "" for the room's file."""
    return os.environ.get(ROOM_DATABASE, "").strip()


def run_command(words: list[str]) -> bool:
    """Do what the words after `app.py` ask for; False without any, to start the app.

    Exits with 1 and a sentence where it cannot be done.
    """
    print_anywhere()
    words, whose = _for_whom(words)
    match words:
        case []:
            return False
        case ["prepare"]:
            _prepare()
        case ["invite", called]:
            _invite(called)
        case ["move-in", source]:
            _move(lambda: move_in(room_database(), whose, _named(source)))
        case ["move-out", *codes, to] if codes:
            _move(lambda: move_out(room_database(), whose, codes, _named(to)))
        case ["copies" | "restore", *_] if room_database():
            sys.exit(_NO_FILE)
        case ["copies"]:
            _list_copies()
        case ["restore", which]:
            _restore(which)
        case _:
            sys.exit(_ASKED)
    return True


def _for_whom(words: list[str]) -> tuple[list[str], str]:
    """Part the name of an organisation, "" for none, from what is asked for."""
    match words:
        case [("move-in" | "move-out") as what, *more] if "--for" in more[:-1]:
            at = more.index("--for")
            return [what, *more[:at], *more[at + 2 :]], more[at + 1]
    return words, ""


def _prepare() -> None:
    if not room_database():
        sys.exit(f"Set {ROOM_DATABASE} first: a room's file needs no preparing.")
    try:
        print(prepare_room(room_database()))
    except FileUnusable as refusal:
        sys.exit(str(refusal))


def _invite(called: str) -> None:
    if not room_database():
        sys.exit(f"Set {ROOM_DATABASE} first: a room's file has no accounts.")
    try:
        link, is_new = invite_administrator(room_database(), called)
    except Refusal as refusal:
        sys.exit(str(refusal))
    begins = f"{called} begins here." if is_new else f"{called} is here already."
    base = os.environ.get(ADDRESS, "").strip().rstrip("/") or "http://localhost:8501"
    base = base if "://" in base else f"http://{base}"
    if not os.environ.get(ADDRESS, "").strip():
        print(f"Set {ADDRESS} to what phones open: without it the link is of this machine alone.")
    print(
        f"{begins} Give this link to its administrator: it works once, within "
        f"{DAYS_OF_INVITATION} days.\n\n    {base}/sign-in/{link}\n"
    )


def _move(moved: Callable[[], Sequence[str]]) -> None:
    if not room_database():
        sys.exit(
            f"Set {ROOM_DATABASE} first: it names the database that a room moves in or out of."
        )
    try:
        for sentence in moved():
            print(sentence)
    except Refusal as refusal:
        sys.exit(str(refusal))


def _list_copies() -> None:
    copies = _copies()
    if not copies:
        print(f"There is no copy of {room_file().name} yet. The app makes one when it starts.")
    for copy in copies:
        print(f"{copy.number:>8}  made {copy.made:%d %B %Y, %H:%M}  {copy.path}")


def _copies() -> tuple[Copy, ...]:
    try:
        return room_copies(room_file())
    except FileUnusable as refusal:
        sys.exit(str(refusal))


def _restore(which: str) -> None:
    numbered = {str(copy.number): copy.path for copy in _copies()}
    if which.isdecimal() and which not in numbered:
        sys.exit(f"There is no copy {which}. `python app.py copies` lists them.")
    try:
        before = restore_room(room_file(), numbered.get(which, Path(which).expanduser()))
    except FileUnusable as refusal:
        sys.exit(str(refusal))
    print(f"Restored: the room is as it was in {which}; what was saved later is not in it.")
    print(f"What was there before is kept in {before}.")
