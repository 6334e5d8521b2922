"""What every deed of planning asks: which action, in which version, and what comes after it."""

from collections.abc import Iterable
from typing import TypeAlias

from aqua_core.errors import ChangedMeanwhile, NoSuchAction
from aqua_core.store.cursor import Cursor
from aqua_core.store.plan.actions import actions_of
from aqua_core.vocabulary import Action, Support, Unclear, Workshop
from aqua_core.vocabulary.plan import FIRST_VERSION

NOT_SAVED_YET = 0

Kept: TypeAlias = Action | Support | Unclear
"""What a plan keeps in versions, and what can be taken out of it."""

CALLED = {Action: "action", Support: "support", Unclear: "statement"}


def find_action(cursor: Cursor, workshop: Workshop, action_id: str) -> Action:
    """Give the newest version of an action.

    Raises:
        NoSuchAction: the workshop's plan does not hold it.
    """
    plan = actions_of(cursor, workshop.id)
    found = next((action for action in plan if action.id == action_id), None)
    if found is None:
        raise _not_in_plan("action")
    return found


def version_to_save(known: Iterable[Kept], said: Kept) -> int:
    """Give the first version of what is new (NOT_SAVED_YET), and of all else the one after.

    Raises:
        NoSuchAction, ChangedMeanwhile: as for `version_after`.
    """
    return FIRST_VERSION if said.version == NOT_SAVED_YET else version_after(known, said)


def version_after(known: Iterable[Kept], said: Kept) -> int:
    """Give the version that follows the one that was shown; `known` holds the newest of each.

    Raises:
        NoSuchAction: it is not among the known.
        ChangedMeanwhile: a newer version was saved since.
    """
    newest = next((each.version for each in known if each.id == said.id), None)
    called = CALLED[type(said)]
    if newest is None:
        raise _not_in_plan(called)
    if newest != said.version:
        raise ChangedMeanwhile(
            f"Somebody changed this {called} since you opened it. Yours is still in the form; "
            "start from the newest to change it."
        )
    return newest + 1


def _not_in_plan(called: str) -> NoSuchAction:
    return NoSuchAction(
        f"This {called} is not in the plan now. If somebody took it out, it stands under "
        "Taken out on the Plan page: put it back first."
    )
