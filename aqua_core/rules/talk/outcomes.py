"""What a conversation may come to: nothing half said that the next meeting could not use."""

from collections.abc import Collection
from datetime import date

from aqua_core.errors import ChoiceRefused, DateRefused, TextRefused
from aqua_core.vocabulary import Agreement, Outcome
from aqua_core.vocabulary.figures import day_said


def check_outcome(
    outcome: Outcome, teams: Collection[str], today: date, before: Outcome | None = None
) -> None:
    """Refuse what nobody could act on later.

    Args:
        outcome: as it would be kept.
        teams: ids of the workshop's teams.
        today: the day on which it is kept.
        before: what was kept before; its day may stay, though it has passed meanwhile.

    Raises:
        ChoiceRefused: agreed without a score, a score without agreement, or an unknown team.
        TextRefused: agreed to differ without why, or who stays apart without it; or parked
            without a forum.
        DateRefused: parked without a day, or until a day that has passed.
    """
    _check_agreement(outcome, teams)
    if before is None or before.parked_until != outcome.parked_until:
        _check_day(outcome.parked_until, today)
    _check_parked(outcome)


def _check_agreement(outcome: Outcome, teams: Collection[str]) -> None:
    if not set(outcome.stays_apart) <= set(teams):
        raise ChoiceRefused("Choose who stays apart from the teams of this workshop.")
    agreed = outcome.agreement is Agreement.AGREED
    if agreed and outcome.agreed_points is None:
        raise ChoiceRefused("Choose the score that was agreed, or say that you agree to differ.")
    if not agreed and outcome.agreed_points is not None:
        raise ChoiceRefused("An agreed score needs “Agreed”. Choose it, or take the score out.")
    if outcome.agreement is Agreement.DIFFER and not outcome.why_apart:
        raise TextRefused("Write down why somebody stays apart: the next meeting opens with it.")
    if outcome.stays_apart and not outcome.why_apart:
        raise TextRefused("Write down why they stay apart, in their words.")


def _check_parked(outcome: Outcome) -> None:
    if outcome.parked_with and outcome.parked_until is None:
        raise DateRefused("Choose the day on which the forum takes it up.")
    if outcome.parked_until is not None and not outcome.parked_with:
        raise TextRefused("Name the forum that takes it up, or take the day out.")


def _check_day(day: date | None, today: date) -> None:
    if day is not None and day < today:
        raise DateRefused(f"That day has passed ({day_said(day)}). Choose another.")
