"""Who is named at each end of a row, in the room that the row has."""

from collections.abc import Sequence

from aqua_core.charts.plan.canvas import wide, wrapped
from aqua_core.charts.plan.ends import Ends, at_ends, together
from aqua_core.charts.plan.gap_rows import Frame
from aqua_core.charts.plan.names import cuts, parted
from aqua_core.vocabulary import Gap

NAME_ROOM = {1: 8.0, 2: 10}
"""Ems for the names at an end, by the lines a row holds: two hold the longest name, 40 letters."""
CROWD_NAME_ROOM = 13.0
"""Ems for the names at an end where no legend stands under them that would name them in full."""


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
    ems = CROWD_NAME_ROOM if frame.crowded else NAME_ROOM[frame.lines]
    room, size = ems * frame.look.font, frame.look.small
    lines = wrapped(together(names, called, ", "), size, room)
    if len(names) == 2 and len(lines) > 1:
        by_name = [f"{names[0]},", names[1]]
        lines = by_name if max(wide(name, size) for name in by_name) <= room else lines
        return "\n".join(lines) if len(lines) <= frame.lines else f"2 {called}"
    if len(names) == 1 and len(lines) > frame.lines:
        return "\n".join(_short(names[0], size, room, frame.lines))
    kept = lines[: frame.lines]
    return "\n".join(kept) + ("…" if len(lines) > len(kept) else "")


def _short(name: str, size: float, room: float, most: int) -> list[str]:
    """Cut one name to the lines a row holds; on two, its tier has the second."""
    head, tier = parted(name)
    if most > 1 and tier:
        return [f"{_short(head, size, room, 1)[0]},", tier]
    for words in cuts(name):
        lines = wrapped(words, size, room)
        if len(lines) <= most and max(wide(line, size) for line in lines) <= room:
            break
    return lines if len(lines) <= most else [words]
