"""What a room says of itself: its scorecard, whether it is safe to speak, and its last words."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from aqua_core.vocabulary import Action, Agreement, Conflict, Outcome
from aqua_core.vocabulary.framework import is_beside
from aqua_core.vocabulary.programme import LastSaid, LastWords, Question, Safe, Scorecard

FEWEST_TOLD: Final = 5
"""Answers from which anything is told of them; a room with a larger guard waits for that many."""
_FEW: Final = 2


def least_told(guard: int) -> int:
    """Give from how many answers on a room is told of them."""
    return max(FEWEST_TOLD, guard)


def safe_of(yes: int, no: int, guard: int) -> Safe | None:
    """Say how safe a room finds it to speak, never how many say so; None below five answers.

    A third of the room or less, and two people at least, is few. So whoever knows their own answer
    can be sure of nobody else's: each word leaves the others at least one yes and one no more than
    one way (`tests/rules/test_of_itself.py` tries every room up to 200).
    """
    if yes + no < least_told(guard):
        return None
    few = max(_FEW, (yes + no) // 3)
    if yes <= few:
        return Safe.FEW
    return Safe.MOST if no <= few else Safe.DIVIDED


def last_said(words: Iterable[LastWords], guard: int) -> tuple[LastSaid, ...]:
    """Give what was said to each question that enough seats answered, in alphabetical order.

    The order says nothing of who wrote or when; the same person's answers stand apart.
    """
    every = list(words)
    return tuple(
        LastSaid(question=question, said=line)
        for question in Question
        if len(lines := _to(every, question)) >= least_told(guard)
        for line in lines
    )


def most_answered(words: Iterable[LastWords]) -> int:
    """Count the seats that said anything to the question that most of them answered."""
    every = list(words)
    return max(len(_to(every, question)) for question in Question)


def _to(words: Sequence[LastWords], question: Question) -> list[str]:
    return sorted(filter(None, (word.of(question) for word in words)))


def scorecard_of(
    domains: Collection[str],
    noted: Collection[str],
    outcomes: Sequence[Outcome],
    actions: Sequence[Action],
) -> Scorecard:
    """Count what a workshop came to.

    Args:
        domains: the keys of those that were revealed.
        noted: the keys of what a note was taken on, a domain or a row beside the domains.
        outcomes: what conversations came to.
        actions: the plan.
    """
    debated = {outcome.domain for outcome in outcomes} | set(noted)
    kinds = [outcome.kind for outcome in outcomes]
    return Scorecard(
        domains=len(domains),
        debated=len(debated & set(domains)),
        beside=sum(map(is_beside, debated)),
        surprises=sum(bool(outcome.surprised) for outcome in outcomes),
        tests=len(actions),
        owned=sum(len(action.partners) > 1 for action in actions),
        conflicts={kind: kinds.count(kind) for kind in Conflict if kind and kind in kinds},
        unsaid=sum(
            outcome.agreement is Agreement.DIFFER and not outcome.kind for outcome in outcomes
        ),
    )
