"""The table twins of the pictures over all domains."""

from collections.abc import Sequence

import pandas as pd

from aqua_core.charts.plan.ends import no_gap
from aqua_core.charts.tables import NOT_SHOWN, distinct
from aqua_core.charts.whole.heat import groups_of
from aqua_core.charts.whole.words import agreed_in_a_word
from aqua_core.charts.words import UNANSWERED
from aqua_core.vocabulary import POINTS, Gap, Group
from aqua_core.vocabulary.figures import said, said_signed
from aqua_core.vocabulary.whole import Blanks, Level


def level_table(levels: Sequence[Level]) -> pd.DataFrame:
    """Give a row a domain: the two words, both averages, and how many gave each of the points."""
    heads = ["Domain", "How high", "How agreed", "Average", "By heads"]
    out = _heads_of_unanswered(levels)
    rows = [[*_level(level), *(str(level.unanswered) for _ in out)] for level in levels]
    return pd.DataFrame(rows, columns=[*heads, *map(str, POINTS), "Cannot say", *out])


def blanks_table(blanks: Sequence[Blanks]) -> pd.DataFrame:
    """Give a row a domain: how many could not say, of those of each group who answered."""
    groups = groups_of([side.group for row in blanks for side in row.sides])
    out = _heads_of_unanswered(blanks)
    rows = [
        [
            row.domain.short,
            *(_blank(row, group) for group in groups),
            str(row.cannot_say),
            *(str(row.unanswered) for _ in out),
        ]
        for row in blanks
    ]
    heads = ["Domain", *(group.name for group in groups), "All", *out]
    return pd.DataFrame(rows, columns=distinct(heads))


def relative_table(gaps: Sequence[Gap]) -> pd.DataFrame:
    """Give a row a domain: each group's step from its own average, and the gap."""
    groups = groups_of([side.group for gap in gaps for side in gap.standings])
    rows = [
        [
            gap.domain.short,
            *(_step(gap, group) for group in groups),
            no_gap(gap) if gap.width is None else said(gap.width, 1),
        ]
        for gap in gaps
    ]
    heads = ["Domain", *(group.name for group in groups), "Gap"]
    return pd.DataFrame(rows, columns=distinct(heads))


def _heads_of_unanswered(rows: Sequence[Level] | Sequence[Blanks]) -> list[str]:
    """Give the head of a column for who did not answer; none where everybody answered."""
    return [UNANSWERED] if any(row.unanswered for row in rows) else []


def _level(level: Level) -> list[str]:
    if level.how_high is None:
        words = [NOT_SHOWN, agreed_in_a_word(level.how_agreed), NOT_SHOWN, ""]
        return [level.domain.short, *words, *("" for _ in POINTS), str(level.cannot_say)]
    heads = "" if level.by_heads is None else said(level.by_heads, 1)
    return [
        level.domain.short,
        level.how_high.capitalize(),
        agreed_in_a_word(level.how_agreed),
        said(level.average or 0, 1),
        heads,
        *map(str, level.counts),
        str(level.cannot_say),
    ]


def _blank(row: Blanks, group: Group) -> str:
    counts = [
        f"{side.cannot_say} of {side.answered}" for side in row.sides if side.group.id == group.id
    ]
    return counts[0] if counts else NOT_SHOWN


def _step(gap: Gap, group: Group) -> str:
    steps = [side.mean for side in gap.standings if side.group.id == group.id]
    return said_signed(steps[0], 1) if steps else NOT_SHOWN
