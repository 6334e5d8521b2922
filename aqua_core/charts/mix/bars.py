"""How a plan is mixed: four short lists of bars, a name, a bar and a count in each row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import altair as alt

from aqua_core.charts.mix.fitting import fitted
from aqua_core.charts.plan.canvas import (
    PADDING,
    Layer,
    Row,
    on_page,
    rules,
    text_layer,
    wide,
    x2_at,
    x_at,
    y_at,
)
from aqua_core.charts.slots import Look, colour
from aqua_core.vocabulary.plan_reading import MixBy, Share

HEADS: Final = {
    MixBy.DOMAIN: "By domain",
    MixBy.PARTNER: "By partner that owns it",
    MixBy.SCALE: "By scale",
    MixBy.IMPACT: "By where it should show",
}
COLUMNS: Final = ((MixBy.DOMAIN, MixBy.SCALE), (MixBy.PARTNER, MixBy.IMPACT))
MOST_ROWS: Final = 8
"""Rows of one list, those who share the last included: with more, the two lists of a column
would stand lower than a projector shows."""
_ROW: Final = 1.4
"""Line to line, as a share of the small type."""
_NAMES: Final = 0.58
"""Share of a column that its names may take."""
_GUTTER: Final = 0.04


class _Line(NamedTuple):
    words: str
    actions: int | None  # None for the head of a list
    ink: str


def mix_chart(mixes: Mapping[MixBy, Sequence[Share]], look: Look) -> alt.LayerChart:
    """Draw how many actions fall to each domain, partner, scale and level of impact.

    Bars of all four lists share one scale, from 0 to the longest of them. Partners keep their
    slot's colour; beyond eight, those with the fewest actions share the last row.
    """
    columns = [[line for by in column for line in _list(by, mixes[by], look)] for column in COLUMNS]
    most = max((line.actions or 0 for lines in columns for line in lines), default=0)
    layers = [
        layer
        for number, lines in enumerate(columns)
        for layer in _column(number, lines, max(1, most), look)
    ]
    deepest = max(len(lines) for lines in columns)
    return on_page(layers, look, round(deepest * _step(look)) + PADDING)


def _list(by: MixBy, shares: Sequence[Share], look: Look) -> Iterable[_Line]:
    yield _Line(HEADS[by], None, look.quiet)
    for share in _shown(shares):
        ink = look.quiet if share.slot is None else colour(share.slot, look)
        yield _Line(share.name, share.actions, ink)


def _shown(shares: Sequence[Share]) -> list[Share]:
    if len(shares) <= MOST_ROWS:
        return list(shares)
    fewest_last = sorted(shares, key=lambda share: -share.actions)
    kept = [share for share in shares if share in fewest_last[: MOST_ROWS - 1]]
    rest = [share for share in shares if share not in kept]
    together = sum(share.actions for share in rest)
    return [*kept, Share(name=f"{len(rest)} others", actions=together)]


def _column(number: int, lines: Sequence[_Line], most: int, look: Look) -> Iterable[Layer]:
    left = f"width * {number * (0.5 + _GUTTER / 2)}"
    room = look.narrowest * (0.5 - _GUTTER / 2)
    names = max(wide(line.words, look.small) for line in lines if line.actions is not None)
    names = min(names, room * _NAMES) + look.small * 0.6
    rows = [_row(line, place, names, look) for place, line in enumerate(lines)]
    down = y_at(f"(datum.place + 0.5) * {_step(look)}")
    heads = [row for row in rows if row["head"]]
    bars = [row for row in rows if not row["head"]]
    yield text_layer(heads, look.small, look.quiet, align="left").encode(x=x_at(left), y=down)
    yield text_layer(bars, look.small, look.ink, align="left").encode(x=x_at(left), y=down)
    across = f"(width * {0.5 - _GUTTER / 2} - {names + look.small * 1.6}) / {most}"
    start, end = f"{left} + {names}", f"{left} + {names} + datum.actions * {across}"
    drawn = [row for row in bars if row["actions"]]
    yield rules(drawn, look.ink, look.small * 0.8).encode(
        x=x_at(start), x2=x2_at(end), y=down, color=alt.Color("ink:N", scale=None)
    )
    counts = [row | {"words": str(row["actions"])} for row in bars]
    yield text_layer(counts, look.small, look.ink, align="left", dx=look.small * 0.4).encode(
        x=x_at(end), y=down
    )


def _row(line: _Line, place: int, names: float, look: Look) -> Row:
    return {
        "words": line.words if line.actions is None else fitted(line.words, look.small, names),
        "place": place,
        "actions": line.actions or 0,
        "head": line.actions is None,
        "ink": line.ink,
    }


def _step(look: Look) -> float:
    return look.small * _ROW
