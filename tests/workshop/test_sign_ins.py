"""Sign-ins that end: a list with "sign out", the passphrase's with the run, links with the first.

And what a visitor is told of the laptop, and a guest's wrong codes behind a room's own address.
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession

from aqua_core.errors import LinkSpent, NotSignedIn
from aqua_core.vocabulary import CODE_LETTERS, Workshop
from aqua_core.workshop import signing_in
from aqua_core.workshop.admitting import Caller, may_facilitate
from aqua_core.workshop.joining import my_team
from aqua_core.workshop.opening import close_room, open_room
from aqua_core.workshop.revealing import open_scoring
from aqua_core.workshop.signing_in import (
    new_sign_in_link,
    set_passphrase,
    sign_in,
    sign_in_by_passphrase,
    sign_out_another,
    signed_in_now,
)
from pages._room import FACILITATOR_COOKIE
from pages._server.life import tell_nothing_of_this_laptop
from tests.kit.devices import Device
from tests.kit.notation import made, seated

_rooms = count(1)
WORDS = "three words and more"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "room.duckdb"
    open_room(path)
    yield path
    close_room()


@pytest.fixture
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "_passphrase", {})
    set_passphrase(WORDS)


def test_every_browser_is_listed_and_can_be_signed_out(room: Path) -> None:
    mine = Caller(facilitator=sign_in(new_sign_in_link(), "Edge on Windows"))
    helper = Caller(facilitator=sign_in(new_sign_in_link(), "Safari on Mac"))

    listed = {browser.called: browser for browser in signed_in_now(mine)}
    assert {called: browser.mine for called, browser in listed.items()} == {
        "Edge on Windows": True,
        "Safari on Mac": False,
    }
    sign_out_another(mine, listed["Safari on Mac"].key)

    assert (may_facilitate(mine), may_facilitate(helper)) == (True, False)
    for nobody in (helper, Caller()):
        with pytest.raises(NotSignedIn):
            signed_in_now(nobody)
        with pytest.raises(NotSignedIn):
            sign_out_another(nobody, listed["Edge on Windows"].key)
    assert may_facilitate(mine)


def test_a_sign_in_by_passphrase_ends_with_the_run_and_one_by_link_does_not(
    room: Path, passphrase: None
) -> None:
    by_link = Caller(facilitator=sign_in(new_sign_in_link()))
    by_words = Caller(facilitator=sign_in_by_passphrase(WORDS, f"run {next(_rooms)}"))
    assert may_facilitate(by_words)

    close_room()
    open_room(room)

    assert (may_facilitate(by_link), may_facilitate(by_words)) == (True, False)


@pytest.mark.file
def test_the_first_link_that_is_used_ends_every_other(room: Path) -> None:
    printed, opened = new_sign_in_link(), new_sign_in_link()

    sign_in(opened)

    for link in (printed, opened):
        with pytest.raises(LinkSpent, match="already used, or a newer one"):
            sign_in(link)


@pytest.mark.file
def test_a_link_on_a_browsers_command_line_ends_after_its_minute(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(signing_in, "monotonic", lambda: now[0])
    for later, works in ((59.0, True), (61.0, False)):
        link = new_sign_in_link(60.0)
        now[0] += later
        if works:
            assert sign_in(link)
        else:
            with pytest.raises(LinkSpent):
                sign_in(link)


def test_the_page_of_signing_out_lists_the_others_to_a_facilitator_alone(room: Path) -> None:
    mine = Caller(facilitator=sign_in(new_sign_in_link(), "Edge on Windows"))
    helper = sign_in(new_sign_in_link(), "Safari on <b>Mac</b>")
    laptop, stranger = Device(), Device("10.0.0.9")
    laptop.cookies[FACILITATOR_COOKIE] = mine.facilitator
    page = laptop.get("/sign-out")
    assert "Safari on <b>Mac</b>, since" in page.text  # unescaped by the device
    assert "Safari" not in stranger.get("/sign-out").text
    (key,) = (browser.key for browser in signed_in_now(mine) if not browser.mine)
    assert stranger.post("/sign-out", browser=key).status == 403
    assert may_facilitate(Caller(facilitator=helper))

    answer = laptop.post("/sign-out", browser=key)

    assert (answer.status, answer.onward) == (303, "/sign-out")
    assert not may_facilitate(Caller(facilitator=helper))
    assert may_facilitate(mine)


# Behind one address


@pytest.fixture
def workshop(room: Path) -> Workshop:
    return made(Caller(facilitator=sign_in(new_sign_in_link())), "Council", "Trust")


@pytest.mark.parametrize("who", ["seat", "facilitator"])
def test_a_guests_wrong_codes_stop_no_device_that_is_in_the_room(
    workshop: Workshop, who: str
) -> None:
    """As right after a restart: no code is known of the address yet."""
    address, facilitator = f"10.8.{next(_rooms)}.1", sign_in(new_sign_in_link())
    open_scoring(Caller(facilitator=facilitator), workshop.code, ["leadership"])
    inside = Device(address, seated(workshop, "Council").seat)
    if who == "facilitator":
        inside = Device(address)
        inside.cookies[FACILITATOR_COOKIE] = facilitator
    guest, newcomer = Device(address), Device(address)
    for letters in range(25):
        guest.get(f"/join/{CODE_LETTERS[letters]}{CODE_LETTERS[letters]}ZZ")
    assert guest.get(f"/join/{workshop.code}").status == 429

    for _ in range(30):
        assert inside.get(f"/join/{workshop.code}").status in (200, 303)
    if who == "seat":
        tap = {"domain": "leadership", "score": 3, "round": 1, "after": 0}
        assert inside.tap(workshop.code, **tap).status == 200

    # A seat opens no other code: who has one guesses no more than anybody.
    assert inside.get("/join/ZYZY").status == 429
    assert newcomer.get("/join/YZYZ").status == 429
    assert my_team(newcomer.caller, workshop.code) is None


# What a visitor is told of the laptop


def test_a_visitor_is_told_neither_where_the_app_lies_nor_which_laptop_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def as_streamlit_makes_it(session: object, *asked: object) -> ForwardMsg:
        message = ForwardMsg()
        message.new_session.main_script_path = "/home/somebody/discovery-room/pages/_shell.py"
        message.new_session.initialize.user_info.installation_id = "laptop"
        message.new_session.initialize.user_info.installation_id_v4 = "laptop"
        message.new_session.initialize.environment_info.server_os = "Linux"
        message.new_session.name = "_shell"
        return message

    monkeypatch.setattr(AppSession, "_create_new_session_message", as_streamlit_makes_it)

    tell_nothing_of_this_laptop()

    made_less = AppSession._create_new_session_message
    sent = made_less(None, "page", None).SerializeToString()  # type: ignore[arg-type]
    for told in (b"somebody", b"laptop", b"Linux"):
        assert told not in sent
    assert b"_shell" in sent
