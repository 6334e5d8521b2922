"""Kinds of instrument: how many answers a domain has is its kind's, and a file says which it is."""

import json
from typing import Any

import pytest

from aqua_core.errors import BadInstrument
from aqua_core.instrument import instrument_from
from aqua_core.vocabulary.framework import Instrument, InstrumentKind

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
