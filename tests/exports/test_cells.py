"""No cell of an export starts a formula, whatever was typed."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aqua_core.rules.groups import guarded
from aqua_core.vocabulary import clean_text
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.exporting import plan_csv
from aqua_core.workshop.planning import capture_action
from tests.kit.notation import DAY, made
from tests.kit.planned import draft

STARTS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://e")', "|x", "%x"),
    *("\t=1", "\r=1", "\n=1", " =1", "  +1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\x00=1"),
    *("＝1+1", "＋1", "－1", "＠x", " ＝1", "\tplain", "\rplain", "\nplain"),
]


@pytest.mark.parametrize("cell", STARTS)
def test_a_cell_that_would_start_a_formula_becomes_text(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Council", "2026-11-22", "a=b", "1-2", "If we try, then"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell


@given(some.text())
def test_no_cell_begins_with_a_formula_mark(typed: str) -> None:
    assert guarded(typed).lstrip()[:1] not in {"=", "+", "-", "@"}


def test_a_formula_that_was_typed_leaves_in_the_plan_as_text(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    for number, typed in enumerate(STARTS):
        lead, measure = f"Lead {number}", f"{typed}\n{typed}"
        given = draft(workshop, test=typed, lead=lead, measure=measure)
        capture_action(facilitator, workshop.code, given, DAY)

    page = plan_csv(facilitator, workshop.code).decode("utf-8-sig")

    header, *rows = csv.reader(io.StringIO(page, newline=""), strict=True)
    at = {name: header.index(name) for name in ("small_test", "lead", "measure")}
    by_lead = {row[at["lead"]]: row for row in rows}
    assert len(by_lead) == len(STARTS) >= 24
    for number, typed in enumerate(STARTS):
        row = by_lead[f"Lead {number}"]
        # What typing leaves behind (blanks, hidden marks) is gone before; the rest comes back.
        kept = clean_text("the test", 300, typed)
        assert row[at["small_test"]] in (kept, f"'{kept}")
        assert row[at["measure"]].removeprefix("'") == f"{kept} {kept}"
        assert not [cell for cell in row if cell[:1] in tuple("=+-@|%＝＋－＠\t\r\n ")]
