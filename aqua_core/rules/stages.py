"""Where a workshop is, and what may be done there. A rule that refuses comes as a pair."""

from collections.abc import Sequence

from aqua_core.errors import NothingToReveal, NotScored, Refusal, RoundClosed
from aqua_core.vocabulary import Round, Stage


def stage_of(rounds: Sequence[Round]) -> Stage:
    """Tell where a workshop is, from the newest round of each domain."""
    if not rounds:
        return Stage.WELCOME
    return Stage.SCORING if open_domains(rounds) else Stage.REVEALED


def open_domains(rounds: Sequence[Round]) -> tuple[str, ...]:
    """Give the keys of the domains whose newest round is still sealed."""
    return tuple(each.domain for each in rounds if not each.revealed)


def revealed_rounds(rounds: Sequence[Round]) -> dict[str, int]:
    """Give the newest revealed round number of each domain that may be shown."""
    return {each.domain: each.number for each in rounds if each.revealed}


def round_to_open(rounds: Sequence[Round], domain: str) -> int:
    """Give the number of the round that opens next on a domain: 1, or one more than the last.

    Raises:
        NotScored: the domain is being scored already.
    """
    last = _newest(rounds, domain)
    if last and not last.revealed:
        raise NotScored("This domain is being scored already.")
    return last.number + 1 if last else 1


def round_to_score(rounds: Sequence[Round], domain: str) -> int:
    """Give the number of the open round on a domain.

    Raises:
        RoundClosed: its newest round was revealed.
        NotScored: nobody opened it yet.
    """
    last = _newest(rounds, domain)
    if not last:
        raise NotScored("Scoring has not opened. This page moves by itself when it does.")
    if last.revealed:
        raise RoundClosed("Scoring has closed. Your last saved score stands.")
    return last.number


def check_may_reveal(rounds: Sequence[Round]) -> None:
    """Refuse a reveal when nothing is sealed.

    Raises:
        NothingToReveal: no round is open.
    """
    if not open_domains(rounds):
        raise NothingToReveal("Nothing is being scored. Open scoring first.")


def may_reveal(rounds: Sequence[Round]) -> bool:
    """Tell whether a reveal would be accepted."""
    try:
        check_may_reveal(rounds)
    except Refusal:
        return False
    return True


def _newest(rounds: Sequence[Round], domain: str) -> Round | None:
    return next((each for each in rounds if each.domain == domain), None)
