"""One domain in words, whether or not it is talked about."""

from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import NamedTuple

from aqua_core.rules.guard.telling import Telling, Told
from aqua_core.rules.reading.agreement import (
    how_high,
    middle_of,
    spread,
    thirds_of,
    two_camps,
)
from aqua_core.vocabulary import Cast
from aqua_core.vocabulary.reading import (
    DomainReading,
    HowAgreed,
    HowHigh,
    LeftOut,
    LookedAt,
    Pattern,
)

MANY = Fraction(3, 10)
"""The share of "cannot say" from which a domain is one that many cannot score; as in the tells."""

_AGREED = {
    HowHigh.LOW: Pattern.AGREED_LOW,
    HowHigh.MIDDLING: Pattern.AGREED_MIDDLING,
    HowHigh.HIGH: Pattern.AGREED_HIGH,
}
_WHY = {
    Pattern.TOO_MIXED: LeftOut.TOO_MIXED,
    Pattern.TOO_FEW: LeftOut.TOO_FEW,
    Pattern.TOO_ALIKE: LeftOut.TOO_ALIKE,
    Pattern.MANY_CANNOT_SAY: LeftOut.TOO_FEW,
}


class Answers(NamedTuple):
    """What a domain was answered: the points given, and how many answered otherwise, or not."""

    points: list[int]
    cannot_say: int
    unanswered: int


def answers_on(casts: Sequence[Cast], domain: str) -> Answers:
    """Count the answers on one domain; seats that answered another domain and not this are counted.

    Args:
        casts: of one round a domain, at most one a seat and domain.
        domain: its key.
    """
    seats = {(cast.team_id, cast.seat_id) for cast in casts}
    here = [cast.score for cast in casts if cast.domain == domain]
    points = [score for score in here if isinstance(score, int)]
    return Answers(points, len(here) - len(points), len(seats) - len(here))


def domain_reading(
    domain: str, answers: Answers, agreed: HowAgreed, pattern: Pattern | None
) -> DomainReading:
    """Put one domain into words: how high its middle score lies and, apart from that, how agreed.

    Args:
        domain: its key.
        answers: with points of as many seats as the guard asks for, at least one.
        agreed: how close the room is on it.
        pattern: of what divides the room here; None where nothing does.

    Returns:
        Figures over all seats.
    """
    points = answers.points
    thirds, level = thirds_of(points), middle_of(points)
    many = _many(answers.cannot_say, len(points))
    calm = Pattern.MANY_CANNOT_SAY if many else _calm(agreed, level)
    return DomainReading(
        domain=domain,
        pattern=pattern or calm,
        how_agreed=agreed,
        how_high=how_high(level),
        level=float(level),
        spread=float(spread(points)),
        thirds=thirds,
        two_camps=two_camps(thirds),
        scored=len(points),
        cannot_say=answers.cannot_say,
        unanswered=answers.unanswered,
    )


def untold(domain: str, answers: Answers, told: Told) -> DomainReading:
    """Put a domain whose scores are withheld into words: how many scored it, and no figure."""
    scored = len(answers.points)
    few = Pattern.TOO_ALIKE if told.telling is Telling.TOO_ALIKE else Pattern.TOO_FEW
    return DomainReading(
        domain=domain,
        pattern=Pattern.MANY_CANNOT_SAY if _many(answers.cannot_say, scored) else few,
        how_agreed=HowAgreed.CANNOT_SAY,
        how_high=None,
        level=None,
        spread=None,
        thirds=None,
        two_camps=False,
        scored=scored,
        cannot_say=answers.cannot_say,
        unanswered=answers.unanswered,
    )


def unsaid(domains: Sequence[DomainReading], said: Collection[str]) -> tuple[LookedAt, ...]:
    """Give the domains that no topic and no gap speaks of, each with its plain reason."""
    return tuple(
        LookedAt(
            pattern=each.pattern,
            domain=each.domain,
            points=each.spread,
            why=_WHY.get(each.pattern, LeftOut.NOTHING_DIVIDES),
        )
        for each in domains
        if each.domain not in said
    )


def _calm(agreed: HowAgreed, level: Fraction) -> Pattern:
    close = agreed in (HowAgreed.AGREED, HowAgreed.CLOSE)
    return _AGREED[how_high(level)] if close else Pattern.TOO_MIXED


def _many(cannot_say: int, scored: int) -> bool:
    return cannot_say >= MANY * (cannot_say + scored)
