"""How charts look: one size of type for one screen, and the colour and shape of each slot."""

from typing import Final

from pydantic import Field

from aqua_core.vocabulary import HIGHEST, LOWEST
from aqua_core.vocabulary.points import said, said_signed
from aqua_core.vocabulary.text import Word

LIGHT: Final = (
    *("#4701ef", "#f95b05", "#31a391", "#6a1724"),
    *("#ab78f9", "#b12f05", "#7d5294", "#4f1086"),
)
DARK: Final = (
    *("#a8befe", "#b73601", "#78ffd5", "#d5ae0d"),
    *("#ad61fb", "#2ca699", "#f2f202", "#366896"),
)

STAR: Final = (
    "M0,-1.2L.31,-.42L1.14,-.37L.5,.16L.71,.97L0,.52"
    "L-.71,.97L-.5,.16L-1.14,-.37L-.31,-.42Z"
)  # fmt: skip
BOW_TIE: Final = "M-1,-.85L0,-.2L1,-.85V.85L0,.2L-1,.85Z"
TICK: Final = "M-.24,-1.2H.24V1.2H-.24Z"
BROKEN_TICK: Final = "M-.24,-1.2H.24V-.6H-.24ZM-.24,-.3H.24V.3H-.24ZM-.24,.6H.24V1.2H-.24Z"
PILL: Final = "M-.75,-.5H.75A.5,.5,0,0,1,.75,.5H-.75A.5,.5,0,0,1,-.75,-.5Z"

SHAPES: Final = (
    *("circle", "square", "triangle-up", "diamond"),
    *("cross", "triangle-down", STAR, BOW_TIE),
)
_POOLED_SHAPE: Final = "triangle-left"

_FAR: Final = 28
"""px: the smallest type a director in the last row reads, 8 m from a 2.4 m image."""


class Look(Word):
    """Light or dark, and the px of the chart's type: 36 on a projector, 18 on a laptop, 16 held."""

    dark: bool = False
    font: int = Field(default=36, ge=12, le=72)

    @property
    def projected(self) -> bool:
        """Whether the chart is read from across the room."""
        return self.font >= _FAR

    @property
    def small(self) -> int:
        """Px of names and notes; never under 28 on a projector, 16 in a hand."""
        return (
            max(_FAR, round(self.font * 0.82))
            if self.projected
            else max(16, round(self.font * 0.9))
        )

    @property
    def mark(self) -> int:
        """Px across a mark, its halo included; never under 22 on a projector."""
        return max(24, round(self.font * 0.72)) if self.projected else round(self.font * 0.8)

    @property
    def line(self) -> float:
        """Px of an outline; never under 4 on a projector."""
        return max(4.0, self.font / 9) if self.projected else max(2.0, self.font / 8)

    @property
    def narrowest(self) -> int:
        """Px of page width the gutters are planned for; a wider page only gives more air.

        1080p at 36 px leaves 1640 px between Streamlit's margins, 1366 at 18 px leaves 1206.
        """
        return self.font * (44 if self.projected else 60)

    @property
    def ink(self) -> str:
        """Words and figures."""
        return "#F2F4F6" if self.dark else "#1B1B1B"

    @property
    def quiet(self) -> str:
        """Words beside the words."""
        return "#B9C1CA" if self.dark else "#4B5259"

    @property
    def grid(self) -> str:
        """Lines that only measure."""
        return "#414B56" if self.dark else "#CDD2D8"

    @property
    def band(self) -> str:
        """From the lowest group to the highest."""
        return "#333C46" if self.dark else "#D9DEE4"

    @property
    def accent(self) -> str:
        """Where to look: the one colour of a picture without groups."""
        return "#8FC1F2" if self.dark else "#12436D"

    @property
    def panel(self) -> str:
        """Under a row that is asked about, or heads others."""
        return "#1E252C" if self.dark else "#F2F4F6"

    @property
    def background(self) -> str:
        """The page under the chart: the halo that parts marks that touch."""
        return "#14181D" if self.dark else "#FFFFFF"


class Scale(Word):
    """What figures on an axis mean: points 0 to 5, or steps from a group's own average."""

    low: int = LOWEST
    high: int = HIGHEST
    relative: bool = False

    @property
    def ticks(self) -> range:
        """The whole points on the scale."""
        return range(self.low, self.high + 1)

    def words(self, figure: float, places: int = 1) -> str:
        """Give a figure as it is said; a step carries its sign."""
        return said_signed(figure, places) if self.relative else said(figure, places)


def colour(slot: int, look: Look) -> str:
    """Give the colour of a slot; groups pooled because they are small (slot -1) are quiet."""
    if slot < 0:
        return look.quiet
    return (DARK if look.dark else LIGHT)[slot % len(LIGHT)]


def shape(slot: int) -> str:
    """Give the shape of a slot, as a Vega symbol; shifted each time the colours start again."""
    if slot < 0:
        return _POOLED_SHAPE
    return SHAPES[(slot + slot // len(LIGHT)) % len(SHAPES)]
