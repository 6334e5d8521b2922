"""The data dictionary of the action plan, beside the file that it explains."""

import csv
import io

from aqua_core.exports.plan_table import MEANINGS, dictionary_as_csv
from aqua_core.workshop.exporting import plan_csv
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import met, planned

__all__ = ["facilitator", "room_file"]


def test_the_dictionary_explains_the_columns_of_the_file_in_their_order(facilitator) -> None:
    workshop = met(facilitator, place="Explained")
    planned(facilitator, workshop)
    header, row = csv.reader(
        io.StringIO(plan_csv(facilitator, workshop.code).decode("utf-8-sig"), newline="")
    )

    explained = list(csv.DictReader(io.StringIO(dictionary_as_csv().decode("utf-8-sig"))))
    assert [row["column"] for row in explained] == header
    may_be_empty = {row["column"] for row in explained if row["may be empty"] == "yes"}
    assert {name for name, cell in zip(header, row, strict=True) if not cell} <= may_be_empty


def test_what_may_not_be_changed_is_said() -> None:
    fixed = [meaning.column.name for meaning in MEANINGS if not meaning.may_change]

    assert fixed == [
        *("action_id", "version", "place", "workshop_date", "invented", "cycles", "what_follows"),
        "planned_on",
    ]
