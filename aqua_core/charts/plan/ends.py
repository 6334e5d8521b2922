"""Who stands at the ends of a row, and how they are named together."""

from collections.abc import Sequence
from dataclasses import dataclass

from aqua_core.vocabulary import Gap, Spread, Standing
from aqua_core.vocabulary.figures import half_up

COUNTED = 3
"""Groups that tie at an end from which on they are counted and no longer named."""
MOST_NAMED = 12
"""Groups that each get a name and a colour in one picture. Of 24, the legend took eight lines of
the page and left rows of 33 px: then the ends of each row are named, and the table names all."""


@dataclass(frozen=True)
class Ends:
    """Who is named left of the lowest mark and right of the highest; "" for nobody."""

    left: str
    right: str


def crowded(gaps: Sequence[Gap]) -> bool:
    """Tell whether more groups are shown than one picture can name."""
    return len({side.group.id for gap in gaps for side in gap.standings}) > MOST_NAMED


TOO_FEW = "too few to compare"
NOT_APART = "not shown apart"
WHOLE_ROOM = "whole room only"


def no_gap(gap: Gap, scores: Spread | None = None) -> str:
    """Say what stands in place of a gap; groups that are hidden may be large, and not too few.

    Args:
        gap: without a width.
        scores: every score on its domain, where these are shown beside these words.
    """
    if scores and scores.marks and not gap.standings:
        return WHOLE_ROOM
    return NOT_APART if gap.held_back else TOO_FEW


def at_ends(gap: Gap) -> tuple[tuple[Standing, ...], tuple[Standing, ...]]:
    """Give everyone who stands lowest, and everyone who stands highest; ties stand together.

    A tie is what is printed alike: 2.27 and 2.33 both stand at 2.3 in the table below.
    """
    if not gap.standings:
        return (), ()
    least, most = half_up(gap.lowest.mean, 1), half_up(gap.highest.mean, 1)
    lowest = tuple(side for side in gap.standings if half_up(side.mean, 1) == least)
    highest = tuple(side for side in gap.standings if half_up(side.mean, 1) == most)
    return lowest, highest


def together(names: Sequence[str], called: str, joint: str = " and ") -> str:
    """Name one or two; count three or more: "3 teams"."""
    return joint.join(names) if len(names) < COUNTED else f"{len(names)} {called}"
