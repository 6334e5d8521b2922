"""One domain in words, whether or not it is talked about."""

from collections.abc import Collection, Sequence
from fractions import Fraction

from aqua_core.rules.guard.telling import Telling, Told
from aqua_core.rules.lines.ballots import Ballots
from aqua_core.rules.reading.agreement import (
    how_agreed,
    how_high,
    middle_of,
    spread,
    thirds_of,
    two_camps,
)
from aqua_core.vocabulary.reading import (
    DomainReading,
    HowAgreed,
    HowHigh,
    LeftOut,
    LookedAt,
    Pattern,
    Topic,
)

MANY = Fraction(3, 10)
"""The share of blanks from which a domain is one that many cannot score; as in the tells."""

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


def domain_reading(
    ballots: Ballots, domain: str, counting: Sequence[Topic], guard: int
) -> DomainReading:
    """Put one domain into words: how high its middle score lies and, apart from that, how agreed.

    Args:
        ballots: of the room.
        domain: its key.
        counting: what could be talked about on it.
        guard: the fewest scores that may be shown.

    Returns:
        Figures over all seats; None of them below the guard, where the room cannot say.
    """
    points = [given for _, given in ballots.column(domain)]
    blanks = len(ballots.rows) - len(points)
    if len(points) < max(guard, 1):
        return _too_few(domain, len(points), blanks)
    agreed = how_agreed(points, any(each.line for each in counting))
    thirds, level = thirds_of(points), middle_of(points)
    calm = Pattern.MANY_CANNOT_SAY if _many(blanks, len(points)) else _calm(agreed, level)
    return DomainReading(
        domain=domain,
        pattern=counting[0].pattern if counting else calm,
        how_agreed=agreed,
        how_high=how_high(level),
        level=float(level),
        spread=float(spread(points)),
        thirds=thirds,
        two_camps=two_camps(thirds),
        scored=len(points),
        cannot_say=blanks,
    )


def untold(domain: str, told: Told, seats: int) -> DomainReading:
    """Put a domain whose scores are withheld into words: how many scored it, and no figure.

    Args:
        domain: its key.
        told: of this domain.
        seats: how many answered anything.
    """
    scored = sum(told.scored.values())
    too_few = _too_few(domain, scored, seats - scored)
    alike = told.telling is Telling.TOO_ALIKE and too_few.pattern is Pattern.TOO_FEW
    return too_few.model_copy(update={"pattern": Pattern.TOO_ALIKE}) if alike else too_few


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
    return _AGREED[how_high(level)] if agreed is HowAgreed.AGREED else Pattern.TOO_MIXED


def _many(blanks: int, scored: int) -> bool:
    return blanks >= MANY * (blanks + scored)


def _too_few(domain: str, scored: int, blanks: int) -> DomainReading:
    return DomainReading(
        domain=domain,
        pattern=Pattern.MANY_CANNOT_SAY if _many(blanks, scored) else Pattern.TOO_FEW,
        how_agreed=HowAgreed.CANNOT_SAY,
        how_high=None,
        level=None,
        spread=None,
        thirds=None,
        two_camps=False,
        scored=scored,
        cannot_say=blanks,
    )
