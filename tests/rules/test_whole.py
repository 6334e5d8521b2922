"""The room over all its domains: each figure once more, plainer, on a thousand rooms."""

import random
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest

from aqua_core.rules.agreement import how_agreed, spread_of
from aqua_core.rules.gaps import gaps_of
from aqua_core.rules.room import read_room
from aqua_core.rules.whole import against_own_average, blanks_of, kinds_of, levels_of
from aqua_core.vocabulary import CANNOT_SAY, Cast, Compare, Holder, Tier, Workshop
from aqua_core.vocabulary.reading import HowAgreed, Level
from tests.kit.notation import room, workshop_of
from tests.kit.seeds import seeds

DOMAINS = ("leadership", "culture", "workforce")
UNEQUAL = """
              leadership  culture
    Council       0          1
    Trust         4          1
    Trust         4          -
    Trust         4          -
"""


def seeded(seed: int) -> tuple[Workshop, list[Cast]]:
    dice = random.Random(seed)
    names = [(f"P{n}", tier) for n in range(4) for tier in Tier if dice.random() < 0.6]
    workshop = workshop_of(names or [("P0", Tier.BOARD)], dice.choice(list(Holder)))
    teams = [dice.choice(workshop.teams).id for _ in range(dice.randint(0, 25))]
    return workshop, [
        Cast(
            domain=domain,
            round=1,
            seat_id=str(seat),
            team_id=team_id,
            score=dice.choice([*range(6), CANNOT_SAY]),
        )
        for seat, team_id in enumerate(teams)
        for domain in DOMAINS
    ]


def levels(workshop: Workshop, casts: tuple[Cast, ...] | list[Cast]) -> tuple[Level, ...]:
    readings = read_room(workshop, casts).domains
    return levels_of(workshop, casts, DOMAINS, readings)


def may_be_called(points: list[int], holder: Holder) -> set[HowAgreed]:
    """Give the words that scores allow: groups that stand off only ever make a room less close."""
    if holder is Holder.LAPTOP:
        if len(points) < 2:
            return {HowAgreed.UNCLEAR}
        width = max(points) - min(points)
        return {(HowAgreed.AGREED, HowAgreed.CLOSE, HowAgreed.APART)[min(width, 2)]}
    alone = how_agreed(points)
    close = {HowAgreed.CLOSE} if alone is HowAgreed.AGREED else set()
    return {alone, HowAgreed.APART, *close}


def said(figure: Fraction) -> str:
    """Round to 0.1 as by hand, on whole numbers alone."""
    return str(Decimal(floor(figure * 10 + Fraction(1, 2))).scaleb(-1))


def given(casts: list[Cast], domain: str) -> list[tuple[str, int]]:
    """Give (partner, points) of everyone who scored a domain."""
    return [
        (cast.team_id.split()[0], int(cast.score))
        for cast in casts
        if cast.domain == domain and cast.score != CANNOT_SAY
    ]


def silent(casts: list[Cast], domain: str, guard: int) -> list[str]:
    """Give the partners in which fewer than the guard answered, and nobody with points."""
    answered = [cast.team_id.split()[0] for cast in casts if cast.domain == domain]
    scored = {side for side, _ in given(casts, domain)}
    return [side for side in set(answered) - scored if answered.count(side) < guard]


def by_hand(scores: list[tuple[str, int]], guard: int, quiet: list[str]) -> Fraction:
    """Average the partners, small ones standing where the small ones stand together."""
    sizes = {side: sum(1 for one, _ in scores if one == side) for side, _ in scores}
    sizes |= dict.fromkeys(quiet, 0)
    small = [side for side in sizes if sizes[side] < guard]
    large = sorted((side for side in sizes if side not in small), key=lambda s: (-sizes[s], s))
    while small and large and sum(sizes[side] for side in small) < guard:
        small.append(large.pop())
    total = Fraction(0)
    for side in sizes:
        together = small if side in small else [side]
        points = [value for one, value in scores if one in together]
        total += Fraction(sum(points), len(points))
    return total / len(sizes)


def test_each_partner_weighs_the_same_and_heads_are_said_beside_it() -> None:
    leadership, culture, _ = levels(*room(UNEQUAL))

    assert (leadership.average, leadership.by_heads) == (2.0, 3.0)
    assert (culture.average, culture.by_heads) == (1.0, None)


def test_three_tenths_are_enough_to_say_both_and_less_is_not() -> None:
    # Council 0 twice, trust 1 three times: 0.5 against 0.6; with eight of the trust, against 0.8.
    def leadership(trust: int) -> Level:
        lines = ["Council 0"] * 2 + ["Trust 1"] * trust
        return levels(*room("\n".join(["leadership", *lines])))[0]

    assert leadership(3).by_heads is None
    assert leadership(7).by_heads is None
    assert leadership(8).by_heads == 0.8


# 115: a domain too alike to be shown; 322: a pool of one mind, told with the whole room.
@pytest.mark.slow
@seeds(1000, always=100, also=(115, 322))
def test_levels_agree_with_a_plainer_calculation_on_a_thousand_rooms(seeds: Sequence[int]) -> None:
    together = withheld = 0
    for seed in seeds:
        workshop, casts = seeded(seed)
        guard = 1 if workshop.holder is Holder.LAPTOP else 3
        for level in levels(workshop, casts):
            scores = given(casts, level.domain.key)
            seen = spread_of(workshop, casts, level.domain, Compare.PARTNER)
            if len(scores) < guard or seen.too_alike:
                assert (level.counts, level.average, level.by_heads) == ((), None, None)
                withheld += seen.too_alike
                continue
            points = [value for _, value in scores]
            average = by_hand(scores, guard, silent(casts, level.domain.key, guard))
            heads = Fraction(sum(points), len(points))
            if average != heads and all(mark.group.slot < 0 for mark in seen.marks):
                average, together = heads, together + 1
            assert level.counts == tuple(points.count(value) for value in range(6))
            assert level.average == float(average)
            apart = abs(average - heads) >= Fraction(3, 10)
            assert level.by_heads == (float(heads) if apart else None)
            assert level.how_agreed in may_be_called(points, workshop.holder)
            half = len(points) // 2
            assert level.middle == (sorted(points)[half] + sorted(points)[-half - 1]) / 2
            spread = spread_of(workshop, casts, level.domain, Compare.TEAM)
            assert (spread.average, spread.by_heads) == (level.average, level.by_heads)
    # A pool that said the same is told with the whole room: 1 in 36 pools of three at random do.
    assert 0 < together < len(seeds) / 50
    assert 0 < withheld < len(seeds) / 100


@seeds(1000, always=100)
def test_blanks_agree_with_a_plainer_calculation_on_a_thousand_rooms(seeds: range) -> None:
    for seed in seeds:
        workshop, casts = seeded(seed)
        for blanks in blanks_of(workshop, casts, DOMAINS, Compare.PARTNER):
            here = [cast for cast in casts if cast.domain == blanks.domain.key]
            alone = [side for side in blanks.sides if side.group.slot >= 0]
            for side in alone:
                own = [cast for cast in here if cast.team_id.split()[0] == side.group.id]
                assert side.answered == len(own)
                assert side.cannot_say == sum(cast.score == CANNOT_SAY for cast in own)
            named = {side.group.id for side in alone}
            rest = [cast for cast in here if cast.team_id.split()[0] not in named]
            for pool in (side for side in blanks.sides if side.group.slot < 0):
                assert pool.answered == len(rest)
                assert pool.cannot_say == sum(cast.score == CANNOT_SAY for cast in rest)


@seeds(1000, always=100)
def test_kinds_and_own_averages_agree_with_a_plainer_calculation_on_a_thousand_rooms(
    seeds: range,
) -> None:
    for seed in seeds:
        workshop, casts = seeded(seed)
        gaps = gaps_of(workshop, casts, DOMAINS, Compare.PARTNER)
        mean = {
            (side.group.id, gap.domain.key): Fraction(
                sum(v for who, v in given(casts, gap.domain.key) if who == side.group.id),
                side.scored,
            )
            for gap in gaps
            for side in gap.standings
        }
        for gap in against_own_average(gaps):
            for side in gap.standings:
                own = [figure for (who, _), figure in mean.items() if who == side.group.id]
                assert len(own) > 1
                plain = mean[side.group.id, gap.domain.key] - sum(own) / len(own)
                assert side.mean == float(plain)
        for kind in kinds_of(gaps):
            keys = ("leadership", "culture") if kind.domain.key == "physiology" else ("workforce",)
            whole = {who for who, _ in mean if all((who, key) in mean for key in keys)}
            assert {side.group.id for side in kind.standings} == whole
            for side in kind.standings:
                plain = sum(mean[side.group.id, key] for key in keys) / len(keys)
                assert side.mean == float(plain)
            if len(whole) > 1:
                figures = [sum(mean[who, key] for key in keys) / len(keys) for who in whole]
                assert kind.middle == float(sum(figures) / len(figures))
                assert kind.width == float(
                    Decimal(said(max(figures))) - Decimal(said(min(figures)))
                )


def test_a_strict_group_stands_level_once_it_is_measured_from_its_own_average() -> None:
    workshop, casts = room("""
                  leadership  culture  workforce
        Council       1          2         0
        Trust         4          5         3
    """)
    gaps = gaps_of(workshop, casts, DOMAINS, Compare.PARTNER)

    assert [gap.width for gap in gaps] == [3.0, 3.0, 3.0]
    assert [gap.width for gap in against_own_average(gaps)] == [0.0, 0.0, 0.0]


def test_a_group_shown_on_one_domain_has_no_figure_against_itself() -> None:
    workshop, casts = room("""
                  leadership  culture
        Council       1          -
        Trust         4          5
        GPs           2          2
    """)
    gaps = gaps_of(workshop, casts, DOMAINS, Compare.PARTNER)

    leadership, *_ = against_own_average(gaps)
    assert [side.group.name for side in leadership.standings] == ["Trust", "GPs"]


def test_a_room_that_could_not_say_has_no_level() -> None:
    leadership, *_ = levels(*room("leadership\nCouncil -\nTrust -"))

    assert (leadership.how_high, leadership.how_agreed.value) == (None, "unclear")
    assert leadership.cannot_say == 2
