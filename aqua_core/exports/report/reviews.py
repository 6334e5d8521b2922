"""The plan's reviews as a line of dates, as SVG: numbers as in the plan, months under them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from aqua_core.charts.sentences.wording import in_words
from aqua_core.exports.report.drawing import (
    BADGE,
    QUIET,
    across,
    badge,
    picture,
    upright,
    wide,
    words,
)
from aqua_core.exports.report.pictures import PAPER, Sheet
from aqua_core.exports.taken import Taken
from aqua_core.vocabulary.figures import day_said

_STEP: Final = 2 * BADGE + 2  # px from mark to mark, so that none touches another
_MONTH: Final = 66  # px that the name of a month and its year take
_FOOT: Final = 26


def reviews_said(taken: Taken) -> str:
    """Say how many reviews there are, and from when to when."""
    if not taken.reviews:
        return "No review is due: nothing in the plan is still being tried."
    first, last = taken.reviews[0].review_on, taken.reviews[-1].review_on
    if len(taken.reviews) == 1:
        return f"One review, on {day_said(first)}."
    many = in_words(len(taken.reviews)).capitalize()
    when = f"from {day_said(first)} to {day_said(last)}" if first < last else f"on {day_said(last)}"
    return f"{many} reviews, {when}."


def reviews_picture(taken: Taken, sheet: Sheet = PAPER) -> str:
    """Draw each review at its day, under the number that its action has in the plan.

    The line runs from the workshop to the last review; marks too near to each other are stacked.
    """
    days = [review.review_on for review in taken.reviews]
    start, end = min([taken.workshop.held_on, *days]), max([taken.workshop.held_on, *days])
    left, right = BADGE + 2.0, sheet.width - BADGE - 2
    scale = (right - left) / max(1, (end - start).days)
    placed = [left + scale * (day - start).days for day in days]
    stacked = _stacks(placed)
    foot = BADGE + 2 + _STEP * (max(stacked, default=0) + 1)
    numbers = {action.id: str(at) for at, action in enumerate(taken.actions, start=1)}
    parts = [across(0, sheet.width, foot)]
    for month in _months(start, end, _MONTH / scale):
        x, named = left + scale * (month - start).days, f"{month:%b %Y}"
        parts += [upright(x, foot, foot + 6)]
        parts += [words(min(x, sheet.width - wide(named)), foot + 16, named, "start", QUIET)]
    for x, up, review in zip(placed, stacked, taken.reviews, strict=True):
        parts += [badge(x, foot - BADGE - 2 - _STEP * up, numbers[review.action_id])]
    return picture("reviews", reviews_said(taken), (sheet.width, foot + _FOOT), parts)


def _stacks(placed: Sequence[float]) -> list[int]:
    """Give how high each mark stands, so that none lies over another; they come left to right."""
    ends: list[float] = []  # where each storey is free again
    storeys = []
    for x in placed:
        up = next((at for at, end in enumerate(ends) if x >= end), len(ends))
        ends[up : up + 1] = [x + _STEP]
        storeys.append(up)
    return storeys


def _months(start: date, end: date, least: float) -> Iterator[date]:
    """Give firsts of months between two days, at least so many days apart."""
    month, last = start.replace(day=1), None
    while month <= end:
        if month >= start and (last is None or (month - last).days >= least):
            yield month
            last = month
        year, at = (month.year + 1, 1) if month.month == 12 else (month.year, month.month + 1)
        if year > date.max.year:
            return
        month = date(year, at, 1)
