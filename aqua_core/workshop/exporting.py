"""Take home: what the facilitator carries out of the room as a file, built when asked for."""

from aqua_core.exports.plan.writing import plan_as_csv
from aqua_core.store.database import reading
from aqua_core.store.plan.actions import actions_of
from aqua_core.store.plan.cycles import cycles_of
from aqua_core.workshop.admitting import Caller, check_facilitator, find_workshop


def plan_csv(caller: Caller, code: str) -> bytes:
    """Give the plan as CSV for Excel: UTF-8 with BOM, RFC 4180, ISO dates, guarded cells.

    Raises:
        NotSignedIn: the caller is not the facilitator.
        NoSuchWorkshop: no open workshop has this code.
    """
    with reading() as cursor:
        check_facilitator(cursor, caller)
        workshop = find_workshop(cursor, code)
        actions = actions_of(cursor, workshop.id)
        return plan_as_csv(workshop, actions, cycles_of(cursor, workshop.id))
