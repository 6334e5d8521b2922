"""What a conversation came to, in sentences; and what was read of another before the reveal."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from aqua_core.charts.words import listed
from aqua_core.vocabulary import Act, Agreement, Conflict, Misreading, Outcome, Reason, TopicMove
from aqua_core.vocabulary.figures import day_said, said
from aqua_core.vocabulary.said import words_of, words_under
from aqua_core.vocabulary.talk import APART, WHAT_DIFFERS, WHERE_IT_STANDS

Names = Mapping[str, str]
_IN_SENTENCES: Final = (
    *("differs", "kind", "agreement", "agreed_points", "stays_apart", "why_apart"),
    *("parked_with", "parked_until"),
)
"""What is said of an outcome in sentences; all else stands after its label."""


def came_to(outcome: Outcome, teams: Names) -> tuple[str, ...]:
    """Say what a conversation came to, a line each; what nobody said has no line.

    Args:
        outcome: as it was saved.
        teams: the name of each team by its id.
    """
    lines = (
        *each_side(outcome),
        agreed(outcome),
        stays_apart(outcome, teams),
        *beside_dissent(outcome),
        parked(outcome),
    )
    return tuple(line for line in lines if line)


def each_side(outcome: Outcome) -> tuple[str, ...]:
    """Say what differs, what each side needs and what both could live with, a line each."""
    differs = _with_kind(outcome)
    label = words_of(Outcome)["differs"].label
    return (
        *([f"{label}: {differs}"] if differs else []),
        *_said_under(outcome, WHAT_DIFFERS),
        *_said_under(outcome, WHERE_IT_STANDS),
    )


def agreed(outcome: Outcome) -> str:
    """Say whether it was agreed, and on which score: "Agreed: 3"; "" while it is open."""
    if outcome.agreement is Agreement.AGREED:
        return f"Agreed: {outcome.agreed_points}"
    return "Agreed to differ" if outcome.agreement is Agreement.DIFFER else ""


def beside_dissent(outcome: Outcome) -> tuple[str, ...]:
    """Say what belongs to who stays apart, such as what would change it, a line each."""
    return _said_under(outcome, APART)


def side_of(outcome: Outcome, field: str) -> str:
    """Give the side of the conversation that a field is about; "" where it is about none."""
    return {"one_needs": outcome.one_side, "other_needs": outcome.other_side}.get(field, "")


def in_short(outcome: Outcome, teams: Names) -> str:
    """Say where a conversation stands in one line; "" while nothing is settled."""
    lines = (agreed(outcome), stays_apart(outcome, teams), parked(outcome))
    return " · ".join(line for line in lines if line)


def stays_apart(outcome: Outcome, teams: Names) -> str:
    """Say who stays apart and why; "" where nobody does."""
    if not outcome.has_dissent:
        return ""
    named = [teams[team] for team in outcome.stays_apart if team in teams]
    who = listed(named) if named else "Somebody"
    stay = "stay" if len(named) > 1 else "stays"
    return f"{who} {stay} apart: “{outcome.why_apart.removesuffix('.')}”"


def parked(outcome: Outcome, seen_on: date | None = None) -> str:
    """Say where and until when it is parked; "" where it is not.

    Args:
        outcome: as it was saved.
        seen_on: the day on which it is looked back on: a day before it has come.
    """
    if not outcome.parked_with or outcome.parked_until is None:
        return ""
    until = day_said(outcome.parked_until)
    if seen_on and outcome.parked_until < seen_on:
        return f"{outcome.parked_with} was to take it up by {until}"
    return f"Parked with {outcome.parked_with} until {until}"


def pointed_at(reason: Reason) -> str:
    """Say a reason as it was written, with its team where the seat asked for that."""
    by = f" ({reason.team})" if reason.team else ""
    times = f" ({reason.alike} wrote this)" if reason.alike > 1 else ""
    return f"“{reason.said}”{by}{times}"


def misread(misreading: Misreading) -> str:
    """Say a guess beside what was scored: "GPs guessed 4.0 for the Council, which scored 1.2"."""
    own = "" if misreading.own is None else f", and scored {said(misreading.own, 1)} itself"
    return (
        f"{misreading.who.name} guessed {said(misreading.guessed, 1)} for {misreading.whom.name}"
        f"{own}; {misreading.whom.name} scored {said(misreading.scored, 1)}"
    )


def act_said(move: TopicMove, shorts: Names) -> str:
    """Say what an undo would take back: "Finance, set aside"."""
    if move.act is Act.REAL:
        return "“This agreement is real”"
    return f"{shorts.get(move.domain, move.domain)}, {move.act}"


def _with_kind(outcome: Outcome) -> str:
    kind = "" if outcome.kind is Conflict.UNSAID else f"{outcome.kind.capitalize()}"
    return ". ".join(each for each in (outcome.differs, kind) if each)


def _said_under(outcome: Outcome, part: str) -> tuple[str, ...]:
    return tuple(
        f"{words.headed(side_of(outcome, name))}: {text}"
        for name, words in words_under(Outcome)[part].items()
        for text in [getattr(outcome, name)]
        if text and name not in _IN_SENTENCES
    )
