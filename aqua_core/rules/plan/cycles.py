"""What an action's cycles say of it: where it stands, and whether it is over."""

from collections.abc import Collection, Iterable
from typing import Final

from aqua_core.vocabulary import Cycle, Decision

_ENDS: Final = frozenset({Decision.ADOPT, Decision.ABANDON})


def newest_cycle(cycles: Iterable[Cycle], action_id: str) -> Cycle | None:
    """Give the cycle of an action with the highest number, or None before the first."""
    of_it = (cycle for cycle in cycles if cycle.action_id == action_id)
    return max(of_it, key=lambda cycle: cycle.number, default=None)


def is_over(cycles: Iterable[Cycle], action_id: str) -> bool:
    """Tell whether an action's newest cycle was adopted or abandoned."""
    newest = newest_cycle(cycles, action_id)
    return newest is not None and newest.decision in _ENDS


def small_wins(cycles: Collection[Cycle]) -> int:
    """Count the actions whose newest cycle was adopted: each is a small win."""
    newest = (newest_cycle(cycles, each) for each in {cycle.action_id for cycle in cycles})
    return sum(cycle is not None and cycle.decision is Decision.ADOPT for cycle in newest)
