"""The walls of the house: who may import whom."""

import ast
import importlib
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WORDS = {"aqua_core.vocabulary", "aqua_core.errors"}

# What each room may import of ours. docs/architecture.md holds the same.
MAY_IMPORT = {
    "aqua_core/errors.py": set(),
    "aqua_core/vocabulary": WORDS,
    "aqua_core/plain_file.py": WORDS,
    "aqua_core/instrument.py": {*WORDS, "aqua_core.plain_file"},
    "aqua_core/published.py": {*WORDS, "aqua_core.plain_file"},
    "aqua_core/rules": {*WORDS, "aqua_core.rules"},
    "aqua_core/store": {*WORDS, "aqua_core.store"},
    "aqua_core/charts": {"aqua_core.vocabulary", "aqua_core.charts"},
    # Files that leave say what screens say, so they share the sentences beside the pictures.
    "aqua_core/exports": {
        *WORDS,
        "aqua_core.rules",
        "aqua_core.charts.words",
        "aqua_core.charts.layout.names",
        "aqua_core.charts.sentences",
        "aqua_core.exports",
    },
    "aqua_core/live.py": {"aqua_core.vocabulary"},
    "aqua_core/workshop": {
        *WORDS,
        "aqua_core.plain_file",
        "aqua_core.instrument",
        "aqua_core.published",
        "aqua_core.rules",
        "aqua_core.store",
        "aqua_core.live",
        "aqua_core.exports",
        "aqua_core.workshop",
    },
    "pages": {
        *WORDS,
        "aqua_core.instrument",
        "aqua_core.published",
        "aqua_core.workshop",
        "aqua_core.charts",
        "aqua_core.live",
        "pages",
    },
    "app.py": {"pages"},
}
ONLY_IN = {
    "streamlit": ("pages", "app.py"),
    "starlette": ("pages/_server", "app.py"),
    "duckdb": ("aqua_core/store",),
    "psycopg": ("aqua_core/store/shared",),
    "authlib": ("pages/_server/directory.py",),
    "httpx2": ("pages/_server/directory.py",),
    "altair": ("aqua_core/charts", "pages/_drawing.py", "pages/_server/life.py"),
    "segno": ("pages/_address.py",),
    "pyarrow": ("pages/_server/life.py", "aqua_core/store/given.py"),
    "xlsxwriter": ("aqua_core/exports/workbook.py",),
}


def sources() -> Iterator[tuple[str, set[str]]]:
    for path in [ROOT / "app.py", *ROOT.glob("aqua_core/**/*.py"), *ROOT.glob("pages/**/*.py")]:
        yield path.relative_to(ROOT).as_posix(), imported(path)


@cache
def imported(path: Path) -> set[str]:
    """Give what a source imports by its whole name, and what it uses of a module it imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bound: dict[str, str] = {}
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
            bound |= {alias.asname: alias.name for alias in node.names if alias.asname}
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: name the whole path of an import"
            whole = {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
            names |= {node.module, *whole.values()}
            bound |= whole
    return names | set(used(tree, bound, names))


def used(tree: ast.AST, bound: dict[str, str], names: set[str]) -> Iterator[str]:
    """Give the whole name of each `gaps.gaps_of` of which `gaps` was imported."""
    for node in ast.walk(tree):
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if parts and isinstance(node, ast.Name):
            whole = ".".join([bound.get(node.id, node.id), *reversed(parts)])
            if node.id in bound or within(whole, names):
                yield whole


def within(name: str, rooms: set[str]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def room_of(source: str) -> str | None:
    return next(
        (room for room in MAY_IMPORT if source == room or source.startswith(f"{room}/")), None
    )


@pytest.mark.parametrize(("source", "names"), list(sources()))
def test_a_room_imports_only_what_its_wall_allows(source: str, names: set[str]) -> None:
    ours = {name for name in names if name.split(".")[0] in {"aqua_core", "pages"}}
    ours -= {"aqua_core", "pages"}

    room = room_of(source)

    if room is None:
        assert source == "aqua_core/__init__.py", f"{source} stands in no room"
        return
    assert {name for name in ours if not within(name, MAY_IMPORT[room])} == set()


def test_the_map_in_the_docs_shows_the_same_walls() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = page.split("| part | also imports |")[1].split("\n\n")[0]
    drawn = {
        part.rstrip("/"): {module_of(named) for named in re.findall(r"`(.+?)`", also)}
        for parts, also in re.findall(r"^\| (.+?) \|(.*)\|$", table, flags=re.MULTILINE)
        for part in re.findall(r"`(.+?)`", parts)
    }

    assert drawn == {part: names - WORDS - {module_of(part)} for part, names in MAY_IMPORT.items()}


def module_of(path: str) -> str:
    named = path.rstrip("/").removesuffix(".py").removeprefix("aqua_core/").replace("/", ".")
    return named if named == "pages" else f"aqua_core.{named}"


@pytest.mark.parametrize(("source", "names"), list(sources()))
def test_a_library_stays_in_its_room(source: str, names: set[str]) -> None:
    strangers = {
        name
        for name in names
        for library, rooms in ONLY_IN.items()
        if within(name, {library})
        and not any(source == room or source.startswith(f"{room}/") for room in rooms)
    }

    assert strangers == set()


def test_only_workshop_and_store_touch_the_database() -> None:
    opening = {
        source
        for source, names in sources()
        if any(within(name, {"aqua_core.store"}) for name in names)
    }

    assert all(source.startswith(("aqua_core/workshop/", "aqua_core/store/")) for source in opening)


def test_nothing_stands_at_the_top_without_a_reason() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    allowed = {
        *("app.py", "pages", "aqua_core", "data", "tests", "requirements.txt", "README.md"),
        *(".streamlit", ".ci", "pyproject.toml", "requirements-dev.txt", "CHANGELOG.md"),
        *("LICENSE", ".gitignore", "docs", "benchmarks", "requirements-hosted.txt"),
        "deploy",  # how a hosted room is put up: nothing of the app reads it
    }

    assert {Path(line).parts[0] for line in listed} <= allowed


def test_every_benchmark_loads() -> None:
    """A name that moves in the product is not missed by a command that is run once a month."""
    for path in sorted((ROOT / "benchmarks").rglob("*.py")):
        if path.stem != "__main__":
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            importlib.import_module(module.removesuffix(".__init__"))


def test_a_button_that_changes_its_look_has_a_key() -> None:
    """Without one its look is part of which button it is, and a press meets one that is gone."""
    changing = {
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in ROOT.glob("pages/**/*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "button"
        for given in [{keyword.arg: keyword.value for keyword in call.keywords}]
        if "type" in given and not isinstance(given["type"], ast.Constant)
        if "key" not in given
    }

    assert changing == set()
