"""What the README and the pages in docs promise is there."""

import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from aqua_core.exports.plan_table import COLUMNS, MEANINGS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {
    page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8")
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
}
MADE_LATER = {"data/room.duckdb", "data/room-copies"}
TOP = (
    "app.py",
    "aqua_core/",
    "pages/",
    "data/",
    "tests/",
    "docs/",
    "benchmarks/",
    ".ci/",
    "deploy/",
)
NOT_OURS = {
    "Host",
    "22/12/2026",
    "room.lock",
    "room-copies-before-...",
    "st.App.run",
    "st.altair_chart",
}
"""Names in backticks that stand in no source of ours: Streamlit's, or what is made later."""


def quoted_in(text: str) -> list[str]:
    """Give what stands in backticks, blocks of commands left out."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def paths_in(text: str) -> set[str]:
    """Give every path of ours that a page names, in backticks, in a command or bare."""
    bare = re.findall(r"(?<![\w./-])(?:docs|tests|benchmarks|aqua_core|pages|data)/[\w./-]+", text)
    named = [name for name in quoted_in(text) if " " not in name and name.startswith(TOP)]
    return {path.rstrip(".") for path in [*bare, *named]} - MADE_LATER


def sources() -> str:
    """Give the text of everything but the docs, in which a name that is used must stand."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    texts = [
        (ROOT / line).read_text(encoding="utf-8")
        for line in listed
        if Path(line).suffix in {".py", ".js", ".css", ".html", ".toml", ".csv", ".json"}
        and line != "tests/test_readme.py"
        and (ROOT / line).exists()
    ]
    return "\n".join([*texts, *listed])


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_a_page_names_exists(page: str) -> None:
    assert sorted(path for path in paths_in(PAGES[page]) if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_page_that_is_there(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", PAGES[page])

    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


def test_every_name_in_backticks_stands_somewhere_in_the_sources() -> None:
    everything = sources()

    names = {
        (page, name)
        for page, text in PAGES.items()
        for name in quoted_in(text)
        if not re.search(r"[\s{}=]", name)
        if name not in NOT_OURS | MADE_LATER and not name.startswith((*TOP, ".venv/"))
    }
    missing = [(page, name) for page, name in names if not stands_in(everything, name)]
    assert not missing, sorted(missing)


def stands_in(text: str, name: str) -> bool:
    # Not by one pattern that looks behind itself: it is tried at every letter of four million.
    found = (at.span() for at in re.finditer(re.escape(name.rstrip("/.")), text))
    around = (text[max(start - 1, 0) : start] + text[end : end + 1] for start, end in found)
    return any(not re.search(r"\w", letters) for letters in around)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_ours_can_be_called(page: str) -> None:
    modules = re.findall(r"python -m (benchmarks[\w.]*)", PAGES[page])

    assert [module for module in modules if find_spec(module.rstrip(".")) is None] == []


def test_what_to_change_is_named_with_its_test() -> None:
    tables, _ = PAGES["docs/changing.md"].split("## Four recipes")
    rows = re.findall(r"^\| (?!to change)[^-].*$", tables, flags=re.MULTILINE)

    assert len(rows) > 40
    assert [row for row in rows if "`tests/" not in row.split("|")[3]] == []


def test_each_decision_says_why_what_else_and_what_it_costs() -> None:
    _, *decisions = re.split(r"^### .*$", PAGES["docs/decisions.md"], flags=re.MULTILINE)
    texts = [decision.split("\n## ")[0] for decision in decisions]

    assert 12 <= len(texts) <= 15
    assert PAGES["docs/decisions.md"].count("\n## ") == 5
    for text in texts:
        assert re.findall(r"\*\*(.+?)\*\*", text) == [
            "We decided",
            "Because",
            "We rejected",
            "It costs",
        ]
        assert 80 <= len(text.split()) <= 150, text


def test_a_name_that_is_gone_is_missed() -> None:
    assert not stands_in(sources(), "a_name_that_nobody" + "_ever_gave")
    assert paths_in("see `aqua_core/rules/" + "gone.py`") == {"aqua_core/rules/" + "gone.py"}


@pytest.mark.parametrize(("shell", "commands"), [("bash", 2), ("bat", 2)])
def test_there_are_exactly_two_commands_for_each_system(shell: str, commands: int) -> None:
    blocks = re.findall(rf"```{shell}\n(.*?)```", README, flags=re.DOTALL)

    assert len(blocks) == commands
    assert all(len(block.strip().splitlines()) == 1 for block in blocks)


def test_every_column_of_the_csv_is_documented() -> None:
    rows = [
        f"| `{meaning.column.name}` | {meaning.form} | {meaning.column.holds} |"
        for meaning in MEANINGS
    ]
    assert [meaning.column.name for meaning in MEANINGS] == list(COLUMNS)
    assert re.findall(r"^\| `.*$", PAGES["docs/action-plan-csv.md"], flags=re.MULTILINE) == rows
