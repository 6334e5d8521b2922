"""A closed workshop tells nobody apart, and an erased one is in no file."""

import itertools
import secrets
import threading
import time
from pathlib import Path
from unittest.mock import Mock

import pytest

from aqua_core.errors import (
    ChoiceRefused,
    NoSuchWorkshop,
    NotSignedIn,
    Refusal,
    ScoringOpen,
    TooFast,
)
from aqua_core.store.closings import is_open
from aqua_core.store.database import close_database, copy_room, open_database, reading
from aqua_core.store.keeping import copies as anew
from aqua_core.store.seats import seat_key_of
from aqua_core.vocabulary import ActionDraft, Compare, Scale, Wording
from aqua_core.workshop.admitting import Caller, find_workshop
from aqua_core.workshop.choosing import give_guess
from aqua_core.workshop.closing import close_workshop, erase_workshop, stored_now
from aqua_core.workshop.joining import take_seat
from aqua_core.workshop.noting import give_reason, heard_so_far, write_down
from aqua_core.workshop.planning import capture_action
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import workshops_here
from aqua_core.workshop.showing import shown_now
from tests.kit import engines
from tests.kit.notation import DAY, INSTRUMENT, made, seated
from tests.kit.one_room import Filled, filled_in

KEYS = [domain.key for domain in INSTRUMENT.domains]


class Held:
    """A workshop that took place, with everything that could give somebody away."""

    def __init__(self, facilitator: Caller, *names: str) -> None:
        self.workshop = made(facilitator, *names)
        self.code = self.workshop.code
        self.seats = [
            seated(self.workshop, team.name) for team in self.workshop.teams for _ in range(4)
        ]
        open_scoring(facilitator, self.code, KEYS, guess=True)
        for said in ("Schafgarbe", "Kamille"):
            given = Wording(said=f"{said} of {names[0]}", with_team=True)
            give_reason(self.seats[0], self.code, KEYS[0], given, meant=1)
            give_guess(self.seats[0], self.code, KEYS[0], len(said) % 6, meant=1)
        for number, seat in enumerate(self.seats):
            for key in KEYS:
                submit_score(seat, self.code, key, (number + 1) % 6)
                submit_score(seat, self.code, key, number % 6)
        reveal(facilitator, self.code)
        write_down(facilitator, self.code, KEYS[0], f"heard by {names[0]} only")
        draft = ActionDraft(
            test=f"a test of {names[0]}",
            domain=KEYS[0],
            lead="Manager",
            partners=tuple(team.partner.id for team in self.workshop.teams[:2]),
            review_on=DAY,
            scale=Scale.MICRO,
        )
        capture_action(facilitator, self.code, draft, DAY)
        copy_room()

    def secrets_in_the_file(self) -> list[str]:
        with reading() as cursor:
            key = cursor.execute(
                "SELECT seat_key FROM seat_key WHERE workshop_id = $1", [self.workshop.id]
            ).fetchone()
            hashes = cursor.execute(
                "SELECT token_hash FROM seat WHERE workshop_id = $1", [self.workshop.id]
            ).fetchall()
        assert key
        return [key[0].hex(), *(token for (token,) in hashes)]


def bytes_beside(path: Path) -> bytes:
    """Give the bytes of every file in the folder of a room that is closed; or its rows."""
    if engines.POSTGRESQL:
        return engines.held_in(path)
    return b"\n".join(file.read_bytes() for file in path.parent.rglob("*") if file.is_file())


def everything_beside(path: Path) -> bytes:
    """Give the bytes of every file in the room's folder: close it, look, and open it again."""
    close_database()
    held = bytes_beside(path)
    open_database(path)
    return held


def found(wanted: str, held: bytes) -> bool:
    as_bytes = bytes.fromhex(wanted) if len(wanted) == 64 else wanted.encode()
    return wanted.encode() in held or as_bytes in held


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    folder = tmp_path_factory.mktemp("held")
    return filled_in(folder, lambda caller: Held(caller, "Zaubernuss Trust", "Wermut Council"))


@pytest.fixture
def held(filled: Filled, facilitator: Caller) -> Held:
    return filled.holds


def test_closing_keeps_the_results_and_lets_nobody_in_any_more(
    facilitator: Caller, held: Held
) -> None:
    before = shown_now(facilitator, held.code).gaps[Compare.TEAM]

    close_workshop(facilitator, held.code)

    assert stored_now(facilitator, held.code).closed
    assert shown_now(facilitator, held.code).gaps[Compare.TEAM] == before
    assert heard_so_far(facilitator, held.code, KEYS[0]).heard
    for act in (
        lambda: submit_score(held.seats[0], held.code, KEYS[0], 1),
        lambda: take_seat(held.seats[0], held.code, held.workshop.teams[0].id),
        lambda: take_seat(Caller(), held.code, held.workshop.teams[0].id),
    ):
        with pytest.raises(NoSuchWorkshop):
            act()
    for act in (
        lambda: open_scoring(facilitator, held.code, KEYS),
        lambda: reveal(facilitator, held.code),
    ):
        with pytest.raises(Refusal):
            act()


@pytest.mark.slow
def test_no_token_and_no_key_of_a_closed_workshop_is_in_any_file(
    room_file: Path, facilitator: Caller, held: Held
) -> None:
    wanted = [*held.secrets_in_the_file(), *(seat.seat for seat in held.seats)]
    before = everything_beside(room_file)
    assert [found(secret, before) for secret in wanted[:-8]] == [True] * len(wanted[:-8])

    close_workshop(facilitator, held.code)

    after = everything_beside(room_file)
    assert [secret for secret in wanted if found(secret, after)] == []
    assert found("Zaubernuss", after)
    assert (found("Schafgarbe", before), found("Schafgarbe", after)) == (True, False)
    assert found("Kamille", after)
    with reading() as cursor:
        assert cursor.execute("SELECT seat_id FROM reason").fetchall() == [("",)]


def test_rows_of_a_closed_workshop_stand_in_an_order_that_says_nothing_of_arrival(
    facilitator: Caller, held: Held
) -> None:
    close_workshop(facilitator, held.code)

    with reading() as cursor:
        for table, columns in (("vote", "workshop_id, domain, number, seat_id"), ("seat", "id")):
            rows = cursor.execute(f"SELECT {columns} FROM {table}").fetchall()
            assert rows == sorted(rows)
        kept = cursor.execute("SELECT min(sequence), max(sequence), count(*) FROM vote").fetchone()
    assert kept == (1, 1, 64)


def test_sealed_scores_are_revealed_before_a_workshop_is_closed(
    facilitator: Caller, held: Held
) -> None:
    open_scoring(facilitator, held.code, KEYS[:1])

    with pytest.raises(ScoringOpen):
        close_workshop(facilitator, held.code)

    assert not stored_now(facilitator, held.code).closed


@pytest.mark.slow
def test_nothing_of_an_erased_workshop_is_in_any_file_and_the_others_are_whole(
    room_file: Path, facilitator: Caller, held: Held
) -> None:
    other = Held(facilitator, "Salbei GPs", "Minze Board")
    before = shown_now(facilitator, other.code).gaps[Compare.TEAM]
    wanted = [
        "Schafgarbe of Zaubernuss",
        "Kamille of Zaubernuss",
        "Zaubernuss",
        "Wermut",
        held.workshop.id,
        *held.secrets_in_the_file(),
    ]
    wanted += [team.id for team in held.workshop.teams] + [f'"{held.code}"']
    assert all(found(secret, everything_beside(room_file)) for secret in wanted[:-1])

    erase_workshop(facilitator, held.code, held.code.lower())

    after = everything_beside(room_file)
    assert [secret for secret in wanted if found(secret, after)] == []
    assert [workshop.code for workshop in workshops_here(facilitator)] == [other.code]
    assert shown_now(facilitator, other.code).gaps[Compare.TEAM] == before
    with pytest.raises(NoSuchWorkshop):
        stored_now(facilitator, held.code)


@pytest.mark.slow
@pytest.mark.file
def test_an_erased_workshop_is_in_no_copy_that_brings_a_damaged_file_back(
    room_file: Path, facilitator: Caller, held: Held
) -> None:
    erase_workshop(facilitator, held.code, held.code)
    close_database()
    room_file.write_bytes(b"damaged")

    assert "brought back" in open_database(room_file).said
    assert workshops_here(facilitator) == ()


def test_the_code_is_typed_once_more_before_anything_is_erased(
    facilitator: Caller, held: Held
) -> None:
    with pytest.raises(ChoiceRefused, match="another code"):
        erase_workshop(facilitator, held.code, "2222")

    assert stored_now(facilitator, held.code).answers == 64


def test_only_the_facilitator_closes_or_erases(
    room_file: Path, facilitator: Caller, held: Held
) -> None:
    for caller in (Caller(), held.seats[0], Caller(facilitator=secrets.token_urlsafe(32))):
        for act in (
            lambda caller=caller: close_workshop(caller, held.code),
            lambda caller=caller: erase_workshop(caller, held.code, held.code),
            lambda caller=caller: stored_now(caller, held.code),
        ):
            with pytest.raises(NotSignedIn):
                act()

    assert not anew.is_promised(room_file)
    assert stored_now(facilitator, held.code).answers == 64


@pytest.mark.slow
@pytest.mark.file
def test_an_erasing_that_a_full_disk_cut_short_is_finished_at_the_next_start(
    room_file: Path, facilitator: Caller, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("aqua_core.store.keeping.copies.write_anew", full_disk)
        with pytest.raises(Refusal, match="start the app again: they go then"):
            erase_workshop(facilitator, held.code, held.code)
    close_database()
    assert anew.is_promised(room_file)
    assert found("Zaubernuss", bytes_beside(room_file))

    open_database(room_file)

    assert not anew.is_promised(room_file)
    close_database()
    assert not found("Zaubernuss", bytes_beside(room_file))
    open_database(room_file)


@pytest.mark.slow
@pytest.mark.file
def test_what_a_scanner_holds_back_does_not_keep_the_room_from_starting(
    room_file: Path, facilitator: Caller, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        held_back = Mock(wraps=anew, put_in_place=full_disk)
        patch.setattr("aqua_core.store.room_file.copies", held_back)
        with pytest.raises(Refusal, match="It is done"):
            erase_workshop(facilitator, held.code, held.code)
        close_database()

        assert "they go then" in open_database(room_file).said

    assert workshops_here(facilitator) == ()
    close_database()
    assert open_database(room_file).said == ""
    assert not anew.is_promised(room_file)


def test_no_vote_lands_in_a_workshop_that_is_being_erased(facilitator: Caller, held: Held) -> None:
    open_scoring(facilitator, held.code, KEYS)

    def vote(seat: Caller) -> None:
        for number in itertools.count():
            try:
                submit_score(seat, held.code, KEYS[number % 8], number % 6)
            except NoSuchWorkshop:
                return
            except TooFast:  # it goes on trying
                time.sleep(0.01)

    voting = [threading.Thread(target=vote, args=(seat,)) for seat in held.seats]
    for thread in voting:
        thread.start()
    erase_workshop(facilitator, held.code, held.code)
    for thread in voting:
        thread.join()

    with reading() as cursor:
        for table in ("vote", "seat", "team", "round"):
            assert cursor.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


@pytest.mark.file
def test_a_reader_that_began_before_leaves_no_fact_of_a_closed_workshop(
    facilitator: Caller, held: Held
) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def read() -> None:
        with reading() as cursor:
            inside.set()
            go_on.wait(5)
            assert is_open(cursor, find_workshop(cursor, held.code).id)
            seat_key_of(cursor, held.workshop.id)

    reader = threading.Thread(target=read)
    reader.start()
    inside.wait(5)
    closing = threading.Thread(target=close_workshop, args=(facilitator, held.code))
    closing.start()
    time.sleep(0.2)
    go_on.set()
    reader.join()
    closing.join()

    with reading() as cursor:
        assert seat_key_of(cursor, held.workshop.id) is None
    with pytest.raises(NoSuchWorkshop):
        take_seat(Caller(), held.code, held.workshop.teams[0].id)


def full_disk(*_: object) -> Path:
    raise OSError(28, "No space left on device")
