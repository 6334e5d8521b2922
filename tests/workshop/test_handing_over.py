"""A seat goes on with another device: by a code that works once, for five minutes."""

import re
import threading
from itertools import count

import pytest

from aqua_core.errors import (
    NoSeat,
    NoSuchCode,
    Refusal,
    SeatedAlready,
    TextRefused,
    TooManyTries,
)
from aqua_core.store.database import reading
from aqua_core.store.seats import seats_of
from aqua_core.vocabulary import Compare, Holder, Workshop
from aqua_core.vocabulary.event import SHORT_CODE_LETTERS, clean_short_code, short_code_said
from aqua_core.workshop import pairing as pairing
from aqua_core.workshop import pairing as short_codes
from aqua_core.workshop import tries
from aqua_core.workshop.admitting import Caller, new_secret
from aqua_core.workshop.joining import my_result, my_team, take_seat
from aqua_core.workshop.pairing import TRIES, handed_over, offer_seat, offered, take_over
from aqua_core.workshop.reading import room_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import my_ballot, submit_score
from aqua_core.workshop.showing import shown_now
from pages import _way
from pages._room import SEAT_COOKIE
from tests.kit.devices import Answer, Device
from tests.kit.engines import let_a_minute_pass
from tests.kit.looking import words
from tests.kit.notation import ALL, made, seated
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]
_places = count(1)


@pytest.fixture
def address() -> str:
    """Give an address of its own: wrong codes are counted for each."""
    return f"10.1.0.{next(_places)}"


@pytest.fixture
def workshop(facilitator: Caller) -> Workshop:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    open_scoring(facilitator, workshop.code, ALL)
    return workshop


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [5000.0]
    for module in (short_codes, tries):
        monkeypatch.setattr(module, "monotonic", lambda: now[0])
    return now


def test_a_seat_goes_to_another_device_with_its_answers(
    facilitator: Caller, workshop: Workshop, address: str
) -> None:
    before = seated(workshop, "Council")
    submit_score(before, workshop.code, "culture", 4)
    seats = seats_in(workshop)

    secret = take_over(Caller(), workshop.code, offer_seat(before, workshop.code), address)

    after = Caller(seat=secret)
    assert secret != before.seat
    assert seats_in(workshop) == seats
    assert my_ballot(after, workshop.code).answers == {"culture": 4}
    assert submit_score(after, workshop.code, "culture", 2).taps == {"culture": 2}
    assert room_now(facilitator, workshop.code).seats == 1
    assert handed_over(before, workshop.code)
    assert not handed_over(after, workshop.code)
    for deed in (
        lambda: submit_score(before, workshop.code, "culture", 0),
        lambda: my_ballot(before, workshop.code),
        lambda: my_result(before, workshop.code),
        lambda: offer_seat(before, workshop.code),
    ):
        with pytest.raises(NoSeat):
            deed()


def seats_in(workshop: Workshop) -> object:
    with reading() as cursor:
        return seats_of(cursor, workshop.id)


def test_the_result_goes_with_the_seat_at_once(
    facilitator: Caller, workshop: Workshop, address: str
) -> None:
    before = seated(workshop, "Council")
    submit_score(before, workshop.code, "culture", 4)
    reveal(facilitator, workshop.code)
    assert any(row.mine == 4 for row in my_result(before, workshop.code))

    secret = take_over(Caller(), workshop.code, offer_seat(before, workshop.code), address)

    assert any(row.mine == 4 for row in my_result(Caller(seat=secret), workshop.code))
    with pytest.raises(NoSeat):
        my_result(before, workshop.code)


def test_a_seat_may_come_back(workshop: Workshop, address: str) -> None:
    laptop = seated(workshop, "Council")
    phone = Caller(seat=take_over(Caller(), workshop.code, offer_seat(laptop, workshop.code), ""))

    secret = take_over(laptop, workshop.code, offer_seat(phone, workshop.code), address)

    assert secret == laptop.seat
    assert submit_score(laptop, workshop.code, "culture", 1).answers == {"culture": 1}
    with pytest.raises(NoSeat):
        submit_score(phone, workshop.code, "culture", 3)


def test_a_code_works_once_however_many_type_it_at_the_same_moment(
    facilitator: Caller, workshop: Workshop
) -> None:
    code = offer_seat(seated(workshop, "Council"), workshop.code)
    secrets: list[str] = []
    refused: list[type[Refusal]] = []

    def take(number: int) -> None:
        try:
            secrets.append(take_over(Caller(), workshop.code, code, f"10.2.0.{number}"))
        except Refusal as refusal:
            refused.append(type(refusal))

    threads = [threading.Thread(target=take, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(secrets), refused) == (1, [NoSuchCode] * 7)
    assert room_now(facilitator, workshop.code).seats == 1
    assert my_team(Caller(seat=secrets[0]), workshop.code)


@pytest.mark.file
def test_a_code_lasts_five_minutes_and_a_newer_one_ends_it(
    workshop: Workshop, clock: list[float], address: str
) -> None:
    device = seated(workshop, "Council")
    first = offer_seat(device, workshop.code)
    second = offer_seat(device, workshop.code)
    with pytest.raises(NoSuchCode):
        take_over(Caller(), workshop.code, first, address)
    clock[0] += pairing.HANDING_VALID - 1
    assert offered(device, workshop.code) == second

    clock[0] += 1

    assert offered(device, workshop.code) is None
    with pytest.raises(NoSuchCode, match="its time is over"):
        take_over(Caller(), workshop.code, second, address)
    assert my_team(device, workshop.code)


def test_a_code_of_one_workshop_opens_no_other(
    facilitator: Caller, workshop: Workshop, address: str
) -> None:
    other = made(facilitator, "Council", "Trust")
    code = offer_seat(seated(workshop, "Council"), workshop.code)

    with pytest.raises(NoSuchCode):
        take_over(Caller(), other.code, code, address)

    assert take_over(Caller(), workshop.code, code, address)


def test_a_device_holds_one_seat_in_a_workshop(workshop: Workshop, address: str) -> None:
    device, seat = seated(workshop, "Council"), seated(workshop, "Trust")
    code = offer_seat(device, workshop.code)

    with pytest.raises(SeatedAlready, match="with Trust"):
        take_over(seat, workshop.code, code, address)
    with pytest.raises(SeatedAlready, match="made the code"):
        take_over(device, workshop.code, code, address)

    assert take_over(Caller(), workshop.code, code, address)


def test_a_device_that_sits_in_another_workshop_keeps_that_seat(
    facilitator: Caller, workshop: Workshop, address: str
) -> None:
    other = made(facilitator, "A", "B")
    phone = seated(other, "A")

    secret = take_over(
        phone, workshop.code, offer_seat(seated(workshop, "Trust"), workshop.code), address
    )

    assert secret == phone.seat
    teams = [my_team(phone, held.code) for held in (other, workshop)]
    assert [team.name for team in teams if team] == ["A", "Trust"]


def test_a_hand_over_moves_no_score_at_the_reveal(
    facilitator: Caller, workshop: Workshop, address: str
) -> None:
    council, trust = seated(workshop, "Council"), seated(workshop, "Trust")
    submit_score(council, workshop.code, "culture", 1)
    submit_score(trust, workshop.code, "culture", 5)
    take_over(Caller(), workshop.code, offer_seat(council, workshop.code), address)
    take_seat(council, workshop.code, workshop.teams[0].id, sure=True)  # as a newcomer

    reveal(facilitator, workshop.code)

    spread = shown_now(facilitator, workshop.code).by_domain(Compare.PARTNER)["culture"]
    assert [(mark.group.name, mark.points, mark.seats) for mark in spread.marks] == [
        ("Council", 1, 1),
        ("Trust", 5, 1),
    ]
    assert room_now(facilitator, workshop.code).seats == 3


# The code as it is typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("abcd-ef01", "ABCDEF01"),
        (" ABCD EF01 ", "ABCDEF01"),
        ("abcdef0l", "ABCDEF01"),
        ("ABCD–EFOI", "ABCDEF01"),
        ("ＡＢＣＤ－ＥＦ０１", "ABCDEF01"),
    ],
)
def test_a_code_is_read_however_it_is_typed(typed: str, kept: str) -> None:
    assert clean_short_code(typed) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type the code shown on the other screen."),
        (" - ", "Type the code shown on the other screen."),
        ("ABC", "has 8 characters; you typed 3."),
        ("🏥" * 8, "only have letters and numbers"),
        ("ABCD\0EF01", "only have letters and numbers"),
        ("\u202eABCDEF01", "only have letters and numbers"),
        ("' OR 1=1 --", "only have letters and numbers"),
        ("../../etc/passwd", "only have letters and numbers"),
        ("x" * 10_000, "has 8 characters; you typed 32."),
    ],
)
def test_what_cannot_be_a_code_gets_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(TextRefused, match=re.escape(sentence)):
        clean_short_code(typed)


def test_a_code_is_eight_clear_letters_and_is_shown_as_two_fours() -> None:
    waiting, secret = short_codes.ShortCodes[str](pairing.HANDING_VALID, 1), new_secret()
    codes = {waiting.make("a seat", secret) for _ in range(200)}

    assert len(codes) == 200
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) == set(SHORT_CODE_LETTERS)
    assert not set(SHORT_CODE_LETTERS) & set("ILOU")
    assert short_code_said("ABCDEF01") == "ABCD-EF01"


def test_twenty_wrong_codes_a_minute_are_enough_for_one_address(
    workshop: Workshop, clock: list[float], address: str
) -> None:
    code = offer_seat(seated(workshop, "Council"), workshop.code)
    for number in range(TRIES):
        with pytest.raises((NoSuchCode, TextRefused)):
            take_over(Caller(), workshop.code, f"{number:08}" if number % 2 else "?", address)

    with pytest.raises(TooManyTries, match=r"Too many tries. Wait 1 minute."):
        take_over(Caller(), workshop.code, code, address)

    let_a_minute_pass(clock)
    assert take_over(Caller(), workshop.code, code, address)


def test_one_address_that_guesses_stops_no_other(workshop: Workshop, address: str) -> None:
    for _ in range(TRIES + 1):
        with pytest.raises(Refusal):
            take_over(Caller(), workshop.code, "00000000", address)

    code = offer_seat(seated(workshop, "Council"), workshop.code)
    assert take_over(Caller(), workshop.code, code, f"{address}9")


def test_neither_code_nor_secret_is_kept_anywhere(workshop: Workshop) -> None:
    device = seated(workshop, "Council")
    code = offer_seat(device, workshop.code)

    kept = repr(pairing._offers._waiting)

    assert code not in kept
    assert device.seat not in kept
    assert offered(Caller(seat=new_secret()), workshop.code) is None


# The pages


def test_three_taps_take_a_seat_to_another_device(workshop: Workshop, address: str) -> None:
    laptop = Device(seat=seated(workshop, "Council").seat)
    phone = Device(address)
    offer = f"/hand-over/{workshop.code}"
    assert "Show a code" in laptop.get(offer).text

    made_code = laptop.post(offer)
    shown = laptop.get(made_code.onward)
    again = laptop.get(made_code.onward)
    assert code_on(shown) == code_on(again)
    assert f"/take-over/{workshop.code}" in phone.get(f"/join/{workshop.code}").text
    phone.get(f"/take-over/{workshop.code}")
    done = phone.post(f"/take-over/{workshop.code}", short_code=code_on(shown))

    assert (done.status, done.onward) == (303, f"/score?workshop={workshop.code}")
    assert "httponly" in done.set_cookie.lower()
    assert "samesite=strict" in done.set_cookie.lower()
    assert my_team(phone.caller, workshop.code)
    away = laptop.get(offer)
    assert "Your seat is on your other device" in away.text
    assert "refresh" in shown.text
    assert "refresh" not in away.text


def code_on(page: Answer) -> str:
    found = re.search(r'class="code">(\w{4}-\w{4})<', page.text)
    assert found, page.text
    return found[1]


def test_a_double_tap_takes_one_seat(workshop: Workshop, address: str) -> None:
    code = offer_seat(seated(workshop, "Council"), workshop.code)
    phone, path = Device(address), f"/take-over/{workshop.code}"
    phone.get(path)
    before = dict(phone.cookies)

    first = phone.post(path, short_code=code)
    phone.cookies = before  # the second request left before the first was answered
    second = phone.post(path, short_code=code)

    assert (first.status, second.status) == (303, 303)
    assert my_team(phone.caller, workshop.code)


def test_a_page_of_another_site_can_neither_make_nor_take_a_code(
    workshop: Workshop, address: str
) -> None:
    laptop = Device(seat=seated(workshop, "Council").seat)
    code = offer_seat(laptop.caller, workshop.code)

    refused = [
        laptop.post(f"/hand-over/{workshop.code}", site="cross-site"),
        Device(address).post(f"/take-over/{workshop.code}", site="cross-site", short_code=code),
    ]

    assert [(page.status, page.set_cookie) for page in refused] == [(403, ""), (403, "")]
    assert offered(laptop.caller, workshop.code) == code


def test_wrong_codes_get_sentences_on_the_page(workshop: Workshop, address: str) -> None:
    phone, path = Device(address), f"/take-over/{workshop.code}"
    phone.get(path)

    pages = [phone.post(path, short_code="<script>1</script>") for _ in range(TRIES)]
    paused = phone.post(path, short_code="ABCD-EFGH")
    nowhere = phone.post("/take-over/ZZZZ", short_code="ABCD-EFGH")

    assert {page.status for page in pages} == {400}
    assert "The code can only have letters and numbers." in pages[0].text
    assert (paused.status, "Too many tries. Wait 1 minute." in paused.text) == (429, True)
    assert (nowhere.status, "No open workshop" in nowhere.text) == (404, True)
    assert SEAT_COOKIE not in phone.cookies


def test_the_pages_are_small_and_run_no_script(workshop: Workshop, address: str) -> None:
    laptop = Device(seat=seated(workshop, "Council").seat)
    offer_seat(laptop.caller, workshop.code)

    for page in (
        laptop.get(f"/hand-over/{workshop.code}"),
        Device(address).get(f"/hand-over/{workshop.code}"),
        Device(address).get(f"/take-over/{workshop.code}"),
        Device(address).get("/wall"),
    ):
        assert page.status == 200
        assert len(page.text) < 5_000
        assert "<script" not in page.text


def test_the_device_before_is_told_where_its_seat_is(
    looks, workshop: Workshop, address: str
) -> None:
    before = seated(workshop, "Council")
    take_over(Caller(), workshop.code, offer_seat(before, workshop.code), address)

    app = looks(before, _way.SCORE, workshop.code)

    seen = words(app)
    assert "Your seat is on your other device" in seen
    assert f"/take-over/{workshop.code}" in seen
    assert not app.get("bidi_component")
