"""Plan: small tests that partners own together, run in cycles, answered when the place meets."""

from aqua_core.workshop.planning.answering import (
    answer_action,
    go_on,
    open_actions_now,
    went_on_now,
)
from aqua_core.workshop.planning.asking import (
    Wishes,
    ask_support,
    edit_support,
    edit_unclear,
    say_unclear,
    wishes_now,
)
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
from aqua_core.workshop.planning.taking_out import TakenOut, put_back, take_out, taken_out_now

__all__ = [
    "PlanRead",
    "TakenOut",
    "Wishes",
    "answer_action",
    "ask_support",
    "capture_action",
    "cycles_now",
    "edit_action",
    "edit_support",
    "edit_unclear",
    "go_on",
    "new_action_id",
    "next_version",
    "open_actions_now",
    "plan_now",
    "plan_read",
    "put_back",
    "save_cycle",
    "say_unclear",
    "start_cycle",
    "study_cycle",
    "take_out",
    "taken_out_now",
    "test_and_lead",
    "went_on_now",
    "wishes_now",
]
