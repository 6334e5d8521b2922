"""Rows 3 and 10: a join code that was misread."""

import pytest

from aqua_core.errors import NoSuchWorkshop, TextRefused
from aqua_core.vocabulary import CODE_LENGTH, CODE_LETTERS, clean_code
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.joining import take_seat, workshop_to_join
from tests.kit.notation import made
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]

SENTENCE = "No open workshop has this code. Check it with your facilitator."


@pytest.mark.parametrize("typed", ["AB0C", "aboc", "1234", "IL22", "22U2", "O0I1", "２２０２"])
def test_a_look_alike_in_a_code_sends_the_eye_back_to_the_screen(typed: str) -> None:
    with pytest.raises(TextRefused) as refused:
        clean_code(typed)

    assert str(refused.value) == (
        "Join codes never hold 0, 1, I, L, O or U. Look at the screen again."
    )


def test_every_letter_and_digit_of_our_codes_may_be_typed() -> None:
    for mark in CODE_LETTERS:
        assert clean_code(mark.lower() * CODE_LENGTH) == mark * CODE_LENGTH


@pytest.mark.parametrize(
    "pasted",
    [
        "http://192.168.1.20:8501/join/K7QP",
        "HTTPS://ROOM.EXAMPLE.ORG/JOIN/K7QP",
        "192.168.1.20:8501/join/k7-qp",
        " <http://192.168.1.20:8501/join/K7QP>. ",
        "Join us: http://192.168.1.20:8501/join/K7QP\u2026 or type it",
        "http://a.b/score?workshop=K7QP",
        "http://a.b/room?theme=dark&workshop=k7qp#top",
        "http://a.b/join?code=K7QP",
        "http://a.b/join/K7QP?change=1",
        "http://a.b/hand-over/K7QP",
        "http://" + "a" * 250 + ".b/join/K7QP",
        "ｈｔｔｐ：／／ａ．ｂ／ｊｏｉｎ／Ｋ７ＱＰ",
    ],
)
def test_in_a_whole_link_the_code_is_found(pasted: str) -> None:
    assert clean_code(pasted) == "K7QP"


@pytest.mark.parametrize(
    "pasted", ["https://room.example.org/join/K7QPM3WX", "a.b/room?workshop=k7qp-m3wx&x=1"]
)
def test_in_a_link_of_a_hosted_room_the_longer_code_is_found(pasted: str) -> None:
    assert clean_code(pasted) == "K7QPM3WX"


@pytest.mark.parametrize("pasted", ["http://192.168.1.20:8501/join", "a.b/wall", "https://x.y?z=1"])
def test_a_link_without_a_code_says_so(pasted: str) -> None:
    with pytest.raises(TextRefused, match=r"No join code is in this link\. Type the letters"):
        clean_code(pasted)


def test_every_unknown_code_gets_the_same_sentence(facilitator: Caller) -> None:
    known = made(facilitator, "Council", "Trust").code
    near = known[:3] + ("2" if known[3] != "2" else "3")

    for code in (near, "ZZZZ"):
        with pytest.raises(NoSuchWorkshop) as looked_up:
            workshop_to_join(code)
        with pytest.raises(NoSuchWorkshop) as seated:
            take_seat(Caller(), code, "")

        assert str(looked_up.value) == str(seated.value) == SENTENCE
