"""Words that fit a picture; the table twin has them whole."""

from aqua_core.charts.plan.canvas import wide, wrapped


def on_two_lines(text: str, size: float, room: float) -> str:
    """Give a text on at most two lines of room, px, parted by a line break."""
    first, *others = wrapped(text, size, room) or [""]
    if not others:
        return fitted(first, size, room)
    # Two lines of even length would leave a longer text less than it has: fill the first.
    words = text.split()
    while wide(" ".join(words), size) > room and len(words) > 1:
        words.pop()
    rest = text.split()[len(words) :]
    return "\n".join((fitted(" ".join(words), size, room), fitted(" ".join(rest), size, room)))


def fitted(text: str, size: float, room: float) -> str:
    """Give a text on one line of at most room, px, ended by an ellipsis where it is cut."""
    line = " ".join(text.split())
    if wide(line, size) <= room:
        return line
    kept = line
    while kept and wide(f"{kept}…", size) > room:
        kept = kept[:-1]
    return f"{kept.rstrip(' ,;.')}…"
