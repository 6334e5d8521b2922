"""What is counted while a room scores: what is on disk, known without asking the disk."""

import random

import pytest

from aqua_core.store.database import reading, writing
from aqua_core.store.facts import forget, known
from aqua_core.store.seats import seats_there
from aqua_core.store.votes import Kept, answered_in, append_votes
from aqua_core.vocabulary import CANNOT_SAY, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.reading import room_now
from aqua_core.workshop.revealing import open_scoring, resume_scoring, reveal
from aqua_core.workshop.scoring import submit_score, type_paper
from tests.kit.notation import ALL, made, seated

pytestmark = pytest.mark.file  # where processes share a room, none knows what another wrote


def given(workshop: Workshop, number: int = 1) -> frozenset[tuple[str, int, str]]:
    with reading() as cursor:
        return answered_in(cursor, workshop.id, [(domain, number) for domain in ALL])


def test_a_vote_is_counted_when_it_is_on_disk_and_not_before(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    open_scoring(facilitator, workshop.code, ALL)
    mine, _ = seated(workshop, "Council"), seated(workshop, "Trust")
    submit_score(mine, workshop.code, "culture", 3)
    with reading() as cursor:
        seats = [seat.id for seat in seats_there(cursor, workshop.id)]
    before = given(workshop)
    (other,) = set(seats) - {seat for *_, seat in before}

    def vote(*, fails: bool) -> None:
        with writing() as cursor:
            append_votes(cursor, workshop.id, [(other, ("culture", 1), Kept(1, 4))])
            assert given(workshop) == before
            if fails:
                raise RuntimeError

    with pytest.raises(RuntimeError):
        vote(fails=True)
    assert given(workshop) == before

    vote(fails=False)
    assert given(workshop) == before | {("culture", 1, other)}


def test_what_is_known_is_what_the_file_holds(facilitator: Caller) -> None:
    by_chance = random.Random(7)
    workshop = made(facilitator, "Council", "Trust", "GPs")
    names = [team.name for team in workshop.teams]
    seats = [seated(workshop, name) for name in names * 3]
    for number in (1, 2, 3):
        if number == 3:
            resume_scoring(facilitator, workshop.code)
        else:
            open_scoring(facilitator, workshop.code, ALL)
        opened = room_now(facilitator, workshop.code).opened
        for _ in range(60):
            seat, domain = by_chance.choice(seats), by_chance.choice(list(opened))
            submit_score(seat, workshop.code, domain, by_chance.choice([0, 1, 5, CANNOT_SAY]))
            if by_chance.random() < 0.1:
                type_paper(facilitator, workshop.code, workshop.teams[0].id, {domain: 2})
        assert known(("book", workshop.id)) is not None

        by_heart = given(workshop, number)

        forget(("book", workshop.id))
        assert by_heart == given(workshop, number)
        assert room_now(facilitator, workshop.code).answers == len(by_heart)
        reveal(facilitator, workshop.code)
