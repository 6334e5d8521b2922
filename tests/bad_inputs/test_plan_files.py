"""Rows 62, 63, 68 to 82, 84, 85, 87 and 88: files of a plan that people bring back."""

import csv
import io
import zipfile
from collections.abc import Callable

import pytest

from aqua_core.errors import BadPlanFile
from aqua_core.exports.plan_table import COLUMNS
from aqua_core.vocabulary import Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.exporting import plan_csv
from aqua_core.workshop.importing import differences_in, take_differences
from aqua_core.workshop.planning import capture_action
from pages import _way
from tests.exports.test_plan_file import edited, planned, saved
from tests.kit.looking import words
from tests.kit.notation import DAY, made
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import draft, elsewhere, plan_now

__all__ = ["facilitator", "room_file"]


@pytest.fixture(scope="module")
def workshop(facilitator: Caller) -> Workshop:
    return planned(facilitator, "One", "Two")


@pytest.fixture(scope="module")
def page(facilitator: Caller, workshop: Workshop) -> bytes:
    header, *rows = rows_in(plan_csv(facilitator, workshop.code))
    # Reviews on one day come by id, which is drawn: here One is in row 2.
    return saved([header, *sorted(rows, key=lambda row: row[COLUMNS.index("small_test")])])


def refused(facilitator: Caller, workshop: Workshop, raw: bytes) -> tuple[str, ...]:
    """Try to take a file; give the sentences, and see that nothing of it was taken."""
    before = plan_now(facilitator, workshop.code)
    with pytest.raises(BadPlanFile) as told:
        take_differences(facilitator, workshop.code, raw, DAY)
    assert plan_now(facilitator, workshop.code) == before
    return told.value.faults


def rows_in(page: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(page.decode("utf-8-sig"), newline="")))


def a_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        pack.writestr("xl/workbook.xml", "x")
    return out.getvalue()


BOM = b"\xef\xbb\xbf"
NO_PLANS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "68 nothing": (lambda _: b"", "The file is empty."),
    "69 a mark alone": (lambda _: BOM, "The file is empty."),
    "69 blanks": (lambda _: BOM + b" \r\n\r\n", "The file is empty."),
    "70 UTF-16": (lambda page: page.decode("utf-8-sig").encode("utf-16"), "is not in UTF-8"),
    "70 Latin-1": (lambda page: page.replace(b"One", b"Caf\xe9"), "is not in UTF-8"),
    "71 a workbook": (lambda _: a_zip(), "This is an Excel workbook or a zip file, not a CSV"),
    "71 an old one": (lambda _: b"\xd0\xcf\x11\xe0x", "This is an old Excel workbook, not a CSV"),
    "71 a PDF": (lambda _: b"%PDF-1.7", "This is a PDF, not a CSV"),
    "72 a giant": (lambda page: page + b"x" * 1_000_000, "Files can be up to 1 MB."),
    "73 many rows": (
        lambda page: page + b"x\r\n" * 51_000,
        "A plan can have 2,000 rows; this has 51,002.",
    ),
    "74 many columns": (lambda _: b"a," * 49_999 + b"a", "Expected 33 columns, found 50,000."),
    "76 a short row": (
        lambda page: page + b"a1,1,Salford\r\n",
        "Row 4 has 3 values; the header has 33.",
    ),
    "76 a long row": (
        lambda page: b"\r\n".join(
            line + b",x" * (at == 1) for at, line in enumerate(page.split(b"\r\n"))
        ),
        "Row 2 has 34 values; the header has 33.",
    ),
    "77 an open quote": (
        lambda page: b"".join(page.rpartition(b'6",')[::2]),
        "Row 3 has an opening quote that is never closed.",
    ),
    "77 a quote in a word": (
        lambda page: page.replace(b",One,", b',"One"s,'),
        "Row 2 has a quote in the wrong place.",
    ),
    "78 a column twice": (
        lambda page: page.replace(b"measure", b"lead"),
        "Column lead appears twice.",
    ),
    "79 an unknown column": (
        lambda page: page.replace(b"measure", b"owner"),
        "Not a column of the plan: owner.",
    ),
    "80 a NUL": (lambda page: page.replace(b"One", b"O\0e"), "Row 2 has an invalid character."),
    "81 a giant cell": (
        lambda page: page.replace(b"One", b"x" * 900_000),
        "Row 2, small_test: too long.",
    ),
    "82 a formula for a head": (
        lambda page: page.replace(b"measure", b"=1+1"),
        "Not a column of the plan: =1+1.",
    ),
}


@pytest.mark.parametrize("what", NO_PLANS)
def test_a_file_that_is_no_plan_is_refused_in_a_sentence(
    facilitator: Caller, workshop: Workshop, page: bytes, what: str
) -> None:
    spoil, sentence = NO_PLANS[what]

    first, *_ = refused(facilitator, workshop, spoil(page))

    assert first.startswith(sentence) or sentence in first


def test_what_is_missing_is_named_beside_what_is_unknown(
    facilitator: Caller, workshop: Workshop, page: bytes
) -> None:
    told = refused(facilitator, workshop, page.replace(b"measure", b"owner"))

    assert told[1].startswith("Missing: measure.")


@pytest.mark.parametrize("day", ["31/02/2026", "2026-13-01", "31.04.2026"])
def test_a_day_that_is_in_no_calendar_is_named_by_row(
    facilitator: Caller, workshop: Workshop, page: bytes, day: str
) -> None:
    told = refused(facilitator, workshop, edited(page, review_date=day))

    said = "the calendar has no such day. Write one as YYYY-MM-DD, such as 2026-12-22."
    assert told == (f"Row 2, review_date: {said}",)


@pytest.mark.parametrize("day", ["03/04/26", "", "tomorrow", "2026-12-22T00:00", "46378"])
def test_a_day_that_is_none_is_named_by_row(
    facilitator: Caller, workshop: Workshop, page: bytes, day: str
) -> None:
    told = refused(facilitator, workshop, edited(page, review_date=day))

    assert told == ("Row 2, review_date: use YYYY-MM-DD, such as 2026-12-22.",)


@pytest.mark.parametrize(
    "wrong",
    [
        ("scale", "giga", "Choose the scale: micro, meso or macro."),
        ("shows_at", "x", "Choose where it should show"),
        ("domain", "Weather", "use one of Leadership, Governance, Culture"),
        ("joint_partners", "Trust; Wigan", "use the partners of this place"),
        ("lead_partner", "", "use the partners of this place"),
        ("small_test", " ", "Say what will be tried."),
        ("lead", "x" * 61, "Keep the lead to 60 characters (this has 61)."),
        ("small_test", "a\u202eb", "Remove the hidden text-direction character."),
        *((name, "x", "you can't change that column here.") for name in ("place", "invented")),
        ("workshop_date", "2026-11-23", "you can't change that column here."),
    ],
)
def test_a_cell_that_cannot_be_is_named_by_row_and_column(
    facilitator: Caller, workshop: Workshop, page: bytes, wrong: tuple[str, str, str]
) -> None:
    column, cell, sentence = wrong

    (told,) = refused(facilitator, workshop, edited(page, **{column: cell}))

    assert told.startswith(f"Row 2, {column}: {sentence}")


def test_a_row_that_is_twice_there_new_or_of_another_workshop_is_refused(
    facilitator: Caller, workshop: Workshop, page: bytes
) -> None:
    header, one, two = rows_in(page)
    new, foreign = ["", *one[1:]], ["a0", *one[1:]]

    told = refused(facilitator, workshop, saved([header, one, two, one, new, foreign]))

    assert told[0] == "Rows 2 and 4 are the same action."
    assert told[1].startswith("Row 5, action_id: this row has none.")
    assert told[2].startswith(
        f"Row 6, action_id: the plan of {workshop.place.name} holds no such action."
    )


def test_of_many_faults_twenty_are_told_and_nothing_is_taken(
    facilitator: Caller, workshop: Workshop, page: bytes
) -> None:
    header, one, _ = rows_in(page)
    one[COLUMNS.index("measure")] = "Calls a week"

    rows = [header, one, *([f"b{n}", *one[1:]] for n in range(30))]
    told = refused(facilitator, workshop, saved(rows))

    assert (len(told), told[-1]) == (21, "And 10 more.")


def test_columns_may_be_separated_as_a_spreadsheet_does_and_rows_be_empty(
    facilitator: Caller, workshop: Workshop, page: bytes
) -> None:
    header, one, two = rows_in(page)
    empty = ["" for _ in header]

    for mark in ";\t,":
        raw = saved([header, empty, [*one, ""], empty, two, empty], mark)

        assert differences_in(facilitator, workshop.code, raw, DAY) == ()


HEADS = {
    "capitals": str.upper,
    "as the workbook writes them": lambda head: head.replace("_", " ").capitalize(),
    "blanks around them": lambda head: f" {head.title()} ",
}


@pytest.mark.parametrize("how", HEADS)
def test_heads_are_known_in_any_case_and_as_the_workbook_writes_them(
    facilitator: Caller, workshop: Workshop, page: bytes, how: str
) -> None:
    header, *rows = rows_in(page)

    raw = saved([[HEADS[how](head) for head in header], *rows])

    assert differences_in(facilitator, workshop.code, raw, DAY) == ()


def test_columns_of_ones_own_are_left_alone_wherever_they_stand(
    facilitator: Caller, workshop: Workshop, page: bytes
) -> None:
    header, one, two = rows_in(page)
    rows = [["RAG", *header, "Update", "Update", "", "x"], ["red", *one, "late", "x" * 30_000]]

    raw = saved([*rows, ["", *two]])

    assert differences_in(facilitator, workshop.code, raw, DAY) == ()
    one[COLUMNS.index("measure")] = "Calls a week"
    (cell,) = differences_in(facilitator, workshop.code, saved([rows[0], ["", *one]]), DAY)
    assert (cell.column, cell.after) == ("measure", "Calls a week")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("told", ["sep={mark}\r\n", "SEP={mark}\n", '"sep={mark}"{mark}{mark}\r\n'])
def test_a_line_that_tells_excel_the_separator_is_no_row(
    facilitator: Caller, workshop: Workshop, page: bytes, mark: str, told: str
) -> None:
    raw = BOM + told.format(mark=mark).encode() + saved(rows_in(page), mark).removeprefix(BOM)

    assert differences_in(facilitator, workshop.code, raw, DAY) == ()


@pytest.mark.parametrize("mark", [",", ";"])
def test_a_title_above_the_heads_is_passed_over_and_rows_keep_their_numbers(
    facilitator: Caller, workshop: Workshop, page: bytes, mark: str
) -> None:
    header, one, _ = rows_in(page)
    one[COLUMNS.index("scale")] = "giga"

    told = refused(
        facilitator,
        workshop,
        saved([["Action plan, Salford; lead: Sam, domain: all"], [], header, one], mark),
    )

    assert told == ("Row 4, scale: Choose the scale: micro, meso or macro.",)


def test_empty_cells_that_an_editor_cut_off_the_end_are_empty(
    facilitator: Caller, workshop: Workshop, page: bytes
) -> None:
    header, one, _ = rows_in(page)
    new = ["", "", "", "", "Culture", "If we meet, then", "Sam", "One", "", "", "2026-12-24"]
    new[7] = workshop.partners[0].name

    raw = saved([[*header, "RAG"], one, new])

    assert {cell.row for cell in differences_in(facilitator, workshop.code, raw, DAY)} == {3}


SAVED_AS = {
    "British": "{d:02}/{m:02}/{y}",
    "American": "{m}/{d}/{y}",
    "German": "{d:02}.{m:02}.{y}",
    "Dutch": "{d}-{m}-{y}",
    "Czech": "{d}. {m}. {y}",
    "Hungarian": "{y}. {m:02}. {d:02}.",
    "Japanese": "{y}/{m:02}/{d:02}",
    "ISO": "{y}-{m:02}-{d:02}",
    "with a time": "{y}-{m:02}-{d:02} 00:00:00",
}


@pytest.mark.parametrize("country", SAVED_AS)
def test_days_are_read_in_the_order_of_the_country_that_saved_them(
    facilitator: Caller, workshop: Workshop, page: bytes, country: str
) -> None:
    def as_there(day: str) -> str:
        y, m, d = map(int, day.split("-"))
        return SAVED_AS[country].format(y=y, m=m, d=d)

    header, *rows = rows_in(page)
    days = [COLUMNS.index(name) for name in ("workshop_date", "review_date", "planned_on")]
    there = [
        [as_there(cell) if at in days else cell for at, cell in enumerate(row)] for row in rows
    ]
    assert differences_in(facilitator, workshop.code, saved([header, *there]), DAY) == ()

    there[0][COLUMNS.index("review_date")] = as_there("2027-04-05")
    (cell,) = differences_in(facilitator, workshop.code, saved([header, *there]), DAY)

    assert cell.after == "2027-04-05"


def test_a_day_that_could_be_two_names_both_countries(
    facilitator: Caller, workshop: Workshop, page: bytes
) -> None:
    told = refused(facilitator, workshop, edited(page, review_date="4/5/2027"))

    assert told == (
        "Row 2, review_date: 4/5/2027 can be 4 May 2027 (day first, as in Britain and Germany) or "
        "5 April 2027 (month first, as in the United States). Write 2027-05-04 or 2027-04-05.",
    )
    header, one, two = rows_in(page)
    at = COLUMNS.index("review_date")
    one[at], two[at] = "4/5/2027", "4/13/2027"
    cells = differences_in(facilitator, workshop.code, saved([header, one, two]), DAY)
    assert [cell.after for cell in cells] == ["2027-04-05", "2027-04-13"]
    two[at] = "13/4/2027"
    cells = differences_in(facilitator, workshop.code, saved([header, one, two]), DAY)
    assert [cell.after for cell in cells] == ["2027-05-04", "2027-04-13"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "cell", ["#REF!", "#N/A", "#NAME?", "#DIV/0!", "#BEZUG!", "####", "Err:508"]
)
def test_what_a_spreadsheet_could_not_work_out_is_no_text(
    facilitator: Caller, workshop: Workshop, page: bytes, cell: str
) -> None:
    for column in ("measure", "small_test", "lead"):
        (told,) = refused(facilitator, workshop, edited(page, **{column: cell}))

        assert told == (
            f"Row 2, {column}: the spreadsheet could not work this out ({cell}). "
            "Type what it should say."
        )
    (told,) = refused(facilitator, workshop, edited(page, place=cell))
    assert told.startswith("Row 2, place: the spreadsheet could not work this out")


@pytest.mark.parametrize("made", ["03-May", "5-Mar", "05-Mar", "03. Mai", "3-mei", "03/05/2026"])
def test_a_date_that_a_spreadsheet_made_of_two_numbers_changes_nothing(
    facilitator: Caller, made: str
) -> None:
    workshop = planned(facilitator, target="3-5")
    page = edited(plan_csv(facilitator, workshop.code), target=made)

    assert differences_in(facilitator, workshop.code, page, DAY) == ()


@pytest.mark.parametrize("made", ["03-May", "May-26", "3-mei", "12-Okt", "12. Dez"])
def test_a_date_that_a_spreadsheet_made_of_something_else_is_asked_about(
    facilitator: Caller, workshop: Workshop, page: bytes, made: str
) -> None:
    (told,) = refused(facilitator, workshop, edited(page, target=made))

    assert told.startswith(
        f"Row 2, target: a spreadsheet seems to have made a date of this ({made}"
    )


@pytest.mark.parametrize("typed", ["24-hour cover", "3 May", "10-bed", "7-day", "6 a week", "#1"])
def test_what_only_begins_like_a_date_is_taken(
    facilitator: Caller, workshop: Workshop, page: bytes, typed: str
) -> None:
    (cell,) = differences_in(facilitator, workshop.code, edited(page, target=typed), DAY)

    assert cell.after == typed


def test_partners_are_known_by_their_names_as_a_keyboard_writes_them(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "St Mary’s; Bury", "Mind – Salford", place=elsewhere())
    capture_action(facilitator, workshop.code, draft(workshop), DAY)
    page = plan_csv(facilitator, workshop.code)
    assert differences_in(facilitator, workshop.code, page, DAY) == ()

    raw = edited(page, joint_partners="mind - salford;St Mary's; Bury")

    (cell,) = differences_in(facilitator, workshop.code, raw, DAY)
    assert cell.after == "Mind – Salford; St Mary’s; Bury"


@pytest.mark.parametrize("name", ["plan.exe", "plan.csv.xlsx", "plan", "=1+1"])
def test_a_file_of_another_kind_is_not_opened(looks, facilitator, workshop, page, name) -> None:
    app = looks(facilitator, _way.TAKE_AWAY, workshop.code)

    app.file_uploader[0].set_value((name, page, "text/csv")).run()

    assert "Choose a .csv file." in words(app).replace("\\", "")
