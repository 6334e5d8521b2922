"""A room's file that moves into a shared database, or is made of what moves out of one."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store import parquet
from aqua_core.store.connecting import connected, said_of
from aqua_core.store.keeping import copies
from aqua_core.store.keeping.journal import deeds_in, number_of
from aqua_core.store.keeping.restoring import hold
from aqua_core.store.schema import deeds_held, lay_out, read_all
from aqua_core.store.travelling import TRAVELS, Columns, asked_of


class Travelling(NamedTuple):
    """A file that moves: its mark, and of each table that travels its columns and their types."""

    cursor: duckdb.DuckDBPyConnection
    room: str
    types: Mapping[str, Mapping[str, str]]

    @property
    def columns(self) -> Columns:
        """The columns of each table, by name."""
        return {table: tuple(types) for table, types in self.types.items()}


@contextmanager
def brought(source: Path) -> Iterator[Travelling]:
    """Lend a scratch copy of a room's file, at this layout; the file is left as it was.

    Raises:
        FileUnusable: it is not there, open elsewhere, damaged, or of a newer version; or its
            journal holds what it lacks.
    """
    path = source.resolve()
    if not path.is_file():
        raise FileUnusable(f"There is no file {source}.")
    with TemporaryDirectory(prefix="room-") as folder:
        scratch = Path(folder) / "moving.duckdb"
        with said_of(path):
            lock = hold(path)
            try:
                copies.copy_with_logs(path, scratch)
            finally:
                lock.close()
        with _opened(scratch, path) as file:
            _check_complete(file, path)
            yield file


@contextmanager
def made(path: Path) -> Iterator[Travelling]:
    """Lend a new room's file; it stands at its path once the block has ended well.

    Raises:
        FileUnusable: something is there already, or the disk refused.
    """
    if path.exists():
        raise FileUnusable(f"{path} is there already. Name a file that is not there yet.")
    with said_of(path):
        copies.keep_private(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        making = path.with_name(f"{path.name}.making")
        copies.remove(making)
        try:
            with _opened(making, path) as file:
                file.cursor.execute("BEGIN TRANSACTION")
                yield file
                file.cursor.execute("COMMIT")
            making.rename(path)
        finally:
            copies.remove(making)


def all_rows(file: Travelling, table: str) -> Iterator[tuple[Any, ...]]:
    """Give the rows of a table, in an order by their values."""
    file.cursor.execute(asked_of(table, file.columns))
    while rows := file.cursor.fetchmany(parquet.AT_ONCE):
        yield from rows


def put_rows(file: Travelling, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Append many rows to a file's table."""
    parquet.put_rows(file.cursor, table, file.types[table], rows)


@contextmanager
def _opened(scratch: Path, path: Path) -> Iterator[Travelling]:
    try:
        connection = connected(scratch)
    except (OSError, duckdb.Error) as fault:
        raise _damaged(path) from fault
    with connection:
        try:
            lay_out(connection, path)
            read_all(connection)
        except duckdb.Error as fault:
            raise _damaged(path) from fault
        yield Travelling(connection, copies.room_of(connection), _types(connection))


def _damaged(path: Path) -> FileUnusable:
    return FileUnusable(
        f"{path.name} is not a whole file of Discovery Room; it was left as it is. Start the app "
        "with it, which mends what can be mended, or choose a copy."
    )


def _types(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    rows = connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = current_database() ORDER BY table_name, column_index"
    ).fetchall()
    return {
        table: {column: kind for held, column, kind in rows if held == table} for table in TRAVELS
    }


def _check_complete(file: Travelling, path: Path) -> None:
    folder = copies.folder_of(path)
    if not folder.is_dir() or copies.kept_for(folder) != file.room:
        return
    saved = max([0, *deeds_in(folder), *map(number_of, copies.copies_in(folder))])
    if saved > deeds_held(file.cursor):
        raise FileUnusable(
            f"{path.name} lacks what was saved last. Start the app with it once, which brings that "
            "back, end it, then move in."
        )
