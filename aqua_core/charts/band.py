"""A place beside the middle half of places: a band and one dot a domain, from 0 to 5."""

from collections.abc import Iterable
from typing import NamedTuple

import altair as alt
import pandas as pd

from aqua_core.charts.layout import canvas
from aqua_core.charts.sentences import band as said
from aqua_core.charts.slots import Look, Scale
from aqua_core.vocabulary.card import Beside, DomainBeside, Stands

_HEADS = 1.7  # lines of type above the rows
_FOOT = 2.0  # and below them
_OURS = "ours"


class _Page(NamedTuple):
    """Where everything stands, px: the plot between the names and our own figures."""

    beside: Beside
    look: Look
    row: float
    left: float
    right: float

    @property
    def top(self) -> float:
        return self.look.font * _HEADS

    @property
    def bottom(self) -> float:
        return self.top + self.row * len(self.beside.domains)

    def middle(self, n: int) -> float:
        return self.top + (n + 0.5) * self.row

    def across(self, field: str) -> str:
        """Give the place of a figure on the axis, as an expression of the page's width."""
        return f"{self.left} + {field} / {Scale().high} * (width - {self.left + self.right})"


def band_chart(beside: Beside, look: Look, height: int) -> alt.LayerChart:
    """Draw where a place stands beside the middle half of places, a row a domain.

    Args:
        beside: our own averages, and the band.
        look: light or dark, and the type.
        height: px.

    Returns:
        The band as a thick line, our own average as a dot and a figure, and words only where it
        lies outside. No other place is in the picture.
    """
    names = max(canvas.wide(row.name, look.font) for row in beside.domains)
    words = max(canvas.wide(_words(row), look.font) for row in beside.domains)
    room = height - canvas.PADDING - look.font * (_HEADS + _FOOT)
    page = _Page(
        beside,
        look,
        room / len(beside.domains),
        names + look.font * 1.2,
        words + look.font * 4.4,
    )
    layers = [*_grid(page), *_bands(page), *_dots(page), *_columns(page), *_foot(page)]
    return canvas.on_page(layers, look, height)


def band_table(beside: Beside) -> pd.DataFrame:
    """Give the same as a table: a row a domain, from where to where the middle half lies, ours."""
    rows = [
        [
            row.name,
            said.band_said(row.band),
            said.ours_said(row.ours),
            str(row.stands or said.NOT_DRAWN),
        ]
        for row in beside.domains
    ]
    columns = ["Domain", f"Middle half of {beside.published.places} places", beside.place, "Stands"]
    return pd.DataFrame(rows, columns=columns).set_index("Domain")


def _words(row: DomainBeside) -> str:
    if row.stands is None:
        return said.NOT_DRAWN
    return "" if row.stands is Stands.INSIDE else str(row.stands)


def _outside(row: DomainBeside) -> bool:
    return row.stands in (Stands.ABOVE, Stands.BELOW)


def _grid(page: _Page) -> Iterable[canvas.Layer]:
    look = page.look
    ticks: list[canvas.Row] = [{"at": tick, "words": str(tick)} for tick in Scale().ticks]
    at = canvas.x_at(page.across("datum.at"))
    yield canvas.rules(ticks, look.grid, 2, aria=False).encode(
        x=at, y=canvas.y_at(str(page.top)), y2=canvas.y2_at(str(page.bottom))
    )
    yield canvas.text_layer(ticks, look.small, look.quiet).encode(
        x=at, y=canvas.y_at(str(look.font * 0.8))
    )
    names: list[canvas.Row] = [
        {"words": row.name, "down": page.middle(n)} for n, row in enumerate(page.beside.domains)
    ]
    yield canvas.text_layer(names, look.font, look.ink, align="left", fontWeight=600).encode(
        x=canvas.x_at("0"), y=canvas.y_at("datum.down")
    )


def _bands(page: _Page) -> Iterable[canvas.Layer]:
    look = page.look
    thick = min(page.row * 0.62, look.font * 0.9)
    rows: list[canvas.Row] = [
        {"low": row.band.low, "high": row.band.high, "down": page.middle(n)}
        for n, row in enumerate(page.beside.domains)
        if row.band
    ]
    if rows:
        yield canvas.rules(rows, look.grid, thick, aria=False).encode(
            x=canvas.x_at(page.across("datum.low")),
            x2=canvas.x2_at(page.across("datum.high")),
            y=canvas.y_at("datum.down"),
        )


def _dots(page: _Page) -> Iterable[canvas.Layer]:
    look = page.look
    rows: list[canvas.Row] = [
        {
            "ours": row.ours,
            "down": page.middle(n),
            "colour": look.accent,
            "shape": "circle",
            "words": f"{row.name}: {said.ours_said(row.ours)}",
        }
        for n, row in enumerate(page.beside.domains)
        if row.ours is not None
    ]
    if rows:
        yield canvas.mark_layer(rows, look.mark * 1.15, look).encode(
            x=canvas.x_at(page.across("datum.ours")),
            y=canvas.y_at("datum.down"),
            tooltip=alt.Tooltip("words:N", title=" "),
        )


def _columns(page: _Page) -> Iterable[canvas.Layer]:
    """Write our own figure at the right of each row, and words where it lies outside."""
    look = page.look
    figures = f"width - {page.right} + {look.font * 3.2}"
    head: list[canvas.Row] = [{"words": _OURS}]
    yield canvas.text_layer(head, look.small, look.quiet, align="right").encode(
        x=canvas.x_at(figures), y=canvas.y_at(str(look.font * 0.8))
    )
    rows: list[canvas.Row] = [
        {
            "words": said.ours_said(row.ours),
            "stands": _words(row),
            "down": page.middle(n),
            "out": _outside(row),
            "drawn": row.stands is not None,
        }
        for n, row in enumerate(page.beside.domains)
    ]
    for out in (True, False):
        some = [row for row in rows if row["out"] is out and row["words"]]
        ink, weight = (look.accent, 700) if out else (look.ink, 400)
        if some:
            yield canvas.text_layer(some, look.font, ink, align="right", fontWeight=weight).encode(
                x=canvas.x_at(figures), y=canvas.y_at("datum.down")
            )
    start = canvas.x_at(f"width - {page.right} + {look.font * 4.2}")
    for drawn, ink in ((True, look.ink), (False, look.quiet)):
        some = [r | {"words": r["stands"]} for r in rows if r["drawn"] is drawn and r["stands"]]
        if some:
            yield canvas.text_layer(some, look.font, ink, align="left", fontWeight=500).encode(
                x=start, y=canvas.y_at("datum.down")
            )


def _foot(page: _Page) -> Iterable[canvas.Layer]:
    """Say at the foot what the two marks are."""
    look = page.look
    down = canvas.y_at(str(page.bottom + look.font * 0.95))
    long = look.mark * 1.6
    middle = f"middle half of {page.beside.published.places} places"
    dot = long + canvas.wide(middle, look.small) + look.mark * 2.4
    band: list[canvas.Row] = [{"start": 0, "end": long}]
    yield canvas.rules(band, look.grid, look.font * 0.62, aria=False).encode(
        x=canvas.x_at("datum.start"), x2=canvas.x2_at("datum.end"), y=down
    )
    mark: list[canvas.Row] = [{"colour": look.accent, "shape": "circle"}]
    yield canvas.mark_layer(mark, look.mark * 0.9, look).encode(x=canvas.x_at(str(dot)), y=down)
    words: list[canvas.Row] = [
        {"words": middle, "across": long + look.mark * 0.5},
        {"words": page.beside.place, "across": dot + look.mark * 0.8},
    ]
    yield canvas.text_layer(words, look.small, look.quiet, align="left").encode(
        x=canvas.x_at("datum.across"), y=down
    )
