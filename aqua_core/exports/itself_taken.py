"""What a room said of itself, as a file says it."""

from aqua_core.charts.sentences import of_itself as words
from aqua_core.exports.results import Lines, TakenAway
from aqua_core.rules.of_itself import scorecard_of


def itself_lines(taken: TakenAway) -> Lines:
    """Give a line a sentence under a head; () where nothing was debated, said or planned."""
    noted = [talk.domain for talk in taken.conversations]
    card = scorecard_of(tuple(taken.shown.rounds), noted, taken.outcomes, taken.actions)
    counted = words.scorecard_said(card) if card.debated or card.beside or card.tests else ()
    told = (*counted, words.conflicts_said(card), words.safe_said(taken.shown.safe))
    lines = [["The workshop", said] for said in told if said]
    for asked, answers in words.by_question(taken.last_said).items():
        lines += [[asked, said] for said in answers]
    return [["What the room said of itself", ""], *lines] if lines else []


def answered_by(taken: TakenAway, support_id: str) -> tuple[str, str]:
    """Give who answers a request, and by when; "" for what nobody said."""
    for answer in taken.request_answers:
        if answer.support_id == support_id:
            return answer.who, answer.by_on.isoformat() if answer.by_on else ""
    return "", ""
