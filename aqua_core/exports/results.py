"""What the results sheet and the report print of a room: figures as screens say them."""

from collections.abc import Sequence
from typing import Final

from aqua_core.charts.plan.ends import no_gap
from aqua_core.exports.taken import Taken
from aqua_core.rules.gaps import ranked
from aqua_core.vocabulary import POINTS, Gap, Group
from aqua_core.vocabulary.figures import said
from aqua_core.vocabulary.reading import HowAgreed
from aqua_core.vocabulary.whole import Level

NOT_SHOWN: Final = "not shown"

Lines = list[list[str]]


def level_lines(levels: Sequence[Level]) -> Lines:
    """Give a line a domain under a head: how high, how agreed, figures, and seats at each point.

    Where a domain is withheld every figure is NOT_SHOWN; how many could not say stays.
    """
    head = ["Domain", "How high", "How agreed", "Average", "By heads", "Middle score"]
    return [[*head, *map(str, POINTS), "Cannot say"], *map(_level, levels)]


def gap_lines(gaps: Sequence[Gap]) -> Lines:
    """Give a line a domain, widest gap first, under a head of partners: means, average, gap."""
    groups = groups_in(gaps)
    head = ["Domain", *(group.name for group in groups), "Average of the partners", "Gap"]
    return [head, *(_gap(gap, groups) for gap in ranked(gaps))]


def groups_in(gaps: Sequence[Gap]) -> list[Group]:
    """Give every group that is shown somewhere, in the workshop's order."""
    once = {side.group.id: side.group for gap in gaps for side in gap.standings}.values()
    return sorted(once, key=lambda group: group.slot)


def names_of(taken: Taken) -> dict[str, str]:
    """Give the name of each domain by its key."""
    return {domain.key: domain.name for domain in taken.workshop.instrument.domains}


def team_names(taken: Taken, ids: Sequence[str]) -> str:
    """Give the names of teams, as people list them."""
    names = {team.id: team.name for team in taken.workshop.teams}
    return "; ".join(names[each] for each in ids if each in names)


def _level(level: Level) -> list[str]:
    cannot_say = str(level.cannot_say)
    if level.average is None or level.middle is None:
        return [level.domain.name, *[NOT_SHOWN] * (5 + len(POINTS)), cannot_say]
    agreed = level.how_agreed
    return [
        level.domain.name,
        level.how_high.value if level.how_high else "",
        "too mixed to say" if agreed is HowAgreed.CANNOT_SAY else agreed.value,
        said(level.average, 1),
        "" if level.by_heads is None else said(level.by_heads, 1),
        said(level.middle, 1),
        *map(str, level.counts),
        cannot_say,
    ]


def _gap(gap: Gap, groups: Sequence[Group]) -> list[str]:
    means = {side.group.id: said(side.mean, 1) for side in gap.standings}
    return [
        gap.domain.name,
        *(means.get(group.id, NOT_SHOWN) for group in groups),
        no_gap(gap) if gap.middle is None else said(gap.middle, 1),
        no_gap(gap) if gap.width is None else said(gap.width, 1),
    ]
