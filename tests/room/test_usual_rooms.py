"""The two usual rooms, whole: six teams on laptops, and twelve directors in an open room.

From Set up by what the screens say, to the first action on the plan. What every screen said of a
domain is kept, and held against what Gaps prints of it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.kit.chromium import LAPTOP, PHONE, context, settled
from tests.kit.gestures import captured, goes_on, made, opened, pressed, signed_in, sit_down, tap
from tests.kit.notation import INSTRUMENT
from tests.kit.serving import Server

pytestmark = pytest.mark.slow

CANNOT_SAY = 6
SHORTS = tuple(domain.short for domain in INSTRUMENT.domains)
VIEWS = ("Ranked gaps", "Radar", "Heat table", "How high", "Cannot say", "By kind")
PARTNERS = (
    *("Hospital trust", "Commissioners", "Council"),
    *("GP practices", "Mental health trust", "Voluntary sector"),
)
# A row a seat: what it taps on each of the eight domains; `-` for "Cannot say".
LAPTOPS = """
    Hospital trust       3 3 2 1 3 2 2 2
    Commissioners        3 3 2 2 4 2 2 3
    Council              2 3 2 1 2 2 2 2
    GP practices         3 2 2 2 2 1 2 3
    Mental health trust  2 2 2 1 2 2 2 2
    Voluntary sector     2 3 3 2 0 1 2 2
"""
DIRECTORS = """
    Hospital trust       3 2 4 2 2 2 3 2
    Hospital trust       3 3 4 2 3 2 1 3
    Commissioners        3 3 3 2 4 2 2 3
    Commissioners        2 3 3 1 4 2 4 2
    Council              2 2 2 1 2 1 1 2
    Council              3 2 2 2 2 2 2 2
    GP practices         3 3 1 2 2 2 4 2
    GP practices         2 3 2 2 1 2 3 3
    Mental health trust  2 3 2 2 2 2 1 2
    Mental health trust  3 2 2 2 2 - 2 2
    Voluntary sector     2 2 1 1 1 1 3 2
    Voluntary sector     2 2 1 1 1 2 2 2
"""
Tables = dict[tuple[str, str], list[list[str]]]
"""Rows of the table twin, the head first, by the view and who is compared."""
CALM = re.compile(
    r"\b(agreed|agrees|close together|close on|stands? close|stands? level)\b", re.IGNORECASE
)
NOBODY_APART = re.compile("nothing divides|no line runs|agrees on all|close on (all|every)")
DIVIDED = re.compile("apart|two camps|wide spread", re.IGNORECASE)


@dataclass(frozen=True)
class Seat:
    """One voting device: whose, the option it taps on each domain, and its page."""

    team: str
    taps: tuple[int, ...]
    page: Page


@dataclass
class Room:
    """A workshop in Chromium; `look` is told of every screen, for whoever wants to see it."""

    browser: Browser
    server: Server
    rows: str
    look: Callable[[Page, str], None] = lambda page, name: None
    seats: list[Seat] = field(default_factory=list)
    screens: dict[str, str] = field(default_factory=dict)
    wall: Page = field(init=False)

    def seen(self, page: Page, name: str) -> str:
        """Keep what a screen says."""
        settled(page)
        self.screens[name] = page.locator("body").inner_text()
        self.look(page, name)
        return self.screens[name]

    def at_rest(self, page: Page, name: str) -> None:
        """Keep what a plain page says, which Streamlit does not draw."""
        self.screens[name] = page.locator("body").inner_text()
        self.look(page, name)


def set_up(room: Room, *, laptops: bool) -> str:
    """Fill the form in as it stands but for the place and who scores; give the join code."""
    room.wall = wall = signed_in(room.browser, room.server)
    pressed(wall, "Set up a workshop")
    wall.get_by_role("textbox", name="Place").fill("Bury" if laptops else "Wigan")
    wall.get_by_role("textbox", name=re.compile("^Persona")).fill("Sally Ford")
    wall.keyboard.press("Enter")  # a Tab would open the calendar over the form
    settled(wall)
    if laptops:
        wall.get_by_text("Each team scores together on one laptop").click()
    room.seen(wall, "set-up")
    code = made(wall)
    room.seen(wall, "room-welcome")
    return code


def all_join(room: Room, code: str) -> None:
    """Let each row of the room's notation sit down, the first and the last with a phone."""
    rows = [re.split(" {2,}", line.strip()) for line in room.rows.strip().splitlines()]
    for number, (team, given) in enumerate(rows):
        held = number in (0, len(rows) - 1)
        page = context(room.browser, PHONE if held else LAPTOP).new_page()
        page.goto(f"{room.server.url}/join/{code}")
        if number == 0:
            room.at_rest(page, "phone-join")
        sit_down(page, team)
        page.get_by_text(f"You sit with {team}").wait_for()
        taps = tuple(CANNOT_SAY if typed == "-" else int(typed) for typed in given.split())
        room.seats.append(Seat(team, taps, page))
        if number == len(rows) // 2:
            expect(room.wall.get_by_text(f"{number + 1} have joined")).to_be_visible()
            room.seen(room.wall, "room-joining")
    expect(room.wall.get_by_text(f"{len(rows)} have joined")).to_be_visible()


def all_score(room: Room) -> None:
    """Let every seat answer every domain, all at about the same time, as a room does."""
    room.seen(room.seats[0].page, "phone-waiting")
    opened(room.wall, seats=len(room.seats))
    for done, domain in enumerate(INSTRUMENT.domains):
        for seat in room.seats:
            seat.page.get_by_role("heading", name=domain.name, exact=True).wait_for()
            tap(seat.page, seat.taps[done])
        for seat in room.seats:
            seat.page.get_by_text(f"{done + 1} of 8 saved").wait_for()
            if seat is room.seats[0] and done == 0:
                room.seen(seat.page, "phone-scoring")
                room.seen(room.wall, "room-scoring")
            goes_on(seat.page)
    room.seen(room.seats[0].page, "phone-checked")
    expect(room.wall.get_by_text(f"{len(room.seats)} of {len(room.seats)} have")).to_be_visible()
    room.seen(room.wall, "room-scored")


def revealed(room: Room) -> None:
    pressed(room.wall, "Reveal")
    expect(room.wall.get_by_role("button", name="Reveal now")).to_be_visible()
    room.seen(room.wall, "reveal-asked")
    pressed(room.wall, "Reveal now")
    expect(room.wall.get_by_test_id("stVegaLiteChart")).to_be_visible()


def picture_on(page: Page) -> Locator:
    return page.get_by_test_id("stVegaLiteChart").locator("canvas, svg")


def table(page: Page) -> list[list[str]]:
    """Open the table twin of a picture, give its rows, the head first, and close it again."""
    page.get_by_text("The same as a table").click()
    rows = page.get_by_test_id("stTable").locator("tr")
    expect(rows.first).to_be_visible()
    given = [row.locator("th, td").all_inner_texts() for row in rows.all()]
    page.get_by_text("The same as a table").click()
    return given


def every_view(room: Room) -> Tables:
    """Go through the views of Gaps under each comparison offered; give the table of each."""
    tables: Tables = {}
    compares = room.wall.get_by_role("radiogroup", name="Compare").get_by_role("radio")
    for view in VIEWS:
        room.wall.get_by_role("radio", name=view, exact=True).click()
        room.wall.wait_for_timeout(250)  # the view before is still drawn until the server answers
        if view == "How high":
            expect(compares).to_have_count(0)
        else:
            expect(compares).not_to_have_count(0)
        settled(room.wall)
        for compare in compares.all() or [None]:
            called = compare.inner_text() if compare else ""
            if compare:
                compare.click()
            room.seen(room.wall, f"gaps {view} {called}".strip())
            expect(picture_on(room.wall)).to_be_visible()
            tables[view, called] = table(room.wall)
    return tables


def every_score(room: Room) -> None:
    """Read One domain from the widest to the nearest, by its own links."""
    room.wall.get_by_role("link", name="One domain").click()
    for number in range(len(SHORTS)):
        expect(picture_on(room.wall)).to_be_visible()
        room.seen(room.wall, f"one-domain {number + 1}")
        if number + 1 < len(SHORTS):
            onward = room.wall.get_by_role("link", name=re.compile("^Next: "))
            short = onward.inner_text().removeprefix("Next: ")
            onward.click()
            expect(room.wall.get_by_role("link", name=f"Next: {short}")).to_have_count(0)


def every_card(room: Room) -> list[str]:
    """Look at each card of Talk, and what was looked at besides; give the cards' words in order."""
    room.wall.get_by_role("link", name="Talk").click()
    expect(room.wall.locator(".st-key-card")).to_be_visible()
    settled(room.wall)
    offered = room.wall.locator(".st-key-cards").get_by_role("radio").all()
    cards = []
    for number, card in enumerate(offered or [None], start=1):
        if card:
            card.click()
        room.seen(room.wall, f"talk {number}")
        cards.append(room.wall.locator(".st-key-card").inner_text())
    if room.wall.get_by_text("more we looked at").count():
        room.wall.get_by_text("more we looked at").click()
        room.seen(room.wall, "talk besides")
    return cards


def first_action(room: Room) -> None:
    """Take the first card up, write down what was heard, and carry it into an action."""
    wall = room.wall
    offered = wall.locator(".st-key-cards").get_by_role("radio")
    if offered.count():
        offered.first.click()
    settled(wall)
    pressed(wall, "Take it up")
    settled(wall)
    wall.get_by_role("textbox", name=re.compile("What was heard")).fill("Two sets of books")
    pressed(wall, "Write it down")
    expect(wall.get_by_text("“Two sets of books”")).to_be_visible()
    room.seen(wall, "talk taken up")
    wall.get_by_role("link", name="Carry it into an action").click()
    expect(wall.get_by_role("textbox", name="What will be tried")).to_be_visible()
    room.seen(wall, "plan carried")
    captured(
        wall,
        "One ledger for one ward",
        "Finance director",
        What_we_expect_to_see="One version of the figures",
        How_we_will_know="Reports that disagree, 4 to 0",
    )
    room.seen(wall, "plan")


def every_result(room: Room) -> None:
    for number, seat in enumerate(room.seats):
        expect(seat.page.get_by_role("heading", name="Your team and the room")).to_be_visible()
        room.seen(seat.page, f"result {number} {seat.team}")


def lived(room: Room, *, laptops: bool) -> tuple[Tables, list[str]]:
    """Live a whole workshop; give the table of each view of Gaps, and the cards of Talk."""
    all_join(room, set_up(room, laptops=laptops))
    all_score(room)
    revealed(room)
    tables = every_view(room)
    every_score(room)
    cards = every_card(room)
    every_result(room)
    first_action(room)
    assert "Traceback" not in room.server.printed()
    return tables, cards


def gaps_printed(tables: Tables) -> dict[str, Decimal]:
    """Give the widest gap that Gaps prints of each domain, under any comparison."""
    widest = dict.fromkeys(SHORTS, Decimal(0))
    for (view, _), (head, *rows) in tables.items():
        if view in ("Ranked gaps", "Radar", "Heat table"):
            assert head[-1] == "Gap"
            for row in rows:
                widest[row[0]] = max(widest[row[0]], Decimal(row[-1]))
    return widest


def words_printed(tables: Tables) -> dict[str, str]:
    """Give how agreed each domain is, in the word that Level prints."""
    head, *rows = tables["How high", ""]
    return {row[0]: row[head.index("How agreed")] for row in rows}


def said_of(room: Room, short: str) -> list[tuple[str, str]]:
    """Give each sentence that names a domain, with the screen that said it."""
    return [
        (screen, sentence)
        for screen, text in room.screens.items()
        for line in text.splitlines()
        for sentence in re.split(r"(?<=[.?!])\s", line)
        if short in sentence
    ]


def no_screen_is_calmer_than_the_gaps(room: Room, tables: Tables) -> None:
    """Hold what every screen said of a domain against the gap and the word that are printed."""
    gaps, words = gaps_printed(tables), words_printed(tables)
    assert not [name for name, text in room.screens.items() if NOBODY_APART.search(text)]
    for short in SHORTS:
        told = said_of(room, short)
        assert told
        calm = [(screen, said) for screen, said in told if CALM.search(said)]
        if gaps[short] >= 1:
            assert words[short] != "Agreed"
            # Where it is close and not agreed, the same sentence says who stands off, or how far.
            assert all(re.search(r"\d\.\d|apart|one level", said) for _, said in calm), calm
        if gaps[short] >= 2:
            assert words[short] == "Apart"
            assert not calm, calm
        if words[short] in ("Agreed", "Close"):
            # A seat's own distance from its team divides nobody else.
            named = [said for _, said in told if DIVIDED.search(said) and "your team" not in said]
            assert all("a point or more apart" in said for said in named), named


def all_hold_a_picture(tables: Tables) -> None:
    """Each view was gone through, and no row of any is without a figure."""
    assert {view for view, _ in tables} == set(VIEWS)
    for head, *rows in tables.values():
        assert rows
        for row in rows:
            assert len(row) == len(head)
            assert any(re.search(r"\d", cell) for cell in row[1:]), row


@pytest.mark.long
def test_six_teams_on_laptops(browser: Browser, server: Server) -> None:
    room = Room(browser, server, LAPTOPS)
    tables, cards = lived(room, laptops=True)

    all_hold_a_picture(tables)
    gaps = gaps_printed(tables)
    assert gaps.pop("Finance & contracts") == 4
    assert max(gaps.values()) == 1
    (card,) = cards
    finance = next(domain for domain in INSTRUMENT.domains if domain.key == "finance")
    assert finance.short in card
    for team, points in (("Commissioners", 4), ("Voluntary sector", 0)):
        assert re.search(f"{team} chose {points}\\s+“{finance.statements[points]}”", card)
    no_screen_is_calmer_than_the_gaps(room, tables)
    for number, seat in enumerate(room.seats):
        result = room.screens[f"result {number} {seat.team}"]
        for short, points in zip(SHORTS, seat.taps, strict=True):
            assert re.search(f"{re.escape(short)}\\s+your team {points}\\s", result)


@pytest.mark.long
def test_twelve_directors_in_an_open_room(browser: Browser, server: Server) -> None:
    room = Room(browser, server, DIRECTORS)
    tables, cards = lived(room, laptops=False)

    all_hold_a_picture(tables)
    assert len(cards) == 3
    no_screen_is_calmer_than_the_gaps(room, tables)
    for number, seat in enumerate(room.seats):
        result = room.screens[f"result {number} {seat.team}"]
        mates = [sat.taps for sat in room.seats if sat.team == seat.team]
        for short, mine, given in zip(SHORTS, seat.taps, zip(*mates, strict=True), strict=True):
            points = [score for score in given if score != CANNOT_SAY]
            own = "cannot say" if mine == CANNOT_SAY else f"you {mine}"
            beside = f"team {sum(points) / len(points):.1f}"
            assert re.search(f"{re.escape(short)}\\s+{own}, {beside}\\s", result)
