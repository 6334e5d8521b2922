"""Everybody can use it: axe-core on real pages, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.kit.chromium import LAPTOP, settled
from tests.kit.gestures import at_home, choose, goes_on, revealed, sampled, sit_down
from tests.kit.serving import Server


def faults(page: Page) -> list[str]:
    settled(page)
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:200]}" for fault in found]


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, pytest.param(True, marks=pytest.mark.long)])
def test_axe_finds_nothing_on_any_page(browser: Browser, server: Server, *, dark: bool) -> None:
    # axe is injected as an inline script, which the policy of the pages forbids.
    page = browser.new_context(
        viewport=LAPTOP,  # type: ignore[arg-type]
        color_scheme="dark" if dark else "light",
        bypass_csp=True,
    ).new_page()
    at_home(page, server)
    found = {"home": faults(page)}
    page.goto(f"{server.url}/set-up")
    expect(page.get_by_role("button", name="Make the workshop")).to_be_visible()
    found["set up"] = faults(page)
    page.goto(server.url)
    code = sampled(page)
    expect(page.get_by_text("72 of 72 have finished")).to_be_visible()
    found["room"] = faults(page)
    page.goto(f"{server.url}/join/{code}")
    found["join"] = [violation["id"] for violation in Axe().run(page).response["violations"]]
    sit_down(page, "City Council, board")
    page.get_by_role("heading", name="Leadership").wait_for()
    choose(page, 3, "1 of 8 saved")
    found["ballot"] = faults(page)
    for _ in range(8):
        goes_on(page)
    found["answers to check"] = faults(page)
    page.goto(f"{server.url}/room?workshop={code}")
    revealed(page)
    for name in ("Gaps", "One domain", "Talk", "Plan"):
        page.get_by_role("link", name=name).click()
        page.wait_for_timeout(1000)
        found[name] = faults(page)
    for way in (f"share-out?workshop={code}", "community", "programme"):
        page.goto(f"{server.url}/{way}")
        found[way] = faults(page)
    page.goto(f"{server.url}/only-for-you?workshop={code}")
    page.get_by_role("button", name="Nobody else sees this screen").click()
    expect(page.get_by_role("heading", name="To ask yourself")).to_be_visible()
    found["only for you"] = faults(page)
    page.goto(f"{server.url}/score?workshop={code}")
    expect(page.get_by_role("heading", name="Your team and the room")).to_be_visible()
    expect(page.get_by_text("lowest to highest of the teams")).to_be_visible()
    found["result"] = faults(page)
    page.goto(f"{server.url}/kept?workshop={code}")
    page.get_by_role("button", name="Erase the workshop").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    found["kept"] = faults(page)
    page.goto(f"{server.url}/take-away?workshop={code}")
    expect(page.get_by_role("heading", name="Open a session pack")).to_be_visible()
    found["take away"] = faults(page)
    of_a_seat = (f"join/{code}?change=1", f"hand-over/{code}", f"take-over/{code}")
    for way in (*of_a_seat, "wall", "sign-in", "sign-out"):
        page.goto(f"{server.url}/{way}")
        found[way] = [violation["id"] for violation in Axe().run(page).response["violations"]]
    for context in browser.contexts:
        context.close()

    # Streamlit's own uploader: its frame is no widget, and has a label all the same.
    frame = "presentation-role-conflict: <section"
    found["take away"] = [fault for fault in found["take away"] if not fault.startswith(frame)]
    # A wall has nothing to read on or to type: it asks every 2 s whether it was paired.
    found["wall"] = [fault for fault in found["wall"] if fault != "meta-refresh"]
    assert len(found) == 23
    assert {name: of_page for name, of_page in found.items() if of_page} == {}
