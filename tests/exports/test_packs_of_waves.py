"""Two waves, two packs: what goes on from the first stays in its pack, and every screen says so."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.exports.pack_reading import packed_in
from aqua_core.vocabulary import Answer, Progress
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.cycling import answer_action, open_actions_now
from aqua_core.workshop.exporting import open_pack, packs_to_open, packs_to_take, session_pack
from aqua_core.workshop.placing import places_now
from pages import _way
from tests.kit.looking import looks, words
from tests.kit.notation import DAY
from tests.kit.one_room import opened_in
from tests.kit.planned import LATER, met, planned

__all__ = ["looks"]
TAKE = "Take the pack of 22 November 2026 too: two tests that go on are in it."
OPEN = "Open the pack of 22 November 2026 too: two tests that went on are in it, and not here."
TODAY = LATER + timedelta(days=7)


class Packs(NamedTuple):
    """The packs of both waves, the second before and after one more of its tests was stopped."""

    first: bytes
    second: bytes
    afterwards: bytes


def seen(app: AppTest) -> str:
    return words(app).replace("\\", "")


def answered(who: Caller, code: str, action_id: str, how: Progress, day: date = LATER) -> None:
    answer_action(who, code, Answer(action_id=action_id, answer=how, said="As agreed"), day)


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Packs:
    with opened_in(tmp_path_factory.mktemp("here")) as who:
        first, second = met(who), met(who, LATER)
        tests = [planned(who, first, f"If {n}, then more") for n in range(3)]
        for test, how in zip(
            tests, (Progress.MOVED, Progress.STUCK, Progress.DROPPED), strict=True
        ):
            answered(who, second.code, test.id, how)
        assert (packs_to_take(who, first.code), packs_to_open(who, first.code)) == ((), ())
        (before,) = packs_to_take(who, second.code)
        assert (before.workshop_id, before.held_on, before.tests) == (first.id, DAY, 2)
        assert packs_to_open(who, second.code) == ()
        taken = session_pack(who, first.code), session_pack(who, second.code)
        answered(who, second.code, tests[1].id, Progress.DROPPED, TODAY)
        return Packs(*taken, session_pack(who, second.code))


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Caller]:
    with opened_in(tmp_path) as who:
        yield who


def test_where_it_is_taken_the_page_names_the_pack_that_belongs_to_it(looks, there) -> None:
    first, second = met(there), met(there, LATER)
    planned(there, first), planned(there, first, "If B, then C")

    assert TAKE in seen(looks(there, _way.TAKE_AWAY, second.code))
    assert "Take the pack of" not in seen(looks(there, _way.TAKE_AWAY, first.code))


def test_where_it_is_opened_alone_every_page_says_what_is_missing(looks, there, packs) -> None:
    second = open_pack(there, packs.second)

    (row,) = places_now(there, TODAY)
    assert [plan.tests for plan in row.missing] == [2]
    for page in (_way.PLAN, _way.TAKE_AWAY):
        assert OPEN in seen(looks(there, page, second.code)), page
    home = seen(looks(there, _way.HOME))
    assert OPEN in home
    assert "No review" not in home


@pytest.mark.parametrize("in_order", [True, False])
def test_opened_in_either_order_nothing_is_doubled_or_lost(looks, there, packs, in_order) -> None:
    both = [packs.first, packs.second]
    opened = [open_pack(there, pack) for pack in (both if in_order else both[::-1])]
    first, second = sorted(opened, key=lambda workshop: workshop.held_on)

    left = open_actions_now(there, second.code)
    goes_on = sorted(
        test.answer.answer for test in left if test.answer.answer is not Progress.DROPPED
    )
    assert (len(left), goes_on) == (3, ["moved", "stuck"])
    for page, code in ((_way.PLAN, second.code), (_way.TAKE_AWAY, second.code), (_way.HOME, "")):
        assert "Open the pack" not in seen(looks(there, page, code)), page
    assert TAKE in seen(looks(there, _way.TAKE_AWAY, second.code))
    assert session_pack(there, first.code) == packs.first
    assert session_pack(there, second.code) == packs.second


def test_a_pack_of_a_pack_is_the_same_bytes_where_the_other_is_missing(there, packs) -> None:
    assert session_pack(there, open_pack(there, packs.second).code) == packs.second


def test_what_was_stopped_meanwhile_is_counted_no_more(there, packs) -> None:
    assert [plan.tests for plan in packed_in(packs.second).plans_before] == [2]
    assert [plan.tests for plan in packed_in(packs.afterwards).plans_before] == [1]
    second = open_pack(there, packs.afterwards)

    open_pack(there, packs.first)

    answers = [test.answer.answer for test in open_actions_now(there, second.code)]
    assert sorted(answers) == ["dropped", "dropped", "moved"]


def test_a_third_wave_held_there_says_what_it_never_had(looks, there, packs) -> None:
    open_pack(there, packs.second)
    third = met(there, LATER + timedelta(days=182))

    page = seen(looks(there, _way.TAKE_AWAY, third.code))

    assert OPEN in page
    assert "Take the pack" not in page
    told = packed_in(session_pack(there, third.code)).plans_before
    assert [(plan.held_on, plan.tests) for plan in told] == [(DAY, 2)]
