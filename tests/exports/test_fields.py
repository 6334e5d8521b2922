"""A field carries its own words: whatever is typed into any field arrives wherever it is read."""

import csv
import io
import json
import zipfile
from enum import StrEnum
from typing import get_args

import openpyxl
import pytest

from aqua_core.charts.sentences.planning import came_to
from aqua_core.errors import LooksPersonal
from aqua_core.exports.plan_table import FIELDS, MEANINGS
from aqua_core.vocabulary import Action, ActionDraft, Cycle, Outcome, Scale, Support, Unclear
from aqua_core.vocabulary.sharing import ShareOut, StoryCard
from aqua_core.vocabulary.text import Word, typed_in, words_of
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.exporting import plan_csv, plan_workbook, report_page, session_pack
from aqua_core.workshop.importing import differences_in
from aqua_core.workshop.noting import conclude, outcomes_now
from aqua_core.workshop.planning import edit_action
from pages import _way
from tests.kit.looking import looks
from tests.kit.notation import DAY
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import elsewhere, met, plan_now, planned
from tests.pages.test_plan_page import seen
from tests.workshop.test_outcomes import shown

__all__ = ["facilitator", "looks", "room_file"]
NOBODY_TYPES = {"id", "domain", "action_id", "continues_id", "place_id"}
RING = "Ring 0161 496 0000"


def texts_of(kind: type[Word]) -> list[str]:
    """Give the fields that hold a text of any kind, read from the annotation alone."""
    return [
        name
        for name, field in kind.model_fields.items()
        if name not in NOBODY_TYPES and str in (field.annotation, *get_args(field.annotation))
        if name not in ("partners", "stays_apart")
    ]


def marks_of(kind: type[Word]) -> dict[str, str]:
    """Give every text field a word of its own."""
    return {name: f"Mark{at:02}of{name.replace('_', '')}" for at, name in enumerate(texts_of(kind))}


def packed(pack: bytes, path: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(pack)) as files:
        return files.read(path)


def cells_of(book: bytes, sheet: str) -> str:
    rows = openpyxl.load_workbook(io.BytesIO(book))[sheet].iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row)


def test_a_text_of_an_action_arrives_in_every_file(facilitator: Caller) -> None:
    workshop, marks = met(facilitator, place="In files"), marks_of(ActionDraft)
    action = planned(facilitator, workshop, **marks)

    (row,) = csv.DictReader(io.StringIO(plan_csv(facilitator, workshop.code).decode("utf-8-sig")))
    report = report_page(facilitator, workshop.code).decode()
    sheet = cells_of(plan_workbook(facilitator, workshop.code), "Plan")
    pack = session_pack(facilitator, workshop.code)
    (kept,) = json.loads(packed(pack, "workshop.json"))["actions"]
    (taken,) = csv.DictReader(io.StringIO(packed(pack, "action-plan.csv").decode("utf-8-sig")))

    assert plan_now(facilitator, workshop.code) == (action,)
    for name, mark in marks.items():
        column = words_of(ActionDraft)[name].column
        assert column, f"{name} has no column"
        assert (row[column.name], taken[column.name]) == (mark, mark)
        assert kept[name] == mark
        assert mark in report
        assert (mark in sheet) == bool(column.wide or name in ("baseline", "target"))


def test_a_text_of_an_action_is_asked_for_in_its_form_and_read_on_its_card(
    looks, facilitator: Caller
) -> None:
    workshop, marks = met(facilitator, place="On a card"), marks_of(ActionDraft)
    action = planned(facilitator, workshop, **marks)

    app = looks(facilitator, _way.PLAN, workshop.code)

    card, form = seen(app), [*app.text_input, *app.text_area]
    typed = {field.key: (field.label, field.value) for field in form}
    for name, mark in marks.items():
        asked = words_of(ActionDraft)[name].asked("Sally Ford")
        assert typed[f"{name}-{action.id}-1"] == (asked, mark)
        assert mark in card


@pytest.mark.parametrize("name", texts_of(ActionDraft))
def test_somebodys_details_are_asked_about_in_any_text_of_an_action(
    facilitator: Caller, name: str
) -> None:
    workshop = met(facilitator, place=f"Asked {len(name)} {name.replace('_', ' ')}")
    action = planned(facilitator, workshop)

    with pytest.raises(LooksPersonal) as asked:
        edit_action(facilitator, workshop.code, action.model_copy(update={name: RING}), DAY)

    assert str(asked.value).startswith(f"“{words_of(ActionDraft)[name].asked()}” holds what looks")


@pytest.mark.parametrize("kind", [Action, Cycle, Outcome, Support, Unclear, ShareOut, StoryCard])
def test_no_text_that_somebody_types_is_left_unread_or_without_words(kind: type[Word]) -> None:
    marks = marks_of(kind)

    word = kind.model_construct(**marks | dict.fromkeys(NOBODY_TYPES, "a1234567881"))

    assert sorted(typed_in(word).values()) == sorted(marks.values())
    assert set(marks) <= set(words_of(kind))


@pytest.mark.slow
@pytest.mark.parametrize("column", FIELDS)
def test_a_changed_cell_of_any_column_is_compared(facilitator: Caller, column: str) -> None:
    workshop = met(facilitator, place=f"Compared {column.replace('_', ' ')}")
    planned(facilitator, workshop)
    page = plan_csv(facilitator, workshop.code).decode("utf-8-sig")
    header, cells = csv.reader(io.StringIO(page, newline=""))
    field = ActionDraft.model_fields[FIELDS[column]]
    offered = (
        [str(choice) for choice in field.annotation if choice]
        if is_choice(field.annotation)
        else []
    )
    another = {"domain": "Culture", "review_date": "2027-01-07"}.get(column, "Another text")
    cells[header.index(column)] = offered[-1] if offered else another
    out = io.StringIO(newline="")
    csv.writer(out).writerows([header, cells])

    (found,) = differences_in(facilitator, workshop.code, out.getvalue().encode(), DAY)

    assert (found.column, found.after) == (column, cells[header.index(column)])


def is_choice(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, StrEnum)


def test_columns_are_numbered_from_one_and_none_twice() -> None:
    assert [meaning.column.nth for meaning in MEANINGS] == list(range(1, len(MEANINGS) + 1))


def test_a_text_of_an_outcome_arrives_on_the_screen_and_in_every_file(facilitator: Caller) -> None:
    workshop, marks = shown(facilitator, "Outcome in files"), marks_of(Outcome)
    said = {"agreement": "agreed to differ", "parked_until": "2026-12-22", "domain": "finance"}
    outcome = conclude(facilitator, workshop.code, Outcome.model_validate(marks | said), DAY)

    pack = packed(session_pack(facilitator, workshop.code), "workshop.json")
    places = {
        "screen": "\n".join(came_to(outcome, {})),
        "report": report_page(facilitator, workshop.code).decode(),
        "workbook": cells_of(plan_workbook(facilitator, workshop.code), "Conversations"),
        "pack": pack.decode(),
    }

    assert outcomes_now(facilitator, workshop.code) == {"finance": outcome}
    assert {
        (name, place) for name in marks for place, text in places.items() if marks[name] not in text
    } == set()


@pytest.mark.parametrize("name", texts_of(Outcome))
def test_somebodys_details_are_asked_about_in_any_text_of_an_outcome(
    facilitator: Caller, name: str
) -> None:
    workshop = shown(facilitator, f"Asked {name.replace('_', ' ')}")
    said = {"domain": "finance", "parked_with": "Board", "parked_until": "2026-12-22", name: RING}

    with pytest.raises(LooksPersonal, match="holds what looks like a telephone number"):
        conclude(facilitator, workshop.code, Outcome.model_validate(said), DAY)


def test_the_report_misses_no_field_that_the_form_of_a_new_test_does_not_ask(
    looks, facilitator: Caller
) -> None:
    workshop = met(facilitator, place=elsewhere())
    first = planned(facilitator, workshop, scale=Scale.UNSAID)
    form = looks(facilitator, _way.PLAN, workshop.code)
    hints = [area.proto.placeholder for area in form.text_area]

    page = report_page(facilitator, workshop.code).decode()
    said = {"for_persona": "Fewer visits.", "scale": Scale.MICRO}
    edit_action(facilitator, workshop.code, first.model_copy(update=said), DAY)
    edited = report_page(facilitator, workshop.code).decode()

    assert not any("Sally" in hint or "notice" in hint for hint in hints)
    assert ("does not say" in page, "scale not said" in page) == (False, False)
    assert 'class="persona' not in page
    assert '<p class="quiet">Workforce. No cycle yet.</p>' in page
    assert "For Sally Ford: Fewer visits." in edited
    assert '<p class="quiet">Workforce, one team or neighbourhood. No cycle yet.</p>' in edited
