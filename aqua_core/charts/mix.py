"""The mix of moves as bars, reviews on a line of time, and the plan's table twins."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Any, Final, NamedTuple

import altair as alt
import pandas as pd

from aqua_core.charts.layout import canvas
from aqua_core.charts.layout.legend import foot, keys_of
from aqua_core.charts.sentences.planning import NOT_SAID, nobody_said, scale_said, stands_said
from aqua_core.charts.sentences.wording import beginning
from aqua_core.charts.slots import Look, colour, shape
from aqua_core.vocabulary import Action, ActionDraft, Cycle, Group, Scale
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
_COLUMNS: Final = ((MixBy.DOMAIN, MixBy.SCALE), (MixBy.PARTNER, MixBy.IMPACT))
MOST_ROWS: Final = 8
"""Rows of one list, those who share the last included: with more, the two lists of a column
would stand lower than a projector shows."""
_ROW: Final = 1.4
"""Line to line, as a share of the small type."""
_NAMES: Final = ((0.58, True), (0.68, True), (0.78, True), (0.78, False))
"""Share of a column that its names may take, and whether a long one goes over two lines: the first
of these that a projector has the height for and that cuts no name, else the last."""
_DEEPEST: Final = 18
"""Lines of a column that a projector has the height for."""
_TWO: Final = 1.7
"""Lines that a name on two of them takes."""
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
    two: bool  # whether a name may stand on two lines

    def tall(self, line: _Line) -> float:
        """Give how many lines a name takes."""
        fits = line.actions is None or canvas.wide(line.words, self.look.small) <= self.names
        return 1.0 if fits or not self.two else _TWO

    def said(self, line: _Line) -> str:
        """Give a name as it is drawn; the head of a list is never cut."""
        if line.actions is None:
            return line.words
        return (on_two_lines if self.two else fitted)(line.words, self.look.small, self.names)

    def holds(self, columns: Sequence[Sequence[_Line]]) -> bool:
        """Tell whether each column has its height and each name is whole."""
        whole = all(self.said(line).split() == line.words.split() for line in chain(*columns))
        return whole and max(map(self.deep, columns)) <= _DEEPEST

    def deep(self, lines: Sequence[_Line]) -> float:
        """Give how many lines a column takes, or what stands above one of its names."""
        return sum(map(self.tall, lines))


_BETWEEN: Final = (_Line("", None, ""),)


def mix_chart(mixes: Mapping[MixBy, Sequence[Share]], look: Look) -> alt.LayerChart:
    """Draw how many actions fall to each domain, partner, scale and level of impact.

    Bars of all four lists share one scale, from 0 to the longest of them. Partners keep their
    slot's colour; beyond eight, those with the fewest actions share the last row. A scale or a
    level that no action says of itself has no list.
    """
    columns = [
        [*_list(upper, mixes[upper], look), *_below(lower, mixes[lower], look)]
        for upper, lower in _COLUMNS
    ]
    tried = [_lists(columns, look, share, two) for share, two in _NAMES]
    lists = next((one for one in tried if one.holds(columns)), tried[-1])
    layers = [
        layer for number, lines in enumerate(columns) for layer in _column(number, lines, lists)
    ]
    deepest = max(map(lists.deep, columns))
    return canvas.on_page(layers, look, round(deepest * _step(look)) + canvas.PADDING)


def _below(by: MixBy, shares: Sequence[Share], look: Look) -> Iterable[_Line]:
    return () if nobody_said(shares) else (*_BETWEEN, *_list(by, shares, look))


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


def _lists(columns: Sequence[Sequence[_Line]], look: Look, share: float, two: bool) -> _Lists:
    """Measure what all four lists share, so that one action is as long in each."""
    bars = [line for lines in columns for line in lines if line.actions is not None]
    room = look.narrowest * _HALF * share
    names = min(max(canvas.wide(line.words, look.small) for line in bars), room)
    most = max(1, *(line.actions or 0 for line in bars))
    return _Lists(look, names + look.small * 0.6, most, two)


def _column(number: int, lines: Sequence[_Line], lists: _Lists) -> Iterable[canvas.Layer]:
    look, left = lists.look, f"width * {number * (1 - _HALF)}"
    rows = [_row(line, lists.deep(lines[:n]), lists) for n, line in enumerate(lines)]
    down = canvas.y_at(f"datum.place * {_step(look)}")
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


def _row(line: _Line, above: float, lists: _Lists) -> canvas.Row:
    return {
        "words": lists.said(line),
        "place": above + lists.tall(line) / 2,
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
    rows = [
        [day_said(review.review_on), review.test, ", ".join(owner.name for owner in review.owners)]
        for review in reviews
    ]
    return pd.DataFrame(rows, columns=["Review on", "Small test", "Owned by, the lead first"])


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


MOST: Final = 12
"""Reviews that are drawn, the soonest: a thirteenth would stand under a projector's edge."""
_FEW: Final = 7
"""Reviews that leave each of them a second line of words."""
_TIME_ROW: Final = 1.6
_TRACK: Final = 0.64
"""Where the line of time begins, as a share of the page."""
_SHORTEST: Final = timedelta(days=30)
_LONGEST: Final = timedelta(days=3 * 365)
"""A review kept for the year 9999 would draw 95,000 months."""
_TICKS: Final = 5
_MIDDLE: Final = 0.5
_MOST_MARKS: Final = 8
"""Owners whose marks stand on the line; the table has all."""
_APART: Final = 0.16
"""Share of the line of time that the word for today takes to either side."""


class _TimeLine(NamedTuple):
    """The line of time: its ends, and today on it."""

    first: date
    last: date
    today: date

    def along(self, day: date) -> float:
        """Give where a day stands, 0 to 1; what lies beyond the line stands at its end."""
        return min(1.0, (day - self.first) / (self.last - self.first))

    def months(self) -> Iterable[date]:
        """Give the first days of its months."""
        day = self.first.replace(day=1)
        while day <= self.last:
            if day >= self.first:
                yield day
            day = (day + timedelta(days=32)).replace(day=1)


def timeline(reviews: Sequence[Review], today: date, look: Look) -> alt.LayerChart:
    """Draw reviews on one line of time, each under the marks of who owns it, the lead at its day.

    Args:
        reviews: soonest first; from the thirteenth on they stand in the table alone.
        today: a line across all rows; what stands before it is late.
        look: light or dark, and the type.
    """
    drawn = reviews[:MOST]
    days = [action.review_on for action in drawn]
    last = min(max([today + _SHORTEST, *days]), today + _LONGEST)
    line = _TimeLine(min([today, *days]), last, today)
    lines = 2 if len(drawn) <= _FEW else 1
    rows = [_time_row(action, n, line, look) for n, action in enumerate(drawn)]
    dated = max((canvas.wide(row["day"], look.small) for row in rows), default=0.0)
    dated += look.small * 0.8
    room = look.narrowest * _TRACK - dated - look.small
    cut = on_two_lines if lines == 2 else fitted
    rows = [row | {"words": cut(row["words"], look.small, room)} for row in rows]
    legend = foot(keys_of([owner for review in drawn for owner in _marked(review)], look), look)
    top, step = look.small * 1.5, look.small * _TIME_ROW * (0.3 + 0.7 * lines)
    height = round(top + len(rows) * step + legend.height + look.small * 0.5) + canvas.PADDING
    under = f"height - {legend.height + look.small * 0.3}"
    layers = [
        *_months(_ticks(line), under, look),
        *_words(rows, dated, f"{top} + (datum.place + 0.5) * {step}", look),
        *legend.layers,
    ]
    return canvas.on_page(layers, look, height)


def _time_row(review: Review, place: int, line: _TimeLine, look: Look) -> canvas.Row:
    year = "" if review.review_on.year == line.today.year else f" {review.review_on:%Y}"
    when = f"{review.review_on.day} {review.review_on:%b}{year}"
    day = f"{when}, late" if review.review_on < line.today else when
    along = line.along(review.review_on)
    beside = look.mark * (1 if along < _MIDDLE else -1)  # no mark leaves the line at its ends
    marks = [
        {
            "place": place,
            "day": day,
            "along": along,
            "beside": beside * nth,
            "colour": colour(owner.slot, look),
            "shape": shape(owner.slot),
            "told": f"{day}: {owner.name}",
        }
        for nth, owner in enumerate(_marked(review))
    ]
    return {"words": review.test, "day": day, "place": place, "marks": marks}


def _marked(review: Review) -> Sequence[Group]:
    return review.owners[:_MOST_MARKS]


def _words(
    rows: Sequence[canvas.Row], room: float, down: str, look: Look
) -> Iterable[canvas.Layer]:
    marks = [mark for row in rows for mark in row["marks"]]
    rows = [{key: row[key] for key in ("words", "day", "place")} for row in rows]
    days = [row | {"words": row["day"]} for row in rows]
    yield canvas.text_layer(days, look.small, look.ink, align="left", fontWeight=600).encode(
        x=canvas.x_at("0"), y=canvas.y_at(down)
    )
    yield canvas.text_layer(rows, look.small, look.ink, align="left").encode(
        x=canvas.x_at(str(room)), y=canvas.y_at(down)
    )
    yield canvas.mark_layer(marks, look.mark, look).encode(
        x=canvas.x_at(f"{_along(look)} + datum.beside"),
        y=canvas.y_at(down),
        tooltip=alt.Tooltip("told:N", title=" "),
    )


def _months(ticks: Sequence[canvas.Row], under: str, look: Look) -> Iterable[canvas.Layer]:
    middle = canvas.y_at(str(look.small * 0.6))
    for now, ink in ((False, look.grid), (True, look.ink)):
        some = [tick for tick in ticks if tick["now"] is now]
        lines = canvas.rules(some, ink, look.line if now else 2)
        yield lines.encode(
            x=canvas.x_at(_along(look)),
            y=canvas.y_at(str(look.small * 1.3)),
            y2=canvas.y2_at(under),
        )
        yield canvas.text_layer(some, look.small, ink if now else look.quiet).encode(
            x=canvas.x_at(_along(look)), y=middle
        )


def _ticks(line: _TimeLine) -> list[canvas.Row]:
    """Give today, and the first days of months that leave its word alone, five at most."""
    today = line.along(line.today)
    months = [day for day in line.months() if abs(line.along(day) - today) > _APART]
    every = -(-len(months) // _TICKS) or 1
    ticks: list[canvas.Row] = [
        {"words": f"1 {day:%b}", "along": line.along(day), "now": False} for day in months[::every]
    ]
    return [*ticks, {"words": "today", "along": today, "now": True}]


def _along(look: Look) -> str:
    inset = look.small * 1.6
    return f"width * {_TRACK} + {inset} + datum.along * (width * {1 - _TRACK} - {2 * inset})"
