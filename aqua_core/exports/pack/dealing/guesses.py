"""Guesses that stand in for those of a room: of each pair of partners as many, with their average.

Nothing else of a guess is told, so nothing else of it is in a pack.
"""

from collections.abc import Mapping, Sequence

from aqua_core.vocabulary import Misreading, Workshop

GuessRow = tuple[int, str, int, int]
"""A seat's number in the pack, the domain's key, the number of its round, and points."""


def guesses_stood_in(
    workshop: Workshop,
    misreadings: Sequence[Misreading],
    rounds: Mapping[str, int],
    seats: Sequence[str],
) -> tuple[GuessRow, ...]:
    """Give guesses as equal as can be, to the first seats of the partner that guessed.

    Args:
        workshop: its teams.
        misreadings: what is told of guesses.
        rounds: number of the round that is shown, by domain key.
        seats: ids of teams by seat, seat 1 first.

    Returns:
        By seat and domain; empty where nothing is told.
    """
    partners = {team.id: team.partner.id for team in workshop.teams}
    rows: list[GuessRow] = []
    for each in misreadings:
        low, higher = divmod(round(each.guessed * each.guesses), each.guesses)
        theirs = [at for at, team in enumerate(seats, start=1) if partners[team] == each.who.id]
        rows += [
            (seat, each.domain, rounds[each.domain], low + (at < higher))
            for at, seat in enumerate(theirs[: each.guesses])
        ]
    return tuple(sorted(rows))
