"""What stands beside a seat's own scores: its team, else its partner, else the whole room."""

from fractions import Fraction
from statistics import median

import pytest

from aqua_core.rules.gaps import beside_of, gaps_of
from aqua_core.rules.guard import told_on
from aqua_core.rules.shown import seen_of
from aqua_core.vocabulary import (
    CANNOT_SAY,
    Cast,
    Compare,
    Holder,
    SeatResult,
    Tier,
    Whose,
    Workshop,
)
from tests.kit.notation import INSTRUMENT, room, workshop_of
from tests.kit.seeds import seeds
from tests.kit.shown_rooms import revealed
from tests.rules.test_whole import DOMAINS, seeded

SIX = ("Council", "Trust", "GPs", "Commissioners", "Mental health", "Voluntary")


def directors(guard: int) -> tuple[Workshop, list[Cast]]:
    """Give twelve directors, two a partner; now and then one cannot say."""
    workshop = workshop_of([(name, Tier.BOARD) for name in SIX], Holder.PERSON)
    workshop = workshop.model_copy(update={"guard": guard})
    return workshop, [
        Cast(
            domain=domain.key,
            round=1,
            seat_id=str(seat),
            team_id=workshop.teams[seat // 2].id,
            score=CANNOT_SAY if (seat + n) % 11 == 0 else (seat * 5 + seat // 3 + n) % 6,
        )
        for seat in range(12)
        for n, domain in enumerate(INSTRUMENT.domains)
    ]


def rows(workshop: Workshop, casts: list[Cast]) -> dict[str, tuple[SeatResult, ...]]:
    shown = seen_of(workshop, revealed(casts), casts).shown
    return {team.id: beside_of(shown, team) for team in workshop.teams}


@pytest.mark.parametrize(("guard", "whose"), [(1, Whose.TEAM), (3, Whose.ROOM), (5, Whose.ROOM)])
def test_each_of_twelve_directors_has_a_comparison_on_every_domain(
    guard: int, whose: Whose
) -> None:
    found = rows(*directors(guard))

    seen = [row for of_team in found.values() for row in of_team]
    assert len(seen) == 6 * 8
    assert {row.whose for row in seen} == {whose}
    assert all(row.private == (guard > 1) for row in seen)


def test_a_small_team_sees_its_partner_and_a_small_partner_sees_the_room() -> None:
    workshop, casts = room(
        """
                        leadership
        Council/board       1
        Council/board       2
        Council/front       5
        Trust/board         3
        Trust/board         3
        Trust/board         4
        GPs/board           0
        GPs/board           5
        GPs/board           5
        GPs/board           5
    """,
        holder=Holder.PERSON,
    )

    found = rows(workshop, casts)

    (council,), (trust,) = found["Council board"], found["Trust board"]
    assert (council.whose, council.figure) == (Whose.PARTNER, pytest.approx(8 / 3))
    # No team of the Trust or the GPs is small: both are compared as teams.
    assert (trust.lowest, trust.highest) == (pytest.approx(10 / 3), 3.75)
    assert council.private


@pytest.mark.parametrize(("answers", "unscored"), [("- 3 1", True), ("2 3 1", False)])
def test_a_team_that_could_not_say_is_told_so_where_others_are_shown(
    answers: str, unscored: bool
) -> None:
    council, trust, gps = answers.split()
    drawn = f"""
                leadership
    Council     {council}
    Trust       {trust}
    GPs         {gps}
    """

    ((row,), (other,), _) = rows(*room(drawn, holder=Holder.LAPTOP)).values()

    assert (row.whose, row.unscored) == (Whose.ROOM if unscored else Whose.TEAM, unscored)
    assert (other.whose, other.unscored) == (Whose.TEAM, False)


def test_who_is_kept_private_is_not_told_that_it_gave_no_score() -> None:
    found = rows(*directors(5))

    assert not any(row.unscored for of_team in found.values() for row in of_team)


def check_row(row: SeatResult, own: dict[str, list[int]], everyone: list[int]) -> None:
    """Work one row out again, from the scores as they were given."""
    assert row.whose is not None
    if row.whose is Whose.ROOM:
        assert (row.lowest, row.highest) == (min(everyone), max(everyone))
        assert row.figure == median(everyone)
        off = sum(abs(points - median(everyone)) for points in everyone) / len(everyone)
        assert row.spread == pytest.approx(off)
        return
    given = own[row.whose]
    assert row.figure == float(Fraction(sum(given), len(given)))
    assert row.lowest <= row.figure <= row.highest


@pytest.mark.long
@seeds(1000, always=100)
def test_every_figure_agrees_with_a_plainer_one_on_a_thousand_rooms(seeds: range) -> None:
    kinds: dict[Whose | None, int] = {}
    for seed in seeds:
        workshop, casts = seeded(seed)
        found = rows(workshop, casts)
        gaps = {by: gaps_of(workshop, casts, DOMAINS, by) for by in (Compare.TEAM, Compare.PARTNER)}
        for team in workshop.teams:
            for n, row in enumerate(found[team.id]):
                here = [
                    cast
                    for cast in casts
                    if cast.domain == row.domain.key and cast.score != CANNOT_SAY
                ]
                kinds[row.whose] = kinds.get(row.whose, 0) + 1
                if row.whose is None:
                    assert told_on(workshop, casts, row.domain.key).withheld
                    continue
                own = {
                    "team": [int(c.score) for c in here if c.team_id == team.id],
                    "partner": [
                        int(c.score) for c in here if c.team_id.split()[0] == team.partner.id
                    ],
                }
                check_row(row, own, [int(cast.score) for cast in here])
                nearer = gaps[Compare.TEAM][n]
                if row.whose is not Whose.TEAM:
                    shown = [side.group.id for side in nearer.standings]
                    assert nearer.width is None or team.id not in shown
    assert all(kinds[whose] > len(seeds) / 2 for whose in Whose)
