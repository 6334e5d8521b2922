"""Where a group has no figure, why: it could not say, did not answer, or is kept private."""

import io
import re
from html import unescape

import pytest
from openpyxl import load_workbook

from aqua_core.charts.tables import blanks_table, gap_table, level_table, relative_table
from aqua_core.exports.results import gap_lines, level_lines
from aqua_core.rules.shown import seen_of
from aqua_core.rules.whole import against_own_average, kinds_of
from aqua_core.vocabulary import CANNOT_SAY, Compare, Holder, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.exporting import plan_workbook, report_page
from aqua_core.workshop.joining import my_result
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from pages import _way
from pages._result import result_to_keep
from pages._views import View
from tests.kit.notation import ALL, made, room, seated
from tests.kit.seeds import one_by_one
from tests.kit.shown_rooms import alike, revealed


def scored(facilitator: Caller, rows: dict[str, str], **how: object) -> tuple[Workshop, dict]:
    """Reveal a room: a row a seat, `-` for cannot say, `.` for no answer; a name may end in a #."""
    names = list(dict.fromkeys(name.rstrip("#") for name in rows))
    workshop = made(facilitator, *names, **how)
    asked = ALL[: len(next(iter(rows.values())))]
    open_scoring(facilitator, workshop.code, asked)
    seats = {}
    for name, row in rows.items():
        seats[name] = seat = seated(workshop, name.rstrip("#"))
        for domain, said in zip(asked, row, strict=True):
            if said != ".":
                submit_score(seat, workshop.code, domain, CANNOT_SAY if said == "-" else int(said))
    reveal(facilitator, workshop.code)
    return workshop, seats


LAPTOPS = {"Trust": "13-2", "Council": "2-31", "GPs": "-342", "Hospice": "24.3"}


@pytest.mark.long
def test_teams_on_laptops_that_could_not_say_are_said_so_on_every_page_and_in_every_file(
    looks, facilitator
) -> None:
    workshop, _ = scored(facilitator, LAPTOPS, holder=Holder.LAPTOP)
    app = looks(facilitator, _way.GAPS, workshop.code)

    for view in (View.RANKED, View.RADAR, View.HEAT, View.BLANKS):
        app.segmented_control[0].set_value(view).run()
        table = app.table[0].value.set_index("Domain").map(str)
        if view is not View.BLANKS:
            cannot = [table.loc[at, who] for at, who in _cannot(table)]
            assert cannot == ["cannot say"] * 3, view
        assert table.to_string().count("not shown") == 0, view
        assert "no answer" in set(table["Hospice"]), view
    report = report_page(facilitator, workshop.code).decode()
    assert len(re.findall(r"<td[^>]*>cannot say</td>", report)) == 3
    assert "not shown" not in report
    book = load_workbook(io.BytesIO(plan_workbook(facilitator, workshop.code)))
    cells = [cell for row in book["Results"].values for cell in row]
    assert cells.count("cannot say") == 3
    assert "not shown" not in cells


def _cannot(table) -> list[tuple[str, str]]:
    return [
        (table.index[[*map(str.casefold, table.index)].index(short.casefold())], who)
        for short, who in (("Leadership", "GPs"), ("Governance", "Council"), ("Culture", "Trust"))
    ]


def test_in_an_open_room_of_people_cannot_say_is_no_privacy(looks, facilitator) -> None:
    rows = {"Trust": "12", "Council": "-3", "Council#": "-1", "GPs": "-2"}
    workshop, _ = scored(facilitator, rows, guard=1)
    app = looks(facilitator, _way.GAPS, workshop.code)

    app.segmented_control[0].set_value(View.HEAT).run()

    first = app.table[0].value.iloc[0]
    assert (first["Council"], first["GPs"]) == ("cannot say", "cannot say")


def test_a_group_that_could_say_nothing_has_a_column_all_the_same(looks, facilitator) -> None:
    rows = {"Trust": "12", "Council": "33", "GPs": "--"}
    workshop, _ = scored(facilitator, rows, holder=Holder.LAPTOP)
    app = looks(facilitator, _way.GAPS, workshop.code)

    app.segmented_control[0].set_value(View.HEAT).run()

    assert list(app.table[0].value["GPs"]) == ["cannot say"] * 2


def test_what_is_private_stays_not_shown(looks, facilitator) -> None:
    rows = {f"{name}{'#' * n}": row for name in ("Trust", "Council") for n, row in enumerate("123")}
    rows |= {"GPs": "-", "GPs#": "1", "GPs##": "3", "GPs###": "-"}
    workshop, _ = scored(facilitator, {name: f"{row}2" for name, row in rows.items()})
    app = looks(facilitator, _way.GAPS, workshop.code)

    app.segmented_control[0].set_value(View.HEAT).run()

    assert "not shown" in set(app.table[0].value["GPs"])
    assert "cannot say" not in set(app.table[0].value["GPs"])


def test_a_domain_that_nobody_could_score_has_no_score_and_is_not_private(
    looks, facilitator
) -> None:
    rows = {"Trust": "1-", "Council": "3-", "GPs": "2-"}
    workshop, seats = scored(facilitator, rows, holder=Holder.LAPTOP)
    app = looks(facilitator, _way.GAPS, workshop.code)

    for view in (View.HEAT, View.LEVEL):
        app.segmented_control[0].set_value(view).run()
        assert "no score" in app.table[0].value.iloc[1].to_list(), view
        assert "not shown" not in app.table[0].value.iloc[1].to_list(), view
    assert my_result(seats["Trust"], workshop.code)[1].nobody
    kept, _ = result_to_keep(seats["Trust"], workshop.code)
    assert "no score" in kept
    assert "not shown" not in kept
    report = report_page(facilitator, workshop.code).decode()
    assert "no score" in report
    assert "not shown" not in report


@one_by_one(150, always=40)
def test_the_words_follow_from_who_could_not_say_as_it_is_shown(seed: int) -> None:
    workshop, casts = alike(seed)
    shown = seen_of(workshop, revealed(casts), casts).shown

    for compare in Compare:
        gaps, blanks = shown.gaps[compare], shown.blanks[compare]
        words = {
            (row["Domain"], name): cell
            for row in gap_table(gaps, blanks=blanks).to_dict("records")
            for name, cell in row.items()
        }
        sides = {(row.domain.short, side.group.name): side for row in blanks for side in row.sides}
        for at, cell in words.items():
            if cell == CANNOT_SAY:
                assert sides[at].cannot_say == sides[at].answered
            if cell == "no answer":
                assert at not in sides
                assert all(name != "Others together" for key, name in sides if key == at[0])
            if cell == "not shown" and at in sides:
                assert sides[at].cannot_say < sides[at].answered


def test_against_its_own_average_and_by_kind_a_missing_figure_is_told_too() -> None:
    workshop, casts = room(
        """
                 leadership  culture  workforce  governance
        Trust             1        3          -           2
        Council           2        -          3           1
        GPs               -        3          4           2
    """
    )
    shown = seen_of(workshop, revealed(casts), casts).shown
    gaps, blanks = shown.gaps[Compare.PARTNER], shown.blanks[Compare.PARTNER]

    tables = (relative_table(against_own_average(gaps), blanks), gap_table(kinds_of(gaps)))

    relative, kinds = (table.to_numpy().ravel().tolist() for table in tables)
    assert (relative.count("cannot say"), relative.count("not shown")) == (3, 0)
    assert (kinds.count("not on each domain"), kinds.count("not shown")) == (3, 0)
    assert "not shown" not in level_table(shown.levels, blanks).to_numpy().ravel()
    assert "not shown" not in blanks_table(blanks).to_numpy().ravel()
    lines = [*gap_lines(gaps, blanks), *level_lines(shown.levels, blanks)]
    assert not any("not shown" in line for line in lines)


def test_on_a_laptop_that_could_not_say_the_rooms_middle_is_not_the_teams_dot(facilitator) -> None:
    rows = {"Trust": "13", "Council": "-3", "GPs": "24"}
    workshop, seats = scored(facilitator, rows, holder=Holder.LAPTOP)

    kept, _ = result_to_keep(seats["Council"], workshop.code)

    marks = re.findall(r'<i class="(team|wider)" style', kept)
    assert marks == ["wider", "team"]
    keys = re.findall(r'<i class="(team|wider)"></i> ([^<]*)<', unescape(kept))
    assert keys == [("team", "your team"), ("wider", "the room's middle score")]
