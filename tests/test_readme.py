"""What the README promises is there."""

import re
from pathlib import Path

import pytest

from aqua_core.exports.plan_table import COLUMNS, MEANINGS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MADE_LATER = {"data/room.duckdb", "data/room-copies"}


def paths_named() -> list[str]:
    quoted = re.findall(r"`([\w./-]+)`", README) + re.findall(r"\]\(([\w./-]+)\)", README)
    return sorted({path for path in quoted if "/" in path or "." in path} - MADE_LATER)


@pytest.mark.parametrize("path", paths_named())
def test_every_path_that_the_readme_names_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_readme_names_paths() -> None:
    assert len(paths_named()) > 15


@pytest.mark.parametrize(("shell", "commands"), [("bash", 2), ("bat", 2)])
def test_there_are_exactly_two_commands_for_each_system(shell: str, commands: int) -> None:
    blocks = re.findall(rf"```{shell}\n(.*?)```", README, flags=re.DOTALL)

    assert len(blocks) == commands
    assert all(len(block.strip().splitlines()) == 1 for block in blocks)


def test_every_column_of_the_csv_is_documented() -> None:
    page = (ROOT / "docs" / "action-plan-csv.md").read_text(encoding="utf-8")

    rows = [
        f"| `{meaning.column.name}` | {meaning.form} | {meaning.column.holds} |"
        for meaning in MEANINGS
    ]
    assert [meaning.column.name for meaning in MEANINGS] == list(COLUMNS)
    assert re.findall(r"^\| `.*$", page, flags=re.MULTILINE) == rows


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_every_page_and_test_that_the_docs_name_exists(page: Path) -> None:
    named = re.findall(
        r"(?:docs|tests|benchmarks|aqua_core|pages|data)/[\w./-]+", page.read_text("utf-8")
    )

    assert [path for path in named if not (ROOT / path.rstrip(".")).exists()] == []
