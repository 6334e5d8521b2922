"""The shared room: who waits for whom, and what is told of it when a deed is done."""

import hashlib
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from aqua_core.errors import FileUnusable, TextRefused
from aqua_core.store.connecting import CLOSED, Cursor, Heard
from aqua_core.store.facts import changed_so_far, changes_are_undone, changes_stand
from aqua_core.store.shared import faults, lending
from aqua_core.store.shared.layout import check_layout
from aqua_core.store.shared.shelves import RowShelf
from aqua_core.store.shared.telling import Telling, tell_stage
from aqua_core.vocabulary import clean_code

_READS: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITES: Final = "BEGIN ISOLATION LEVEL READ COMMITTED"
# A lock is held until its transaction is over. Seats vote beside each other and never while
# somebody reveals: of 995 votes in twelve raced reveals none was late, without a lock 28 were.
_WHOLE: Final = "SELECT pg_advisory_xact_lock($1)"
_BESIDE: Final = (
    "SELECT pg_advisory_xact_lock_shared($1), pg_advisory_xact_lock_shared($2), "
    "pg_advisory_xact_lock($3)"
)
_IN_THE_ROOM: Final = "SELECT pg_advisory_xact_lock_shared($1)"
# The place's too: its workshops, and those of one wave, change what they have together.
_ALONE: Final = """
    SELECT pg_advisory_xact_lock(
               hashtextextended('place ' || coalesce(nullif(joined_to, ''), place.id, ''), 0)
           ),
           pg_advisory_xact_lock($2)
    FROM (SELECT 1) AS asked
    LEFT JOIN workshop ON code = $1
    LEFT JOIN place ON place.id = place_id
"""

_OF_SEATS: Final = ("seat", "vote", "guess", "reason", "left_out", "been_here", "felt_safe")
# Each row tells which transaction wrote it: of rows of one transaction it tells nothing.
_ANEW: Final = """
    WITH gone AS (
        DELETE FROM {table} WHERE workshop_id = (SELECT id FROM workshop WHERE code = $1)
        RETURNING *
    )
    INSERT INTO {table} SELECT * FROM gone ORDER BY gone
"""


class SharedRoom:
    """A room in a database of which this is one process; others read and write beside it."""

    def __init__(self, address: str, *, heard: Heard | None = None) -> None:
        """Open it; `heard` is what other processes' acts call.

        Without `heard` nothing is told or heard: where there is no other process.

        Raises:
            FileUnusable: it does not answer, or has a layout that this version does not know.
        """
        self._connections = lending.Connections(address)
        self._readers = threading.BoundedSemaphore(lending.AT_ONCE)
        self._writers = threading.BoundedSemaphore(lending.AT_ONCE)
        self._closed = False
        try:
            with self.reading() as cursor:
                check_layout(cursor)
        except BaseException:
            self._connections.close()
            raise
        self._telling = Telling(address, heard) if heard else None

    def tell(self, code: str, channels: Iterable[str]) -> None:
        """Let the other processes know that something changed in a workshop."""
        if self._telling:
            self._telling.tell(code, channels)

    @contextmanager
    def reading(self) -> Iterator[Cursor]:
        """Lend a cursor that sees one consistent state.

        Raises:
            FileUnusable: the database does not answer.
        """
        self._check_open()
        with (
            faults.said(faults.NO_ANSWER),
            self._connections.begun(_READS, self._readers) as connection,
        ):
            yield lending.Lent(connection)

    @contextmanager
    def writing(self, code: str) -> Iterator[Cursor]:
        """Lend a cursor inside one transaction, alone in a workshop; "" is alone in the room.

        Raises:
            FileUnusable: the database did not take it; nothing of the block was kept, unless the
                way to it broke at the very end: then a look at the page says which.
        """
        with self._deed() as cursor:
            if code:
                cursor.execute(_IN_THE_ROOM, [_key("room")])
                cursor.execute(_ALONE, [_cleaned(code), _workshop_key(code)])
            else:
                cursor.execute(_WHOLE, [_key("room")])
            yield cursor

    @contextmanager
    def writing_beside(self, code: str, device: str) -> Iterator[Cursor]:
        """Lend it to a seat, beside the others; alone at its device: of two taps one comes first.

        Raises:
            FileUnusable: as for `writing`.
        """
        with self._deed() as cursor:
            keys = [_key("room"), _workshop_key(code), _key(f"seat {_cleaned(code)} {device}")]
            cursor.execute(_BESIDE, keys)
            yield cursor

    @contextmanager
    def writing_anew(self, code: str) -> Iterator[Cursor]:
        """Lend it alone in the room; what seats gave is then written anew, in an order of its own.

        What was deleted stays in the database's logs and backups until those expire.
        """
        with self.writing("") as cursor:
            yield cursor
            for table in _OF_SEATS if code else ():
                cursor.execute(_ANEW.format(table=table), [_cleaned(code)])

    def alone_in(self, cursor: Cursor, codes: Sequence[str]) -> None:
        """Let nobody else write in these workshops of the writer's own place either."""
        for code in sorted(codes):
            cursor.execute(_WHOLE, [_workshop_key(code)])

    def practise(self, answer: bytes) -> None:
        """Put an answer on the database's disk that is in no table."""
        with self._deed() as cursor:
            cursor.execute("SELECT pg_logical_emit_message(true, 'practice', $1)", [answer])

    def shelf(self, what: str) -> RowShelf:
        """Give where files of one kind are kept: they are rows, and nothing lies beside."""
        return RowShelf(what)

    def copied_by_hand(self) -> tuple[str, ...]:
        """Give nothing: who copies a database is not seen from here."""
        return ()

    def close(self) -> None:
        """Close it; every saved row is in it."""
        self._closed = True
        if self._telling:
            self._telling.end()
        self._connections.close()

    @contextmanager
    def _deed(self) -> Iterator[Cursor]:
        self._check_open()
        with (
            faults.said(faults.NOT_SAVED),
            self._connections.begun(_WRITES, self._writers) as connection,
        ):
            cursor = lending.Lent(connection)
            try:
                yield cursor
                tell_stage(cursor, changed_so_far())
                cursor.execute("COMMIT")
                changes_stand()
            except BaseException:
                changes_are_undone()
                raise

    def _check_open(self) -> None:
        if self._closed:
            raise FileUnusable(CLOSED)


def _workshop_key(code: str) -> int:
    return _key(f"workshop {_cleaned(code)}")


def _cleaned(code: str) -> str:
    try:
        return clean_code(code)
    except TextRefused:  # no workshop is called so, as the deed itself will say
        return code


def _key(named: str) -> int:
    return int.from_bytes(hashlib.blake2b(named.encode(), digest_size=8).digest(), signed=True)
