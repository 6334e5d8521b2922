"""The engine that the tests run on: the room's file, or PostgreSQL in a cluster thrown away after.

`TEST_ENGINE=postgresql` chooses it. Whatever then opens a room by a path gets a database of its
own that stands for that path, so no test has to know. Tests marked `file` are of the file alone.
"""

import atexit
import importlib
import os
import pkgutil
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from aqua_core import live, workshop
from aqua_core.store import database, schema
from aqua_core.store.connecting import Cursor
from aqua_core.store.facts import is_shared
from aqua_core.store.keeping.mending import Mended
from aqua_core.store.seats import SignedIn, add_facilitator
from aqua_core.store.shared import accounts
from aqua_core.workshop import opening, signing_in
from aqua_core.workshop.admitting import new_secret, plain_hash
from aqua_core.workshop.signing_in import end_sign_ins_of_last_run
from aqua_core.workshop.tries import MINUTE

POSTGRESQL: Final = os.environ.get("TEST_ENGINE", "") == "postgresql"
OPERATOR: Final = "operator"
TESTS: Final = "tests"  # the organisation of a test that speaks of none, and its administrator
_PREPARED: Final = "prepared"
_WIDE: Final = 4_000_000_000  # bytes free: a container's memory folder may hold 64 MB
_USUAL: Final = {"listen_addresses": "", "max_connections": "300"}
_FAST: Final = {
    **{"shared_buffers": "64MB", "autovacuum": "off"},
    **{"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"},
}
# What an operator may well have set, and what must still bring nothing of a seat into the log.
TALKATIVE: Final = {
    **{"log_parameter_max_length_on_error": "-1", "log_min_error_statement": "debug5"},
    **{"log_lock_waits": "on", "deadlock_timeout": "100ms", "log_error_verbosity": "verbose"},
}


def postgresql_or_exit() -> Path:
    """Give the folder of PostgreSQL's programs; without them end the run with one line."""
    named = shutil.which("initdb")
    found = [Path(named)] if named else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.exit("TEST_ENGINE=postgresql needs PostgreSQL: apt-get install postgresql", 4)
    return found[-1].parent


class Cluster:
    """A PostgreSQL of these tests alone, on a socket in a folder of memory where there is one.

    One that is `durable` lies on the disk, and forgets nothing that it acknowledged. Rooms are
    opened by an ordinary role, "room".
    """

    def __init__(self, *, durable: bool = False, **settings: str) -> None:
        self._programs = postgresql_or_exit()
        memory = Path("/dev/shm")
        is_wide = memory.is_dir() and shutil.disk_usage(memory).free > _WIDE and not durable
        self.folder = Path(tempfile.mkdtemp(prefix="room-", dir=memory if is_wide else None))
        self._settings = _USUAL | TALKATIVE | ({} if durable else _FAST) | settings
        self._log = self.folder / "log"
        self._as_other = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._as_other:
            shutil.chown(self.folder, "postgres")
        atexit.register(self.end)
        letters = ("--encoding=UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8")
        self._run("initdb", "--no-sync", "-A", "trust", "-U", OPERATOR, *letters, "-D", self._data)
        self.start()
        self.ask("CREATE ROLE room LOGIN CREATEDB")  # for an operator no policy holds

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def start(self) -> None:
        settings = {"unix_socket_directories": str(self.folder)} | self._settings
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        self._run("pg_ctl", "-w", "-D", self._data, "-l", str(self._log), "-o", options, "start")

    def stop(self, how: str = "immediate") -> None:
        self._run("pg_ctl", "-D", self._data, "-m", how, "stop")

    def end(self) -> None:
        atexit.unregister(self.end)
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def kill(self) -> None:
        """Kill it as a crash of its machine would: nothing is said to anybody."""
        first_line, *_ = Path(self._data, "postmaster.pid").read_text().splitlines()
        os.kill(int(first_line), signal.SIGKILL)

    def logged(self) -> str:
        """Give all that it has written into its log so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def address(self, name: str, user: str = "room") -> str:
        return f"postgresql://{user}@/{name}?host={self.folder}"

    def make(self, name: str, like: str = "template1") -> str:
        """Make a database, a copy of another one; give its address."""
        self.ask(f'CREATE DATABASE "{name}" OWNER room TEMPLATE "{like}"')
        return self.address(name)

    def ask(
        self, sql: str, name: str = "postgres", user: str = OPERATOR
    ) -> list[tuple[object, ...]]:
        """Ask as who runs the database, and sees the rows of every organisation."""
        from aqua_core.store.shared import lending

        with lending.connected(self.address(name, user)) as connection:
            found = connection.execute(sql.encode())
            return found.fetchall() if found.description else []

    def _run(self, program: str, *words: str) -> None:
        command = [*self._as_other, str(self._programs / program), *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


@cache
def cluster() -> Cluster:
    """Give the cluster of this run, with one prepared database to copy."""
    made = Cluster()
    database.prepare_shared(made.make(_PREPARED))
    made.ask(_OURS, _PREPARED)
    return made


_numbers: Final = count()
_empty: Final[list[str]] = []
_OURS: Final = f"""
    INSERT INTO organisation (id, name) VALUES ('{TESTS}', 'Tests') ON CONFLICT DO NOTHING;
    INSERT INTO account (id, organisation_id, name, role, since)
    VALUES ('{TESTS}', '{TESTS}', 'Somebody', 'administrator', current_date) ON CONFLICT DO NOTHING
"""
_EMPTY: Final = f"""
    SET session_replication_role = replica;  -- in any order, and no trigger keeps anything
    DO $$ DECLARE held text; found boolean; BEGIN
        FOR held IN SELECT tablename FROM pg_tables
            WHERE schemaname = 'public' AND tablename NOT IN ('schema_version', 'deed')
        LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %I)', held) INTO found;
            IF found THEN EXECUTE format('DELETE FROM %I', held); END IF;
        END LOOP;
    END $$;
    {_OURS}
"""
_made: Final[dict[Path, str]] = {}  # the database that stands for a room's file, by its path


def address_of(path: Path) -> str:
    """Give the address of the database that stands for a room's file; it is made when first asked.

    A mark lies where the file would: a folder that is copied brings a copy of the database.
    """
    path, mark = path.resolve(), path.with_suffix(".database")
    if path not in _made:
        if mark.exists() or not _empty:
            _made[path] = f"room{next(_numbers)}"
            cluster().make(_made[path], mark.read_text() if mark.exists() else _PREPARED)
        else:
            _made[path] = _empty.pop()
        path.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(_made[path])
    return cluster().address(_made[path])


def let_go_under(folder: Path) -> None:
    """Empty the databases that stand for files in a folder, for the next: a new one takes 0.1 s."""
    for path in [path for path in _made if path.is_relative_to(folder.resolve())]:
        path.with_suffix(".database").unlink(missing_ok=True)
        emptied = _made.pop(path)
        cluster().ask(_EMPTY, emptied)
        _empty.append(emptied)


def open_here(path: Path) -> Mended:
    """Open the database that stands for a room's file, as `open_database` opens the file."""
    if not database._open:
        database.open_shared(address_of(path))
        live.heard_of_anything()  # a copy of the room before has the same codes
    return Mended()


def held_in(path: Path) -> bytes:
    """Give all that a closed room's file holds; of a database every row, as text."""
    if not POSTGRESQL:
        return path.read_bytes()
    name = _made[path.resolve()]
    tables = cluster().ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", name)
    asked = " UNION ALL ".join(f"SELECT held::text FROM {table} AS held" for (table,) in tables)
    return "\n".join(str(row) for (row,) in cluster().ask(asked, name)).encode()


def let_a_minute_pass(clock: list[float]) -> None:
    """Let a minute pass on a test's own clock, and by what a database has counted until then."""
    clock[0] += MINUTE
    if POSTGRESQL:
        with database.writing() as cursor:
            cursor.execute("UPDATE passing SET ends = ends - $1::float8", [MINUTE])


@contextmanager
def looking_into(path: Path) -> Iterator[Any]:
    """Open the room at a path beside the server that has it, to read what it holds."""
    if POSTGRESQL:
        from aqua_core.store.shared import lending

        address_of(path)
        with lending.connected(cluster().address(_made[path.resolve()], OPERATOR)) as connection:
            yield connection
    else:
        with duckdb.connect(str(path), read_only=True) as file:
            yield file


open_file: Final = database.open_database  # of a laptop, whatever the tests run on
_tables_of_file: Final = schema.tables_of


def _tables_of(cursor: Cursor) -> tuple[str, ...]:
    if isinstance(cursor, duckdb.DuckDBPyConnection):
        return _tables_of_file(cursor)
    rows = cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    ).fetchall()
    return tuple(name for (name,) in rows)


def use_postgresql() -> None:
    """Have every test open databases instead of files. Call it before a test is imported."""
    for part in pkgutil.iter_modules(workshop.__path__, "aqua_core.workshop."):
        importlib.import_module(part.name)  # what the product has asks for its organisation itself
    for lent in ("reading", "writing", "writing_beside", "writing_anew"):
        setattr(database, lent, _as_ours(getattr(database, lent)))
    signing_in.add_facilitator = sign_in_ours
    database.open_database = open_here
    database.copy_room = lambda: True  # its operator's affair
    schema.tables_of = _tables_of
    opening.open_room = _open_room


def _as_ours(lent: Callable[..., Any]) -> Callable[..., Any]:
    """Let what a test asks for itself see the rows of the organisation of tests."""

    @contextmanager
    def lending_ours(*asked: str) -> Iterator[Cursor]:
        with lent(*asked) as cursor:
            if is_shared():
                cursor.execute(f"SET LOCAL room.organisation = '{TESTS}'")  # no first question
            yield cursor

    return lending_ours


def sign_in_ours(cursor: Cursor, signed_in: SignedIn) -> None:
    """Let whoever signs in as on a laptop be the administrator of the tests' organisation."""
    if not is_shared():
        add_facilitator(cursor, signed_in)
        return
    for statement in _OURS.split(";"):
        cursor.execute(statement)
    accounts.sign_in(cursor, signed_in, TESTS)


def administrator() -> str:
    """Sign an administrator in to the open database; give the secret of the cookie."""
    secret = new_secret()
    with database.writing() as cursor:
        sign_in_ours(cursor, SignedIn(plain_hash(secret), "", date.today(), by_passphrase=False))
    return secret


def _open_room(path: Path) -> None:
    open_here(path)
    end_sign_ins_of_last_run()


if POSTGRESQL:
    use_postgresql()
