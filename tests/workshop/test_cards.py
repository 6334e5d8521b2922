"""What is done with the cards: taken, skipped, set aside with a reason, and put back."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqua_core.errors import (
    ChangedMeanwhile,
    ChoiceRefused,
    LooksPersonal,
    NotScored,
    NotSignedIn,
    StillSealed,
    TextRefused,
)
from aqua_core.live import Channel, revision
from aqua_core.rules.talk import newest_acts, set_aside, standing, taken_up
from aqua_core.store.database import reading
from aqua_core.vocabulary import Act, CardAct, Holder, Workshop
from aqua_core.vocabulary.reading import LeftOut
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import (
    agreement_is_real,
    cards_now,
    my_timer,
    run_timer,
    set_topic_aside,
    skip_topic,
    stop_timer,
    take_topic,
    timer_now,
)
from aqua_core.workshop.noting import write_down
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.showing import shown_now, tells_now
from aqua_core.workshop.undoing import last_done_now, undo_last_done
from tests.kit.notation import made, seated
from tests.kit.one_room import facilitator, room_file
from tests.pages.test_talk_page import TIERS, ballot, divided, revealed

__all__ = ["facilitator", "room_file"]
DOMAINS = ("finance", "culture", "")
NOON = datetime(2026, 11, 22, 12)


def two_domains(facilitator: Caller) -> Workshop:
    """Reveal two domains that two laptops scored."""
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    open_scoring(facilitator, workshop.code, ["finance", "culture"])
    for name, points in (("Council", 1), ("Trust", 4)):
        for domain in ("finance", "culture"):
            submit_score(seated(workshop, name), workshop.code, domain, points)
    reveal(facilitator, workshop.code)
    return workshop


@st.composite
def histories(draw: st.DrawFn) -> tuple[CardAct, ...]:
    """Acts as older files hold them: an undo takes back the newest act that stands."""
    card_acts: list[CardAct] = []
    for sequence in range(1, draw(st.integers(1, 12)) + 1):
        act = draw(st.sampled_from(Act))
        left = standing(card_acts)
        if act is Act.UNDO and not left:
            continue
        about = left[-1] if act is Act.UNDO else None
        card_acts.append(
            CardAct(
                sequence=sequence,
                domain=about.domain if about else draw(st.sampled_from(DOMAINS)),
                number=1,
                act=act,
                undoes=about.sequence if about else None,
            )
        )
    return tuple(card_acts)


@given(histories())
def test_what_stands_is_what_a_stack_holds(card_acts: tuple[CardAct, ...]) -> None:
    stack: list[CardAct] = []
    for card_act in card_acts:
        if card_act.act is Act.UNDO:
            stack.pop()
        else:
            stack.append(card_act)

    assert list(standing(card_acts)) == stack
    last = {card_act.domain: card_act.act for card_act in stack}
    assert {key: card_act.act for key, card_act in newest_acts(card_acts, ROUND_1).items()} == last
    assert set_aside(card_acts) == {(key, 1) for key in last if last[key] is Act.SET_ASIDE}


@given(histories())
def test_undoing_everything_leaves_nothing(card_acts: tuple[CardAct, ...]) -> None:
    history = list(card_acts)
    while left := standing(history):
        history.append(left[-1].model_copy(update=AN_UNDO | {"undoes": left[-1].sequence}))
        history[-1] = history[-1].model_copy(update={"sequence": 100 + len(history)})

    assert newest_acts(history, ROUND_1) == {}
    assert taken_up(history, ROUND_1) is None


ROUND_1 = {"finance": 1, "culture": 1}
AN_UNDO = {"act": Act.UNDO}


def test_an_act_is_on_the_scores_it_was_done_on() -> None:
    card_acts = (
        CardAct(sequence=1, domain="finance", number=1, act=Act.SET_ASIDE, reason="Later"),
    )

    assert newest_acts(card_acts, {"finance": 1}).keys() == {"finance"}
    assert newest_acts(card_acts, {"finance": 2}) == {}
    assert set_aside(card_acts) == {("finance", 1)}


def test_the_card_taken_last_is_the_one_that_is_talked_about(facilitator: Caller) -> None:
    code = two_domains(facilitator).code
    take_topic(facilitator, code, "finance")
    take_topic(facilitator, code, "culture")

    assert cards_now(facilitator, code).taken_up == "culture"
    skip_topic(facilitator, code, "culture")
    assert cards_now(facilitator, code).taken_up == "finance"


def test_a_question_set_aside_gives_its_place_and_comes_back(facilitator: Caller) -> None:
    teams = divided()
    for name, ballots in teams.items():
        wide = 5 if "front" in name else 1
        teams[name] = [[wide, *scores[1:]] for scores in ballots]
    code = revealed(facilitator, teams, tiers=TIERS).code
    first, *others = [topic.domain for topic in shown_now(facilitator, code).topics]

    set_topic_aside(facilitator, code, first, "It is on Thursday's board already")

    read = shown_now(facilitator, code)
    assert [topic.domain for topic in read.topics] == others
    assert [
        left_out.domain for left_out in read.looked_at if left_out.why is LeftOut.SET_ASIDE
    ] == [first]
    aside = cards_now(facilitator, code).acts[first]
    assert aside.reason == "It is on Thursday's board already"
    # What was done since, here or anywhere, stands: no undo of it is needed to bring it back.
    skip_topic(facilitator, code, others[0])
    write_down(facilitator, code, others[0], "Two rotas")
    take_topic(facilitator, code, first)
    assert [topic.domain for topic in shown_now(facilitator, code).topics] == [first, *others]
    assert cards_now(facilitator, code).acts[others[0]].act is Act.SKIP


def test_the_one_undo_puts_a_card_back(facilitator: Caller) -> None:
    code = revealed(facilitator, divided(), tiers=TIERS).code
    set_topic_aside(facilitator, code, "finance", "Not today")

    last = last_done_now(facilitator, code)
    assert last is not None
    assert last.said == "The card on Finance & contracts: set aside."
    undo_last_done(facilitator, code, last.sequence)

    assert [topic.domain for topic in shown_now(facilitator, code).topics] == ["finance"]
    assert cards_now(facilitator, code).acts == {}


@pytest.mark.slow
def test_a_room_whose_only_question_is_set_aside_is_not_called_quiet(facilitator: Caller) -> None:
    code = revealed(facilitator, divided(), tiers=TIERS).code
    assert [topic.domain for topic in shown_now(facilitator, code).topics] == ["finance"]

    set_topic_aside(facilitator, code, "finance", "Not today")

    assert shown_now(facilitator, code).topics == ()
    assert tells_now(facilitator, code).quiet is None


def test_a_second_look_makes_the_card_fresh(facilitator: Caller) -> None:
    workshop = two_domains(facilitator)
    code = workshop.code
    set_topic_aside(facilitator, code, "finance", "Not today")
    open_scoring(facilitator, code, ["finance"])
    for name in ("Council", "Trust"):
        submit_score(seated(workshop, name), code, "finance", 3)
    reveal(facilitator, code)

    assert "finance" not in cards_now(facilitator, code).acts


def test_somebody_elses_newer_act_is_not_undone_unseen(facilitator: Caller) -> None:
    code = two_domains(facilitator).code
    take_topic(facilitator, code, "finance")
    seen = last_done_now(facilitator, code)
    skip_topic(facilitator, code, "finance")

    assert seen is not None
    with pytest.raises(ChangedMeanwhile, match="Look at what it was"):
        undo_last_done(facilitator, code, seen.sequence)


def test_a_card_of_sealed_scores_cannot_be_taken(facilitator: Caller) -> None:
    workshop = two_domains(facilitator)
    open_scoring(facilitator, workshop.code, ["finance"])

    with pytest.raises(StillSealed):
        take_topic(facilitator, workshop.code, "finance")
    with pytest.raises(NotScored):
        take_topic(facilitator, workshop.code, "weather")


@pytest.mark.parametrize("why", ["", "   ", "x" * 201])
def test_setting_aside_needs_a_reason_of_one_line(why: str, facilitator: Caller) -> None:
    code = two_domains(facilitator).code

    with pytest.raises(TextRefused):
        set_topic_aside(facilitator, code, "finance", why)
    assert cards_now(facilitator, code).acts == {}


def test_a_quiet_room_can_say_that_its_agreement_is_real(facilitator: Caller) -> None:
    quiet = {"Council": [ballot(3)] * 4, "Trust": [ballot(3)] * 4}
    code = revealed(facilitator, quiet).code

    with pytest.raises(LooksPersonal):
        agreement_is_real(facilitator, code, "Ring 0161 496 0000 and ask")
    agreement_is_real(facilitator, code, "Last winter we shared one rota")

    assert cards_now(facilitator, code).acts[""].reason == "Last winter we shared one rota"


def test_the_timer_runs_from_now_is_extended_and_stopped(facilitator: Caller) -> None:
    code = two_domains(facilitator).code
    run_timer(facilitator, code, 4, NOON)
    run_timer(facilitator, code, 1, NOON + timedelta(minutes=3))
    assert timer_now(facilitator, code) == NOON + timedelta(minutes=5)

    run_timer(facilitator, code, 2, NOON + timedelta(minutes=20))
    assert timer_now(facilitator, code) == NOON + timedelta(minutes=22)
    run_timer(facilitator, code, 60, NOON + timedelta(minutes=20))
    assert timer_now(facilitator, code) == NOON + timedelta(minutes=80)
    stop_timer(facilitator, code)
    assert timer_now(facilitator, code) is None


@pytest.mark.parametrize("minutes", [0, -1, 61])
def test_a_timer_of_no_use_is_refused(minutes: int, facilitator: Caller) -> None:
    code = two_domains(facilitator).code

    with pytest.raises(ChoiceRefused, match="1 to 60 minutes"):
        run_timer(facilitator, code, minutes, NOON)


ACTS = {
    "take": lambda who, code: take_topic(who, code, "finance"),
    "skip": lambda who, code: skip_topic(who, code, "finance"),
    "set aside": lambda who, code: set_topic_aside(who, code, "finance", "Later"),
    "real": lambda who, code: agreement_is_real(who, code, "We share a rota"),
    "undo": lambda who, code: undo_last_done(who, code, 1),
    "timer": lambda who, code: run_timer(who, code, 1, NOON),
    "stop": stop_timer,
}


@pytest.mark.parametrize("act", ACTS)
def test_nobody_but_the_facilitator_acts_on_a_card(act: str, facilitator: Caller) -> None:
    workshop = two_domains(facilitator)
    take_topic(facilitator, workshop.code, "finance")
    seat = seated(workshop, "Council")
    before = _rows(workshop.id)

    for who in (seat, Caller(), Caller(facilitator=seat.seat), Caller(wall="x" * 43)):
        with pytest.raises(NotSignedIn):
            ACTS[act](who, workshop.code)

    assert _rows(workshop.id) == before


def _rows(workshop_id: str) -> list[tuple[object, ...]]:
    with reading() as cursor:
        return [
            row
            for table in ("topic_move", "timer")
            for row in cursor.execute(
                f"SELECT * FROM {table} WHERE workshop_id = $1 ORDER BY sequence", [workshop_id]
            ).fetchall()
        ]


def test_a_seat_is_told_the_time_and_hears_of_it(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", place="Timed")
    seat = seated(workshop, "Council")
    assert my_timer(seat, workshop.code) is None
    before = revision(workshop.code, Channel.PHONES)

    run_timer(facilitator, workshop.code, 4, NOON)

    assert my_timer(seat, workshop.code) == NOON + timedelta(minutes=4)
    assert revision(workshop.code, Channel.PHONES) != before
