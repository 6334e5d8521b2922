"""What a room says of itself, in sentences: counts of its work, conflicts, safety, last words."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from aqua_core.charts.sentences.planning import KINDS
from aqua_core.charts.sentences.wording import counted
from aqua_core.charts.words import listed
from aqua_core.vocabulary.programme import LastSaid, Question, Safe, Scorecard

QUESTIONS: Final = {
    Question.LEARNED: "What did you learn about another partner?",
    Question.WILL_TRY: "What will you try before next time?",
    Question.WOULD_STOP: "One thing to stop",
}
"""What each seat is asked as a session closes, in order."""
SAFE_ASKED: Final = "Is it safe to speak here?"
SAFE_PROMISE: Final = (
    "Only for you: nobody sees your answer. After the reveal the room reads whether most say yes, "
    "from five answers up, and never a number."
)
STAYS_HERE: Final = (
    "It stays on this device. Tick the box and it goes to the room with the others, without a name."
)
SENT_PROMISE: Final = (
    "Sealed until your facilitator shows all answers together, from five up; nobody sees whose is "
    "whose. Name no person."
)
ASK_LAST: Final = "End with three questions on the seats"
_SAFE: Final = {
    Safe.MOST: "Most say that it is safe to speak here.",
    Safe.DIVIDED: "Asked whether it is safe to speak here, the room is divided.",
    Safe.FEW: "Few say that it is safe to speak here. Who would need to hear that first?",
}
_CARPET: Final = (
    "Nobody named a conflict. It may be that there is none; it may lie under the carpet. Which is "
    "it, and how would you know?"
)


def safe_said(safe: Safe | None) -> str:
    """Say how safe the room finds it to speak; "" where too few said so."""
    return "" if safe is None else _SAFE[safe]


def scorecard_said(card: Scorecard) -> tuple[str, ...]:
    """Say what a workshop came to, a sentence a count."""
    surprises = counted(card.surprises, "surprise")
    tests = f"{card.owned} of {counted(card.tests, 'test')}" if card.tests else "No test"
    beside = f", and {counted(card.beside, 'row')} beside them" if card.beside else ""
    return (
        f"{card.debated} of {counted(card.domains, 'domain')} debated{beside}",
        f"{surprises} noted" if card.surprises else "No surprise noted",
        f"{tests} owned by two partners or more",
    )


def conflicts_said(card: Scorecard) -> str:
    """Say which kinds of conflict were named; where none was, ask, and never accuse.

    "" where nothing was debated: nobody has had the occasion.
    """
    if not card.debated and not card.beside:
        return ""
    named = [f"{KINDS[kind].lower()} ({times})" for kind, times in card.conflicts.items()]
    if card.unsaid:
        named.append(f"agreed to differ, of a kind that nobody named ({card.unsaid})")
    return f"Conflicts that were named: {listed(named)}." if named else _CARPET


def answered_said(answered: int, most: int, least: int) -> str:
    """Say how many seats have answered, and from how many on anything is shown.

    Args:
        answered: seats that wrote anything.
        most: seats that answered the question that most answered.
        least: answers to one question from which it is shown.
    """
    have = "1 has answered" if answered == 1 else f"{answered} have answered"
    wait = f" Shown from {least} answers to a question on." if most < least else ""
    return f"{have}.{wait}"


def by_question(said: Sequence[LastSaid]) -> dict[str, list[str]]:
    """Give what was said under the question, in the order in which they are asked."""
    found: dict[str, list[str]] = {}
    for question, asked in QUESTIONS.items():
        times = Counter(line.said for line in said if line.question is question)
        if times:
            found[asked] = [_times(line, wrote) for line, wrote in times.items()]
    return found


def kept_back_said(said: Sequence[LastSaid], least: int) -> str:
    """Say why a question of those that were asked is not among what is shown; "" where all are."""
    missing = len(QUESTIONS) - len({line.question for line in said})
    if not said or not missing:
        return ""
    few = f"fewer than {least} seats sent an answer to"
    if missing == 1:
        return f"One question is not shown: {few} it."
    return f"{missing} questions are not shown: {few} them."


def _times(said: str, wrote: int) -> str:
    return said if wrote == 1 else f"{said} ({wrote} wrote it)"
