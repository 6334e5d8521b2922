"""Earlier workshops of a place: an earlier day, or the same day set up before."""

from collections.abc import Sequence

from aqua_core.rules.plan.open_actions import Held, earlier_at
from aqua_core.store.cursor import Cursor
from aqua_core.store.workshops import Listed, workshops_listed
from aqua_core.vocabulary import Workshop
from aqua_core.workshop.admitting import find_workshop


def workshops_before(cursor: Cursor, workshop: Workshop) -> tuple[Workshop, ...]:
    """Give the workshops of the same place before this one, the first one first."""
    held = _held(tuple(reversed(workshops_listed(cursor))))
    this = next(each for each in held if each.code == workshop.code)
    return tuple(find_workshop(cursor, each.code) for each in earlier_at(this, held))


def newest_of_each_place(cursor: Cursor) -> dict[str, str]:
    """Give the code of the newest workshop of each place by its id, the newest first.

    A sample is no place.
    """
    listed = tuple(reversed(workshops_listed(cursor)))
    samples = {each.code for each in listed if each.invented}
    met = [each for each in _held(listed) if each.code not in samples]
    met.sort(key=lambda each: (each.held_on, each.ordinal))
    newest = {workshop.place: workshop.code for workshop in reversed(met)}
    for workshop in met:
        newest[workshop.place] = workshop.code
    return newest


def _held(listed: Sequence[Listed]) -> list[Held]:
    # Of one day, what is closed came before what is not: a pack may have been opened later.
    return [
        Held(each.code, each.place_id, each.held_on, ordinal - len(listed) * each.closed)
        for ordinal, each in enumerate(listed)
    ]
