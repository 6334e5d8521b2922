"""One undo for what the facilitator did last, wherever it was; nothing deletes a vote."""

import ast
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from aqua_core.errors import ChangedMeanwhile, NothingToUndo, NotSignedIn
from aqua_core.store.database import reading
from aqua_core.vocabulary import Agreement, Holder, Outcome, Stage, Workshop
from aqua_core.workshop import (
    choosing,
    cycling,
    naming,
    noting,
    planning,
    revealing,
    seating,
    setting_up,
)
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.foreseeing import choose_guard
from aqua_core.workshop.placing import agree_next_wave, next_wave_proposed
from aqua_core.workshop.reading import room_now, stage_now, workshop_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.undoing import last_done_now, undo_last_done
from tests.kit.notation import DAY, made, seated
from tests.kit.planned import cycles_now, draft, plan_now

WORKSHOP = Path(__file__).parents[2] / "aqua_core/workshop"


def undone(facilitator: Caller, code: str) -> str:
    """Undo what was done last; give what it was."""
    last = last_done_now(facilitator, code)
    assert last is not None
    assert last.why_not == ""
    undo_last_done(facilitator, code, last.sequence)
    return last.said


def votes_in(workshop: Workshop) -> list[Any]:
    with reading() as cursor:
        return cursor.execute(
            "SELECT * FROM vote WHERE workshop_id = $1 ORDER BY domain, number, seat_id, sequence",
            [workshop.id],
        ).fetchall()


def test_scoring_that_nobody_answered_is_closed_again(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    open_scoring(facilitator, workshop.code, ["culture"])

    assert undone(facilitator, workshop.code) == "Scoring was opened on Culture."
    assert stage_now(workshop.code) is Stage.WELCOME
    assert last_done_now(facilitator, workshop.code) is None


def test_scoring_that_somebody_answered_stays_open_and_says_why(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seat = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ["culture"])
    submit_score(seat, workshop.code, "culture", 3)
    last = last_done_now(facilitator, workshop.code)

    assert last
    assert "Take this round back" in last.why_not
    with pytest.raises(NothingToUndo, match="Somebody has answered"):
        undo_last_done(facilitator, workshop.code, last.sequence)
    assert room_now(facilitator, workshop.code).answers == 1


def test_after_a_reveal_who_had_not_finished_goes_on_and_no_vote_goes(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    council, trust = seated(workshop, "Council"), seated(workshop, "Trust")
    open_scoring(facilitator, workshop.code, ["culture"])
    submit_score(council, workshop.code, "culture", 3)
    reveal(facilitator, workshop.code)
    before = votes_in(workshop)

    undone(facilitator, workshop.code)

    assert stage_now(workshop.code) is Stage.SCORING
    assert set(before) <= set(votes_in(workshop))
    submit_score(trust, workshop.code, "culture", 4)
    reveal(facilitator, workshop.code)
    last = last_done_now(facilitator, workshop.code)
    assert last
    assert "Everybody had answered" in last.why_not


def test_a_second_press_undoes_nothing_more(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seating.expect_people(facilitator, workshop.code, 9)
    seating.expect_people(facilitator, workshop.code, 12)
    last = last_done_now(facilitator, workshop.code)
    assert last
    undo_last_done(facilitator, workshop.code, last.sequence)

    with pytest.raises(ChangedMeanwhile):
        undo_last_done(facilitator, workshop.code, last.sequence)
    assert seating.seating_now(facilitator, workshop.code).people == 9


def test_nobody_but_the_facilitator_is_told_or_undoes(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seat = seated(workshop, "Council")
    seating.expect_people(facilitator, workshop.code, 9)

    with pytest.raises(NotSignedIn):
        last_done_now(seat, workshop.code)
    with pytest.raises(NotSignedIn):
        undo_last_done(seat, workshop.code, 1)


def test_closing_says_why_it_cannot_be_undone_and_what_still_can(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    code = workshop.code
    seating.expect_people(facilitator, code, 9)
    close_workshop(facilitator, code)
    last = last_done_now(facilitator, code)

    assert last
    assert "set up the next workshop" in last.why_not
    planning.capture_action(facilitator, code, draft(workshop), DAY)
    undone(facilitator, code)
    assert plan_now(facilitator, code) == ()


Deed = Callable[[Caller, Workshop], object]


def _revealed(facilitator: Caller) -> tuple[Workshop, Caller]:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    council, trust = seated(workshop, "Council"), seated(workshop, "Trust")
    open_scoring(facilitator, workshop.code, ["culture"])
    submit_score(council, workshop.code, "culture", 0)
    submit_score(trust, workshop.code, "culture", 4)
    reveal(facilitator, workshop.code)
    return workshop, council


def _set_aside(facilitator: Caller, workshop: Workshop) -> None:
    seat = seating.seating_now(facilitator, workshop.code).teams[0].seats[0]
    seating.set_seats_aside(facilitator, workshop.code, [seat.id], seating.REASONS[0])


def _rename(facilitator: Caller, workshop: Workshop) -> None:
    names = naming.names_of(workshop)
    place = names.place.model_copy(update={"name": f"{names.place.name} Anew"})
    partners = {
        partner: (f"{name} Anew", sector) for partner, (name, sector) in names.partners.items()
    }
    day = names.held_on + timedelta(days=1)
    naming.change_names(
        facilitator,
        workshop.code,
        names._replace(place=place, partners=partners, held_on=day),
    )


def _outcome(facilitator: Caller, workshop: Workshop) -> None:
    agreed = Outcome(domain="culture", agreement=Agreement.AGREED, agreed_points=2)
    noting.conclude(facilitator, workshop.code, agreed, DAY)


DEEDS: dict[str, Deed] = {
    "a seat set aside": _set_aside,
    "names": _rename,
    "a card set aside": lambda who, room: choosing.set_topic_aside(
        who, room.code, "culture", "Not today"
    ),
    "a card taken up": lambda who, room: choosing.take_topic(who, room.code, "culture"),
    "a note": lambda who, room: noting.write_down(who, room.code, "culture", "Much was said"),
    "an outcome": _outcome,
    "an action": lambda who, room: planning.capture_action(who, room.code, draft(room), DAY),
    "joining": lambda who, room: seating.change_joining(who, room.code, closed=True),
    "people": lambda who, room: seating.expect_people(who, room.code, 7),
    "the next wave": lambda who, room: agree_next_wave(who, room.code, DAY + timedelta(days=200)),
    "a team": lambda who, room: naming.add_team(
        who,
        room.code,
        naming.TeamDraft("Carers", room.partners[0].sector, naming.Tier.NONE),
    ),
}


def everything(facilitator: Caller, workshop: Workshop) -> list[object]:
    code = workshop.code
    return [
        workshop_now(facilitator, code),
        room_now(facilitator, code),
        seating.seating_now(facilitator, code),
        choosing.cards_now(facilitator, code),
        noting.heard_so_far(facilitator, code, "culture"),
        noting.outcomes_now(facilitator, code),
        plan_now(facilitator, code),
        setting_up.workshops_here(facilitator),
        revealing.unseen_now(code),
        next_wave_proposed(facilitator, code),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_what_was_done_last_is_undone_whole(facilitator: Caller, deed: Deed) -> None:
    workshop, _ = _revealed(facilitator)
    before, votes = everything(facilitator, workshop), votes_in(workshop)
    deed(facilitator, workshop)
    assert everything(facilitator, workshop) != before

    undone(facilitator, workshop.code)

    assert everything(facilitator, workshop) == before
    assert votes_in(workshop) == votes
    # And it can be done again.
    deed(facilitator, workshop_now(facilitator, workshop.code))
    assert everything(facilitator, workshop) != before


def test_an_action_taken_out_and_a_cycle_decided_come_back(facilitator: Caller) -> None:
    workshop, _ = _revealed(facilitator)
    code = workshop.code
    action = planning.capture_action(facilitator, code, draft(workshop), DAY)
    cycling.take_out(facilitator, code, action)
    undone(facilitator, code)
    assert plan_now(facilitator, code) == (action,)
    cycle = cycling.start_cycle(facilitator, code, action.id, DAY)
    said = {"predicted": "More calls", "planned": "Call"}
    cycle = cycling.save_cycle(facilitator, code, cycle.model_copy(update=said))
    seen = {"seen": "Fewer calls", "decision": cycling.Decision.ADAPT}
    cycling.study_cycle(facilitator, code, cycle.model_copy(update=seen), DAY)

    undone(facilitator, code)

    assert cycles_now(facilitator, code) == (cycle,)


def test_what_is_shown_is_chosen_back_until_somebody_scores(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    choose_guard(facilitator, workshop.code, 5)
    undone(facilitator, workshop.code)

    assert workshop_now(facilitator, workshop.code).guard == workshop.guard


def test_every_deed_of_the_facilitator_can_be_named_and_undone_or_says_why_not() -> None:
    # Not these: a wall, a host, a timer and a sitting have their way back beside them; of what is
    # erased nothing is left; a place's check and its waves are in no workshop.
    ways_back_beside = {
        *("pair_wall", "stop_walls", "pair_host", "stop_hosts", "run_timer", "stop_timer"),
        "erase_workshop",
        *("sit_together", "sit_alone", "set_up_sitting", "invite", "withdraw", "join_sealed"),
        "undo_last_done",
        # A table that is given is taken away beside it, and the other way round.
        *("set_up_at_table", "bring_to_table", "leave_table", "part_gathering"),
        "_at_open_tables",  # lends its transaction to deeds that do remember
    }
    forgotten = {
        name
        for path in WORKSHOP.glob("*.py")
        for deeds in [_written_in(path)]
        for name, said in deeds.items()
        if re.search(r"(facilitating|leading|convening)\(", said)
        if "reading)" not in said and not _remembers(name, deeds)
    }

    assert forgotten - {"facilitating", "leading", "convening", "remember"} == ways_back_beside


def _written_in(path: Path) -> dict[str, str]:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return {deed.name: ast.unparse(deed) for deed in body if isinstance(deed, ast.FunctionDef)}


def _remembers(name: str, deeds: dict[str, str]) -> bool:
    """Tell whether a deed keeps what it did, itself or by another function of its module."""
    others = (other for other in deeds if other != name and f" {other}(" in deeds[name])
    return "remember(" in deeds[name] or any(_remembers(other, deeds) for other in others)
