"""Ballots as the lines need them: points over the domains, dealt where a group is pooled."""

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from aqua_core.rules.guard import Told
from aqua_core.vocabulary import CANNOT_SAY, Cast, Compare, Score, Team, Workshop

Row = tuple[int | None, ...]


@dataclass(frozen=True)
class Ballots:
    """Whole ballots. `points[i, j]` is what ballot i gave domain j; NaN for no points."""

    domains: tuple[str, ...]
    teams: tuple[Team, ...]
    rows: tuple[Row, ...]
    points: NDArray[np.float64] = field(compare=False)

    def column(self, domain: str) -> list[tuple[str, int]]:
        """Give (team id, points) of everyone who gave this domain points."""
        at = self.domains.index(domain)
        return [
            (team.id, given)
            for team, row in zip(self.teams, self.rows, strict=True)
            if (given := row[at]) is not None
        ]

    def of_those(self, stands: Callable[[Team, str], bool]) -> "Ballots":
        """Give the ballots of teams that stand on a domain, blank on those where they do not.

        Args:
            stands: whether a team does, and on which domain's key.
        """
        return _ballots(
            self.domains,
            [
                (team, tuple(one if here else None for one, here in zip(row, there, strict=True)))
                for team, row in zip(self.teams, self.rows, strict=True)
                if any(there := [stands(team, domain) for domain in self.domains])
            ],
        )


def ballots_of(workshop: Workshop, casts: Sequence[Cast]) -> Ballots:
    """Collect casts into ballots.

    The order of the ballots comes from teams and scores alone, never from seats or arrival:
    shuffles drawn over them then give the same share on every refresh.

    Args:
        workshop: its teams and instrument.
        casts: revealed scores, at most one a seat and domain; `cannot say` leaves a blank.

    Returns:
        A ballot for every seat with a cast; domains in the instrument's order, only those cast on.
    """
    keys = {cast.domain for cast in casts}
    domains = tuple(domain.key for domain in workshop.instrument.domains if domain.key in keys)
    teams = {team.id: team for team in workshop.teams}
    filled = sorted(_filled(casts, domains), key=_by_team_and_scores)
    return _ballots(domains, [(teams[team_id], row) for team_id, row in filled])


def side_of(team: Team, line: Compare) -> str:
    """Give the id of the group a team belongs to along a line."""
    match line:
        case Compare.PARTNER:
            return team.partner.id
        case Compare.TIER:
            return team.tier.value
        case Compare.TEAM:
            return team.id


def _ballots(domains: tuple[str, ...], filled: Sequence[tuple[Team, Row]]) -> Ballots:
    rows = tuple(row for _, row in filled)
    return Ballots(
        domains=domains,
        teams=tuple(team for team, _ in filled),
        rows=rows,
        points=np.array(rows, dtype=np.float64).reshape(len(rows), len(domains)),
    )


def _filled(casts: Sequence[Cast], domains: Sequence[str]) -> list[tuple[str, Row]]:
    given: dict[tuple[str, str], dict[str, int]] = {}
    for cast in casts:
        ballot = given.setdefault((cast.team_id, cast.seat_id), {})
        if isinstance(cast.score, int):
            ballot[cast.domain] = cast.score
    return [(team_id, _row(ballot, domains)) for (team_id, _), ballot in given.items()]


def _row(ballot: Mapping[str, int], domains: Sequence[str]) -> Row:
    return tuple(ballot.get(domain) for domain in domains)


def _by_team_and_scores(ballot: tuple[str, Row]) -> tuple[str, tuple[int, ...]]:
    team_id, row = ballot
    return team_id, tuple(-1 if points is None else points for points in row)


Asked = tuple[str, int]
"""A domain's key, and the number of a round."""
_Kept = Collection[tuple[Asked, str]]
"""Rounds and ids of teams whose answers stay with their seats."""


def seated(casts: Sequence[Cast], told: Mapping[str, Told]) -> list[Cast]:
    """Put answers that are told of several teams together on seats in a fixed order.

    Args:
        casts: of one round a domain, at most one a seat and domain.
        told: of each domain cast on.

    Returns:
        As many casts of each team and domain, and as many seats of each team that answered at all.
    """
    rounds = {cast.domain: cast.round for cast in casts}
    asked = {(domain, rounds[domain]): on_domain for domain, on_domain in told.items()}
    kept = _kept_in(asked)
    order = _ordered(casts, kept)
    came = _came_to(casts, kept)
    rows = _by_team(casts)
    return [
        cast
        for question in asked
        for team, seats in order.items()
        for cast in _on_seats(rows[question, team], question, seats, kept, came[team])
    ]


def _kept_in(told: Mapping[Asked, Told]) -> set[tuple[Asked, str]]:
    """Give rounds and teams whose answers stay with their seats: those told alone."""
    return {
        (asked, team)
        for asked, on_domain in told.items()
        if not on_domain.withheld
        for portion in on_domain.answers
        if len(portion) == 1
        for team in portion
    }


def _by_team(casts: Sequence[Cast]) -> Mapping[tuple[Asked, str], list[Cast]]:
    """Give the casts of each round and team; none of one that is not there."""
    rows: dict[tuple[Asked, str], list[Cast]] = defaultdict(list)
    for cast in casts:
        rows[(cast.domain, cast.round), cast.team_id].append(cast)
    return rows


def _ordered(casts: Sequence[Cast], kept: _Kept) -> dict[str, list[str]]:
    """Give ids of seats by team, by the answers that stay theirs.

    Seats of which nothing stays come last, and are all the same.

    Args:
        casts: of any rounds.
        kept: what stays.
    """
    said: dict[tuple[str, str], list[tuple[Asked, str]]] = {}
    for cast in casts:
        asked = cast.domain, cast.round
        own = said.setdefault((cast.team_id, cast.seat_id), [])
        if (asked, cast.team_id) in kept:
            own.append((asked, str(cast.score)))
    order: dict[str, list[str]] = defaultdict(list)
    for team, seat in sorted(
        said, key=lambda of_team: (of_team[0], not said[of_team], sorted(said[of_team]))
    ):
        order[team].append(seat)
    return order


class _Came:
    """How many seats of a team gave any answer: screens count them, so they stay as many."""

    def __init__(self) -> None:
        self.every: set[str] = set()
        self.there: set[str] = set()

    def next_of(self, order: Sequence[str], count: int) -> list[str]:
        """Give the seats that answer next: those without an answer, while they are to have one."""
        left = len(self.every) - len(self.there)
        fresh = [seat for seat in order if seat not in self.there][: min(left, count)]
        others = [seat for seat in order if seat in self.there]
        self.there |= set(fresh)
        return [*fresh, *others]


def _came_to(casts: Sequence[Cast], kept: _Kept) -> Mapping[str, _Came]:
    """Count the seats of each team that answered; those with an answer that stays are there."""
    found: dict[str, _Came] = defaultdict(_Came)
    for cast in casts:
        found[cast.team_id].every.add(cast.seat_id)
        if ((cast.domain, cast.round), cast.team_id) in kept:
            found[cast.team_id].there.add(cast.seat_id)
    return found


def _on_seats(
    theirs: Sequence[Cast], asked: Asked, order: Sequence[str], kept: _Kept, came: _Came
) -> list[Cast]:
    """Give a team's answers of one round on its seats: where they were, or on the next ones."""
    if not theirs or (asked, theirs[0].team_id) in kept:
        return sorted(theirs, key=lambda cast: order.index(cast.seat_id))
    return _moved_to(theirs, came.next_of(order, len(theirs)))


def _moved_to(theirs: Sequence[Cast], order: Sequence[str]) -> list[Cast]:
    """Put a team's answers, sorted, on the first seats of an order."""
    answers = sorted(theirs, key=lambda cast: str(cast.score))
    return [
        cast.model_copy(update={"seat_id": seat})
        for cast, seat in zip(answers, order, strict=False)
    ]


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
    if not any(
        on_domain.withheld or len(part) > 1
        for on_domain in told.values()
        for part in on_domain.answers
    ):
        return list(casts)
    here: dict[str, list[Cast]] = {domain: [] for domain in told}
    for cast in seated(casts, told):
        here[cast.domain].append(cast)
    return [cast for domain, on_domain in told.items() for cast in _domain(here[domain], on_domain)]


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
