"""The system's Chromium."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from playwright.async_api import Browser, async_playwright

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")


@asynccontextmanager
async def launched(*arguments: str) -> AsyncIterator[Browser]:
    """Run a browser with nothing kept from earlier.

    Raises:
        RuntimeError: this machine has none.
    """
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        raise RuntimeError("No Chromium on this machine.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", *arguments]
        )
        yield browser
        await browser.close()
