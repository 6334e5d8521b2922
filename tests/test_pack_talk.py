"""What a pack takes along of the talk: acts on cards, reasons that were shown, guesses as told."""

import io
import zipfile
from collections.abc import Sequence

import pytest

from aqua_core.exports.pack.reading import packed_in
from aqua_core.vocabulary import Wording, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.exporting import session_pack
from aqua_core.workshop.noticing import room_read
from aqua_core.workshop.reopening import open_pack
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.talking.choosing import (
    agreement_is_real,
    cards_now,
    set_topic_aside,
    skip_topic,
    take_topic,
    undo_last,
)
from aqua_core.workshop.talking.guessing import (
    give_guess,
    misreading_worth_asking,
    misreadings_now,
)
from aqua_core.workshop.talking.pointing import (
    give_reason,
    hide_reason,
    reasons_now,
    show_reason,
    shown_reasons,
)
from tests.notation import made, seated
from tests.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]
CULTURE, FINANCE = "culture", "finance"


@pytest.fixture
def workshop(facilitator: Caller) -> Workshop:
    return made(facilitator, "Council", "Trust")


def sit(workshop: Workshop, scores: Sequence[int] = (0, 0, 1, 5, 5, 4)) -> list[Caller]:
    seats = [seated(workshop, name) for name in ("Council", "Trust") for _ in range(3)]
    for seat, score in zip(seats, scores, strict=True):
        for key in (CULTURE, FINANCE):
            submit_score(seat, workshop.code, key, score)
    return seats


def scored(facilitator: Caller, workshop: Workshop) -> None:
    open_scoring(facilitator, workshop.code, [CULTURE, FINANCE])
    sit(workshop)
    reveal(facilitator, workshop.code)


def carried(facilitator: Caller, workshop: Workshop) -> tuple[Workshop, bytes]:
    """Take a workshop to another laptop, and check that it leaves there as it came."""
    raw = session_pack(facilitator, workshop.code)
    close_workshop(facilitator, workshop.code)
    erase_workshop(facilitator, workshop.code, workshop.code)
    opened = open_pack(facilitator, raw)
    assert session_pack(facilitator, opened.code) == raw
    return opened, raw


def everything_in(raw: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as pack:
        return b"".join(map(pack.read, pack.namelist()))


def test_a_question_that_was_set_aside_stays_so_on_the_other_laptop(
    facilitator: Caller, workshop: Workshop
) -> None:
    scored(facilitator, workshop)
    take_topic(facilitator, workshop.code, CULTURE)
    set_topic_aside(facilitator, workshop.code, FINANCE, "=1+1 was settled in spring")
    skip_topic(facilitator, workshop.code, CULTURE)
    undone = cards_now(facilitator, workshop.code).last
    assert undone
    undo_last(facilitator, workshop.code, undone.sequence)
    agreement_is_real(facilitator, workshop.code, "One ledger since May")
    cards, read = cards_now(facilitator, workshop.code), room_read(facilitator, workshop.code)
    assert [each.domain for each in read.topics] == [CULTURE]

    opened, _ = carried(facilitator, workshop)

    assert cards_now(facilitator, opened.code) == cards
    assert cards.taken == CULTURE
    assert cards.acts[""].reason == "One ledger since May"
    assert room_read(facilitator, opened.code) == read


def point(workshop: Workshop, seat: Caller, said: str, *, with_team: bool = False) -> None:
    given = Wording(said=said, with_team=with_team)
    give_reason(seat, workshop.code, CULTURE, given, meant=1)


def pointed(facilitator: Caller, workshop: Workshop, said: str) -> str:
    """Give the id of a reason."""
    return next(each.id for each in reasons_now(facilitator, workshop.code) if each.said == said)


SHOWN = ("=Two boards", "'tis the rota", "one ledger")


def test_reasons_that_were_shown_go_along_and_of_the_others_not_a_byte(
    facilitator: Caller, workshop: Workshop
) -> None:
    open_scoring(facilitator, workshop.code, [CULTURE, FINANCE])
    seats = sit(workshop)
    point(workshop, seats[0], SHOWN[0], with_team=True)
    point(workshop, seats[1], SHOWN[1])
    for seat, said in zip(seats[2:5], (SHOWN[2], "One  Ledger", "one ledger"), strict=True):
        point(workshop, seat, said, with_team=True)
    point(workshop, seats[5], "never shown PLANTED")
    point(workshop, seats[0], "reworded PLANTED")
    point(workshop, seats[0], SHOWN[0], with_team=True)
    more = [seated(workshop, "Council") for _ in range(2)]
    point(workshop, more[0], "hidden again PLANTED")
    point(workshop, more[1], "taken back PLANTED")
    point(workshop, more[1], "")
    reveal(facilitator, workshop.code)
    hidden = pointed(facilitator, workshop, "hidden again PLANTED")
    alike = max(reasons_now(facilitator, workshop.code), key=lambda each: each.alike)
    for each in (pointed(facilitator, workshop, SHOWN[0]), hidden, alike.id):
        show_reason(facilitator, workshop.code, each)
    show_reason(facilitator, workshop.code, pointed(facilitator, workshop, SHOWN[1]))
    hide_reason(facilitator, workshop.code, hidden)
    never = pointed(facilitator, workshop, "never shown PLANTED")
    shown = shown_reasons(facilitator, workshop.code, CULTURE)

    opened, raw = carried(facilitator, workshop)

    assert shown_reasons(facilitator, opened.code, CULTURE) == shown
    assert reasons_now(facilitator, opened.code) == shown
    assert {(each.team, each.alike) for each in shown} == {("Council", 1), ("", 1), ("", 3)}
    assert b"boards" in everything_in(raw)
    for planted in (b"PLANTED", hidden.encode(), never.encode()):
        assert planted not in everything_in(raw)


def test_what_is_told_of_guesses_is_told_on_the_other_laptop(facilitator: Caller) -> None:
    """The prompts are the same; of a partner of two that guessed nothing goes along."""
    guessed = {"Council": (0, 1, 5), "Trust": (5, 0, 1), "Union": (0, 4, 1), "GPs": (3,) * 2}
    workshop = made(facilitator, *guessed, "Voices")
    open_scoring(facilitator, workshop.code, [CULTURE], guess=True)
    for at, (name, points) in enumerate((n, p) for n, each in guessed.items() for p in each):
        seat = seated(workshop, name)
        submit_score(seat, workshop.code, CULTURE, at % 6)
        give_guess(seat, workshop.code, CULTURE, points, meant=1)
    submit_score(seated(workshop, "Voices"), workshop.code, CULTURE, 2)
    reveal(facilitator, workshop.code)
    misread = misreadings_now(facilitator, workshop.code)
    assert [each.who.name for each in misread] == ["Council", "Trust"]
    asked = misreading_worth_asking(facilitator, workshop.code)
    assert asked

    opened, raw = carried(facilitator, workshop)

    assert misreadings_now(facilitator, opened.code) == misread
    assert misreading_worth_asking(facilitator, opened.code) == asked
    assert sorted(points for *_, points in packed_in(raw).guesses) == [2] * 6
