"""How far the teams are: counts of seats and of answers, never a score."""

from collections import Counter
from collections.abc import Collection, Sequence

from aqua_core.vocabulary import Seat, Team, TeamProgress


def progress_of(
    teams: Sequence[Team],
    seats: Sequence[Seat],
    answered: Collection[tuple[str, int, str]],
    wanted: Collection[tuple[str, int]],
) -> tuple[TeamProgress, ...]:
    """Count, for each team in its order, its seats, its answers and who answered everything.

    Args:
        teams: in the order of the workshop.
        seats: every seat of the workshop.
        answered: (domain, round number, seat id), once each; what was answered is not in it.
        wanted: (domain, round number) of what is asked.
    """
    given = Counter(seat for domain, number, seat in answered if (domain, number) in wanted)
    mine = {team.id: [seat.id for seat in seats if seat.team_id == team.id] for team in teams}
    return tuple(_of_team(team, mine[team.id], given, len(wanted)) for team in teams)


def _of_team(team: Team, seats: Sequence[str], given: Counter[str], wanted: int) -> TeamProgress:
    answers = [given[seat] for seat in seats]
    return TeamProgress(
        team=team,
        seats=len(seats),
        finished=sum(1 for count in answers if wanted and count == wanted),
        answers=sum(answers),
        asked=wanted * len(seats),
    )
