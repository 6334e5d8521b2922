"""Where a workshop is, and what may be done there.

Rounds come as the file holds them: every round of a workshop, by domain and number.
"""

from collections.abc import Collection, Sequence

from aqua_core.errors import NothingToReveal, NotScored, RoundClosed
from aqua_core.vocabulary import Cast, Round, Stage


def latest(rounds: Sequence[Round]) -> tuple[Round, ...]:
    """Give the newest round of each domain."""
    return tuple({each.domain: each for each in sorted(rounds, key=lambda r: r.number)}.values())


def stage_of(rounds: Sequence[Round]) -> Stage:
    """Tell where a workshop is."""
    if not rounds:
        return Stage.WELCOME
    return Stage.SCORING if open_rounds(rounds) else Stage.REVEALED


def open_rounds(rounds: Sequence[Round]) -> dict[str, int]:
    """Give the number of the sealed round of each domain that is being scored."""
    return {each.domain: each.number for each in latest(rounds) if not each.revealed}


def revealed_rounds(rounds: Sequence[Round], scored: Collection[tuple[str, int]]) -> dict[str, int]:
    """Give the round of each domain that may be shown: the newest one revealed.

    A round that was revealed without a single score hides nothing behind it: the one before it
    is shown. A domain that is being scored again is sealed whole.

    Args:
        rounds: every round.
        scored: (domain, number) of the rounds in which somebody scored.
    """
    sealed = open_rounds(rounds)
    seen = [each for each in rounds if each.revealed and each.domain not in sealed]
    shown = {each.domain: each.number for each in seen}
    return shown | {
        each.domain: each.number for each in seen if (each.domain, each.number) in scored
    }


def rounds_shown(rounds: Sequence[Round], casts: Sequence[Cast]) -> dict[str, int]:
    """Give the round of each domain that may be shown, from every score of a workshop."""
    return revealed_rounds(rounds, {(cast.domain, cast.round) for cast in casts})


def rounds_to_read(rounds: Sequence[Round]) -> frozenset[tuple[str, int]]:
    """Give (domain, number) of every round whose scores may be read, a first and a second look.

    A domain that is being scored again is sealed whole: a reading of its first round beside a room
    that talks about it would steer the second.
    """
    sealed = open_rounds(rounds)
    return frozenset(
        (each.domain, each.number) for each in rounds if each.revealed and each.domain not in sealed
    )


def round_to_open(rounds: Sequence[Round], domain: str) -> int:
    """Give the number of the round that opens next on a domain: 1, or one more than the last.

    Raises:
        NotScored: the domain is being scored already.
    """
    last = _newest(rounds, domain)
    if last and not last.revealed:
        raise NotScored("This domain is being scored already.")
    return last.number + 1 if last else 1


def round_to_score(rounds: Sequence[Round], domain: str, meant: int | None = None) -> int:
    """Give the number of the open round on a domain.

    Args:
        rounds: every round.
        domain: its key.
        meant: the round that a score was given for; None for the open one.

    Raises:
        RoundClosed: its newest round was revealed, or another one is open than was meant.
        NotScored: nobody opened it yet.
    """
    last = _newest(rounds, domain)
    if not last:
        raise NotScored("Scoring has not opened. This page moves by itself when it does.")
    if last.revealed or meant not in (None, last.number):
        raise RoundClosed("Scoring has closed. Your last saved score stands.")
    return last.number


def check_may_reveal(rounds: Sequence[Round]) -> None:
    """Refuse a reveal when nothing is sealed.

    Raises:
        NothingToReveal: no round is open.
    """
    if not open_rounds(rounds):
        raise NothingToReveal("Nothing is being scored. Open scoring first.")


def _newest(rounds: Sequence[Round], domain: str) -> Round | None:
    return next((each for each in latest(rounds) if each.domain == domain), None)
