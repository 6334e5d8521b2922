"""Small pieces of an SVG: text, lines, dots and bars, in pixels, every text escaped."""

from collections.abc import Iterable
from html import escape
from typing import Final

INK: Final = "#1B1B1B"
QUIET: Final = "#4B5259"
RULE: Final = "#CDD2D8"
BLUE: Final = "#12436D"
PALE: Final = "#B8CADB"


def picture(name: str, said: str, size: tuple[int, float], parts: Iterable[str]) -> str:
    """Give a whole SVG; `said` is what it shows, for whoever does not see it."""
    width, height = size
    inside = "".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_short(height)}" '
        'role="img" '
        f'aria-labelledby="{name}-title {name}-said"><title id="{name}-title">'
        f"{escape(name.replace('-', ' ').capitalize())}</title>"
        f'<desc id="{name}-said">{escape(said)}</desc>{inside}</svg>'
    )


def words(x: float, y: float, text: str, anchor: str = "start", colour: str = INK) -> str:
    """Give a text; `y` is its middle."""
    return (
        f'<text x="{_short(x)}" y="{_short(y)}" dy="0.35em" text-anchor="{anchor}" fill="{colour}">'
        f"{escape(text)}</text>"
    )


def across(x1: float, x2: float, y: float, colour: str = RULE, width: float = 1) -> str:
    """Give a level line."""
    return (
        f'<line x1="{_short(x1)}" y1="{_short(y)}" x2="{_short(x2)}" y2="{_short(y)}" '
        f'stroke="{colour}" stroke-width="{width}"/>'
    )


def upright(x: float, y1: float, y2: float) -> str:
    """Give an upright line of the scale."""
    return (
        f'<line x1="{_short(x)}" y1="{_short(y1)}" x2="{_short(x)}" y2="{_short(y2)}" '
        f'stroke="{RULE}"/>'
    )


def dot(x: float, y: float, *, filled: bool) -> str:
    """Give a round mark; those at the ends are filled."""
    return (
        f'<circle cx="{_short(x)}" cy="{_short(y)}" r="5" stroke="{BLUE}" stroke-width="1.5" '
        f'fill="{BLUE if filled else "#FFFFFF"}"/>'
    )


def bar(x: float, foot: float, width: float, height: float, colour: str = BLUE) -> str:
    """Give a bar that stands on `foot`."""
    return (
        f'<rect x="{_short(x)}" y="{_short(foot - height)}" width="{_short(width)}" '
        f'height="{_short(height)}" fill="{colour}"/>'
    )


def shortened(text: str, longest: int) -> str:
    """Give at most so many characters of a name; the table beside the picture has it whole."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
