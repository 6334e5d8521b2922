"""A real room for every test that needs one: a DuckDB file of its own, and a facilitator."""

import gc
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner

from tests.kit import engines  # isort: skip  # before anything takes a name that it replaces
from aqua_core.store.database import close_database, open_database
from aqua_core.workshop.admitting import Caller
from tests.kit.looking import looks
from tests.kit.one_room import facilitating

__all__ = ["looks"]

# No example of hypothesis is measured: 200 ms are reached by a machine that others use too.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")

# Where one test takes seconds comes first: else a worker ends alone on the longest.
LONGEST_FIRST = (
    *("test_usual_rooms", "test_reach", "test_debate", "test_offline", "room"),
    *("pages", "workshop", "store", "rules", "exports", "charts"),
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    other = "file" if engines.POSTGRESQL else "shared"
    of_the_other = [item for item in items if item.get_closest_marker(other)]
    items[:] = [item for item in items if not item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=of_the_other)
    items.sort(key=lambda item: _place(item.path))


def _place(path: Path) -> int:
    names = (path.stem, path.parent.name)
    return next((n for n, name in enumerate(LONGEST_FIRST) if name in names), len(LONGEST_FIRST))


def pytest_collection_finish() -> None:
    gc.freeze()  # 340,000 objects that stay: looking through them again is 3 % of the suite


def pytest_sessionfinish() -> None:
    gc.unfreeze()  # what stays until the end is reported as leaked


@pytest.fixture(scope="session", autouse=True)
def packages_are_looked_through_once() -> Iterator[None]:
    """Every AppTest looks through all installed packages for components: 0.17 s each time."""
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture
def room_file(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Open a room; where a test asks for the `filled` one of its module, a copy of that."""
    if "filled" in request.fixturenames:
        request.getfixturevalue("filled").copy_to(tmp_path)
    path = tmp_path / "room.duckdb"
    open_database(path)
    yield path
    close_database()
    engines.let_go_under(tmp_path)


@pytest.fixture
def facilitator(room_file: Path, request: pytest.FixtureRequest) -> Caller:
    if "filled" in request.fixturenames:
        return request.getfixturevalue("filled").facilitator
    return facilitating()
