"""The mix of moves as bars, and the plan's table twins."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import altair as alt
import pandas as pd

from aqua_core.charts.layout import canvas
from aqua_core.charts.sentences.planning import NOT_SAID, scale_said, stands_said
from aqua_core.charts.sentences.wording import beginning
from aqua_core.charts.slots import Look, colour
from aqua_core.vocabulary import Action, ActionDraft, Cycle, Scale
from aqua_core.vocabulary.plan import AT_A_GLANCE, MixBy, Review, Share
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.text import words_of


def on_two_lines(text: str, size: float, room: float) -> str:
    """Give a text on at most two lines of room, px, parted by a line break."""
    first, *others = canvas.wrapped(text, size, room) or [""]
    if not others:
        return fitted(first, size, room)
    # Two lines of even length would leave a longer text less than it has: fill the first.
    words = text.split()
    while canvas.wide(" ".join(words), size) > room and len(words) > 1:
        words.pop()
    rest = text.split()[len(words) :]
    return "\n".join((fitted(" ".join(words), size, room), fitted(" ".join(rest), size, room)))


def fitted(text: str, size: float, room: float) -> str:
    """Give a text on one line of at most room, px, ended by an ellipsis where it is cut."""
    line = " ".join(text.split())
    if canvas.wide(line, size) <= room:
        return line
    kept = line
    while kept and canvas.wide(f"{kept}…", size) > room:
        kept = kept[:-1]
    return f"{kept.rstrip(' ,;.')}…"


_HEADS: Final = {
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
_HALF: Final = 0.48
"""Share of the page that a column takes."""


class _Line(NamedTuple):
    words: str
    actions: int | None  # None for the head of a list
    ink: str


class _Lists(NamedTuple):
    look: Look
    names: float  # px that the names of every list take
    most: int  # actions of the longest bar


_BETWEEN: Final = (_Line("", None, ""),)


def mix_chart(mixes: Mapping[MixBy, Sequence[Share]], look: Look) -> alt.LayerChart:
    """Draw how many actions fall to each domain, partner, scale and level of impact.

    Bars of all four lists share one scale, from 0 to the longest of them. Partners keep their
    slot's colour; beyond eight, those with the fewest actions share the last row.
    """
    columns = [
        [*_list(upper, mixes[upper], look), *_BETWEEN, *_list(lower, mixes[lower], look)]
        for upper, lower in COLUMNS
    ]
    lists = _lists(columns, look)
    layers = [
        layer for number, lines in enumerate(columns) for layer in _column(number, lines, lists)
    ]
    deepest = max(len(lines) for lines in columns)
    return canvas.on_page(layers, look, round(deepest * _step(look)) + canvas.PADDING)


def _list(by: MixBy, shares: Sequence[Share], look: Look) -> Iterable[_Line]:
    yield _Line(_HEADS[by], None, look.quiet)
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


def _lists(columns: Sequence[Sequence[_Line]], look: Look) -> _Lists:
    """Measure what all four lists share, so that one action is as long in each."""
    bars = [line for lines in columns for line in lines if line.actions is not None]
    room = look.narrowest * _HALF * _NAMES
    names = min(max(canvas.wide(line.words, look.small) for line in bars), room)
    return _Lists(look, names + look.small * 0.6, max(1, *(line.actions or 0 for line in bars)))


def _column(number: int, lines: Sequence[_Line], lists: _Lists) -> Iterable[canvas.Layer]:
    look, left = lists.look, f"width * {number * (1 - _HALF)}"
    rows = [_row(line, place, lists) for place, line in enumerate(lines)]
    down = canvas.y_at(f"(datum.place + 0.5) * {_step(look)}")
    heads, bars = ([row for row in rows if row["head"] is head] for head in (True, False))
    for some, ink in ((heads, look.quiet), (bars, look.ink)):
        yield canvas.text_layer(some, look.small, ink, align="left").encode(
            x=canvas.x_at(left), y=down
        )
    one = f"(width * {_HALF} - {lists.names + look.small * 1.6}) / {lists.most}"
    start, end = f"{left} + {lists.names}", f"{left} + {lists.names} + datum.actions * {one}"
    yield canvas.rules([row for row in bars if row["actions"]], look.ink, look.small * 0.8).encode(
        x=canvas.x_at(start), x2=canvas.x2_at(end), y=down, color=alt.Color("ink:N", scale=None)
    )
    counts = [row | {"words": str(row["actions"])} for row in bars]
    yield canvas.text_layer(counts, look.small, look.ink, align="left", dx=look.small * 0.4).encode(
        x=canvas.x_at(end), y=down
    )


def _row(line: _Line, place: int, lists: _Lists) -> canvas.Row:
    return {
        "words": fitted(line.words, lists.look.small, lists.names)
        if line.actions is not None
        else line.words,
        "place": place,
        "actions": line.actions or 0,
        "head": line.actions is None,
        "ink": line.ink,
    }


def _step(look: Look) -> float:
    return look.small * _ROW


def mix_table(mixes: Mapping[MixBy, Sequence[Share]]) -> pd.DataFrame:
    """Give a row a name, list by list: how many actions fall to it."""
    rows = [
        [head.removeprefix("By ").capitalize(), share.name, str(share.actions)]
        for by, head in _HEADS.items()
        for share in mixes[by]
    ]
    return pd.DataFrame(rows, columns=["By", "Name", "Small tests"])


def reviews_table(reviews: Sequence[Review]) -> pd.DataFrame:
    """Give a row a review, soonest first."""
    rows = [[day_said(review.review_on), review.test, review.lead.name] for review in reviews]
    return pd.DataFrame(rows, columns=["Review on", "Small test", "Lead partner"])


class Names(NamedTuple):
    """The name of each partner by its id, and of each domain by its key."""

    partners: Mapping[str, str]
    domains: Mapping[str, str]


def plan_table(
    actions: Sequence[Action],
    names: Names,
    cycles: Mapping[str, Cycle],
    planned_on: Mapping[str, date],
) -> pd.DataFrame:
    """Give a row an action in the order given; of a long prediction its beginning.

    A test of an earlier workshop says of which beside its cycle.

    Args:
        actions: the plan, or those of it that are asked for.
        names: of their partners and domains.
        cycles: the newest cycle of each action that has one, by action id.
        planned_on: the day of the earlier workshop that planned an action, by action id.
    """
    heads = [words_of(ActionDraft)[name].label for name in AT_A_GLANCE]
    rows = [
        [
            *(_cell(name, getattr(action, name), names) for name in AT_A_GLANCE),
            stands_said(cycles.get(action.id), planned_on.get(action.id)),
        ]
        for action in actions
    ]
    return pd.DataFrame(rows, columns=[*heads, "Cycle"])


def _cell(name: str, value: Any, names: Names) -> str:
    match value:
        case Scale():
            return scale_said(value)
        case date():
            return f"{value.day} {value:%b %Y}"
        case tuple():
            return ", ".join(names.partners[partner] for partner in value)
    return names.domains[value] if name == "domain" else beginning(str(value)) or NOT_SAID
