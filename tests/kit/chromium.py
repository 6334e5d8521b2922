"""Real Chromium for the room: contexts as people hold them."""

import os
import shutil

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1366, "height": 768}
PROJECTOR = {"width": 1920, "height": 1080}

expect.set_options(timeout=15_000)


def chromium() -> str:
    """Give the system's Chromium, or skip with one clear line; in CI a skip would be a failure."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    found = found or shutil.which("google-chrome")
    if found is None and os.environ.get("CI"):
        pytest.fail("CI must have Chromium: the browser tests may not be skipped there.")
    if found is None:
        pytest.skip("No Chromium on this machine: the browser tests are left out.")
    return found


def launched(playwright: Playwright, *further: str) -> Browser:
    """Start Chromium, with further arguments of its command line."""
    arguments = ["--no-sandbox", *further]
    return playwright.chromium.launch(executable_path=chromium(), args=arguments)


def context(browser: Browser, size: dict[str, int], *, dark: bool = False) -> BrowserContext:
    held = size["width"] < 500
    return browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        color_scheme="dark" if dark else "light",
        is_mobile=held,
        has_touch=held,
        accept_downloads=True,
        user_agent="Mozilla/5.0 (Linux; Android 14) Chrome/156 Mobile" if held else None,
    )


def settled(page: Page) -> None:
    """Wait until Streamlit has finished drawing."""
    expect(
        page.locator("[data-testid='stApp'][data-test-script-state='notRunning']")
    ).to_have_count(1)
    page.wait_for_timeout(250)
