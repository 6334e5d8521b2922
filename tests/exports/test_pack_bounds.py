"""What a pack does not take along or take in: words that were taken back, and what would stall."""

import io
import random
import tracemalloc
import zipfile
from datetime import timedelta
from itertools import count
from unittest import mock

import pytest

from aqua_core.errors import BadPack
from aqua_core.exports import pack_reading as reading
from aqua_core.exports.pack_reading import (
    MOST_TEXTS,
    check_meaning,
    check_opens,
    packed_in,
)
from aqua_core.exports.pack_writing import (
    Note,
    Packed,
    ShownReason,
    check_size,
    pack_as_zip,
    unfolded,
)
from aqua_core.vocabulary import (
    CANNOT_SAY,
    MOST_SEATS,
    POINTS,
    Cast,
    Compare,
    Gap,
    Group,
    Holder,
    Tier,
)
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import set_topic_aside, take_topic
from aqua_core.workshop.exporting import session_pack
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from benchmarks.guard.rooms import KEYS, workshop_of
from benchmarks.guard.seen import leaves
from tests.exports.test_pack_talk import everything_in
from tests.kit.notation import made, seated
from tests.kit.noted import undone_in_an_older_file
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
    undone_in_an_older_file(workshop)
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
            times=alike,
        )
        for at in range(count)
    )


def test_what_was_taken_back_is_in_no_pack(packed: Packed) -> None:
    assert [(act.sequence, act.domain) for act in packed.card_acts] == [(1, "culture")]


def but(packed: Packed, **fields: object) -> bytes:
    return pack_as_zip(packed.model_copy(update=fields))


def test_a_forged_pack_is_refused_before_it_is_written_into_the_room(packed: Packed) -> None:
    team, seats = packed.workshop.teams[0], sum(of_team.seats for of_team in packed.progress)
    far = packed.workshop.held_on + timedelta(days=2_000_000)
    alone = packed.workshop.model_copy(update={"teams": (team,)})
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
        for kept in (fewer, {}):
            with pytest.raises(ValueError, match="no such comparison"):
                check_meaning(packed.model_copy(update=shown_but(packed, **{field: kept})))


def test_a_domain_that_is_shown_without_its_figures_is_missed(packed: Packed) -> None:
    fewer: list[dict[str, object]] = [
        {field: getattr(packed.shown, field) | {compare: ()}}
        for field in ("gaps", "spreads", "blanks")
        for compare in Compare
    ]

    for fields in (*fewer, {"levels": ()}):
        with pytest.raises(ValueError, match="lacks something"):
            check_meaning(packed.model_copy(update=shown_but(packed, **fields)))


def shown_but(packed: Packed, **fields: object) -> dict[str, object]:
    return {"shown": packed.shown.model_copy(update=fields)}


def shown_with(packed: Packed, gaps: tuple[Gap, ...], **fields: object) -> dict[str, object]:
    forged = (gaps[0].model_copy(update=fields), *gaps[1:])
    changed = packed.shown.gaps | {Compare.PARTNER: forged}
    return shown_but(packed, gaps=changed)


def test_a_pack_of_more_than_a_room_takes_is_refused_with_its_count(packed: Packed) -> None:
    crowd = packed.progress[0].model_copy(update={"seats": MOST_SEATS})
    heard = [Note(domain="culture", heard=f"Note {at}") for at in range(MOST_TEXTS + 1)]
    kept = len(packed.card_acts)
    assert len(packed_in(but(packed, notes=tuple(heard[: MOST_TEXTS - kept]))).notes) > 1_000

    with pytest.raises(BadPack, match="takes 1,000 seats, and this workshop has 1,001"):
        packed_in(but(packed, progress=(crowd, *packed.progress[1:])))
    with pytest.raises(BadPack, match="and other texts, and this workshop has 2,002"):
        packed_in(but(packed, notes=tuple(heard)))
    with pytest.raises(BadPack, match="takes 2,000 notes"):
        packed_in(but(packed, reasons=reasons(packed, 2, MOST_TEXTS)))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_cannot_be_bounded_while_it_unpacks_is_not_unpacked(method: int) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", method) as pack:
        pack.writestr("datapackage.json", bytes(40_000_000))
    assert len(bomb.getvalue()) < 10_000

    with (
        mock.patch.object(zipfile.ZipFile, "open", side_effect=AssertionError("unpacked")),
        pytest.raises(BadPack, match="This is no session pack"),
    ):
        packed_in(bomb.getvalue())


def test_what_unpacks_to_too_much_stops_at_the_bound() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("datapackage.json", bytes(200_000_000))
    tracemalloc.start()

    with pytest.raises(BadPack, match="unpacks to more than 8 MB"):
        packed_in(bomb.getvalue())

    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 40_000_000


def test_what_unfolds_to_too_much_is_refused() -> None:
    long = {"name": "x" * 1_000}
    check_size(unfolded([{"of": "a"}] * 30, {"a": long}), 31_000)

    with pytest.raises(ValueError, match="unfolds"):
        check_size(unfolded([{"of": "a"}] * 31, {"a": long}), 31_000)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(300))
def test_whatever_is_written_opens_up_to_a_thousand_seats(seed: int) -> None:
    dice = random.Random(seed)
    size = MOST_SEATS if seed < 3 else round(5 * 200 ** dice.random())
    names = [(at, tier) for at in range(dice.randint(2, 13)) for tier in list(Tier)[:3]]
    workshop = workshop_of(names, seed, guard=dice.choice((1, 3, 5)))
    seats = [(str(at), dice.choice(workshop.teams).id) for at in range(size)]
    casts = [
        Cast(domain=key, round=look, seat_id=seat, team_id=team, score=score)
        for key in KEYS
        for look in (1, 2)
        for seat, team in seats
        for score in [dice.choice((*POINTS, CANNOT_SAY))]
    ]

    pack = leaves(workshop, casts).pack

    check_opens(pack)
    assert packed_in(pack).progress[0].team == workshop.teams[0]


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
