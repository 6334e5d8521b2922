"""The table at the head of this package says which test holds which row, and is right."""

import re
from pathlib import Path

import pytest

from tests import bad_inputs

ROOT = Path(__file__).parents[2]
HEAD = bad_inputs.__doc__ or ""


@pytest.mark.parametrize("named", sorted(set(re.findall(r"tests/[\w/]+\.py::\w+", HEAD))))
def test_every_test_that_the_table_names_is_there(named: str) -> None:
    file, _, test = named.partition("::")

    assert f"def {test}(" in (ROOT / file).read_text("utf-8")


def test_every_row_of_the_catalogue_is_held_once() -> None:
    table, _, elsewhere = HEAD.partition("Held elsewhere")
    cells = [line.split("|")[1] for line in table.splitlines() if re.match(r"\| \d", line)]
    rows = [row for cell in cells for row in numbers(cell)]
    rows += numbers(re.sub(r"\([^)]*\)", "", elsewhere))

    assert sorted(rows) == list(range(1, 119))


def numbers(text: str) -> list[int]:
    spans = re.findall(r"(\d+)(?:\s+to\s+(\d+))?", text)
    return [row for first, last in spans for row in range(int(first), int(last or first) + 1)]
