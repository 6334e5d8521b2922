"""Words that fit one line of a picture; the table twin has them whole."""

from aqua_core.charts.plan.canvas import wide


def fitted(text: str, size: float, room: float) -> str:
    """Give a text on one line of at most room, px, ended by an ellipsis where it is cut."""
    line = " ".join(text.split())
    if wide(line, size) <= room:
        return line
    kept = line
    while kept and wide(f"{kept}…", size) > room:
        kept = kept[:-1]
    return f"{kept.rstrip(' ,;.')}…"
