"""One round of one domain dealt anew: what is told together, among those it is told of."""

import random
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from aqua_core.rules.guard.pooling import Portion, portions_of
from aqua_core.rules.guard.telling import Telling, Told
from aqua_core.vocabulary import CANNOT_SAY, LOWEST, Cast, Score

NOT_TOLD: Final = LOWEST
"""Stands for every score of a domain that is withheld: all alike, so it stays withheld."""

Casts = list[Cast]
Seats = Collection[str]
"""Ids of seats."""


def stays_as_it_is(told: Told) -> bool:
    """Tell whether nothing of a round is dealt: every team is told alone."""
    return all(len(portion) == 1 for portion in told.answers) and not told.withheld


def portions_mixed(told: Told) -> list[Portion]:
    """Give the teams that are counted together, and are several."""
    return [each for each in portions_of(told.counted, told.answered) if len(each) > 1]


class Deal(NamedTuple):
    """How a round is dealt.

    `dice` are seeded by what is shown. `may_score` are those who may come to points where blanks
    are dealt, None for all. With `alone_too` a team that is told alone deals its ballots among its
    seats. With `lumps` whole teams may come to blanks alone: by chance they hardly ever do.
    """

    dice: random.Random
    may_score: Seats | None = None
    alone_too: bool = False
    lumps: bool = False


def dealt(casts: Sequence[Cast], told: Told, deal: Deal) -> Casts | None:
    """Deal blanks, then points: as many of each to every portion as it has.

    Args:
        casts: of one round of one domain, in an order that says nothing.
        told: of them.
        deal: how.

    Returns:
        None where it cannot be so.
    """
    portions = portions_of(told.counted, told.answered)
    if told.telling is Telling.APART and not deal.alone_too:
        portions = tuple(portions_mixed(told))
    blanks = [cast.score == CANNOT_SAY for cast in casts]
    for portion in portions:
        places = [at for at, cast in enumerate(casts) if cast.team_id in portion]
        free = [at for at in places if _may_score(casts[at], deal)]
        left = sum(blanks[at] for at in places) - (len(places) - len(free))
        if left < 0:
            return None
        silent = _silent(casts, free, left, deal)
        for at in places:
            blanks[at] = at in silent or not _may_score(casts[at], deal)
    together = portions if told.telling is Telling.APART else told.answers
    return _with_points(casts, told, blanks, together, deal.dice)


def _may_score(cast: Cast, deal: Deal) -> bool:
    return deal.may_score is None or cast.seat_id in deal.may_score


def _silent(casts: Sequence[Cast], free: Sequence[int], blanks: int, deal: Deal) -> set[int]:
    """Draw the places that come to blanks: where there are lumps, whole teams first."""
    found: set[int] = set()
    if deal.lumps:
        teams = sorted({casts[at].team_id for at in free})
        for team in deal.dice.sample(teams, deal.dice.randint(0, len(teams))):
            theirs = {at for at in free if casts[at].team_id == team}
            if len(found) + len(theirs) <= blanks:
                found |= theirs
    hand = [at for at in free if at not in found]
    deal.dice.shuffle(hand)
    return found | set(hand[: blanks - len(found)])


def _with_points(
    casts: Sequence[Cast],
    told: Told,
    blanks: Sequence[bool],
    together: Sequence[Portion],
    dice: random.Random,
) -> Casts | None:
    """Give the casts with points dealt to those without a blank; None where it cannot be so."""
    if told.withheld:
        return with_scores(casts, [CANNOT_SAY if blank else NOT_TOLD for blank in blanks])
    scores = [cast.score for cast in casts]
    for portion in together:
        places = [at for at, cast in enumerate(casts) if cast.team_id in portion]
        _deal(scores, places, blanks, dice)
    if told.telling is Telling.TOGETHER and not _make_one_alike(casts, told, scores, dice):
        return None
    return with_scores(casts, scores)


def _deal(
    scores: list[Score], places: Sequence[int], blanks: Sequence[bool], dice: random.Random
) -> None:
    hand = sorted(score for at in places if isinstance(score := scores[at], int))
    dice.shuffle(hand)
    for at in places:
        scores[at] = CANNOT_SAY if blanks[at] else hand.pop()


def _make_one_alike(
    casts: Sequence[Cast], told: Told, scores: list[Score], dice: random.Random
) -> bool:
    """Make teams that stand together give the same points, as some do where a room is one pool.

    Whoever knows the rule knows as much, and not which teams nor which points: those are drawn
    from all that there can be (see `gives_away`). Tell whether there are any.
    """
    scored = [at for at, score in enumerate(scores) if isinstance(score, int)]
    counts = Counter(scores[at] for at in scored)
    mixed = [
        [at for at in scored if casts[at].team_id in portion] for portion in portions_mixed(told)
    ]
    ways = [
        (places, points)
        for places in mixed
        for points in sorted(counts, key=str)
        if places and counts[points] >= len(places)
    ]
    if not ways:
        return False
    places, points = dice.choice(ways)
    rest = sorted((counts - Counter({points: len(places)})).elements(), key=str)
    dice.shuffle(rest)
    for at in scored:
        scores[at] = points if at in places else rest.pop()
    return True


def with_scores(casts: Sequence[Cast], scores: Sequence[Score]) -> Casts:
    """Give the same casts with other scores."""
    return [
        cast.model_copy(update={"score": score}) for cast, score in zip(casts, scores, strict=True)
    ]
