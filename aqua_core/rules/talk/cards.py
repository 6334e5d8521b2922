"""What was done with the cards of a room, and what still stands of it."""

from collections.abc import Mapping, Sequence

from aqua_core.errors import ChangedMeanwhile, NothingToUndo, StillSealed
from aqua_core.vocabulary import Act, TopicMove

WHOLE_ROOM = ""
"""Where a quiet room's acts are kept: on no domain."""


def standing(moves: Sequence[TopicMove]) -> tuple[TopicMove, ...]:
    """Give the acts that nobody took back, in their order."""
    undone = {each.undoes for each in moves if each.act is Act.UNDO}
    return tuple(each for each in moves if each.act is not Act.UNDO and each.sequence not in undone)


def newest_acts(moves: Sequence[TopicMove], rounds: Mapping[str, int]) -> dict[str, TopicMove]:
    """Give the newest standing act on each domain, in the order in which they were done.

    An act is on the scores that it was done on: once a domain is scored again, its card is fresh.

    Args:
        moves: every act of a workshop.
        rounds: the number of the round that is shown, by domain key.
    """
    acts: dict[str, TopicMove] = {}
    for each in standing(moves):
        if _round_of(each, rounds) == each.number:
            acts.pop(each.domain, None)
            acts[each.domain] = each
    return acts


def newest_round(rounds: Mapping[str, int]) -> int:
    """Give the round that the whole room's acts are on: the highest that is shown.

    Raises:
        StillSealed: nothing is revealed.
    """
    if not rounds:
        raise StillSealed("These scores are sealed until the reveal.")
    return max(rounds.values())


def set_aside(moves: Sequence[TopicMove]) -> frozenset[tuple[str, int]]:
    """Give (domain, round number) of each card that was set aside last and not taken back."""
    newest = {(each.domain, each.number): each.act for each in standing(moves)}
    return frozenset(card for card, act in newest.items() if act is Act.SET_ASIDE)


def taken(moves: Sequence[TopicMove], rounds: Mapping[str, int]) -> str | None:
    """Give the domain whose card was taken last and not put away since, or None."""
    newest = newest_acts(moves, rounds)
    return next((key for key, each in reversed(newest.items()) if each.act is Act.TAKE), None)


def check_undo(moves: Sequence[TopicMove], meant: int) -> TopicMove:
    """Give the act that is taken back: the newest that stands.

    Args:
        moves: every act of a workshop.
        meant: the sequence of the act that was on the screen.

    Raises:
        NothingToUndo: nothing stands.
        ChangedMeanwhile: another act was done since.
    """
    acts = standing(moves)
    if not acts:
        raise NothingToUndo("There is nothing left to take back.")
    if acts[-1].sequence != meant:
        raise ChangedMeanwhile(
            "Something else was done since on another screen. Look again before you take it back."
        )
    return acts[-1]


def _round_of(move: TopicMove, rounds: Mapping[str, int]) -> int | None:
    if move.domain == WHOLE_ROOM:
        return max(rounds.values(), default=None)
    return rounds.get(move.domain)
