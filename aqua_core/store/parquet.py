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
        # A list a column: row by row 200 rows took 0.8 s.
        lists = ", ".join(f"unnest(${n}::{kind}[])" for n, kind in enumerate(columns.values(), 1))
        values = [list(column) for column in zip(*rows, strict=True)]
        connection.execute(f"INSERT INTO held SELECT {lists}", values)
        quoted = str(path).replace("'", "''")
        connection.execute(f"COPY held TO '{quoted}' (FORMAT parquet)")


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
