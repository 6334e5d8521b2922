"""Two rounds that were dealt, put together so that who moved comes out as it was told.

Of all ways in which the newest scores can be dealt to the first ones, chance finds the counts that
were told once in thousands where few moved. So scores are exchanged, two at a time, wherever the
counts come no further from them.
"""

import random
from collections.abc import Sequence
from typing import Final, NamedTuple

from aqua_core.exports.pack.dealing.one_round import (
    Casts,
    portions_mixed,
    with_scores,
)
from aqua_core.rules.guard.telling import Telling, Told
from aqua_core.rules.reading.movement import Leader, leader_of, leaning
from aqua_core.vocabulary import CANNOT_SAY, Cast, Score, Workshop
from aqua_core.vocabulary.second_look import Movement

STEPS: Final = 100  # exchanges tried for each score that may be exchanged

Places = list[int]
"""Places in the newest round between which scores may be exchanged."""
Counts = tuple[int, ...]
"""Who scored twice, went up, went down; then the counts of a pull."""


class _Looks(NamedTuple):
    """Both looks by place of the newest: `after` is what exchanges change."""

    teams: list[str]
    before: list[Score | None]
    after: list[Score]
    leader: Leader | None

    def counted(self, at: int) -> Counts:
        """Give what a place adds to the counts."""
        first, second = self.before[at], self.after[at]
        if not (isinstance(first, int) and isinstance(second, int)):
            return (0,) * (3 if self.leader is None else 7)
        counts = 1, int(second > first), int(second < first)
        if self.leader is None:
            return counts
        if self.teams[at] not in self.leader.others:
            return *counts, 0, 0, 0, 0
        return *counts, *leaning((first, second), self.leader)

    @property
    def same_seats(self) -> bool:
        """Whether the same seats gave points both times."""
        pairs = zip(self.before, self.after, strict=True)
        return all(isinstance(first, int) == isinstance(second, int) for first, second in pairs)

    def stays(self, at: int) -> bool:
        """Tell whether a place holds the same points in both looks."""
        return isinstance(self.after[at], int) and self.before[at] == self.after[at]

    def exchange(self, one: int, other: int) -> None:
        """Let two places exchange what they hold."""
        self.after[one], self.after[other] = self.after[other], self.after[one]


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
    newest, both = looks[1], _both(workshop, looks)
    pools = _exchangeable(newest, told, blanks=not both.same_seats)
    target = _target(wanted) if both.leader else _target(wanted)[:3]
    if pools:
        dice = random.Random(seed)
        _let_stay(both, pools, wanted.seats - wanted.up - wanted.down, dice)
        _climb(both, pools, target, dice)
    return with_scores(newest, both.after)


def _both(workshop: Workshop, looks: tuple[Casts, Casts]) -> _Looks:
    first, newest = looks
    firsts = {cast.seat_id: cast.score for cast in first}
    before = [firsts.get(cast.seat_id) for cast in newest]
    teams = [cast.team_id for cast in newest]
    pairs = [
        (cast.team_id, (point, cast.score))
        for point, cast in zip(before, newest, strict=True)
        if isinstance(point, int) and isinstance(cast.score, int)
    ]
    leader = leader_of(workshop, pairs) if pairs else None
    return _Looks(teams, before, [cast.score for cast in newest], leader)


def _target(wanted: Movement) -> Counts:
    pull = wanted.pull
    towards = (pull.moved, pull.towards, pull.could_tell, pull.told) if pull else (0, 0, 0, 0)
    return wanted.seats, wanted.up, wanted.down, *towards


def _exchangeable(newest: Sequence[Cast], told: Told, *, blanks: bool) -> list[Places]:
    """Give the pools of places; teams that were made alike keep their scores."""
    kept = set() if blanks else {at for at, cast in enumerate(newest) if cast.score == CANNOT_SAY}
    if told.telling is Telling.TOGETHER:
        for portion in portions_mixed(told):
            scored = _scored_in(newest, portion)
            if len({newest[at].score for at in scored}) == 1:
                kept |= set(scored)
    pools = [
        [at for at, cast in enumerate(newest) if cast.team_id in portion and at not in kept]
        for portion in told.answers
    ]
    return [each for each in pools if len(each) > 1]


def _scored_in(newest: Sequence[Cast], portion: frozenset[str]) -> Places:
    return [
        at
        for at, cast in enumerate(newest)
        if cast.team_id in portion and isinstance(cast.score, int)
    ]


def _let_stay(both: _Looks, pools: Sequence[Places], stays: int, dice: random.Random) -> None:
    """Begin with as many who did not move as were told: where few move, a climb takes long."""
    everywhere = [(at, pool) for pool in pools for at in pool]
    dice.shuffle(everywhere)
    left = stays - sum(map(both.stays, range(len(both.after))))
    for one, pool in everywhere:
        if left <= 0:
            return
        wanted = both.before[one]
        fits = (at for at in pool if both.after[at] == wanted and not both.stays(at))
        other = None if both.stays(one) else next(fits, None)
        if isinstance(wanted, int) and other is not None:
            both.exchange(one, other)
            left -= 1 + both.stays(other)


def _climb(both: _Looks, pools: Sequence[Places], target: Counts, dice: random.Random) -> None:
    """Exchange two scores of a pool wherever it is no further off; stop when it is there."""
    everywhere = [(at, pool) for pool in pools for at in pool]
    counts = _added([both.counted(at) for at in range(len(both.after))])
    left = _off(counts, target)
    for _ in range(STEPS * len(everywhere)):
        if not left:
            return
        one, pool = dice.choice(everywhere)
        other = dice.choice(pool)
        if both.after[one] == both.after[other]:
            continue
        here = _added([both.counted(one), both.counted(other)])
        both.exchange(one, other)
        there = _added([both.counted(one), both.counted(other)])
        moved = tuple(c - h + t for c, h, t in zip(counts, here, there, strict=True))
        now = _off(moved, target)
        if now <= left:
            counts, left = moved, now
        else:
            both.exchange(one, other)


def _added(counts: Sequence[Counts]) -> Counts:
    return tuple(map(sum, zip(*counts, strict=True)))


def _off(counts: Counts, target: Counts) -> int:
    return sum(abs(one - other) for one, other in zip(counts, target, strict=True))
