"""What a pack does not take along or take in: words that were taken back, and what would stall."""

from datetime import timedelta
from itertools import count

import pytest

from aqua_core.errors import BadPack
from aqua_core.exports.pack import reading
from aqua_core.exports.pack.checking import MOST_SEATS, check_meaning
from aqua_core.exports.pack.packed import Packed, ShownReason
from aqua_core.exports.pack.reading import packed_in
from aqua_core.exports.pack.writing import pack_as_zip
from aqua_core.vocabulary import Compare, Gap, Group, Holder
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.exporting import session_pack
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.talking.choosing import cards_now, set_topic_aside, take_topic, undo_last
from tests.exports.test_pack_talk import everything_in
from tests.kit.notation import made, seated
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import met

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
    first = packed.rounds[0]
    return tuple(
        ShownReason(
            id=f"r{at:016x}",
            domain=first.domain,
            number=first.number,
            said=f"text {at}",
            team_id=team,
            alike=alike,
        )
        for at in range(count)
    )


def test_what_was_taken_back_is_in_no_pack(packed: Packed) -> None:
    assert [(each.sequence, each.domain) for each in packed.card_acts] == [(1, "culture")]


def but(packed: Packed, **fields: object) -> bytes:
    return pack_as_zip(packed.model_copy(update=fields))


def test_a_forged_pack_is_refused_before_it_is_written_into_the_room(packed: Packed) -> None:
    team, seats = packed.workshop.teams[0], sum(each.seats for each in packed.progress)
    far = packed.workshop.held_on + timedelta(days=2_000_000)
    alone = packed.workshop.model_copy(update={"teams": (team,)})
    crowd = packed.progress[0].model_copy(update={"seats": MOST_SEATS})
    gaps = packed.shown.gaps[Compare.PARTNER]
    other = gaps[0].domain.model_copy(update={"name": "Another name"})
    nobody = Group(id="x", name="Nobody", slot=0)
    one, *_ = reasons(packed, 1, 1)
    assert packed_in(but(packed, reasons=reasons(packed, seats, 1)))
    forged = {
        "reasons of more seats than there are": {"reasons": reasons(packed, 2, seats)},
        "a team beside what two wrote": {"reasons": reasons(packed, 1, 2, team.id)},
        "a reason twice": {
            "reasons": (one, one.model_copy(update={"id": "r" + "f" * 16, "said": "TEXT 0"}))
        },
        "a reason of nobody's team": {"reasons": reasons(packed, 1, 1, "nobody")},
        "a crowd": {"progress": (crowd, *packed.progress[1:])},
        "one partner": {"workshop": alone, "progress": packed.progress[:1]},
        "a day that no calendar has": {
            "workshop": packed.workshop.model_copy(update={"held_on": far})
        },
        "a round that was never revealed": {"rounds": ()},
        "a sealed round": {
            "rounds": tuple(e.model_copy(update={"revealed": False}) for e in packed.rounds)
        },
        "wording that was not scored": shown_with(packed, gaps, domain=other),
        "a group that is not of the place": shown_with(
            packed, gaps, standings=(gaps[0].lowest.model_copy(update={"group": nobody}),)
        ),
        "an endless figure": shown_with(packed, gaps, middle=float("inf")),
    }

    for what, fields in forged.items():
        with pytest.raises(BadPack, match="was changed since"):
            pytest.fail(f"{what}: {len(packed_in(but(packed, **fields)).notes)}")


def test_a_comparison_that_is_left_out_is_missed(packed: Packed) -> None:
    check_meaning(packed)
    for field in ("gaps", "spreads", "first_spreads", "blanks"):
        fewer = dict(getattr(packed.shown, field))
        del fewer[Compare.TIER]
        shown = packed.shown.model_copy(update={field: fewer})

        with pytest.raises(ValueError, match="no such comparison"):
            check_meaning(packed.model_copy(update={"shown": shown}))


def shown_with(packed: Packed, gaps: tuple[Gap, ...], **fields: object) -> dict[str, object]:
    forged = (gaps[0].model_copy(update=fields), *gaps[1:])
    changed = packed.shown.gaps | {Compare.PARTNER: forged}
    return {"shown": packed.shown.model_copy(update={"gaps": changed})}


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
