"""Who is who between the ends of a gap: up to six partners by colour and shape, then in words."""

from collections.abc import Sequence
from typing import Final

from aqua_core.exports.report.drawing import LEADING, QUIET, lines, wide, wrapped
from aqua_core.vocabulary import Gap, Group

MOST: Final = 6
"""Partners that a legend tells apart at a glance; of more, 10 px on paper are too alike."""
BETWEEN: Final = "Open marks are the partners between the two ends: the table below names each."
_RADIUS: Final = 5  # px
_APART: Final = 11  # px from mark to mark that would cover each other
_KEY, _GAP = 16, 18  # px: from the left of a key to its name, and after the name
_ROW: Final = 6  # px of air between the rows of a legend

# The screens' own colours and shapes, in the order of the slots: a test holds them together.
COLOURS: Final = (
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
    return 2 < len(groups_of(gaps)) <= MOST


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
    return COLOURS[slot % 8], outlines[(slot + slot // 8) % 8]


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
