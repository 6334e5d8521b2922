"""How far the teams are: counts of seats, never a score."""

from collections import Counter
from collections.abc import Sequence

from aqua_core.rules.stages import latest
from aqua_core.vocabulary import Cast, Round, Seat, Team, TeamProgress


def progress_of(
    teams: Sequence[Team], seats: Sequence[Seat], casts: Sequence[Cast], rounds: Sequence[Round]
) -> tuple[TeamProgress, ...]:
    """Count, for each team in its order, its seats and those that answered every open domain.

    Args:
        teams: in the order of the workshop.
        seats: every seat of the workshop.
        casts: at most one a seat, domain and round; sealed ones included, only counted here.
        rounds: every round. Of each domain the newest counts, and open ones before revealed ones.
    """
    wanted = _wanted(rounds)
    answered = Counter(cast.seat_id for cast in casts if (cast.domain, cast.round) in wanted)
    return tuple(_of_team(team, seats, answered, len(wanted)) for team in teams)


def _wanted(rounds: Sequence[Round]) -> set[tuple[str, int]]:
    newest = latest(rounds)
    sealed = [each for each in newest if not each.revealed]
    return {(each.domain, each.number) for each in sealed or newest}


def _of_team(
    team: Team, seats: Sequence[Seat], answered: Counter[str], wanted: int
) -> TeamProgress:
    mine = [seat.id for seat in seats if seat.team_id == team.id]
    finished = sum(1 for seat in mine if wanted and answered[seat] == wanted)
    return TeamProgress(team=team, seats=len(mine), finished=finished)
