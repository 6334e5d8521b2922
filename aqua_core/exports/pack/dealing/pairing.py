"""Two rounds that were dealt, put together so that who moved comes out as it was told.

Of all ways in which the newest scores can be dealt to the first ones, chance finds the counts that
were told once in thousands where few moved. So scores are exchanged, two at a time, wherever the
counts come no further from them.
"""

import random
from collections.abc import Callable, Sequence
from typing import Final

from aqua_core.exports.pack.dealing.one_round import (
    Casts,
    portions_mixed,
    portions_told,
    with_scores,
)
from aqua_core.rules.guard.telling import Telling, Told
from aqua_core.rules.reading.movement import movement_of
from aqua_core.vocabulary import Cast, Score, Workshop
from aqua_core.vocabulary.second_look import Movement

STEPS: Final = 60  # exchanges tried for each score that may be exchanged
PULL_STEPS: Final = 10  # the same; each measures the whole movement anew
_FAR: Final = 1_000_000

Places = list[int]
"""Places in the newest round between which scores may be exchanged."""


def paired(
    workshop: Workshop, looks: tuple[Casts, Casts], told: Told, wanted: Movement, seed: str
) -> Casts:
    """Exchange scores of the newest round inside what is told together, towards a movement.

    Args:
        workshop: its teams and holder.
        looks: the first and the newest round of one domain, as dealt.
        told: of the newest.
        wanted: the movement that is told.
        seed: by nothing but what is shown.

    Returns:
        The newest round; what is told of it may be another than wanted, and is to be checked.
    """
    first, newest = looks
    pools = _exchangeable(newest, told)
    if not pools:
        return newest
    firsts = {cast.seat_id: cast.score for cast in first}
    before = [firsts.get(cast.seat_id) for cast in newest]
    after = [cast.score for cast in newest]

    def off_pull() -> int:
        tried = [*first, *with_scores(newest, after)]
        return _off_pull(movement_of(workshop, tried, wanted.domain), wanted)

    dice = random.Random(seed)
    _climb(after, pools, lambda: _off_counts(before, after, wanted), STEPS, dice)
    if wanted.pull is not None:
        _climb(after, pools, off_pull, PULL_STEPS, dice)
    return with_scores(newest, after)


def _exchangeable(newest: Sequence[Cast], told: Told) -> list[Places]:
    """Give the pools of places; teams that were made alike keep their scores."""
    kept: set[int] = set()
    if told.telling is Telling.TOGETHER:
        for portion in portions_mixed(told):
            scored = _scored_in(newest, portion)
            if len({newest[at].score for at in scored}) == 1:
                kept |= set(scored)
    pools = [
        [at for at, cast in enumerate(newest) if cast.team_id in portion and at not in kept]
        for portion in portions_told(told)
        if len(portion) > 1
    ]
    return [each for each in pools if len(each) > 1]


def _scored_in(newest: Sequence[Cast], portion: frozenset[str]) -> Places:
    return [
        at
        for at, cast in enumerate(newest)
        if cast.team_id in portion and isinstance(cast.score, int)
    ]


def _climb(
    after: list[Score],
    pools: Sequence[Places],
    off: Callable[[], int],
    steps: int,
    dice: random.Random,
) -> None:
    """Exchange two scores of a pool wherever it is no further off; stop when it is there."""
    left = off()
    everywhere = [(at, pool) for pool in pools for at in pool]
    for _ in range(steps * len(everywhere)):
        if not left:
            return
        one, pool = dice.choice(everywhere)
        other = dice.choice(pool)
        after[one], after[other] = after[other], after[one]
        now = off()
        if now <= left:
            left = now
        else:
            after[one], after[other] = after[other], after[one]


def _off_counts(before: Sequence[Score | None], after: Sequence[Score], wanted: Movement) -> int:
    moves = [
        second - first
        for first, second in zip(before, after, strict=True)
        if isinstance(first, int) and isinstance(second, int)
    ]
    up, down = sum(move > 0 for move in moves), sum(move < 0 for move in moves)
    return abs(len(moves) - wanted.seats) + abs(up - wanted.up) + abs(down - wanted.down)


def _off_pull(told: Movement | None, wanted: Movement) -> int:
    if told is None or told.pull is None or wanted.pull is None:
        return _FAR
    counts, others = told.pull.model_dump(), wanted.pull.model_dump()
    off: int = sum(abs(counts[each] - others[each]) for each in counts)
    return off + abs(told.up - wanted.up) + abs(told.down - wanted.down)
