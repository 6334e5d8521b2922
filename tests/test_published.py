"""Salford's published means are read exactly, and add up as they do on paper."""

import csv
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest

from aqua_core.errors import BadMeans
from aqua_core.published import day_printed, read_published, waves_brought
from aqua_core.rules.over_time import fits_by_luck, fits_from, lagging, mean_of, over_time_published
from aqua_core.vocabulary.framework import Kind
from aqua_core.vocabulary.place import PublishedDomain, PublishedWaves
from tests.kit.notation import INSTRUMENT

ORACLE = json.loads((Path(__file__).parent / "rules" / "waves_oracle.json").read_text("utf-8"))
SALFORD = Path(__file__).parent.parent / "data" / "places" / "salford.csv"

# Fillingham and Weir (2014), figure 3, copied by hand.
PAPER = """
    Leadership                            physiology  2.13  2.71  3.15
    Governance                            physiology  2.00  2.71  2.79
    Culture                               physiology  2.33  2.74  2.83
    Service user and carer engagement     physiology  1.25  2.00  2.21
    Financial and contractual mechanisms  anatomy     2.08  2.21  2.79
    Information and IT                    anatomy     2.08  2.03  2.27
    Workforce                             anatomy     1.88  2.03  1.83
    Service redesign                      anatomy     1.54  1.84  1.88
"""
ROWS = [tuple(line.rsplit(maxsplit=4)) for line in PAPER.strip().splitlines()]

SMALL = "domain,kind,April,October\nTrust,physiology,2.13,3\nMoney,anatomy,0,5.00\n"


def salford() -> PublishedWaves:
    return read_published(SALFORD, "Salford", "Fillingham and Weir (2014), figure 3")


def on_paper(kinds: str, wave: int) -> str:
    """Add hundredths, divide, add a half, cut off."""
    cents = [int(row[wave].replace(".", "")) for row in ROWS if row[1] in kinds]
    mean = floor(Fraction(sum(cents), len(cents)) + Fraction(1, 2))
    return f"{mean // 100}.{mean % 100:02}"


def refusal_of(folder: Path, content: str | bytes) -> str:
    file = folder / "small.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadMeans) as refused:
        read_published(file, "Wigan", "A report")
    return str(refused.value)


def test_salford_stands_as_the_paper_prints_it() -> None:
    table = salford()

    read = [(d.name, d.kind, *(f"{mean:.2f}" for mean in d.means)) for d in table.domains]
    assert read == [(row[0].strip(), *row[1:]) for row in ROWS]
    assert table.waves == ("April 2012", "October 2012", "May 2013")
    assert (table.place, table.source) == ("Salford", "Fillingham and Weir (2014), figure 3")


@pytest.mark.parametrize(
    ("kind", "kinds", "expected"),
    [
        (None, "physiology anatomy", ["1.91", "2.28", "2.47"]),
        (Kind.PHYSIOLOGY, "physiology", ["1.93", "2.54", "2.75"]),
        (Kind.ANATOMY, "anatomy", ["1.90", "2.03", "2.19"]),
    ],
)
def test_the_means_of_a_side_are_those_on_paper(
    kind: Kind | None, kinds: str, expected: list[str]
) -> None:
    means = [str(mean) for mean in mean_of(salford(), kind)]

    assert means == expected
    assert means == [on_paper(kinds, wave) for wave in (2, 3, 4)]


def test_leadership_moved_most_and_workforce_went_down() -> None:
    place = over_time_published(salford())
    assert place is not None
    steps = {row.name: row.move.step(2) for row in place.domains}
    moved = {name: Decimal(str(step)) for name, step in steps.items()}

    assert list(moved) == [row[0].strip() for row in ROWS]
    assert moved["Leadership"] == max(moved.values()) == Decimal("1.02")
    assert moved["Workforce"] == min(moved.values()) == Decimal("-0.05")
    cents = [int(row[4].replace(".", "")) - int(row[2].replace(".", "")) for row in ROWS]
    assert [int(step * 100) for step in moved.values()] == cents


def test_a_missing_side_has_no_mean() -> None:
    domain = PublishedDomain(name="Trust", kind=Kind.ANATOMY, means=(2.0,))
    once = PublishedWaves(place="Wigan", source="A report", waves=("April",), domains=(domain,))

    assert mean_of(once, Kind.PHYSIOLOGY) == ()
    assert mean_of(once, Kind.ANATOMY) == (Decimal("2.00"),)


def test_reads_what_excel_writes(tmp_path: Path) -> None:
    excel = SMALL.replace("physiology", " Physiology ").replace("\n", "\r\n") + ",,,\r\n\r\n"
    (tmp_path / "small.csv").write_bytes(excel.encode("utf-8-sig"))

    table = read_published(tmp_path / "small.csv", "Wigan", "A report")

    assert [(d.name, d.kind, d.means) for d in table.domains] == [
        ("Trust", Kind.PHYSIOLOGY, (2.13, 3.0)),
        ("Money", Kind.ANATOMY, (0.0, 5.0)),
    ]


WRONG = [
    # what stands there, what somebody made of it, the line, the remedy
    ("2.13", "5.01", 2, "Write April as a mean from 0 to 5 with at most two decimals"),
    ("2.13", "-1", 2, "Write April as a mean"),
    ("2.13", "2.135", 2, '(this has "2.135").'),
    ("2.13", '"2,13"', 2, '(this has "2,13").'),
    ("2.13", "NaN", 2, "Write April as a mean"),
    ("2.13", "1e0", 2, "Write April as a mean"),
    ("2.13", "٣", 2, "Write April as a mean"),
    ("5.00", "", 3, "Write October as a mean"),
    ("5.00", "5.00,4", 3, "Give this line 4 values, as the first has (this has 5)."),
    (",5.00", "", 3, "Give this line 4 values, as the first has (this has 3)."),
    ("anatomy", "hard", 3, 'Choose physiology or anatomy as the kind (this has "hard").'),
    ("Money", "TRUST", 3, '"TRUST" is already on line 2: keep one.'),
    ("Money", "", 3, "Give the domain a name."),
    ("Money", "<b>Money</b>", 3, "Wording is plain text: take out < >"),
    ("Money", "M" * 61, 3, "Keep the domain to 60 characters (this has 61)."),
    ("Money", '"Money', 3, "A double quote is not closed"),
    ("Money", '"Mo"ney', 3, "A double quote is not closed"),
    ("Money", "M" * 140_000, 3, "A value is too long"),
    ("Trust", '"Tr\nust"', 4, "Write April as a mean"),
    ("October", "april", 1, '"april" stands here twice'),
    ("October", "", 1, "Give the wave a name."),
    ("domain,kind,April,October", "domain,kind", 1, "Start the first line with domain,kind"),
    ("kind", "sort", 1, "Start the first line with domain,kind"),
    ("domain,kind,April,October", "domain;kind;April", 1, "Put commas between the columns"),
]


@pytest.mark.parametrize(("old", "new", "line", "remedy"), WRONG)
def test_says_which_line_to_change_and_how(
    tmp_path: Path, old: str, new: str, line: int, remedy: str
) -> None:
    text = SMALL.replace("anatomy,0", "anatomy,x") if line == 4 else SMALL

    sentence = refusal_of(tmp_path, text.replace(old, new, 1))

    assert sentence.startswith(f"small.csv, line {line}: ")
    assert remedy in sentence


def test_a_value_is_too_long_whatever_limit_others_set(tmp_path: Path) -> None:
    before = csv.field_size_limit(10_000_000)  # the whole process's: a reader of tables raises it
    try:
        sentence = refusal_of(tmp_path, SMALL.replace("Money", "M" * 140_000, 1))
    finally:
        csv.field_size_limit(before)

    assert sentence == "small.csv, line 3: A value is too long: check that this is the right file."


def test_says_every_fault_at_its_line_at_once(tmp_path: Path) -> None:
    text = "domain,kind,April\nTrust,soft,9\n,anatomy,2.135\nMoney,anatomy\nMoney,anatomy,2\n"

    sentence = refusal_of(tmp_path, text)

    assert [part.split(": ")[0] for part in sentence.split("small.csv, ")[1:]] == [
        *("line 2", "line 2", "line 3", "line 3", "line 4")
    ]
    for remedy in ("Choose physiology", '"9"', "Give the domain a name", '"2.135"', "3 values"):
        assert remedy in sentence


def test_salford_stands_at_its_true_days() -> None:
    first, second, third = salford().dated

    assert (first, second, third) == (date(2012, 4, 1), date(2012, 10, 1), date(2013, 5, 1))
    assert ((second - first).days, (third - second).days) == (183, 212)


def test_a_day_is_read_however_it_is_printed() -> None:
    for printed in ("April 2012", "Apr 2012", "1 April 2012", "2012-04-01"):
        assert day_printed(printed) == date(2012, 4, 1)
    for printed in ("April", "2012", "Spring 2012", "31 February 2012", "4/2012"):
        assert day_printed(printed) is None


BROUGHT = """domain,kind,April 2012,April 2012 people,May 2013
Leadership,physiology,2.13,24,3.15
Workforce,anatomy,1.88,,1.83
"""


def test_a_table_that_is_brought_is_a_wave_a_column_with_how_many_scored() -> None:
    first, second = waves_brought(BROUGHT.encode(), "ours.csv", INSTRUMENT, "The board's report")

    assert (first.dated, second.dated) == (date(2012, 4, 1), date(2013, 5, 1))
    assert [(mean.domain, mean.mean, mean.people) for mean in first.means] == [
        ("leadership", 2.13, 24),
        ("workforce", 1.88, None),
    ]
    assert [(mean.mean, mean.people) for mean in second.means] == [(3.15, None), (1.83, None)]
    assert first.source == "The board's report"


def test_a_domain_that_is_brought_under_both_its_names_is_told_on_each_line() -> None:
    long, short = "Financial and contractual mechanisms", "Finance & contracts"
    twice = BROUGHT.replace("Leadership", long).replace("Workforce", short)
    once, _ = waves_brought(BROUGHT.replace("Workforce", short).encode(), "a", INSTRUMENT, "Ours")

    with pytest.raises(BadMeans) as refused:
        waves_brought(twice.encode(), "ours.csv", INSTRUMENT, "A report")

    assert [mean.domain for mean in once.means] == ["leadership", "finance"]
    assert [fault.split(": ", 1)[0] for fault in refused.value.faults] == [
        "ours.csv, line 2",
        "ours.csv, line 3",
    ]
    assert all("by its other name: keep one." in fault for fault in refused.value.faults)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("May 2013", "Spring", 'line 1: Write "Spring" as a month and a year'),
        ("Workforce", "Staff", 'line 3: "Staff" is no domain here. Choose from Leadership'),
        (",24,", ",many,", "line 2: Write how many scored in April 2012 as a whole number"),
        (",24,", ",0,", "line 2: Write how many scored"),
        ("2012 people,May", "2012 people,2012", 'line 1: Write "2012 2013" as a month'),
    ],
)
def test_a_table_that_cannot_be_a_wave_is_told_why(old: str, new: str, sentence: str) -> None:
    with pytest.raises(BadMeans) as refused:
        waves_brought(BROUGHT.replace(old, new).encode(), "ours.csv", INSTRUMENT, "A report")

    (fault,) = refused.value.faults
    assert fault.startswith(f"ours.csv, {sentence}")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "small.csv, line 1: The file is empty"),
        (b"\xef\xbb\xbf", "small.csv, line 1: The file is empty"),
        (b"domain,kind,April\n", "small.csv, line 2: Add a line for each domain"),
        (b",,\n", "small.csv, line 1: Start the first line with domain,kind"),
        (b"domain,kind,April\nCaf\xe9,anatomy,1\n", "small.csv, line 2: Save the file as UTF-8"),
        (b"domain,kind,April\nA\x00,anatomy,1\n", "small.csv, line 2: Take out the invisible"),
        (b"PK\x03\x04rest", "small.csv, line 1: This is an Excel or zip file"),
        (b"%PDF-1.7", "small.csv, line 1: This is a PDF"),
        (b"a," * 500_001, "small.csv is over 1 MB"),
    ],
)
def test_refuses_what_is_no_table(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert refusal_of(tmp_path, content).startswith(sentence)


@pytest.mark.parametrize("name", ORACLE["published"])
def test_as_few_people_fit_printed_means_as_in_the_oracle(name: str) -> None:
    case = ORACLE["published"][name]
    waves, places, expect = case["means"], case["decimals"], case["expect"]

    assert {wave: fits_from([row], places).people for wave, row in waves.items()} == (
        expect["smallest"]
    )
    assert {wave: fits_from([row], places).half_up for wave, row in waves.items()} == (
        expect["smallest_half_up"]
    )
    together = fits_from(list(waves.values()), places)
    assert together == (expect["smallest_for_all"], expect["smallest_for_all_half_up"])
    for wave, row in waves.items():
        people = expect["smallest"][wave]
        if people is not None:
            luck = expect["by_luck"][wave]
            assert fits_by_luck(row, people, places) == pytest.approx(luck, abs=1e-9)


def test_salford_fits_24_38_and_48_and_no_one_number_under_80() -> None:
    waves = list(zip(*(domain.means for domain in salford().domains), strict=True))

    assert [fits_from([wave]) for wave in waves] == [(24, 24), (38, 38), (48, 48)]
    assert fits_from(waves) == (80, 89)


@pytest.mark.parametrize("name", ORACLE["lagging"])
def test_the_oracles_domains_lag(name: str) -> None:
    case = ORACLE["lagging"][name]

    assert list(lagging(case["table"])) == case["expect"]["lagging"]


def test_information_workforce_and_redesign_lag_in_salford_and_nothing_else() -> None:
    table = {domain.name: domain.means for domain in salford().domains}

    assert lagging(table) == ("Information and IT", "Workforce", "Service redesign")


def test_one_wave_lags_nowhere() -> None:
    assert lagging({"Trust": [2.0], "Money": [1.0]}) == ()
