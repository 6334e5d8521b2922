"""A sitting is sealed: until the wave's reveal nothing that is told hangs on its scores."""

import random
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from aqua_core.live import forget_all
from aqua_core.rules.shown import seen_of
from aqua_core.store.database import close_database, open_database, reading
from aqua_core.store.rounds import rounds_of
from aqua_core.vocabulary import CANNOT_SAY, Cast, Score, Tier, Workshop
from aqua_core.workshop import exporting, sitting_apart
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import stored_now
from aqua_core.workshop.foreseeing import foreseen_now
from aqua_core.workshop.joining import my_part, my_result
from aqua_core.workshop.noting import reasons_now
from aqua_core.workshop.placing import place_seen, places_now
from aqua_core.workshop.reading import room_now, stage_now
from aqua_core.workshop.revealing import open_scoring, resumable_now, reveal, unseen_now
from aqua_core.workshop.scoring import my_ballot, submit_score
from aqua_core.workshop.seating import seating_now
from aqua_core.workshop.showing import results_now, shown_now, tells_now
from pages._saying import or_its_sentence
from tests.kit.notation import DAY, made, seated
from tests.kit.one_room import facilitating
from tests.workshop.test_sittings import NAMES, TWO, scored


def the_calendar(caller: Caller, code: str) -> bytes:
    """Ask for the calendar as the page does: without a day it is a sentence."""
    return or_its_sentence(partial(exporting.review_calendar, caller, code))


TOLD: dict[str, Callable[[Caller, str], object]] = {
    deed.__name__: deed
    for deed in (
        *(results_now, shown_now, tells_now, room_now, foreseen_now, seating_now, stored_now),
        *(reasons_now, resumable_now, sitting_apart.sittings_now, sitting_apart.invitations),
        *(exporting.report_page, exporting.plan_csv, exporting.taken_now),
        the_calendar,
    )
}


def asked(facilitator: Caller, seat: Caller, codes: list[str]) -> dict[str, object]:
    """Ask everything that the facilitator and another seat may ask."""
    for code in codes:
        forget_all(code)
    told: dict[str, object] = {
        f"{name} {code}": deed(facilitator, code) for name, deed in TOLD.items() for code in codes
    }
    for deed in (my_ballot, my_result, my_part):
        told[deed.__name__] = deed(seat, codes[0])
    for code in codes:
        told[f"open {code}"] = (stage_now(code), unseen_now(code))
    (row,) = places_now(facilitator, DAY)
    return told | {"home": row, "place": place_seen(facilitator, row.place.id)}


@pytest.mark.slow
@pytest.mark.parametrize("scores", [(0, 0, 0), (5, 4, CANNOT_SAY)])
def test_nothing_hangs_on_a_sitting_before_the_reveal(
    tmp_path: Path, scores: tuple[Score, ...]
) -> None:
    base = tmp_path / "base" / "room.duckdb"
    base.parent.mkdir()
    open_database(base)
    facilitator = facilitating()
    day = made(facilitator, *NAMES)
    sitting = sitting_apart.set_up_sitting(facilitator, day.code, DAY, DAY)
    for workshop in (day, sitting):
        open_scoring(facilitator, workshop.code, TWO)
    seats = [scored(sitting, "Trust", 1, 1) for _ in range(3)]
    mine, *_ = [scored(day, team, 2, 3) for team in ("Council", "GPs") for _ in range(3)]
    close_database()

    told = []
    for at, given in enumerate(((1, 2, 3), scores)):
        shutil.copytree(base.parent, tmp_path / str(at))
        open_database(tmp_path / str(at) / "room.duckdb")
        for seat, score in zip(seats, given, strict=True):
            for domain in TWO:
                submit_score(seat, sitting.code, domain, score)
        before = asked(facilitator, mine, [day.code, sitting.code])
        reveal(facilitator, day.code)
        told.append((before, asked(facilitator, mine, [day.code, sitting.code])))
        close_database()

    (first, after), (other, other_after) = told
    assert first == other
    differ = {key for key in after if after[key] != other_after[key]}
    shows = {f"{name} {day.code}" for name in ("results_now", "shown_now", "report_page")}
    assert differ >= shows
    assert not {key for key in differ if key.endswith(f" {sitting.code}")}


@pytest.mark.parametrize("seed", range(6))
def test_a_wave_in_sittings_shows_what_one_room_shows(facilitator: Caller, seed: int) -> None:
    """The same people in one room give the same `Shown`: so the attack on it holds for sittings."""
    chance = random.Random(seed)
    day = made(facilitator, *NAMES, tiers=(Tier.BOARD, Tier.MIDDLE))
    rooms = [day, *(sitting(facilitator, day) for _ in range(2))]
    plain: list[Cast] = []
    for at in range(chance.randint(8, 20)):
        team = chance.choice(day.teams)
        seat, room = f"one room {at}", chance.choice(rooms)
        device = seated(room, team.name)
        for domain in TWO:
            score: Score = chance.choice([0, 1, 2, 3, 4, 5, CANNOT_SAY])
            submit_score(device, room.code, domain, score)
            cast = Cast(domain=domain, round=1, seat_id=seat, team_id=team.id, score=score)
            plain.append(cast)

    reveal(facilitator, day.code)

    with reading() as cursor:
        rounds = rounds_of(cursor, day.id)
    assert shown_now(facilitator, day.code) == seen_of(day, rounds, plain).shown


def sitting(facilitator: Caller, day: Workshop) -> Workshop:
    if stage_now(day.code) == "welcome":
        open_scoring(facilitator, day.code, TWO)
    apart = sitting_apart.set_up_sitting(facilitator, day.code, DAY, DAY)
    open_scoring(facilitator, apart.code, TWO)
    return apart
