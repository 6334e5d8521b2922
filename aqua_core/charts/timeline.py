"""When each action is looked at again: a row an action, its day on one line of time."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

import altair as alt

from aqua_core.charts.layout import canvas
from aqua_core.charts.layout.legend import foot, keys_of
from aqua_core.charts.mix import fitted, on_two_lines
from aqua_core.charts.slots import Look, colour, shape
from aqua_core.vocabulary.plan import Review

MOST: Final = 12
"""Reviews that are drawn, the soonest: a thirteenth would stand under a projector's edge."""
FEW: Final = 7
"""Reviews that leave each of them a second line of words."""
_ROW: Final = 1.6
_TRACK: Final = 0.64
"""Where the line of time begins, as a share of the page."""
_SHORTEST: Final = timedelta(days=30)
_LONGEST: Final = timedelta(days=3 * 365)
"""A review kept for the year 9999 would draw 95,000 months."""
_TICKS: Final = 5
_APART: Final = 0.16
"""Share of the line of time that the word for today takes to either side."""


class _Line(NamedTuple):
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
    """Draw reviews on one line of time, each under the colour and shape of its lead partner.

    Args:
        reviews: soonest first; from the thirteenth on they stand in the table alone.
        today: a line across all rows; what stands before it is late.
        look: light or dark, and the type.
    """
    drawn = reviews[:MOST]
    days = [action.review_on for action in drawn]
    last = min(max([today + _SHORTEST, *days]), today + _LONGEST)
    line = _Line(min([today, *days]), last, today)
    lines = 2 if len(drawn) <= FEW else 1
    rows = [_row(action, n, line, look) for n, action in enumerate(drawn)]
    rows = [row | {"words": _words_of(row["words"], lines, look)} for row in rows]
    legend = foot(keys_of([action.lead for action in drawn], look), look)
    top, step = look.small * 1.5, look.small * _ROW * (0.3 + 0.7 * lines)
    height = round(top + len(rows) * step + legend.height + look.small * 0.5) + canvas.PADDING
    under = f"height - {legend.height + look.small * 0.3}"
    layers = [
        *_months(_ticks(line), under, look),
        *_words(rows, f"{top} + (datum.place + 0.5) * {step}", look),
        *legend.layers,
    ]
    return canvas.on_page(layers, look, height)


def _row(review: Review, place: int, line: _Line, look: Look) -> canvas.Row:
    when = f"{review.review_on.day} {review.review_on:%b}"
    day = f"{when}, late" if review.review_on < line.today else when
    return {
        "words": review.test,
        "day": day,
        "place": place,
        "along": line.along(review.review_on),
        "colour": colour(review.lead.slot, look),
        "shape": shape(review.lead.slot),
        "told": f"{day}: {review.lead.name}",
    }


def _words_of(test: str, lines: int, look: Look) -> str:
    room = look.narrowest * _TRACK - _days(look) - look.small
    return (on_two_lines if lines == 2 else fitted)(test, look.small, room)


def _days(look: Look) -> float:
    return canvas.wide("28 Dec, late", look.small) + look.small * 0.5


def _words(rows: Sequence[canvas.Row], down: str, look: Look) -> Iterable[canvas.Layer]:
    days = [row | {"words": row["day"]} for row in rows]
    yield canvas.text_layer(days, look.small, look.ink, align="left", fontWeight=600).encode(
        x=canvas.x_at("0"), y=canvas.y_at(down)
    )
    yield canvas.text_layer(rows, look.small, look.ink, align="left").encode(
        x=canvas.x_at(str(_days(look))), y=canvas.y_at(down)
    )
    yield canvas.mark_layer(rows, look.mark, look).encode(
        x=canvas.x_at(_along(look)), y=canvas.y_at(down), tooltip=alt.Tooltip("told:N", title=" ")
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


def _ticks(line: _Line) -> list[canvas.Row]:
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
