"""The samples: one of today that makes a room worth talking about, one of the paper's year."""

import csv
from collections.abc import Callable
from pathlib import Path
from statistics import fmean

import pytest

from aqua_core.vocabulary import USUAL_TERMS, Sector
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.looking_back import has_earlier_waves
from aqua_core.workshop.revealing import reveal
from aqua_core.workshop.sampling import OF_2014, try_sample
from aqua_core.workshop.showing import shown_now
from tests.kit.notation import DAY, INSTRUMENT

PLACES = Path(__file__).parents[2] / "data" / "places"
TODAY = PLACES / "sample.csv"
ROWS = list(csv.DictReader(TODAY.read_text("utf-8").splitlines()))
Row = dict[str, str]


def average(domain: str, of: Callable[[Row], bool]) -> float:
    return fmean(int(row[domain]) for row in ROWS if of(row) and row[domain])


def test_the_sample_is_of_today(facilitator: Caller) -> None:
    workshop = try_sample(facilitator, TODAY, INSTRUMENT, DAY)

    sectors = {partner.sector for partner in workshop.partners}
    assert {Sector.CARE_PROVIDERS, Sector.VOLUNTARY, Sector.USERS_AND_CARERS} <= sectors
    assert not [partner.name for partner in workshop.partners if "CCG" in partner.name]
    assert workshop.terms == USUAL_TERMS
    # Residents and carers have no board, and are not given one.
    tiers = [team.tier for team in workshop.teams if "Residents" in team.name]
    assert tiers == ["front line"]


def test_a_file_that_calls_managers_the_middle_is_read(facilitator: Caller, tmp_path: Path) -> None:
    before = tmp_path / "before.csv"
    before.write_text(TODAY.read_text("utf-8").replace(",managers,", ",middle,"), "utf-8")

    teams = try_sample(facilitator, before, INSTRUMENT, DAY).teams

    managers = next(team.name for team in teams if team.tier == "managers")
    assert managers == "City Council, managers"


@pytest.mark.slow
def test_the_sample_makes_a_room_worth_talking_about(facilitator: Caller) -> None:
    workshop = try_sample(facilitator, TODAY, INSTRUMENT, DAY)
    reveal(facilitator, workshop.code)

    assert len(shown_now(facilitator, workshop.code).topics) == 3
    board = average("leadership", lambda row: row["tier"] == "board")
    front = average("leadership", lambda row: row["tier"] == "front line")
    assert board - front > 2
    partners = {row["partner"] for row in ROWS}
    for domain in ("information", "finance"):
        of_each = [average(domain, lambda row, who=who: row["partner"] == who) for who in partners]
        assert max(of_each) - min(of_each) > 2
    assert average("workforce", lambda row: True) < 1.5
    culture = [row["culture"] for row in ROWS]
    assert sum(score in ("0", "1") for score in culture) >= 0.3 * len(ROWS)
    assert sum(score in ("4", "5") for score in culture) >= 0.3 * len(ROWS)
    silent = [row["governance"] == "" for row in ROWS if row["tier"] == "front line"]
    assert sum(silent) / len(silent) > 0.4


def test_the_papers_eight_stay_as_a_sample_marked_2014(facilitator: Caller) -> None:
    workshop = try_sample(facilitator, PLACES / "sample-2014.csv", INSTRUMENT, DAY, OF_2014)

    assert workshop.place.name == "Sample city of 2014"
    assert workshop.invented
    assert "North CCG" in [partner.name for partner in workshop.partners]


@pytest.mark.slow
def test_a_sample_that_is_tried_again_makes_no_second_wave(facilitator: Caller) -> None:
    for _ in range(2):
        workshop = try_sample(facilitator, TODAY, INSTRUMENT, DAY)
        reveal(facilitator, workshop.code)

        assert not has_earlier_waves(facilitator, workshop.code)
