"""From the widest gap to one neutral question. It names no person and takes no side."""

from collections.abc import Sequence

from aqua_core.rules.gaps import ranked
from aqua_core.vocabulary import Gap, Place, Prompt
from aqua_core.vocabulary.figures import said

WORTH_ASKING = 1.0
"""A gap of a whole point: below it, two groups may well mean the same statement."""


def widest_prompt(gaps: Sequence[Gap], place: Place) -> Prompt | None:
    """Give the question that the widest gap raises, or the one for a quiet room.

    Returns:
        None while nothing can be compared.
    """
    known = [gap for gap in ranked(gaps) if gap.width is not None]
    if not known:
        return None
    widest = known[0]
    quiet = (widest.width or 0.0) < WORTH_ASKING
    return _quiet(widest) if quiet else _apart(widest, place)


def _apart(gap: Gap, place: Place) -> Prompt:
    low, high = gap.lowest, gap.highest
    return Prompt(
        domain=gap.domain.key,
        headline=f"{low.group.name} {said(low.mean, 1)}, {high.group.name} {said(high.mean, 1)}: "
        f"{said(high.mean - low.mean, 1)} points apart",
        question="What does each of you see that the other may not?" + _tuesday(place),
    )


def _quiet(gap: Gap) -> Prompt:
    return Prompt(
        domain=gap.domain.key,
        headline="No two groups stand a whole point apart on any domain.",
        question="What would someone who is not in this room say?",
    )


def _tuesday(place: Place) -> str:
    if not place.persona:
        return ""
    return f" What would this gap look like on a Tuesday for {place.persona.split()[0]}?"
