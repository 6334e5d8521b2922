"""What the facilitator is shown of a reading: revealed scores, and no other."""

from typing import Any

import pytest

from aqua_core.errors import NoSuchWorkshop, NotSignedIn
from aqua_core.rules.stages import looks, scores_in
from aqua_core.vocabulary import CANNOT_SAY, Holder, Round, Workshop
from aqua_core.vocabulary.reading import Pattern
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.showing import shown_now, tells_now
from tests.kit.notation import ALL, made, room, seated
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]


def everything(facilitator: Caller, workshop: Workshop) -> tuple[Any, ...]:
    return shown_now(facilitator, workshop.code), tells_now(facilitator, workshop.code)


def seats(workshop: Workshop) -> list[Caller]:
    return [seated(workshop, team.name) for team in workshop.teams for _ in range(3)]


def score(workshop: Workshop, devices: list[Caller], domain: str, given: list[Any]) -> None:
    for device, points in zip(devices, given, strict=True):
        submit_score(device, workshop.code, domain, points)


def test_nothing_is_read_before_the_reveal(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    devices = seats(workshop)
    before = everything(facilitator, workshop)
    open_scoring(facilitator, workshop.code, ALL)
    score(workshop, devices, "culture", [0, 0, 0, 5, 5, 5])

    assert everything(facilitator, workshop) == before
    room, private = before
    assert (room.topics, room.looked_at, room.domains) == ((), (), ())
    assert (private.quiet, private.tells.tells) == (None, 0)


def test_after_the_reveal_the_room_reads_what_divides_it(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    open_scoring(facilitator, workshop.code, ["culture"])
    score(workshop, seats(workshop), "culture", [0, 0, 1, 5, 5, 5])
    reveal(facilitator, workshop.code)

    (topic,) = shown_now(facilitator, workshop.code).topics

    assert (topic.domain, topic.pattern) == ("culture", Pattern.CAMPS_ALONG_A_LINE)
    assert not hasattr(shown_now(facilitator, workshop.code), "tells")


def test_rooms_that_differ_only_in_sealed_scores_read_the_same(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    devices = seats(workshop)
    open_scoring(facilitator, workshop.code, ["culture", "leadership"])
    score(workshop, devices, "culture", [0, 0, 1, 5, 5, 5])
    score(workshop, devices, "leadership", [3, 3, 3, 3, 3, 3])
    reveal(facilitator, workshop.code)
    open_scoring(facilitator, workshop.code, ["culture", "workforce"])
    before = everything(facilitator, workshop)

    for given in ([0, 0, 1, 5, 5, 5], [3] * 6, [CANNOT_SAY] * 6, [5, 5, 5, 0, 0, 0]):
        for domain in ("culture", "workforce"):
            score(workshop, devices, domain, given)

        assert everything(facilitator, workshop) == before
    assert [domain.domain for domain in before[0].domains] == ["leadership"]
    assert b"culture" not in repr(before).encode()


def test_a_second_look_is_read_beside_the_first_once_it_is_revealed(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    devices = seats(workshop)
    for given in ([0, 0, 1, 5, 5, 5], [3, 3, 3, 4, 4, 4]):
        open_scoring(facilitator, workshop.code, ["culture"])
        score(workshop, devices, "culture", given)
        reveal(facilitator, workshop.code)

    (moved,) = tells_now(facilitator, workshop.code).movements

    assert (moved.seats, moved.up, moved.down) == (6, 3, 3)
    assert shown_now(facilitator, workshop.code).domains[0].level == 3.5


def test_a_round_that_nobody_scored_leaves_the_one_before(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    open_scoring(facilitator, workshop.code, ["culture"])
    score(workshop, seats(workshop), "culture", [0, 0, 1, 5, 5, 5])
    reveal(facilitator, workshop.code)
    before = shown_now(facilitator, workshop.code)
    open_scoring(facilitator, workshop.code, ["culture"])
    assert shown_now(facilitator, workshop.code).domains == ()

    reveal(facilitator, workshop.code)

    shown = shown_now(facilitator, workshop.code)
    assert [(look.shown, look.newest, look.scores) for look in shown.looks] == [(1, 2, 0)]
    assert shown.model_copy(update={"looks": ()}) == before


def test_looks_leave_out_a_domain_that_is_open() -> None:
    rounds = [
        Round(domain="culture", number=1, revealed=True),
        Round(domain="culture", number=2, revealed=False),
        Round(domain="finance", number=1, revealed=True),
        Round(domain="finance", number=2, revealed=True),
        Round(domain="workforce", number=1, revealed=False),
    ]

    _, scored = room("culture finance workforce\nCouncil 1 2 3")
    again = [cast.model_copy(update={"round": 2}) for cast in scored]

    assert looks(rounds, scores_in((*scored, *again), rounds)) == {"finance": ((1,), (2,))}


@pytest.mark.parametrize("view", [shown_now, tells_now])
def test_a_reading_is_the_facilitators(facilitator: Caller, view: Any) -> None:
    workshop = made(facilitator, "Council", "Trust")

    for other in (Caller(), seated(workshop, "Council")):
        with pytest.raises(NotSignedIn):
            view(other, workshop.code)
    with pytest.raises(NoSuchWorkshop):
        view(facilitator, "ZZZZ")


def test_fewer_seats_than_the_guard_tell_nothing(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    devices = [seated(workshop, "Council") for _ in range(2)]
    open_scoring(facilitator, workshop.code, ALL)
    for number, domain in enumerate(ALL):
        score(workshop, devices, domain, [number % 4] * 2)
    reveal(facilitator, workshop.code)

    tells = tells_now(facilitator, workshop.code).tells

    assert (tells.tells, tells.ballots, tells.range_of_means) == (0, 0, None)


def test_a_pair_in_a_team_below_the_guard_is_not_told(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    devices = [seated(workshop, name) for name in ("Council", "Council", "Trust", "Trust", "Trust")]
    open_scoring(facilitator, workshop.code, ALL)
    for number, domain in enumerate(ALL):
        score(workshop, devices, domain, [number % 4] * 2 + [1, number % 3, 4 - number % 5])
    reveal(facilitator, workshop.code)

    assert tells_now(facilitator, workshop.code).tells.copied_pairs == 0
