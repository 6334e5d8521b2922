"""Gaps along a line: shuffling badges, exact where that is short, the same on every refresh."""

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import product
from math import sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from aqua_core.rules.ballots import ballots_of
from aqua_core.rules.ballots import seated as seated_in_order
from aqua_core.rules.guard import told_on
from aqua_core.rules.lines import (
    MOST_LISTED,
    SHUFFLES,
    Along,
    arranged,
    centred,
    count_of,
    gaps_along,
    permutation_sds,
    seed_of,
    sums_by_group,
    ways_of,
)
from aqua_core.rules.room import scene_of
from aqua_core.vocabulary import CANNOT_SAY, Cast, Compare, Holder, Tier, Workshop
from tests.kit.notation import INSTRUMENT, room, workshop_of
from tests.rules.test_small_groups import seeded

ORACLE = json.loads((Path(__file__).parent / "agreement_oracle.json").read_text("utf-8"))
NEAR = 1e-9
SEED = 7
KEYS = [domain.key for domain in INSTRUMENT.domains]


def along(workshop: Workshop, casts: list[Cast] | tuple[Cast, ...], line: Compare) -> Along | None:
    return gaps_along(ballots_of(workshop, casts), line, SEED)


def seated_at(rows: list[tuple[str, Tier, list[int]]]) -> tuple[Workshop, list[Cast]]:
    workshop = workshop_of([(name, tier) for name, tier, _ in rows])
    return workshop, [
        Cast(domain=key, round=1, seat_id=str(at), team_id=f"{name} {tier}", score=points)
        for at, (name, tier, ballot) in enumerate(rows)
        for key, points in zip(KEYS, ballot, strict=False)
    ]


@pytest.mark.parametrize("name", ORACLE["teams"])
def test_the_gap_of_two_teams_is_the_difference_of_the_oracles_means(name: str) -> None:
    teams, exact = (ORACLE["teams"][name][key] for key in ("teams", "stats"))
    rows = [(f"T{at}", Tier.BOARD, [points]) for at, cast in enumerate(teams) for points in cast]

    gaps = along(*seated_at(rows), Compare.PARTNER)

    # Cliff's delta and superiority are left out: the method says a gap in points, not in ranks.
    # Medians of teams and the widest pair are another screen's (rules.gaps, test_gaps).
    assert gaps is not None
    heads = dict(enumerate(exact["sizes"]))
    whole = sum(size * exact["means"][at] for at, size in heads.items())
    for at, size in heads.items():
        rest = (whole - size * exact["means"][at]) / (sum(heads.values()) - size)
        gap = gaps.gaps[f"T{at}", KEYS[0]]
        assert float(gap) == pytest.approx(exact["means"][at] - rest, abs=NEAR)
    if len(teams) == 2:
        assert abs(gaps.gaps["T0", KEYS[0]]) == pytest.approx(exact["max_gap"], abs=NEAR)


def strata_of(name: str) -> tuple[list[tuple[str, Tier, list[int]]], dict[str, float]]:
    case = ORACLE["strata"][name]
    tiers = {"board": Tier.BOARD, "front": Tier.FRONT_LINE}
    rows = [
        (partner, tiers[tier], [points])
        for tier, partners in case["level_partner_votes"].items()
        for partner, votes in partners.items()
        for points in votes
    ]
    return rows, case["stats"]


def between_inside_strata(labels: np.ndarray, strata: np.ndarray, votes: np.ndarray) -> float:
    """Give the oracle's statistic: the sum of squares between groups, added over strata."""
    total = 0.0
    for stratum in set(strata):
        here = strata == stratum
        middle = votes[here].mean()
        for label in set(labels[here]):
            mine = votes[here & (labels == label)]
            total += len(mine) * (mine.mean() - middle) ** 2
    return total


@pytest.mark.parametrize("name", ORACLE["strata"])
@pytest.mark.parametrize(
    ("line", "said"),
    [(Compare.PARTNER, "partner_within_level"), (Compare.TIER, "level_within_partner")],
)
def test_every_arrangement_inside_strata_is_listed_once(
    name: str, line: Compare, said: str
) -> None:
    rows, exact = strata_of(name)
    partner, tier = (sorted({row[at] for row in rows}) for at in (0, 1))
    sides = [(partner.index(row[0]), tier.index(row[1])) for row in rows]
    sides = sides if line is Compare.PARTNER else [(other, one) for one, other in sides]
    sides, votes = zip(
        *sorted(zip(sides, (row[2][0] for row in rows), strict=True), key=lambda row: row[0][1]),
        strict=True,
    )
    labels, strata = (np.array([side[at] for side in sides]) for at in (0, 1))

    listed, all_of_them = arranged(labels, strata, SEED)

    assert all_of_them
    assert len({tuple(row) for row in listed}) == len(listed) == count_of(labels, strata)
    kind = "partner" if line is Compare.PARTNER else "level"
    assert len(listed) == exact[f"{kind}_arrangements"]
    points = np.array(votes, dtype=float)
    as_it_is = between_inside_strata(labels, strata, points)
    as_wide = sum(between_inside_strata(row, strata, points) >= as_it_is - NEAR for row in listed)
    assert as_wide / len(listed) == pytest.approx(exact[f"{said}_p"], abs=NEAR)


# The oracle adds squares over strata, so a gap that turns round in one tier counts as wide; the
# method adds the votes themselves and keeps the sign. Where the two differ the method's own
# share is given: 2 of 400 arrangements have every high vote on one side in both tiers.
@pytest.mark.parametrize(
    ("name", "partners", "tiers"),
    [("s01_pure_partner", 2 / 400, 1.0), ("s03_confounded", 1.0, 1.0), ("s04_none", 1.0, 1.0)],
)
def test_a_line_is_sought_inside_the_other_factor(name: str, partners: float, tiers: float) -> None:
    rows, exact = strata_of(name)

    by_partner = along(*seated_at(rows), Compare.PARTNER)
    by_tier = along(*seated_at(rows), Compare.TIER)

    assert by_partner is not None
    assert by_tier is not None
    assert by_partner.arrangements == exact["partner_arrangements"]
    assert by_tier.arrangements == exact["level_arrangements"]
    assert list(by_partner.shares.values()) == pytest.approx([partners] * 2, abs=NEAR)
    assert list(by_tier.shares.values()) == pytest.approx([tiers] * 2, abs=NEAR)


def test_a_partner_alone_in_its_tier_has_one_arrangement() -> None:
    gaps = along(
        *room("""
                        leadership
            Trust/board     5
            Trust/board     5
            Trust/board     4
            Council/front   1
            Council/front   1
            Council/front   2
        """),
        Compare.PARTNER,
    )

    assert gaps is not None
    assert (gaps.ways, gaps.arrangements) == ({"Council": 1, "Trust": 1}, 1)
    assert set(gaps.shares.values()) == {1.0}


def test_the_largest_gap_of_every_shuffle_is_what_a_gap_is_held_against() -> None:
    (case,) = ORACLE["maxT"].values()
    exact = case["stats"]
    rows = [
        (f"T{team}", Tier.BOARD, ballot)
        for team, ballot in zip(case["teams"], case["people_by_domain"], strict=True)
    ]
    workshop, casts = seated_at(rows)
    ballots = ballots_of(workshop, casts)

    gaps = gaps_along(ballots, Compare.TEAM, SEED)

    assert gaps is not None
    assert gaps.arrangements == exact["arrangements"]
    for team in gaps.groups:
        shares = [gaps.shares[team, key] for key in KEYS]
        assert shares == pytest.approx(exact["maxT_adjusted_p"], abs=NEAR)
    # The raw share of each domain is never shown; it follows from the same sums.
    labels = np.array([gaps.groups.index(team.id) for team in ballots.teams])
    strata = np.zeros_like(labels)
    votes = centred(ballots.points, strata)
    listed, _ = arranged(labels, strata, SEED)
    sums = np.abs(sums_by_group(listed, votes, 2)[:, 0])
    as_it_is = np.abs(sums_by_group(labels[None, :], votes, 2)[0, 0])
    assert (sums >= as_it_is - NEAR).mean(axis=0) == pytest.approx(exact["raw_p"], abs=NEAR)
    # And share_between is the square of z over n - 1: the two order every arrangement alike.
    z = as_it_is / permutation_sds(votes, labels, strata)[0]
    assert z**2 / (len(labels) - 1) == pytest.approx(exact["share_between"], abs=NEAR)


def test_the_sd_of_a_sum_is_the_sd_over_every_arrangement() -> None:
    labels, strata = np.array([0, 0, 1, 0, 1, 2, 2]), np.array([0, 0, 0, 1, 1, 1, 1])
    votes = centred(np.array([[0.0], [5], [3], [1], [np.nan], [4], [2]]), strata)

    sums = sums_by_group(arranged(labels, strata, SEED)[0], votes, 3)

    assert permutation_sds(votes, labels, strata) == pytest.approx(sums.std(axis=0), abs=NEAR)


@pytest.mark.parametrize("sizes", [(3, 3), (2, 2, 2), (1, 4), (2, 3, 3)])
def test_ways_and_arrangements_are_counted_as_they_are_listed(sizes: tuple[int, ...]) -> None:
    labels = np.repeat(np.arange(len(sizes)), sizes)
    strata = np.zeros_like(labels)

    listed, all_of_them = arranged(labels, strata, SEED)

    assert all_of_them
    assert len(listed) == count_of(labels, strata) <= MOST_LISTED
    first = {tuple(row == 0) for row in listed}
    assert len(first) == ways_of(0, labels, strata)


def test_shuffles_stay_inside_their_stratum() -> None:
    labels, strata = np.tile(np.arange(5), 8), np.repeat(np.arange(2), 20)

    shuffled, all_of_them = arranged(labels, strata, SEED)

    assert not all_of_them
    assert shuffled.shape == (SHUFFLES, 40)
    for half in (shuffled[:, :20], shuffled[:, 20:]):
        assert (np.sort(half, axis=1) == np.sort(labels[:20])).all()


def test_one_group_has_nobody_to_stand_apart_from() -> None:
    assert (
        along(
            *room("""
                        leadership
                Council     2
                Council     5
            """),
            Compare.PARTNER,
        )
        is None
    )


def test_blanks_travel_with_their_ballot() -> None:
    table = """
                    leadership culture
        Council         1         -
        Council         1         0
        Council         -         0
        Council         1         1
        Trust           4         4
        Trust           4         -
        Trust           5         5
        Trust           5         4
    """

    gaps = along(*room(table), Compare.PARTNER)

    assert gaps is not None
    assert float(gaps.gaps["Council", "leadership"]) == pytest.approx(1 - 4.5, abs=NEAR)
    assert float(gaps.gaps["Council", "culture"]) == pytest.approx(1 / 3 - 13 / 3, abs=NEAR)
    # Both votes of 3 against 4 count all 70 ways to seat eight ballots, not 35 of seven.
    assert gaps.arrangements == 70


def crowd(seed: int, seats: int = 18) -> tuple[Workshop, list[Cast]]:
    dice = random.Random(seed)
    names = list(product(("Council", "GPs", "Trust"), (Tier.BOARD, Tier.FRONT_LINE)))
    workshop = workshop_of(names, Holder.PERSON)
    return workshop, [
        Cast(
            domain=key,
            round=1,
            seat_id=str(seat),
            team_id=workshop.teams[seat % len(names)].id,
            score=dice.choice([*range(6), CANNOT_SAY]),
        )
        for seat in range(seats)
        for key in KEYS[:4]
    ]


@settings(max_examples=15, deadline=None)
@given(some.integers(0, 999), some.randoms(use_true_random=False), some.sampled_from(Compare))
def test_who_sat_where_in_the_list_says_nothing(
    seed: int, dice: random.Random, line: Compare
) -> None:
    workshop, casts = crowd(seed)
    seats, teams = [str(seat) for seat in range(99)], list(workshop.teams)
    dice.shuffle(seats)
    dice.shuffle(teams)
    renamed = [cast.model_copy(update={"seat_id": seats[int(cast.seat_id)]}) for cast in casts]
    dice.shuffle(renamed)

    shuffled = along(workshop.model_copy(update={"teams": tuple(teams)}), renamed, line)

    assert shuffled == along(workshop, casts, line)


TIERS = """
                    leadership  culture
    Trust/board         5          3
    Trust/board         4          2
    Trust/board         5          3
    Trust/front         1          4
    Trust/front         2          3
    Trust/front         1          1
    Council/board       4          2
    Council/board       3          4
    Council/board       4          5
    Council/front       2          0
    Council/front       2          2
    Council/front       3          1
"""


def test_along_tiers_a_partner_with_a_small_team_is_as_if_it_were_not_there() -> None:
    beside = "GPs/board 0 1\nGPs/board 0 2\nGPs/board 1 0\nGPs/front 5 4"
    lines = scene_of(*room(TIERS + beside, Holder.PERSON)).lines

    (tiers,) = [line for line in lines if line.line is Compare.TIER]

    assert tiers == along(*room(TIERS, Holder.PERSON), Compare.TIER)
    assert tiers.arrangements == 400


def test_a_domain_on_which_a_team_is_small_is_blank_for_its_partners_tiers_alone() -> None:
    one_blank = TIERS.replace(
        "Council/front       3          1", "Council/front       3          -"
    )
    lines = scene_of(*room(one_blank, Holder.PERSON)).lines
    full = along(*room(TIERS, Holder.PERSON), Compare.TIER)
    trust = along(*room(TIERS.split("    Council", 1)[0], Holder.PERSON), Compare.TIER)

    (tiers,) = [line for line in lines if line.line is Compare.TIER]

    assert full is not None
    assert trust is not None
    for (group, domain), found in tiers.gaps.items():
        whole = full if domain == "leadership" else trust
        assert found == whole.gaps[group, domain]


@pytest.mark.slow
def test_a_new_process_draws_the_same_shuffles() -> None:
    told = (
        "from aqua_core.rules.lines import seed_of, arranged; import numpy as np;"
        "seed = seed_of('w', [1, 2], '2026-11-22');"
        "drawn, _ = arranged(np.arange(9), np.zeros(9, int), seed); print(seed, drawn[:3].tolist())"
    )

    said = {
        subprocess.run(
            [sys.executable, "-c", told], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    }

    seed = seed_of("w", [1, 2], "2026-11-22")
    drawn, _ = arranged(np.arange(9), np.zeros(9, int), seed)
    assert said == {f"{seed} {drawn[:3].tolist()}\n"}


def test_another_room_round_or_wave_draws_other_shuffles() -> None:
    seeds = {
        seed_of(workshop, rounds, wave)
        for workshop in ("w", "v")
        for rounds in ([1], [1, 2])
        for wave in ("2026-05-22", "2026-11-22")
    }

    assert len(seeds) == 8


def test_a_drawn_share_lies_by_the_listed_one(monkeypatch: pytest.MonkeyPatch) -> None:
    workshop, casts = crowd(3, seats=12)
    listed = along(workshop, casts, Compare.TIER)

    monkeypatch.setattr("aqua_core.rules.lines.MOST_LISTED", 0)
    drawn = along(workshop, casts, Compare.TIER)

    assert listed is not None
    assert drawn is not None
    for key, share in listed.shares.items():
        assert abs(drawn.shares[key] - share) <= 4 * sqrt(share * (1 - share) / SHUFFLES) + 0.001


def test_as_many_seats_of_a_team_hold_answers_as_gave_any() -> None:
    """Screens count them; plainly, over rooms of which many seats leave a domain out."""
    for seed in range(100):
        workshop, casts = seeded(seed)
        dice = random.Random(seed)
        some_of = [cast for cast in casts if dice.random() < 0.7]
        told = {
            domain: told_on(workshop, some_of, domain) for domain in {c.domain for c in some_of}
        }

        found = seated_in_order(some_of, told)

        assert seats_by_team(found) == seats_by_team(some_of), seed
        assert answers_by_team(found) == answers_by_team(some_of), seed
        assert len({(cast.domain, cast.seat_id) for cast in found}) == len(found), seed


def seats_by_team(casts: Sequence[Cast]) -> Counter[str]:
    return Counter(team for team, _ in {(cast.team_id, cast.seat_id) for cast in casts})


def answers_by_team(casts: Sequence[Cast]) -> Counter[tuple[str, str, str]]:
    return Counter((cast.domain, cast.team_id, str(cast.score)) for cast in casts)
