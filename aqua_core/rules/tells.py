"""What a quiet room rests on, and signs that something is swept under the carpet.

For the facilitator alone.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from aqua_core.rules.agreement import spread
from aqua_core.rules.ballots import Ballots, Row
from aqua_core.rules.candidates import COUNTS, Scene, is_hidden
from aqua_core.rules.closeness import agreed_on, found_on, is_calm
from aqua_core.rules.groups import POOL
from aqua_core.rules.guard import Portion, Telling, Told
from aqua_core.rules.lines import groups_to_name
from aqua_core.rules.movement import pulled
from aqua_core.vocabulary import Group, Holder, Team
from aqua_core.vocabulary.reading import Blanks, CouldNot, Quiet
from aqua_core.vocabulary.shown import Movement, Tells

TIGHT = Fraction(1, 2)
MANY_BLANKS = Fraction(3, 10)
"""The share of "cannot say" from which a domain is one that many cannot score."""
_FEW_BLANKS = Fraction(1, 20)
_FEWEST_TELLS = 2
_FEWEST_SCORES = 3
"""Two scores that are the same, or the same as a neighbour's, say nothing about a ballot."""


def tells_of(
    ballots: Ballots,
    movements: Sequence[Movement],
    told: Mapping[str, Told],
    blanks: Sequence[Sequence[Blanks]],
    guard: int,
) -> Tells:
    """Count the signs over whole ballots; judgement, no source: two are needed for a note.

    Only what is shown is compared, and only ballots are read whole that may be dealt anew among
    those who are told with them, and show the same: straight lines where the same teams stand
    together on every domain, copies in teams that are told alone. Over all ballots, a team of three
    that gave the same answers would say what the one person in the pool beside it gave.

    Args:
        ballots: the newest revealed scores. None is ever dropped for what it holds.
        movements: of the domains scored twice.
        told: what may be told of each domain of the ballots.
        blanks: as they are shown, along one line after the other.
        guard: scores below which nothing is said of a domain.

    Returns:
        Counts over those ballots, naming no group.
    """
    fewest = max(guard, 1)
    cast = [column for key in ballots.domains if len(column := _points(ballots, key)) >= fewest]
    portions = _told_throughout(ballots, told)
    read = [(team.id, row) for team, row in _rows(ballots) if team.id in portions]
    alone = [(team, row) for team, row in read if len(portions[team]) == 1]
    return Tells(
        ballots=len(read),
        straight=sum(straight_lined(row) for _, row in read),
        copied_pairs=copied_pairs(alone),
        tight_domains=sum(spread(column) <= TIGHT for column in cast if len(column) > 1),
        range_of_means=range_of_means(cast),
        pulled=sum(pulled(moved.pull, moved.before, moved.after) for moved in movements),
        uneven_blanks=any(map(uneven, blanks)),
    )


def _told_throughout(ballots: Ballots, told: Mapping[str, Told]) -> dict[str, Portion]:
    """Give the teams that each team is told with, by its id, where they are the same everywhere."""
    found: dict[str, set[Portion]] = {}
    for key in ballots.domains:
        for portion in told[key].answers if told[key].telling is Telling.APART else ():
            for team in portion:
                found.setdefault(team, set()).add(portion)
    everywhere = all(told[key].telling is Telling.APART for key in ballots.domains)
    return {
        team: min(portions) for team, portions in found.items() if everywhere and len(portions) == 1
    }


def straight_lined(row: Row) -> bool:
    """Tell whether a ballot holds one score in all domains it scored, three or more."""
    given = [points for points in row if points is not None]
    return len(given) >= _FEWEST_SCORES and len(set(given)) == 1


def copied_pairs(ballots: Sequence[tuple[str, Row]]) -> int:
    """Count pairs of ballots of one team that are the same, blanks included, and not flat."""
    alike = Counter(ballot for ballot in ballots if _tells_apart(ballot[1]))
    return sum(times * (times - 1) // 2 for times in alike.values())


def range_of_means(columns: Sequence[Sequence[int]]) -> float | None:
    """Give the highest mean of a domain less the lowest, in points; None below two domains."""
    means = [Fraction(sum(column), len(column)) for column in columns]
    return float(max(means) - min(means)) if len(means) > 1 else None


def uneven(blanks: Sequence[Blanks]) -> bool:
    """Tell whether a group leaves 30 % blank or more while another leaves 5 % or less.

    Args:
        blanks: as they are shown, a row a domain. Groups that are not shown alone on every domain
            are left out.
    """
    counts: dict[Group, list[CouldNot]] = {}
    for row in blanks:
        for side in row.sides:
            counts.setdefault(side.group, []).append(side)
    shares = [
        Fraction(sum(side.cannot_say for side in sides), sum(side.answered for side in sides))
        for group, sides in counts.items()
        if group != POOL and len(sides) == len(blanks)
    ]
    return bool(shares) and max(shares) >= MANY_BLANKS and min(shares) <= _FEW_BLANKS


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
    if tells.tells >= _FEWEST_TELLS:
        return Quiet.TELLS
    if first.workshop.holder is Holder.LAPTOP:
        return Quiet.WITHIN_A_LEVEL
    if _line_beneath(first):
        return Quiet.LINE_BENEATH
    hidden = any(is_hidden(first, domain) for domain in first.ballots.domains)
    return Quiet.AS_FAR_AS_SHOWN if hidden else Quiet.GENUINE


def _rows(ballots: Ballots) -> list[tuple[Team, Row]]:
    return list(zip(ballots.teams, ballots.rows, strict=True))


def _points(ballots: Ballots, domain: str) -> list[int]:
    return [points for _, points in ballots.column(domain)]


def _tells_apart(row: Row) -> bool:
    given = [points for points in row if points is not None]
    return len(given) >= _FEWEST_SCORES and len(set(given)) > 1


def _close(scene: Scene) -> bool:
    if any(told.withheld for told in scene.told.values()):
        return False
    found = found_on(scene, scene.ballots.domains)
    return all(is_calm(scene, agreed_on(scene, domain, found[domain])) for domain in found)


def _line_beneath(scene: Scene) -> bool:
    """Look for any line at .20, however narrow, along which the groups may be named."""
    return any(
        along.shares[group, domain] <= COUNTS
        for along in scene.lines
        for domain in scene.ballots.domains
        for group in groups_to_name(scene.told[domain], along.line)
        if group in along.groups
    )
