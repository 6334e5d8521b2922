"""Whether scores that are told as one pool still leave everybody's open, to who knows the rule."""

from collections.abc import Iterator, Mapping, Sequence

from aqua_core.rules.groups import groups_of
from aqua_core.rules.guard.pooling import Portion
from aqua_core.vocabulary import Compare, Team


def gives_away(
    teams: Sequence[Team], points: Mapping[str, Sequence[int]], mixed: Sequence[Portion]
) -> bool:
    """Tell whether all scores in one pool leave only one sum for some group or seat.

    What is known then: how many gave each of the points, how many scored in each team, and that
    one of the mixed portions is all alike. So a portion of n may hold any value that n or more
    gave; whatever is left is in any order, and a group's part of it sums to anything from its
    lowest to its highest scores.
    """
    everyone = sorted(each for given in points.values() for each in given)
    ways = [
        (portion, value, _left(everyone, value, size))
        for portion in mixed
        for size in [sum(len(points[team]) for team in portion)]
        for value in sorted(set(everyone))
        if everyone.count(value) >= size
    ]
    return any(
        _one_sum(cell, ways)
        for cell in _cells(teams, {team: len(given) for team, given in points.items()})
        if sum(cell.values()) < len(everyone)
    )


def _cells(teams: Sequence[Team], scored: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Give how many seats of each team every group has, under every comparison; and each seat."""
    for compare in Compare:
        cells: dict[str, dict[str, int]] = {}
        for team, group in groups_of(teams, compare).items():
            if team in scored:
                cells.setdefault(group.id, {})[team] = scored[team]
        yield from cells.values()
    yield from ({team: 1} for team in scored)


def _one_sum(cell: Mapping[str, int], ways: Sequence[tuple[Portion, int, list[int]]]) -> bool:
    sums: set[int] = set()
    for portion, value, left in ways:
        inside = sum(seats for team, seats in cell.items() if team in portion)
        outside = sum(cell.values()) - inside
        known = inside * value
        sums |= {known + sum(left[:outside]), known + sum(left[len(left) - outside :])}
    return len(sums) == 1


def _left(everyone: Sequence[int], value: int, size: int) -> list[int]:
    start = everyone.index(value)
    return [*everyone[:start], *everyone[start + size :]]


def differ(points: Mapping[str, Sequence[int]], portion: Portion) -> bool:
    """Tell whether the teams of a portion gave two different points or more."""
    return len({given for team in portion for given in points[team]}) > 1
