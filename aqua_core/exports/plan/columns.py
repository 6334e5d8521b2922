"""The columns of the action plan: the fields of an action, and what is said of it beside them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from aqua_core.vocabulary import Action, ActionDraft, Cycle, Decision, Workshop
from aqua_core.vocabulary.plan import AT_A_GLANCE
from aqua_core.vocabulary.said import choices_of, words_of

SEPARATED_BY: Final = "; "
LEAD_PARTNER, JOINT_PARTNERS = OWNERS = ("lead_partner", "joint_partners")
_TEXT: Final = "text"
_DAY: Final = "date, YYYY-MM-DD"
_NUMBER: Final = "whole number"


class Meaning(NamedTuple):
    """One column: its form or its allowed words, what it holds, and whether it may be changed.

    `nth` is its place in the file: names and places are stable, and new columns come last. `wide`
    is its width on the workbook's sheet, 0 where it is in the CSV alone.
    """

    nth: int
    column: str
    form: str
    holds: str
    may_change: bool = False
    may_be_empty: bool = False
    wide: int = 0


def _one_of(kind: Iterable[StrEnum]) -> str:
    return ", ".join(choice.value for choice in kind if choice.value)


def _meanings() -> tuple[Meaning, ...]:
    """Give the columns that are fields of an action, as the fields say them."""
    found = []
    for name, said in words_of(ActionDraft).items():
        field = ActionDraft.model_fields[name]
        choices = choices_of(field)
        form = _one_of(choices) if choices else _DAY if field.annotation is date else _TEXT
        if column := said.column:
            found.append(
                Meaning(
                    column.nth,
                    column.name,
                    form,
                    column.holds,
                    may_change=True,
                    may_be_empty=not field.is_required(),
                    wide=column.wide,
                )
            )
    return tuple(found)


_BESIDE: Final = (
    Meaning(1, "action_id", _TEXT, "the action's own id; it stays when the action is edited"),
    Meaning(2, "version", _NUMBER, "1, and one more with each edit; the file holds the newest"),
    Meaning(3, "place", _TEXT, "the place as set up"),
    Meaning(4, "workshop_date", _DAY, "the day of the workshop"),
    Meaning(8, LEAD_PARTNER, _TEXT, "the partner that leads", may_change=True, wide=14),
    Meaning(
        9,
        JOINT_PARTNERS,
        "names, separated by ; ",
        "the partners that own it too",
        may_change=True,
        may_be_empty=True,
        wide=14,
    ),
    Meaning(13, "invented", "yes, no", "yes for an action of the sample"),
    Meaning(25, "cycles", _NUMBER, "how many cycles of plan, do, study, act were begun", wide=8),
    Meaning(
        26,
        "what_follows",
        _one_of(Decision),
        "what was decided in the newest cycle",
        may_be_empty=True,
        wide=9,
    ),
)
MEANINGS: Final = tuple(sorted((*_BESIDE, *_meanings())))
COLUMNS: Final = tuple(meaning.column for meaning in MEANINGS)

FIELDS: Final = {
    said.column.name: name for name, said in words_of(ActionDraft).items() if said.column
}
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
    wide = {meaning.column: meaning.wide for meaning in MEANINGS if meaning.wide}
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
