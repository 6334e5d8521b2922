"""How far apart groups stand on each domain."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from aqua_core.rules.groups import POOL, groups_of, points_by_group
from aqua_core.rules.guard import told_on
from aqua_core.rules.whole import by_heads, heads_where_it_differs
from aqua_core.vocabulary import (
    Cast,
    Compare,
    Gap,
    Group,
    SeatResult,
    Spread,
    Standing,
    Team,
    Whose,
    Workshop,
)
from aqua_core.vocabulary.framework import Domain
from aqua_core.vocabulary.shown import Results

NO_SPREADS: Final[Mapping[str, Spread]] = {}


def gaps_of(
    workshop: Workshop, casts: Sequence[Cast], domains: Sequence[str], compare: Compare
) -> tuple[Gap, ...]:
    """Give where each group stands on each domain, in the instrument's order.

    Args:
        workshop: its teams and instrument.
        casts: revealed scores, at most one a seat and domain; `cannot say` counts for no mean.
        domains: keys of the domains that were revealed.
        compare: what a group is.

    Returns:
        One gap a revealed domain. A group's mean is over its seats (points, 0 to 5). Groups below
        the guard are held back, and so is whatever would give them away by subtraction: `middle`
        (mean of the means) and `by_heads` (sum of points / scores) are over the shown groups only.
    """
    revealed = [domain for domain in workshop.instrument.domains if domain.key in domains]
    return tuple(_gap(workshop, compare, domain, casts) for domain in revealed)


def ranked(gaps: Sequence[Gap], spreads: Mapping[str, Spread] = NO_SPREADS) -> tuple[Gap, ...]:
    """Put the widest gap first, as it is said: what is printed alike keeps the order it came in.

    Gaps unknown come last; where spreads are given, by domain key, the widest spread of the whole
    room first.
    """

    def wide(gap: Gap) -> tuple[float, float]:
        if gap.width is not None:
            return gap.width, 0.0
        room = spreads.get(gap.domain.key)
        return -1.0, -1.0 if room is None or room.deviation is None else room.deviation

    return tuple(sorted(gaps, key=wide, reverse=True))


def _gap(workshop: Workshop, compare: Compare, domain: Domain, casts: Sequence[Cast]) -> Gap:
    told = told_on(workshop, casts, domain.key)
    points = [
        (cast.team_id, cast.score)
        for cast in casts
        if cast.domain == domain.key and isinstance(cast.score, int)
    ]
    groups = {} if told.withheld else told.groups(compare)
    known = {group.id: group for group in groups.values() if group is not POOL}
    by_group = points_by_group(points, groups) if groups else {}
    alone = {known[key]: by_group[key] for key in by_group if key in known}
    own = groups_of(workshop.teams, compare)
    pooled = {own[team_id].id for team_id in told.scored if groups.get(team_id, POOL) is POOL}
    return _measured(domain, alone, len(pooled))


def _measured(domain: Domain, points: Mapping[Group, Sequence[int]], held_back: int) -> Gap:
    means = {group: Fraction(sum(cast), len(cast)) for group, cast in points.items()}
    in_order = sorted(means, key=lambda group: (means[group], group.slot))
    middle = sum(means.values(), Fraction(0)) / len(means) if len(in_order) > 1 else None
    return Gap(
        domain=domain,
        standings=tuple(
            Standing(group=group, mean=float(means[group]), scored=len(points[group]))
            for group in in_order
        ),
        middle=None if middle is None else float(middle),
        held_back=held_back,
        by_heads=None
        if middle is None
        else heads_where_it_differs(middle, by_heads(points.values())),
    )


_NEAREST: Final = ((Whose.TEAM, Compare.TEAM), (Whose.PARTNER, Compare.PARTNER))


def beside_of(shown: Results, team: Team) -> tuple[SeatResult, ...]:
    """Give what the seats of a team see beside their own scores, a row a revealed domain.

    A group is a comparison only where a second one is shown; else the next wider one stands in its
    place, so that no device is left with an empty scale where anybody may be told anything.

    Returns:
        Rows in the instrument's order, without anybody's own score.
    """
    near = [(whose, shown.gaps[compare]) for whose, compare in _NEAREST]
    return tuple(
        _row(team, [(whose, gaps[n]) for whose, gaps in near], room)
        for n, room in enumerate(shown.spreads[Compare.TEAM])
    )


def _row(team: Team, near: Sequence[tuple[Whose, Gap]], room: Spread) -> SeatResult:
    private = unscored = False
    for whose, gap in near:
        own = team.id if whose is Whose.TEAM else team.partner.id
        figure = next((side.mean for side in gap.standings if side.group.id == own), None)
        if figure is not None and gap.width is not None:
            return SeatResult(
                domain=gap.domain,
                whose=whose,
                figure=figure,
                lowest=gap.lowest.mean,
                highest=gap.highest.mean,
                private=private,
                unscored=unscored,
            )
        private = private or bool(gap.held_back)
        nothing_of_it = figure is None and gap.width is not None and not gap.held_back
        unscored = unscored or (whose is Whose.TEAM and nothing_of_it)
    return _room(room, private).model_copy(update={"unscored": unscored})


def _room(room: Spread, private: bool) -> SeatResult:
    if not room.marks:
        return SeatResult(domain=room.domain, private=private, nobody=not room.scored)
    points = sorted(mark.points for mark in room.marks for _ in range(mark.seats))
    return SeatResult(
        domain=room.domain,
        whose=Whose.ROOM,
        figure=room.median,
        lowest=points[0],
        highest=points[-1],
        spread=room.deviation,
        private=private,
    )
