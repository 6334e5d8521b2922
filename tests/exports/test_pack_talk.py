"""What a pack takes along of the talk: acts on cards, reasons that were shown, guesses as told."""

import io
import zipfile
from typing import NamedTuple

import pytest

from aqua_core.exports.pack_reading import packed_in
from aqua_core.vocabulary import Wording, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import (
    agreement_is_real,
    cards_now,
    give_guess,
    misreading_worth_asking,
    set_topic_aside,
    skip_topic,
    take_topic,
)
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.exporting import open_pack, session_pack
from aqua_core.workshop.noting import (
    give_reason,
    hide_reason,
    reasons_now,
    show_reason,
    shown_reasons,
)
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.showing import shown_now
from tests.exports.test_session_pack import acts_standing
from tests.kit.notation import made, seated
from tests.kit.noted import undone_in_an_older_file
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]
CULTURE, FINANCE = "culture", "finance"


SHOWN = ("=Two boards", "'tis the rota", "one ledger")
SIDES = {"Council": (0, 1, 5), "Trust": (5, 0, 1), "Union": (0, 4, 1), "GPs": (3, 3), "Voices": ()}
"""What each seat of a partner guesses of the next; who sits in Voices guesses nothing."""


class Day(NamedTuple):
    """A day that left a laptop: what was shown there, its pack, and where it was opened."""

    shown: list[object]
    raw: bytes
    opened: Workshop
    unread: tuple[str, ...]


@pytest.fixture(scope="module")
def day(facilitator: Caller) -> Day:
    workshop = made(facilitator, *SIDES)
    open_scoring(facilitator, workshop.code, [CULTURE, FINANCE], guess=True)
    seats = scored(workshop)
    pointed(workshop, seats)
    reveal(facilitator, workshop.code)
    unread = decided(facilitator, workshop)
    cards_played(facilitator, workshop)
    shown = talk_shown(facilitator, workshop.code)
    raw = session_pack(facilitator, workshop.code)
    close_workshop(facilitator, workshop.code)
    erase_workshop(facilitator, workshop.code, workshop.code)
    return Day(shown, raw, open_pack(facilitator, raw), unread)


def scored(workshop: Workshop) -> list[Caller]:
    seats = []
    for name, guesses in SIDES.items():
        for points in guesses or (None,):
            seats.append(seat := seated(workshop, name))
            submit_score(seat, workshop.code, CULTURE, len(seats) % 6)
            submit_score(seat, workshop.code, FINANCE, 0 if name == "Trust" else 5)
            if points is not None:
                give_guess(seat, workshop.code, CULTURE, points, meant=1)
    return seats


def pointed(workshop: Workshop, seats: list[Caller]) -> None:
    def point(seat: int, said: str, *, with_team: bool = False) -> None:
        given = Wording(said=said, with_team=with_team)
        give_reason(seats[seat], workshop.code, CULTURE, given, meant=1)

    point(0, "reworded PLANTED")
    point(0, SHOWN[0], with_team=True)
    point(1, SHOWN[1])
    for seat, said in ((2, SHOWN[2]), (3, "One  Ledger"), (4, SHOWN[2])):
        point(seat, said, with_team=True)
    point(5, "never shown PLANTED")
    point(6, "hidden again PLANTED")
    point(7, "taken back PLANTED")
    point(7, "")


def decided(facilitator: Caller, workshop: Workshop) -> tuple[str, ...]:
    """Show all reasons but one, hide one of them again; give the ids of these two."""
    unread = []
    for reason in reasons_now(facilitator, workshop.code):
        if "never" not in reason.said:
            show_reason(facilitator, workshop.code, reason.id)
        if "hidden" in reason.said:
            hide_reason(facilitator, workshop.code, reason.id)
        if "PLANTED" in reason.said:
            unread.append(reason.id)
    return tuple(unread)


def cards_played(facilitator: Caller, workshop: Workshop) -> None:
    code = workshop.code
    take_topic(facilitator, code, CULTURE)
    set_topic_aside(facilitator, code, FINANCE, "=1+1 was settled in spring")
    skip_topic(facilitator, code, CULTURE)
    undone_in_an_older_file(workshop)
    agreement_is_real(facilitator, code, "One ledger since May")


def talk_shown(facilitator: Caller, code: str) -> list[object]:
    return [
        acts_standing(facilitator, code),
        shown_now(facilitator, code),
        shown_reasons(facilitator, code, CULTURE),
        shown_now(facilitator, code).misreadings,
        misreading_worth_asking(shown_now(facilitator, code)),
    ]


def everything_in(raw: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as pack:
        return b"".join(map(pack.read, pack.namelist()))


def test_the_talk_goes_on_as_it_was_on_the_other_laptop(facilitator: Caller, day: Day) -> None:
    assert talk_shown(facilitator, day.opened.code) == day.shown
    assert session_pack(facilitator, day.opened.code) == day.raw


def test_a_question_that_was_set_aside_stays_so(facilitator: Caller, day: Day) -> None:
    cards = cards_now(facilitator, day.opened.code)

    assert cards.taken_up == CULTURE
    assert cards.acts[FINANCE].reason == "=1+1 was settled in spring"
    assert cards.acts[""].reason == "One ledger since May"
    topics = shown_now(facilitator, day.opened.code).topics
    assert FINANCE not in [topic.domain for topic in topics]


def test_of_reasons_that_were_not_shown_no_byte_goes_along(facilitator: Caller, day: Day) -> None:
    shown = shown_reasons(facilitator, day.opened.code, CULTURE)

    assert reasons_now(facilitator, day.opened.code) == shown
    assert {(reason.team, reason.times) for reason in shown} == {("Council", 1), ("", 1), ("", 3)}
    assert b"boards" in everything_in(day.raw)
    assert len(day.unread) == 2
    for planted in (b"PLANTED", *map(str.encode, day.unread)):
        assert planted not in everything_in(day.raw)


def test_of_guesses_what_is_told_goes_along_and_nothing_else(facilitator: Caller, day: Day) -> None:
    misread = shown_now(facilitator, day.opened.code).misreadings

    assert sorted(found.who.name for found in misread) == ["Council", "Trust"]
    assert misreading_worth_asking(shown_now(facilitator, day.opened.code)) == misread[0]
    assert packed_in(day.raw).shown.misreadings == misread
