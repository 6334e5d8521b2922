"""Plan: small tests that partners own together, run in cycles, answered when the place meets."""

from aqua_core.workshop.planning.answering import answer_action, open_actions_now
from aqua_core.workshop.planning.asking import Wishes, ask_support, say_unclear, wishes_now
from aqua_core.workshop.planning.capturing import (
    capture_action,
    edit_action,
    new_action_id,
    next_version,
    plan_now,
    test_and_lead,
)
from aqua_core.workshop.planning.cycling import cycles_now, save_cycle, start_cycle, study_cycle
from aqua_core.workshop.planning.overseeing import PlanRead, plan_read

__all__ = [
    "PlanRead",
    "Wishes",
    "answer_action",
    "ask_support",
    "capture_action",
    "cycles_now",
    "edit_action",
    "new_action_id",
    "next_version",
    "open_actions_now",
    "plan_now",
    "plan_read",
    "save_cycle",
    "say_unclear",
    "start_cycle",
    "study_cycle",
    "test_and_lead",
    "wishes_now",
]
