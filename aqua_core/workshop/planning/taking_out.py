"""Take out of a plan what was written down by mistake, and put it back; nothing is deleted."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, TypeVar

from aqua_core.errors import AlreadyThere, NoSuchAction
from aqua_core.live import Channel, changed
from aqua_core.store.cursor import Cursor
from aqua_core.store.database import reading
from aqua_core.store.plan.actions import actions_of, actions_taken_out, add_action
from aqua_core.store.plan.wishes import (
    add_support,
    add_unclear,
    support_of,
    support_taken_out,
    unclear_in,
    unclear_taken_out,
)
from aqua_core.vocabulary import Action, Support, Unclear, Workshop
from aqua_core.vocabulary.figures import day_said
from aqua_core.workshop.admitting import Caller, facilitating
from aqua_core.workshop.planning.answering import open_actions_of
from aqua_core.workshop.planning.asking import check_not_asked
from aqua_core.workshop.planning.capturing import check_not_planned
from aqua_core.workshop.planning.owning import CALLED, Kept, version_after

KeptByKind = TypeVar("KeptByKind", Action, Support, Unclear)
Found = Callable[[Cursor, str], tuple[Any, ...]]


class TakenOut(NamedTuple):
    """What was taken out of a plan and can be put back."""

    actions: tuple[Action, ...]
    support: tuple[Support, ...]
    unclear: tuple[Unclear, ...]


class _Kind(NamedTuple):
    """How one kind is kept: what is in the plan, what is out of it, and one more version."""

    inside: Found
    outside: Found
    add: Callable[..., None]


_KINDS: Final[Mapping[type[Kept], _Kind]] = {
    Action: _Kind(actions_of, actions_taken_out, add_action),
    Support: _Kind(support_of, support_taken_out, add_support),
    Unclear: _Kind(unclear_in, unclear_taken_out, add_unclear),
}


def take_out(caller: Caller, code: str, said: KeptByKind) -> KeptByKind:
    """Take an action, support or an unclear statement out, as one more version of it.

    `said` is as it was shown, with that version.

    Raises:
        NoSuchAction: it is not in this plan; an action of an earlier workshop is answered instead.
        ChangedMeanwhile: a newer version was saved since.
    """
    kind = _KINDS[type(said)]
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        _check_own(cursor, workshop, said)
        taken = _after(kind.inside(cursor, workshop.id), said)
        kind.add(cursor, workshop.id, taken, taken_out=True)
    changed(workshop.code, Channel.ROOM)
    return taken


def put_back(caller: Caller, code: str, said: KeptByKind) -> KeptByKind:
    """Put back what was taken out, as one more version of it; its review may have passed.

    Raises:
        AlreadyThere: it is in the plan, or the same words stand there meanwhile.
        NoSuchAction, ChangedMeanwhile: as for taking it out.
    """
    kind = _KINDS[type(said)]
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        inside = kind.inside(cursor, workshop.id)
        _check_new(inside, said)
        back = _after(kind.outside(cursor, workshop.id), said)
        kind.add(cursor, workshop.id, back)
    changed(workshop.code, Channel.ROOM)
    return back


def taken_out_now(caller: Caller, code: str) -> TakenOut:
    """Give what was taken out of a plan."""
    with facilitating(caller, code, reading) as (cursor, workshop):
        return TakenOut(*(kind.outside(cursor, workshop.id) for kind in _KINDS.values()))


def _after(known: tuple[Any, ...], said: KeptByKind) -> KeptByKind:
    """Give the newest as its next version: what a form holds unsaved is not saved by the way."""
    version = version_after(known, said)
    newest: KeptByKind = next(each for each in known if each.id == said.id)
    return newest.model_copy(update={"version": version})


def _check_own(cursor: Cursor, workshop: Workshop, said: Kept) -> None:
    for each in open_actions_of(cursor, workshop):
        if each.action.id == said.id:
            raise NoSuchAction(
                f"This test is in the plan of {day_said(each.held_on)}, and stays there. "
                "Answer it here instead: dropped."
            )


def _check_new(inside: tuple[Any, ...], said: Kept) -> None:
    if said.id in {each.id for each in inside}:
        raise AlreadyThere(f"This {CALLED[type(said)]} is back in the plan already.")
    if isinstance(said, Action):
        check_not_planned(inside, said)
    if isinstance(said, Support):
        check_not_asked(inside, said)
