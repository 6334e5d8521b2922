"""What a pack does not take along or take in: words that were taken back, and what would stall."""

from datetime import timedelta
from itertools import count

import pytest

from aqua_core.errors import BadPack
from aqua_core.exports.pack import reading
from aqua_core.exports.pack.layout.keys import MOST_SEATS
from aqua_core.exports.pack.packed import Packed, ShownReason
from aqua_core.exports.pack.reading import packed_in
from aqua_core.exports.pack.writing import pack_as_zip
from aqua_core.vocabulary import Holder
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.exporting import session_pack
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.talking.choosing import cards_now, set_topic_aside, take_topic, undo_last
from tests.notation import made, seated
from tests.one_room import facilitator, room_file
from tests.planned import met
from tests.test_pack_talk import everything_in

PLACES = (f"Bounded {number}" for number in count(1))


__all__ = ["facilitator", "room_file"]


@pytest.fixture
def packed(facilitator: Caller) -> Packed:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP, place=next(PLACES))
    open_scoring(facilitator, workshop.code, ["culture"])
    for name, points in (("Council", 0), ("Trust", 5)):
        submit_score(seated(workshop, name), workshop.code, "culture", points)
    reveal(facilitator, workshop.code)
    take_topic(facilitator, workshop.code, "culture")
    set_topic_aside(facilitator, workshop.code, "culture", "PLANTED was upset")
    last = cards_now(facilitator, workshop.code).last
    assert last
    undo_last(facilitator, workshop.code, last.sequence)
    raw = session_pack(facilitator, workshop.code)
    assert b"PLANTED" not in everything_in(raw)
    return packed_in(raw)


def reasons(packed: Packed, count: int, alike: int, team: str = "") -> tuple[ShownReason, ...]:
    domain, number = packed.rounds[0]
    return tuple(
        ShownReason(f"r{at:016x}", domain, number, f"text {at}", team, alike) for at in range(count)
    )


def test_what_was_taken_back_is_in_no_pack(packed: Packed) -> None:
    assert [(each.sequence, each.domain) for each in packed.card_acts] == [(1, "culture")]


def test_a_forged_pack_is_refused_before_it_is_written_into_the_room(packed: Packed) -> None:
    team, seats = packed.workshop.teams[0], len(packed.seats)
    far = packed.workshop.model_copy(
        update={"held_on": packed.workshop.held_on + timedelta(days=2_000_000)}
    )
    alone = packed.workshop.model_copy(update={"teams": (team,)})
    empty = packed._replace(scores=(), guesses=())
    assert packed_in(pack_as_zip(packed._replace(reasons=reasons(packed, seats, 1))))
    assert packed_in(pack_as_zip(empty._replace(seats=(team.id,) * MOST_SEATS)))
    forged = (
        packed._replace(reasons=reasons(packed, 2, seats)),
        packed._replace(reasons=reasons(packed, 1, 2, team.id)),
        packed._replace(
            reasons=(
                *reasons(packed, 1, 1),
                reasons(packed, 1, 1)[0]._replace(id="r" + "f" * 16, said="TEXT 0"),
            )
        ),
        empty._replace(seats=(team.id,) * (MOST_SEATS + 1)),
        empty._replace(workshop=alone, seats=(), actions=(), outcomes=()),
        packed._replace(workshop=far),
    )

    for each in forged:
        with pytest.raises(BadPack, match="was changed since"):
            packed_in(pack_as_zip(each))


def test_a_pack_that_could_not_be_opened_again_is_not_given(
    facilitator: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = met(facilitator, place=next(PLACES))
    size = len(session_pack(facilitator, workshop.code))
    monkeypatch.setattr(reading, "LARGEST", size)
    session_pack(facilitator, workshop.code)
    monkeypatch.setattr(reading, "LARGEST", size - 1)

    with pytest.raises(BadPack, match="Shorten the longest, or take the report and the plan"):
        session_pack(facilitator, workshop.code)
