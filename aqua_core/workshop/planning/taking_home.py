"""Take the plan home as CSV."""

import csv
import io

from aqua_core.rules.cells import guarded
from aqua_core.store.database import reading
from aqua_core.store.plan.actions import actions_of
from aqua_core.vocabulary import Action, Workshop
from aqua_core.workshop.admitting import Caller, check_facilitator, find_workshop
from aqua_core.workshop.planning.owning import partners_of

COLUMNS = (
    "action_id",
    "version",
    "place",
    "workshop_date",
    "domain",
    "small_test",
    "lead",
    "lead_partner",
    "joint_partners",
    "measure",
    "review_date",
    "scale",
    "invented",
)


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
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) for cell in _row(workshop, action)] for action in actions)
    return page.getvalue().encode("utf-8-sig")


def _row(workshop: Workshop, action: Action) -> tuple[str, ...]:
    names = {partner.id: partner.name for partner in partners_of(workshop)}
    lead_partner, *joint = (names[partner] for partner in action.partners)
    domain = workshop.instrument.domain(action.domain)
    return (
        action.id,
        str(action.version),
        workshop.place.name,
        workshop.held_on.isoformat(),
        domain.name if domain else action.domain,
        action.test,
        action.lead,
        lead_partner,
        "; ".join(joint),
        action.measure,
        action.review_on.isoformat(),
        action.scale.value,
        "yes" if workshop.invented else "no",
    )
