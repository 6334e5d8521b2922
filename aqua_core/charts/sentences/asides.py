"""What was looked at and left: each with its plain reason, and what a quiet room rests on."""

from collections.abc import Sequence
from typing import Final

from aqua_core.charts.sentences.conversations import found, without_a_line
from aqua_core.charts.sentences.wording import Names, in_words
from aqua_core.vocabulary.reading import (
    DomainReading,
    HowAgreed,
    LeftOut,
    LookedAt,
    Pattern,
)

REASONS: Final = {
    LeftOut.SET_ASIDE: "It was set aside.",
    LeftOut.THREE_ARE_ENOUGH: "Three conversations are enough for one sitting.",
    LeftOut.SAME_DOMAIN: "Another finding on this domain comes first.",
    LeftOut.NOTHING_DIVIDES: "The room stands close here.",
    LeftOut.TOO_MIXED: "It is neither agreed nor apart.",
    LeftOut.TOO_FEW: "There are not enough scores to say more.",
    LeftOut.TOO_ALIKE: "The room is too small and too alike here to be shown apart.",
}
ALL_SET_ASIDE: Final = "Every question was set aside."


def left_out(looked_at: LookedAt, names: Names) -> str:
    """Say what was found on a domain, and why no conversation came of it."""
    return f"{names[looked_at.domain]}: {found(looked_at)}. {REASONS[looked_at.why]}"


def how_many_more(count: int) -> str:
    """Say how many were looked at besides: "5 more we looked at"."""
    return f"{count} more we looked at"


def quiet_heading(domains: Sequence[DomainReading], lines_hidden: bool) -> str:
    """Head the card of a room without a conversation; calm is claimed only where it holds."""
    if any(each.how_agreed is not HowAgreed.AGREED for each in domains):
        return "Too few scores to say what divides the room."
    seen = ", as far as can be shown" if lines_hidden else ""
    return f"{without_a_line(Pattern.QUIET_ROOM)}{seen}."


def how_quiet(domains: Sequence[DomainReading]) -> str:
    """Say honestly what stands behind a room without a conversation, in counts of domains."""
    if not domains:
        return ""
    if all(each.level is None for each in domains):
        if any(each.pattern is Pattern.TOO_ALIKE for each in domains):
            return "The room is too small and too alike for its scores to be shown apart."
        return "Too few gave points for the room to say anything about these domains."
    agreed = sum(each.how_agreed is HowAgreed.AGREED for each in domains)
    of = in_words(len(domains))
    if agreed == len(domains):
        return (
            "It agrees on the one domain it scored."
            if agreed == 1
            else f"It agrees on all {of} domains."
        )
    return f"It agrees on {in_words(agreed)} of {of} {'domain' if of == 'one' else 'domains'}."


def quiet_pattern(domains: Sequence[DomainReading]) -> Pattern:
    """Give the pattern that asks a room without a conversation its question."""
    many = [each for each in domains if each.pattern is Pattern.MANY_CANNOT_SAY]
    if domains and all(each.level is None for each in domains):
        return Pattern.MANY_CANNOT_SAY if many else Pattern.TOO_FEW
    return Pattern.QUIET_ROOM
