"""Where groups stand, and which of them may be shown."""

import random
from collections.abc import Sequence
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from aqua_core.rules.agreement import spread_of
from aqua_core.rules.gaps import gaps_of, ranked
from aqua_core.rules.groups import shown_and_pooled
from aqua_core.vocabulary import CANNOT_SAY, Cast, Compare, Gap, Holder, Tier, Workshop
from tests.kit import plainly
from tests.kit.notation import room, workshop_of
from tests.kit.seeds import seeds

DOMAINS = ("leadership", "culture", "workforce")
THREE = """
                leadership  culture  workforce
    Council         2          0         -
    GPs             3          3         -
    Trust           2          5         4
"""


def gaps(table: str, compare: Compare = Compare.PARTNER, **how: Holder) -> tuple[Gap, ...]:
    return gaps_of(*room(table, **how), DOMAINS, compare)


def test_puts_the_widest_gap_first() -> None:
    first, *_ = ranked(gaps(THREE))

    assert (first.domain.key, first.lowest.group.name) == ("culture", "Council")
    assert (first.width, first.highest.group.name) == (5.0, "Trust")


def test_a_domain_that_one_group_scored_has_no_gap() -> None:
    *_, last = ranked(gaps(THREE))

    assert (last.domain.key, last.width, last.middle) == ("workforce", None, None)


def test_cannot_say_counts_for_no_mean() -> None:
    (culture,) = gaps_of(
        *room("""
                    culture
        Council        -
        Council        4
        Trust          1
    """),
        ("culture",),
        Compare.PARTNER,
    )

    assert (culture.width, culture.highest.scored) == (3.0, 1)


def test_tiers_can_be_compared_across_partners() -> None:
    (leadership,) = gaps_of(
        *room(
            """
                            leadership
            Council/board       4
            Council/front       1
            Trust/board         5
            Trust/front         2
        """
        ),
        ("leadership",),
        Compare.TIER,
    )

    assert [(standing.group.name, standing.mean) for standing in leadership.standings] == [
        ("Front line", 1.5),
        ("Board", 4.5),
    ]


def test_a_partner_with_fewer_than_three_scores_is_not_shown_alone() -> None:
    (leadership,) = gaps_of(
        *room(
            """
                        leadership
            Council         0
            Council         1
            Trust           5
            Trust           5
            Trust           4
            GPs             3
            GPs             3
            GPs             3
            GPs             2
        """,
            holder=Holder.PERSON,
        ),
        ("leadership",),
        Compare.PARTNER,
    )

    # The council's two would follow from the whole less the others: the smallest goes with it.
    assert [standing.group.name for standing in leadership.standings] == ["GPs"]
    assert (leadership.held_back, leadership.width) == (2, None)


def test_a_laptop_that_speaks_for_its_team_is_shown() -> None:
    first, *_ = gaps(THREE, holder=Holder.LAPTOP)

    assert len(first.standings) == 3


@given(some.dictionaries(some.text(max_size=3), some.integers(0, 9), max_size=8))
def test_what_is_pooled_reaches_the_guard_or_nothing_is_shown(sizes: dict[str, int]) -> None:
    shown, pooled = shown_and_pooled({name: [1] * size for name, size in sizes.items()}, 3)

    together = sum(sizes[name] for name in pooled)
    assert all(sizes[name] >= 3 for name in shown)
    assert not pooled or together >= 3 or not shown
    assert shown | pooled == {name for name, size in sizes.items() if size}


def seeded(seed: int) -> tuple[Workshop, list[Cast]]:
    dice = random.Random(seed)
    names = [(f"P{n}", tier) for n in range(dice.randint(2, 5)) for tier in list(Tier)[:2]]
    workshop = workshop_of(names, dice.choice(list(Holder)))
    casts = [
        Cast(
            domain=domain,
            round=1,
            seat_id=str(seat),
            team_id=dice.choice(workshop.teams).id,
            score=dice.choice([*range(6), CANNOT_SAY]),
        )
        for seat in range(dice.randint(0, 25))
        for domain in DOMAINS
    ]
    return workshop, casts


@seeds(1000, always=100)
@pytest.mark.parametrize("compare", Compare)
def test_each_figure_agrees_with_a_plainer_calculation_on_a_thousand_rooms(
    compare: Compare, seeds: range
) -> None:
    for seed in seeds:
        workshop, casts = seeded(seed)
        side = {
            Compare.PARTNER: lambda team: team.partner.id,
            Compare.TIER: lambda team: team.tier.value,
            Compare.TEAM: lambda team: team.id,
        }[compare]
        of_team = {team.id: side(team) for team in workshop.teams}
        every = gaps_of(workshop, casts, DOMAINS, compare)

        for gap, partners in zip(
            every, gaps_of(workshop, casts, DOMAINS, Compare.PARTNER), strict=True
        ):
            alone = {standing.group.id for standing in partners.standings}
            stand = plainly.compared(workshop, casts, gap.domain.key, alone)
            scored = [
                cast for cast in casts if cast.domain == gap.domain.key and cast.score != CANNOT_SAY
            ]
            plain: dict[str, list[int]] = {}
            for cast in scored:
                partner = cast.team_id.split()[0]
                if partner in alone if compare is Compare.PARTNER else cast.team_id in stand:
                    plain.setdefault(of_team[cast.team_id], []).append(int(cast.score))
            means = {key: Fraction(sum(all_), len(all_)) for key, all_ in plain.items()}
            assert {standing.group.id for standing in gap.standings} == means.keys()
            for standing in gap.standings:
                assert standing.mean == pytest.approx(float(means[standing.group.id]), abs=1e-12)
                assert standing.scored == len(plain[standing.group.id])
            shown = list(means.values())
            if len(shown) > 1:
                tenths = [floor(mean * 10 + Fraction(1, 2)) for mean in shown]
                assert gap.width == (max(tenths) - min(tenths)) / 10
                assert gap.middle == pytest.approx(float(sum(shown) / len(shown)), abs=1e-12)
            drawn_whole = [
                key
                for key, points in plain.items()
                if len(points) == sum(of_team[cast.team_id] == key for cast in scored)
            ]
            scoring = {of_team[cast.team_id] for cast in scored}
            assert gap.held_back == len(scoring) - len(drawn_whole)


@seeds(1000, always=100, also=(478,))  # 478: too alike to be shown
def test_marks_hold_every_score_and_pool_small_groups_on_a_thousand_rooms(
    seeds: Sequence[int],
) -> None:
    too_alike = 0
    for seed in seeds:
        workshop, casts = seeded(seed)
        domain = workshop.instrument.domains[0]

        spread = spread_of(workshop, casts, domain, Compare.PARTNER)

        points = sorted(
            int(cast.score)
            for cast in casts
            if cast.domain == domain.key and cast.score != CANNOT_SAY
        )
        guard = workshop.guard
        if spread.too_alike:
            # Few rooms that answer at random are so: see tests/rules/test_derivable.py for which.
            assert (guard, spread.marks, spread.mean) == (3, (), None)
            too_alike += 1
            continue
        expected = points if len(points) >= guard else []
        assert sorted(m.points for m in spread.marks for _ in range(m.seats)) == expected
        sizes: dict[str, int] = {}
        for mark in spread.marks:
            sizes[mark.group.id] = sizes.get(mark.group.id, 0) + mark.seats
        assert all(size >= guard for size in sizes.values())
        if expected:
            middle = len(expected) // 2
            odd = len(expected) % 2
            median = expected[middle] if odd else (expected[middle - 1] + expected[middle]) / 2
            assert spread.median == median
            assert spread.mean == pytest.approx(sum(expected) / len(expected), abs=1e-12)
    assert 0 < too_alike < len(seeds) / 100


@pytest.mark.slow
@settings(deadline=None)  # what it says holds however busy the machine is
@given(some.randoms(use_true_random=False))
def test_shuffling_the_seats_changes_nothing(dice: random.Random) -> None:
    workshop, casts = seeded(dice.randint(0, 9999))
    shuffled = list(casts)
    dice.shuffle(shuffled)

    for compare in Compare:
        before = gaps_of(workshop, casts, DOMAINS, compare)
        assert gaps_of(workshop, shuffled, DOMAINS, compare) == before


def test_a_group_keeps_its_slot_when_others_are_held_back() -> None:
    workshop, casts = seeded(7)
    all_slots = {
        standing.group.id: standing.group.slot
        for gap in gaps_of(workshop, casts, DOMAINS, Compare.PARTNER)
        for standing in gap.standings
    }

    fewer = [cast for cast in casts if cast.team_id != workshop.teams[0].id]

    for gap in gaps_of(workshop, fewer, DOMAINS, Compare.PARTNER):
        assert all(
            all_slots.get(standing.group.id, standing.group.slot) == standing.group.slot
            for standing in gap.standings
        )


def test_two_groupings_of_the_same_scores_never_give_a_small_team_away() -> None:
    workshop, casts = room(
        """
                        leadership
        Council/board       1
        Council/board       1
        Council/board       2
        Council/front       5
        Council/front       4
        Trust/board         3
        Trust/board         3
        Trust/board         3
    """,
        holder=Holder.PERSON,
    )
    domain = workshop.instrument.domains[0]

    by_partner = spread_of(workshop, casts, domain, Compare.PARTNER)
    by_team = spread_of(workshop, casts, domain, Compare.TEAM)
    by_tier = spread_of(workshop, casts, domain, Compare.TIER)

    assert {mark.group.name for mark in by_partner.marks} == {"Council", "Trust"}
    assert {mark.group.name for mark in by_team.marks} == {"Trust board", "Others together"}
    assert {mark.group.name for mark in by_tier.marks} == {"Board", "Others together"}
    for compare in (Compare.TEAM, Compare.TIER):
        (gap,) = gaps_of(workshop, casts, ("leadership",), compare)
        # The board drawn is the trust's: the council's could be taken off the council's five.
        assert [(standing.mean, standing.scored) for standing in gap.standings] == [(3.0, 3)]
        assert (gap.width, gap.held_back) == (None, 2)


def test_tiers_are_those_of_the_partners_in_which_no_team_is_small() -> None:
    workshop, casts = room(
        """
                        leadership
        Council/board       5
        Council/board       5
        Council/board       4
        Council/front       1
        Council/front       2
        Council/front       1
        Trust/board         0
        Trust/board         0
        Trust/board         0
        Trust/front         5
        GPs/front           3
        GPs/front           3
        GPs/front           2
    """,
        holder=Holder.PERSON,
    )

    (tiers,) = gaps_of(workshop, casts, ("leadership",), Compare.TIER)
    (teams,) = gaps_of(workshop, casts, ("leadership",), Compare.TEAM)

    assert [
        (standing.group.name, standing.mean, standing.scored) for standing in tiers.standings
    ] == [
        ("Front line", 2.0, 6),
        ("Board", pytest.approx(14 / 3), 3),
    ]
    assert [standing.group.name for standing in teams.standings] == [
        "Council front line",
        "GPs front line",
        "Council board",
    ]
    assert (tiers.held_back, teams.held_back) == (2, 2)


def test_exactly_one_point_apart_is_one_point() -> None:
    (leadership,) = gaps_of(
        *room("""
                   leadership
        Council        3
        Council        3
        Council        4
        Trust          4
        Trust          4
        Trust          5
    """),
        ("leadership",),
        Compare.PARTNER,
    )

    assert leadership.width == 1.0
