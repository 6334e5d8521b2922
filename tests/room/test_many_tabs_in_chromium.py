"""One browser with more tabs of a room than lines that it gives one server: none of them hangs."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit.chromium import LAPTOP
from tests.kit.gestures import join, set_up, signed_in
from tests.kit.serving import Server, serving

pytestmark = pytest.mark.long
TABS = 9
# A browser without a screen shows every tab at once; a screen shows one.
_SEEN = """
let seen = true
Object.defineProperty(document, "hidden", { get: () => !seen })
window.look = (here) => {
  seen = here
  document.dispatchEvent(new Event("visibilitychange"))
}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("tabs")) as running:
        yield running


def look(page: Page, *, here: bool) -> None:
    page.evaluate("here => look(here)", here)


def test_nine_tabs_open_and_each_is_right_when_it_is_looked_at(
    browser: Browser, server: Server
) -> None:
    first = signed_in(browser, server, LAPTOP)
    code = set_up(first)
    join(browser, server, code, "Council", LAPTOP)
    first.context.add_init_script(_SEEN)
    first.goto(f"{server.url}/room?workshop={code}")
    tabs = [first]
    for _ in range(TABS - 1):
        expect(tabs[-1].get_by_role("button", name="Open scoring")).to_be_visible()
        look(tabs[-1], here=False)
        tabs.append(first.context.new_page())
        tabs[-1].goto(f"{server.url}/room?workshop={code}")

    tabs[-1].get_by_role("button", name="Open scoring").click()
    expect(tabs[-1].get_by_text("0 of 8 answers")).to_be_visible()
    first.wait_for_timeout(1500)
    assert first.get_by_role("button", name="Open scoring").is_visible()
    look(tabs[-1], here=False)
    look(first, here=True)
    expect(first.get_by_role("button", name="Open scoring")).to_have_count(0)
    assert not first.locator(".away").is_visible()
