"""The scores of a room as whole ballots: a row a seat, a column a domain."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from aqua_core.vocabulary import Cast, Compare, Team, Workshop

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
    domains = tuple(each.key for each in workshop.instrument.domains if each.key in keys)
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
