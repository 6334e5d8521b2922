"""Reasons and guesses on their way to the disk: the routes, through the same door as a vote."""

import json

import pytest

from aqua_core.errors import FileUnusable
from aqua_core.vocabulary import Workshop
from aqua_core.workshop.admitting import NO_SEAT, Caller
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import my_ballot
from pages._server import beside
from tests.kit.devices import Answer, Device
from tests.kit.notation import made, seated
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]
REASON = {"domain": "culture", "round": 1, "after": 0, "said": "Two boards", "with_team": False}
GUESS = {"domain": "culture", "round": 1, "after": 0, "points": 4}
SENT = {"reason": REASON, "guess": GUESS}


@pytest.fixture(scope="module")
def workshop(facilitator: Caller) -> Workshop:
    workshop = made(facilitator, "Council", "Trust")
    open_scoring(facilitator, workshop.code, ["culture", "workforce"], guess=True)
    return workshop


@pytest.fixture
def phone(workshop: Workshop) -> Device:
    return Device(seat=seated(workshop, "Council").seat)


def told(answer: Answer) -> tuple[int, dict[str, object]]:
    return answer.status, json.loads(answer.text)


def test_each_is_answered_with_what_is_on_disk(phone: Device, workshop: Workshop) -> None:
    kept = {"said": "Two boards", "with_team": False}
    first = phone.send("reason", workshop.code, **REASON)
    assert told(first) == (200, {"kept": kept, "times": 1, "stands": True})
    assert told(phone.send("reason", workshop.code, **REASON | {"said": "Two"})) == (
        200,
        {"kept": kept, "times": 1, "stands": False},
    )
    assert told(phone.send("guess", workshop.code, **GUESS)) == (
        200,
        {"kept": 4, "times": 1, "stands": True},
    )

    ballot = my_ballot(phone.caller, workshop.code)
    assert (ballot.reasons["culture"].said, ballot.guesses) == ("Two boards", {"culture": 4})
    assert ballot.answers == {}


@pytest.mark.parametrize("kind", SENT)
def test_what_is_none_is_refused_in_a_sentence(
    phone: Device, workshop: Workshop, kind: str
) -> None:
    sent = SENT[kind]
    wrong = [
        *({}, sent | {"domain": 7}, sent | {"round": "1"}, sent | {"round": True}),
        *(sent | {"after": None}, sent | {"after": 1.0}, sent | {"more": "x" * beside.MOST}),
        *([sent | {"with_team": "yes"}] if kind == "reason" else []),
    ]
    for payload in wrong:
        status, said = told(phone.send(kind, workshop.code, **payload))

        assert (status, "could not be read" in str(said["said"])) == (400, True), payload
    for body in (b"", b"[]", b"null", b"\xff", b"[" * 4000):
        assert phone.send_bytes(kind, workshop.code, body).status == 400


@pytest.mark.parametrize("said", ["Ask sally@nhs.net", "x" * 141, 7, None, "\u202eboard"])
def test_a_line_that_is_refused_says_so_once_and_for_all(
    phone: Device, workshop: Workshop, said: object
) -> None:
    status, answer = told(phone.send("reason", workshop.code, **REASON | {"said": said}))

    assert (status, [*answer]) == (422, ["said"])
    assert my_ballot(phone.caller, workshop.code).reasons == {}


def test_a_thousand_typed_characters_are_told_their_limit(
    phone: Device, workshop: Workshop
) -> None:
    # What a field takes at most, each as long as JSON makes one.
    answer = phone.send("reason", workshop.code, **REASON | {"said": "\u0001\u00e9" * 500})

    assert told(answer)[1] == {"said": "Keep the reason to 140 characters (this has 500)."}


@pytest.mark.parametrize("kind", SENT)
def test_they_come_in_by_the_same_door_as_a_vote(
    facilitator: Caller, phone: Device, workshop: Workshop, kind: str
) -> None:
    sent, code = SENT[kind], workshop.code
    for stranger in ("", "forged", "x" * 43, facilitator.facilitator):
        answer = Device(seat=stranger).send(kind, code, **sent)
        assert told(answer) == (403, {"said": NO_SEAT})
    assert phone.get(f"/{kind}/{code}").status == 405
    assert told(phone.send(kind, "ZZZZ", **sent))[0] == 404
    assert phone.send(kind, code, site="cross-site", **sent).status == 403
    assert told(phone.send(kind, code, **sent | {"round": 2}))[0] == 409
    assert told(phone.send(kind, code, **sent | {"domain": "finance"}))[0] == 409

    guesser = Device("10.0.0.99")
    codes = [f"Z{a}{b}Z" for a in "23456" for b in "23456"]
    assert {guesser.send(kind, code, **sent).status for code in codes} == {404, 429}


def test_nobody_writes_for_another_seat_whatever_a_message_claims(
    phone: Device, workshop: Workshop
) -> None:
    victim = Device(seat=seated(workshop, "Trust").seat)
    victim.send("reason", workshop.code, **REASON | {"said": "Hers"})
    claims = {"seat": victim.caller.seat, "seat_id": victim.caller.seat, "id": "r0", "team": "x"}

    for kind, sent in SENT.items():
        assert phone.send(kind, workshop.code, **sent | claims).status == 200

    hers, mine = (my_ballot(device.caller, workshop.code) for device in (victim, phone))
    assert (hers.reasons["culture"].said, hers.guesses) == ("Hers", {})
    assert (mine.reasons["culture"].said, mine.guesses) == ("Two boards", {"culture": 4})


def test_a_disk_that_fails_is_tried_again(
    phone: Device, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise FileUnusable("Not saved: the laptop could not write to its disk.")

    for kind, sent in SENT.items():
        monkeypatch.setattr(beside, f"give_{kind}", full)
        assert told(phone.send(kind, workshop.code, **sent))[0] == 503


def test_after_the_reveal_each_is_told_so(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    open_scoring(facilitator, workshop.code, ["culture"], guess=True)
    phone = Device(seat=seated(workshop, "Council").seat)
    reveal(facilitator, workshop.code)

    for kind, sent in SENT.items():
        status, said = told(phone.send(kind, workshop.code, **sent))
        assert (status, "closed" in str(said["said"])) == (409, True)
