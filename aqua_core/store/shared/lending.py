"""Connections to the shared database: each lent to one thread, opened anew where it was lost."""

import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, TypeAlias

import psycopg
from psycopg.pq import TransactionStatus

from aqua_core.errors import FileUnusable
from aqua_core.store.connecting import Cursor
from aqua_core.store.shared.faults import NO_ANSWER

Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]
AT_ONCE: Final = 8  # readers, and as many writers, of one process; Python runs one thread at a time
_PATIENCE: Final = 20.0  # seconds that somebody waits for a connection
_NO_ADDRESS: Final = (
    "DISCOVERY_ROOM_DATABASE is no address of a database. It looks like "
    "postgresql://room@localhost/room."
)
# Who dies or hangs with a lock of the workshop would keep a whole room from voting. And what a
# statement carries that fails or waits is in no log, whatever the operator has set.
_LIMITS: Final = (
    "SET lock_timeout = '15s'; SET statement_timeout = '30s'; "
    "SET idle_in_transaction_session_timeout = '30s'; "
    "SET log_parameter_max_length_on_error = 0; SET debug_print_plan = off"
)


def connected(address: str) -> Connection:
    """Open a connection that begins and ends its transactions by hand.

    Raises:
        FileUnusable: this is no address.
        psycopg.OperationalError: the database does not answer, or does not know us.
    """
    try:
        opened = psycopg.connect(
            address,
            autocommit=True,
            cursor_factory=psycopg.RawCursor,  # takes $1 as our SQL has it
            connect_timeout=5,
            tcp_user_timeout=10_000,
            application_name="discovery-room",
        )
    except psycopg.ProgrammingError as fault:
        raise FileUnusable(_NO_ADDRESS) from fault
    opened.execute(_LIMITS.encode())
    return opened


class Lent:
    """A cursor as store functions know it."""

    def __init__(self, connection: Connection) -> None:
        self._cursor = connection.cursor()

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Cursor:
        """Run a statement."""
        self._cursor.execute(sql.encode(), values or None)
        return self

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]], /) -> Cursor:
        """Run a statement once a row."""
        self._cursor.executemany(sql.encode(), rows)
        return self

    def copy_in(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Append many rows, of values by these columns; give how many. Names are never typed."""
        number = 0
        with self._cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row(row)
                number += 1
        return number

    def fetchone(self) -> tuple[Any, ...] | None:
        """Give the next row, or None."""
        row: tuple[Any, ...] | None = self._cursor.fetchone()
        return row

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Give every row."""
        rows: list[tuple[Any, ...]] = self._cursor.fetchall()
        return rows


class _Mine(threading.local):
    held: int = 0


class Connections:
    """What is open and waits to be lent; a thread that holds one gets more without waiting.

    Answers are asked for inside of others: whoever holds a connection and waited for a second one
    would wait for those who wait for the first.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._free: deque[Connection] = deque()
        self._mine = _Mine()
        self._closed = False

    @contextmanager
    def turn(self, turns: threading.Semaphore) -> Iterator[None]:
        """Wait until this thread may have connections; `turns` is how many threads may at once.

        Whoever might ask for one waits first: an answer that many wait for is worked out by one
        who would wait for a connection, while those who wait for the answer have them all.

        Raises:
            FileUnusable: everybody's connection was busy for 20 s.
        """
        waits = not self._mine.held
        if waits and not turns.acquire(timeout=_PATIENCE):
            raise FileUnusable(NO_ANSWER)
        self._mine.held += 1
        try:
            yield
        finally:
            self._mine.held -= 1
            if waits:
                turns.release()

    @contextmanager
    def begun(self, begins: str) -> Iterator[Connection]:
        """Lend a connection to whose turn it is, inside a transaction that this statement begins.

        What is not committed at the end is undone.

        Raises:
            psycopg.OperationalError: the database does not answer.
        """
        connection = self._begun(begins)
        try:
            yield connection
        finally:
            self._take_back(connection)

    def close(self) -> None:
        """Close all that wait; what is lent is closed when it comes back."""
        self._closed = True
        while self._free:
            self._free.pop().close()

    def _begun(self, begins: str) -> Connection:
        with suppress(IndexError):  # none waits
            while True:
                connection = self._free.pop()
                try:
                    connection.execute(begins.encode())
                except psycopg.OperationalError:  # lost while it waited
                    connection.close()
                else:
                    return connection
        connection = connected(self._address)
        connection.execute(begins.encode())
        return connection

    def _take_back(self, connection: Connection) -> None:
        with suppress(psycopg.Error):
            if connection.info.transaction_status is not TransactionStatus.IDLE:
                connection.execute(b"ROLLBACK")
            if not self._closed:
                self._free.append(connection)
                return
        connection.close()
