"""What every deed of planning asks: whose partners, which action, whether somebody is named."""

from aqua_core.errors import NoSuchAction
from aqua_core.store.cursor import Cursor
from aqua_core.store.plan.actions import actions_of
from aqua_core.vocabulary import Action, Workshop

FIRST_VERSION = 1


def find_action(cursor: Cursor, workshop: Workshop, action_id: str) -> Action:
    """Give the newest version of an action.

    Raises:
        NoSuchAction: the workshop's plan does not hold it.
    """
    plan = actions_of(cursor, workshop.id)
    found = next((action for action in plan if action.id == action_id), None)
    if found is None:
        raise NoSuchAction("This action is not in the plan any more. Add it again.")
    return found
