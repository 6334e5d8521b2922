"""What processes tell each other: that something changed in a workshop, never what.

By NOTIFY, from one teller a process each 100 ms: a notice inside each vote left 231 to 245 votes a
second to the whole database. What changes the stage is told inside its own transaction: whoever
dies after the commit has told it.
"""

import json
import secrets
import threading
from collections.abc import Collection, Hashable, Iterable
from contextlib import suppress
from time import monotonic
from typing import Any, Final

import psycopg

from aqua_core.store.connecting import Cursor, Heard
from aqua_core.store.facts import happened
from aqua_core.store.shared import lending

EVERY: Final = 0.1  # seconds between notices
BEAT: Final = 5.0  # seconds after which a process that has nothing to tell says that it lives
SILENT: Final = 12.0  # seconds after which one that says nothing took what it had to tell with it
_CHANNEL: Final = "discovery_room"
_MOST: Final = 50  # workshops a notice: one holds 8,000 bytes
_ME: Final = secrets.token_hex(4)
_STAGE: Final = ("room", "stage")
_VOTES: Final = {"room"}  # what is told of votes alone
_TELL: Final = "SELECT pg_notify($1, $2)"


def tell_stage(cursor: Cursor, changed: Collection[Hashable]) -> None:
    """Tell in which workshops the open transaction opened or ended rounds, once it is committed."""
    ids = [fact[1] for fact in changed if isinstance(fact, tuple) and fact[0] == "rounds"]
    if not ids:
        return
    found = cursor.execute("SELECT code FROM workshop WHERE id = ANY($1)", [ids]).fetchall()
    told = {code: _STAGE for (code,) in found}
    cursor.execute(_TELL, [_CHANNEL, json.dumps({"from": _ME, "changed": told})])


def tell_of_anything(cursor: Cursor) -> None:
    """Have every process ask for everything anew, once the open transaction is committed."""
    cursor.execute(_TELL, [_CHANNEL, "anything"])  # no notice of ours: whoever hears it missed one


class Telling:
    """Two threads of a process: one tells what changed here, one hears what changed elsewhere."""

    def __init__(self, address: str, heard: Heard) -> None:
        self._address = address
        self._me = _ME
        self._heard = heard
        self._due: dict[str, set[str]] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._told = 0
        self._others: dict[str, tuple[int, float]] = {}  # the last number of each, and when
        self._threads = [
            threading.Thread(target=run, name=run.__name__, daemon=True)
            for run in (self._tell_on, self._hear_on)
        ]
        for thread in self._threads:
            thread.start()

    def tell(self, code: str, channels: Iterable[str]) -> None:
        """Let the others know, with the next notice."""
        with self._lock:
            self._due.setdefault(code, set()).update(channels)

    def end(self) -> None:
        """Tell what is due, and stop."""
        self._ended.set()
        for thread in self._threads:
            thread.join(2 * EVERY + 1)

    def _tell_on(self) -> None:
        while not self._ended.is_set():
            with suppress(psycopg.Error), lending.connected(self._address) as connection:
                self._tell_by(connection)
            self._told += 1  # what was due when the line broke is missed by its number
            self._ended.wait(1.0)

    def _tell_by(self, connection: lending.Connection) -> None:
        beat = monotonic()
        ends = False
        while not ends:
            ends = self._ended.wait(EVERY)
            notices = self._notices()
            if not notices and monotonic() - beat >= BEAT:
                notices = [{}]
            for changed in notices:
                self._told += 1  # one that does not arrive is missed by its number
                said = json.dumps({"from": self._me, "number": self._told, "changed": changed})
                connection.execute(_TELL.encode(), [_CHANNEL, said])
                beat = monotonic()

    def _notices(self) -> list[dict[str, list[str]]]:
        with self._lock:
            due = [(code, sorted(channels)) for code, channels in self._due.items()]
            self._due.clear()
        return [dict(due[at : at + _MOST]) for at in range(0, len(due), _MOST)]

    def _hear_on(self) -> None:
        while not self._ended.is_set():
            with suppress(psycopg.Error), lending.connected(self._address) as connection:
                connection.execute(f"LISTEN {_CHANNEL}".encode())
                self._others.clear()
                self._anything()  # what was told meanwhile was told to nobody
                self._hear_by(connection)
            self._ended.wait(0.5)

    def _hear_by(self, connection: lending.Connection) -> None:
        heard = monotonic()
        # What it tells comes back to it: where not even that does, the line is dead without a word.
        while not self._ended.is_set() and monotonic() - heard < SILENT:
            for notice in connection.notifies(timeout=0.5):
                heard = monotonic()
                try:
                    self._hear(json.loads(notice.payload))
                except (ValueError, TypeError, KeyError):  # of another version, or nobody's of ours
                    self._anything()
            self._miss_the_silent()

    def _hear(self, said: dict[str, Any]) -> None:
        who, number = said["from"], said.get("number")
        if who == self._me:
            return
        if number is not None:
            before, _ = self._others.get(who, (0, 0.0))
            self._others[who] = (number, monotonic())
            if number != before + 1:
                self._anything()
        for code, channels in said["changed"].items():
            if {*channels} != _VOTES:
                happened()
            self._heard.changed(code, channels)

    def _anything(self) -> None:
        happened()
        self._heard.anything()

    def _miss_the_silent(self) -> None:
        now = monotonic()
        for who in [who for who, (_, at) in self._others.items() if now - at > SILENT]:
            del self._others[who]
            self._anything()
