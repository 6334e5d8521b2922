"""Tables as Parquet files: written by the engine, and read with a bound on what they may take."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb

from aqua_core.errors import FileUnusable
from aqua_core.store.connecting import NOT_SAVED, connected

_MEMORY: Final = "200MB"
"""What reading may take: a small file can unfold into gigabytes."""
AT_ONCE: Final = 20_000
"""Rows that are taken in, or given, in one statement."""
Rows = list[tuple[Any, ...]]


class OtherColumns(ValueError):
    """A file has other columns than ours, or more rows than any of ours."""


def write(path: Path, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows as a file; `columns` gives each one's kind by its name.

    Raises:
        FileUnusable: the disk refused.
    """
    try:
        _write(path, columns, rows)
    except (OSError, duckdb.Error):
        raise FileUnusable(NOT_SAVED) from None


def _write(path: Path, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
    named = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    with reading_in(path.parent) as connection:
        connection.execute(f"CREATE TABLE held ({named})")
        put_rows(connection, "held", columns, rows)
        quoted = str(path).replace("'", "''")
        connection.execute(f"COPY held TO '{quoted}' (FORMAT parquet)")


def put_rows(
    engine: duckdb.DuckDBPyConnection,
    table: str,
    columns: Mapping[str, str],
    rows: Sequence[Sequence[Any]],
) -> None:
    """Append many rows to a table of the engine; `columns` gives each one's kind by its name.

    A list a column: one by one the engine takes 2,000 rows a second, so 69,000.
    """
    values = ", ".join(f"unnest(${at}::{kind}[])" for at, kind in enumerate(columns.values(), 1))
    for first in range(0, len(rows), AT_ONCE):
        lists = [list(column) for column in zip(*rows[first : first + AT_ONCE], strict=True)]
        engine.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values}", lists)


@contextmanager
def reading_in(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend an engine that reaches the files in a folder, and nothing else."""
    with closing(connected(Path(":memory:"), folder, _MEMORY)) as connection:
        yield connection


def rows_of(
    engine: duckdb.DuckDBPyConnection, columns: Mapping[str, str], most: int, *files: Path
) -> Rows:
    """Give the rows of some files, in the order in which they stand there, the file's name last.

    Args:
        engine: of `reading_in`.
        columns: as they were written.
        most: rows that one file may have.
        files: at least one.

    Raises:
        OtherColumns: the columns of the first one are not those, or there are too many rows.
        duckdb.Error: a file is damaged.
    """
    paths = [str(file) for file in files]
    asked = "FROM read_parquet($1, hive_partitioning = false, filename = 'file of it')"
    found = engine.execute(f"DESCRIBE SELECT * {asked}", [paths]).fetchall()
    if {name: kind for name, kind, *_ in found} != {**columns, "file of it": "VARCHAR"}:
        raise OtherColumns
    limit = most * len(files)
    named = ", ".join(columns)
    rows = engine.execute(f'SELECT {named}, "file of it" {asked} LIMIT {limit + 1}', [paths])
    if len(read := rows.fetchall()) > limit:
        raise OtherColumns
    return read
