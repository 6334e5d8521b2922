"""What a second look on one domain shows, in a sentence."""

from aqua_core.vocabulary import Spread
from aqua_core.vocabulary.figures import said
from aqua_core.vocabulary.second_look import Movement


def two_looks_takeaway(movement: Movement | None, before: Spread, after: Spread) -> str:
    """Say of a domain what its second look shows (see `what_moved`)."""
    said_of_it = what_moved(movement, before, after)
    return f"{after.domain.short}: {said_of_it[0].lower()}{said_of_it[1:]}"


def what_moved(movement: Movement | None, before: Spread, after: Spread) -> str:
    """Say who moved and which way, whether people came nearer, and where the middle score went.

    Args:
        movement: of the seats that gave points in both looks; None where too few did.
        before: every score of the first look.
        after: every score of the newest, of the same domain.
    """
    moved = (
        "who moved is not told, too few scored in both looks or in a group"
        if movement is None
        else _moved(movement)
    )
    return f"{moved[0].upper()}{moved[1:]}. {_middles(before, after)}".strip()


def _moved(movement: Movement) -> str:
    moves = movement.up + movement.down
    then, now = said(movement.before, 1), said(movement.after, 1)
    who = f"{moves or 'none'} of {movement.seats} moved{_which_way(movement)}"
    if then == now:
        return f"{who}; people sit {now} apart from the middle score, as before"
    return f"{who}; people sat {then} apart from the middle score, now {now}"


def _which_way(movement: Movement) -> str:
    up, down = movement.up, movement.down
    if up and down:
        return f", {up} of them up"
    if up + down < 2:
        return ", up" if up else ", down" if down else ""
    return f", all of them {'up' if up else 'down'}"


def _middles(before: Spread, after: Spread) -> str:
    if before.median is None or after.median is None:
        return ""
    then, now = said(before.median, 1), said(after.median, 1)
    return f"The middle score {f'stays {now}' if then == now else f'was {then}, now {now}'}."
