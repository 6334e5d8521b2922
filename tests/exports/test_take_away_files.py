"""Workbook, report and calendar: what a person reads in them, and what nobody can put into them."""

import csv
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl.utils import get_column_letter

from aqua_core.exports.cell_heights import height_of, rows_for
from aqua_core.exports.plan_table import COLUMNS
from aqua_core.exports.report.front import levels_picture
from aqua_core.exports.report.pictures import gaps_picture
from aqua_core.exports.review_dates import escaped, folded
from aqua_core.vocabulary import CANNOT_SAY, Compare, Help, SupportDraft, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.exporting import plan_csv, plan_workbook, report_page, review_calendar
from aqua_core.workshop.importing import differences_in, take_differences
from aqua_core.workshop.noting import write_down
from aqua_core.workshop.planning import ask_support, capture_action, edit_action
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.showing import shown_now
from tests.exports.test_cells import STARTS
from tests.exports.test_plan_file import FULL, added, planned, saved
from tests.exports.test_session_pack import write_the_rest
from tests.kit.notation import DAY, made, seated
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import draft, elsewhere, plan_now
from tests.workshop.test_planning import SOON

__all__ = ["facilitator", "room_file"]


UNCLOSED = {"meta"}


class Tags(HTMLParser):
    """Every tag and attribute of a page, and its text; `open` is what nobody closed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.given: list[tuple[str, str | None]] = []
        self.text = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, ""), *((tag, name) for name, _ in attrs)]
        self.given += attrs
        self.open += [] if tag in UNCLOSED else [tag]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, ""), *((tag, name) for name, _ in attrs)]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


MARKUP = '<script>alert(1)</script><img src="http://e.test/x">&amp;"'


@pytest.fixture(scope="module")
def workshop(facilitator: Caller) -> Workshop:
    """Give a workshop with something on every sheet, and odd texts among it."""
    held = made(facilitator, "Council", "Trust", "GPs")
    open_scoring(facilitator, held.code, ["leadership", "culture"])
    for name, scores in (("Council", (1, 1, 2)), ("Trust", (4, 5, 4)), ("GPs", (3, 3))):
        for score in scores:
            seat = seated(held, name)
            submit_score(seat, held.code, "culture", score)
            submit_score(seat, held.code, "leadership", CANNOT_SAY if score == 5 else score)
    reveal(facilitator, held.code)
    open_scoring(facilitator, held.code, ["leadership"])
    write_down(facilitator, held.code, "culture", MARKUP)
    for number, text in enumerate([MARKUP, "=1+1", "Łódź 東京 🏥; a, b\nc"]):
        full = draft_of(held, test=text, lead=f"Lead {number}", measure=text)
        capture_action(facilitator, held.code, full, DAY)
    write_the_rest(facilitator, held)
    return held


def draft_of(workshop: Workshop, **changed: object) -> object:
    council, trust, _ = dict.fromkeys(team.partner.id for team in workshop.teams)
    two = workshop.model_copy(update={"teams": workshop.teams[:2]})
    return draft(two, partners=(council, trust), **FULL, **changed)


def test_the_report_reads_and_runs_nothing(facilitator: Caller, workshop: Workshop) -> None:
    page = report_page(facilitator, workshop.code).decode()

    tags = Tags()
    tags.feed(page)
    assert not {"script", "img", "link", "iframe", "a", "object"} & {tag for tag, _ in tags.found}
    assert not [name for _, name in tags.found if name in ("src", "href") or name[:2] == "on"]
    assert "url(" not in page
    assert MARKUP in tags.text
    assert "default-src 'none'" in page
    assert page.index("Who does not agree") < page.index("Two budgets")
    for text in ("Culture", "Both chief nurses", "Coaching", "=Who decides"):
        assert (text in page) == (text != "=Who decides")  # its newest version says x


def test_a_text_of_ten_thousand_letters_is_whole_in_the_report_and_shortened_on_the_sheet(
    facilitator: Caller,
) -> None:
    long = "so " * 3332 + "end."
    held = planned(facilitator, prediction=long)
    wish = SupportDraft(kind=Help.COACHING, wanted=long)
    ask_support(facilitator, held.code, wish, sure=True)

    report = report_page(facilitator, held.code).decode()
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(facilitator, held.code)))

    assert report.count(long) == 2
    plan = [cell.value for cell in book["Plan"][3]]
    assert "have all of it)" in plan[5]
    assert book["Plan"].row_dimensions[3].height <= 409
    rows = [row[1].value or "" for row in book["Support"].iter_rows(min_row=4)]
    assert "".join(rows).replace(" ", "") == long.replace(" ", "")
    assert all(len(text) > 0 for text in rows)
    tall = [
        dimension.height
        for dimension in book["Support"].row_dimensions.values()
        if dimension.height
    ]
    assert max(tall) <= 409


@given(some.text(some.characters(exclude_categories=("Cs",)), max_size=400), some.integers(6, 40))
def test_rows_that_go_on_lose_no_letter(text: str, width: int) -> None:
    rows = rows_for([text, "beside"], [width, width])

    letters = "".join(str(first) for first, _ in rows)
    assert "".join(letters.split()) == "".join(text.split())
    assert [beside for _, beside in rows] == ["beside", *[""] * (len(rows) - 1)]
    assert all(height_of(row, [width, width]) <= 409 for row in rows)


def test_the_plans_sheet_sorts_and_filters(facilitator: Caller, workshop: Workshop) -> None:
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(facilitator, workshop.code)))

    plan = book["Plan"]
    head = [cell.value for cell in plan[2]]
    assert head[:4] == ["Small test", "Lead", "Lead partner", "Joint partners"]
    assert {name.lower().replace(" ", "_") for name in head} <= set(COLUMNS)
    assert plan.auto_filter.ref == f"A2:{get_column_letter(len(head))}5"
    assert plan.freeze_panes == "A3"
    days = [plan.cell(row, 1 + head.index("Review date")) for row in (3, 4, 5)]
    assert [day.value.date() for day in days] == [SOON] * 3
    assert all(day.is_date for day in days)
    assert "Doubled" not in str(plan.cell(3, 5).value)
    assert str(plan.cell(3, 5).value).endswith("12 a week to 6 a week")
    assert not book.properties.creator
    assert not book.properties.lastModifiedBy


def test_where_nothing_was_written_a_sentence_says_so(facilitator: Caller) -> None:
    held = made(facilitator, "Council", "Trust", place=elsewhere())

    report = report_page(facilitator, held.code).decode()
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(facilitator, held.code)))

    for sheet, sentence in (
        ("Plan", "No small test is written down yet."),
        ("Results", "Nothing is revealed: results stand here after the reveal."),
        ("Conversations", "No conversation was written down."),
        ("Support", "No support was asked for."),
    ):
        assert book[sheet]["A2"].value == sentence
        assert sentence in report
    assert book["Support"]["A3"].value == "No statement was called unclear."
    assert book["Support"].print_area.endswith("$C$3")
    assert "<svg" not in report


def test_what_is_sealed_again_leaves_with_nothing(facilitator: Caller, workshop: Workshop) -> None:
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(facilitator, workshop.code)))
    domains = [row[0].value for row in book["Results"].iter_rows() if row[0].value]

    assert "Culture" in domains
    assert "Leadership" not in domains
    report = report_page(facilitator, workshop.code).decode()
    assert "Culture" in report
    front, _, rest = report.partition('id="conversations"')
    talk, _, rest = rest.partition('id="plan"')
    assert "Leadership" not in front + talk + rest.partition('id="results"')[2]
    assert 'id="results"' in rest


def test_a_small_group_is_on_no_sheet(facilitator: Caller, workshop: Workshop) -> None:
    # GPs are two: pooled with the Council or the Trust, so neither is told alone either.
    (gap,) = shown_now(facilitator, workshop.code).gaps[Compare.PARTNER]
    shown = {side.group.name for side in gap.standings}

    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(facilitator, workshop.code)))

    heads = {cell.value for row in book["Results"].iter_rows() for cell in row}
    assert {"Council", "Trust", "GPs"} & heads == shown
    assert "GPs" not in shown


def test_the_workbook_prints_and_holds_text_as_text(
    facilitator: Caller, workshop: Workshop
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(facilitator, workshop.code)))

    assert book.sheetnames == ["Plan", "Results", "Conversations", "Support", "Forums"]
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert book["Plan"].print_title_rows == "$2:$2"
    plan = [[cell.value for cell in row] for row in book["Plan"].iter_rows(min_row=3)]
    assert {row[0] for row in plan} == {MARKUP, "=1+1", "Łódź 東京 🏥; a, b\nc"}
    assert all(cell.alignment.wrap_text for cell in book["Plan"][3])
    assert book.properties.created.date() == DAY
    assert plan_workbook(facilitator, workshop.code) == plan_workbook(facilitator, workshop.code)


def test_the_workbook_is_the_same_file_each_time_and_names_its_own_font(
    facilitator: Caller, workshop: Workshop
) -> None:
    one, other = (plan_workbook(facilitator, workshop.code) for _ in range(2))

    styles = zipfile.ZipFile(io.BytesIO(one)).read("xl/styles.xml").decode()
    assert one == other
    assert ('name val="Arial"' in styles, "scheme" in styles) == (True, False)


@pytest.mark.parametrize("what", ["gaps", "levels"])
def test_a_picture_is_an_svg_that_says_what_it_shows(
    facilitator: Caller, workshop: Workshop, what: str
) -> None:
    gaps = shown_now(facilitator, workshop.code).gaps[Compare.TEAM]
    drawn = {
        "gaps": gaps_picture(gaps),
        "levels": levels_picture(shown_now(facilitator, workshop.code).levels),
    }[what]

    picture = ElementTree.fromstring(drawn)

    title, said = list(picture)[:2]
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == f"{title.get('id')} {said.get('id')}"
    assert "Culture" in (said.text or "")
    width = float((picture.get("viewBox") or "").split()[2])
    for part in picture:
        assert 0 <= float(part.get("x", part.get("cx", 0))) <= width


def test_a_domain_that_may_not_be_shown_is_drawn_without_a_figure(facilitator: Caller) -> None:
    held = made(facilitator, "Council", "Trust", place="Stockport")
    open_scoring(facilitator, held.code, ["culture"])
    submit_score(seated(held, "Council"), held.code, "culture", 4)
    reveal(facilitator, held.code)

    picture = levels_picture(shown_now(facilitator, held.code).levels)

    assert "too few or too alike to be shown" in picture
    assert "<rect" not in picture
    report = report_page(facilitator, held.code).decode()
    assert report.count(">not shown<") == 11


def unfolded(page: bytes) -> list[str]:
    return page.decode().replace("\r\n ", "").split("\r\n")


def test_reviews_are_all_day_events_that_stay_the_same_events(facilitator: Caller) -> None:
    held = planned(facilitator, "Meet; share, a\\b\nwide " + "東京" * 60)
    page = review_calendar(facilitator, held.code)
    (action,) = plan_now(facilitator, held.code)
    later = action.model_copy(update={"review_on": date(2026, 12, 31)})
    edit_action(facilitator, held.code, later, DAY)

    before, after = unfolded(page), unfolded(review_calendar(facilitator, held.code))

    assert (before[0], before[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    assert {"DTSTART;VALUE=DATE:20261222", "DTEND;VALUE=DATE:20261223"} <= set(before)
    assert {"DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "SEQUENCE:1"} <= set(after)
    assert "DTSTAMP:20261122T000000Z" in before
    assert [line for line in before if line.startswith("UID:")] == [
        line for line in after if line.startswith("UID:")
    ]
    assert any("Meet\\; share\\, a\\\\b\\nwide" in line for line in before)
    assert all(len(line) <= 75 for line in page.split(b"\r\n"))
    assert b"\n" not in page.replace(b"\r\n", b"")


@given(some.text(some.characters(exclude_categories=("Cs", "Cc")), max_size=300))
def test_a_folded_line_unfolds_to_itself(text: str) -> None:
    whole = folded(escaped(text))

    assert whole.replace("\r\n ", "") == escaped(text)
    assert all(len(part.encode()) <= 75 for part in whole.split("\r\n"))


@pytest.mark.slow
def test_a_plan_goes_through_a_spreadsheet_and_comes_back_the_same(
    facilitator: Caller, tmp_path: Path
) -> None:
    """CSV to XLSX by LibreOffice, its cells looked at, back to CSV, and in again."""
    texts = [text for text in STARTS if text.strip("\x00\ufeff\u200b\u00a0 ")]
    held = planned(facilitator, *texts, 'Łódź, "東京"\n🏥; then', "x" * 300, **FULL)
    plan = tmp_path / "plan.csv"
    plan.write_bytes(plan_csv(facilitator, held.code))

    book = through_a_spreadsheet(plan)

    cells = [cell for row in openpyxl.load_workbook(book).active for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    back = plan.read_bytes()
    assert len(list(csv.reader(io.StringIO(back.decode("utf-8-sig"), newline="")))) > len(texts)
    assert differences_in(facilitator, held.code, back, DAY) == ()


@pytest.mark.slow
def test_a_page_of_a_prediction_goes_through_a_spreadsheet_and_comes_back_the_same(
    facilitator: Caller, tmp_path: Path
) -> None:
    """10,000 characters with lines, commas, quotes and Unicode; then as a British Excel saves."""
    line = "=SUM(A1), \"Łódź\"; 東京 🏥, é 'quoted' and on"
    held = planned(facilitator, "One", "Two", "Three", "Four")
    for action, start in zip(plan_now(facilitator, held.code), "=+-@", strict=True):
        text = "\n".join([f"{start}{line}"] + [line] * 8)
        long = f"{text}\n".ljust(10_000, "€")
        edit_action(facilitator, held.code, action.model_copy(update={"prediction": long}), DAY)
    plan = tmp_path / "plan.csv"
    plan.write_bytes(plan_csv(facilitator, held.code))

    through_a_spreadsheet(plan)

    predictions = [action.prediction for action in plan_now(facilitator, held.code)]
    assert {len(prediction) for prediction in predictions} == {10_000}
    assert sorted(prediction[0] for prediction in predictions) == sorted("=+-@")
    assert differences_in(facilitator, held.code, plan.read_bytes(), DAY) == ()
    for mark in ";\t":
        british = as_british(plan.read_bytes(), mark)
        assert b"22/12/2026" in british
        assert differences_in(facilitator, held.code, british, DAY) == ()


@pytest.mark.slow
def test_a_row_added_in_a_spreadsheet_comes_back_as_a_new_action(
    facilitator: Caller, tmp_path: Path
) -> None:
    held = planned(facilitator, "One")
    plan = tmp_path / "plan.csv"
    plan.write_bytes(plan_csv(facilitator, held.code))

    through_a_spreadsheet(plan, added(review_date="2027-01-07"))

    (new,) = take_differences(facilitator, held.code, plan.read_bytes(), DAY)
    assert (new.lead, new.review_on) == ("GP lead", date(2027, 1, 7))
    assert len(plan_now(facilitator, held.code)) == 2


def through_a_spreadsheet(plan: Path, row: list[str] | None = None) -> Path:
    """Convert a CSV file to a workbook and back, with a row added; give the workbook."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("No LibreOffice on this machine: its round trip is left out.")
    utf_8 = "44,34,76,1,,0,false,true,false"  # commas, quotes, UTF-8, all text as it is shown
    book, into = plan.with_suffix(".xlsx"), ["--outdir", str(plan.parent)]
    asked = [office, "--headless", f"-env:UserInstallation=file://{plan.parent}/office"]
    to_book = [f"--infilter=CSV:{utf_8}", "--convert-to", "xlsx", *into, str(plan)]
    subprocess.run([*asked, *to_book], check=True, timeout=100)
    if row:
        edited = openpyxl.load_workbook(book)
        edited.active.append(row)
        edited.save(book)
    to_text = ["--convert-to", f"csv:Text - txt - csv (StarCalc):{utf_8}", *into, str(book)]
    subprocess.run([*asked, *to_text], check=True, timeout=100)
    return book


def as_british(page: bytes, mark: str) -> bytes:
    """Save a file again as an Excel in Britain does: its own days, and its own mark."""
    rows = csv.reader(io.StringIO(page.decode("utf-8-sig"), newline=""))
    day = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")
    return saved([[day.sub(r"\3/\2/\1", cell) for cell in row] for row in rows], mark)
