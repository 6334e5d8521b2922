"""Who is named at each end of a row, in the room that the row has."""

from collections.abc import Iterator, Sequence

from aqua_core.charts.plan.canvas import wide, wrapped
from aqua_core.charts.plan.ends import Ends, at_ends, together
from aqua_core.charts.plan.gap_rows import Frame
from aqua_core.charts.plan.names import cuts, parted
from aqua_core.vocabulary import Gap

NAME_ROOMS = {1: (8.0,), 2: (8.5, 10.0)}
"""Ems for the names at an end, by the lines a row holds, the first that holds them: what a name
takes, the scale has not. Two lines of 10 hold the longest name, 40 letters."""
CROWD_NAME_ROOMS = (13.0,)
"""The same where no legend stands under them that would name them in full."""


def ends_of(gap: Gap, frame: Frame, called: str) -> Ends:
    """Name the lowest and the highest; where all stand level, name them once, at the right."""
    lowest, highest = at_ends(gap)
    named = [
        _fitted([frame.labels[standing.group.id] for standing in side], called, frame)
        for side in (lowest, highest)
    ]
    return Ends("" if lowest == highest else named[0], named[1])


def _fitted(names: Sequence[str], called: str, frame: Frame) -> str:
    """Break names into the lines a row holds; what is left out is in the legend in full."""
    rooms = CROWD_NAME_ROOMS if frame.crowded else NAME_ROOMS[frame.lines]
    size, most = frame.look.small, frame.lines
    for room in (ems * frame.look.font for ems in rooms):
        for lines in _ways(names, called, size, room):
            if len(lines) <= most and all(wide(line, size) <= room for line in lines):
                return "\n".join(lines)
    if len(names) > 1:
        return f"{len(names)} {called}"
    return "\n".join(_short(names[0], size, room, most)) if names else ""


def _ways(names: Sequence[str], called: str, size: float, room: float) -> Iterator[list[str]]:
    """Give names together, the better way first: each of two on a line of its own."""
    lines = wrapped(together(names, called, ", "), size, room)
    if len(names) == 2 and len(lines) > 1:
        yield [f"{names[0]},", names[1]]
    yield lines


def _short(name: str, size: float, room: float, most: int) -> list[str]:
    """Cut one name to the lines a row holds; on two, its tier has the second."""
    head, tier = parted(name)
    if most > 1 and tier:
        return [f"{_short(head, size, room, 1)[0]},", tier]
    for words in cuts(name):
        lines = wrapped(words, size, room)
        if len(lines) <= most and all(wide(line, size) <= room for line in lines):
            break
    return lines if len(lines) <= most else [words]
