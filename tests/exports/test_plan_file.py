"""A plan that comes back from a spreadsheet: what differs is shown, and taken whole or not."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aqua_core.errors import BadPlanFile, LooksPersonal, NotSignedIn, Refusal
from aqua_core.exports.plan_reading import changes_in
from aqua_core.exports.plan_table import COLUMNS, FIELDS, OWNERS, plan_as_csv, rows_in
from aqua_core.rules.open_tests import Planned
from aqua_core.store.database import writing
from aqua_core.store.plan import add_cycle
from aqua_core.vocabulary import Action, Cycle, Decision, Impact, Move, Scale, Tier, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.cycling import put_back, take_out
from aqua_core.workshop.exporting import plan_csv
from aqua_core.workshop.importing import (
    Difference,
    differences_in,
    said_of,
    said_taken,
    take_differences,
)
from aqua_core.workshop.planning import capture_action, edit_action
from tests.kit.notation import DAY, made, workshop_of
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import draft, elsewhere, plan_now

__all__ = ["facilitator", "room_file"]

FULL = {
    "aim": "Nobody waits for two assessments",
    "prediction": "Doubled visits fall to 8 by Easter",
    "with_whom": "Walkden, with the district nurses",
    "baseline": "12 a week",
    "target": "6 a week",
    "impact": Impact.OUTCOMES,
    "move": Move.RELATIONAL,
    "pulls_against": "Rotas are set six weeks ahead",
    "must_agree": "Both chief nurses",
    "for_persona": "Sally tells her story once",
    "forum": "Alliance board",
    "adapted_from": "Bolton's one rota",
    "adapted_how": "With the district nurses from the first day",
}


def planned(facilitator: Caller, *tests: str, **changed: object) -> Workshop:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    for number, test in enumerate(tests or ("If we share a rota, then calls fall",)):
        given = draft(workshop, test=test, lead=f"Lead {number}", **changed)
        capture_action(facilitator, workshop.code, given, DAY)
    return workshop


def edited(page: bytes, *, mark: str = ",", **cells: str) -> bytes:
    """Change cells of the first row as a spreadsheet would, and save it."""
    header, first, *rest = csv.reader(io.StringIO(page.decode("utf-8-sig"), newline=""))
    first = [cells.get(name, cell) for name, cell in zip(header, first, strict=True)]
    return saved([header, first, *rest], mark)


def saved(rows: list[list[str]], mark: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def test_the_file_says_all_of_an_action_and_where_its_cycles_are(facilitator: Caller) -> None:
    workshop = planned(facilitator, **FULL)
    (action,) = plan_now(facilitator, workshop.code)
    with writing() as cursor:
        for number, decision in enumerate([Decision.ADAPT, Decision.ADOPT], start=1):
            cycle = Cycle(action_id=action.id, number=number, version=1, decision=decision)
            add_cycle(cursor, workshop.id, cycle)

    page = plan_csv(facilitator, workshop.code).decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(page, newline=""))
    told = action.model_dump(mode="json")
    assert {column: row[column] for column in FIELDS if column != "domain"} == {
        column: told[field] for column, field in FIELDS.items() if column != "domain"
    }
    assert (row["cycles"], row["what_follows"]) == ("2", "adopt")
    assert set(FIELDS.values()) | {"id", "version", "partners", "continues_id"} == set(
        Action.model_fields
    )


def test_a_file_that_nobody_changed_changes_nothing(facilitator: Caller) -> None:
    workshop = planned(facilitator, "=1+1", "'=1+1", 'Łódź, "東京"\n🏥; then', **FULL)
    page = plan_csv(facilitator, workshop.code)

    for mark in ",;\t":
        assert differences_in(facilitator, workshop.code, edited(page, mark=mark), DAY) == ()


def test_what_differs_is_shown_first_and_taken_as_a_new_version(facilitator: Caller) -> None:
    workshop = planned(facilitator, "One", "Two")
    first, second = plan_now(facilitator, workshop.code)
    page = edited(
        plan_csv(facilitator, workshop.code),
        small_test="If we meet weekly,\nthen less is lost",
        review_date="24/12/2026",
        lead_partner="trust",
        joint_partners="",
        domain="culture",
        shows_at="Teams",
    )

    shown = differences_in(facilitator, workshop.code, page, DAY)

    assert plan_now(facilitator, workshop.code) == (first, second)
    assert [(cell.row, cell.column, cell.before, cell.after) for cell in shown] == [
        (2, "small_test", first.test, "If we meet weekly,\nthen less is lost"),
        (2, "domain", "Workforce", "Culture"),
        (2, "review_date", "2026-12-22", "2026-12-24"),
        (2, "shows_at", "", "teams"),
        (2, "lead_partner", "Council", "Trust"),
        (2, "joint_partners", "Trust", ""),
    ]
    (taken,) = take_differences(facilitator, workshop.code, page, DAY)
    assert (taken.id, taken.version, taken.review_on) == (first.id, 2, date(2026, 12, 24))
    assert set(plan_now(facilitator, workshop.code)) == {second, taken}
    assert differences_in(facilitator, workshop.code, page, DAY) == ()  # row 88: taken already
    assert said_taken(take_differences(facilitator, workshop.code, page, DAY)) == (
        "Nothing was left to take: the plan already says all of it."
    )


LATEST = {
    "adapted_from": "Bolton",
    "decision_of": "Alliance board; Executive",
    "coalition": "GPs and housing",
    "gives": "Council: two hours\nTrust: a nurse",
    "gains": "Council: fewer calls\nTrust: fewer beds",
}


@pytest.mark.parametrize("first", ["adapted_from", "decision_of"])
def test_what_came_later_comes_back_and_a_file_from_before_it_leaves_it(
    facilitator: Caller, first: str
) -> None:
    workshop = planned(facilitator, "One", "Two")
    page = edited(plan_csv(facilitator, workshop.code), **LATEST)
    (taken,) = take_differences(facilitator, workshop.code, page, DAY)
    assert {name: getattr(taken, name) for name in LATEST} == LATEST

    page = edited(plan_csv(facilitator, workshop.code), measure="Letters lost")
    told = list(csv.reader(io.StringIO(page.decode("utf-8-sig"), newline="")))
    rows = [row[: told[0].index(first)] for row in told]
    new = [
        {"action_id": "", "version": "", "small_test": "Three"}.get(n, c)
        for n, c in zip(*rows[:2], strict=True)
    ]
    (changed, added) = take_differences(facilitator, workshop.code, saved([*rows, new]), DAY)

    assert changed.measure == "Letters lost"
    assert {name: getattr(changed, name) for name in LATEST} == LATEST
    without = LATEST.keys() - {*rows[0]}
    assert "decision_of" in without
    assert {getattr(added, name) for name in without} == {""}


def test_an_action_that_was_changed_since_is_not_undone(facilitator: Caller) -> None:
    workshop = planned(facilitator)
    page = plan_csv(facilitator, workshop.code)
    (action,) = plan_now(facilitator, workshop.code)
    edit_action(facilitator, workshop.code, action.model_copy(update={"lead": "Sam"}), DAY)

    with pytest.raises(BadPlanFile, match=r"Row 2, version: .*the file has version 1, the plan 2"):
        take_differences(facilitator, workshop.code, edited(page, measure="Calls a week"), DAY)

    assert plan_now(facilitator, workshop.code)[0].lead == "Sam"


def test_one_wrong_row_and_nothing_is_taken(facilitator: Caller) -> None:
    workshop = planned(facilitator, "One", "Two", "Three")
    before = plan_now(facilitator, workshop.code)
    rows = list(csv.reader(io.StringIO(plan_csv(facilitator, workshop.code).decode("utf-8-sig"))))
    rows[1][COLUMNS.index("measure")] = "Calls a week"
    rows[2][COLUMNS.index("scale")] = "giga"
    rows[3][COLUMNS.index("review_date")] = "2026-11-21"

    with pytest.raises(BadPlanFile) as told:
        take_differences(facilitator, workshop.code, saved(rows), DAY)

    assert told.value.faults == ("Row 3, scale: Choose the scale: micro, meso or macro.",)
    rows[2][COLUMNS.index("scale")] = "macro"
    with pytest.raises(BadPlanFile, match=r"^Row 4: The review date has passed"):
        take_differences(facilitator, workshop.code, saved(rows), DAY)
    assert plan_now(facilitator, workshop.code) == before


def test_somebodys_details_in_a_file_are_asked_about(facilitator: Caller) -> None:
    workshop = planned(facilitator)
    page = edited(plan_csv(facilitator, workshop.code), measure="Ring 0161 496 0000")

    assert differences_in(facilitator, workshop.code, page, DAY)
    with pytest.raises(LooksPersonal, match=r"^Row 2: “How we will know” holds what looks like"):
        take_differences(facilitator, workshop.code, page, DAY)

    assert take_differences(facilitator, workshop.code, page, DAY, sure=True)


def test_two_rows_cannot_become_the_same_test(facilitator: Caller) -> None:
    workshop = planned(facilitator, "One", "Two")
    rows = list(csv.reader(io.StringIO(plan_csv(facilitator, workshop.code).decode("utf-8-sig"))))
    for row in rows[1:]:
        row[COLUMNS.index("small_test")] = "Three"
        row[COLUMNS.index("lead")] = "Sam"

    with pytest.raises(BadPlanFile, match=r"^Row 2: This .* Row 3: This test is already in"):
        take_differences(facilitator, workshop.code, saved(rows), DAY)


def rows_of_the_plan(facilitator: Caller, workshop: Workshop) -> list[list[str]]:
    page = plan_csv(facilitator, workshop.code).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(page, newline="")))


def added(**cells: str) -> list[str]:
    """Give a row as somebody adds it under the plan: what must be said, and nothing else."""
    said = {
        "small_test": "If GPs sit in on discharge,\nthen fewer come back",
        "domain": "culture",
        "lead": "GP lead",
        "lead_partner": "trust",
        "review_date": "24/12/2026",
    } | cells
    return [said.get(column, "") for column in COLUMNS]


def test_a_row_that_was_added_is_shown_as_new_and_becomes_an_action(facilitator: Caller) -> None:
    workshop = planned(facilitator, "One", "Two")
    before = plan_now(facilitator, workshop.code)
    rows = rows_of_the_plan(facilitator, workshop)
    rows[1][COLUMNS.index("measure")] = "Calls a week"
    page = saved([*rows, added(joint_partners="Council", prediction="=8 by Easter")])

    shown = differences_in(facilitator, workshop.code, page, DAY)

    assert said_of(shown) == "1 action changes (1 cell), 1 is new."
    assert plan_now(facilitator, workshop.code) == before
    assert [(cell.row, cell.action_id, cell.column, cell.after) for cell in shown[:4]] == [
        (2, before[0].id, "measure", "Calls a week"),
        (4, "", "small_test", "If GPs sit in on discharge,\nthen fewer come back"),
        (4, "", "domain", "Culture"),
        (4, "", "lead", "GP lead"),
    ]
    assert {cell.row for cell in shown[1:]} == {4}
    assert [cell.field for cell in shown[:2]] == ["Measure", "Small test"]
    taken = take_differences(facilitator, workshop.code, page, DAY)
    assert said_taken(taken) == "Taken: 1 of the plan's actions changed, 1 is new."
    new = taken[-1]
    assert set(plan_now(facilitator, workshop.code)) == {*taken, before[1]}
    assert (new.version, new.scale, new.review_on) == (1, Scale.UNSAID, date(2026, 12, 24))
    assert new.partners == tuple(partner.id for partner in reversed(workshop.partners))
    assert new.id not in {action.id for action in before}
    assert new.prediction == "=8 by Easter"


def test_a_plan_may_begin_in_a_spreadsheet(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    page = saved([[*COLUMNS], added(), added(small_test="Two", scale="Macro")])

    taken = take_differences(facilitator, workshop.code, page, DAY)

    assert said_taken(taken) == "Taken: 2 actions are new."
    assert [action.scale for action in taken] == [Scale.UNSAID, Scale.MACRO]


def test_an_added_row_may_say_of_the_workshop_what_the_others_say(facilitator: Caller) -> None:
    workshop = planned(facilitator)
    rows = rows_of_the_plan(facilitator, workshop)
    copied = dict(zip(COLUMNS, rows[1], strict=True)) | {"action_id": "", "version": ""}
    fixed = ("place", "workshop_date", "invented", "cycles", "what_follows")
    row = added(**{column: copied[column] for column in fixed})

    assert said_of(differences_in(facilitator, workshop.code, saved([*rows, row]), DAY)) == (
        "1 action is new."
    )
    for column, cell in (("place", "Wigan"), ("cycles", "3"), ("what_follows", "adopt")):
        odd = saved([*rows, added(**{column: cell})])
        with pytest.raises(BadPlanFile, match=rf"^Row 3, {column}: you can't change that column"):
            take_differences(facilitator, workshop.code, odd, DAY)


def test_what_a_new_action_lacks_is_named_by_row_and_column(facilitator: Caller) -> None:
    workshop = planned(facilitator)
    rows = rows_of_the_plan(facilitator, workshop)
    bare = ["x" if column == "measure" else "" for column in COLUMNS]
    wrong = added(joint_partners="Wigan", review_date="21/11/2026")

    with pytest.raises(BadPlanFile) as told:
        take_differences(facilitator, workshop.code, saved([*rows, bare, wrong]), DAY)

    assert [fault[: fault.index(": ")] for fault in told.value.faults] == [
        *("Row 3, small_test", "Row 3, domain", "Row 3, lead"),
        *("Row 3, review_date", "Row 3, lead_partner", "Row 4, joint_partners"),
    ]
    past = saved([*rows, added(review_date="21/11/2026")])
    with pytest.raises(BadPlanFile, match=r"^Row 3: The review date has passed"):
        take_differences(facilitator, workshop.code, past, DAY)
    assert len(plan_now(facilitator, workshop.code)) == 1


def test_a_file_adds_200_actions_at_most(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", place=elsewhere())
    rows = [[*COLUMNS], *(added(lead=f"Lead {number}") for number in range(201))]

    with pytest.raises(BadPlanFile, match=r"^A file can add 200 actions; this adds 201\.$"):
        take_differences(facilitator, workshop.code, saved(rows), DAY)

    assert len(differences_in(facilitator, workshop.code, saved(rows[:201]), DAY)) == 200 * 5


def test_the_same_file_brought_twice_adds_nothing_twice(facilitator: Caller) -> None:
    workshop = planned(facilitator)
    page = saved([*rows_of_the_plan(facilitator, workshop), added()])
    take_differences(facilitator, workshop.code, page, DAY)
    before = plan_now(facilitator, workshop.code)

    with pytest.raises(BadPlanFile, match=r"^Row 3: this test is in the plan already, with the"):
        take_differences(facilitator, workshop.code, page, DAY)

    assert plan_now(facilitator, workshop.code) == before


def test_a_row_that_was_added_and_taken_out_does_not_come_back_unasked(
    facilitator: Caller,
) -> None:
    workshop = planned(facilitator)
    page = saved([*rows_of_the_plan(facilitator, workshop), added()])
    (new,) = take_differences(facilitator, workshop.code, page, DAY)
    gone = take_out(facilitator, workshop.code, new)
    before = plan_now(facilitator, workshop.code)

    for deed in (differences_in, take_differences):
        with pytest.raises(BadPlanFile, match=r"^Row 3: this action was taken out .*Put it back"):
            deed(facilitator, workshop.code, page, DAY)

    assert plan_now(facilitator, workshop.code) == before
    put_back(facilitator, workshop.code, gone)
    with pytest.raises(BadPlanFile, match=r"^Row 3: this test is in the plan already"):
        take_differences(facilitator, workshop.code, page, DAY)


def test_no_new_row_repeats_another_row_nor_what_one_becomes(facilitator: Caller) -> None:
    workshop = planned(facilitator, "One", "Two")
    rows = rows_of_the_plan(facilitator, workshop)
    rows[1][COLUMNS.index("small_test")] = "Three"
    rows[1][COLUMNS.index("lead")] = "Sam"
    three = added(small_test="THREE", lead="sam")

    with pytest.raises(BadPlanFile) as told:
        take_differences(facilitator, workshop.code, saved([*rows, added(), three, added()]), DAY)

    assert told.value.faults == (
        "Rows 2 and 5 would be the same test with the same lead.",
        "Rows 4 and 6 would be the same test with the same lead.",
    )
    assert len(plan_now(facilitator, workshop.code)) == 2


def test_a_long_cell_is_shown_from_where_it_differs() -> None:
    long = "word " * 2_000
    cells = {
        "within": (long, f"{long[:5_000]}WORD{long[5_004:]}"),
        "gone": (long, ""),
        "longer": (long, f"{long}more"),
        "short": ("12 a week", "6 a week"),
    }

    for what, (before, after) in cells.items():
        shown = Difference(2, "a1", "x", "aim", before, after).beside

        assert shown[0] != shown[1], what
        assert max(map(len, shown)) <= 122, what
    assert Difference(2, "a1", "x", "aim", *cells["short"]).beside == cells["short"]
    assert "WORD" in Difference(2, "a1", "x", "aim", *cells["within"]).beside[1]


def test_nobody_else_may_bring_a_file(facilitator: Caller) -> None:
    workshop = planned(facilitator)
    page = plan_csv(facilitator, workshop.code)

    for deed in (differences_in, take_differences):
        with pytest.raises(NotSignedIn):
            deed(Caller(seat="x", wall="y"), workshop.code, page, DAY)


ANY = some.text(max_size=60).filter(lambda text: "\0" not in text)
HERE = workshop_of([("Council", Tier.BOARD), ("Trust", Tier.BOARD)])


@given(test=ANY, measure=ANY, aim=ANY)
def test_whatever_an_action_says_comes_back_as_it_left(test: str, measure: str, aim: str) -> None:
    typed = {"test": f"{test} x", "measure": measure, "aim": aim}
    try:
        action = Action(id="a1", version=3, **(MADE | typed))
    except Refusal:
        return  # refused where it is typed

    rows = rows_in(plan_as_csv(HERE, [action]))

    assert changes_in(Planned(HERE, (action,), (), ()), rows) == ()


MADE = {
    "domain": "culture",
    "lead": "Sam",
    "partners": ("Council",),
    "review_on": DAY + timedelta(days=30),
    "scale": Scale.MICRO,
}


@given(raw=some.binary(max_size=300) | ANY.map(str.encode))
def test_no_file_breaks_the_reader(raw: bytes) -> None:
    told = refused(lambda: rows_in(raw))

    assert told is None or str(told)


@given(cells=some.dictionaries(some.sampled_from([*FIELDS, *OWNERS]), ANY, max_size=3))
def test_no_cell_breaks_the_comparison(cells: dict[str, str]) -> None:
    action = Action(id="a1", version=3, test="x", **MADE)
    page = edited(plan_as_csv(HERE, [action]), **cells)

    told = refused(lambda: changes_in(Planned(HERE, (action,), (), ()), rows_in(page)))

    assert told is None or all(fault.startswith("Row 2, ") for fault in told.faults)


def refused(deed: Callable[[], object]) -> BadPlanFile | None:
    """Give the refusal of a deed; anything else that it raises is a fault of ours."""
    try:
        deed()
    except BadPlanFile as refusal:
        return refusal
    return None
