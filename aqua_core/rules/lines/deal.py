"""Ballots as somebody who sees the screen could write them: the same picture, other hands."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence

from aqua_core.rules.guard import Told
from aqua_core.vocabulary import CANNOT_SAY, Cast

_DEALT = -1
"""Stands in a seat's row where its points are dealt, so that they decide nothing."""


def dealt(casts: Sequence[Cast], told: Mapping[str, Told]) -> list[Cast]:
    """Deal the points of several teams told together out anew among their seats.

    What is said of chance hangs on every score of the room, on those of hidden teams too, and
    could tell two guesses at them apart. From dealt ballots nothing can be worked out that the
    marks do not show: each portion keeps its points, each seat its blanks, each team that is told
    alone its ballots. How they are dealt follows from the points shown, never from a seat or its
    arrival, so that a room reads the same on every refresh.

    Args:
        casts: at most one a seat and domain.
        told: of each domain cast on. On one that is withheld every seat becomes a blank.
    """
    alone = {
        (domain, team)
        for domain, each in told.items()
        for portion in each.portions
        if len(portion) == 1
        for team in portion
    }
    seats: dict[tuple[str, str], list[Cast]] = defaultdict(list)
    for cast in casts:
        seats[cast.team_id, cast.seat_id].append(cast)
    rows = sorted(seats.values(), key=lambda row: _row(row, alone))
    return [
        cast
        for domain, each in told.items()
        for cast in _domain([c for row in rows for c in row if c.domain == domain], each)
    ]


def _row(row: Sequence[Cast], alone: set[tuple[str, str]]) -> tuple[str, list[tuple[str, int]]]:
    given = [(cast.domain, cast.team_id, cast.score) for cast in row]
    shown = [
        (domain, points if (domain, team) in alone else _DEALT)
        for domain, team, points in given
        if isinstance(points, int)
    ]
    return row[0].team_id, sorted(shown)


def _domain(casts: Sequence[Cast], told: Told) -> list[Cast]:
    if told.withheld:
        return [cast.model_copy(update={"score": CANNOT_SAY}) for cast in casts]
    portion_of = {team: at for at, portion in enumerate(told.portions) for team in portion}
    several = {at for at, portion in enumerate(told.portions) if len(portion) > 1}
    hands = {at: _hand([c for c in casts if portion_of.get(c.team_id) == at]) for at in several}
    return [
        cast.model_copy(update={"score": hands[portion_of[cast.team_id]].pop()})
        if cast.score != CANNOT_SAY and portion_of[cast.team_id] in several
        else cast
        for cast in casts
    ]


def _hand(casts: Sequence[Cast]) -> list[int]:
    points = sorted(cast.score for cast in casts if isinstance(cast.score, int))
    random.Random(f"{casts[0].domain} {points}").shuffle(points)
    return points
