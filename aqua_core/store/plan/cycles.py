"""Cycles of plan, do, study, act. Each save appends a version; the newest of each counts."""

from typing import Final

from aqua_core.store.cursor import Cursor
from aqua_core.store.plan.actions import ACTIONS
from aqua_core.store.versions import Versions
from aqua_core.vocabulary import Cycle

_CYCLES: Final = Versions(Cycle, "cycle", by=("action_id", "number"), order="action_id, number")


def add_cycle(cursor: Cursor, workshop_id: str, cycle: Cycle) -> None:
    """Append a version of a cycle; `workshop_id` is that of its action."""
    _CYCLES.add(cursor, workshop_id, cycle)


def cycles_of(cursor: Cursor, workshop_id: str) -> tuple[Cycle, ...]:
    """Give the newest version of each cycle on a plan's actions, by action and number.

    The cycles of an action that was taken out wait with it.
    """
    waiting = f"SELECT id FROM {ACTIONS.newest} WHERE taken_out"
    return _CYCLES.read(cursor, workshop_id, f"action_id NOT IN ({waiting})")
