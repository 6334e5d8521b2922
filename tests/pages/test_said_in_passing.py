"""The small sentences of the facilitator's pages: each says one thing, where it is wondered at."""

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.charts.sentences.conversations import order_said
from aqua_core.charts.sentences.wording import counted
from aqua_core.vocabulary import (
    Answer,
    Compare,
    Gap,
    Group,
    Progress,
    Standing,
    Wording,
    Workshop,
)
from aqua_core.vocabulary.reading import Chance, Pattern, Topic
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.cycling import answer_action, go_on
from aqua_core.workshop.exporting import session_pack
from aqua_core.workshop.noting import give_reason
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from pages import _way
from tests.kit.looking import a_wall, words
from tests.kit.notation import INSTRUMENT, made, seated
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import LATER, met, planned

__all__ = ["facilitator", "room_file"]

ORDER = "We put gaps first that are unlikely to be chance, even if another gap is wider."


def told(facilitator: Caller, place: str) -> Workshop:
    """Reveal culture with one seat, which gave a reason."""
    workshop = made(facilitator, "Council", "Trust", place=place)
    open_scoring(facilitator, workshop.code, ["culture"])
    seat = seated(workshop, "Council")
    submit_score(seat, workshop.code, "culture", 2)
    give_reason(seat, workshop.code, "culture", Wording(said="The rota", with_team=False), meant=1)
    reveal(facilitator, workshop.code)
    return workshop


def ways(app: AppTest) -> list[tuple[str, str]]:
    """Give each link on a page with the workshop that it keeps."""
    return [(link.proto.label, link.proto.query_string) for link in app.get("page_link")]


def test_one_of_a_kind_is_counted_as_one(looks, facilitator) -> None:
    workshop = told(facilitator, "Counted")

    kept = words(looks(facilitator, _way.KEEPING, workshop.code))

    assert ": 1 seat, 1 answer, 1 line beside scores, 0 notes, 0 actions. " in kept
    assert [counted(n, "small win") for n in (1, 2)] == ["1 small win", "2 small wins"]


def test_a_reason_can_be_read_before_it_is_shown_and_a_day_has_a_label_of_its_own(
    looks, facilitator
) -> None:
    workshop = told(facilitator, "Unread")
    label = "Read them first, under “Only for you”"

    talk = looks(facilitator, _way.TALK, workshop.code)

    assert label in dict(ways(talk))
    # The day of a parked question says by itself what it is for.
    assert "Take it up again on" in [box.label for box in talk.date_input]
    assert label not in dict(ways(looks(a_wall(facilitator, workshop), _way.TALK, workshop.code)))


def topic(points: float, chance: Chance, line: Compare | None = Compare.PARTNER) -> Topic:
    group = Group(id="c", name="Council", slot=0) if line else None
    pattern = Pattern.PARTNERS_APART if line else Pattern.WIDE_SPREAD
    return Topic(
        pattern=pattern,
        domain="culture",
        line=line,
        group=group,
        points=points,
        chance=chance,
        sides=(),
    )


@pytest.mark.parametrize(
    ("topics", "said"),
    [
        ([topic(1.5, Chance.CLEAR), topic(2.1, Chance.COULD_BE)], ORDER),
        ([topic(1.5, Chance.CLEAR), topic(1.2, Chance.CLEAR), topic(1.6, Chance.NONE)], ORDER),
        ([topic(2.1, Chance.CLEAR), topic(1.5, Chance.COULD_BE)], ""),
        ([topic(1.52, Chance.CLEAR), topic(1.54, Chance.COULD_BE)], ""),
        ([topic(1.5, Chance.CLEAR), topic(1.9, Chance.NONE, None)], ""),
        ([topic(1.9, Chance.COULD_BE), topic(1.5, Chance.COULD_BE)], ""),
        ([], ""),
    ],
)
def test_why_the_first_card_is_not_the_widest_gap_is_said_only_where_it_is_not(
    topics: list[Topic], said: str
) -> None:
    assert order_said(topics) == said


def test_a_first_card_on_one_of_the_widest_gaps_needs_no_reason() -> None:
    def gap(key: str, width: float) -> Gap:
        domain = INSTRUMENT.domain(key)
        assert domain
        group = Group(id="c", name="Council", slot=0)
        sides = tuple(Standing(group=group, mean=mean, scored=2) for mean in (1.0, 1.0 + width))
        return Gap(domain=domain, standings=sides, middle=None, held_back=0)

    on_culture = [topic(2.2, Chance.COULD_BE)]

    assert order_said(on_culture, [gap("leadership", 3.0), gap("culture", 3.0)]) == ""
    assert order_said(on_culture, [gap("leadership", 3.0), gap("culture", 2.9)]) == (
        "Two partners stand furthest apart on Leadership; "
        "here each group is compared with everyone else."
    )


def test_an_opened_pack_is_told_once_where_it_lands(looks, facilitator) -> None:
    workshop = told(facilitator, "Opened")
    pack = session_pack(facilitator, workshop.code)
    erase_workshop(facilitator, workshop.code, workshop.code)
    app = looks(facilitator, _way.TAKE_AWAY)
    app.file_uploader[0].set_value(("pack.zip", pack, "application/zip")).run()

    app.button[0].click().run()

    assert "Opened from a session pack: closed, to look at." in words(app).replace("\\", "")
    assert "Opened from a session pack" not in words(app.run())


@pytest.mark.slow
def test_every_page_of_a_closed_workshop_says_once_that_it_is_closed(looks, facilitator) -> None:
    workshop = told(facilitator, "Over")
    close_workshop(facilitator, workshop.code)

    for page in (_way.GAPS, _way.DOMAIN, _way.TALK, _way.PLAN):
        assert words(looks(facilitator, page, workshop.code)).count("2026, closed") == 1, page
    assert "2026, closed" not in words(looks(facilitator, _way.ROOM, workshop.code))


@pytest.mark.long
def test_what_waits_when_the_room_went_on_is_said_with_the_way_until_it_is_answered(
    looks, facilitator
) -> None:
    first, later = met(facilitator, place="Left"), met(facilitator, LATER, "Left")
    action = planned(facilitator, first)
    go_on(facilitator, later.code)
    waits = "1 of last time's tests is not answered; answer it on the Plan page."
    there = ("Answer what waits", f"workshop={later.code}")
    assert there in ways(looks(facilitator, _way.ROOM, later.code))
    open_scoring(facilitator, later.code, ["culture"])
    submit_score(seated(later, later.teams[0].name), later.code, "culture", 1)
    reveal(facilitator, later.code)

    room = looks(facilitator, _way.ROOM, later.code)
    assert waits in words(room).replace("\\", "")
    assert there in ways(room)
    assert there not in ways(looks(a_wall(facilitator, later), _way.ROOM, later.code))

    said = Answer(action_id=action.id, answer=Progress.MOVED)
    answer_action(facilitator, later.code, said, LATER)

    assert there not in ways(looks(facilitator, _way.ROOM, later.code))
