"""The shared room: who waits for whom, and what is told of it when a deed is done."""

import hashlib
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Final

from aqua_core.errors import FileUnusable, TextRefused
from aqua_core.store.connecting import CLOSED, Cursor, Heard, Reader
from aqua_core.store.facts import (
    begun_with,
    changed_so_far,
    changes_are_undone,
    changes_stand,
    happened,
)
from aqua_core.store.shared import accounts, faults, lending
from aqua_core.store.shared.layout import check_layout
from aqua_core.store.shared.log import check_log
from aqua_core.store.shared.owners import ANY_DEVICE
from aqua_core.store.shared.shelves import RowShelf
from aqua_core.store.shared.telling import Telling, tell_stage
from aqua_core.vocabulary import clean_code

_READS: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITES: Final = "BEGIN ISOLATION LEVEL READ COMMITTED"
# A lock is held until its transaction is over. Seats vote beside each other and never while
# somebody reveals: of 995 votes in twelve raced reveals none was late, without a lock 28 were.
# What names no workshop (places, programmes, who is signed in) stops who leads one in the same
# organisation, and no vote.
_BESIDE: Final = "SELECT pg_advisory_xact_lock_shared($1), pg_advisory_xact_lock($2)"
_LEADING: Final = f"SELECT {accounts.BESIDE_OTHERS}"
_MANAGING: Final = f"SELECT {accounts.ALONE}"
_WAITS_ALONE: Final = "SET LOCAL room.alone = 'on'"  # until a cookie says in which organisation
# In the statement that begins the transaction: no way to the database and back more.
_OF_CODE: Final = (
    "SELECT set_config('room.organisation', coalesce("
    "(SELECT organisation_id FROM code_of WHERE code = '{code}'), ''), true)"
)
_OF_ANY_DEVICE: Final = f"SET LOCAL room.organisation = '{ANY_DEVICE}'"
# Places come first, each in one order, so nobody waits in a ring: whoever has its place shares a
# workshop with seats alone, who wait for nothing that a place is asked for with. The place's too,
# because its workshops, and those of one wave, change what they have together.
_ALONE: Final = """
    SELECT pg_advisory_xact_lock(key) FROM (
        SELECT 1 AS turn, hashtextextended(
            'place ' || coalesce(nullif(joined_to, ''), place.id), 0
        ) AS key
        FROM workshop JOIN place ON place.id = place_id WHERE code = ANY($1)
        UNION SELECT 2, key FROM unnest($2::bigint[]) AS key
        ORDER BY 1, 2
    ) AS wanted
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
            FileUnusable: it does not answer, has a layout that this version does not know, or logs
                what seats gave.
        """
        self._connections = lending.Connections(address)
        self._readers = threading.BoundedSemaphore(lending.AT_ONCE)
        self._writers = threading.BoundedSemaphore(lending.AT_ONCE)
        self._closed = False
        try:
            with self.reading("") as cursor:
                check_layout(cursor)
                check_log(cursor)
        except BaseException:
            self._connections.close()
            raise
        self._telling = Telling(address, heard) if heard else None

    def tell(self, code: str, channels: Iterable[str]) -> None:
        """Let the other processes know that something changed in a workshop."""
        if self._telling:
            self._telling.tell(code, channels)

    @contextmanager
    def reading(self, code: str) -> Iterator[Cursor]:
        """Lend a cursor that sees one consistent state of what this code's organisation has.

        With "" it sees nothing until a cookie is let in.

        Raises:
            FileUnusable: the database does not answer.
        """
        self._check_open()
        with (
            faults.said(faults.NO_ANSWER),
            begun_with(_named(code)),
            self._connections.turn(self._readers),
            ExitStack() as ends,
        ):
            begins = _of(code, _READS)
            yield Reader(lambda: lending.Lent(ends.enter_context(self._connections.begun(begins))))

    @contextmanager
    def writing(self, code: str) -> Iterator[Cursor]:
        """Lend a cursor inside one transaction, alone in a workshop or a gathering and its places.

        With "" it is alone, from when a cookie is let in, among all who lead or manage anything in
        its organisation; seats go on voting beside it.

        Raises:
            FileUnusable: the database did not take it; nothing of the block was kept, unless the
                way to it broke at the very end: then a look at the page says which.
        """
        with self._deed(code, *([] if code else [_WAITS_ALONE])) as cursor:
            if code:
                cursor.execute(_LEADING)
                self.alone_in(cursor, [code])
            yield cursor
        happened()

    @contextmanager
    def writing_beside(self, code: str, device: str) -> Iterator[Cursor]:
        """Lend it to a seat, beside the others; alone at its device: of two taps one comes first.

        Raises:
            FileUnusable: as for `writing`.
        """
        with self._deed(code) as cursor:
            keys = [_workshop_key(code), _key(f"seat {_cleaned(code)} {device}")]
            cursor.execute(_BESIDE, keys)
            yield cursor

    @contextmanager
    def writing_anew(self, code: str) -> Iterator[Cursor]:
        """Lend it as `writing` does to who manages; then what seats gave is in an order of its own.

        What was deleted stays in the database's logs and backups until those expire.
        """
        with self._deed(code, *([] if code else [_WAITS_ALONE])) as cursor:
            if code:
                cursor.execute(_MANAGING)
                self.alone_in(cursor, [code])
            yield cursor
            for table in _OF_SEATS if code else ():
                cursor.execute(_ANEW.format(table=table), [_cleaned(code)])
        happened()

    def alone_in(self, cursor: Cursor, codes: Sequence[str]) -> None:
        """Let nobody else write in these workshops either, nor in what their places have."""
        cleaned = list(map(_cleaned, codes))
        cursor.execute(_ALONE, [cleaned, list(map(_workshop_key, cleaned))])

    def practise(self, answer: bytes) -> None:
        """Put an answer on the database's disk that is in no table."""
        with self._deed("") as cursor:
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
    def _deed(self, code: str, *also: str) -> Iterator[Cursor]:
        self._check_open()
        with (
            faults.said(faults.NOT_SAVED),
            self._connections.turn(self._writers),
            self._connections.begun(_of(code, _WRITES, *also)) as connection,
        ):
            cursor = lending.Lent(connection)
            try:
                with begun_with(""):
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


def _of(code: str, *begins: str) -> str:
    """Give what begins a transaction of the organisation to which a code belongs."""
    if code == ANY_DEVICE:
        return "; ".join([*begins, _OF_ANY_DEVICE])
    named = _named(code)
    return "; ".join([*begins, _OF_CODE.format(code=named)] if named else begins)


def _named(code: str) -> str:
    """Give a code that may be asked for, or a wall's mark, as it is kept; "" for anything else."""
    named = _cleaned(code)
    return named if re.fullmatch("[0-9A-Za-z]+", named) else ""


def _workshop_key(code: str) -> int:
    return _key(f"workshop {_cleaned(code)}")


def _cleaned(code: str) -> str:
    try:
        return clean_code(code)
    except TextRefused:  # no workshop is called so, as the deed itself will say
        return code


def _key(named: str) -> int:
    return int.from_bytes(hashlib.blake2b(named.encode(), digest_size=8).digest(), signed=True)
