"""Pictures of the report drawn without a browser: marks and paths as SVG."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from aqua_core.vocabulary import Gap, Group
from aqua_core.vocabulary.letters import Face, ems

_INK: Final = "#1B1B1B"
QUIET: Final = "#4B5259"
_RULE: Final = "#CDD2D8"
BLUE: Final = "#12436D"
BADGE: Final = 10  # px from the middle of a numbered mark to its edge
_SIZE: Final = 12  # px of the type
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


def words(x: float, y: float, text: str, anchor: str = "start", colour: str = _INK) -> str:
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
    return _SIZE * ems(text, Face.READERS)


def across(x1: float, x2: float, y: float, colour: str = _RULE, width: float = 1) -> str:
    """Give a level line."""
    return _line((x1, y), (x2, y), f'stroke="{colour}" stroke-width="{width}"')


def upright(x: float, y1: float, y2: float) -> str:
    """Give an upright line of the scale."""
    return _line((x, y1), (x, y2), f'stroke="{_RULE}"')


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


def path(points: Sequence[tuple[float, float]]) -> str:
    """Give a line through points."""
    through = " ".join(f"{_short(x)},{_short(y)}" for x, y in points)
    return f'<polyline points="{through}" fill="none" stroke="{BLUE}" stroke-width="1.5"/>'


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


_MOST: Final = 6
"""Partners that a legend tells apart at a glance; of more, 10 px on paper are too alike."""
BETWEEN: Final = "Open marks are the partners between the two ends: the table below names each."
_RADIUS: Final = 5  # px
_APART: Final = 11  # px from mark to mark that would cover each other
_KEY, _GAP = 16, 18  # px: from the left of a key to its name, and after the name
_ROW: Final = 6  # px of air between the rows of a legend

# The screens' own colours and shapes, in the order of the slots: a test holds them together.
_COLOURS: Final = (
    *("#4701ef", "#f95b05", "#31a391", "#6a1724"),
    *("#ab78f9", "#b12f05", "#7d5294", "#4f1086"),
)
OUTLINES: Final = {  # in radii
    "circle": "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0Z",
    "square": "M-.89,-.89H.89V.89H-.89Z",
    "triangle-up": "M0,-1.05L1.1,.85H-1.1Z",
    "diamond": "M0,-1.2L.95,0L0,1.2L-.95,0Z",
    "cross": "M-.38,-1H.38V-.38H1V.38H.38V1H-.38V.38H-1V-.38H-.38Z",
    "triangle-down": "M0,1.05L1.1,-.85H-1.1Z",
    "star": (
        "M0,-1.2L.31,-.42L1.14,-.37L.5,.16L.71,.97L0,.52L-.71,.97L-.5,.16L-1.14,-.37L-.31,-.42Z"
    ),
    "bow tie": "M-1,-.85L0,-.2L1,-.85V.85L0,.2L-1,.85Z",
}
_TOGETHER: Final = "M-1.05,0L.85,-1.1V1.1Z"  # partners shown only together


def groups_of(gaps: Sequence[Gap]) -> list[Group]:
    """Give each partner shown once, in the order of the slots; those shown together come last."""
    once = {side.group.id: side.group for gap in gaps for side in gap.standings}
    return sorted(once.values(), key=lambda group: (group.slot < 0, group.slot))


def by_legend(gaps: Sequence[Gap]) -> bool:
    """Tell whether a legend names the marks: somebody stands between, and they are few."""
    return 2 < len(groups_of(gaps)) <= _MOST


def parted(places: Sequence[float]) -> list[float]:
    """Give px down from the line for each mark, places px ascending: those that touch part."""
    heaps: list[list[float]] = []
    for place in places:
        if heaps and place - heaps[-1][-1] < _APART:
            heaps[-1].append(place)
        else:
            heaps.append([place])
    return [(at - (len(heap) - 1) / 2) * _APART for heap in heaps for at in range(len(heap))]


def reach(downs: Sequence[float]) -> float:
    """Give px that marks reach above and below their line."""
    return max(map(abs, downs), default=0.0) + _RADIUS + 1


def mark(x: float, y: float, group: Group) -> str:
    """Give the mark of a partner, as on the screens: its colour and its shape."""
    ink, outline = look_of(group.slot)
    return (
        f'<path transform="translate({x:.1f} {y:.1f}) scale({_RADIUS})" '
        f'stroke="#FFFFFF" stroke-width="0.2" fill="{ink}" d="{outline}"/>'
    )


def look_of(slot: int) -> tuple[str, str]:
    """Give the colour of a slot and its outline; shapes shift when the colours start again."""
    if slot < 0:
        return QUIET, _TOGETHER
    outlines = list(OUTLINES.values())
    return _COLOURS[slot % 8], outlines[(slot + slot // 8) % 8]


def legend(groups: Sequence[Group], top: float, width: float) -> tuple[list[str], float]:
    """Draw each partner's mark before its name, as words flow; give the parts and their height."""
    parts: list[str] = []
    across, y, tall = 0.0, top + _ROW + LEADING / 2, 1
    for group in groups:
        named = wrapped(group.name, width - _KEY)
        takes = _KEY + max(map(wide, named))
        if across and across + takes > width:
            across, y, tall = 0.0, y + LEADING * tall + _ROW, 1
        parts += [mark(across + _RADIUS + 1, y, group), *lines(across + _KEY, y, named)]
        across, tall = across + takes + _GAP, max(tall, len(named))
    return parts, y + LEADING * (tall - 0.5) + _ROW - top
