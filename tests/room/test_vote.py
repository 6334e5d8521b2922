"""A tap on its way to the disk: the vote route on a real server."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.revealing import open_scoring
from pages._room import SEAT_COOKIE
from tests.kit import engines
from tests.kit.notation import ALL, made, seated
from tests.kit.one_room import opened_in
from tests.kit.serving import Server, serving


@dataclass
class Room:
    """A server, the workshop that is scoring on it, and its seats."""

    server: Server
    code: str
    seats: list[Caller]

    def tap(self, seat: Caller, body: object, **how: object) -> requests.Response:
        sent = body if isinstance(body, str | bytes) else json.dumps(body)
        return requests.post(
            f"{self.server.url}/vote/{self.code}",
            data=sent,
            cookies={SEAT_COOKIE: seat.seat},
            timeout=20,
            **how,  # type: ignore[arg-type]
        )


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("vote")
    with opened_in(folder) as facilitator:
        workshop = made(facilitator, "Council", "Trust")
        seats = [seated(workshop, workshop.teams[number % 2].name) for number in range(60)]
        open_scoring(facilitator, workshop.code, ALL)
    with serving(folder) as server:
        yield Room(server, workshop.code, seats)


def a_tap(
    score: object = 3, domain: object = "culture", number: object = 1, after: object = 0
) -> dict[str, object]:
    return {"domain": domain, "score": score, "round": number, "after": after}


def test_a_tap_is_answered_with_what_is_on_disk(room: Room) -> None:
    seat = room.seats[0]

    first = {"answers": {"culture": 3}, "taps": {"culture": 1}}
    changed = {"answers": {"culture": 0}, "taps": {"culture": 2}}
    assert room.tap(seat, a_tap(3)).json() == first
    assert room.tap(seat, a_tap(0, after=1)).json() == changed
    assert room.tap(seat, a_tap(5, after=1)).json() == changed  # overtaken
    second = room.tap(seat, a_tap("cannot say", "workforce"))

    assert second.status_code == 200
    assert second.json()["answers"] == {"culture": 0, "workforce": "cannot say"}


@pytest.mark.parametrize("score", [6, -1, 2.6, True, "3", None, [], "Cannot say"])
def test_what_is_no_score_is_refused_in_a_sentence(room: Room, score: object) -> None:
    answer = room.tap(room.seats[1], a_tap(score))

    assert answer.status_code == 409
    assert answer.json() == {"said": "Choose a score from 0 to 5, or Cannot say."}


@pytest.mark.parametrize(
    "body",
    [
        *("", "nothing", "[]", "3", "null", "{}", b"\xff\xfe", "[" * 400, '{"a":' * 90),
        json.dumps(a_tap()) + " " * 500,
        *(a_tap(domain=7), a_tap(domain=None), a_tap(number="1"), a_tap(number=True)),
        *(a_tap(after=None), a_tap(after=1.0)),
    ],
)
def test_a_body_that_is_no_tap_is_refused_in_a_sentence(room: Room, body: object) -> None:
    answer = room.tap(room.seats[1], body)

    assert (answer.status_code, answer.json()) == (
        400,
        {"said": "This tap could not be read. Reload the page."},
    )


def test_a_tap_for_another_round_or_domain_is_refused(room: Room) -> None:
    for tap in (a_tap(number=2), a_tap(number=0), a_tap(domain="astrology")):
        answer = room.tap(room.seats[1], tap)

        assert answer.status_code == 409
        assert "answers" not in answer.json()


def test_a_line_that_breaks_in_the_middle_of_a_tap_is_no_fault(room: Room) -> None:
    head = f"POST /vote/{room.code} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 90\r\n\r\n{{"
    with socket.create_connection(("127.0.0.1", room.server.port)) as line:
        line.sendall(head.encode())

    assert room.tap(room.seats[2], a_tap(2)).ok
    assert "Traceback" not in room.server.printed()


def test_a_device_without_a_seat_is_refused(room: Room) -> None:
    for secret in ("", "forged", "x" * 43):
        assert room.tap(Caller(seat=secret), a_tap()).status_code == 403


def test_a_page_of_another_site_cannot_tap(room: Room) -> None:
    answer = room.tap(room.seats[1], a_tap(), headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403


def test_a_workshop_that_is_not_there_is_refused(room: Room) -> None:
    answer = requests.post(f"{room.server.url}/vote/ZZZZ", json=a_tap(), timeout=20)

    assert answer.status_code == 404
    assert "No open workshop has this code" in answer.json()["said"]


@pytest.mark.slow
def test_sixty_seats_at_once_lose_and_double_nothing(room: Room) -> None:
    refused: list[int] = []

    def taps(number: int) -> None:
        taps = 0
        for score in (*range(4), number % 6):
            answer = room.tap(room.seats[number], a_tap(score, "leadership", after=taps))
            taps = answer.json().get("taps", {}).get("leadership", 0)
            if answer.status_code != 200 or answer.json()["answers"]["leadership"] != score:
                refused.append(answer.status_code)

    threads = [threading.Thread(target=taps, args=(number,)) for number in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    room.server.stop()

    assert refused == []
    assert "Traceback" not in room.server.printed()
    assert last_scores(room.server.room_file) == sorted(number % 6 for number in range(60))


def last_scores(file: Path) -> list[int]:
    with engines.looking_into(file) as connection:
        rows = connection.execute(
            "SELECT seat_id, sequence, points FROM vote WHERE domain = 'leadership' "
            "ORDER BY seat_id, sequence"
        ).fetchall()
    assert len({(seat, sequence) for seat, sequence, _ in rows}) == len(rows)
    return sorted({seat: points for seat, _, points in rows}.values())
