"""The columns of the action plan: the fields of an action, and what is said of it beside them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from pydantic.fields import FieldInfo

from aqua_core.vocabulary import Action, ActionDraft, Cycle, Decision, Workshop
from aqua_core.vocabulary.plan import AT_A_GLANCE
from aqua_core.vocabulary.said import Column, choices_of, words_of

SEPARATED_BY: Final = "; "
LEAD_PARTNER, JOINT_PARTNERS = OWNERS = ("lead_partner", "joint_partners")
_TEXT: Final = "text"
_DAY: Final = "date, YYYY-MM-DD"
_NUMBER: Final = "whole number"
_NAMES: Final = "names, separated by ; "
_OWN_ID: Final = "the action's own id; it stays when the action is edited"
_COUNTED: Final = "1, and one more with each edit; the file holds the newest"
_TOO: Final = "the partners that own it too"
_BEGUN: Final = "how many cycles of plan, do, study, act were begun"
_DECIDED: Final = "what was decided in the newest cycle"


class Meaning(NamedTuple):
    """One column with its form or its allowed words, and whether it may be changed or empty."""

    column: Column
    form: str
    may_change: bool = False
    may_be_empty: bool = False


def _form_of(field: FieldInfo) -> str:
    if choices := choices_of(field):
        return _one_of(choices)
    return _DAY if field.annotation is date else _TEXT


def _one_of(kind: Iterable[StrEnum]) -> str:
    return ", ".join(choice.value for choice in kind if choice.value)


_FIELDS: Final = tuple(
    (name, said.column, ActionDraft.model_fields[name])
    for name, said in words_of(ActionDraft).items()
    if said.column
)
_BESIDE: Final = (
    Meaning(Column(1, "action_id", _OWN_ID), _TEXT),
    Meaning(Column(2, "version", _COUNTED), _NUMBER),
    Meaning(Column(3, "place", "the place as set up"), _TEXT),
    Meaning(Column(4, "workshop_date", "the day of the workshop"), _DAY),
    Meaning(Column(8, LEAD_PARTNER, "the partner that leads", 14), _TEXT, may_change=True),
    Meaning(Column(9, JOINT_PARTNERS, _TOO, 14), _NAMES, may_change=True, may_be_empty=True),
    Meaning(Column(13, "invented", "yes for an action of the sample"), "yes, no"),
    Meaning(Column(25, "cycles", _BEGUN, 8), _NUMBER),
    Meaning(Column(26, "what_follows", _DECIDED, 9), _one_of(Decision), may_be_empty=True),
)
MEANINGS: Final = tuple(
    sorted(
        (
            *_BESIDE,
            *(
                Meaning(column, _form_of(field), True, not field.is_required())
                for _, column, field in _FIELDS
            ),
        )
    )
)
COLUMNS: Final = tuple(meaning.column.name for meaning in MEANINGS)

FIELDS: Final = {column.name: name for name, column, _ in _FIELDS}
"""What may be changed in the file, and the field of the action that it is. The two columns of
partners are one field, so they stand apart."""
TYPED: Final = (*FIELDS, *OWNERS)


def rows_of(
    workshop: Workshop, actions: Sequence[Action], cycles: Sequence[Cycle] = ()
) -> tuple[dict[str, str], ...]:
    """Give a row an action in the order given: text by column, "" for what is not said."""
    newest = {cycle.action_id: cycle for cycle in cycles}  # they come by action and number
    return tuple(_row(workshop, action, newest) for action in actions)


def at_a_glance() -> dict[str, int]:
    """Give the columns of the workbook's sheet with their widths, as a plan is read."""
    wide = {column.name: column.wide for column, *_ in MEANINGS if column.wide}
    column_of = {name: column for column, name in FIELDS.items()}
    read = [
        column
        for name in AT_A_GLANCE
        for column in (OWNERS if name == "partners" else (column_of[name],))
    ]
    order = [*read, *(column for column in wide if column not in read)]
    return {column: wide[column] for column in order if column in wide}


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
