"""One Chromium and one server for all of a worker's tests that stop neither."""

import asyncio
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.kit.chromium import launched
from tests.kit.serving import Server, serving

LONGEST = ("test_usual_rooms.py", "test_sealed_on_the_wire.py")
"""Begun first: a file goes to one worker, and at the end the other would wait for it."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONGEST)


class Started(NamedTuple):
    """A running Playwright, its Chromium, and the loop that both live in."""

    playwright: Playwright
    chromium: Browser
    loop: asyncio.AbstractEventLoop


@pytest.fixture(scope="session")
def started() -> Iterator[Started]:
    """Start them once: each start costs 1.2 s of a core."""
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        loop = asyncio.get_running_loop()
        # The loop counts as running in this thread, where other modules want one of their own.
        asyncio._set_running_loop(None)
        yield Started(playwright, chromium, loop)
        asyncio._set_running_loop(loop)
        chromium.close()


@pytest.fixture(scope="module")
def playwright(started: Started) -> Iterator[Playwright]:
    asyncio._set_running_loop(started.loop)
    yield started.playwright
    asyncio._set_running_loop(None)


@pytest.fixture(scope="module")
def browser(started: Started, playwright: Playwright) -> Iterator[Browser]:
    """Lend the Chromium to a module, and take every page away after it."""
    yield started.chromium
    for context in started.chromium.contexts:
        context.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One room's file for many workshops, each in a place of its own; a start costs 2 s."""
    with serving(tmp_path_factory.mktemp("room")) as running:
        yield running
