"""Scores that stand in for those of a room: screens are the same, and no small group is in them.

What is told apart stays as it was. What is told together is dealt out anew by a rule that looks at
nothing but what screens show, so two rooms that show the same give the same stand-ins.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from aqua_core.rules.gaps import gaps_of
from aqua_core.rules.guard.pooling import Portion, portions_of
from aqua_core.rules.guard.telling import Telling, Told, told_on
from aqua_core.rules.spread import spread_of
from aqua_core.rules.whole.blanks import blanks_of
from aqua_core.vocabulary import CANNOT_SAY, LOWEST, Cast, Compare, Score, Workshop

NOT_TOLD: Final = LOWEST
"""Stands for every score of a domain that is withheld: all alike, so it stays withheld."""

TRIES: Final = 200
"""Deals tried for one domain: where blanks are moved about, other groups may come into the pool. Of
domains of small rooms half need one, 99 in 100 fewer than 50."""


def stand_ins(
    workshop: Workshop, casts: Sequence[Cast]
) -> tuple[tuple[Cast, ...], frozenset[tuple[str, int]]]:
    """Give stand-ins for revealed scores, and the keys of domains that are withheld.

    Args:
        workshop: its teams, instrument and holder.
        casts: revealed scores, one round a domain, at most one a seat and domain.

    Returns:
        A cast for each given, of the same seats, in an order that says nothing of seats. On a
        withheld domain each score is NOT_TOLD; who could not say is told as screens tell it.
    """
    told = {domain: told_on(workshop, casts, domain) for domain in _cast_on(workshop, casts)}
    rows = _in_order(casts, told)
    found: list[Cast] = []
    for domain, each in told.items():
        here = [cast for row in rows for cast in row if cast.domain == domain]
        found += _dealt(workshop, here, each)
    held = {(cast.domain, cast.round) for cast in casts if told[cast.domain].withheld}
    return tuple(found), frozenset(held)


def _cast_on(workshop: Workshop, casts: Sequence[Cast]) -> list[str]:
    keys = {cast.domain for cast in casts}
    return [domain.key for domain in workshop.instrument.domains if domain.key in keys]


def _in_order(casts: Sequence[Cast], told: Mapping[str, Told]) -> list[list[Cast]]:
    """Put seats by team and by their answers that are told apart; the others decide nothing."""
    apart = {
        (domain, team)
        for domain, each in told.items()
        for portion in _portions(each)
        if len(portion) == 1
        for team in portion
    }
    seats: dict[tuple[str, str], list[Cast]] = defaultdict(list)
    for cast in casts:
        seats[cast.team_id, cast.seat_id].append(cast)
    return sorted(
        seats.values(),
        key=lambda row: (
            row[0].team_id,
            sorted(
                (cast.domain, str(cast.score) if (cast.domain, cast.team_id) in apart else "")
                for cast in row
            ),
        ),
    )


def _portions(told: Told) -> tuple[Portion, ...]:
    """Give the teams whose answers are dealt together: none apart where the room is one pool."""
    if told.telling is Telling.APART:
        return told.answers
    return (Portion(told.answered),)


def _dealt(workshop: Workshop, casts: Sequence[Cast], told: Told) -> list[Cast]:
    if all(len(portion) == 1 for portion in _portions(told)) and not told.withheld:
        return list(casts)
    wanted = _screens(workshop, casts)
    for deal in range(TRIES):
        dice = random.Random(f"{casts[0].domain} {deal}")
        tried = _with_points(casts, told, _blanks_dealt(casts, told, dice), dice)
        if tried and _screens(workshop, tried) == wanted:
            return tried
    dice = random.Random(f"{casts[0].domain} blanks stay in their teams")
    stayed = _blanks_in(casts, [frozenset({team}) for team in told.answered], dice)
    return _with_points(casts, told, stayed, dice) or list(casts)


def _screens(workshop: Workshop, casts: Sequence[Cast]) -> list[object]:
    """Give all that screens show of one domain, under every comparison."""
    key = casts[0].domain
    domain = workshop.instrument.domain(key)
    assert domain is not None, "a cast is on a domain of the instrument"
    return [
        shown
        for compare in Compare
        for shown in (
            gaps_of(workshop, casts, [key], compare),
            spread_of(workshop, casts, domain, compare),
            blanks_of(workshop, casts, [key], compare),
        )
    ]


def _blanks_dealt(casts: Sequence[Cast], told: Told, dice: random.Random) -> list[bool]:
    """Tell for each cast whether it becomes a blank: as many of each group as screens count."""
    portions = portions_of(told.counted, told.answered)
    if told.telling is Telling.APART:  # a team that is told alone keeps its ballots
        portions = tuple(portion for portion in portions if len(portion) > 1)
    return _blanks_in(casts, portions, dice)


def _blanks_in(
    casts: Sequence[Cast], portions: Sequence[Portion], dice: random.Random
) -> list[bool]:
    blanks = [cast.score == CANNOT_SAY for cast in casts]
    for portion in portions:
        places = [at for at, cast in enumerate(casts) if cast.team_id in portion]
        hand = sorted(blanks[at] for at in places)
        dice.shuffle(hand)
        for at, blank in zip(places, hand, strict=True):
            blanks[at] = blank
    return blanks


def _with_points(
    casts: Sequence[Cast], told: Told, blanks: Sequence[bool], dice: random.Random
) -> list[Cast] | None:
    """Give the casts with points dealt to those without a blank; None where it cannot be so."""
    if told.withheld:
        return _scored(casts, [CANNOT_SAY if blank else NOT_TOLD for blank in blanks])
    scores = [cast.score for cast in casts]
    for portion in _portions(told):
        places = [at for at, cast in enumerate(casts) if cast.team_id in portion]
        if len(portion) > 1:
            _deal(scores, places, blanks, dice)
    if told.telling is Telling.TOGETHER and not _make_one_alike(casts, told, scores, dice):
        return None
    return _scored(casts, scores)


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
        [at for at in scored if casts[at].team_id in portion]
        for portion in portions_of(told.counted, told.answered)
        if len(portion) > 1
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


def _scored(casts: Sequence[Cast], scores: Sequence[Score]) -> list[Cast]:
    return [
        cast.model_copy(update={"score": score}) for cast, score in zip(casts, scores, strict=True)
    ]
