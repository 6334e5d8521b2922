"""Ballots as somebody who sees the screen could write them: the same picture, other hands."""

import random
from collections.abc import Mapping, Sequence

from aqua_core.rules.guard.telling import Told
from aqua_core.rules.lines.seating import seated
from aqua_core.vocabulary import CANNOT_SAY, Cast, Score


def dealt(casts: Sequence[Cast], told: Mapping[str, Told]) -> list[Cast]:
    """Deal the answers of teams that are told together out anew among their seats.

    What is said of chance hangs on every score of the room, on those of hidden teams too, and
    could tell two guesses at them apart. From dealt ballots nothing can be worked out that the
    marks and the counts of blanks do not show: each portion keeps its answers, each team that is
    told alone its ballots. How they are dealt, and to which seats, follows from the answers shown,
    never from a seat or its arrival: a room reads the same on every refresh, and in its pack.

    Args:
        casts: at most one a seat and domain.
        told: of each domain cast on. On one that is withheld every seat becomes a blank.
    """
    if not any(each.withheld or len(part) > 1 for each in told.values() for part in each.answers):
        return list(casts)
    here: dict[str, list[Cast]] = {domain: [] for domain in told}
    for cast in seated(casts, told):
        here[cast.domain].append(cast)
    return [cast for domain, each in told.items() for cast in _domain(here[domain], each)]


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
