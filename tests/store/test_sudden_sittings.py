"""Killed while a sitting joins, or a wave or six tables are revealed: all of it, or nothing."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from aqua_core.store.database import close_database, open_database, reading
from aqua_core.vocabulary import Workshop
from aqua_core.workshop import sitting_apart
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.gathering import (
    bring_to_table,
    open_for_all,
    reveal_for_all,
    set_up_gathering,
)
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from tests.kit.notation import DAY, made, seated
from tests.kit.one_room import facilitating
from tests.kit.serving import ROOT
from tests.store import test_sudden_ends as watched

pytestmark = pytest.mark.file

POINTS = (3, 12)
TABLES = ("workshop", "seat", "vote", "round", "reveal", "gathered", "closing", "sitting")


def prepare(path: Path) -> None:
    """Leave a room in which a sitting waits sealed, and beside it the sealed file of another."""
    away = path.parent / "away.duckdb"
    open_database(path)
    caller = facilitating()
    day = made(caller, "Council", "Trust")
    here = sitting_apart.set_up_sitting(caller, day.code, DAY, DAY)
    for workshop, team in ((day, "Council"), (here, "Trust")):
        score(caller, workshop, team)
    sitting_id = sitting_apart.invite(caller, day.code, "The trust's board")
    invitation = sitting_apart.invitation(caller, day.code, sitting_id)
    (path.parent / "code").write_text(day.code)
    (path.parent / "key").write_text(caller.facilitator)
    close_database()
    open_database(away)
    other = facilitating()
    sitting = sitting_apart.open_invitation(other, invitation, DAY)
    score(other, sitting, "Trust")
    close_workshop(other, sitting.code)
    (path.parent / "sealed").write_bytes(sitting_apart.sealed_sitting(other, sitting.code))
    close_database()


def score(caller: Caller, workshop: Workshop, team: str) -> None:
    open_scoring(caller, workshop.code, ["culture", "workforce"])
    taps(workshop, team)


def taps(workshop: Workshop, team: str) -> None:
    for points in (1, 3, 5):
        seat = seated(workshop, team)
        for domain in ("culture", "workforce"):
            submit_score(seat, workshop.code, domain, points)


def join(path: Path) -> None:
    caller, code = watched.there(path)
    sitting_apart.join_sealed(caller, code, (path.parent / "sealed").read_bytes())


def reveal_together(path: Path) -> None:
    reveal(*watched.there(path))


def counted() -> dict[str, int]:
    with reading() as cursor:
        return {
            table: cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES
        }


def run(deed: str, path: Path, end_at: int = 0) -> int:
    """Do a deed in a process of its own, ended at a line; give how many lines it ran in all."""
    script = (
        "import os, sys; from pathlib import Path\n"
        "from tests.store import test_sudden_ends as watched, test_sudden_sittings as room\n"
        "watched._end_at[:] = [int(sys.argv[3])] if int(sys.argv[3]) else []\n"
        "getattr(room, sys.argv[1])(Path(sys.argv[2])); sys.settrace(None)\n"
        "print(len(watched._lines), flush=True); os._exit(0)\n"
    )
    words = [sys.executable, "-c", script, deed, str(path), str(end_at)]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode in (0, 9), ended.stderr.decode()
    return int(ended.stdout) if ended.returncode == 0 else 0


BEFORE = {"workshop": 2, "seat": 6, "vote": 12, "round": 4, "reveal": 0} | {
    "gathered": 0,
    "closing": 0,
    "sitting": 2,
}
AFTER = {
    "join": {"workshop": 3, "seat": 9, "vote": 18, "round": 6, "closing": 1, "sitting": 3},
    "reveal_together": {"seat": 9, "vote": 18, "reveal": 2, "gathered": 2},
}


@pytest.mark.long
@pytest.mark.parametrize("points", POINTS)
@pytest.mark.parametrize("deed", AFTER)
def test_a_kill_leaves_a_sitting_whole_outside_or_whole_inside(
    deed: str, points: int, tmp_path: Path
) -> None:
    whole = tmp_path / "whole" / "room.duckdb"
    whole.parent.mkdir()
    prepare(whole)
    first = tmp_path / "first" / "room.duckdb"
    shutil.copytree(whole.parent, first.parent)
    lines = run(deed, first)
    assert lines > points
    ends = []

    for point in range(points):
        path = tmp_path / str(point) / "room.duckdb"
        shutil.copytree(whole.parent, path.parent)
        run(deed, path, 1 + point * (lines - 1) // (points - 1))

        open_database(path)
        found = counted()
        close_database()
        assert found in (BEFORE, BEFORE | AFTER[deed]), point
        ends.append(found == BEFORE)
    assert {True, False} == set(ends)


def prepare_tables(path: Path) -> None:
    """Leave six tables of one gathering, at each of which somebody has scored."""
    open_database(path)
    caller = facilitating()
    gathering = set_up_gathering(caller, "Masterclass", DAY, [], DAY)
    for place in ("Bolton", "Manchester", "Oldham", "Salford", "Trafford", "Wigan"):
        workshop = made(caller, "Council", "Trust", place=place)
        bring_to_table(caller, gathering.code, workshop.code)
        if place == "Bolton":
            open_scoring(caller, workshop.code, ["culture", "workforce"])
        taps(workshop, "Council")
    (path.parent / "code").write_text(gathering.code)
    (path.parent / "key").write_text(caller.facilitator)
    close_database()


def reveal_tables(path: Path) -> None:
    reveal_for_all(*watched.there(path))


def open_tables(path: Path) -> None:
    open_for_all(*watched.there(path), ["finance"])


@pytest.mark.long
@pytest.mark.parametrize(
    ("deed", "table", "rows"), [("reveal_tables", "reveal", 12), ("open_tables", "round", 6)]
)
def test_a_kill_leaves_all_six_tables_or_none(
    deed: str, table: str, rows: int, tmp_path: Path
) -> None:
    whole = tmp_path / "whole" / "room.duckdb"
    whole.parent.mkdir()
    prepare_tables(whole)
    open_database(whole)
    before = counted()
    close_database()
    first = tmp_path / "first" / "room.duckdb"
    shutil.copytree(whole.parent, first.parent)
    lines = run(deed, first)
    ends = []

    for point in range(4):
        path = tmp_path / str(point) / "room.duckdb"
        shutil.copytree(whole.parent, path.parent)
        run(deed, path, 1 + point * (lines - 1) // 3)

        open_database(path)
        found = counted()
        close_database()
        assert found in (before, before | {table: before[table] + rows}), point
        ends.append(found == before)
    assert ends[0]
    assert not ends[-1]
