"""What a device meets at the door of a real room: its ticket, wrong codes, a broken disk."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.errors import Refusal, TooManyTries
from aqua_core.store.database import close_database, open_database, reading
from aqua_core.store.seats import seats_of
from aqua_core.vocabulary import CODE_LETTERS, Holder, Workshop
from aqua_core.workshop import tries
from aqua_core.workshop.admitting import Caller, new_secret
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.joining import my_team, take_seat
from aqua_core.workshop.pairing import TRIES, offer_seat, offered, take_over
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import my_ballot, submit_score
from aqua_core.workshop.signing_in import new_sign_in_link
from aqua_core.workshop.tries import Guesses
from pages import _way
from pages._room import FACILITATOR_COOKIE, SEAT_COOKIE, WALL_COOKIE
from pages._server import routes
from pages._server.door import MOST_GUESSES, PROXY, peer_of
from pages._server.plain import TICKET_COOKIE
from pages._server.shell import NEEDED_SOON
from tests.kit.devices import Device
from tests.kit.engines import let_a_minute_pass
from tests.kit.looking import words
from tests.kit.notation import made, seated
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]
_rooms = count(1)


@pytest.fixture
def address() -> str:
    return f"10.4.{next(_rooms)}.1"


@pytest.fixture
def workshop(facilitator: Caller) -> Workshop:
    return made(facilitator, "Council", "Trust")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [9000.0]
    monkeypatch.setattr(tries, "monotonic", lambda: now[0])
    return now


def unknown(workshop: Workshop) -> Iterator[str]:
    """Give codes that no workshop of this file has."""
    yield from (f"{a}{b}ZZ" for a in CODE_LETTERS for b in CODE_LETTERS if a + b != "ZZ")


# The ticket


@pytest.mark.parametrize("origin", ["null", "http://evil.example", None])
def test_a_page_of_another_site_cannot_seat_a_phone_under_its_own_secret(
    workshop: Workshop, address: str, origin: str | None
) -> None:
    """Over plain HTTP the browser sends no Sec-Fetch-Site, and holds back its Strict cookies."""
    attackers, code = new_secret(), workshop.code
    short_code = offer_seat(seated(workshop, "Trust"), code)
    for path, form in (
        (f"/join/{code}", {"team": workshop.teams[0].id}),
        (f"/take-over/{code}", {"short_code": short_code}),
    ):
        victim = Device(address)

        page = victim.post(path, site="", origin=origin, ticket=attackers, **form)

        assert (page.status, page.set_cookie) == (403, "")
        if origin is None:
            assert "Join from the join page." in page.text
            assert f'href="/join/{code}"' in page.text
        assert my_team(Caller(seat=attackers), code) is None


def test_our_own_forms_pass_with_the_origin_that_they_send(
    workshop: Workshop, address: str
) -> None:
    phone = Device(address)
    page = phone.get(f"/join/{workshop.code}")

    done = phone.post(
        f"/join/{workshop.code}", site="", origin="http://192.0.2.1", team=workshop.teams[0].id
    )

    assert '<meta name="referrer" content="same-origin">' in page.text  # or a browser says "null"
    assert done.status == 303
    assert my_team(phone.caller, workshop.code)


def test_a_second_laptop_of_a_team_is_asked_and_may_sit_down_all_the_same(
    facilitator: Caller, address: str
) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    council, trust = workshop.teams
    first, second = Device(address), Device(address)
    for laptop in (first, second):
        laptop.get(f"/join/{workshop.code}")

    alone = first.post(f"/join/{workshop.code}", team=council.id)
    again = first.post(f"/join/{workshop.code}", team=council.id)  # a double tap
    asked = second.post(f"/join/{workshop.code}", team=council.id)

    assert [alone.status, again.status, asked.status] == [303, 303, 200]
    assert "This team already has a laptop. Join all the same?" in asked.text
    assert f'href="/join/{workshop.code}?change=1"' in asked.text
    assert my_team(second.caller, workshop.code) is None
    assert second.post(f"/join/{workshop.code}", team=trust.id).status == 303
    moved = second.post(f"/join/{workshop.code}", team=council.id)
    assert "already has a laptop" in moved.text
    sure = second.post(f"/join/{workshop.code}", team=council.id, sure="yes")
    assert (sure.status, my_team(second.caller, workshop.code)) == (303, council)


def test_of_laptops_that_join_at_the_same_moment_one_is_let_in_unasked(
    facilitator: Caller, address: str
) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    team, together = workshop.teams[0], threading.Barrier(6)
    laptops = [Device(address) for _ in range(6)]
    for device in laptops:
        device.get(f"/join/{workshop.code}")

    def join(laptop: Device) -> int:
        together.wait(10)
        return laptop.post(f"/join/{workshop.code}", team=team.id).status

    with ThreadPoolExecutor(6) as pool:
        answers = Counter(pool.map(join, laptops))

    assert answers == {303: 1, 200: 5}
    assert sum(my_team(device.caller, workshop.code) is not None for device in laptops) == 1


def test_where_each_person_scores_nobody_is_asked(workshop: Workshop, address: str) -> None:
    for _ in range(2):
        phone = Device(address)
        phone.get(f"/join/{workshop.code}")

        assert phone.post(f"/join/{workshop.code}", team=workshop.teams[0].id).status == 303


def test_while_somebody_looks_for_a_team_the_files_of_a_seat_come_ahead(
    workshop: Workshop, address: str
) -> None:
    page = Device(address).get(f"/join/{workshop.code}").text

    assert [path for path in NEEDED_SOON if f'rel="prefetch" href="{path}"' not in page] == []


def test_a_link_from_a_mail_leaves_the_seat_of_the_device_alone(
    workshop: Workshop, address: str
) -> None:
    phone = Device(address, seat=seated(workshop, "Council").seat)
    from_mail = Device(address)  # the same phone: no Strict cookie comes with the link

    page = from_mail.get(f"/join/{workshop.code}")
    phone.cookies |= from_mail.cookies
    moved = phone.post(f"/join/{workshop.code}", team=workshop.teams[1].id)

    cookie = page.set_cookie.lower()
    assert list(from_mail.cookies) == [TICKET_COOKIE]
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert moved.status == 303
    with reading() as cursor:
        (seat,) = seats_of(cursor, workshop.id)
    assert seat.team_id == workshop.teams[1].id


def test_a_double_tap_brings_one_ticket_twice_and_makes_one_seat(
    workshop: Workshop, address: str
) -> None:
    phone, path = Device(address), f"/join/{workshop.code}"
    phone.get(path)
    before = dict(phone.cookies)

    first = phone.post(path, team=workshop.teams[0].id)
    seated_once, phone.cookies = dict(phone.cookies), before
    second = phone.post(path, team=workshop.teams[0].id)

    assert (first.status, second.status) == (303, 303)
    assert list(seated_once) == [SEAT_COOKIE]
    assert phone.cookies == seated_once
    with reading() as cursor:
        assert len(seats_of(cursor, workshop.id)) == 1


# What is pasted, where one was before, and where there is nothing


def test_a_pasted_link_joins_and_what_was_typed_wrong_is_kept(
    workshop: Workshop, address: str
) -> None:
    phone, link = Device(address), f"http://192.0.2.1:8501/join/{workshop.code}"

    assert phone.get("/join", code=link).onward == f"/join/{workshop.code}"
    wrong = phone.get("/join", code="http://192.0.2.1:8501/join")
    assert "No join code is in this link." in wrong.text
    assert 'value="http://192.0.2.1:8501/join"' in wrong.text
    assert 'maxlength="300"' in wrong.text


def test_what_a_code_looks_like_is_said_before_the_button(address: str) -> None:
    page = Device(address).get("/join").text

    such_as = " letters and digits, such as K7QP"
    assert page.index(such_as) < page.index("<button")
    assert 'aria-describedby="hint"' in page


def test_a_device_that_has_a_seat_is_led_back_to_it(
    looks, facilitator: Caller, workshop: Workshop, address: str
) -> None:
    other = made(facilitator, "Council", "Trust", place="Wigan")
    caller = seated(workshop, "Council")
    take_seat(caller, other.code, other.teams[0].id)
    phone = Device(address, seat=caller.seat)

    page, home = phone.get("/join").text, words(looks(phone.caller, _way.HOME))
    erase_workshop(facilitator, other.code, other.code)

    for code, place in ((workshop.code, workshop.place.name), (other.code, "Wigan")):
        for shown in (page, home):
            assert f'href="/score?workshop={code}"' in shown
            assert f">Back to {place}</a>" in shown
    assert other.code not in phone.get("/join").text
    assert "Back to" not in Device(address).get("/join").text


@pytest.mark.parametrize("path", ["/nowhere", "/rooms", "/join.html", "/room.php", "/scores/x"])
def test_an_address_that_is_no_page_says_so(address: str, path: str) -> None:
    opens = {b"accept": "text/html,application/xhtml+xml"}
    page = Device(address)._ask("GET", path, b"", b"", opens)

    assert page.status == 404
    assert "There is no page at this address." in page.text


# One device, from hand to hand


def test_each_person_with_a_shared_device_gets_a_seat_of_their_own(
    facilitator: Caller, workshop: Workshop, address: str
) -> None:
    laptop, code, council = Device(address), workshop.code, workshop.teams[0]
    open_scoring(facilitator, code, ["culture", "leadership"])
    given = []
    for points in (1, 4):
        laptop.get(f"/join/{code}")
        laptop.post(f"/join/{code}", team=council.id)
        given.append(laptop.caller)
        laptop.tap(code, domain="culture", score=points, round=1, after=0)
        asked = laptop.get(f"/hand-on/{code}").text
        handed = laptop.post(f"/hand-on/{code}")

        assert "1 of your 2 answers is saved. What is not saved stays unanswered." in asked
        assert (handed.status, handed.onward) == (303, f"/join/{code}")
        assert SEAT_COOKIE not in laptop.cookies

    assert [my_ballot(person, code).answers for person in given] == [{"culture": 1}, {"culture": 4}]
    assert my_team(laptop.caller, code) is None
    with reading() as cursor:  # each counts for the guard
        assert len(seats_of(cursor, workshop.id)) == 2


def test_a_device_without_a_seat_is_led_to_the_teams(workshop: Workshop, address: str) -> None:
    assert Device(address).get(f"/hand-on/{workshop.code}").onward == f"/join/{workshop.code}"
    assert Device(address).get("/hand-on/ZZZZ").status == 404


# Wrong codes


def test_every_way_that_knows_codes_counts_them(workshop: Workshop, address: str) -> None:
    guesser, wrong = Device(address), unknown(workshop)
    ways = [
        lambda code: guesser.get("/join", code=code),
        lambda code: guesser.get(f"/join/{code}"),
        lambda code: guesser.post(f"/join/{code}"),
        lambda code: guesser.get(f"/take-over/{code}"),
        lambda code: guesser.post(f"/take-over/{code}", short_code="ABCDEFGH"),
        lambda code: guesser.get(f"/hand-over/{code}"),
        lambda code: guesser.post(f"/hand-over/{code}"),
        lambda code: guesser.get(f"/push/{code}", channel="room"),
        lambda code: guesser.tap(code, domain="culture", score=1, round=1, after=0),
        lambda code: guesser.head(f"/join/{code}"),
    ]

    answers = [way(next(wrong)).status for way in ways * (MOST_GUESSES // len(ways))]

    assert set(answers) == {400, 404}
    assert {way(next(wrong)).status for way in ways} == {429}
    # Nor is it told of a code that there is one.
    assert {way(workshop.code).status for way in ways} == {429}
    assert Device(f"{address}9").get(f"/join/{workshop.code}").status == 200


def test_what_looks_no_code_up_makes_no_code_known(workshop: Workshop, address: str) -> None:
    guesser = Device(address)
    for code in list(unknown(workshop))[:MOST_GUESSES]:
        guesser.get(f"/join/{code}/")
        guesser.get(f"/vote/{code}")
        guesser.post(f"/push/{code}")
        guesser.post("/join", code=code)
        guesser.get(f"/join/{code}")
        guesser.tap(code, nothing="of a tap")  # answered before any code is looked up

    assert guesser.get("/join/ZZZZ").status == 429


def test_phones_of_an_erased_workshop_keep_nobody_from_joining(
    facilitator: Caller, workshop: Workshop, address: str
) -> None:
    gone = made(facilitator, "A", "B")
    stale = Device(address)
    assert stale.get(f"/join/{gone.code}").status == 200
    erase_workshop(facilitator, gone.code, gone.code)

    for _ in range(3 * MOST_GUESSES):
        assert stale.get(f"/push/{gone.code}", channel="stage").status == 404

    assert Device(address).get(f"/join/{workshop.code}").status == 200


def test_whoever_guesses_in_the_room_keeps_nobody_there_from_scoring(
    workshop: Workshop, address: str, clock: list[float]
) -> None:
    phone, guesser = Device(address), Device(address)
    phone.get(f"/join/{workshop.code}")
    for code in list(unknown(workshop))[: 2 * MOST_GUESSES]:
        guesser.get(f"/join/{code}")
    assert guesser.get("/join/ZZZZ").status == 429

    assert phone.post(f"/join/{workshop.code}", team=workshop.teams[0].id).status == 303
    tap = phone.tap(workshop.code, domain="culture", score=1, round=1, after=0)
    assert tap.status == 409  # nothing is being scored yet; it was let through

    let_a_minute_pass(clock)
    assert guesser.get("/join/ZZZZ").status == 404


def test_of_guesses_that_are_sent_at_once_none_is_too_many() -> None:
    guesses, begun = Guesses(20), threading.Barrier(40)
    let_in: list[str] = []

    def guess(code: str) -> None:
        begun.wait()
        if guesses.take("here", code):
            let_in.append(code)

    together([lambda code=str(number): guess(code) for number in range(40)])

    assert len(let_in) == 20


def test_a_wrong_code_cannot_be_given_back_by_asking_once_more() -> None:
    guesses = Guesses(1)
    guesses.take("here", "ZZZZ")
    guesses.was_wrong("here", "ZZZZ")

    guesses.give_back("here", "ZZZZ")

    assert not guesses.take("here", "YYYY")


def test_short_codes_that_are_sent_at_once_are_counted_before_they_are_looked_up(
    workshop: Workshop, address: str
) -> None:
    begun = threading.Barrier(2 * TRIES)
    refused: list[type[Refusal]] = []

    def guess(number: int) -> None:
        begun.wait()
        with pytest.raises(Refusal) as told:
            take_over(Caller(), workshop.code, f"{number:08}", address)
        refused.append(told.type)

    together([lambda number=number: guess(number) for number in range(2 * TRIES)])

    assert refused.count(TooManyTries) == TRIES


def together(deeds: list[object]) -> None:
    threads = [threading.Thread(target=deed) for deed in deeds]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_right_short_code_costs_no_try(workshop: Workshop, address: str) -> None:
    for _ in range(TRIES + 1):
        code = offer_seat(seated(workshop, "Council"), workshop.code)
        assert take_over(Caller(), workshop.code, code, address)


# The one-time link


@pytest.mark.file  # where rooms are hosted a link opens a page that asks first
def test_looking_whether_a_link_is_there_does_not_spend_it(facilitator: Caller) -> None:
    laptop, link = Device(), f"/sign-in/{new_sign_in_link()}"

    looked = laptop.head(link)

    assert (looked.status, looked.set_cookie) == (405, "")
    assert laptop.get(link).status == 303


# A proxy


@pytest.mark.parametrize(
    ("named", "line", "said", "counted"),
    [
        ("", "10.0.0.1", "1.2.3.4", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.1", "1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        ("10.0.0.1", "10.0.0.1", "1.2.3.4, nobody", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.1", "2001:DB8::0:1", "2001:db8::1"),
        ("10.0.0.1", "6.6.6.6", "1.2.3.4", "6.6.6.6"),
    ],
)
def test_only_the_proxy_that_is_named_is_believed_and_only_its_own_word(
    monkeypatch, named: str, line: str, said: str, counted: str
) -> None:
    monkeypatch.setenv(PROXY, named)
    headers = [(b"x-forwarded-for", said.encode())] if said else []

    assert peer_of({"type": "http", "client": (line, 1), "headers": headers}) == counted


# A broken disk


def test_a_broken_disk_is_said_everywhere_and_is_nobodys_wrong_code(
    facilitator: Caller, workshop: Workshop, room_file: object, address: str
) -> None:
    code, phone = workshop.code, Device(address, seat=seated(workshop, "Council").seat)
    phone.cookies |= {WALL_COOKIE: new_secret(), FACILITATOR_COOKIE: new_secret()}
    link = f"/sign-in/{new_sign_in_link()}"
    close_database()
    try:
        pages = {
            "join?code": phone.get("/join", code=code),
            "join": phone.get(f"/join/{code}"),
            "sit": phone.post(f"/join/{code}", team=workshop.teams[0].id),
            "offer": phone.get(f"/hand-over/{code}"),
            "make": phone.post(f"/hand-over/{code}"),
            "ask": phone.get(f"/take-over/{code}"),
            "take": phone.post(f"/take-over/{code}", short_code="ABCDEFGH"),
            "wall": phone.get("/wall"),
            "link": phone.get(link),
            "out": phone.post("/sign-out"),
            "metrics": phone.get("/_stcore/metrics"),
            "push": phone.get(f"/push/{'ZZ' + code[:2]}", channel="room"),
            "vote": phone.tap(code, domain="culture", score=1, round=1, after=0),
        }
        wrong = [
            phone.get(f"/join/{code}").status
            for code in list(unknown(workshop))[: 2 * MOST_GUESSES]
        ]
    finally:
        open_database(room_file)  # type: ignore[arg-type]

    assert {name: page.status for name, page in pages.items() if page.status != 503} == {}
    for page in pages.values():
        assert "The room's file is closed. Start the app again." in page.text
    assert 'http-equiv="refresh" content="2"' in pages["wall"].text
    assert set(wrong) == {503}
    assert phone.get("/join/ZZZZ").status == 404
    assert offered(phone.caller, code) is None


# A result to keep


def test_a_seat_keeps_its_result_and_nobody_gets_it_sealed_closed_or_for_another(
    facilitator: Caller, workshop: Workshop, address: str
) -> None:
    seat = seated(workshop, "Council")
    device, way = Device(address, seat.seat), f"/my-result/{workshop.code}"
    open_scoring(facilitator, workshop.code, ["culture"])
    submit_score(seat, workshop.code, "culture", 4)
    sealed = device.get(way)
    assert (sealed.status, "sealed until the reveal" in sealed.text) == (403, True)

    reveal(facilitator, workshop.code)

    kept = device.get(way)
    assert kept.status == 200
    assert "Your team and the room" in kept.text
    assert "<script" not in kept.text
    assert Device(address).get(way).status == 403
    close_workshop(facilitator, workshop.code)
    assert "Your team and the room" not in device.get(way).text


@pytest.mark.parametrize(
    "path",  # but of push, which answers without end
    sorted({str(getattr(route, "path", "")) for route in routes} - {"/push/{code}"}),
)
def test_a_browser_that_opens_a_route_of_ours_meets_the_route(
    workshop: Workshop, address: str, path: str
) -> None:
    """A browser asks for text/html, and of no route may it hear that there is no such page."""
    device = Device(address, seated(workshop, "Trust").seat)
    answer = device.get(path.format(code=workshop.code, link="x" * 43))
    assert "There is no page at this address" not in answer.text


def listening(code: str) -> None:
    from aqua_core.live import Channel
    from pages._listening import listen

    listen(code, Channel.PHONES, title="Score")


def test_a_page_that_still_listens_to_an_erased_workshop_draws_itself_once_more(
    facilitator: Caller, workshop: Workshop
) -> None:
    page = AppTest.from_function(listening, args=(workshop.code,)).run()
    assert not page.exception
    close_workshop(facilitator, workshop.code)
    erase_workshop(facilitator, workshop.code, workshop.code)

    assert not page.run().exception
