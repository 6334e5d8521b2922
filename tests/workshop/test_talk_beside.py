"""A row beside the domains is talked about as a domain is, and keeps what it came to."""

import io
from itertools import count

import openpyxl
import pytest

from aqua_core.errors import BadPack, FieldsRefused, NotScored, StillSealed
from aqua_core.exports.pack_reading import packed_in
from aqua_core.exports.pack_writing import Note, Packed, pack_as_zip
from aqua_core.vocabulary import Agreement, Outcome, Workshop
from aqua_core.vocabulary.framework import InstrumentKind
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.asking_beside import ask_beside, still_to_come
from aqua_core.workshop.choosing import cards_now, take_topic
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.exporting import open_pack, plan_workbook, report_page, session_pack
from aqua_core.workshop.noting import (
    NoteMeant,
    conclude,
    correct_note,
    dissent_before,
    heard_so_far,
    outcomes_now,
    take_outcome_out,
    write_down,
)
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.sharing import share_out_now
from aqua_core.workshop.undoing import last_done_now
from tests.kit.beside import HOW_WE_WORK, WHAT_WE_CAN_DO, answered
from tests.kit.notation import ALL, DAY, made, seated
from tests.kit.one_room import facilitator, room_file
from tests.workshop.test_asking_beside import all_answer

__all__ = ["facilitator", "room_file"]
ROW = "how-we-work.conflict_resolution"
_numbers = count()


@pytest.fixture
def place() -> str:
    return f"Rows {next(_numbers)}"


@pytest.fixture
def room(facilitator: Caller, place: str) -> tuple[Workshop, list[Caller]]:
    """Set up two partners of three seats each that have answered one row, sealed."""
    return a_room(facilitator, place)


def a_room(facilitator: Caller, place: str) -> tuple[Workshop, list[Caller]]:
    workshop = made(facilitator, "Council", "Trust", place=place)
    seats = [seated(workshop, team.name) for team in workshop.teams for _ in range(3)]
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "hhhhmn", "nnnnn-"))
    return workshop, seats


def settled(row: str = ROW, **said: object) -> Outcome:
    words = {"agreement": Agreement.AGREED, "both_could": "A call before a letter"}
    return Outcome.model_validate({"domain": row} | words | said)


def apart(workshop: Workshop) -> Outcome:
    return settled(
        agreement=Agreement.DIFFER,
        stays_apart=(workshop.teams[1].id,),
        why_apart="Letters keep us safe",
    )


def talked(facilitator: Caller, workshop: Workshop) -> None:
    """Reveal, take the row up, write down what was heard and what it came to."""
    reveal(facilitator, workshop.code)
    take_topic(facilitator, workshop.code, ROW)
    write_down(facilitator, workshop.code, ROW, "The rota was settled by a phone call")
    conclude(facilitator, workshop.code, settled(), DAY)


def test_a_row_keeps_that_it_was_talked_about_what_was_heard_and_what_it_came_to(
    facilitator: Caller, room
) -> None:
    workshop, _ = room
    talked(facilitator, workshop)

    assert cards_now(facilitator, workshop.code).taken_up == ROW
    heard = heard_so_far(facilitator, workshop.code, ROW).heard
    assert heard == ("The rota was settled by a phone call",)
    assert outcomes_now(facilitator, workshop.code)[ROW].both_could == "A call before a letter"
    last = last_done_now(facilitator, workshop.code)
    assert last
    assert last.said == "What Conflict came to was written down."


@pytest.mark.parametrize("row", [ROW, "how-we-work.tone_or_climate"])
def test_nothing_is_written_on_a_row_before_its_reveal(facilitator: Caller, room, row: str) -> None:
    workshop, _ = room

    with pytest.raises(StillSealed):
        take_topic(facilitator, workshop.code, row)
    with pytest.raises(StillSealed):
        conclude(facilitator, workshop.code, settled(row), DAY)
    with pytest.raises(NotScored):
        write_down(facilitator, workshop.code, row, "Too early")


def test_nothing_is_written_on_a_row_that_nobody_asked(facilitator: Caller, room) -> None:
    workshop, _ = room
    reveal(facilitator, workshop.code)

    for row in ("what-we-can-do.systems_thinking", "how-we-work.nothing", "made.up"):
        with pytest.raises(NotScored):
            take_topic(facilitator, workshop.code, row)
        with pytest.raises(NotScored):
            conclude(facilitator, workshop.code, settled(row), DAY)


def test_no_points_are_agreed_on_what_has_none(facilitator: Caller, room) -> None:
    workshop, _ = room
    reveal(facilitator, workshop.code)

    with pytest.raises(FieldsRefused, match="say in words what was agreed"):
        conclude(facilitator, workshop.code, settled(agreed_points=3), DAY)
    with pytest.raises(FieldsRefused, match=r"^Write what both could live with\.$"):
        conclude(facilitator, workshop.code, settled(both_could=""), DAY)


def test_a_second_look_seals_the_row_and_makes_its_card_fresh(facilitator: Caller, room) -> None:
    workshop, seats = room
    talked(facilitator, workshop)
    answered(facilitator, workshop, HOW_WE_WORK, all_answer(seats, "mmmmnn", "nnnnnn"))

    sealed = report_page(facilitator, workshop.code).decode()
    assert "A call before a letter" not in sealed
    assert "phone call" not in sealed
    assert cards_now(facilitator, workshop.code).taken_up is None
    kept = outcomes_now(facilitator, workshop.code)[ROW]
    take_outcome_out(facilitator, workshop.code, kept)  # of a page that was open meanwhile
    take_outcome_out(facilitator, workshop.code, kept.model_copy(update={"version": 2}), out=False)
    reveal(facilitator, workshop.code)

    assert cards_now(facilitator, workshop.code).taken_up is None
    assert "A call before a letter" in report_page(facilitator, workshop.code).decode()


@pytest.mark.slow
def test_report_workbook_and_pack_carry_it_and_the_pack_opens_the_same(
    facilitator: Caller, room
) -> None:
    workshop, _ = room
    talked(facilitator, workshop)
    before = cards_now(facilitator, workshop.code), outcomes_now(facilitator, workshop.code)

    report = report_page(facilitator, workshop.code).decode()
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(facilitator, workshop.code)))
    pack = session_pack(facilitator, workshop.code)
    erase_workshop(facilitator, workshop.code, workshop.code)
    opened = open_pack(facilitator, pack, sure=True)

    assert "<h3>Conflict</h3>" in report
    assert "4 of 6 say administrative edict now" in report
    assert "The room settled Conflict." in report
    talks = [str(cell.value) for row in book["Conversations"].iter_rows() for cell in row]
    assert "Conflict" in talks
    assert any("A call before a letter" in said for said in talks)
    after = cards_now(facilitator, opened.code), outcomes_now(facilitator, opened.code)
    assert after == before
    assert session_pack(facilitator, opened.code) == pack
    again = report_page(facilitator, opened.code).decode()
    assert again.partition("<h2")[2] == report.partition("<h2")[2]
    heard = heard_so_far(facilitator, opened.code, ROW)
    note = NoteMeant(ROW, heard.numbers[0], heard.heard[0])
    corrected = correct_note(facilitator, opened.code, note, "By one call")
    assert corrected.heard == ("By one call",)


def test_what_a_row_left_open_comes_first_once_the_next_workshop_has_answered_it(
    facilitator: Caller, place: str, room
) -> None:
    workshop, _ = room
    reveal(facilitator, workshop.code)
    conclude(facilitator, workshop.code, apart(workshop), DAY)
    close_workshop(facilitator, workshop.code)
    after, _ = a_room(facilitator, place)
    assert dissent_before(facilitator, after.code) == ()

    reveal(facilitator, after.code)

    ((left, outcome, name),) = dissent_before(facilitator, after.code)
    assert (left.id, outcome.domain, name) == (workshop.id, ROW, "Conflict")


def test_what_a_row_came_to_is_no_domain_to_share_out(facilitator: Caller, room) -> None:
    workshop, _ = room
    talked(facilitator, workshop)
    open_scoring(facilitator, workshop.code, [ALL[0]])
    reveal(facilitator, workshop.code)

    assert share_out_now(facilitator, workshop.code).noted == ""


def test_what_is_still_to_come_is_what_was_chosen_and_what_is_not_revealed(
    facilitator: Caller, room
) -> None:
    workshop, _ = room
    assert not any(still_to_come(workshop.code))
    reveal(facilitator, workshop.code)
    assert still_to_come(workshop.code) == ((), tuple(ALL))
    ask_beside(facilitator, workshop.code, WHAT_WE_CAN_DO)
    assert not any(still_to_come(workshop.code))
    open_scoring(facilitator, workshop.code, ALL)
    reveal(facilitator, workshop.code)

    assert not any(still_to_come(workshop.code))


@pytest.fixture
def packed(facilitator: Caller, room) -> Packed:
    workshop, _ = room
    talked(facilitator, workshop)
    return packed_in(session_pack(facilitator, workshop.code))


def test_a_forged_pack_with_what_no_room_asks_beside_is_refused(packed: Packed) -> None:
    (held,) = packed.shown.beside

    def showing(**fields: object) -> dict[str, object]:
        other = held.model_copy(update=fields)
        return {"shown": packed.shown.model_copy(update={"beside": (other,)})}

    row = held.rows[0]
    forged = {
        "points beside the framework": showing(kind=InstrumentKind.LEVELS),
        "a pick of another name": showing(kind=InstrumentKind.PICK),
        "a check whose rows were answered by seats": showing(kind=InstrumentKind.CHECK),
        "a row twice": showing(rows=(row, *held.rows[1:], row)),
        "a row that seats and the room answered": showing(
            rows=(row.model_copy(update={"checked": 0}), *held.rows[1:])
        ),
        "a key that is a path": showing(key="../room"),
        "the same twice": {"shown": packed.shown.model_copy(update={"beside": (held, held)})},
        "a note on nothing": {"notes": (Note(domain="how-we-work.nothing", heard="x"),)},
        "points on what has none": {"outcomes": (settled(agreed_points=3),)},
    }
    for what, fields in forged.items():
        with pytest.raises(BadPack, match="was changed since"):
            pytest.fail(
                f"{what}: {len(packed_in(pack_as_zip(packed.model_copy(update=fields))).notes)}"
            )
