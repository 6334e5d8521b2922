"""What the results sheet and the report print of a room: figures as screens say them."""

from collections.abc import Sequence
from typing import Final

from aqua_core.charts.plan.ends import no_gap
from aqua_core.charts.whole.words import agreed_in_a_word
from aqua_core.charts.words import UNANSWERED
from aqua_core.exports.taken import Taken
from aqua_core.rules.gaps import ranked
from aqua_core.vocabulary import POINTS, Gap, Group
from aqua_core.vocabulary.figures import said
from aqua_core.vocabulary.whole import Level

NOT_SHOWN: Final = "not shown"

Lines = list[list[str]]


def level_lines(levels: Sequence[Level]) -> Lines:
    """Give a line a domain under a head: how high, how agreed, figures, and seats at each point.

    "Apart by" is the spread, the reason for the word before it. "By heads" stands only where
    counting heads differs somewhere, the count of who did not answer only where somebody did not.
    Where a domain is withheld every figure is NOT_SHOWN; how many
    could not say stays.
    """
    heads = any(level.by_heads is not None for level in levels)
    head = ["Domain", "How high", "How agreed", "Apart by", "Middle score", "Average"]
    head += ["By heads"] if heads else []
    out = [UNANSWERED] if any(level.unanswered for level in levels) else []
    return [
        [*head, *map(str, POINTS), "Cannot say", *out],
        *([*_level(level, heads=heads), *(str(level.unanswered) for _ in out)] for level in levels),
    ]


def gap_lines(gaps: Sequence[Gap]) -> Lines:
    """Give a line a partner and a column a domain, widest gap first; then averages and gaps.

    Partners go down because of them there may be forty, and of domains there are eight.
    """
    in_order = ranked(gaps)
    lines = [["Partner", *(gap.domain.short for gap in in_order)]]
    lines += [[group.name, *(_mean(gap, group) for gap in in_order)] for group in _groups_in(gaps)]
    lines.append(["Average of the partners", *(_or_why(gap, gap.middle) for gap in in_order)])
    lines.append(["Gap", *(_or_why(gap, gap.width) for gap in in_order)])
    return lines


def _groups_in(gaps: Sequence[Gap]) -> list[Group]:
    """Give every group that is shown somewhere, in the workshop's order."""
    once = {side.group.id: side.group for gap in gaps for side in gap.standings}.values()
    return sorted(once, key=lambda group: group.slot)


def names_of(taken: Taken) -> dict[str, str]:
    """Give the name of each domain by its key."""
    return {domain.key: domain.name for domain in taken.workshop.instrument.domains}


def _level(level: Level, *, heads: bool) -> list[str]:
    cannot_say = str(level.cannot_say)
    if level.average is None or level.middle is None or level.spread is None:
        figures = 5 + int(heads) + len(POINTS)
        return [level.domain.name, *[NOT_SHOWN] * figures, cannot_say]
    by_heads = "" if level.by_heads is None else said(level.by_heads, 1)
    return [
        level.domain.name,
        level.how_high.value if level.how_high else "",
        agreed_in_a_word(level.how_agreed).lower(),
        said(level.spread, 1),
        said(level.middle, 1),
        said(level.average, 1),
        *([by_heads] if heads else []),
        *map(str, level.counts),
        cannot_say,
    ]


def _mean(gap: Gap, group: Group) -> str:
    means = (side.mean for side in gap.standings if side.group.id == group.id)
    return next((said(mean, 1) for mean in means), NOT_SHOWN)


def _or_why(gap: Gap, figure: float | None) -> str:
    return no_gap(gap) if figure is None else said(figure, 1)
