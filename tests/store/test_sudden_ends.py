"""The room is killed at any line of what changes its file; the next start loses nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from aqua_core.store.database import (
    close_database,
    copy_room,
    open_database,
    writing_anew,
)
from aqua_core.store.keeping.copies import copies_in, folder_of
from aqua_core.store.keeping.restoring import restore
from tests.kit.noted import keep, kept
from tests.kit.serving import ROOT

WATCHED = ("keeping", "room_file.py", "database.py")
POINTS = 14


def prepare(path: Path) -> None:
    open_database(path)
    keep("a", "b", "c")
    copy_room()
    keep("d", "e")


def erase_b(path: Path) -> None:
    open_database(path)
    begin_to_count()
    with writing_anew() as cursor:
        cursor.execute("DELETE FROM note WHERE heard = 'b'")


def mend(path: Path) -> None:
    path.write_bytes(b"damaged")
    begin_to_count()
    open_database(path)


def put_back(path: Path) -> None:
    (oldest,) = [each for each in copies_in(folder_of(path)) if int(each.stem) == 3]
    begin_to_count()
    restore(path, oldest)


def copy(path: Path) -> None:
    open_database(path)
    begin_to_count()
    copy_room()


ALL = set("abcde")
# What may stand after a kill: nothing was done, or all of it.
AFTER = {
    "erase_b": [ALL, ALL - {"b"}],
    "mend": [ALL],
    "put_back": [ALL, set("abc")],
    "copy": [ALL],
}

_lines: list[int] = []
_end_at: list[int] = []


def begin_to_count() -> None:
    """From here on, count the lines that run in the store, and end at the one that was asked."""
    sys.settrace(_watch)


def _watch(frame, event, _):
    if not any(each in frame.f_code.co_filename for each in WATCHED):
        return None
    if event == "line":
        _lines.append(1)
        if _end_at and len(_lines) == _end_at[0]:
            sys.stdout.flush()
            os._exit(9)
    return _watch


def run(deed: str, path: Path, end_at: int = 0) -> int:
    """Do a deed in a process of its own, ended at a line; give how many lines it ran in all."""
    script = (
        "import json, os, sys; from pathlib import Path\n"
        "from tests import test_sudden_ends as room\n"
        "room._end_at[:] = [int(sys.argv[3])] if int(sys.argv[3]) else []\n"
        "getattr(room, sys.argv[1])(Path(sys.argv[2])); sys.settrace(None)\n"
        "print(json.dumps(len(room._lines)), flush=True); os._exit(0)\n"
    )
    words = [sys.executable, "-c", script, deed, str(path), str(end_at)]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode in (0, 9), ended.stderr
    return json.loads(ended.stdout) if ended.returncode == 0 else 0


@pytest.mark.long
@pytest.mark.parametrize("deed", AFTER)
def test_a_kill_at_any_line_leaves_the_room_as_before_or_as_after(
    deed: str, tmp_path: Path
) -> None:
    whole = tmp_path / "whole" / "room.duckdb"
    run("prepare", whole)
    lines = run(deed, whole)
    assert lines > POINTS

    for point in range(POINTS):
        path = tmp_path / str(point) / "room.duckdb"
        run("prepare", path)
        run(deed, path, 1 + point * (lines - 1) // (POINTS - 1))

        said = open_database(path).said
        found = kept()
        keep("later")
        close_database()

        assert found in AFTER[deed], (point, said)
        assert open_database(path).said == "", point
        assert kept() == found | {"later"}
        close_database()
        if "b" not in found:
            held = [each for each in path.parent.rglob("*") if each.is_file()]
            assert all(notes_in(each) <= found | {"later"} for each in held), point


def notes_in(path: Path) -> set[str]:
    """Give the notes that a file holds as a database; none where it is no database."""
    try:
        with duckdb.connect(str(path), read_only=True) as held:
            return {heard for (heard,) in held.execute("SELECT heard FROM note").fetchall()}
    except duckdb.Error:
        return set()
