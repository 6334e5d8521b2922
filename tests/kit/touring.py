"""What the people of a room, and a curious one among them, ask of a server."""

import json
import time
from contextlib import ExitStack
from typing import NamedTuple

from streamlit.proto.WidgetStates_pb2 import WidgetState

from aqua_core.vocabulary import Score
from aqua_core.workshop.admitting import Caller
from pages._room import FACILITATOR_COOKIE, SEAT_COOKIE, WALL_COOKIE
from pages._views import View
from tests.kit.eavesdropping import Body, Ear
from tests.kit.notation import INSTRUMENT

ALONE = (
    *("/", "/?all=workshops", "/salford", "/set-up", "/place", "/programme"),
    "/programme?view=places",
)
OF_A_WORKSHOP = (
    *(
        "/room",
        "/gaps",
        "/one-domain",
        "/talk",
        "/over-time",
        "/community",
        "/plan",
        "/share-out",
        "/only-for-you",
        "/kept",
        "/take-away",
        "/programme",
        "/score",
    ),
)
PLAIN = (
    *("/", "/join", "/sign-in", "/sign-in/x", "/sign-out", "/wall", "/rehearse", "/nowhere"),
    *(
        "/_stcore/health",
        "/_stcore/host-config",
        "/_stcore/metrics",
        "/_stcore/script-health-check",
    ),
    *("/media/x.csv", "/app/static/x", "/component/x/y", "/_stcore/upload_file/x/y"),
)
PLAIN_OF_A_WORKSHOP = (
    *("/join?code={}", "/join/{}", "/join/{}?change=1", "/hand-over/{}", "/hand-on/{}"),
    *("/look/{}", "/take-over/{}", "/my-result/{}", "/push/{}", "/push/{}?channel=votes"),
    *("/vote/{}", "/reason/{}", "/guess/{}", "/safe/{}", "/last-words/{}"),
)


STAYING = frozenset({"second facilitator", "wall 1", "team mate"})
"""Who goes through the pages in one session; the others open each anew."""


class People(NamedTuple):
    """Who looks: two facilitators, the walls of the workshops, a team mate and another team's."""

    facilitator: Caller
    second: Caller
    walls: tuple[Caller, ...]
    mate: Caller
    other: Caller

    def cookies(self) -> dict[str, dict[str, str]]:
        """Give what the browser of each brings."""
        walls = {f"wall {n}": {WALL_COOKIE: hung.wall} for n, hung in enumerate(self.walls)}
        return {
            "facilitator": {FACILITATOR_COOKIE: self.facilitator.facilitator},
            "second facilitator": {FACILITATOR_COOKIE: self.second.facilitator},
            **walls,
            "team mate": {SEAT_COOKIE: self.mate.seat},
            "another team": {SEAT_COOKIE: self.other.seat},
            "stranger": {},
        }


class Tap(NamedTuple):
    """A first tap in a round of a domain."""

    code: str
    domain: str
    round: int
    score: Score


def score(
    ear: Ear, people: People, mine: Caller, taps: list[Tap], tapped: Ear | None = None
) -> None:
    """Tap for one seat while the others' pages are open, and draw those again at each tap.

    `tapped` hears the process that the taps go to, where it is another one.
    """
    cookies, code = people.cookies(), taps[0].code
    with ExitStack() as stack:
        lines = [
            stack.enter_context(ear.push(who, f"/push/{code}?channel={channel}", cookies[who]))
            for who, channel in (("stranger", "room"), ("facilitator", "counts"))
        ]
        pages = {"facilitator": "room", "wall 0": "room", "wall 1": "room"}
        pages |= {"team mate": "score", "another team": "score"}
        tabs = [
            stack.enter_context(ear.tab(who, f"/{page}?workshop={code}", cookies[who]))
            for who, page in pages.items()
        ]
        for one in taps:
            tap(tapped or ear, mine, one)
            if tapped:  # told within 0.1 s, and to pages within 0.25: none is drawn between
                time.sleep(1.0)
            for line in lines:
                line.next()
            for tab in tabs:
                for part in sorted(tab.drawn.parts):
                    tab.do(part=part)


def tap(ear: Ear, mine: Caller, meant: Tap) -> None:
    """Send a first tap as the ballot does. Its answer is the seat's own, and not compared."""
    _, domain, number, points = meant
    body = json.dumps({"domain": domain, "score": points, "round": number, "after": 0}).encode()
    own, cookies = Ear(ear.server), {SEAT_COOKIE: mine.seat}
    answer = own.ask("A", f"/vote/{meant.code}", cookies, Body(body, "application/json"))
    assert answer.startswith(b"HTTP/1.1 200"), answer


def beside(ear: Ear, mine: Caller, meant: Tap, said: str, points: int) -> None:
    """Write a line and guess beside a score, in a room where nobody hears of it."""
    own, cookies = Ear(ear.server), {SEAT_COOKIE: mine.seat}
    at = {"domain": meant.domain, "round": meant.round, "after": 0}
    for kind, given in (
        ("reason", {"said": said, "with_team": points > 2}),
        ("guess", {"points": points}),
    ):
        body = Body(json.dumps(at | given).encode(), "application/json")
        answer = own.ask("A", f"/{kind}/{meant.code}", cookies, body)
        assert answer.startswith(b"HTTP/1.1 200"), answer


def whole_tour(ear: Ear, people: People, codes: list[str]) -> None:
    """Ask for everything, as everybody, and do all that changes nothing."""
    for who, cookies in people.cookies().items():
        go = go_to_and_fro if who in STAYING else look
        go(ear, who, cookies, codes)
        for path in PLAIN:
            ear.ask(who, path, cookies)
        for path in PLAIN_OF_A_WORKSHOP:
            for code in codes:
                ear.ask(who, path.format(code), cookies)
    for code in codes:
        act(ear, people, code)


def pages_of(codes: list[str]) -> list[str]:
    """Give the address of every page, for each workshop where it is one of a workshop."""
    return [*ALONE, *(f"{page}?workshop={code}" for page in OF_A_WORKSHOP for code in codes)]


def look(ear: Ear, who: str, cookies: dict[str, str], codes: list[str]) -> None:
    """Open every page anew."""
    for page in pages_of(codes):
        with ear.tab(who, page, cookies):
            pass


def go_to_and_fro(ear: Ear, who: str, cookies: dict[str, str], codes: list[str]) -> None:
    """Go through all pages in one session and back again; lose the line, and take it up again."""
    pages = pages_of(codes)
    with ear.tab(who, pages[0], cookies) as tab:
        for page in (*pages, *reversed(pages)):
            tab.go(page)
    with ear.tab(who, pages[-1], cookies, tab.session):
        pass


def act(ear: Ear, people: People, code: str) -> None:
    """Do what a curious person does in one workshop; nothing is kept of it."""
    cookies = people.cookies()
    for who in cookies:
        _asks_more(ear, who, cookies[who], code)
    for who in ("facilitator", "wall 1"):
        _compares(ear, who, cookies[who], code)
    _opens_dialogs(ear, cookies["facilitator"], code)
    _hands_over(ear, cookies, code)
    _pushes(ear, code)
    for address in sorted(ear.addresses):
        ear.ask("facilitator", address, cookies["facilitator"])
        ear.ask("stranger", address, {})


def _asks_more(ear: Ear, who: str, cookies: dict[str, str], code: str) -> None:
    more = "domain=culture&round=2&reveal=1&compare=team&view=Level&role=facilitator&seat=0"
    for page in ("/one-domain", "/talk", "/score"):
        with ear.tab(who, f"{page}?workshop={code}&{more}", cookies):
            pass
    # Not a page with a ticket: how short a ticket is pressed is chance.
    for path in ("/", f"/hand-over/{code}"):
        ear.ask(who, path, cookies, taken="gzip")
    for body in (b"{}", b'{"domain": "culture", "score": 9, "round": 1, "after": 0}'):
        for kind in ("vote", "reason", "guess", "safe", "last-words"):
            ear.ask(who, f"/{kind}/{code}", cookies, Body(body, "application/json"))


def _compares(ear: Ear, who: str, cookies: dict[str, str], code: str) -> None:
    with ear.tab(who, f"/gaps?workshop={code}", cookies) as tab:
        if "View" not in tab.drawn.widgets:
            return
        for view in View:
            tab.do(tab.chosen("View", view.value))
            for compare in ("Tiers", "Teams"):
                if "Compare" in tab.drawn.widgets:
                    tab.do(tab.chosen("View", view.value), tab.chosen("Compare", compare))
            if own := tab.drawn.widgets.get("Against own average"):
                tab.do(tab.chosen("View", view.value), WidgetState(id=own.id, bool_value=True))
    with ear.tab(who, f"/one-domain?workshop={code}", cookies) as tab:
        for domain in INSTRUMENT.domains:  # offered or not
            tab.do(tab.picked("Domain", domain.short))
    with ear.tab(who, f"/talk?workshop={code}", cookies) as tab:
        for domain in INSTRUMENT.domains:
            if "Conversation" in tab.drawn.widgets:
                tab.do(tab.chosen("Conversation", domain.short))
                tab.do(tab.picked("Conversation", domain.short))  # no page sends it so: a fault


def _opens_dialogs(ear: Ear, cookies: dict[str, str], code: str) -> None:
    # Not the buttons that draw the page anew at once ("Not yet", "Keep it"): how much of the run
    # that they break off is still sent is a matter of milliseconds.
    who = "facilitator"
    with ear.tab(who, f"/room?workshop={code}", cookies) as tab:
        for label in ("Reveal", "Show it there"):
            if label in tab.drawn.widgets:
                tab.press(label)
    with ear.tab(who, f"/kept?workshop={code}", cookies) as tab:
        for label in ("Close the workshop", "Close it", "Erase the workshop", "Erase it"):
            tab.press(label)
    with ear.tab(who, f"/only-for-you?workshop={code}", cookies) as tab:
        tab.press("Nobody else sees this screen")
    with ear.tab(who, f"/plan?workshop={code}", cookies) as tab:
        tab.press("Add to the plan")


def _hands_over(ear: Ear, cookies: dict[str, dict[str, str]], code: str) -> None:
    mate = cookies["team mate"]
    ear.ask("team mate", f"/hand-over/{code}", mate, Body())
    ear.ask("team mate", f"/hand-over/{code}", mate)
    for body in (b"short_code=AAAA-AAAA", b"short_code=x"):
        ear.ask("stranger", f"/take-over/{code}", {}, Body(body))
    ear.ask("stranger", f"/join/{code}", {}, Body(b"team=nobody"))


def _pushes(ear: Ear, code: str) -> None:
    ear.ask("stranger", f"/push/{code}?channel=counts", {})
    for channel in ("room", "stage"):
        with ear.push("stranger", f"/push/{code}?channel={channel}", {}):
            pass
