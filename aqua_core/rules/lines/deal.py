"""Ballots as somebody who sees the screen could write them: the same picture, other hands."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence

from aqua_core.rules.guard.telling import Told
from aqua_core.vocabulary import CANNOT_SAY, Cast, Score

_DEALT = "dealt"
"""Stands in a seat's row where its answer is dealt, so that it decides nothing."""


def dealt(casts: Sequence[Cast], told: Mapping[str, Told]) -> list[Cast]:
    """Deal the answers of teams that are told together out anew among their seats.

    What is said of chance hangs on every score of the room, on those of hidden teams too, and
    could tell two guesses at them apart. From dealt ballots nothing can be worked out that the
    marks and the counts of blanks do not show: each portion keeps its answers, each team that is
    told alone its ballots. How they are dealt follows from the answers shown, never from a seat or
    its arrival, so that a room reads the same on every refresh.

    Args:
        casts: at most one a seat and domain.
        told: of each domain cast on. On one that is withheld every seat becomes a blank.
    """
    if not any(each.withheld or len(part) > 1 for each in told.values() for part in each.answers):
        return list(casts)
    alone = {
        (domain, team)
        for domain, each in told.items()
        for portion in each.answers
        if len(portion) == 1
        for team in portion
    }
    seats: dict[tuple[str, str], list[Cast]] = defaultdict(list)
    for cast in casts:
        seats[cast.team_id, cast.seat_id].append(cast)
    rows = sorted(seats.values(), key=lambda row: _row(row, alone))
    here: dict[str, list[Cast]] = {domain: [] for domain in told}
    for cast in (cast for row in rows for cast in row):
        here[cast.domain].append(cast)
    return [cast for domain, each in told.items() for cast in _domain(here[domain], each)]


def _row(row: Sequence[Cast], alone: set[tuple[str, str]]) -> tuple[str, list[tuple[str, str]]]:
    return row[0].team_id, sorted(
        (cast.domain, str(cast.score) if (cast.domain, cast.team_id) in alone else _DEALT)
        for cast in row
    )


def _domain(casts: Sequence[Cast], told: Told) -> list[Cast]:
    if told.withheld:
        return [_with(cast, CANNOT_SAY) for cast in casts]
    several = [portion for portion in told.answers if len(portion) > 1]
    of_team = {team: at for at, portion in enumerate(several) for team in portion}
    hands = [_hand([c for c in casts if c.team_id in portion]) for portion in several]
    return [
        _with(cast, hands[of_team[cast.team_id]].pop()) if cast.team_id in of_team else cast
        for cast in casts
    ]


def _hand(casts: Sequence[Cast]) -> list[Score]:
    scores = sorted((cast.score for cast in casts), key=str)
    random.Random(f"{casts[0].domain} {scores}").shuffle(scores)
    return scores


def _with(cast: Cast, score: Score) -> Cast:
    return cast.model_copy(update={"score": score})
