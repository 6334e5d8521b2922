"""Before they come: green only when another device's practice answer was on this laptop's disk."""

import os
from pathlib import Path

import pytest

from aqua_core.store.database import reading
from aqua_core.store.schema import tables_of
from aqua_core.vocabulary import code_said
from aqua_core.workshop import opening, seating
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.opening import rehearsal_now, rehearse_at
from aqua_core.workshop.seating import tell_wifi
from pages import _address, _way
from tests.kit.devices import Device
from tests.kit.looking import press, words
from tests.kit.notation import made

LAPTOP = "192.168.1.20"
GREEN = "A second device has answered"


@pytest.fixture(autouse=True)
def at_home(monkeypatch, room_file: Path) -> None:
    monkeypatch.setattr(_address, "join_address", lambda: f"http://{LAPTOP}:8501/join")
    monkeypatch.setattr(_address, "answers_at", lambda _: True)
    monkeypatch.setattr(_address, "is_this_laptop", lambda address: address in ("::1", LAPTOP))
    monkeypatch.setitem(opening._opened, "room", room_file)
    rehearse_at(f"http://{LAPTOP}:8501/join", anew=True)


@pytest.fixture
def page(looks, facilitator):
    code = made(facilitator, "Council", "Trust").code
    return lambda: words(looks(facilitator, _way.REHEARSE, code))


def held() -> dict[str, int]:
    with reading() as cursor:
        return {
            table: cursor.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for table in tables_of(cursor)
        }


def test_it_is_green_once_another_device_has_saved_and_not_before(page) -> None:
    phone, before = Device("192.168.1.77"), page()
    asked = phone.get("/rehearse")
    opened = page()
    saved = phone.post("/rehearse", points="4")
    after = page()

    assert "Nothing has come from another device so far" in before
    assert "How was the way here?" in asked.text
    assert "One device has the page. Choose any answer on it, and save it." in opened
    assert "This device reaches the laptop" in saved.text
    assert [GREEN in said for said in (before, opened, after)] == [False, False, True]
    assert ":green[✓ Its answer was saved here in" in after


@pytest.mark.parametrize("address", [LAPTOP, "::1"])
def test_another_window_of_the_laptop_proves_nothing(page, address: str) -> None:
    window = Device(address)
    window.get("/rehearse")
    saved = window.post("/rehearse", points="4")

    assert saved.status == 200
    assert "The page was opened on this laptop, which proves nothing." in page()
    assert GREEN not in page()


@pytest.mark.parametrize(
    ("said", "proves"),
    [("203.0.113.7", True), (LAPTOP, False), ("203.0.113.7, ::1", False), ("unknown", False)],
)
def test_through_a_proxy_of_the_laptop_it_is_who_the_proxy_says(page, said, proves) -> None:
    phone = Device("::1")
    sent = {b"x-forwarded-for": said}
    answer = phone._ask("POST", "/rehearse", b"", b"points=3", sent)

    assert answer.status == 200
    assert (GREEN in page()) is proves


@pytest.mark.parametrize("points", ["", "6", "-1", "x", "٣", "9" * 400])
def test_what_is_no_answer_is_told_so_and_proves_nothing(points: str) -> None:
    answer = Device("192.168.1.77").post("/rehearse", points=points)

    assert answer.status == (400 if points != "٣" else 200)  # which is a 3
    assert rehearsal_now().saved is (points == "٣")
    assert points == "٣" or "Choose one of the answers, then save it." in answer.text


@pytest.mark.file
def test_a_disk_that_takes_nothing_is_said_and_is_not_green(page, monkeypatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = Device("192.168.1.77").post("/rehearse", points="4")

    assert answer.status == 503
    assert "could not write to its disk" in answer.text
    assert GREEN not in page()


def test_a_practice_answer_is_in_no_table_and_leaves_no_file(page, room_file: Path) -> None:
    page()
    before, files = held(), sorted(room_file.parent.iterdir())
    Device("192.168.1.77").post("/rehearse", points="4")

    assert held() == before
    assert sorted(room_file.parent.iterdir()) == files


def test_an_address_at_which_nothing_answers_is_never_green(page, monkeypatch) -> None:
    monkeypatch.setattr(_address, "answers_at", lambda _: False)
    Device("192.168.1.77").post("/rehearse", points="4")

    assert "Discovery Room gets no answer at that address itself, so no phone will." in page()
    assert GREEN not in page()


def test_on_another_network_it_has_to_be_proven_anew(page, monkeypatch) -> None:
    Device("192.168.1.77").post("/rehearse", points="4")
    monkeypatch.setattr(_address, "join_address", lambda: "http://10.42.0.1:8501/join")

    assert GREEN not in page()


def test_who_waits_for_the_scoring_is_led_back_to_the_workshop() -> None:
    asked = Device("192.168.1.77").get("/rehearse", workshop="k7qp")

    assert 'content="60;url=/score?workshop=K7QP"' in asked.text
    assert 'action="/rehearse?workshop=K7QP"' in asked.text


def test_the_code_stands_on_every_projected_page_until_the_end(looks, facilitator) -> None:
    code = made(facilitator, "Council", "Trust").code
    pages = (_way.GAPS, _way.DOMAIN, _way.TALK, _way.PLAN)
    shown = [words(looks(facilitator, page, code)) for page in pages]
    close_workshop(facilitator, code)

    joins = f"Join: {code_said(code)}"
    assert [page for page, said in zip(pages, shown, strict=True) if joins not in said] == []
    assert "Join: " not in words(looks(facilitator, _way.PLAN, code))


# The Wi-Fi beside the code


def test_a_wi_fi_stands_beside_the_code_and_in_no_file(looks, facilitator, room_file) -> None:
    code, name, password = made(facilitator, "A", "B").code, "Town Hall", 'p;a"s:s,w\\ord'
    tell_wifi(facilitator, code, name, password)
    shown = words(looks(facilitator, _way.ROOM, code))
    looks(facilitator, _way.KEEPING, code)
    tell_wifi(facilitator, code, "", "")

    assert name in shown
    assert password in shown
    assert name not in words(looks(facilitator, _way.ROOM, code))
    for file in room_file.parent.rglob("*"):
        assert file.is_dir() or b'a"s:s' not in file.read_bytes()


def test_a_wi_fi_goes_when_the_workshop_is_closed_or_erased(facilitator) -> None:
    for end in (close_workshop, lambda caller, code: erase_workshop(caller, code, code)):
        code = made(facilitator, "A", "B").code
        tell_wifi(facilitator, code, "Town Hall", "welcome2026")

        end(facilitator, code)

        assert seating._wifi.asked(code) == seating.NO_WIFI


@pytest.mark.parametrize(
    ("name", "password", "told"),
    [
        ("", "long enough", "The name of a Wi-Fi"),
        ("x" * 33, "", "The name of a Wi-Fi"),
        ("é" * 17, "", "The name of a Wi-Fi"),
        ("Hall\n2", "", "The name of a Wi-Fi"),
        ("Hall", "short", "This has 5."),
        ("Hall", "x" * 64, "This has 64."),
        ("Hall", "pässwörter", "of an English keyboard"),
    ],
)
def test_what_no_wi_fi_can_be_is_said(looks, facilitator, name, password, told) -> None:
    room = looks(facilitator, _way.ROOM, made(facilitator, "A", "B").code)
    room.text_input("wifi-name").set_value(name)
    room.text_input("wifi-password").set_value(password)

    assert told in words(press(room, "Show the Wi-Fi")).replace("\\", "")
