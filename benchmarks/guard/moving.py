"""Other rooms: the answers of one domain moved about so that they may well show the same."""

import random
from collections import Counter
from collections.abc import Sequence

from aqua_core.rules.guard import Portion, Telling, Told
from aqua_core.vocabulary import CANNOT_SAY, POINTS, Cast, Score


def moved_about(casts: list[Cast], told: Told, dice: random.Random, *, blanks: bool) -> list[Cast]:
    """Move the answers of one domain about, in a way that may well show the same."""
    if blanks:
        return _swapped(casts, told, dice)
    if told.telling is Telling.TOGETHER:
        return _alike_elsewhere(casts, told, dice)
    if told.withheld:
        value = _other_values(casts, dice)
        casts = [with_score(c, value[c.score]) if isinstance(c.score, int) else c for c in casts]
        return casts if dice.random() < 0.5 else _dealt(casts, by_counts(told).portions, dice)
    return _dealt(casts, told.portions, dice)


def _other_values(casts: Sequence[Cast], dice: random.Random) -> dict[int, int]:
    """Give each of the points another value: any, or the same steps higher, lower or mirrored.

    Steps matter where two groups' sums agree by chance: 3 and 5 have the sum of 4 and 4.
    """
    given = {cast.score for cast in casts if isinstance(cast.score, int)}
    sign, by = dice.choice((-1, 1)), dice.randint(-5, 10)
    moved = {points: sign * points + by for points in given}
    if moved.keys() and set(moved.values()) <= set(POINTS):
        return moved
    return dict(zip(POINTS, dice.sample(POINTS, len(POINTS)), strict=True))


def _dealt(casts: list[Cast], portions: Sequence[Portion], dice: random.Random) -> list[Cast]:
    """Deal points anew inside portions: who left a blank stays."""
    for portion in portions:
        mine = [c for c in casts if c.team_id in portion and c.score != CANNOT_SAY]
        points = dice.sample([c.score for c in mine], len(mine))
        hand = dict(zip(map(id, mine), points, strict=True))
        casts = [with_score(c, hand[id(c)]) if id(c) in hand else c for c in casts]
    return casts


def _alike_elsewhere(casts: list[Cast], told: Told, dice: random.Random) -> list[Cast]:
    """Let some portion be all alike, perhaps another one, with a value that enough of them gave."""
    points = [c.score for c in casts if isinstance(c.score, int)]
    counts = Counter(points)
    several = [portion for portion in by_counts(told).answers if len(portion) > 1]
    mixed = [scoring for portion in several if (scoring := portion & told.scored.keys())]
    ways = [
        (portion, value, size)
        for portion in mixed
        for size in [sum(told.scored[team] for team in portion)]
        for value, count in sorted(counts.items())
        if count >= size
    ]
    portion, value, size = dice.choice(ways)
    rest = list((counts - Counter({value: size})).elements())
    # Heaped at one end or in any order: a group's part of the rest goes from least to most.
    rest = dice.choice((sorted(rest), sorted(rest, reverse=True), dice.sample(rest, len(rest))))
    seats = sorted(casts, key=lambda c: (c.team_id, c.seat_id))
    if dice.random() < 0.5:
        order = dice.sample(sorted({c.team_id for c in casts}), len({c.team_id for c in casts}))
        seats = sorted(casts, key=lambda c: (order.index(c.team_id), c.seat_id))
    return [
        c if c.score == CANNOT_SAY else with_score(c, value if c.team_id in portion else rest.pop())
        for c in seats
    ]


def _swapped(casts: list[Cast], told: Told, dice: random.Random) -> list[Cast]:
    """Let another seat of the same portion be the one that could not say."""
    for portion in told.answers:
        mine = [c for c in casts if c.team_id in portion]
        scores = dice.sample([c.score for c in mine], len(mine))
        hand = dict(zip(map(id, mine), scores, strict=True))
        casts = [with_score(c, hand[id(c)]) if id(c) in hand else c for c in casts]
    return casts


def by_counts(told: Told) -> Told:
    """Give what would be told if only counts of scores decided."""
    return Told(Telling.APART, told.counted, told.scored, told.answered)


def with_score(cast: Cast, score: Score) -> Cast:
    """Give a cast with another score."""
    return cast.model_copy(update={"score": score})
