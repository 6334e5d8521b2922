"""Round 1 to round 2 of one domain: the same seats, who moved, and towards whom."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import comb
from typing import NamedTuple

from aqua_core.rules.agreement import middle_of, spread
from aqua_core.rules.groups import POOL
from aqua_core.rules.guard import told_of, told_on
from aqua_core.rules.lines import groups_to_name
from aqua_core.vocabulary import Cast, Compare, Score, Tier, Workshop
from aqua_core.vocabulary.reading import Pattern
from aqua_core.vocabulary.shown import Movement, Pull

_NEARLY_ALL = Fraction(4, 5)
_FEWEST_TO_TELL = 3

Pair = tuple[int, int]


class _Leader(NamedTuple):
    """Who may have pulled: the median of a tier in round 1, and that of the others, by team id."""

    points: Fraction
    middle: Fraction
    others: frozenset[str] = frozenset()


def movement_of(workshop: Workshop, casts: Sequence[Cast], domain: str) -> Movement | None:
    """Compare the first and the newest round of a domain, seat by seat.

    Args:
        workshop: its teams and guard.
        casts: revealed scores of every round.
        domain: its key.

    Returns:
        Counts over the seats with points in both rounds; None when those are fewer than the
        guard, or nobody scored twice.
    """
    pairs = _pairs([cast for cast in casts if cast.domain == domain])
    if not pairs or len(pairs) < workshop.guard:
        return None
    moves = [pair for _, pair in pairs]
    before, after = spread([first for first, _ in moves]), spread([second for _, second in moves])
    up = sum(1 for first, second in moves if second > first)
    down = sum(1 for first, second in moves if second < first)
    pull = _pull_of_seniors(workshop, pairs)
    return Movement(
        domain=domain,
        seats=len(moves),
        up=up,
        down=down,
        before=float(before),
        after=float(after),
        by_coin=float(sign_test(up, down)),
        pull=pull,
        pattern=_pattern(up + down, before, after, pull),
    )


def movement_told(workshop: Workshop, casts: Sequence[Cast], domain: str) -> Movement | None:
    """Give the movement of a domain where it may be told (see `may_be_followed`), else None."""
    followed = may_be_followed(workshop, casts, domain)
    return movement_of(workshop, casts, domain) if followed else None


def may_be_followed(workshop: Workshop, casts: Sequence[Cast], domain: str) -> bool:
    """Tell whether what is said of movement keeps hidden scores hidden.

    "Nobody moved" makes one set of scores of two rounds: a team of two in a pool, and alone in the
    next round with a third, would be known, and so would be who came later. So where groups are
    hidden, the same seats must have scored in both rounds and be told in the same portions.
    """
    here = [cast for cast in casts if cast.domain == domain]
    numbers = sorted({cast.round for cast in here})
    if len(numbers) < 2:
        return False
    rounds = [[cast for cast in here if cast.round == at] for at in (numbers[0], numbers[-1])]
    told = [told_on(workshop, casts_then, domain) for casts_then in rounds]
    if any(at_a_look.withheld for at_a_look in told):
        return False
    if all(len(portion) == 1 for at_a_look in told for portion in at_a_look.portions):
        return True
    first, second = (_points(here, at).keys() for at in (numbers[0], numbers[-1]))
    return first == second and told[0].portions == told[1].portions


def sign_test(up: int, down: int) -> Fraction:
    """Give how often fair coins send as many one way: exact, two-sided, 0 to 1; 1 if none moved.

    Arbuthnot (1710); Conover (1999), section 3.4: those who stayed are left out.
    """
    moved = up + down
    tail = sum(comb(moved, more) for more in range(max(up, down), moved + 1))
    return min(Fraction(1), Fraction(2 * tail, 2**moved))


def pull_towards(moves: Sequence[Pair], leader: Fraction) -> Pull:
    """Count who ended nearer to a leader's round 1 point.

    A move tells something only where leader and room pull different ways: the seat did not stand
    with the leader, and the median of these seats lay another way than the leader did.

    Args:
        moves: (round 1, round 2) points of each seat.
        leader: the point that may have pulled, 0 to 5.
    """
    if not moves:
        return Pull(moved=0, towards=0, could_tell=0, told=0)
    middle = middle_of([first for first, _ in moves])
    each = [_leaning(move, _Leader(leader, middle)) for move in moves]
    moved, towards, could_tell, told = (sum(count) for count in zip(*each, strict=True))
    return Pull(moved=moved, towards=towards, could_tell=could_tell, told=told)


def _leaning(move: Pair, leader: _Leader) -> tuple[int, int, int, int]:
    """Give what one seat adds to the counts of a pull, in their order: 0 or 1 each."""
    first, second = move
    moved = first != second
    nearer = moved and _nearer(move, leader.points)
    tells = moved and _way(first, leader.points) not in (0, _way(first, leader.middle))
    return int(moved), int(nearer), int(tells), int(tells and nearer)


def pulled(pull: Pull | None, before: float | Fraction, after: float | Fraction) -> bool:
    """Tell whether nearly all who could tell went to the tier while the spread at least halved.

    Nearly all is four in five, of three seats or more.
    """
    if pull is None or pull.could_tell < _FEWEST_TO_TELL:
        return False
    return pull.told >= _NEARLY_ALL * pull.could_tell and before > 0 and 2 * after <= before


def _pattern(moved: int, before: Fraction, after: Fraction, pull: Pull | None) -> Pattern | None:
    if pulled(pull, before, after):
        return Pattern.MOVED_TO_SENIOR
    return Pattern.MOVED if moved else None


def _pairs(casts: Sequence[Cast]) -> list[tuple[str, Pair]]:
    numbers = {cast.round for cast in casts}
    if len(numbers) < 2:
        return []
    first, second = _points(casts, min(numbers)), _points(casts, max(numbers))
    both = sorted(first.keys() & second.keys())
    return [(seat[0], (first[seat], second[seat])) for seat in both]


def _points(casts: Sequence[Cast], number: int) -> dict[tuple[str, str], int]:
    return {
        (cast.team_id, cast.seat_id): cast.score
        for cast in casts
        if cast.round == number and isinstance(cast.score, int)
    }


def _pull_of_seniors(workshop: Workshop, pairs: Sequence[tuple[str, Pair]]) -> Pull | None:
    """Measure the others against the most senior tier; None where a tier may not be named."""
    leader = _leader_of(workshop, pairs)
    if leader is None:
        return None
    return pull_towards([move for team, move in pairs if team in leader.others], leader.points)


def _leader_of(workshop: Workshop, pairs: Sequence[tuple[str, Pair]]) -> _Leader | None:
    """Give the most senior tier of seats that scored twice; None where it may not be named.

    It is told of the partners whose tiers can be compared, and so are the others.

    Args:
        workshop: its teams and guard.
        pairs: the team and both points of each of these seats, at least one.
    """
    tiers = {team.id: team.tier for team in workshop.teams}
    firsts: dict[str, list[Score]] = {}
    for team, (first, _) in pairs:
        firsts.setdefault(team, []).append(first)
    told = told_of(workshop.teams, firsts, workshop.guard)
    named = groups_to_name(told, Compare.TIER)
    senior = _most_senior(pairs, tiers)
    standing = told.groups(Compare.TIER)
    below = frozenset(
        team for team, tier in tiers.items() if tier is not senior and standing[team] is not POOL
    )
    others = [first for team, (first, _) in pairs if team in below]
    if senior.value not in named or not others:
        return None
    seniors = [first for team, (first, _) in pairs if standing[team].id == senior.value]
    return _Leader(middle_of(seniors), middle_of(others), below)


def _most_senior(pairs: Sequence[tuple[str, Pair]], tiers: Mapping[str, Tier]) -> Tier:
    return min((tiers[team] for team, _ in pairs), key=list(Tier).index)


def _way(start: int, end: Fraction) -> int:
    return (end > start) - (end < start)


def _nearer(move: Pair, leader: Fraction) -> bool:
    return abs(move[1] - leader) < abs(move[0] - leader)
