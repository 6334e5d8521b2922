"""The columns of the action plan, and what an action says in each."""

from collections.abc import Mapping, Sequence
from typing import Final

from aqua_core.vocabulary import Action, Cycle, Workshop

SEPARATED_BY: Final = "; "

# In this order in the file: names are stable, and new columns come last.
COLUMNS: Final = (
    *("action_id", "version", "place", "workshop_date", "domain", "small_test", "lead"),
    *("lead_partner", "joint_partners", "measure", "review_date", "scale", "invented"),
    *("aim", "prediction", "where_and_with_whom", "baseline", "target", "shows_at"),
    *("kind_of_move", "pulls_against", "who_must_agree", "for_the_persona", "forum"),
    *("cycles", "what_follows"),
)

# What may be changed in the file, and the field of the action that it is. The two columns of
# partners are one field, so they stand apart.
FIELDS: Final = {
    "small_test": "test",
    "domain": "domain",
    "lead": "lead",
    "measure": "measure",
    "review_date": "review_on",
    "scale": "scale",
    "aim": "aim",
    "prediction": "prediction",
    "where_and_with_whom": "with_whom",
    "baseline": "baseline",
    "target": "target",
    "shows_at": "impact",
    "kind_of_move": "move",
    "pulls_against": "pulls_against",
    "who_must_agree": "must_agree",
    "for_the_persona": "for_persona",
    "forum": "forum",
}
LEAD_PARTNER, JOINT_PARTNERS = OWNERS = ("lead_partner", "joint_partners")
TYPED: Final = (*FIELDS, *OWNERS)


def rows_of(
    workshop: Workshop, actions: Sequence[Action], cycles: Sequence[Cycle] = ()
) -> tuple[dict[str, str], ...]:
    """Give a row an action in the order given: text by column, "" for what is not said."""
    newest = {cycle.action_id: cycle for cycle in cycles}  # they come by action and number
    return tuple(_row(workshop, action, newest) for action in actions)


def headed(column: str) -> str:
    """Give a column as people read it, such as Small test."""
    return column.replace("_", " ").capitalize()


def given_with(workshop: Workshop, cycle: Cycle | None = None) -> dict[str, str]:
    """Give the columns that no file may change: what is said of an action, not in it.

    Args:
        workshop: the one that the plan is of.
        cycle: the newest of the action; None where none was begun.
    """
    return {
        "place": workshop.place.name,
        "workshop_date": workshop.held_on.isoformat(),
        "invented": "yes" if workshop.invented else "no",
        "cycles": str(cycle.number if cycle else 0),
        "what_follows": cycle.decision.value if cycle else "",
    }


def partner_names(workshop: Workshop) -> dict[str, str]:
    """Give the name of each partner by its id, in the workshop's order."""
    return {partner.id: partner.name for partner in workshop.partners}


def _row(workshop: Workshop, action: Action, newest: Mapping[str, Cycle]) -> dict[str, str]:
    names = partner_names(workshop)
    lead_partner, *joint = (names[partner] for partner in action.partners)
    domain = workshop.instrument.domain(action.domain)
    told = action.model_dump(mode="json")
    row = {column: str(told[field]) for column, field in FIELDS.items()} | {
        "action_id": action.id,
        "version": str(action.version),
        "domain": domain.name if domain else action.domain,
        LEAD_PARTNER: lead_partner,
        JOINT_PARTNERS: SEPARATED_BY.join(joint),
    }
    row |= given_with(workshop, newest.get(action.id))
    return {column: row[column] for column in COLUMNS}
