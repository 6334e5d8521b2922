"""The room is killed at any line of what changes its file; the next start loses nothing.

Seven deeds, each killed at 29 lines spread over it: 203 kills. At three lines a reveal is not long.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from aqua_core.store.database import (
    close_database,
    copy_room,
    open_database,
    reading,
    writing_anew,
)
from aqua_core.store.keeping.copies import copies_in, folder_of
from aqua_core.store.keeping.restoring import restore
from aqua_core.vocabulary import Holder
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.exporting import open_pack, session_pack
from aqua_core.workshop.revealing import open_scoring, reveal, take_back
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in
from tests.kit.notation import made, seated
from tests.kit.noted import keep, kept
from tests.kit.serving import ROOT

pytestmark = pytest.mark.file

WATCHED = ("keeping", "room_file.py", "database.py")

CODE, KEY = "code", "key"


def prepare(path: Path) -> None:
    open_database(path)
    caller = Caller(facilitator=sign_in(new_sign_in_link()))
    brought = made(caller, "GPs", "Minze", place="Wigan")
    open_scoring(caller, brought.code, ["culture"])
    submit_score(seated(brought, "GPs"), brought.code, "culture", 2)
    reveal(caller, brought.code)
    (path.parent / "pack").write_bytes(session_pack(caller, brought.code))
    erase_workshop(caller, brought.code, brought.code)
    workshop = made(caller, "Council", "Trust", holder=Holder.LAPTOP)
    open_scoring(caller, workshop.code, ["culture"])
    submit_score(seated(workshop, "Council"), workshop.code, "culture", 4)
    (path.parent / CODE).write_text(workshop.code)
    (path.parent / KEY).write_text(caller.facilitator)
    keep("a", "b", "c")
    copy_room()
    keep("d", "e")


def there(path: Path) -> tuple[Caller, str]:
    """Open the room and count from here; give its facilitator and its code."""
    open_database(path)
    begin_to_count()
    return Caller(facilitator=(path.parent / KEY).read_text()), (path.parent / CODE).read_text()


def reveal_it(path: Path) -> None:
    reveal(*there(path))


def close_it(path: Path) -> None:
    caller, code = there(path)
    take_back(caller, code, {"culture": 1})
    close_workshop(caller, code)


def bring_in(path: Path) -> None:
    caller, _ = there(path)
    open_pack(caller, (path.parent / "pack").read_bytes())


def standing() -> set[str]:
    """Give the notes, and what else stands that a deed does."""
    with reading() as cursor:
        rows = {
            table: cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("reveal", "closing", "brought", "vote")
        }
    assert rows["vote"] == 1
    assert rows["brought"] <= rows["closing"]
    return kept() | {table for table, count in rows.items() if count and table != "vote"}


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
    newest, *_ = copies_in(folder_of(path))
    begin_to_count()
    restore(path, newest)


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
    "reveal_it": [ALL, ALL | {"reveal"}],
    "close_it": [ALL, ALL | {"closing"}],
    "bring_in": [ALL, ALL | {"reveal", "closing", "brought"}],
}
KILLS = [
    pytest.param("reveal_it", 3, marks=pytest.mark.slow),
    *(pytest.param(deed, 29, marks=pytest.mark.long) for deed in AFTER),
]

_lines: list[int] = []
_end_at: list[int] = []


def begin_to_count() -> None:
    """From here on, count the lines that run in the store, and end at the one that was asked."""
    sys.settrace(_watch)


def _watch(frame, event, _):
    if not any(part in frame.f_code.co_filename for part in WATCHED):
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
        "from tests.store import test_sudden_ends as room\n"
        "room._end_at[:] = [int(sys.argv[3])] if int(sys.argv[3]) else []\n"
        "getattr(room, sys.argv[1])(Path(sys.argv[2])); sys.settrace(None)\n"
        "print(json.dumps(len(room._lines)), flush=True); os._exit(0)\n"
    )
    words = [sys.executable, "-c", script, deed, str(path), str(end_at)]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode in (0, 9), ended.stderr
    return json.loads(ended.stdout) if ended.returncode == 0 else 0


@pytest.mark.long
@pytest.mark.parametrize(("deed", "points"), KILLS)
def test_a_kill_at_any_line_leaves_the_room_as_before_or_as_after(
    deed: str, points: int, tmp_path: Path
) -> None:
    whole = tmp_path / "whole" / "room.duckdb"
    run("prepare", whole)
    first = tmp_path / "first" / "room.duckdb"
    shutil.copytree(whole.parent, first.parent)
    lines = run(deed, first)
    assert lines > points

    for point in range(points):
        path = tmp_path / str(point) / "room.duckdb"
        shutil.copytree(whole.parent, path.parent)
        run(deed, path, 1 + point * (lines - 1) // (points - 1))

        said = open_database(path).said
        found = standing()
        keep("later")
        close_database()

        assert found in AFTER[deed], (point, said)
        assert open_database(path).said == "", point
        assert standing() == found | {"later"}
        close_database()
        if "b" not in found:
            held = [file for file in path.parent.rglob("*") if file.is_file()]
            assert all(notes_in(room) <= found | {"later"} for room in held), point


def notes_in(path: Path) -> set[str]:
    """Give the notes that a file holds as a database; none where it is no database."""
    try:
        with duckdb.connect(str(path), read_only=True) as held:
            return {heard for (heard,) in held.execute("SELECT heard FROM note").fetchall()}
    except duckdb.Error:
        return set()
