"""The data dictionary of the action plan: what each column of its CSV holds, and in what form."""

import csv
import io
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from aqua_core.exports.plan.columns import COLUMNS, FIELDS, OWNERS
from aqua_core.vocabulary import SCALE_MEANS, ActionDraft, Decision, Impact, Move, Scale

_TEXT: Final = "text"
_DAY: Final = "date, YYYY-MM-DD"
_NUMBER: Final = "whole number"


class Meaning(NamedTuple):
    """One column: its form or its allowed words, what it holds, and whether it may be changed."""

    column: str
    form: str
    holds: str
    may_change: bool
    may_be_empty: bool


def dictionary() -> tuple[Meaning, ...]:
    """Give a row a column, in the order of the file."""
    return tuple(
        Meaning(column, *_HOLDS[column], column in (*FIELDS, *OWNERS), _may_be_empty(column))
        for column in COLUMNS
    )


def dictionary_as_csv() -> bytes:
    """Give the dictionary as CSV for Excel: UTF-8 with BOM, RFC 4180."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(("column", "form", "what it holds", "may be changed", "may be empty"))
    writer.writerows(
        (each.column, each.form, each.holds, _yes(each.may_change), _yes(each.may_be_empty))
        for each in dictionary()
    )
    return page.getvalue().encode("utf-8-sig")


def _may_be_empty(column: str) -> bool:
    if column in FIELDS:
        return not ActionDraft.model_fields[FIELDS[column]].is_required()
    return column in ("joint_partners", "what_follows")


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _one_of(kind: Iterable[StrEnum]) -> str:
    return ", ".join(each.value for each in kind if each.value)


_SCALES: Final = ", ".join(f"{scale.value} ({SCALE_MEANS[scale]})" for scale in SCALE_MEANS)
_HOLDS: Final[dict[str, tuple[str, str]]] = {
    "action_id": (_TEXT, "the action's own id; it stays when the action is edited"),
    "version": (_NUMBER, "1, and one more with each edit; the file holds the newest"),
    "place": (_TEXT, "the place as set up"),
    "workshop_date": (_DAY, "the day of the workshop"),
    "domain": (_TEXT, "the domain's name"),
    "small_test": (_TEXT, "what will be tried; may hold line breaks"),
    "lead": (_TEXT, "who leads, as a role"),
    "lead_partner": (_TEXT, "the partner that leads"),
    "joint_partners": ("names, separated by ; ", "the partners that own it too"),
    "measure": (_TEXT, "how the room will know"),
    "review_date": (_DAY, "when the room looks at it again"),
    "scale": (_one_of(Scale), f"where it bites: {_SCALES}"),
    "invented": ("yes, no", "yes for an action of the sample"),
    "aim": (_TEXT, "what the test is for"),
    "prediction": (_TEXT, "what the room expects to see; may hold line breaks"),
    "where_and_with_whom": (_TEXT, "where it is tried, and with whom"),
    "baseline": (_TEXT, "the measure before"),
    "target": (_TEXT, "the measure that is hoped for"),
    "shows_at": (_one_of(Impact), "where it should show"),
    "kind_of_move": (_one_of(Move), "what kind of move it is"),
    "pulls_against": (_TEXT, "what at home will pull against it"),
    "who_must_agree": (_TEXT, "who at home must agree"),
    "for_the_persona": (_TEXT, "what changes for the persona"),
    "forum": (_TEXT, "the forum that must hear of it"),
    "cycles": (_NUMBER, "how many cycles of plan, do, study, act were begun"),
    "what_follows": (_one_of(Decision), "what was decided in the newest cycle"),
}
