"""Readings that are brought: what is read, what is refused with its row, and how fast."""

from datetime import date
from decimal import Decimal
from time import perf_counter

import pytest

from aqua_core.errors import BadReadings
from aqua_core.exports.readings_table import (
    Brought,
    Known,
    Table,
    readings_as_csv,
    readings_in,
    written_month_first,
)
from aqua_core.rules.run_chart import phased
from aqua_core.vocabulary.measure import Followed, Ordered, Reading
from aqua_core.vocabulary.plan import Impact
from tests.kit.measured import TODAY, a_measure, as_measure

DAYS = as_measure(a_measure("Days lost"))
SHARE = as_measure(a_measure("Told once, =SUM", unit="per cent", impact=Impact.OUTCOMES))
SHARE = SHARE.model_copy(update={"id": "m0123456789ac"})
KEPT = Reading(
    id="r1",
    version=1,
    measure_id=DAYS.id,
    dated=date(2026, 4, 1),
    value=Decimal(12),
    counted=30,
    source="Board",
)
KNOWN = Known([DAYS, SHARE], [KEPT])
HEAD = "measure,date,value\n"


def read(text: Table, known: Known = KNOWN) -> tuple[Brought, ...]:
    return readings_in(text, known, TODAY)


def values(text: str | bytes, known: Known = KNOWN) -> list[tuple[str, str]]:
    return [(str(one.draft.dated), str(one.draft.value)) for one in read(text, known)]


def refused(text: str | bytes, known: Known = KNOWN) -> str:
    with pytest.raises(BadReadings) as refusal:
        read(text, known)
    return "\n".join(refusal.value.faults)


ONE = [("2026-05-01", "14")]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "Days lost,01/05/2026,14\n",
        HEAD + "days  LOST,2026-05-01,14.0\n",
        HEAD + "Days lost,1 May 2026,£14\n",
        HEAD + "Days lost,May-26,14\n\n,,\n",
        HEAD + '"Days lost","1-May-2026","14"\r\n',
        "\ufeffMeasure;Date;Value\nDays lost;01/05/2026;14\n",
        "sep=;\nmeasure;date;value\nDays lost;01.05.2026;14\n",
        "Value\tMonth\tIndicator\tOur own\n14\tMay 2026\tDays lost\tx\n",
        "Readings of our place,,\n\n" + HEAD + "Days lost,2026-05-01 00:00,14\n",
    ],
)
def test_a_reading_is_read_as_spreadsheets_write_it(text: str) -> None:
    assert values(text) == ONE
    assert values(text.encode()) == ONE


@pytest.mark.parametrize(
    "text", ["01/05/2026\t14", "01/05/2026,14\n", "date,value\n01/05/2026,14", "1 May 2026;14;30"]
)
def test_what_is_pasted_into_a_measure_needs_no_heads(text: str) -> None:
    assert values(text, KNOWN._replace(only=DAYS)) == ONE


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ('"1,234.5"', "1234.5"),
        ('"1,234"', "1234"),
        ("1 234", "1234"),
        ("−3", "-3"),
        ("-£3.50", "-3.5"),
        (".5", "0.5"),
        ("0.33333333333", "0.333333"),
        ("'-7", "-7"),
    ],
)
def test_figures_are_read_as_british_readers_write_them(typed: str, value: str) -> None:
    assert values(f"{HEAD}Days lost,2026-05-01,{typed}") == [("2026-05-01", value)]


@pytest.mark.parametrize(
    ("days", "month_first"),
    [
        (["03/31/2026", "04/05/2026"], True),
        (["31/03/2026", "04/05/2026"], False),
        (["04/05/2026", "01/02/2026"], None),
        (["05/05/2026"], False),  # one day either way
        (["2026-05-04"], False),
        (["04.05.2026"], False),  # nobody writes 05.04.2026 month first
        (["03/31/2026", "31/03/2026"], False),  # they disagree: each wrong one is named
        (["04/01/2026", "02/03/2026"], True),  # what is kept is of 1 April
        (["01/04/2026", "02/03/2026"], False),
    ],
)
def test_how_days_are_written_is_judged_over_all_of_them(
    days: list[str], month_first: bool | None
) -> None:
    table = HEAD + "".join(f"Days lost,{day},14\n" for day in days)

    assert written_month_first(table, KNOWN) is month_first


def test_days_that_can_be_read_both_ways_are_read_as_somebody_says() -> None:
    table = HEAD + "Days lost,04/05/2026,14\n"

    read_as = {order: Ordered(brought=table, month_first=order) for order in (False, True)}

    assert [one.draft.dated.isoformat() for one in read(read_as[False])] == ["2026-05-04"]
    assert [one.draft.dated.isoformat() for one in read(read_as[True])] == ["2026-04-05"]


def test_a_file_that_makes_sense_month_first_alone_is_read_so() -> None:
    table = HEAD + "Days lost,03/31/2026,14\nDays lost,04/05/2026,15\n"

    assert values(table) == [("2026-03-31", "14"), ("2026-04-05", "15")]


def test_a_per_cent_sign_is_read_where_per_cent_is_counted() -> None:
    assert values(f'{HEAD}"Told once, =SUM",2026-05-01,41%') == [("2026-05-01", "41")]
    assert "41% is a percentage, and Days lost is counted in days a month" in refused(
        f"{HEAD}Days lost,2026-05-01,41%"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty."),
        (HEAD, "There is no reading in it"),
        ("what,when\na,b\n", "The first row names the columns"),
        ("date,value\n2026-05-01,14\n", "Missing: measure."),
        ("measure,date,value,value\nDays lost,2026-05-01,14,15\n", "Column value appears twice."),
        (HEAD + "Days lost,2026-05-01,1,234\n", "Row 2 has 4 values; 3 are expected."),
        (HEAD + "Days lost,2026-05-01\n", "Row 2, value: there is none."),
        (HEAD + "Days lost,,14\n", "Row 2, date: there is none."),
        (HEAD + ",2026-05-01,14\n", "Row 2, measure: name the measure."),
        (
            HEAD + "Days gone,2026-05-01,14\n",
            "Row 2, measure: there is no measure called “Days gone”.",
        ),
        (
            HEAD + "Days lost,05/13/2026,14\nDays lost,13/05/2026,14\n",
            "Row 2, date: use YYYY-MM-DD",
        ),
        (HEAD + "Days lost,01/05/26,14\n", "Row 2, date: use YYYY-MM-DD"),
        (HEAD + "Days lost,31/04/2026,14\n", "Row 2, date: the calendar has no such day"),
        (HEAD + "Days lost,01/12/2026,14\n", "Row 2, date: 1 December 2026 lies ahead."),
        (HEAD + "Days lost,01/05/1026,14\n", "Row 2, date: 1 May 1026? Use a day from 1900 on."),
        (HEAD + "Days lost,2026-05-01,many\n", "Row 2, value: Write it as a number"),
        (HEAD + 'Days lost,2026-05-01,"3,5"\n', "Row 2, value: Write it with a point: 3.5"),
        (HEAD + "Days lost,2026-05-01,1.2E+05\n", "Row 2, value: The spreadsheet rounded it"),
        (HEAD + "Days lost,2026-05-01,(12)\n", "with a minus: -12"),
        (HEAD + "Days lost,2026-05-01,#REF!\n", "Row 2, value: Write it as a number"),
        (HEAD + "Days lost,2026-05-01,1e400\n", "rounded"),
        (HEAD + f"Days lost,2026-05-01,{'9' * 20}\n", "too large"),
        (HEAD + "Days lost,2026-05-01,NaN\n", "as a number"),
        ("measure;date;value\nDays lost;2026-05-01;1,234\n", "1,234 can be two numbers"),
        ("measure,date,value,n\nDays lost,2026-05-01,1,0\n", "Row 2, n: write how many"),
        ("measure,date,value,n\nDays lost,2026-05-01,1,2.5\n", "Row 2, n: write how many"),
        (
            HEAD + "Days lost,2026-05-01,1\nDays lost,01/05/2026,2\n",
            "Row 3, date: 1 May 2026 is in row 2 already, of Days lost.",
        ),
        (HEAD + 'Days lost,2026-05-01,"14\n', "Row 2 has an opening quote that is never closed."),
        (HEAD + "Days lost,2026-05-01,14\0\n", "Row 2 has an invalid character."),
        ("a," * 400 + "\n", "Expected 15 columns"),
        (HEAD + "Days lost,2026-05-01,14\n" * 2_001, "At most 2,000 readings at once"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_row(text: str, said: str) -> None:
    assert said in refused(text)


@pytest.mark.parametrize(
    "raw",
    [
        (HEAD + "Days lost,2026-05-01,£14\n").encode("cp1252"),
        (HEAD + "Days lost,2026-05-01,14\n").encode("utf-16"),
    ],
)
def test_another_code_than_utf_8_is_named(raw: bytes) -> None:
    assert "This file is not in UTF-8" in refused(raw)


def test_a_workbook_is_named() -> None:
    assert "This is an Excel workbook or a zip file" in refused(b"PK\x03\x04")


def test_what_is_kept_already_is_left_out_and_what_differs_is_shown_beside_it() -> None:
    same = "Days lost,2026-04-01,12\n"

    assert read(HEAD + same) == ()  # without columns for n and source both stay
    (changed,) = read(HEAD + "Days lost,01/04/2026,13\n")

    assert changed.beside == ("12, n 30, Board", "13, n 30, Board")
    (without,) = read("measure,date,value,n\nDays lost,2026-04-01,12,\n")
    assert without.draft.counted is None


def test_five_hundred_readings_with_twenty_faults_are_refused_with_twenty_rows_in_a_second() -> (
    None
):
    rows = [f"Days lost,{date.fromordinal(TODAY.toordinal() - at)},{at}" for at in range(500)]
    faulty = range(7, 500, 25)
    for at in faulty:
        rows[at] = rows[at].replace("Days lost", "Days lots")

    begun = perf_counter()
    faults = refused(HEAD + "\n".join(rows)).split("\n")

    assert perf_counter() - begun < 1
    assert [fault.split(",")[0] for fault in faults] == [f"Row {at + 2}" for at in faulty]


def test_the_first_twenty_faults_are_named_and_the_rest_counted() -> None:
    faults = refused(HEAD + "Days lots,2026-05-01,1\n" * 25).split("\n")

    assert len(faults) == 21
    assert faults[-1] == "And 5 more."


def test_what_was_taken_away_comes_back_and_says_nothing_new() -> None:
    reading = KEPT.model_copy(update={"measure_id": SHARE.id, "source": "=1+1"})
    taken = readings_as_csv([Followed(measure=SHARE, phases=phased([reading], []))])

    assert b"'=1+1" in taken
    assert read(taken, Known([SHARE], [reading])) == ()
    (fresh,) = read(taken, Known([SHARE], []))
    assert fresh.draft.source == "=1+1"
