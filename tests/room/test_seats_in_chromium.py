"""One person, one seat, in real browsers: five private windows, two tabs, an address that changed.

What a room cannot know it is shown: more seats than people. What it knows is kept.
"""

import os
import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from streamlit.runtime.metrics_util import Installation

from aqua_core.store.database import close_database, open_database
from aqua_core.vocabulary import Holder, Place, Sector, Tier
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.joining import take_seat
from aqua_core.workshop.revealing import open_scoring
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in
from pages._room import FACILITATOR_COOKIE, SEAT_COOKIE
from tests.kit.chromium import LAPTOP, PHONE, PROJECTOR, context, settled
from tests.kit.notation import INSTRUMENT
from tests.kit.serving import ROOT, Server, serving

PICTURES = os.environ.get("SEATS_PICTURES", "")
SECRETS_OF_ONE = (5, 0, 4, 1, 5, 0, 3, 2)
PEOPLE = {"Council": 1, "Hospital trust": 3, "GP practices": 3}


class Planted(NamedTuple):
    """A room whose people have all scored, before its server starts."""

    code: str
    facilitator: str
    seats: dict[str, list[str]]


def plant(folder: Path, people: int | None = sum(PEOPLE.values())) -> Planted:
    open_database(folder / "room.duckdb")
    try:
        cookie = sign_in(new_sign_in_link())
        facilitator = Caller(facilitator=cookie)
        draft = WorkshopDraft(
            place=Place(name="Salford", persona="Sally Ford"),
            partners=[PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in PEOPLE],
            instrument=INSTRUMENT,
            held_on=date.today(),
            holder=Holder.PERSON,
            people=people,
        )
        workshop = set_up(facilitator, draft, date.today())
        seats = {
            team.name: [
                take_seat(Caller(), workshop.code, team.id) for _ in range(PEOPLE[team.name])
            ]
            for team in workshop.teams
        }
        open_scoring(facilitator, workshop.code, [domain.key for domain in INSTRUMENT.domains])
        for name, secrets in seats.items():
            for number, secret in enumerate(secrets):
                for domain, given in zip(INSTRUMENT.domains, SECRETS_OF_ONE, strict=True):
                    points = given if name == "Council" else (given + number) % 6
                    submit_score(Caller(seat=secret), workshop.code, domain.key, points)
        return Planted(workshop.code, cookie, seats)
    finally:
        close_database()


def device(browser: Browser, server: Server, size: dict[str, int], **cookies: str) -> Page:
    holds = context(browser, size)
    holds.add_cookies(
        [{"name": name, "value": value, "url": server.url} for name, value in cookies.items()]
    )
    return holds.new_page()


def picture(page: Page, name: str) -> None:
    settled(page)
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


def window(browser: Browser, server: Server, code: str, team: str) -> Page:
    """Join in a private window, and score every domain 0, as a script would."""
    page = device(browser, server, PHONE)
    page.goto(f"{server.url}/join/{code}")
    page.get_by_role("button", name=team, exact=True).click()
    expect(page.get_by_role("heading", name="Leadership")).to_be_visible(timeout=60_000)
    for domain in INSTRUMENT.domains:
        tap = {"domain": domain.key, "score": 0, "round": 1, "after": 0}
        assert page.request.post(f"{server.url}/vote/{code}", data=tap).ok
    return page


def tag_on(page: Page) -> str:
    said = page.get_by_text("Your seat's tag").inner_text()
    return re.search(r"tag: (\w{4})", said)[1]  # type: ignore[index]


@pytest.mark.long
def test_five_private_windows_in_a_team_of_one_show_no_score_before_the_facilitator_saw_them(
    browser: Browser, tmp_path: Path
) -> None:
    planted = plant(tmp_path)
    code = planted.code
    with serving(tmp_path) as server:
        room = device(browser, server, PROJECTOR, **{FACILITATOR_COOKIE: planted.facilitator})
        room.goto(f"{server.url}/room?workshop={code}")
        victim = device(browser, server, PHONE, **{SEAT_COOKIE: planted.seats["Council"][0]})
        windows = [window(browser, server, code, "Council") for _ in range(5)]
        victim.goto(f"{server.url}/score?workshop={code}")

        # It is seen: on the victim's phone, on the Room page, and where the scores are revealed.
        expect(victim.get_by_text("6 seats in your team.")).to_be_visible()
        over = "12 seats have joined and 7 people were expected"
        expect(room.get_by_text(over)).to_be_visible()
        expect(room.get_by_role("cell", name="6 of 6", exact=True)).to_be_visible()
        picture(room, "over-1080")
        picture(victim, "phone-six-seats")
        room.get_by_role("button", name="Reveal", exact=True).click()
        expect(
            room.get_by_text("12 seats have scored, and 7 people were expected. Some")
        ).to_be_visible()
        picture(room, "reveal-asks-1080")
        room.get_by_role("button", name="Reveal now").click()
        expect(room.get_by_text("Set aside the seats that are nobody's")).to_be_visible()
        for page in windows:
            page.goto(f"{server.url}/score?workshop={code}")
            expect(page.get_by_text("6 seats in your team.")).to_be_visible()
            assert "Your team and the room" not in page.content()

        # Set aside by the tags that nobody in the room reads out, they see nothing ever.
        mine = tag_on(victim)
        theirs = [tag_on(page) for page in windows]
        room.reload()
        room.get_by_role("button", name="Seats and joining").click()
        dialog = room.get_by_role("dialog")
        expect(dialog.get_by_label("Team")).to_have_value("Council: 6 seats")
        picture(room, "seats-1080")
        for tag in theirs:
            dialog.get_by_role("button", name=tag, exact=True).click()
        dialog.get_by_role("combobox", name="Why").click()
        room.get_by_role("option").first.click()
        settled(room)
        picture(room, "seats-chosen-1080")
        dialog.get_by_role("button", name="Set aside", exact=True).click()
        expect(dialog.get_by_label("Team")).to_have_value("Council: 1 seat")
        expect(dialog.get_by_text(f"{mine}, Council")).to_have_count(0)
        picture(room, "set-aside-1080")
        room.set_viewport_size(LAPTOP)
        picture(room, "set-aside-768")
        room.set_viewport_size(PROJECTOR)
        room.reload()
        expect(room.get_by_role("heading", name="7 of 7 have finished")).to_be_visible()
        room.get_by_role("button", name="Reveal", exact=True).click()
        room.get_by_role("button", name="Reveal now").click()
        room.wait_for_url(re.compile("/gaps"))
        settled(room)
        picture(room, "gaps-1080")
        for page in windows:
            expect(page.get_by_role("heading", name="Your seat is set aside")).to_be_visible()
            assert "Your team and the room" not in page.content()
        expect(victim.get_by_role("heading", name="Your team and the room")).to_be_visible()
        picture(victim, "phone-result")
        picture(windows[0], "phone-set-aside")
        expect(room.get_by_text("The partners are not compared on all 8")).to_be_visible()
        assert "Council" not in room.locator("[data-testid=stMain]").inner_text()
        assert "Traceback" not in server.printed()


@pytest.mark.long
@pytest.mark.slow
def test_a_room_for_which_nobody_said_how_many_come_is_counted_before_its_reveal(
    browser: Browser, tmp_path: Path
) -> None:
    planted = plant(tmp_path, people=None)
    with serving(tmp_path) as server:
        window(browser, server, planted.code, "Council")
        room = device(browser, server, PROJECTOR, **{FACILITATOR_COOKIE: planted.facilitator})
        room.goto(f"{server.url}/room?workshop={planted.code}")
        room.get_by_role("button", name="Reveal", exact=True).click()
        expect(room.get_by_text("8 seats have scored, and nobody said how many")).to_be_visible()
        for name, size in {"1080": PROJECTOR, "768": LAPTOP, "phone": PHONE}.items():
            room.set_viewport_size(size)
            picture(room, f"reveal-counts-{name}")
        room.set_viewport_size(PROJECTOR)

        room.get_by_role("button", name="Reveal now").click()
        expect(room.get_by_text("Say how many people are here: a number")).to_be_visible()
        room.get_by_label("How many people are here?").fill("7")
        room.get_by_label("How many people are here?").press("Tab")
        settled(room)
        room.get_by_role("button", name="Reveal now").click()
        expect(
            room.get_by_text("8 seats have scored, and 7 people were expected. Set")
        ).to_be_visible()
        assert "/room" in room.url
        room.get_by_label("How many people are here?").fill("8")
        room.get_by_label("How many people are here?").press("Tab")
        settled(room)
        room.get_by_role("button", name="Reveal now").click()
        room.wait_for_url(re.compile("/gaps"))


@pytest.mark.long
def test_the_last_choice_of_a_person_stands_whichever_tab_it_was_made_in(
    browser: Browser, tmp_path: Path
) -> None:
    """A tap waits on a broken line in an old tab; the person goes on in a new one."""
    planted = plant(tmp_path)
    code = planted.code
    with serving(tmp_path) as server:
        holds: BrowserContext = context(browser, PHONE)
        secret = planted.seats["Council"][0]
        holds.add_cookies([{"name": SEAT_COOKIE, "value": secret, "url": server.url}])
        old, new = holds.new_page(), holds.new_page()
        for page in (old, new):
            page.goto(f"{server.url}/score?workshop={code}")
            page.get_by_role("button", name=re.compile("^Leadership")).click()
        for kind in ("vote", "reason"):
            old.route(f"**/{kind}/*", lambda route: route.abort())
        old.locator("label").nth(2).click()
        old.get_by_role("textbox").first.fill("The old line")
        old.get_by_role("heading", name="Leadership").click()
        expect(old.get_by_text("No connection. Your answer is safe on this device")).to_be_visible()
        new.locator("label").nth(4).click()
        new.get_by_role("textbox").first.fill("The new line")
        new.get_by_role("heading", name="Leadership").click()
        expect(new.get_by_text("8 of 8 saved")).to_be_visible()
        new.wait_for_timeout(1500)  # a line goes after a pause

        for kind in ("vote", "reason"):
            old.unroute(f"**/{kind}/*")
        expect(old.get_by_text("8 of 8 saved")).to_be_visible()
        expect(old.locator("input[type=radio]").nth(4)).to_be_checked()
        look = holds.new_page()
        look.goto(f"{server.url}/score?workshop={code}")
        look.get_by_role("button", name=re.compile("^Leadership")).click()
        expect(look.locator("input[type=radio]").nth(4)).to_be_checked()
        expect(look.get_by_role("textbox").first).to_have_value("The new line")

        # Whoever taps in the old tab again has the last word there.
        old.locator("label").nth(1).click()
        expect(old.get_by_text("8 of 8 saved")).to_be_visible()
        look.reload()
        expect(look.locator("input[type=radio]").nth(1)).to_be_checked()


@pytest.mark.long
def test_a_closed_door_as_a_late_phone_and_its_facilitator_see_it(
    browser: Browser, tmp_path: Path
) -> None:
    planted = plant(tmp_path)
    code = planted.code
    with serving(tmp_path) as server:
        room = device(browser, server, LAPTOP, **{FACILITATOR_COOKIE: planted.facilitator})
        room.goto(f"{server.url}/room?workshop={code}")
        room.get_by_role("button", name="Seats and joining").click()
        room.get_by_role("button", name="Close joining").click()
        expect(room.get_by_role("button", name="Open joining")).to_be_visible()
        late = device(browser, server, PHONE)
        late.goto(f"{server.url}/join/{code}")
        expect(late.get_by_text("Joining is closed for now.")).to_be_visible()
        picture_plain(late, "phone-closed")
        late.get_by_role("button", name="GP practices").click()
        expect(late.get_by_text("somebody is waiting for GP practices")).to_be_visible()

        room.keyboard.press("Escape")
        expect(room.get_by_text("Somebody is waiting for GP practices.")).to_be_visible()
        picture(room, "knocked-768")
        room.get_by_role("button", name="Seats and joining").click()
        room.get_by_role("button", name="Open joining").click()
        expect(room.get_by_role("button", name="Close joining")).to_be_visible()
        late.get_by_role("button", name="GP practices").click()
        expect(late.get_by_text("4 seats in your team.")).to_be_visible()


@pytest.mark.long
def test_signed_in_browsers_are_listed_and_signed_out(browser: Browser, tmp_path: Path) -> None:
    planted = plant(tmp_path)
    with serving(tmp_path) as server:
        helper = device(browser, server, LAPTOP)
        heard: list[bytes] = []
        helper.on(
            "websocket",
            lambda line: line.on("framereceived", lambda frame: heard.append(_bytes(frame))),
        )
        helper.goto(server.link())
        mine = device(browser, server, LAPTOP, **{FACILITATOR_COOKIE: planted.facilitator})
        mine.goto(f"{server.url}/sign-out")
        expect(mine.get_by_text(re.compile("^Chrome on Linux, since"))).to_be_visible()
        picture_plain(mine, "signed-in-768")
        mine.get_by_role("button", name="Sign it out").click()
        expect(mine.get_by_text("Also signed in")).to_have_count(0)

        helper.goto(f"{server.url}/room?workshop={planted.code}")
        expect(helper.get_by_role("heading", name="For the facilitator")).to_be_visible()

        # Neither is told where the app lies on this laptop, nor which laptop it is.
        told = b"".join(heard)
        assert b"_shell.py" in told
        here = Installation.instance()
        for private in (str(ROOT), here.installation_id_v3, here.installation_id_v4):
            assert private.encode() not in told


def _bytes(frame: str | bytes) -> bytes:
    return frame if isinstance(frame, bytes) else frame.encode()


def picture_plain(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")
