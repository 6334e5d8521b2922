"""Small pieces of an SVG: text, lines, dots and bars, in pixels, every text escaped."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from aqua_core.vocabulary.letters import Face, ems

INK: Final = "#1B1B1B"
QUIET: Final = "#4B5259"
RULE: Final = "#CDD2D8"
BLUE: Final = "#12436D"
BADGE: Final = 10  # px from the middle of a numbered mark to its edge
SIZE: Final = 12  # px of the type
LEADING: Final = 15  # px from line to line


def picture(name: str, said: str, size: tuple[float, float], parts: Iterable[str]) -> str:
    """Give a whole SVG; `said` is what it shows, for whoever does not see it."""
    width, height = size
    inside = "".join(parts)
    own = f"{name}-{_short(width)}"  # each picture stands once for paper and once for a phone
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_short(width)} {_short(height)}" '
        f'role="img" aria-labelledby="{own}-title {own}-said"><title id="{own}-title">'
        f"{escape(name.replace('-', ' ').capitalize())}</title>"
        f'<desc id="{own}-said">{escape(said)}</desc>{inside}</svg>'
    )


def words(x: float, y: float, text: str, anchor: str = "start", colour: str = INK) -> str:
    """Give a text; `y` is its middle."""
    return (
        f'<text x="{_short(x)}" y="{_short(y)}" dy="0.35em" text-anchor="{anchor}" fill="{colour}">'
        f"{escape(text)}</text>"
    )


def lines(x: float, y: float, texts: Sequence[str], anchor: str = "start") -> Iterable[str]:
    """Give lines of text under each other; `y` is the middle of the first."""
    return [words(x, y + LEADING * at, text, anchor) for at, text in enumerate(texts)]


def wrapped(text: str, room: float) -> list[str]:
    """Break a text between words into lines that fit room, px; a longer word is broken too."""
    broken: list[str] = []
    for word in text.split():
        if broken and wide(f"{broken[-1]} {word}") <= room:
            broken[-1] += f" {word}"
        else:
            broken += _pieces(word, room)
    return broken


def wide(text: str) -> float:
    """Give the width of a line, px; never under."""
    return SIZE * ems(text, Face.READERS)


def across(x1: float, x2: float, y: float, colour: str = RULE, width: float = 1) -> str:
    """Give a level line."""
    return _line((x1, y), (x2, y), f'stroke="{colour}" stroke-width="{width}"')


def upright(x: float, y1: float, y2: float) -> str:
    """Give an upright line of the scale."""
    return _line((x, y1), (x, y2), f'stroke="{RULE}"')


def dot(x: float, y: float, *, filled: bool) -> str:
    """Give a round mark; those at the ends are filled."""
    return (
        f'<circle cx="{_short(x)}" cy="{_short(y)}" r="5" stroke="{BLUE}" stroke-width="1.5" '
        f'fill="{BLUE if filled else "#FFFFFF"}"/>'
    )


def bar(x: float, foot: float, size: tuple[float, float], *, filled: bool = True) -> str:
    """Give a bar that stands on `foot`, or its outline; `size` is its width and height."""
    width, height = size
    return (
        f'<rect x="{_short(x)}" y="{_short(foot - height)}" width="{_short(width)}" '
        f'height="{_short(height)}" stroke="{BLUE}" fill="{BLUE if filled else "#FFFFFF"}"/>'
    )


def badge(x: float, y: float, text: str) -> str:
    """Give a round mark with a number in it."""
    return (
        f'<circle cx="{_short(x)}" cy="{_short(y)}" r="{BADGE}" fill="{BLUE}"/>'
        f"{words(x, y, text, 'middle', '#FFFFFF')}"
    )


def _pieces(word: str, room: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and wide(pieces[-1] + letter) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _line(start: tuple[float, float], end: tuple[float, float], how: str) -> str:
    (x1, y1), (x2, y2) = (tuple(map(_short, at)) for at in (start, end))
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" {how}/>'


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
