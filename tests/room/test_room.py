"""The whole flow as a room would live it: one facilitator, six seats, two of them phones."""

import csv
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kit.chromium import LAPTOP, PHONE, context, settled
from tests.kit.gestures import (
    captured,
    choose,
    goes_on,
    join,
    opened,
    pressed,
    revealed,
    set_up,
    signed_in,
    tap,
)
from tests.kit.serving import Server, serving

# With DISCOVERY_ROOM_PICTURES set to docs/pictures, the run takes the README's pictures.
PICTURES = Path(os.environ.get("DISCOVERY_ROOM_PICTURES", Path(__file__).parents[1] / "pictures"))
TEAMS = ("Council", "Hospital trust", "GP practices")
# What the seats of each team tap, a domain at a time; the last domain is "Cannot say".
TAPS = {"Council": 1, "Hospital trust": 4, "GP practices": 3}
# On the first domain the council stands lower still: the widest gap is one domain's alone.
FIRST = {"Council": 0, "Hospital trust": 4, "GP practices": 3}
CANNOT_SAY = 6
DOMAINS = (
    *("Leadership", "Governance", "Culture", "Service user and carer engagement"),
    *("Financial and contractual mechanisms", "Information and IT", "Workforce"),
    "Service redesign",
)


@dataclass
class Wire:
    """Every byte that a browser was sent, before a moment that the test chooses."""

    bytes_seen: list[bytes] = field(default_factory=list)

    def tap(self, page: Page) -> None:
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))
        page.on("response", self._response)

    def everything(self) -> bytes:
        return b"".join(self.bytes_seen)

    def _frame(self, payload: bytes | str) -> None:
        self.bytes_seen.append(payload.encode() if isinstance(payload, str) else payload)

    def _response(self, response: object) -> None:
        if "/static/js/" in response.url:  # type: ignore[attr-defined]
            return  # scripts, the same for every room: what draws a result is read ahead
        try:
            self.bytes_seen.append(response.body())  # type: ignore[attr-defined]
        except Exception:
            return


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: it is stopped under the room."""
    with serving(tmp_path_factory.mktemp("whole")) as running:
        yield running


@pytest.fixture(autouse=True)
def no_page_is_left_open(browser: Browser) -> Iterator[None]:
    """Take away the many pages of a test before the next one begins."""
    yield
    for context_of_a_page in browser.contexts:
        context_of_a_page.close()


def score_all(seats: list[tuple[str, Page]]) -> None:
    """Let every seat answer every domain, all at about the same time, as a room does."""
    for done, domain in enumerate(DOMAINS):
        for team, page in seats:
            page.get_by_role("heading", name=domain, exact=True).wait_for()
            points = FIRST[team] if done == 0 else TAPS[team]
            option = CANNOT_SAY if domain == DOMAINS[-1] else points
            tap(page, option)
        for _, page in seats:
            page.get_by_text(f"{done + 1} of 8 saved").wait_for()
            goes_on(page)
    for _, page in seats:
        page.get_by_role("heading", name="Check your answers").wait_for()


def picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    settled(page)
    page.screenshot(path=PICTURES / f"{name}.png")


@pytest.mark.long
def test_a_room_from_the_join_code_to_the_action_plan(browser: Browser, server: Server) -> None:
    wall = signed_in(browser, server)
    code = set_up(wall)
    assert re.fullmatch("[2-9A-HJKMNP-TV-Z]{4}|[2-9A-HJKMNP-TV-Z]{8}", code)
    picture(wall, "room-welcome")

    # Six seats join in three teams; two of them are phones.
    sizes = [PHONE, LAPTOP, PHONE, LAPTOP, LAPTOP, LAPTOP]
    seats = [
        (TEAMS[number // 2], join(browser, server, code, TEAMS[number // 2], size))
        for number, size in enumerate(sizes)
    ]
    expect(wall.get_by_text("6 have joined")).to_be_visible()

    # Scoring opens on every seat by itself, sealed.
    opened(wall, seats=6)
    for _, seat in seats:
        expect(seat.get_by_role("heading", name="Leadership")).to_be_visible()
    expect(seats[0][1].get_by_role("radio")).to_have_count(7)
    picture(seats[0][1], "score-phone")
    # The projected counts move as votes arrive; nobody touches the page.
    score_all(seats[:1])
    expect(wall.get_by_text("1 of 6 has finished")).to_be_visible()
    score_all(seats[1:])
    expect(wall.get_by_text("6 of 6 have finished")).to_be_visible()
    picture(wall, "room-scored")

    # A seat that reloads is the same seat with the same answers.
    seats[0][1].reload()
    expect(seats[0][1].get_by_text("8 of 8 saved")).to_be_visible()

    # The reveal asks once.
    pressed(wall, "Reveal")
    expect(wall.get_by_text("6 of 6 have finished.")).to_be_visible()
    pressed(wall, "Not yet")
    expect(wall.get_by_role("button", name="Reveal now")).to_have_count(0)
    revealed(wall)

    # The room sees where it disagrees, in words, in a picture and in a table.
    expect(
        wall.get_by_text(re.compile("Council 0.0, Hospital trust 4.0, a gap of 4.0"))
    ).to_be_visible()
    expect(wall.get_by_test_id("stVegaLiteChart")).to_be_visible()
    picture(wall, "gaps")
    wall.get_by_text("The same as a table").click()
    expect(wall.get_by_role("cell", name="4.0").first).to_be_visible()
    wall.get_by_text("Radar", exact=True).click()
    expect(wall.get_by_test_id("stVegaLiteChart")).to_be_visible()
    picture(wall, "radar")
    wall.get_by_role("link", name="One domain").click()
    expect(wall.get_by_text(re.compile("Leadership: 6 scores from 0 to 4"))).to_be_visible()
    picture(wall, "one-domain")

    # Each seat sees its own result by itself.
    expect(seats[0][1].get_by_role("heading", name="Your team and the room")).to_be_visible()
    expect(seats[0][1].get_by_text("your team 0", exact=True)).to_be_visible()
    picture(seats[0][1], "result-phone")

    # Talk: one question, and what was heard.
    wall.get_by_role("link", name="Talk").click()
    expect(wall.get_by_text("Council chose 0")).to_be_visible()
    expect(wall.get_by_text("Hospital trust chose 4")).to_be_visible()
    picture(wall, "talk")
    wall.get_by_role("textbox", name=re.compile("What was heard")).fill(
        "We meet but nobody decides."
    )
    pressed(wall, "Write it down")
    expect(wall.get_by_text("“We meet but nobody decides.”")).to_be_visible()

    # Plan: a small test that two partners own, taken home as CSV.
    wall.get_by_role("link", name="Carry it into an action").click()
    # The two partners who stand furthest apart come with the link.
    for partner in ("Council", "Hospital trust"):
        expect(wall.get_by_test_id("stMultiSelect").get_by_text(partner)).to_be_visible()
    captured(
        wall,
        "=If we meet, then we decide",
        "Head of adult care",
        How_we_will_know="Decisions a meeting, from 0 to 2",
    )
    expect(
        wall.get_by_text("Council with Hospital trust, led by Head of adult care")
    ).to_be_visible()
    picture(wall, "plan")
    with wall.expect_download() as downloading:
        pressed(wall, "Download the action plan (CSV)")
    page = Path(downloading.value.path()).read_bytes()
    assert page.startswith(b"\xef\xbb\xbfaction_id,version,place,")
    (row,) = csv.DictReader(io.StringIO(page.decode("utf-8-sig"), newline=""))
    assert row["small_test"] == "'=If we meet, then we decide"
    assert (row["lead_partner"], row["joint_partners"]) == ("Council", "Hospital trust")

    # Stop the server, start it: everything is there, nobody signs in or joins again, and the
    # pages that were open come back by themselves.
    wall.get_by_role("link", name="Room").click()
    expect(wall.get_by_text("The scores are revealed")).to_be_visible()
    server.stop()
    with wall.expect_event("load", timeout=60_000):
        server.start()
    wall.get_by_text("Score more, or score again").click()
    wall.get_by_test_id("stMain").get_by_text("Leadership", exact=True).click()
    opened(wall, seats=6)
    for _, seat in seats[:2]:
        expect(seat.get_by_role("heading", name="Leadership")).to_be_visible()
        choose(seat, 2, "1 of 1 saved")
    expect(wall.get_by_text("2 of 6 have finished")).to_be_visible()
    wall.get_by_role("link", name="Plan").click()
    expect(wall.get_by_text("led by Head of adult care")).to_be_visible()
    assert "Traceback" not in server.printed()


@pytest.mark.long
def test_no_sealed_score_is_sent_to_anybody_before_the_reveal(
    browser: Browser, server: Server
) -> None:
    wall = signed_in(browser, server)
    # Another place: the test before left an open action, which is asked about first.
    code = set_up(wall, "Wigan")
    opened(wall)
    voter = join(browser, server, code, "Council", LAPTOP)
    watcher = join(browser, server, code, "Council", LAPTOP)
    other = signed_in(browser, server, LAPTOP)
    sealed, own = Wire(), Wire()
    for page, wire in ((voter, own), (wall, sealed), (watcher, sealed), (other, sealed)):
        wire.tap(page)
        page.reload()

    choose(voter, 5, "1 of 8 saved")
    for domain in DOMAINS:
        voter.get_by_role("heading", name=domain, exact=True).wait_for()
        goes_on(voter)
    voter.get_by_role("heading", name="Check your answers").wait_for()
    expect(wall.get_by_text("0 of 2 have finished")).to_be_visible()
    for address in ("room", "gaps", "one-domain", "talk", "plan", "only-for-you", "score"):
        other.goto(f"{server.url}/{address}?workshop={code}")
        settled(other)
    watcher.reload()
    settled(watcher)

    sent = sealed.everything()
    assert b"have finished" in sent
    for trace in (*TO_THE_VOTER, *AFTER_THE_REVEAL):
        assert not re.search(trace, sent), trace

    # The same search finds what may be sent: to the voter, and to the room after the reveal.
    for trace in TO_THE_VOTER:
        assert re.search(trace, own.everything()), trace
    revealed(wall)
    expect(wall.get_by_test_id("stVegaLiteChart")).to_be_visible()
    wall.get_by_role("link", name="One domain").click()
    expect(wall.get_by_text(re.compile("the only score is 5"))).to_be_visible()
    for trace in AFTER_THE_REVEAL:
        assert re.search(trace, sealed.everything()), trace


# What a score leaves on a screen. Nothing unique can be planted: a score is one of seven.
TO_THE_VOTER = (rb'"leadership": ?5',)
AFTER_THE_REVEAL = (rb"vega-lite", rb"the only score is 5")


@pytest.mark.long
def test_the_first_request_may_be_a_deep_link(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as fresh:
        page = context(browser, PHONE).new_page()
        page.goto(f"{fresh.url}/score?workshop=ZZZZ")
        expect(page.get_by_text("No open workshop has this code")).to_be_visible()
        expect(page.get_by_test_id("stSidebar")).to_have_count(0)
        expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
        for address in ("set-up", "room", "gaps", "one-domain", "talk", "plan", "only-for-you"):
            page.goto(f"{fresh.url}/{address}?workshop=ZZZZ")
            expect(page.get_by_role("heading", name="For the facilitator")).to_be_visible()
        assert "Traceback" not in fresh.printed()
        page.context.close()


@pytest.mark.long
@pytest.mark.slow
def test_a_wrong_team_is_changed_in_one_tap(browser: Browser, server: Server) -> None:
    wall = signed_in(browser, server, LAPTOP)
    code = set_up(wall)
    seat = join(browser, server, code, "Council", PHONE)
    seat.goto(f"{server.url}/join/{code}?change=1")
    pressed(seat, "GP practices")

    expect(seat.get_by_text("You sit with GP practices")).to_be_visible()
