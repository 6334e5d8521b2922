"""The one connection to the room's file: opened once, written by one thread at a time."""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, TypeVar

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store.schema import SCHEMA, SCHEMA_VERSION, UPGRADES

Cursor = duckdb.DuckDBPyConnection
T = TypeVar("T")

# Module level, not a cache of Streamlit's: any browser may send `clear_cache`.
_open: dict[str, Cursor] = {}
_known: Final[dict[Hashable, Any]] = {}
_changing: Final[set[Hashable]] = set()

# Writers queue: 30 threads lost 98 of 720 saves without this lock, none with it.
_writing: Final = threading.Lock()


_NOT_SAVED: Final = (
    "Not saved: the laptop could not write to its disk. Free some space, then try again."
)


def open_database(path: Path) -> None:
    """Open the room's file, or make it. Opening it twice in one process changes nothing.

    Raises:
        FileUnusable: locked by another copy, not writable, damaged, foreign, or from a newer
            version of this app. The file is left as it was.
    """
    if _open:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _connected(path)
    except (OSError, duckdb.Error) as fault:
        raise FileUnusable(_sentence(path, str(fault))) from fault
    try:
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    _open["room"] = connection
    _open["writer"] = connection.cursor()  # its own, kept: there is one writer at a time


def close_database() -> None:
    """Close the room's file; every saved row is in it."""
    with _writing:
        for connection in (_open.pop("writer", None), _open.pop("room", None)):
            if connection is not None:
                connection.close()
        _known.clear()


def once_opened(question: Hashable, answer: Callable[[], T | None]) -> T | None:
    """Give a fact of the open file, read once until it is forgotten; None is asked again.

    For what never changes; or, asked and forgotten by the writer alone, for what seldom does.
    Reading a workshop and its instrument anew took 20 of the 42 ms that a vote cost.
    """
    found = _known.get(question)
    if found is None:
        found = answer()
        if found is not None:
            _known[question] = found
    return found


def changing(question: Hashable) -> None:
    """Say that the open transaction changes a fact: if it is undone, the fact is read again."""
    _changing.add(question)


def forget(question: Hashable) -> None:
    """Read a fact again when it is next asked for. Only the writer may change one."""
    _known.pop(question, None)


@contextmanager
def reading() -> Iterator[Cursor]:
    """Lend a cursor that sees one consistent state. A cursor a call: shared ones raise."""
    with _cursor() as cursor:
        cursor.execute("BEGIN TRANSACTION READ ONLY")
        try:
            yield cursor
        finally:
            cursor.execute("ROLLBACK")


@contextmanager
def writing() -> Iterator[Cursor]:
    """Lend a cursor inside one transaction; it is on disk when the block ends, or undone.

    Raises:
        FileUnusable: the disk refused; nothing of the block was kept.
    """
    with _writing:
        cursor = _opened("writer")
        cursor.execute("BEGIN TRANSACTION")
        try:
            yield cursor
            _commit(cursor)
        except BaseException as fault:
            _undo(cursor)
            if isinstance(fault, duckdb.OperationalError | duckdb.IntegrityError):
                raise FileUnusable(_NOT_SAVED) from fault
            raise
        finally:
            _changing.clear()


def _commit(cursor: Cursor) -> None:
    try:
        cursor.execute("COMMIT")
    except duckdb.Error as fault:
        raise FileUnusable(_NOT_SAVED) from fault


def _undo(cursor: Cursor) -> None:
    for question in _changing:
        forget(question)
    # A connection that the disk failed has nothing to undo; the first fault is the one to tell.
    with suppress(duckdb.Error):
        cursor.execute("ROLLBACK")


@contextmanager
def _cursor() -> Iterator[Cursor]:
    cursor = _opened("room").cursor()
    try:
        yield cursor
    finally:
        cursor.close()


def _opened(name: str) -> Cursor:
    found = _open.get(name)
    if found is None:
        raise FileUnusable("The room's file is closed. Start the app again.")
    return found


def _connected(path: Path) -> Cursor:
    # v1.5.0: an older DuckDB can still read the file on another laptop.
    return duckdb.connect(
        str(path), config={"storage_compatibility_version": "v1.5.0", "threads": 1}
    )


def _prepare(connection: Cursor, path: Path) -> None:
    # The order matters: the last line forbids any further setting.
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    try:
        if _is_empty(connection):
            _make_tables(connection)
        else:
            _bring_up_to_date(connection, path)
    except duckdb.Error as fault:
        raise FileUnusable(_sentence(path, str(fault))) from fault


def _is_empty(connection: Cursor) -> bool:
    return not connection.execute("SELECT 1 FROM information_schema.tables LIMIT 1").fetchone()


def _make_tables(connection: Cursor) -> None:
    connection.execute("BEGIN TRANSACTION")
    for statement in SCHEMA:
        connection.execute(statement)
    connection.execute("INSERT INTO schema_version (version) VALUES ($1)", [SCHEMA_VERSION])
    connection.execute("COMMIT")


def _bring_up_to_date(connection: Cursor, path: Path) -> None:
    version = _version_of(connection)
    if version not in {*UPGRADES, SCHEMA_VERSION}:
        raise FileUnusable(
            f"{path.name} was made by another version of Discovery Room (its layout is {version}, "
            f"this app knows {SCHEMA_VERSION}). Open it with that version, or move it away."
        )
    connection.execute("BEGIN TRANSACTION")
    for earlier in range(version, SCHEMA_VERSION):
        for statement in UPGRADES[earlier]:
            connection.execute(statement)
    connection.execute("UPDATE schema_version SET version = $1", [SCHEMA_VERSION])
    connection.execute("COMMIT")


def _version_of(connection: Cursor) -> int:
    found = connection.execute("SELECT max(version) FROM schema_version").fetchone()
    return found[0] if found and isinstance(found[0], int) else 0


def _sentence(path: Path, fault: str) -> str:
    said = fault.casefold()
    if "could not set lock" in said or "being used by another process" in said:
        return (
            f"{path.name} is open in another window of Discovery Room. Use that one, or close it."
        )
    if any(each in said for each in ("permission denied", "access is denied", "read-only")):
        return f"{path.name} cannot be written. Move the folder to a place that is yours to change."
    if "no space left" in said or "not enough space" in said:
        return "The laptop's disk is full. Free some space, then start again; nothing was lost."
    return (
        f"{path.name} is not a file that Discovery Room can read; it was left as it is. "
        "Move it away to start with an empty room."
    )
