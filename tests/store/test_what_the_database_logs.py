"""What a shared database writes into its own log: nothing that a seat gave.

Its operator reads that log, and sends it to whoever helps. Run where TEST_ENGINE=postgresql.
"""

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from aqua_core.errors import FileUnusable
from aqua_core.store import database
from aqua_core.store.database import writing
from aqua_core.vocabulary import Wording
from aqua_core.workshop.noting import give_reason
from aqua_core.workshop.opening import close_room, open_shared_room, prepare_room
from aqua_core.workshop.revealing import open_scoring
from tests.kit import engines
from tests.kit.notation import ALL, made, seated
from tests.kit.one_room import facilitating as signed_in

pytestmark = pytest.mark.shared
WORDS = "Zaubernuss Wermut"  # nobody else writes so


@pytest.fixture
def own() -> Iterator[engines.Cluster]:
    """Give a cluster whose log this test alone writes."""
    cluster = engines.Cluster()
    database.prepare_shared(cluster.make("room"))
    yield cluster
    close_room()
    cluster.end()


def broken_off(own: engines.Cluster, folder: Path) -> None:
    """Change a line beside a score; break its statement off while it waits for another's row."""
    open_shared_room(own.address("room"))
    caller = signed_in()
    workshop = made(caller, "Council", "Trust")
    seat = seated(workshop, "Council")
    open_scoring(caller, workshop.code, ALL)

    def write(said: str) -> None:
        give_reason(seat, workshop.code, ALL[0], Wording(said=said, with_team=False), meant=1)

    def write_in_vain() -> None:
        with pytest.raises(FileUnusable, match="Not saved"):
            write(WORDS)

    write("We meet, and nobody decides.")
    with writing("WXYZ") as cursor:
        cursor.execute(
            "INSERT INTO reason (id, sequence, workshop_id, domain, number, seat_id, said, team_id)"
            " SELECT id, 2, workshop_id, domain, number, seat_id, said, team_id FROM reason"
        )
        writes = threading.Thread(target=write_in_vain)
        writes.start()
        while not cursor.execute(
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity "
            "WHERE wait_event = 'transactionid' AND query LIKE 'INSERT INTO reason%' "
            "AND clock_timestamp() - query_start > '0.3s'"
        ).fetchall():
            time.sleep(0.05)
            cursor.execute("SELECT pg_stat_clear_snapshot()")
        writes.join()


def test_a_statement_that_waits_or_is_broken_off_brings_no_word_into_the_log(
    own: engines.Cluster, tmp_path: Path
) -> None:
    broken_off(own, tmp_path)

    said = own.logged()
    assert "still waiting for ShareLock" in said
    assert "canceling statement due to user request" in said
    assert re.search(r"STATEMENT:\s+INSERT INTO reason", said)
    assert WORDS not in said
    assert "parameters" not in said


def test_without_our_setting_the_same_log_holds_the_words(
    own: engines.Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aqua_core.store.shared import lending

    monkeypatch.setattr(lending, "_LIMITS", "SET lock_timeout = '15s'")

    broken_off(own, tmp_path)

    assert WORDS in own.logged()


WRITES = {
    "log_statement": ("mod", "all"),
    "log_min_duration_statement": ("0", "1000"),
    "log_min_duration_sample": ("100",),
    "log_transaction_sample_rate": ("0.5",),
}


@pytest.mark.parametrize(
    ("setting", "value"), [(name, value) for name, values in WRITES.items() for value in values]
)
def test_a_database_that_logs_what_statements_carry_is_refused_until_its_role_keeps_it(
    empty: str, tmp_path: Path, setting: str, value: str
) -> None:
    prepare_room(empty)
    told = rf"into its log \({setting}\)\..*ALTER ROLE room SET log_parameter_max_length = 0"
    set_for_the_role(setting, value)

    for opens in (lambda: prepare_room(empty), lambda: open_shared_room(empty)):
        with pytest.raises(FileUnusable, match=told):
            opens()

    set_for_the_role("log_parameter_max_length", "0")
    open_shared_room(empty)


@pytest.mark.parametrize(
    ("setting", "value"), [("log_statement", "ddl"), ("log_min_error_statement", "debug5")]
)
def test_a_log_without_what_statements_carry_is_the_operators_own_affair(
    empty: str, tmp_path: Path, setting: str, value: str
) -> None:
    prepare_room(empty)
    set_for_the_role(setting, value)

    open_shared_room(empty)


def test_plans_in_the_log_are_refused_for_they_hold_values_whatever_the_role_keeps(
    empty: str, tmp_path: Path
) -> None:
    prepare_room(empty)
    set_for_the_role("log_parameter_max_length", "0")
    set_for_the_role("session_preload_libraries", "auto_explain")
    set_for_the_role("auto_explain.log_min_duration", "0")

    with pytest.raises(FileUnusable, match=r"\(auto_explain.log_min_duration\)\. .* turn it off"):
        open_shared_room(empty)


def set_for_the_role(setting: str, value: str) -> None:
    engines.cluster().ask(f"ALTER ROLE room SET {setting} = '{value}'")


@pytest.fixture
def empty() -> Iterator[str]:
    """Give the address of an empty database, and take back what a test set for its role."""
    yield engines.cluster().make("empty")
    close_room()
    engines.cluster().ask("ALTER ROLE room RESET ALL")
    engines.cluster().ask("DROP DATABASE empty WITH (FORCE)")
