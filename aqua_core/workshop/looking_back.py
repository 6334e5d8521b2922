"""Earlier workshops of a place: the same name, an earlier day or the same day set up before."""

from aqua_core.rules.plan.open_actions import Held, earlier_at
from aqua_core.store.cursor import Cursor
from aqua_core.store.workshops import workshops_listed
from aqua_core.vocabulary import Workshop
from aqua_core.workshop.admitting import find_workshop


def workshops_before(cursor: Cursor, workshop: Workshop) -> tuple[Workshop, ...]:
    """Give the workshops of the same place before this one, the first one first."""
    listed = tuple(reversed(workshops_listed(cursor)))
    # Of one day, what is closed came before what is not: a pack may have been opened later.
    held = [
        Held(each.code, each.place, each.held_on, ordinal - len(listed) * each.closed)
        for ordinal, each in enumerate(listed)
    ]
    this = next(each for each in held if each.code == workshop.code)
    return tuple(find_workshop(cursor, each.code) for each in earlier_at(this, held))
