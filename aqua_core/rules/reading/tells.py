"""What a quiet room rests on, and signs that something is swept under the carpet.

For the facilitator alone.
"""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from aqua_core.rules.lines.ballots import Ballots, Row, side_of
from aqua_core.rules.lines.showing import groups_to_name
from aqua_core.rules.reading.agreement import spread
from aqua_core.rules.reading.candidates import COUNTS, Scene, is_hidden
from aqua_core.rules.reading.closeness import agreed_on, found_on
from aqua_core.rules.reading.movement import pulled
from aqua_core.vocabulary import Compare, Holder, Team
from aqua_core.vocabulary.reading import HowAgreed, Quiet
from aqua_core.vocabulary.second_look import Movement, Tells

TIGHT = Fraction(1, 2)
MANY_BLANKS = Fraction(3, 10)
FEW_BLANKS = Fraction(1, 20)
FEWEST_TELLS = 2
FEWEST_SCORES = 3
"""Two scores that are the same, or the same as a neighbour's, say nothing about a ballot."""


def tells_of(ballots: Ballots, movements: Sequence[Movement], guard: int) -> Tells:
    """Count the signs over whole ballots; judgement, no source: two are needed for a note.

    Args:
        ballots: the newest revealed scores. None is ever dropped for what it holds.
        movements: of the domains scored twice.
        guard: seats below which nothing is said of a room, a team's copies or a group's blanks.
            A pair in a team of two beside a pool of 1, 1 and 4 would give away all three.

    Returns:
        Counts over the room, naming no group; all 0 when fewer scored than the guard.
    """
    fewest = max(guard, 1)
    cast = [column for each in ballots.domains if len(column := _points(ballots, each)) >= fewest]
    seats = Counter(team.id for team in ballots.teams)
    large = [(team.id, row) for team, row in _rows(ballots) if seats[team.id] >= guard]
    read = ballots.rows if len(ballots.rows) >= guard else ()
    return Tells(
        ballots=len(read),
        straight=sum(straight_lined(row) for row in read),
        copied_pairs=copied_pairs(large),
        tight_domains=sum(spread(column) <= TIGHT for column in cast if len(column) > 1),
        range_of_means=range_of_means(cast),
        pulled=sum(pulled(each.pull, each.before, each.after) for each in movements),
        uneven_blanks=any(
            uneven([(side_of(team, line), row) for team, row in _rows(ballots)], guard)
            for line in (Compare.PARTNER, Compare.TIER)
        ),
    )


def straight_lined(row: Row) -> bool:
    """Tell whether a ballot holds one score in all domains it scored, three or more."""
    given = [points for points in row if points is not None]
    return len(given) >= FEWEST_SCORES and len(set(given)) == 1


def copied_pairs(ballots: Sequence[tuple[str, Row]]) -> int:
    """Count pairs of ballots of one team that are the same, blanks included, and not flat."""
    alike = Counter(ballot for ballot in ballots if _tells_apart(ballot[1]))
    return sum(times * (times - 1) // 2 for times in alike.values())


def range_of_means(columns: Sequence[Sequence[int]]) -> float | None:
    """Give the highest mean of a domain less the lowest, in points; None below two domains."""
    means = [Fraction(sum(column), len(column)) for column in columns]
    return float(max(means) - min(means)) if len(means) > 1 else None


def uneven(ballots: Sequence[tuple[str, Row]], guard: int) -> bool:
    """Tell whether a group leaves 30 % blank or more while another leaves 5 % or less.

    Args:
        ballots: (group, ballot).
        guard: groups with fewer ballots are left out.
    """
    seats = Counter(group for group, _ in ballots)
    blanks: Counter[str] = Counter()
    for group, row in ballots:
        blanks[group] += row.count(None)
    width = len(ballots[0][1]) if ballots else 0
    shares = [
        Fraction(blanks[group], width * seats[group]) for group in seats if seats[group] >= guard
    ]
    return bool(shares) and max(shares) >= MANY_BLANKS and min(shares) <= FEW_BLANKS


def quiet_of(first: Scene, tells: Tells) -> Quiet:
    """Tell what the agreement of a room that is close on every domain rests on.

    Genuine: there from round 1, hiding no line at .20, with fewer than two tells, where every group
    that scored may be named. Reached: only in the newest round. It is asked about in either case,
    never accused.

    Args:
        first: the room as round 1 left it.
        tells: of the newest round.
    """
    if not _close(first):
        return Quiet.REACHED
    if tells.tells >= FEWEST_TELLS:
        return Quiet.TELLS
    if first.workshop.holder is Holder.LAPTOP:
        return Quiet.WITHIN_A_LEVEL
    if _line_beneath(first):
        return Quiet.LINE_BENEATH
    hidden = any(is_hidden(first, each) for each in first.ballots.domains)
    return Quiet.AS_FAR_AS_SHOWN if hidden else Quiet.GENUINE


def _rows(ballots: Ballots) -> list[tuple[Team, Row]]:
    return list(zip(ballots.teams, ballots.rows, strict=True))


def _points(ballots: Ballots, domain: str) -> list[int]:
    return [points for _, points in ballots.column(domain)]


def _tells_apart(row: Row) -> bool:
    given = [points for points in row if points is not None]
    return len(given) >= FEWEST_SCORES and len(set(given)) > 1


def _close(scene: Scene) -> bool:
    if any(told.withheld for told in scene.told.values()):
        return False
    found = found_on(scene, scene.ballots.domains)
    return all(agreed_on(scene, each, found[each]) is HowAgreed.AGREED for each in found)


def _line_beneath(scene: Scene) -> bool:
    """Look for any line at .20, however narrow, along which the groups may be named."""
    return any(
        along.shares[group, domain] <= COUNTS
        for along in scene.lines
        for domain in scene.ballots.domains
        for group in groups_to_name(scene.told[domain], along.line)
        if group in along.groups
    )
