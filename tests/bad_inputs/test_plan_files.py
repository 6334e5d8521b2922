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
from aqua_core.workshop.planning import plan_now
from pages import _way
from tests.exports.test_plan_file import edited, planned, saved
from tests.kit.looking import words
from tests.kit.notation import DAY


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
    "74 many columns": (lambda _: b"a," * 49_999 + b"a", "Expected 27 columns, found 50,000."),
    "76 a short row": (
        lambda page: page + b"a1,1,Salford\r\n",
        "Row 4 has 3 values; the header has 27.",
    ),
    "76 a long row": (
        lambda page: b"\r\n".join(
            line + b",x" * (at == 1) for at, line in enumerate(page.split(b"\r\n"))
        ),
        "Row 2 has 28 values; the header has 27.",
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


@pytest.mark.parametrize(
    "day", ["31/02/2026", "2026-13-01", "03/04/26", "", "tomorrow", "2026-12-22T00:00", "46378"]
)
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


@pytest.mark.parametrize("name", ["plan.exe", "plan.csv.xlsx", "plan", "=1+1"])
def test_a_file_of_another_kind_is_not_opened(looks, facilitator, workshop, page, name) -> None:
    app = looks(facilitator, _way.TAKE_AWAY, workshop.code)

    app.file_uploader[0].set_value((name, page, "text/csv")).run()

    assert "Choose a .csv file." in words(app).replace("\\", "")
