"""Rows of the workbook are as tall as LibreOffice needs them, and hardly taller."""

import io
import random
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from aqua_core.exports.cell_heights import height_of, rows_for, shortened
from aqua_core.exports.workbook import LONGEST
from aqua_core.vocabulary import Help, SupportDraft
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.exporting import plan_workbook
from aqua_core.workshop.planning import ask_support
from tests.exports.test_plan_file import planned
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]

WORDS = (
    "the ward and GP practices share one rota so that calls at night fall by half within twelve "
    "weeks, the MDT huddle at Wigan has an IT budget of £10,000 for patients, Integrated Care"
)
LENGTHS = (12, 100, 300, 1_000, 10_000)


def prose(length: int) -> str:
    dice, text, words = random.Random(length), "", WORDS.split()
    while len(text) < length:
        text += f"{dice.choice(words)} "
    return text[:length].strip()


@pytest.mark.parametrize(("width", "needed"), [(14, 225.35), (20, 158.2), (28, 113.4), (44, 68.65)])
def test_a_text_of_300_letters_gets_what_libreoffice_needs_and_a_third_at_most(
    width: int, needed: float
) -> None:
    assert needed <= height_of([prose(300)], [width]) <= needed * 1.33


def test_letters_of_another_font_get_a_taller_row_and_never_one_that_excel_cuts() -> None:
    (row, *_) = rows_for(["東京 " * 600], [20])

    assert height_of(row, [20]) > height_of([prose(LONGEST)], [20])
    assert height_of(row, [20]) <= 409
    assert height_of(["Łódź, naïve, 10 €"], [20]) == height_of(["Lodz"], [20])


@pytest.mark.parametrize("text", [prose(500), "NHS TRUST, " * 45, "Łódź 東京 " * 70, "W" * 500])
@pytest.mark.parametrize("width", [8, 14, 28])
def test_a_text_on_the_plans_sheet_takes_one_row(text: str, width: int) -> None:
    shown = shortened(text, width, LONGEST, "… (the rest)")

    assert rows_for([shown], [width]) == [[shown]]
    assert shown == text or shown.endswith("… (the rest)")
    assert text.startswith(shown.removesuffix("… (the rest)"))


@pytest.mark.slow
def test_rows_cut_nothing_and_are_at_most_a_fifth_too_tall_in_libreoffice(
    facilitator: Caller, tmp_path: Path
) -> None:
    held = planned(
        facilitator,
        *(prose(length) for length in LENGTHS[:3]),
        prediction=prose(LENGTHS[3]),
        measure=prose(LENGTHS[1]),
    )
    for length in LENGTHS:
        wish = SupportDraft(kind=Help.COACHING, wanted=prose(length), from_whom=prose(30))
        ask_support(facilitator, held.code, wish, sure=True)
    book = tmp_path / "book.xlsx"
    book.write_bytes(plan_workbook(facilitator, held.code))

    needed = openpyxl.load_workbook(fitted(book))

    rows = []
    for sheet in openpyxl.load_workbook(io.BytesIO(book.read_bytes())):
        if sheet.title in ("Plan", "Support"):
            fits = needed[sheet.title].row_dimensions
            rows += [
                (sheet.title, n, row.height, fits[n].height)
                for n, row in sheet.row_dimensions.items()
                if row.height
            ]
    assert len(rows) > 12
    assert not [row for row in rows if row[2] < row[3]]
    assert sum(given for *_, given, _ in rows) <= 1.2 * sum(needs for *_, needs in rows)


def fitted(book: Path) -> Path:
    """Let LibreOffice fit every row; it does so for no row that comes from another program."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("No LibreOffice on this machine: its rows are left out.")
    into = book.parent / "fitted"
    asked = [office, "--headless", f"-env:UserInstallation=file://{book.parent}/office"]
    subprocess.run(
        [*asked, "--convert-to", "fods", "--outdir", str(into), str(book)], check=True, timeout=100
    )
    plain = into / "book.fods"
    text = re.sub(r'style:row-height="[^"]*"', "", plain.read_text("utf-8"))
    text = text.replace('optimal-row-height="false"', 'optimal-row-height="true"')
    plain.write_text(re.sub("<meta:generator>[^<]*", "<meta:generator>nobody", text), "utf-8")
    subprocess.run(
        [*asked, "--convert-to", "xlsx", "--outdir", str(into), str(plain)], check=True, timeout=100
    )
    return into / "book.xlsx"
