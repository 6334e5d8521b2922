"""Go on scoring after a reveal: nothing is lost, one result, and nobody is known by subtraction."""

import itertools
import random
from collections import Counter

import pytest

from aqua_core.errors import NothingToResume, NotSignedIn
from aqua_core.rules.guard import told_on
from aqua_core.rules.resuming import may_be_added, may_resume
from aqua_core.vocabulary import Cast, Holder, Stage, Workshop
from aqua_core.vocabulary.shown import LookShown
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import give_guess, my_guesses
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.exporting import session_pack
from aqua_core.workshop.reading import room_now
from aqua_core.workshop.revealing import (
    open_scoring,
    resumable_now,
    resume_scoring,
    reveal,
    unseen_now,
)
from aqua_core.workshop.scoring import Meant, my_ballot, submit_score
from aqua_core.workshop.showing import shown_now
from tests.kit.notation import made, room, seated

# The rule: what was shown, less what is shown later, is nobody's


def two_times(table: str) -> tuple[Workshop, list[Cast], list[Cast]]:
    """Read a table of a seat a row: its score, and whether it was `early` or came `late`."""
    lines = [line.split() for line in table.splitlines() if line.strip()]
    workshop, after = room(
        "culture\n" + "\n".join(f"{who} {score}" for who, score, _ in lines), Holder.PERSON
    )
    came = {str(at): when for at, (*_, when) in enumerate(lines)}
    return workshop, [cast for cast in after if came[cast.seat_id] == "early"], list(after)


def added(table: str) -> bool:
    return may_be_added(*two_times(table), "culture")


EARLY = "Council 1 early\nTrust 4 early\nGPs 2 early\n"
LATE = """
    Council 4 late
    Council 2 late
    Council 1 late
    Trust 1 late
    Trust 2 late
    GPs 4 late
    GPs 1 late
    GPs 3 late
"""


def test_who_was_revealed_too_early_may_go_on() -> None:
    assert added(EARLY + LATE)


def test_one_who_comes_to_a_room_that_was_shown_would_be_known() -> None:
    everyone = (EARLY + LATE).replace("late", "early")

    assert not added(everyone + "Council 5 late")
    assert not added(everyone + "Council 5 late\nTrust 0 late\nGPs 2 late")
    assert added(everyone + "Council 5 late\nCouncil 0 late\nCouncil 2 late")
    assert added(everyone)


def test_the_only_ones_who_can_have_given_a_score_are_not_known_by_it() -> None:
    # Of the early 5, 1 and 1 the only five is the council's: its early one would be known.
    known = EARLY.replace("Council 1", "Council 5").replace("4", "1").replace("2", "1") + LATE

    assert not added(known.replace("Trust 1 late", "Trust 3 late"))


def test_a_score_that_nobody_had_given_before_is_not_the_only_late_ones() -> None:
    # Before, the council's teams were all alike, so the whole room was told as one.
    before = """
        Council/board 1 early
        Council/board 1 early
        Council/front 1 early
        Trust/board   0 early
        Trust/board   4 early
        Trust/front   2 early
        Trust/front   1 late
        Trust/front   3 late
    """

    assert not added(before + "Council/front 5 late")
    assert added(before + "Council/front 0 late")


def test_late_ones_who_all_say_the_same_are_not_added_in_a_pool() -> None:
    pool = "Council 1 early\nCouncil 2 early\nTrust 4 early\nTrust 1 early\n"

    assert not added(pool + "GPs 3 late\nGPs 3 late\nUsers 3 late\nUsers 3 late")


def test_in_an_open_room_and_on_laptops_everybody_may_be_added() -> None:
    workshop, before, after = two_times(EARLY + "Council 4 late")

    assert not may_be_added(workshop, before, after, "culture")
    free = workshop.model_copy(update={"guard": 1})
    assert may_be_added(free, before, after, "culture")
    assert may_resume(free, 1)
    assert [may_resume(workshop, missing) for missing in range(5)] == [False] * 3 + [True] * 2


def invented(dice: random.Random) -> tuple[Workshop, list[Cast], list[Cast]]:
    lines = []
    for name in ("Council", "Trust", "GPs")[: dice.randint(2, 3)]:
        for _ in range(dice.randint(1, 4)):
            when = dice.choice(["early", "early", "late"])
            lines.append(f"{name} {dice.choice('012-')} {when}")
    return two_times("\n".join(lines))


def told(workshop: Workshop, casts: list[Cast], given: dict[str, object]) -> list[object]:
    """Count what is told of these casts, with `given` in place of their scores, by seat."""
    found = told_on(workshop, casts, "culture")
    if found.withheld:
        return []
    parts = found.answers
    return [Counter(given[cast.seat_id] for cast in casts if cast.team_id in p) for p in parts]


def few_of(workshop: Workshop, before: list[Cast], after: list[Cast]) -> list[list[str]]:
    """Give the seats of each team that came early, and those that came late, where few did."""
    early = {cast.seat_id for cast in before}
    sides: dict[tuple[str, bool], list[str]] = {}
    for cast in after:
        sides.setdefault((cast.team_id, cast.seat_id in early), []).append(cast.seat_id)
    return [seats for seats in sides.values() if len(seats) < workshop.guard]


def test_no_few_of_a_team_are_known_to_who_tries_every_room_with_the_same_pictures() -> None:
    dice, tried = random.Random(13), 0
    while tried < 60:
        workshop, before, after = invented(dice)
        late = len(before) < len(after) < 8
        if not late or not may_be_added(workshop, before, after, "culture"):
            continue
        few = few_of(workshop, before, after)
        tried += bool(few)
        seats = [cast.seat_id for cast in after]
        as_given = {cast.seat_id: cast.score for cast in after}
        rooms = [
            dict(zip(seats, scores, strict=True))
            for scores in set(itertools.permutations(as_given.values()))
        ]
        once = _as_told(workshop, after, rooms, as_given)
        both = _as_told(workshop, before, once, as_given)
        for group in few:
            if len(ways(once, group)) > 1:
                assert len(ways(both, group)) > 1, (before, after)


def _as_told(
    workshop: Workshop, casts: list[Cast], rooms: list[dict[str, object]], given: dict[str, object]
) -> list[dict[str, object]]:
    """Give the rooms of which the same is told."""
    seen = told(workshop, casts, given)
    return [other for other in rooms if told(workshop, casts, other) == seen]


def ways(rooms: list[dict[str, object]], group: list[str]) -> set[tuple[str, ...]]:
    return {tuple(sorted(str(room[seat]) for seat in group)) for room in rooms}


# The deed, on a real file


DOMAINS = ["culture", "finance"]


def revealed_early(
    facilitator: Caller, holder: Holder = Holder.PERSON, missing: int = 3
) -> tuple[Workshop, list[Caller]]:
    """Reveal while the last seats have answered culture only; partners of three seats."""
    names = ("Council", "Trust", "GPs")
    workshop = made(facilitator, *names, holder=holder)
    seats = [seated(workshop, name) for _ in range(3) for name in names]
    open_scoring(facilitator, workshop.code, DOMAINS, guess=True)
    for at, seat in enumerate(seats):
        submit_score(seat, workshop.code, "culture", at % 6)
        if at < len(seats) - missing:
            submit_score(seat, workshop.code, "finance", 5 - at % 6)
    give_guess(seats[0], workshop.code, "finance", 3, meant=1)
    reveal(facilitator, workshop.code)
    return workshop, seats


def answered(workshop: Workshop, caller: Caller, domain: str) -> int:
    levels = {level.domain.key: level.counts for level in shown_now(caller, workshop.code).levels}
    return sum(levels[domain])


def test_who_had_not_finished_goes_on_and_nobody_loses_an_answer(facilitator: Caller) -> None:
    workshop, seats = revealed_early(facilitator, Holder.LAPTOP)
    found = resumable_now(facilitator, workshop.code)
    assert (found.missing, found.domains, found.added) == (3, ("finance",), ())

    resume_scoring(facilitator, workshop.code)

    now = room_now(facilitator, workshop.code)
    assert (now.stage, now.opened, now.again) == (Stage.SCORING, {"finance": 2}, ())
    assert (now.finished, now.answers, now.asked, now.resumed) == (6, 6, 9, ("finance",))
    kept = my_ballot(seats[0], workshop.code)
    assert (kept.answers, kept.taps, kept.guesses) == (
        {"finance": 5},
        {"finance": 0},
        {"finance": 3},
    )
    assert (kept.resumed, kept.again) == ({"finance"}, frozenset())
    for at, seat in enumerate(seats[6:]):
        assert my_ballot(seat, workshop.code).answers == {}
        submit_score(seat, workshop.code, "finance", at, Meant(2, 0))
    # Who wants to change may; the tap follows none, and is no change too many.
    submit_score(seats[0], workshop.code, "finance", 4, Meant(2, 0))
    reveal(facilitator, workshop.code)

    assert answered(workshop, facilitator, "finance") == 9
    assert my_guesses(seats[0], workshop.code)[0].mine == 4
    assert room_now(facilitator, workshop.code).finished == 9
    assert resumable_now(facilitator, workshop.code) == (0, (), ("finance",))


@pytest.mark.long
def test_it_is_one_result_and_no_second_look(facilitator: Caller) -> None:
    workshop, seats = revealed_early(facilitator, Holder.LAPTOP)
    resume_scoring(facilitator, workshop.code)
    submit_score(seats[0], workshop.code, "finance", 0)
    for seat in seats[6:]:
        submit_score(seat, workshop.code, "finance", 1)
    reveal(facilitator, workshop.code)

    assert shown_now(facilitator, workshop.code).looked_again == ()
    assert shown_now(facilitator, workshop.code).looks == ()
    assert shown_now(facilitator, workshop.code).movements == ()
    close_workshop(facilitator, workshop.code)
    assert answered(workshop, facilitator, "finance") == 9
    assert session_pack(facilitator, workshop.code)


def test_a_second_look_that_was_revealed_too_early_is_gone_on_with(facilitator: Caller) -> None:
    workshop, seats = revealed_early(facilitator, Holder.LAPTOP, missing=0)
    open_scoring(facilitator, workshop.code, ["culture"])
    submit_score(seats[0], workshop.code, "culture", 5)
    reveal(facilitator, workshop.code)
    assert shown_now(facilitator, workshop.code).looks == (look(1, 1),)
    assert shown_now(facilitator, workshop.code).looked_again == ()

    resume_scoring(facilitator, workshop.code)
    assert my_ballot(seats[1], workshop.code).first == {"culture": 1}
    for seat in seats[1:]:
        submit_score(seat, workshop.code, "culture", 2)
    reveal(facilitator, workshop.code)

    assert shown_now(facilitator, workshop.code).looks == (look(2, 9),)
    assert shown_now(facilitator, workshop.code).looked_again == ("culture",)


def test_too_few_who_went_on_stay_unseen(facilitator: Caller) -> None:
    workshop, seats = revealed_early(facilitator)
    before = shown_now(facilitator, workshop.code).levels
    resume_scoring(facilitator, workshop.code)
    submit_score(seats[8], workshop.code, "finance", 3)

    reveal(facilitator, workshop.code)

    assert unseen_now(workshop.code) == ((), ("finance",), ())
    assert shown_now(facilitator, workshop.code).levels == before
    assert room_now(facilitator, workshop.code).stage is Stage.REVEALED
    # They may still go on, all of them.
    assert resumable_now(facilitator, workshop.code).domains == ("finance",)


def test_nobody_goes_on_where_one_is_missing_or_none(facilitator: Caller) -> None:
    workshop, _ = revealed_early(facilitator, missing=1)
    assert resumable_now(facilitator, workshop.code) == (1, (), ())
    with pytest.raises(NothingToResume):
        resume_scoring(facilitator, workshop.code)

    whole, _ = revealed_early(facilitator, Holder.LAPTOP, missing=0)
    with pytest.raises(NothingToResume):
        resume_scoring(facilitator, whole.code)
    with pytest.raises(NotSignedIn):
        resume_scoring(Caller(), whole.code)


def test_while_something_is_sealed_nobody_goes_on(facilitator: Caller) -> None:
    workshop, _ = revealed_early(facilitator, Holder.LAPTOP)
    open_scoring(facilitator, workshop.code, ["workforce"])

    with pytest.raises(NothingToResume):
        resume_scoring(facilitator, workshop.code)


def look(shown: int, scores: int) -> LookShown:
    return LookShown(domain="culture", shown=shown, newest=2, scores=scores)
