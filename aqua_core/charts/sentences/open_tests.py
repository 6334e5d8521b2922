"""What a place's tests came to, in sentences: which wait, and how soon one showed something."""

from collections.abc import Sequence
from datetime import date
from statistics import median

from aqua_core.charts.sentences.wording import counted, in_words
from aqua_core.vocabulary import Decision, Progress
from aqua_core.vocabulary.plan import OpenAction
from aqua_core.vocabulary.points import half_up


def may_be_taken_on(test: OpenAction) -> bool:
    """Tell whether a test is offered to a new plan: it is stuck, or its last cycle was adapted."""
    newest = test.answer or test.before
    stuck = newest is not None and newest.answer is Progress.STUCK
    return stuck or any(cycle.decision is Decision.ADAPT for cycle in test.history)


def check_title(place: str) -> str:
    """Name the check of a place's tests."""
    return f"{place}: what became of the tests?"


def to_check_said(reviews: Sequence[date], today: date) -> str:
    """Say how many tests go on, and how many of them wait for an answer."""
    if not reviews:
        return "No test goes on."
    late = sum(day < today for day in reviews)
    go_on = f"{counted(len(reviews), 'test')} {'goes' if len(reviews) == 1 else 'go'} on"
    past = f", {in_words(late)} past {'its' if late == 1 else 'their'} day" if late else ""
    return f"{go_on}{past}. Answer any of them at any time."


def history_said(cycles: int) -> str:
    """Name what a test's cycles showed: "What 2 cycles showed"."""
    return f"What {counted(cycles, 'cycle')} showed"


def first_results_said(days: Sequence[int], without: int) -> str:
    """Say how long it took from a workshop to the first result of a test; "" without a test.

    Of several tests the middle is said, to the whole day.
    """
    if not days:
        return "No test has shown a first result yet." if without else ""
    middle = counted(int(half_up(median(days), 0)), "day")
    of = "one test" if len(days) == 1 else f"the middle of {in_words(len(days))} tests"
    rest = f"; {in_words(without)} without one so far" if without else ""
    return f"From the workshop to the first result: {middle} ({of}{rest})."
