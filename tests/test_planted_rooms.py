"""What the page of planted rooms says falls short is what its table says."""

from aqua_core.vocabulary import Holder
from benchmarks.rooms.shortfalls import WHY_CAMPS, WHY_SMALL, shortfalls

REACHED = {"on planted": 0.99, "right": 0.95, "right side": 0.97, "empty clear": 0.01, "wrong": []}
PERSON, LAPTOP = Holder.PERSON, Holder.LAPTOP


def test_a_table_that_reaches_everything_is_said_to() -> None:
    tables = {(holder, size): REACHED for holder in Holder for size in (12, 24)}

    assert shortfalls(tables) == "Every figure reaches what the method asks for."


def test_each_figure_that_is_short_is_named_beside_what_was_asked() -> None:
    small = REACHED | {"right": 0.7009, "wrong": ["9 x board to front line 1.8: said wide spread"]}
    often = REACHED | {"empty clear": 0.0533}
    told = shortfalls({(PERSON, 12): small, (PERSON, 24): REACHED, (LAPTOP, 24): often})

    assert told.startswith(
        "Short of what was asked: of the right kind, 70.1 at 12 seats, one person a seat (asked 88)"
        "; a clear prompt where nothing was planted, 5.3 at 24 seats, every group named (asked 4)."
    )
    assert told.endswith(WHY_SMALL)
    assert WHY_CAMPS not in told


def test_a_figure_printed_as_what_was_asked_is_not_short() -> None:
    assert "Every figure" in shortfalls({(PERSON, 12): REACHED | {"right": 0.8796}})
