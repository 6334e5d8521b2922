"""A large laptop's file moves into a database and out again; and pg_dump's copy of it."""

import hashlib
import subprocess
import time
from pathlib import Path
from typing import Any, Final, NamedTuple

from aqua_core.store.connecting import connected
from aqua_core.store.keeping import journeys
from aqua_core.store.schema import lay_out
from aqua_core.store.travelling import TRAVELS, Columns
from aqua_core.workshop.moving import move_in, move_out
from tests.kit import engines
from tests.kit.notation import ALL

WORKSHOPS: Final = 57
SEATS: Final = 690  # each answers every domain: 57 times 690 times 8 votes are 314,640


class Moved(NamedTuple):
    """How many rows moved, the seconds each way took, and how many tables differ after it."""

    rows: int
    into: float
    out: float
    dumped: float
    restored: float
    differ: tuple[int, int, int]


def moved(folder: Path, cluster: engines.Cluster) -> Moved:
    """Move a file in, all of it out, and restore a dump of the database into another one."""
    path, out = folder / "room.duckdb", folder / "out.duckdb"
    columns = _made(path)
    address = cluster.make("moved")
    engines.database.prepare_shared(address)
    cluster.ask(engines._OURS, "moved")
    began = time.perf_counter()
    move_in(address, "", path)
    into = time.perf_counter()
    move_out(address, "", [f"{n:04}".translate(_LETTERS) for n in range(WORKSHOPS)], out)
    gone = time.perf_counter()
    dumped = _dumped(folder, cluster)
    with connected(path) as file, connected(out) as other:
        held, back = _hashes(file, columns), _hashes(other, columns)
        rows = sum(file.execute(f"SELECT count(*) FROM {t}").fetchall()[0][0] for t in TRAVELS)
    here, again = (
        _in_database(cluster.address(name, engines.OPERATOR), columns)
        for name in ("moved", "restored")
    )
    differ = tuple(sum(held[t] != other[t] for t in TRAVELS) for other in (here, back, again))
    return Moved(rows, into - began, gone - into, *dumped, differ)


_LETTERS: Final = str.maketrans("0123456789", "ABCDEFGHJK")


def _made(path: Path) -> Columns:
    """Fill a file with places of one workshop each, in which every seat has scored."""
    with connected(path) as file:
        lay_out(file, path)
        file.execute(
            "INSERT INTO place SELECT 'p' || n, 'Place ' || n, 'Sally', DATE '2026-11-22', NULL, "
            f"false, '' FROM range({WORKSHOPS}) AS each(n)"
        )
        for n in range(WORKSHOPS):
            code = f"{n:04}".translate(_LETTERS)
            file.execute(
                "INSERT INTO workshop (id, code, place, persona, held_on, holder, instrument, "
                "invented, ordinal, place_id) VALUES ($1, $2, '', '', DATE '2026-11-22', "
                "'one person a seat', '{}', false, $3, $4)",
                [f"w{n}", code, n, f"p{n}"],
            )
        file.execute(
            "INSERT INTO wave SELECT 'w-w' || n, 1, 'p' || n, 'measured', DATE '2026-11-22', '', "
            f"NULL, false FROM range({WORKSHOPS}) AS each(n)"
        )
        file.execute(
            f"INSERT INTO sitting SELECT 'w' || n, 'w-w' || n FROM range({WORKSHOPS}) t(n)"
        )
        every = f"FROM range({WORKSHOPS}) AS one(n), range({SEATS}) AS other(s)"
        file.execute(
            "INSERT INTO seat SELECT md5(n || ' ' || s), 'w' || n, 't' || n, md5('x' || s || n), "
            f"false {every}"
        )
        for domain in ALL:
            file.execute(
                f"INSERT INTO vote SELECT 'w' || n, '{domain}', 1, md5(n || ' ' || s), 1, "
                f"(n + s) % 6 {every}"
            )
        with journeys._opened(path.with_name("empty.duckdb"), path) as empty:
            return empty.columns


def _hashes(cursor: Any, columns: Columns) -> dict[str, str]:
    """Give a hash of the rows of each table, whatever order they lie in."""
    found = {}
    for table in TRAVELS:
        asked = f"SELECT {', '.join(columns[table])} FROM {table}"
        rows = sorted(map(repr, cursor.execute(asked).fetchall()))
        found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def _in_database(address: str, columns: Columns) -> dict[str, str]:
    from aqua_core.store.shared import lending  # where psycopg is not, this file still loads

    with lending.connected(address) as connection:
        return _hashes(lending.Lent(connection), columns)


def _dumped(folder: Path, cluster: engines.Cluster) -> tuple[float, float]:
    """Dump the database, and restore it into an empty one; give the seconds of each."""
    cluster.make("restored", "template0")
    dump, programs = folder / "room.dump", (engines.postgresql_or_exit() / "initdb").resolve()
    seconds = []
    for program, *words in (
        (
            "pg_dump",
            "--format=custom",
            f"--file={dump}",
            cluster.address("moved", engines.OPERATOR),
        ),
        (
            "pg_restore",
            f"--dbname={cluster.address('restored', engines.OPERATOR)}",
            "--no-owner",
            str(dump),
        ),
    ):
        began = time.perf_counter()
        subprocess.run([programs.with_name(program), *words], check=True)
        seconds.append(time.perf_counter() - began)
    return seconds[0], seconds[1]
