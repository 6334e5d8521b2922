"""What the facilitator alone is told. Every sign is a question; none names a seat or a group."""

from typing import Final

from aqua_core.charts.sentences.wording import apart, in_words, off_said
from aqua_core.vocabulary import Holder
from aqua_core.vocabulary.points import said
from aqua_core.vocabulary.reading import DomainReading, HowAgreed, Pattern, Quiet
from aqua_core.vocabulary.shown import Movement, Tells

KINDS_OF_QUIET: Final = {
    Quiet.GENUINE: "The room agreed from the first look, and no line runs beneath it.",
    Quiet.REACHED: "The room agreed only after a second look. What was said in between?",
    Quiet.TELLS: "The room agrees, and two signs or more are worth a thought. What is not said?",
    Quiet.AS_FAR_AS_SHOWN: "The room agreed from the first look, as far as can be shown: some "
    "groups are too small for a line beneath to be seen.",
    Quiet.WITHIN_A_LEVEL: "On every domain all teams stand within one level of each other.",
    Quiet.LINE_BENEATH: "The room agrees, and a narrow line between groups may run beneath it.",
}
STAYED: Final = (
    "This workshop came in a session pack. Its private notes stayed on the laptop that it is of."
)
NO_SIGN: Final = "Nothing in the answers themselves calls for a note."


def domain_in_words(domain: DomainReading) -> str:
    """Say how high and how agreed a domain is, two words side by side: "low, apart"."""
    if domain.how_high is None:
        return "too few scored to say"
    if domain.how_agreed is HowAgreed.UNCLEAR:
        return f"{domain.how_high}, and too few or too mixed to call agreed or apart"
    if domain.how_agreed is HowAgreed.CLOSE:
        off = f", though {off_said(domain.off)}" if domain.off else ""
        return f"{domain.how_high}, close{off}"
    return f"{domain.how_high}, {domain.how_agreed}"


def moved(movement: Movement) -> str:
    """Say who moved between the first and the newest look: "9 of 20 moved, 8 of them up"."""
    moves = movement.up + movement.down
    if not moves:
        return f"none of {movement.seats} moved"
    up = "none" if not movement.up else str(movement.up)
    towards = movement.pattern is Pattern.MOVED_TO_SENIOR
    return (
        f"{moves} of {movement.seats} moved, {up} of them up; from {apart(movement.before)} "
        f"off the middle score to {said(movement.after, 1)}"
        + ("; nearly all of them towards the most senior tier" if towards else "")
    )


def kind_of_quiet(quiet: Quiet | None) -> str:
    """Say what a quiet room's agreement rests on; "" for a room that is not quiet."""
    return "" if quiet is None else KINDS_OF_QUIET[quiet]


def signs(tells: Tells, holder: Holder = Holder.PERSON) -> tuple[str, ...]:
    """Give each sign worth a private thought as a question; none when they earn no note."""
    if not tells.earns_a_note:
        return ()
    laptops = holder is Holder.LAPTOP
    asked = (
        (tells.straight_lines, _straight(tells, "laptops" if laptops else "seats")),
        (tells.copied_pairs > 0, _copied(tells)),
        (tells.tight, _tight(tells, "teams stand" if laptops else "people sit")),
        (tells.flat, _flat(tells)),
        (tells.pulled > 0, _pulled(tells)),
        (tells.uneven_blanks, _UNEVEN),
    )
    return tuple(sentence for holds, sentence in asked if holds)


_UNEVEN: Final = (
    "One group often chose Cannot say where another hardly ever did. "
    "Who knows what the others cannot see?"
)


def _straight(tells: Tells, who: str) -> str:
    return (
        f"{tells.straight} of {tells.ballots} {who} gave one score to every domain they scored. "
        "Was there time to read the statements?"
    )


def _copied(tells: Tells) -> str:
    if tells.copied_pairs == 1:
        start = "Two seats of one team gave the same answers throughout."
    else:
        start = (
            f"Seats of one team gave the same answers throughout, in {tells.copied_pairs} pairs."
        )
    return f"{start} Did they score together?"


def _tight(tells: Tells, who: str) -> str:
    return (
        f"On {in_words(tells.tight_domains)} domains {who} within half a point of the middle "
        "score. Is it agreement, or is something not said?"
    )


def _flat(tells: Tells) -> str:
    return (
        f"The averages of all domains lie within {apart(tells.range_of_means or 0.0)}. "
        "Does the room tell the domains apart?"
    )


def _pulled(tells: Tells) -> str:
    where = "one domain" if tells.pulled == 1 else f"{in_words(tells.pulled)} domains"
    return (
        f"On {where} nearly all who moved went towards the most senior tier. "
        "What would they have said without it?"
    )
