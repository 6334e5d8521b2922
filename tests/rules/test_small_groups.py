"""Nothing that is shown together gives a small group away, whoever does the sums."""

import random
from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from aqua_core.rules.agreement import spread_of
from aqua_core.rules.gaps import gaps_of
from aqua_core.rules.groups import POOL, groups_of, points_by_group
from aqua_core.rules.guard import pooled_partners, told_on
from aqua_core.rules.whole import against_own_average, blanks_of, by_partner, kinds_of
from aqua_core.vocabulary import CANNOT_SAY, Cast, Compare, Gap, Group, Holder, Tier, Workshop
from tests.kit.notation import workshop_of
from tests.kit.seeds import seeds

DOMAINS = ("leadership", "culture", "finance", "workforce")
Cell = tuple[str, str]
"""A seat and a domain."""
Row = dict[Cell, float]
"""A figure as weights of single scores: what somebody who does sums would write down."""


def seeded(seed: int) -> tuple[Workshop, list[Cast]]:
    dice = random.Random(seed)
    names = [(f"P{n}", tier) for n in range(4) for tier in Tier if dice.random() < 0.6]
    workshop = workshop_of(names or [("P0", Tier.BOARD)], Holder.PERSON)
    seats = [(dice.choice(workshop.teams).id, str(n)) for n in range(dice.randint(0, 24))]
    return workshop, [
        Cast(domain=domain, round=1, seat_id=seat, team_id=team_id, score=_score(dice))
        for team_id, seat in seats
        for domain in DOMAINS
        if dice.random() < 0.95
    ]


def _score(dice: random.Random) -> int | str:
    return CANNOT_SAY if dice.random() < 0.2 else dice.randint(0, 5)


def cells(casts: list[Cast], teams: set[str], domain: str) -> list[Cell]:
    return [
        (cast.seat_id, domain)
        for cast in casts
        if cast.domain == domain and cast.team_id in teams and cast.score != CANNOT_SAY
    ]


def mean_of(some: list[Cell]) -> Row:
    return {cell: 1 / len(some) for cell in some}


def mixed(rows: list[Row], weights: list[float]) -> Row:
    mix: Row = {}
    for row, weight in zip(rows, weights, strict=True):
        for cell, part in row.items():
            mix[cell] = mix.get(cell, 0) + part * weight
    return mix


def average(rows: list[Row]) -> Row:
    return mixed(rows, [1 / len(rows)] * len(rows))


class Figures:
    """Every figure of every view as weights; each is checked to be what the view shows."""

    def __init__(self, workshop: Workshop, casts: list[Cast]) -> None:
        self.workshop, self.casts = workshop, casts
        self.value = {(c.seat_id, c.domain): c.score for c in casts if isinstance(c.score, int)}
        self.rows: list[Row] = []
        for compare in Compare:
            self.compare(compare)
        for domain in DOMAINS:
            self.rows += averages(workshop, casts, domain, self.value)

    def seen(self, figure: float | None, row: Row) -> Row:
        assert sum(self.value[cell] * part for cell, part in row.items()) == pytest.approx(figure)
        self.rows.append(row)
        return row

    def compare(self, compare: Compare) -> None:
        gaps = gaps_of(self.workshop, self.casts, DOMAINS, compare)
        means = self.means(gaps, compare)
        for gap in gaps:
            self.middles(gap, [means[side.group.id, gap.domain.key] for side in gap.standings])
        for gap in against_own_average(gaps):
            for side in gap.standings:
                own = average([row for (g, _), row in means.items() if g == side.group.id])
                self.seen(side.mean, mixed([means[side.group.id, gap.domain.key], own], [1, -1]))
        for kind in kinds_of(gaps):
            keys = [gap.domain.key for gap in gaps if gap.domain.kind == kind.domain.key]
            for side in kind.standings:
                self.seen(side.mean, average([means[side.group.id, key] for key in keys]))
        self.rows += pooled_marks(self.workshop, self.casts, compare)

    def means(self, gaps: tuple[Gap, ...], compare: Compare) -> dict[tuple[str, str], Row]:
        return {
            (side.group.id, gap.domain.key): self.seen(
                side.mean,
                mean_of(
                    cells(
                        self.casts,
                        standing(self.workshop, self.casts, gap.domain.key, side.group, compare),
                        gap.domain.key,
                    )
                ),
            )
            for gap in gaps
            for side in gap.standings
        }

    def middles(self, gap: Gap, here: list[Row]) -> None:
        if gap.middle is not None:
            self.seen(gap.middle, average(here))
        if gap.by_heads is not None:
            scored = sum(side.scored for side in gap.standings)
            self.seen(gap.by_heads, mixed(here, [side.scored / scored for side in gap.standings]))


def standing(
    workshop: Workshop, casts: list[Cast], domain: str, group: Group, compare: Compare
) -> set[str]:
    """Give the teams that are counted in a group on a domain, as who knows the rule knows."""
    counted = told_on(workshop, casts, domain).counted[compare]
    return {team for team, own in counted.items() if own.id == group.id}


def pooled_marks(workshop: Workshop, casts: list[Cast], compare: Compare) -> Iterator[Row]:
    """Give the sum of each group of marks: one domain shows groups and the pool."""
    for domain in (d for d in workshop.instrument.domains if d.key in DOMAINS):
        spread = spread_of(workshop, casts, domain, compare)
        if spread.marks:
            everyone = {team.id for team in workshop.teams}
            shown = {
                team_id
                for group in {mark.group for mark in spread.marks}
                for team_id in standing(workshop, casts, domain.key, group, compare)
                if group != POOL
            }
            yield dict.fromkeys(cells(casts, everyone - shown, domain.key), 1.0)


def averages(
    workshop: Workshop, casts: list[Cast], domain: str, value: dict[Cell, int]
) -> Iterator[Row]:
    """Give the partners' average, whose weights are found by asking for it once a score."""
    given = [c for c in casts if c.domain == domain and isinstance(c.score, int)]
    told = told_on(workshop, casts, domain)
    if told.withheld:
        return
    groups = groups_of(workshop.teams, Compare.PARTNER)

    def asked(only: Cast) -> float:
        points = [(c.team_id, int(c is only)) for c in given]
        return float(by_partner(points_by_group(points, groups), pooled_partners(workshop, told)))

    row = {(cast.seat_id, domain): asked(cast) for cast in given}
    spread = spread_of(
        workshop,
        casts,
        next(d for d in workshop.instrument.domains if d.key == domain),
        Compare.TEAM,
    )
    assert spread.average == pytest.approx(sum(value[cell] * part for cell, part in row.items()))
    yield row


def secrets_of(workshop: Workshop, casts: list[Cast]) -> Iterator[Row]:
    """Give what must stay hidden: each seat's score, each small group's sum, on each domain."""
    for cast in casts:
        if isinstance(cast.score, int):
            yield {(cast.seat_id, cast.domain): 1.0}
    for compare, domain in product(Compare, DOMAINS):
        for group in {group.id for group in groups_of(workshop.teams, compare).values()}:
            teams = {t for t, g in groups_of(workshop.teams, compare).items() if g.id == group}
            small = cells(casts, teams, domain)
            if 0 < len(small) < 3:
                yield dict.fromkeys(small, 1.0)
    yield from totals_of_few(casts)


def totals_of_few(casts: list[Cast]) -> Iterator[Row]:
    """Give each seat's own total: a mean of one person."""
    for seat in {cast.seat_id for cast in casts}:
        own = {
            (seat, c.domain): 1.0 for c in casts if c.seat_id == seat and isinstance(c.score, int)
        }
        if own:
            yield own


def found(rows: list[Row], wanted: list[Row]) -> list[Row]:
    """Give what follows from the rows by sums and differences alone: rank stays as it is."""
    order = {cell: n for n, cell in enumerate({c for row in [*rows, *wanted] for c in row})}

    def matrix(some: list[Row]) -> np.ndarray:
        written = np.zeros((len(some), len(order)))
        for n, row in enumerate(some):
            for cell, part in row.items():
                written[n, order[cell]] = part
        return written

    known = matrix(rows)
    _, sizes, across = np.linalg.svd(known, full_matrices=False)
    basis = across[sizes > 1e-9]
    left = matrix(wanted) - (matrix(wanted) @ basis.T) @ basis
    return [row for row, rest in zip(wanted, left, strict=True) if np.abs(rest).max() < 1e-7]


@seeds(200, always=40)
def test_no_small_group_follows_from_all_that_is_shown_in_two_hundred_rooms(seeds: range) -> None:
    tried = 0
    for seed in seeds:
        workshop, casts = seeded(seed)
        rows = [row for row in Figures(workshop, casts).rows if row]
        wanted = list(secrets_of(workshop, casts))
        if not rows or not wanted:
            continue
        tried += 1

        assert found(rows, wanted) == [], seed
    assert tried > 0.65 * len(seeds)


def test_a_persons_own_average_would_give_away_whoever_left_a_domain_blank() -> None:
    seats = [(str(seat), domain) for seat in range(5) for domain in DOMAINS]
    scored = [cell for cell in seats if cell != ("4", "workforce")]
    by_domain = {d: [cell for cell in scored if cell[1] == d] for d in DOMAINS}
    own = {s: [cell for cell in scored if cell[0] == s] for s in "01234"}
    shown = [mean_of(some) for some in by_domain.values()]

    centred = [
        mixed([mean_of(some), average([mean_of(own[seat]) for seat, _ in some])], [1, -1])
        for some in by_domain.values()
    ]

    alone = dict.fromkeys(own["4"], 1.0)
    assert found(shown, [alone]) == []
    assert found(shown + centred, [alone]) == [alone]


@seeds(200, always=40)
@pytest.mark.parametrize("compare", Compare)
def test_who_could_not_say_is_never_counted_in_a_group_of_few(
    compare: Compare, seeds: range
) -> None:
    for seed in seeds:
        workshop, casts = seeded(seed)
        for blanks in blanks_of(workshop, casts, DOMAINS, compare):
            here = [cast for cast in casts if cast.domain == blanks.domain.key]

            assert all(side.answered >= 3 for side in blanks.sides)
            assert blanks.answered in (0, len(here))
            if blanks.sides:
                assert blanks.cannot_say == sum(c.score == CANNOT_SAY for c in here)


def blank_figures(workshop: Workshop, casts: list[Cast]) -> list[Row]:
    """Write what is known of who left a blank: the counts here, and the scores of marks."""
    rows: list[Row] = []
    for compare, domain in product(Compare, workshop.instrument.domains):
        here = [cast for cast in casts if cast.domain == domain.key]
        scores = told_on(workshop, casts, domain.key).groups(compare)
        marked = {mark.group.id for mark in spread_of(workshop, casts, domain, compare).marks}
        alone = [{t for t, g in scores.items() if g.id == group} for group in marked]
        (blanks,) = blanks_of(workshop, casts, [domain.key], compare) or (None,)
        for side in blanks.sides if blanks else ():
            alone.append(standing(workshop, casts, domain.key, side.group, compare))
            assert len(_answers(here, alone[-1])) == side.answered
        rows += [_answers(here, teams) for teams in alone]
        if here and marked:
            rows.append(_answers(here, {team.id for team in workshop.teams}))
    return [row for row in rows if row]


def _answers(here: list[Cast], teams: set[str]) -> Row:
    return {(cast.seat_id, cast.domain): 1.0 for cast in here if cast.team_id in teams}


@seeds(200, always=40)
def test_who_left_a_blank_in_a_small_group_follows_from_nothing_shown(seeds: range) -> None:
    tried = 0
    for seed in seeds:
        workshop, casts = seeded(seed)
        rows = blank_figures(workshop, casts)
        wanted = list(_few(workshop, casts))
        if not rows or not wanted:
            continue
        tried += 1

        assert found(rows, wanted) == [], seed
    assert tried > 0.35 * len(seeds)


def _few(workshop: Workshop, casts: list[Cast]) -> Iterator[Row]:
    for team, domain in product(workshop.teams, DOMAINS):
        here = [c for c in casts if c.team_id == team.id and c.domain == domain]
        if 0 < len(here) < 3:
            yield {(c.seat_id, c.domain): 1.0 for c in here}
