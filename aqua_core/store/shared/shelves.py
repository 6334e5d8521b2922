"""Files of a shared room, as rows: every process has them, and they go with their deed."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from aqua_core.errors import FileUnusable
from aqua_core.store.connecting import Cursor

TABLE: Final = """
    CREATE TABLE IF NOT EXISTS shelved (
        kind text NOT NULL,
        name text NOT NULL,
        content bytea NOT NULL,
        PRIMARY KEY (kind, name)
    )
"""
_NO_ROOM: Final = (
    "Not done: the server has no space left for passing files. Tell who runs it, then try again."
)


class RowShelf:
    """Files of one kind in the database; while one is read it lies in a private folder."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    @contextmanager
    def making(self) -> Iterator[Path]:
        """Lend a place in a folder of its own, which goes with all that is in it."""
        with _private() as folder:
            yield folder / "making"

    def put(self, cursor: Cursor, name: str, made: Path) -> None:
        """Keep the bytes of a file that was made."""
        cursor.execute(
            "INSERT INTO shelved (kind, name, content) VALUES ($1, $2, $3) "
            "ON CONFLICT ON CONSTRAINT shelved_pkey DO UPDATE SET content = excluded.content",
            [self._kind, name, made.read_bytes()],
        )

    @contextmanager
    def lying(self, cursor: Cursor, names: Collection[str]) -> Iterator[Path]:
        """Lend a folder with those of these files that are there; it goes afterwards."""
        rows = cursor.execute(
            "SELECT name, content FROM shelved WHERE kind = $1 AND name = ANY($2) ORDER BY name",
            [self._kind, [*names]],
        ).fetchall()
        with _private() as folder:
            for name, content in rows:
                (folder / f"{name}.parquet").write_bytes(content)
            yield folder

    def drop(self, cursor: Cursor, names: Collection[str], kept: Collection[str]) -> None:
        """Take these away and no other: a file came with its deed, so none is left over."""
        cursor.execute(
            "DELETE FROM shelved WHERE kind = $1 AND name = ANY($2)", [self._kind, [*names]]
        )


@contextmanager
def _private() -> Iterator[Path]:
    try:
        with TemporaryDirectory(prefix="room-") as folder:
            yield Path(folder)
    except OSError as fault:
        raise FileUnusable(_NO_ROOM) from fault
