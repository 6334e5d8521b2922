"""Who guesses at several processes of one room has as many tries as at one."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from aqua_core.errors import NoSuchCode, PassphraseRefused, TooManyTries
from aqua_core.store.database import close_database, reading, writing
from aqua_core.workshop import pairing, signing_in
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.pairing import offer_seat, take_over
from aqua_core.workshop.signing_in import set_passphrase, sign_in_by_passphrase
from aqua_core.workshop.tries import Guesses, TriesOfAll
from tests.kit.notation import made, seated

pytestmark = pytest.mark.shared
CODES = [f"{a}{b}ZZ" for a in "ABCDEFGH" for b in "ABCDEFGH"]
GUEST = "192.0.2.7"


@pytest.fixture
def both(room_file: Path) -> tuple[Guesses, Guesses]:
    """Give what two processes know of guesses."""
    return Guesses(20), Guesses(20)


def test_of_codes_that_are_asked_at_two_processes_at_once_as_many_pass_as_at_one(both) -> None:
    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(both[at % 2].take, GUEST, code) for at, code in enumerate(CODES)]

    assert sum(passed.result() for passed in asked) == 20
    assert [process.left(GUEST) for process in both] == [0, 0]
    assert both[1].take("198.51.100.1", CODES[0])


def test_a_code_that_is_asked_again_elsewhere_is_no_new_guess(both) -> None:
    for process in (*both, *both):
        assert process.take(GUEST, "AAAA")

    assert [process.left(GUEST) for process in both] == [19, 19]


def test_a_right_code_is_given_back_and_then_nobody_of_the_hall_is_counted(both) -> None:
    here, there = both
    for code in CODES[:19]:
        here.take(GUEST, code)
        here.was_wrong(GUEST, code)
    assert there.take(GUEST, "WXYZ")
    there.was_right(GUEST, "WXYZ")
    assert here.left(GUEST) == 1
    here.take(GUEST, "last")

    close_database()  # a code that is known is asked of nobody
    assert there.knows(GUEST, "WXYZ")
    assert there.take(GUEST, "WXYZ")
    assert not here.take(GUEST, "one more")


def test_a_wrong_code_stays_counted_whoever_gives_it_back(both) -> None:
    here, there = both
    there.take(GUEST, "AAAA")
    here.take(GUEST, "AAAA")
    here.was_wrong(GUEST, "AAAA")
    there.give_back(GUEST, "AAAA")
    there.take(GUEST, "BBBB")
    there.give_back(GUEST, "BBBB")

    assert here.left(GUEST) == 19


def test_without_its_database_each_process_counts_by_itself(both) -> None:
    here, _ = both
    close_database()

    assert [here.take(GUEST, code) for code in CODES[:21]] == [*[True] * 20, False]
    assert here.left(GUEST) == 0
    for told in (here.was_wrong, here.was_right, here.give_back):
        told(GUEST, CODES[0])


def test_tries_are_over_after_their_minute_and_hold_no_address(both) -> None:
    both[0].take(GUEST, "AAAA")
    with reading() as cursor:
        assert GUEST not in str(cursor.execute("SELECT * FROM passing").fetchall())
    with writing() as cursor:
        cursor.execute("UPDATE passing SET ends = ends - 61")

    assert both[1].left(GUEST) == 20
    both[1].take(GUEST, "BBBB")
    with reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM passing").fetchone() == (1,)


def test_a_passphrase_is_tried_five_times_wherever(room_file: Path, monkeypatch) -> None:
    set_passphrase("three plain words")
    try:
        for at in range(5):
            monkeypatch.setattr(signing_in, "_tries", TriesOfAll("passphrase", 5))
            with pytest.raises(PassphraseRefused, match=("No try" if at == 4 else f"{4 - at} tr")):
                sign_in_by_passphrase("three wrong words", GUEST)
        monkeypatch.setattr(signing_in, "_tries", TriesOfAll("passphrase", 5))
        with pytest.raises(TooManyTries):
            sign_in_by_passphrase("three plain words", GUEST)
        assert sign_in_by_passphrase("three plain words", "198.51.100.1")
    finally:
        signing_in._passphrase.clear()


def test_a_right_passphrase_forgives_what_was_wrong_before(room_file: Path) -> None:
    set_passphrase("three plain words")
    try:
        for _ in range(2):
            for _ in range(4):
                with pytest.raises(PassphraseRefused):
                    sign_in_by_passphrase("three wrong words", GUEST)
            sign_in_by_passphrase("three plain words", GUEST)
    finally:
        signing_in._passphrase.clear()


def test_wrong_short_codes_are_counted_wherever_and_right_ones_are_given_back(
    facilitator, monkeypatch
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    for _ in range(2):
        offered = offer_seat(seated(workshop, "Council"), workshop.code)
        take_over(Caller(), workshop.code, offered, GUEST)
    for _ in range(pairing.TRIES):
        with pytest.raises(NoSuchCode):
            take_over(Caller(), workshop.code, "00000000", GUEST)
    offered = offer_seat(seated(workshop, "Council"), workshop.code)
    monkeypatch.setattr(pairing, "_tries", TriesOfAll("short code", pairing.TRIES))

    with pytest.raises(TooManyTries):
        take_over(Caller(), workshop.code, offered, GUEST)
    assert take_over(Caller(), workshop.code, offered, "198.51.100.1")
