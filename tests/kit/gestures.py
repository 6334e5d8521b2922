"""What people press in a real browser, each gesture once."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.kit import engines
from tests.kit.chromium import PROJECTOR, context, settled
from tests.kit.serving import Server

SAMPLE = "Try the sample"


def pressed(page: Page, name: str | re.Pattern[str]) -> None:
    """Press the button with this name."""
    page.get_by_role("button", name=name).click()


def signed_in(browser: Browser, server: Server, size: dict[str, int] = PROJECTOR) -> Page:
    """Sign in by the newest link, to Home."""
    page = context(browser, size).new_page()
    at_home(page, server)
    return page


def at_home(page: Page, server: Server) -> None:
    """Sign in by the newest link on a page that is there already."""
    page.goto(server.link())
    if engines.POSTGRESQL:
        page.get_by_label("Your name").fill("Somebody")
        page.get_by_role("button", name="Sign in on this browser").click()
    expect(page.get_by_role("button", name=SAMPLE)).to_be_visible()


def code_on(page: Page) -> str:
    """Give the join code in the address of a page."""
    return re.split("[&#]", page.url.partition("workshop=")[2])[0]


def sampled(page: Page) -> str:
    """Try the sample, in which all have scored; give its join code."""
    pressed(page, SAMPLE)
    page.wait_for_url("**/room?*")
    page.get_by_role("button", name="Reveal").wait_for()
    return code_on(page)


def set_up(page: Page, place: str = "Salford") -> str:
    """Set up three partners on laptops, from Home; give the join code."""
    pressed(page, "Set up a workshop")
    page.get_by_role("textbox", name="Place").fill(place)
    page.get_by_role("textbox", name=re.compile("^Persona")).fill("Sally Ford")
    page.keyboard.press("Tab")
    settled(page)
    # Where the place was here before, its three partners are filled in from last time.
    if page.get_by_text("Filled in from").count() == 0:
        for name in ("Commissioners", "Mental health trust", "Voluntary sector"):
            page.locator(f"input[value='{name}']").fill("")
    # Two laptops a team: each has agreed its score aloud, so two are enough to be shown.
    page.get_by_text("Each team scores together on one laptop").click()
    settled(page)
    return made(page)


def made(page: Page) -> str:
    """Make the workshop whose form is filled in; give its join code."""
    pressed(page, "Make the workshop")
    expect(page.get_by_text("Join with the code")).to_be_visible()
    return code_on(page)


def join(browser: Browser, server: Server, code: str, team: str, size: dict[str, int]) -> Page:
    """Join in three taps: the code, Join, the team; the second laptop of a team is asked once."""
    page = context(browser, size).new_page()
    page.goto(f"{server.url}/join")
    page.get_by_label("Join code").fill(code.lower())
    pressed(page, "Join")
    sit_down(page, team)
    expect(page.get_by_text(re.compile("You are in|Leadership"))).not_to_have_count(0)
    return page


def sit_down(page: Page, team: str) -> None:
    """Choose a team on its page; where it has a laptop already, join all the same."""
    page.get_by_role("button", name=team, exact=True).click()
    page.wait_for_load_state()
    if page.get_by_text("This team already has a laptop.").count():
        pressed(page, "Join all the same")


def opened(page: Page, *, seats: int = 0, done: int = 0) -> None:
    """Open scoring on the Room page, and wait until it says how many have finished."""
    pressed(page, "Open scoring")
    said = f"{done} of {seats} have finished" if seats else "Nobody has joined yet"
    page.get_by_text(said).wait_for()
    settled(page)  # until then what stood there before is still beside what is drawn


def tap(page: Page, option: int) -> None:
    """Tap an option of the ballot: the points, or 6 for "Cannot say"."""
    page.locator("label").nth(option).click()


def choose(page: Page, option: int, saved: str) -> None:
    """Tap an option, and wait until the ballot says that it is saved."""
    tap(page, option)
    page.get_by_text(saved).wait_for()  # not expect(): its polls would cost the suite a minute


def goes_on(page: Page) -> None:
    """Go on to the next domain, or from the last to the answers."""
    pressed(page, re.compile("^(Next|Check your answers)$"))


def revealed(page: Page) -> None:
    """Reveal on the Room page, and answer its question."""
    pressed(page, "Reveal")
    pressed(page, "Reveal now")


def captured(page: Page, test: str, lead: str, **said: str) -> Locator:
    """Fill in the form of a small test, add it to the plan; give where its lead is named.

    `said` is a further field by the first words of its label: `How_we_will_know="..."`.
    """
    fields = {"What will be tried": test, "Lead (a role)": lead} | said
    for label, text in fields.items():
        page.get_by_role("textbox", name=label.replace("_", " ")).fill(text)
    settled(page)
    domain = page.get_by_role("combobox", name="Domain").first
    if not domain.input_value():
        domain.click()
        page.get_by_role("option").first.click()
        settled(page)
    pressed(page, "Add to the plan")
    named = page.get_by_text(f"led by {lead}")
    named.wait_for()
    return named
