"""What pages are shown of a database that is shared: a tenth of a second old, and no older."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from aqua_core import live
from aqua_core.store import database, facts
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import reading, writing, writing_beside
from aqua_core.store.workshops import workshop_by_code
from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.account import Role
from aqua_core.workshop import hosting
from aqua_core.workshop.admitting import Caller, belonging, facilitating, role_of
from aqua_core.workshop.revealing import open_scoring
from aqua_core.workshop.scoring import submit_score
from tests.kit import engines
from tests.kit.hosting import joined, organisation
from tests.kit.notation import ALL, made, seated
from tests.store.test_lost_notices import Two, two, until

__all__ = ["two"]
pytestmark = pytest.mark.shared


@pytest.fixture
def workshop(facilitator: Caller, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    monkeypatch.setattr(facts, "GLANCE", 60.0)  # whatever else this machine does
    return made(facilitator, "Council", "Trust")


def changed_elsewhere(room_file: Path, persona: str) -> None:
    """Change a workshop as another process does; nothing is told of it."""
    name = engines._made[room_file.resolve()]
    engines.cluster().ask(f"UPDATE workshop SET persona = '{persona}'", name)


def asked(cursor: Cursor, code: str) -> str:
    found = workshop_by_code(cursor, code)
    return found.place.persona if found else ""


def shown(code: str) -> str:
    with reading(code) as cursor:
        return asked(cursor, code)


def test_a_page_asks_at_a_glance_and_a_deed_each_time(room_file: Path, workshop: Workshop) -> None:
    first = shown(workshop.code)
    changed_elsewhere(room_file, "Somebody else")

    assert shown(workshop.code) == first
    with writing_beside(workshop.code, "device") as cursor:
        assert asked(cursor, workshop.code) == "Somebody else"
        assert shown(workshop.code) == "Somebody else"  # for what is read inside of a deed too
    assert shown(workshop.code) == first


def test_a_glance_ends_by_itself(
    room_file: Path, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    shown(workshop.code)
    changed_elsewhere(room_file, "Somebody else")

    time.sleep(facts.GLANCE)

    assert facts.GLANCE == 0.1
    assert shown(workshop.code) == "Somebody else"


def test_what_this_process_changes_ends_it_at_once_and_a_vote_does_not(
    room_file: Path, facilitator: Caller, workshop: Workshop
) -> None:
    open_scoring(facilitator, workshop.code, ALL[:1])
    seat = seated(workshop, "Council")
    first = shown(workshop.code)
    changed_elsewhere(room_file, "Somebody else")

    submit_score(seat, workshop.code, ALL[0], 3)
    assert shown(workshop.code) == first
    with writing(workshop.code):
        pass
    assert shown(workshop.code) == "Somebody else"


def test_who_began_to_read_before_a_change_leaves_nothing_old_for_the_next(
    room_file: Path, workshop: Workshop
) -> None:
    with reading(workshop.code) as cursor:
        cursor.execute("SELECT 1")  # what it sees is fixed
        changed_elsewhere(room_file, "Somebody else")
        facts.happened()
        assert asked(cursor, workshop.code) != "Somebody else"

    assert shown(workshop.code) == "Somebody else"


def test_who_begins_a_deed_lets_pages_see_what_it_stands_on(
    room_file: Path, facilitator: Caller, workshop: Workshop
) -> None:
    shown(workshop.code)
    changed_elsewhere(room_file, "Somebody else")

    with facilitating(facilitator, workshop.code), ThreadPoolExecutor() as others:
        page = others.submit(shown, workshop.code)

    assert page.result() == "Somebody else"


def test_what_another_process_tells_ends_it_and_votes_alone_do_not(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "GLANCE", 60.0)
    kept = object()

    def asked_anew() -> bool:
        return facts.glance("anything", object) is not kept

    def told(*channels: live.Channel) -> bool:
        nonlocal kept
        kept = facts.glance("anything", object)
        before = live.revision("2345", live.Channel.ROOM)
        two.other.tell("2345", channels)
        assert until(lambda: live.revision("2345", live.Channel.ROOM) != before, 5)
        return asked_anew()

    assert not told(live.Channel.ROOM)
    assert told(live.Channel.ROOM, live.Channel.SEATS)


def test_what_one_organisation_was_shown_another_is_not(
    room_file: Path, workshop: Workshop
) -> None:
    theirs = organisation(room_file, "Another trust")
    shown(workshop.code)

    with belonging(theirs.facilitator) as (cursor, _):
        assert workshop_by_code(cursor, workshop.code) is None
    assert role_of(theirs.facilitator, workshop.code) is None


def test_a_role_is_asked_anew_once_it_was_changed(room_file: Path, workshop: Workshop) -> None:
    ours = organisation(room_file, "A trust")
    somebody = joined(ours.administrator, Role.FACILITATOR)
    assert role_of(somebody) is Role.FACILITATOR
    mine = hosting.people_now(somebody).mine

    hosting.close_account(ours.administrator, mine.id)

    assert role_of(somebody) is None


def test_who_asks_nothing_yet_has_its_turn_all_the_same(workshop: Workshop) -> None:
    """Else who works an answer out waits for a turn, and all who have one wait for the answer."""
    from aqua_core.store.shared import lending

    lends = database._here().reading  # without what the tests ask first for themselves

    entered, leave = threading.Barrier(lending.AT_ONCE + 1), threading.Event()
    ninth = threading.Event()

    def stay() -> None:
        with lends(workshop.code):
            entered.wait()
            leave.wait()

    def come() -> None:
        with lends(workshop.code):
            ninth.set()

    threads = [threading.Thread(target=stay) for _ in range(lending.AT_ONCE)]
    threads.append(threading.Thread(target=come))
    for thread in threads[:-1]:
        thread.start()
    entered.wait()
    threads[-1].start()
    waits = not ninth.wait(0.3)
    leave.set()
    for thread in threads:
        thread.join()

    assert waits
    assert ninth.is_set()
