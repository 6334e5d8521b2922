"""One file for all tests of a module, each in a workshop of its own: opening it takes 0.2 s."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from aqua_core import live
from aqua_core.store.database import close_database, open_database
from aqua_core.store.facts import is_shared
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in
from tests.kit import engines


def facilitating() -> Caller:
    """Sign in as a facilitator of the open file, or of the tests' organisation."""
    if is_shared():
        return Caller(facilitator=engines.administrator())
    return Caller(facilitator=sign_in(new_sign_in_link()))


@contextmanager
def opened_in(folder: Path) -> Iterator[Caller]:
    """Open the file of a room, signed in, and close it for the server that will open it."""
    open_database(folder / "room.duckdb")
    try:
        yield facilitating()
    finally:
        close_database()


class Filled(NamedTuple):
    """A closed room that took seconds to fill, who filled it, and what it then gave."""

    folder: Path
    facilitator: Caller
    holds: Any

    def copy_to(self, folder: Path) -> None:
        """Give a test a copy of its own: opening one takes 0.1 s, giving 576 scores 2.5 s."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        live._kept.clear()  # each copy is at the same revision, whatever the test before changed


def filled_in(folder: Path, fill: Callable[[Caller], Any]) -> Filled:
    """Fill a room in a folder, once for all tests of a module."""
    with opened_in(folder) as facilitator:
        return Filled(folder, facilitator, fill(facilitator))


@pytest.fixture(scope="module")
def room_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("room") / "room.duckdb"
    open_database(path)
    yield path
    close_database()
    engines.let_go_under(path.parent)


@pytest.fixture(scope="module")
def facilitator(room_file: Path) -> Caller:
    return facilitating()
