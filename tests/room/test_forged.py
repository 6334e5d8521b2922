"""Nobody but the facilitator can act: her own messages, replayed word for word by others."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import requests
from streamlit.proto.BackMsg_pb2 import BackMsg

from aqua_core.store import schema
from aqua_core.vocabulary import ActionDraft, Scale, Wording, Workshop
from aqua_core.workshop.admitting import NO_SEAT, Caller, plain_hash
from aqua_core.workshop.choosing import give_guess
from aqua_core.workshop.noting import give_reason
from aqua_core.workshop.opening import close_room, open_room
from aqua_core.workshop.planning import capture_action
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in
from pages._room import FACILITATOR_COOKIE, SEAT_COOKIE
from tests.kit import engines
from tests.kit.notation import ALL, made, seated
from tests.kit.serving import Server
from tests.kit.wire import Tab

pytestmark = pytest.mark.slow

Rows = dict[str, list[tuple[Any, ...]]]


class Act(NamedTuple):
    """What a facilitator does on one page: where, and how."""

    name: str
    address: str
    record: Callable[[Tab], list[bytes]]


@dataclass
class Forgery:
    """A room before and after every forged message, and what was forged."""

    server: Server
    room: "Made"
    before: Rows
    after: Rows
    recorded: dict[str, list[bytes]]
    votes: list[requests.Response]
    told: dict[str, str]


def message(tab: Tab, *labels: str, **typed: str) -> bytes:
    """Press the buttons with these labels, after typing into the fields with those."""
    widgets = [tab.typed(label.replace("_", " "), text) for label, text in typed.items()]
    widgets += [tab.pressed(label) for label in labels]
    fragment = tab.drawn.fragments[labels[-1]] if labels else ""
    return tab.message(*widgets, page_script_hash=tab.drawn.page_hash, fragment_id=fragment)


def opens(tab: Tab) -> list[bytes]:
    return [message(tab, "Open scoring")]


def reveals(tab: Tab) -> list[bytes]:
    asks = message(tab, "Reveal")
    tab.send(asks)
    return [asks, message(tab, "Reveal now")]


def takes_up(tab: Tab) -> list[bytes]:
    return [message(tab, "Take it up")]


def notes(tab: Tab) -> list[bytes]:
    return [message(tab, "Write it down", What_was_heard="We meet but nobody decides.")]


def captures(tab: Tab) -> list[bytes]:
    return [
        tab.message(
            tab.typed("What will be tried", "If we meet, then we decide"),
            tab.typed("Lead (a role)", "Head of adult care"),
            tab.typed("How we will know", "Decisions a meeting, from 0 to 2"),
            tab.chosen("Which partners own it together (the lead partner first)", "Council"),
            tab.picked("Domain", "Culture"),
            tab.pressed("Add to the plan"),
            page_script_hash=tab.drawn.page_hash,
        )
    ]


def edits(tab: Tab) -> list[bytes]:
    return [message(tab, "Save the change", What_will_be_tried="If we ask, then we know")]


def takes_out(tab: Tab) -> list[bytes]:
    return [message(tab, "Take it out of the plan")]


def sets_up(tab: Tab) -> list[bytes]:
    return [message(tab, "Make the workshop", Place="Wigan")]


def tries_sample(tab: Tab) -> list[bytes]:
    return [message(tab, "Try the sample")]


def everything(file: Path) -> Rows:
    """Give every row of every table. The deeds are left out: a sign-out is one."""
    with engines.looking_into(file) as connection:
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for name in schema.tables_of(connection)
            if name not in ("deed", "passing")
        }


class Made(NamedTuple):
    """The workshops, one at each stage, and who sits in them."""

    welcome: Workshop
    scoring: Workshop
    revealed: Workshop
    seat: Caller
    victim: Caller
    facilitator: Caller
    leaver: Caller


def made_here(file: Path) -> Made:
    open_room(file)
    facilitator, leaver = (Caller(facilitator=sign_in(new_sign_in_link())) for _ in range(2))
    welcome, scoring, revealed = (made(facilitator, "Council", "Trust") for _ in range(3))
    seat, victim = seated(welcome, "Council"), seated(scoring, "Trust")
    draft = ActionDraft(
        test="If we meet, then we act",
        partners=(welcome.teams[0].partner.id,),
        measure="",
        domain="culture",
        lead="Chair",
        review_on=date.today() + timedelta(days=30),
        scale=Scale.MICRO,
    )
    capture_action(facilitator, welcome.code, draft, date.today())
    for workshop in (scoring, revealed):
        open_scoring(facilitator, workshop.code, ALL, guess=True)
    submit_score(victim, scoring.code, "culture", 3)
    give_reason(victim, scoring.code, "culture", Wording(said="Two boards"), meant=1)
    give_guess(victim, scoring.code, "culture", 4, meant=1)
    for points in (1, 4, 4, 1):
        submit_score(seated(revealed, "Council"), revealed.code, "culture", points)
    reveal(facilitator, revealed.code)
    close_room()
    return Made(welcome, scoring, revealed, seat, victim, facilitator, leaver)


def acts_of(room: Made) -> list[Act]:
    welcome, scoring, revealed = (workshop.code for workshop in room[:3])
    return [
        Act("open scoring", f"/room?workshop={welcome}", opens),
        Act("reveal", f"/room?workshop={scoring}", reveals),
        Act("take a card up", f"/talk?workshop={revealed}", takes_up),
        Act("write a note", f"/talk?workshop={revealed}", notes),
        Act("capture an action", f"/plan?workshop={revealed}", captures),
        Act("edit an action", f"/plan?workshop={welcome}", edits),
        Act("take an action out", f"/plan?workshop={welcome}", takes_out),
        Act("set up", "/set-up", sets_up),
        Act("try the sample", "/", tries_sample),
    ]


def without_fragment(sent: bytes) -> bytes:
    """Ask for the whole page instead of its part."""
    asked = BackMsg.FromString(sent)
    asked.rerun_script.fragment_id = ""
    return asked.SerializeToString()


def replay(tab: Tab, recorded: list[bytes]) -> str:
    """Send each message as it was, and as a whole page's."""
    for sent in recorded:
        whole = without_fragment(sent)
        if whole != sent:
            tab.forge(sent)
        tab.send(whole)
    return tab.drawn.text


def forge(
    server: Server, room: Made, acts: list[Act]
) -> tuple[dict[str, list[bytes]], dict[str, str]]:
    """Record each act where the leaver could do it, sign her out, and replay it by everyone."""
    leaving = {FACILITATOR_COOKIE: room.leaver.facilitator}
    seat = {SEAT_COOKIE: room.seat.seat}
    recorded: dict[str, list[bytes]] = {}
    told = {}
    with ExitStack() as stack:
        left = {act.name: stack.enter_context(Tab(server, act.address, leaving)) for act in acts}
        for act in acts:
            recorded[act.name] = act.record(left[act.name])
        requests.post(f"{server.url}/sign-out", cookies=leaving, timeout=10)
        others = [
            stack.enter_context(Tab(server, address, cookies))
            for address, cookies in (
                (f"/room?workshop={room.scoring.code}&role=facilitator", {}),
                (f"/score?workshop={room.welcome.code}", seat),
                ("/", seat | {FACILITATOR_COOKIE: "x" * 43}),
            )
        ]
        for act in acts:
            for tab in others:
                replay(tab, recorded[act.name])
            told[act.name] = replay(left[act.name], recorded[act.name])
    return recorded, told


def forged_votes(server: Server, room: Made, before: Rows) -> list[requests.Response]:
    """Tap and write for the victim's seat: without a cookie, and with all but its secret."""
    victims = next(row for row in before["seat"] if row[1] == room.scoring.id)
    seats = ["", victims[0], victims[3], room.seat.seat, room.facilitator.facilitator]
    tap = {"domain": "culture", "score": 0, "round": 1, "after": 1}
    tap |= {"points": 0, "said": "Not hers", "with_team": True}
    named = tap | {"seat": victims[0], "team": victims[2], "seat_id": victims[0]}
    return [
        requests.post(
            f"{server.url}/{kind}/{room.scoring.code}?seat={victims[0]}",
            json=body,
            cookies={SEAT_COOKIE: seat} if seat else {},
            timeout=10,
        )
        for seat in seats
        for body in (tap, named)
        for kind in ("vote", "reason", "guess")
    ]


@pytest.fixture(scope="module")
def forgery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forgery]:
    folder = tmp_path_factory.mktemp("forged")
    file = folder / "room.duckdb"
    room = made_here(file)
    before = everything(file)
    server = Server(file, folder / "server.log")
    try:
        server.start()
        recorded, told = forge(server, room, acts_of(room))
        votes = forged_votes(server, room, before)
        server.stop()
        yield Forgery(server, room, before, everything(file), recorded, votes, told)
    finally:
        server.stop()


def test_no_forged_message_changes_a_row(forgery: Forgery) -> None:
    gone = plain_hash(forgery.room.leaver.facilitator)
    left = [row for row in forgery.before["facilitator"] if row[0] != gone]

    assert forgery.after == forgery.before | {"facilitator": left}
    assert len(left) == len(forgery.before["facilitator"]) - 1


def test_a_browser_that_signed_out_is_told_at_its_next_act(forgery: Forgery) -> None:
    for name, said in forgery.told.items():
        told = ("Only the facilitator can do this", "For the facilitator", "Facilitator? Open")

        assert any(word in said for word in told), name


def test_a_tap_for_anothers_seat_is_refused(forgery: Forgery) -> None:
    assert {answer.status_code for answer in forgery.votes} == {403}
    assert {answer.json()["said"] for answer in forgery.votes} == {NO_SEAT}


def test_the_log_shows_no_fault_no_secret_and_nothing_typed(forgery: Forgery) -> None:
    said = forgery.server.printed()
    callers = (forgery.room.seat, forgery.room.victim, forgery.room.leaver)

    assert "Traceback" not in said
    for typed in ("nobody decides", "Head of adult care", "Wigan", "Two boards", "Not hers"):
        assert typed not in said
    for caller in callers:
        assert (caller.seat or caller.facilitator) not in said


def test_the_same_messages_act_when_they_are_the_facilitators(forgery: Forgery) -> None:
    server, hers = forgery.server, {FACILITATOR_COOKIE: forgery.room.facilitator.facilitator}
    server.start()
    for act in acts_of(forgery.room):
        with Tab(server, act.address, hers) as tab:
            for sent in forgery.recorded[act.name]:
                tab.send(sent)
    server.stop()
    after = everything(server.room_file)
    more = {name: len(every) - len(forgery.after[name]) for name, every in after.items()}

    assert more["round"] == len(ALL) * 2  # opened, and the sample's
    assert (more["reveal"], more["note"]) == (len(ALL), 1)
    # Captured, edited, taken out: three versions. Set up, and the sample.
    assert (more["action"], more["workshop"]) == (3, 2)
    assert more["vote"] > 500  # the sample's
