"""One connection to the room's file: how it is opened, lent and held, and its faults."""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

import duckdb

from aqua_core.errors import FileUnusable


def connected(
    path: Path, folder: Path | None = None, memory: str = ""
) -> duckdb.DuckDBPyConnection:
    """Open a database that can reach nothing but itself, and a folder for its copies.

    `memory` is the most that it may take ("200MB"); "" for what the engine takes by itself.

    Raises:
        OSError, duckdb.Error: it is locked, damaged, foreign, or cannot be written.
    """
    # v1.5.0: an older DuckDB can still read the file on another laptop.
    connection = duckdb.connect(
        str(path), config={"storage_compatibility_version": "v1.5.0", "threads": 1}
    )
    # The order matters: the last line forbids any further setting.
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    if memory:
        connection.execute("SET memory_limit = $1", [memory])
    if folder:
        connection.execute("SET allowed_directories = $1", [[str(folder)]])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


class Cursor(Protocol):
    """What a store function is lent: SQL with bound parameters, and the rows it gives."""

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> "Cursor":
        """Run a statement."""
        ...

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]], /) -> "Cursor":
        """Run a statement once a row."""
        ...

    def fetchone(self) -> tuple[Any, ...] | None:
        """Give the next row, or None."""
        ...

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Give every row."""
        ...


class Room(Protocol):
    """What every deed is done in: the file of one laptop, or a database that processes share.

    `code` is the join code of the workshop that is written in, "" where it may be any.
    """

    def reading(self, code: str) -> AbstractContextManager[Cursor]:
        """Lend a cursor that sees one consistent state."""
        ...

    def writing(self, code: str) -> AbstractContextManager[Cursor]:
        """Lend a cursor inside one transaction; nobody else writes in this workshop meanwhile."""
        ...

    def writing_beside(self, code: str, device: str) -> AbstractContextManager[Cursor]:
        """Lend it for a seat's own rows; seats on other devices may write beside it."""
        ...

    def writing_anew(self, code: str) -> AbstractContextManager[Cursor]:
        """Lend it alone; then nothing that it deleted is kept, and no order says who came when."""
        ...

    def alone_in(self, cursor: Cursor, codes: Sequence[str]) -> None:
        """Let nobody else write in these workshops either, until the transaction is over."""
        ...

    def practise(self, answer: bytes) -> None:
        """Put an answer on disk, read it back and take it away: it is in no table."""
        ...

    def shelf(self, what: str) -> "Shelf":
        """Give where files of one kind are kept."""
        ...

    def copied_by_hand(self) -> tuple[str, ...]:
        """Give the names of files that hold the same room and that nobody here made."""
        ...

    def close(self) -> None:
        """Close it; every saved row is in it."""
        ...


class Shelf(Protocol):
    """Files of one kind by name: in a folder beside a laptop's file, or rows of a shared database.

    `cursor` is of the deed that asks: rows belong to its transaction, files in a folder do not.
    """

    def making(self) -> AbstractContextManager[Path]:
        """Lend who writes a place at which one file may be made; what is left there goes."""
        ...

    def put(self, cursor: Cursor, name: str, made: Path) -> None:
        """Keep a file that was made, in the place of the one of this name."""
        ...

    def lying(self, cursor: Cursor, names: Collection[str]) -> AbstractContextManager[Path]:
        """Lend a folder in which those of these files lie that are there."""
        ...

    def drop(self, cursor: Cursor, names: Collection[str], kept: Collection[str]) -> None:
        """Take some files away, and from a folder whatever is none of those that are kept."""
        ...


class Heard(NamedTuple):
    """What is called when another process changed something.

    `changed` gets a workshop's code and the channels; `anything` says that a notice was lost.
    """

    changed: Callable[[str, Iterable[str]], None]
    anything: Callable[[], None]


class Written(NamedTuple):
    """One statement and the rows of values that it was given, one after the other."""

    sql: str
    rows: list[list[Any]]


class Writer:
    """The one writer's cursor: it notes what is written, for the journal."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self.written: list[Written] = []

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Cursor:
        """Run a statement."""
        self._note(sql, [values])
        return self._cursor.execute(sql, values)

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]], /) -> Cursor:
        """Run a statement once a row."""
        self._note(sql, rows)
        return self._cursor.executemany(sql, rows)

    def fetchone(self) -> tuple[Any, ...] | None:
        """Give the next row."""
        return self._cursor.fetchone()

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Give every row."""
        return self._cursor.fetchall()

    def _note(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        if sql.lstrip()[:6].upper() in _WRITES:
            self.written.append(Written(" ".join(sql.split()), [list(row) for row in rows]))


class Reader:
    """A reader's cursor: the room as it stands when it is first asked something.

    Most of what a page asks is known already (see `store/facts.py`): a transaction that nobody
    needed took 0.18 ms, and a seat's page after the reveal began 23 of them.
    """

    def __init__(self, begin: Callable[[], Cursor]) -> None:
        """Lend what `begin` gives, which is called once, and only if something is asked."""
        self._begin = begin
        self._begun: Cursor | None = None

    @property
    def _cursor(self) -> Cursor:
        self._begun = self._begun or self._begin()
        return self._begun

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Cursor:
        """Run a statement."""
        return self._cursor.execute(sql, values)

    def executemany(self, sql: str, rows: Sequence[Sequence[Any]], /) -> Cursor:
        """Run a statement once a row."""
        return self._cursor.executemany(sql, rows)

    def fetchone(self) -> tuple[Any, ...] | None:
        """Give the next row."""
        return self._cursor.fetchone()

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Give every row."""
        return self._cursor.fetchall()


_WRITES: Final = {"INSERT", "UPDATE", "DELETE"}


class Gate:
    """Any number pass at once; `shut` waits until all are out, and keeps the next ones waiting."""

    def __init__(self) -> None:
        self._moved = threading.Condition()
        self._inside = 0
        self._shut = False
        self._mine = threading.local()

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Pass, unless the gate is shut; whoever is inside may pass again."""
        depth = getattr(self._mine, "depth", 0)
        with self._moved:
            while self._shut and not depth:
                self._moved.wait()
            self._inside += 1
        self._mine.depth = depth + 1
        try:
            yield
        finally:
            self._mine.depth = depth
            with self._moved:
                self._inside -= 1
                self._moved.notify_all()

    @contextmanager
    def shut(self) -> Iterator[None]:
        """Shut the gate once everyone is out. For one thread at a time, and never from inside."""
        assert not getattr(self._mine, "depth", 0), "whoever is inside would wait for itself"
        with self._moved:
            self._shut = True
            while self._inside:
                self._moved.wait()
        try:
            yield
        finally:
            with self._moved:
                self._shut = False
                self._moved.notify_all()


def ids_held(cursor: Cursor, table: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Give those of some ids that a table of ours holds, in order; `table` is never typed."""
    rows = cursor.execute(
        f"SELECT DISTINCT id FROM {table} WHERE id = ANY($1) ORDER BY id",
        [list(ids)],
    ).fetchall()
    return tuple(found for (found,) in rows)


NOT_SAVED: Final = (
    "Not saved: the laptop could not write to its disk. Free some space, then try again."
)
GONE: Final = (
    "Not saved: the room's file was moved or deleted while the app was running. Stop the app and "
    "start it again: it brings back everything that was saved."
)
UNREAD: Final = "The laptop's disk does not answer. Wait a moment, then reload this page."
NOT_ANEW: Final = (
    "It is done, but the laptop's disk kept older copies of the room's file from going. Free some "
    "space and start the app again: they go then."
)
CLOSED: Final = "The room's file is closed. Start the app again."


def is_broken(fault: BaseException) -> bool:
    """Tell whether the engine gave the whole file up: only opening it again helps."""
    return isinstance(fault, duckdb.FatalException) or "invalidated" in str(fault)


def is_held(fault: str) -> bool:
    """Tell whether the engine says that another process has the file."""
    said = fault.casefold()
    return "could not set lock" in said or "being used by another process" in said


@contextmanager
def said_of(path: Path) -> Iterator[None]:
    """Say in a sentence why a file cannot be opened.

    Raises:
        FileUnusable: instead of any fault of the engine or the disk.
    """
    try:
        yield
    except (OSError, duckdb.Error) as fault:
        raise FileUnusable(_in_the_way(path, fault) or _sentence(path, str(fault))) from fault


def _in_the_way(path: Path, fault: Exception) -> str:
    """Say which file stands where a folder must be, or which folder is missing; "" if neither."""
    if isinstance(fault, FileExistsError | NotADirectoryError):
        return f"{Path(fault.filename).name} is a file where a folder must be. Move it away."
    if not isinstance(fault, PermissionError) and _is_missing(path.parent):
        return f"There is no folder {path.parent}. Check the name of the room's file."
    return ""


def _is_missing(folder: Path) -> bool:
    try:
        return not folder.is_dir()
    except OSError:
        return False


def _sentence(path: Path, fault: str) -> str:
    said = fault.casefold()
    if is_held(said):
        return f"{path.name} is open in another program. Close it there, then start again."
    if any(words in said for words in ("permission denied", "access is denied", "read-only")):
        return f"{path.name} cannot be written. Move the folder to a place that is yours to change."
    if "no space left" in said or "not enough space" in said:
        return "The laptop's disk is full. Free some space, then start again; nothing was lost."
    return foreign(path)


def foreign(path: Path) -> str:
    """Give the sentence for a file that is not ours to open."""
    return (
        f"{path.name} is not a file that Discovery Room can read; it was left as it is. "
        "Move it away to start with an empty room."
    )
