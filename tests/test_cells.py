"""No cell of an export starts a formula, whatever was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aqua_core.rules.cells import guarded

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
