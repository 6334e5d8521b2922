"""Files beside a laptop's room: each kind in a folder of its own, written whole or not at all."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from aqua_core.errors import FileUnusable
from aqua_core.store.connecting import NOT_SAVED, Cursor

_MAKING: Final = "making"
_HELD: Final = (
    "Nothing is done: another program holds a file beside the room's. Close that, then try again."
)


def beside(room: Path, what: str) -> Path:
    """Give the folder beside a room's file for files of one kind; it may not be there."""
    return room.with_name(f"{room.stem}-{what}")


class FolderShelf:
    """Files in a folder, named `name.parquet`; the folder may not be there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def making(self) -> Iterator[Path]:
        """Lend who writes a place in the folder; there is one writer at a time.

        Raises:
            FileUnusable: the disk refused.
        """
        made = self._folder / _MAKING
        try:
            self._folder.mkdir(exist_ok=True)
            yield made
            made.unlink(missing_ok=True)
        except OSError:
            raise FileUnusable(NOT_SAVED) from None
        except BaseException:
            made.unlink(missing_ok=True)
            raise

    def put(self, cursor: Cursor, name: str, made: Path) -> None:
        """Move a file that was made to its place."""
        made.replace(self._folder / f"{name}.parquet")

    @contextmanager
    def lying(self, cursor: Cursor, names: Collection[str]) -> Iterator[Path]:
        """Lend the folder itself."""
        yield self._folder

    def drop(self, cursor: Cursor, names: Collection[str], kept: Collection[str]) -> None:
        """Take away whatever is none of those that are kept: a kill may have left more.

        Raises:
            FileUnusable: the disk keeps one.
        """
        known = {f"{name}.parquet" for name in kept}
        for entry in self._folder.iterdir() if self._folder.is_dir() else ():
            if entry.name not in known and (entry.suffix == ".parquet" or entry.name == _MAKING):
                try:
                    entry.unlink()
                except OSError:
                    raise FileUnusable(_HELD) from None
