"""A place's forums: kept in versions, what waits for each, and where it is read."""

from pathlib import Path

import pytest

from aqua_core.errors import AlreadyThere, ChangedMeanwhile, LooksPersonal, NoSuchPlace
from aqua_core.vocabulary import Decision, Outcome
from aqua_core.vocabulary.forum import MOST_FORUMS, Forum, ForumDraft, ForumKind
from aqua_core.workshop import deciding
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.exporting import open_pack, plan_workbook, report_page, session_pack
from aqua_core.workshop.noting import conclude
from aqua_core.workshop.placing import erase_place
from aqua_core.workshop.planning import plan_read
from aqua_core.workshop.revealing import open_scoring, reveal
from tests.exports.test_fields import cells_of
from tests.kit.measured import place_of
from tests.kit.notation import DAY
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import LATER, elsewhere, met, planned, studied
from tests.workshop.test_closing import everything_beside, found
from tests.workshop.test_outcomes import shown

__all__ = ["facilitator", "room_file"]
BOARD = ForumDraft(name="Alliance board", kind=ForumKind.BOARD, hears="What residents noticed")


def listed(facilitator: Caller, place_id: str, draft: ForumDraft = BOARD) -> Forum:
    return deciding.list_forum(facilitator, place_id, draft)


def seen_at(facilitator: Caller, place_id: str) -> deciding.ForumsSeen:
    return deciding.forums_now(facilitator, place_id, DAY)


def names(facilitator: Caller, place_id: str) -> list[str]:
    return [at.name for at in seen_at(facilitator, place_id).at]


def test_a_forum_is_listed_changed_taken_off_and_put_back(facilitator: Caller) -> None:
    place_id = place_of(facilitator, met(facilitator, place=elsewhere()))
    board = listed(facilitator, place_id)
    with pytest.raises(AlreadyThere, match="on the list already"):
        listed(facilitator, place_id, BOARD.model_copy(update={"name": "ALLIANCE board"}))

    changed = deciding.change_forum(
        facilitator, place_id, board.model_copy(update={"hears": "Costs"})
    )
    with pytest.raises(ChangedMeanwhile):
        deciding.change_forum(facilitator, place_id, board)
    out = deciding.move_forum(facilitator, place_id, changed, out=True)
    assert (names(facilitator, place_id), seen_at(facilitator, place_id).out) == ([], (out,))
    again = listed(facilitator, place_id)
    with pytest.raises(AlreadyThere):
        deciding.move_forum(facilitator, place_id, out, out=False)
    deciding.move_forum(facilitator, place_id, again, out=True)
    deciding.move_forum(facilitator, place_id, out, out=False)

    (at,) = seen_at(facilitator, place_id).at
    assert at.forum
    assert (at.forum.id, at.forum.version, at.forum.hears) == (board.id, 4, "Costs")


def test_a_list_has_an_end_and_names_groups_and_not_people(facilitator: Caller) -> None:
    place_id = place_of(facilitator, met(facilitator, place=elsewhere()))
    for number in range(MOST_FORUMS):
        named = {"name": f"Locality {number}", "kind": ForumKind.LOCALITY}
        first = listed(facilitator, place_id, BOARD.model_copy(update=named))

    with pytest.raises(AlreadyThere, match="40 forums"):
        listed(facilitator, place_id)
    gone = deciding.move_forum(facilitator, place_id, first, out=True)
    listed(facilitator, place_id)
    with pytest.raises(AlreadyThere, match="40 forums"):
        deciding.move_forum(facilitator, place_id, gone, out=False)
    other = place_of(facilitator, met(facilitator, place=elsewhere()))
    with pytest.raises(LooksPersonal):
        listed(facilitator, other, BOARD.model_copy(update={"hears": "Ring 0161 496 0000"}))
    with pytest.raises(NoSuchPlace):
        listed(facilitator, "gone")


def test_what_waits_is_of_tests_that_go_on_last_times_too(facilitator: Caller) -> None:
    place = elsewhere()
    first = met(facilitator, place=place)
    place_id = place_of(facilitator, first)
    listed(facilitator, place_id)
    old = planned(facilitator, first, decision_of="alliance board", coalition="Housing")
    ended = planned(facilitator, first, "If we end, then it is over", forum="Alliance board")
    studied(facilitator, first, ended, Decision.ADOPT)
    second = met(facilitator, LATER, place)
    new = planned(facilitator, second, "If we meet, then we talk", forum="Alliance board")

    seen = deciding.forums_now(facilitator, place_id, LATER)
    (board,) = seen.at

    assert [test.action.id for test in board.decides] == [old.id]
    assert [test.action.id for test in board.hears_of] == [new.id]
    assert [test.action.id for test in seen.coalitions] == [old.id]
    council = next(row for row in seen.load if row.partner == "Council" and not row.lead)
    assert (council.tests, council.earlier) == (2, 1)
    assert plan_read(facilitator, second.code, LATER).load == seen.load
    assert deciding.forum_names(facilitator, second.code) == ("Alliance board",)


def test_what_is_parked_waits_until_the_room_says_otherwise_and_never_while_it_scores(
    facilitator: Caller,
) -> None:
    workshop = shown(facilitator, elsewhere())
    place_id = place_of(facilitator, workshop)
    parked = Outcome(domain="finance", parked_with="Alliance board", parked_until=LATER)
    conclude(facilitator, workshop.code, parked, DAY)

    (at,) = seen_at(facilitator, place_id).at
    assert (at.name, at.forum, [one.domain for one in at.parked]) == (
        *("Alliance board", None),
        ["Finance & contracts"],
    )
    open_scoring(facilitator, workshop.code, ["workforce"])
    assert (seen_at(facilitator, place_id).scoring, names(facilitator, place_id)) == (True, [])


@pytest.mark.slow
def test_report_workbook_and_pack_hold_forums_load_and_what_each_gives(facilitator: Caller) -> None:
    workshop = met(facilitator, place=elsewhere())
    place_id = place_of(facilitator, workshop)
    board = listed(facilitator, place_id)
    said = {"decision_of": "Alliance board", "gives": "Council: hours", "gains": "Trust: beds"}
    said |= {"coalition": "Housing associations"}
    planned(facilitator, workshop, **said)

    report = report_page(facilitator, workshop.code).decode()
    sheet = cells_of(plan_workbook(facilitator, workshop.code), "Forums")
    told = ("Alliance board", "What residents noticed", "Council owns", "(Council) leads")
    for text in (*told, "Housing associations"):
        assert text in report
        assert text in sheet
    assert "Council: hours" in report
    pack = session_pack(facilitator, workshop.code)
    erase_place(facilitator, place_id, workshop.place.name)

    back = open_pack(facilitator, pack)
    (at,) = seen_at(facilitator, place_of(facilitator, back)).at
    assert at.forum == board
    assert [test.action.gains for test in at.decides] == ["Trust: beds"]
    assert session_pack(facilitator, back.code) == pack


@pytest.mark.slow
def test_a_pack_adds_to_the_list_and_changes_nothing_on_it(facilitator: Caller) -> None:
    place = elsewhere()
    first = met(facilitator, place=place)
    place_id = place_of(facilitator, first)
    listed(facilitator, place_id)
    listed(facilitator, place_id, ForumDraft(name="Executive", kind=ForumKind.EXECUTIVE))
    pack = session_pack(facilitator, first.code)
    close_workshop(facilitator, first.code)
    met(facilitator, LATER, place)
    for at in seen_at(facilitator, place_id).at:
        assert at.forum
        changed = at.forum.model_copy(update={"hears": "As it is here"})
        kept = deciding.change_forum(facilitator, place_id, changed)
        if at.name == "Executive":
            deciding.move_forum(facilitator, place_id, kept, out=True)
    erase_workshop(facilitator, first.code, first.code)

    open_pack(facilitator, pack)

    (board,) = seen_at(facilitator, place_id).at
    assert board.forum
    assert (board.name, board.forum.hears) == ("Alliance board", "As it is here")


@pytest.mark.slow
def test_forums_go_with_their_place_without_a_trace(facilitator: Caller, room_file: Path) -> None:
    workshop = met(facilitator, place=elsewhere())
    place_id = place_of(facilitator, workshop)
    planted = "Zwiebelrat board"
    listed(facilitator, place_id, ForumDraft(name=planted, kind=ForumKind.BOARD))

    erase_place(facilitator, place_id, workshop.place.name)

    assert not found(planted, everything_beside(room_file))


def test_a_room_that_reveals_shows_parked_again(facilitator: Caller) -> None:
    workshop = shown(facilitator, elsewhere())
    place_id = place_of(facilitator, workshop)
    parked = Outcome(domain="finance", parked_with="Executive", parked_until=LATER)
    conclude(facilitator, workshop.code, parked, DAY)
    open_scoring(facilitator, workshop.code, ["workforce"])

    reveal(facilitator, workshop.code)

    assert names(facilitator, place_id) == ["Executive"]
