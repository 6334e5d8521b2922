"""One neutral question a pattern. It names nobody, takes no side and holds no verdict."""

from typing import Final

from aqua_core.vocabulary import Place
from aqua_core.vocabulary.reading import Pattern

QUESTIONS: Final = {
    Pattern.PARTNERS_APART: "What does each of you see here that the others may not?",
    Pattern.TIERS_APART: "On an ordinary day, what does this look like from where you sit?",
    Pattern.TEAMS_APART: "What happens in each team here that the other teams may not have seen?",
    Pattern.CAMPS_ALONG_A_LINE: "What would each side need to see to move by one point?",
    Pattern.CAMPS_THROUGH_TEAMS: "Which example did you have in mind: a low one, or a high one?",
    Pattern.WIDE_SPREAD: "Which example did each of you have in mind when you scored this?",
    Pattern.AGREED_LOW: "What would one point higher look like here?",
    Pattern.AGREED_MIDDLING: "What holds this where it is, and what would move it by one point?",
    Pattern.AGREED_HIGH: "What could somebody from another place come and look at here?",
    Pattern.TOO_MIXED: "How did each of you read this domain when you scored it?",
    Pattern.MANY_CANNOT_SAY: "Who could tell the room more about this?",
    Pattern.TOO_FEW: "Whose view would help us here?",
    Pattern.TOO_ALIKE: "Who might read this domain differently from us?",
    Pattern.QUIET_ROOM: "What would someone who is not here say?",
    Pattern.MOVED: "What did you hear that moved you, or that left you where you were?",
    Pattern.MOVED_TO_SENIOR: "What did you hear between the two looks, and what was not said?",
    Pattern.FELL: "What changed: the work, what we know of it, or who is in the room?",
}


def question(pattern: Pattern) -> str:
    """Give the one question that a pattern raises."""
    return QUESTIONS[pattern]


def on_a_tuesday(place: Place) -> str:
    """Keep the talk about people: ask after the place's fictional resident; "" without one."""
    if not place.persona:
        return ""
    return f"And what does it mean on a Tuesday for {place.persona.split()[0]}?"
