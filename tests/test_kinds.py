"""Kinds of instrument: how many answers a domain has is its kind's, and a file says which it is."""

import json
from pathlib import Path
from typing import Any

import pytest

from aqua_core.errors import BadInstrument
from aqua_core.instrument import (
    beside_in,
    instrument_from,
    instruments_in,
    read_beside_prompts,
)
from aqua_core.vocabulary.framework import Instrument, InstrumentKind
from pages._way import GAPS, OVER_TIME, PLACE, PLAN, TALK, address_of

ROW = {
    "key": "tone",
    "name": "Tone or climate",
    "short": "Tone",
    "kind": "physiology",
    "question": "How does it feel?",
    "statements": ["Suspicion", "Formal bureaucratic", "Open-ended mutual benefit"],
    "small": ["we watch each other", "we keep to the form", "we look for what helps all"],
}


def written(row: dict[str, Any] | None = None, **changed: Any) -> str:
    file = {
        "key": "how-we-work",
        "version": "1",
        "kind": "choice",
        "name": "How we work together",
        "source": "The questions are ours.",
        "printed": "Table 1",
        "levels": ["Market", "Hierarchy", "Network"],
        "domains": [ROW | (row or {})],
    }
    return json.dumps(file | changed)


def test_a_file_says_its_kind_and_has_as_many_answers_as_the_kind() -> None:
    read = instrument_from(written())

    assert read.kind is InstrumentKind.CHOICE
    assert read.answering.times == ("now", "wanted")
    assert Instrument.model_validate_json(read.model_dump_json()) == read


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (
            written(levels=["Market", "Hierarchy"]),
            "The instrument, levels: Name 3 levels, one for each answer (this has 2).",
        ),
        (
            written({"statements": ["Suspicion"]}),
            "The instrument, domain 1, statements: Write 3 statements, one for each answer "
            "(this has 1).",
        ),
        (
            written({"small": ["one", "two"]}),
            "The instrument, domain 1, small: Write 3 small words, one for each answer "
            "(this has 2).",
        ),
        (
            written(kind="coverage"),
            "The instrument, domain 1, statements: Take the statements out (this has 3).",
        ),
        (written(kind="choise"), 'The instrument, kind: There is no kind "choise": write "choice"'),
        (
            written(kind="levels"),
            "The instrument, levels: Name 6 levels, one for each of the points 0 to 5 "
            "(this has 3).",
        ),
    ],
)
def test_refuses_another_number_of_answers_at_its_place(file: str, sentence: str) -> None:
    with pytest.raises(BadInstrument) as refused:
        instrument_from(file)

    assert str(refused.value).startswith(sentence)


INSTRUMENTS = Path(__file__).parent.parent / "data" / "instruments"
PAPER = json.loads((Path(__file__).parent / "paper_tables.json").read_text(encoding="utf-8"))


def beside(key: str) -> Instrument:
    return next(held for held in beside_in(INSTRUMENTS) if held.key == key)


def test_prints_table_1_as_the_paper_does() -> None:
    printed, ours = PAPER["table_1"], beside("how-we-work")

    assert list(ours.levels) == printed["columns"]
    assert [(row.name, *row.statements) for row in ours.domains] == [
        (row["feature"], row["market"], row["hierarchy"], row["network"]) for row in printed["rows"]
    ]
    assert printed["title"] in ours.printed
    assert printed["source_line"] in ours.printed
    assert f"pages {PAPER['pages']['table 1']}" in ours.printed


def test_prints_table_2_as_the_paper_does() -> None:
    printed, ours = PAPER["table_2"], beside("what-we-can-do")

    assert [(row.under, row.name) for row in ours.domains] == [
        (dimension["name"], item)
        for dimension in printed["dimensions"]
        for item in dimension["items"]
    ]
    assert printed["title"] in ours.printed
    assert f"page {PAPER['pages']['table 2']}" in ours.printed


def test_prints_the_ten_lessons_as_the_paper_does() -> None:
    ours = beside("ten-lessons")

    assert [row.question for row in ours.domains] == PAPER["lessons"]
    assert {f"/{row.helps}" for row in ours.domains} <= {
        address_of(path) for path in (PLAN, GAPS, PLACE, TALK, OVER_TIME)
    }


@pytest.mark.parametrize("key", ["how-we-work", "what-we-can-do", "ten-lessons"])
def test_says_what_is_ours_apart_from_what_is_printed(key: str) -> None:
    ours = beside(key)

    assert "Discovery Room's own" in ours.source
    assert "Fillingham and Weir (2014)" in ours.printed
    assert all(len(row.small) in (0, 3) for row in ours.domains)


def test_a_workshop_is_set_up_on_a_framework_only() -> None:
    assert {held.kind for held in instruments_in(INSTRUMENTS)} == {InstrumentKind.LEVELS}


def test_each_question_is_of_a_row_that_is_asked_and_each_kind_has_one_for_any_row() -> None:
    prompts = read_beside_prompts(INSTRUMENTS.parent / "prompts" / "beside.json")
    rows = {(held.kind, row.key) for held in beside_in(INSTRUMENTS) for row in held.domains}

    assert {(one.kind, one.row) for one in prompts.prompts if one.row} <= rows
    for kind in (InstrumentKind.CHOICE, InstrumentKind.COVERAGE):
        fitting = prompts.fitting(kind, "no_such_row")
        assert fitting
        assert fitting.row is None
    own = prompts.fitting(InstrumentKind.CHOICE, "conflict_resolution")
    assert own
    assert "disagreement" in own.question
