"""The pictures of a plan: every count drawn, nothing off the page, type for the back row."""

import random
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from aqua_core.charts.layout.canvas import wide
from aqua_core.charts.mix import (
    MOST,
    MOST_ROWS,
    Names,
    fitted,
    mix_chart,
    mix_table,
    on_two_lines,
    plan_table,
    reviews_table,
    timeline,
)
from aqua_core.charts.sentences.planning import still_to_say
from aqua_core.charts.slots import Look, colour
from aqua_core.rules.plan import mix_of, reviews_of
from aqua_core.vocabulary import Action, Impact, Scale, Tier
from aqua_core.vocabulary.plan import MixBy
from aqua_core.vocabulary.points import day_said
from tests.kit.notation import DAY, workshop_of
from tests.rules.test_plan_rules import NAMES, ROOM, action

PROJECTOR, HELD = Look(font=32), Look(font=16)
LEFT = 735
"""Px that a projector has under the links, the choices and two lines of words."""


def rows_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for layer in spec["layer"] for row in rows_in(layer, spec)]


def rows_in(layer: dict[str, Any], spec: dict[str, Any]) -> list[dict[str, Any]]:
    return spec["datasets"][layer["data"]["name"]]


def any_plan(seed: int) -> list[Action]:
    chance = random.Random(seed)
    return [
        action(
            n,
            partners=tuple(chance.sample(NAMES, chance.randint(1, 4))),
            domain=chance.choice(ROOM.instrument.domains).key,
            scale=chance.choice(list(Scale)),
            impact=chance.choice(list(Impact)),
            review_on=DAY + timedelta(days=chance.randint(-40, 400)),
        )
        for n in range(seed)
    ]


def mixes(plan: list[Action], room: Any = ROOM) -> dict[MixBy, Any]:
    return {by: mix_of(room, plan, by) for by in MixBy}


@pytest.mark.parametrize("seed", [0, 9])
def test_every_count_of_the_mix_is_drawn_and_tabled(seed: int) -> None:
    found = mixes(any_plan(seed))
    spec = mix_chart(found, PROJECTOR).to_dict()

    counted = [share for shares in found.values() for share in shares]
    figures = [row["words"] for row in rows_of(spec) if row["words"].isdigit()]
    assert sorted(figures) == sorted(str(share.actions) for share in counted)
    assert len(mix_table(found)) == len(counted)
    bars = [layer for layer in spec["layer"] if layer["mark"]["type"] == "rule"]
    drawn = {row["words"]: row["ink"] for bar in bars for row in rows_in(bar, spec)}
    for slot, name in enumerate(NAMES):
        assert drawn.get(name, colour(slot, PROJECTOR)) == colour(slot, PROJECTOR)


def test_forty_partners_share_the_last_row_and_no_action_is_lost() -> None:
    names = [f"Partner {n}" for n in range(40)]
    room = workshop_of([(name, Tier.BOARD) for name in names])
    plan = [action(n, partners=(names[n], names[39])) for n in range(30)]
    found = mixes(plan, room)

    spec = mix_chart(found, PROJECTOR).to_dict()

    words = [row["words"] for row in rows_of(spec)]
    assert f"{40 - MOST_ROWS + 1} others" in words
    assert "Partner 39" in words
    shown = [r for r in rows_of(spec) if r["words"].startswith("Partner") or "others" in r["words"]]
    once = {row["words"]: row["actions"] for row in shown}
    assert sum(once.values()) == 60
    assert spec["height"] <= LEFT
    assert len(mix_table(found)) == 8 + 40 + 4 + 4


def test_what_no_test_says_of_itself_is_no_picture_and_is_said() -> None:
    quiet = [action(n, scale=Scale.UNSAID, impact=Impact.UNSAID) for n in range(3)]
    one = [*quiet, action(4, scale=Scale.UNSAID, impact=Impact.TEAMS)]

    def heads(plan: list[Action]) -> set[str]:
        spec = mix_chart(mixes(plan), PROJECTOR).to_dict()
        return {row["words"] for row in rows_of(spec) if row["words"].startswith("By ")}

    assert heads(quiet) == {"By domain", "By partner that owns it"}
    assert heads(one) == heads(quiet) | {"By where it should show"}
    assert "at which scale it is tried and where it should show" in still_to_say(mixes(quiet))
    assert "where it should show" not in still_to_say(mixes(one))
    assert still_to_say(mixes([action(1, scale=Scale.MACRO, impact=Impact.TEAMS)])) == ""
    assert still_to_say(mixes([])) == ""


@pytest.mark.parametrize("seed", [1, 9])
def test_every_review_stands_on_the_line_of_time(seed: int) -> None:
    reviews = reviews_of(ROOM, any_plan(seed), [])
    spec = timeline(reviews, DAY, PROJECTOR).to_dict()

    marks = [row for row in rows_of(spec) if "told" in row]
    assert all(0 <= row["along"] <= 1 for row in marks)
    assert {row["day"] for row in marks if "late" in row["day"]} == {
        f"{review.review_on.day} {review.review_on:%b}, late"
        for review in reviews
        if review.review_on < DAY
    }
    assert len(reviews_table(reviews)) == len(reviews)


def test_the_thirteenth_review_is_left_to_the_table() -> None:
    plan = [action(n, review_on=DAY + timedelta(days=n)) for n in range(MOST + 5)]
    reviews = reviews_of(ROOM, plan, [])

    spec = timeline(reviews, DAY, PROJECTOR).to_dict()

    places = {row["place"] for row in rows_of(spec) if "place" in row}
    assert places == set(range(MOST))
    assert spec["height"] <= LEFT
    assert len(reviews_table(reviews)) == MOST + 5


@pytest.mark.parametrize("count", [0, 8])
def test_words_on_the_projector_are_never_under_28_px(count: int) -> None:
    plan = [action(n) for n in range(count)]
    reviews = reviews_of(ROOM, plan, [])
    for chart in (mix_chart(mixes(plan), PROJECTOR), timeline(reviews, DAY, PROJECTOR)):
        sizes = [
            layer["mark"]["fontSize"]
            for layer in chart.to_dict()["layer"]
            if layer["mark"]["type"] == "text"
        ]

        assert sizes
        assert min(sizes) >= 28


@pytest.mark.parametrize("text", ["", "short", "a b " * 60, "x" * 200, "two\nlines of it"])
@pytest.mark.parametrize("room", [80, 300, 700])
def test_words_are_cut_where_their_room_ends(text: str, room: int) -> None:
    for line in (fitted(text, 28, room), *on_two_lines(text, 28, room).split("\n")):
        assert wide(line, 28) <= room
    assert on_two_lines(text, 28, room).count("\n") <= 1
    if wide(" ".join(text.split()), 28) <= room:
        assert on_two_lines(text, 28, room) == fitted(text, 28, room) == " ".join(text.split())


def test_the_plan_as_a_table_has_a_row_an_action_and_its_words_whole() -> None:
    plan = [action(0), action(1, measure="", prediction="", test="If " + "we try, " * 30)]
    names = dict(zip(NAMES, NAMES, strict=True))

    table = plan_table(plan, Names(names, {"workforce": "Workforce"}), {}, {})

    assert list(table["What will be tried"]) == [action_.test for action_ in plan]
    assert list(table["How we will know"]) == ["Those who wait", "not said"]
    assert list(table["Owned by"]) == ["Council, Trust"] * 2


def test_the_table_explains_a_scale_and_shows_how_a_long_prediction_begins() -> None:
    plan = [action(0, prediction="x" * 10_000, scale=Scale.UNSAID), action(1)]
    names = dict(zip(NAMES, NAMES, strict=True))

    table = plan_table(plan, Names(names, {"workforce": "Workforce"}), {}, {})

    assert list(table["Scale"]) == ["not said", "one team or neighbourhood"]
    assert table["We expect"][0] == "x" * 300 + " …"


def test_a_test_of_an_earlier_workshop_says_in_the_table_when_it_was_planned() -> None:
    plan = [action(0), action(1, partners=("Somebody else",))]
    names = Names({name: name for name in (*NAMES, "Somebody else")}, {"workforce": "Workforce"})

    table = plan_table(plan, names, {}, {plan[1].id: DAY})

    assert list(table["Cycle"]) == ["No cycle yet", f"No cycle yet; from {day_said(DAY)}"]
    assert list(table["Owned by"])[1] == "Somebody else"


LONG = (
    "Tameside and Glossop Integrated Care NHS Foundation Trust",
    "Tameside Metropolitan Borough Council",
    "Pennine Care NHS Foundation Trust",
)


@pytest.mark.parametrize("short", [1, 5])
def test_a_long_name_is_whole_in_the_mix_while_there_is_room(short: int) -> None:
    names = [*LONG, *(f"Partner {n}" for n in range(short))]
    room = workshop_of([(name, Tier.BOARD) for name in names])
    plan = [action(n, partners=(name, names[0])) for n, name in enumerate(names)]

    spec = mix_chart(mixes(plan, room), PROJECTOR).to_dict()

    drawn = [" ".join(row["words"].split()) for row in rows_of(spec)]
    assert set(LONG) <= set(drawn)
    assert spec["height"] <= LEFT
    # Nothing stands on a line of anything else.
    for side in spec["layer"]:
        places = sorted({row["place"] for row in rows_in(side, spec) if "place" in row})
        assert all(two - one >= 1 for one, two in pairwise(places))


def test_eight_long_names_are_cut_before_a_list_leaves_the_screen() -> None:
    names = [f"{n} {LONG[0]}" for n in range(8)]
    room = workshop_of([(name, Tier.BOARD) for name in names])
    plan = [action(n, partners=(name, names[0])) for n, name in enumerate(names)]

    assert mix_chart(mixes(plan, room), PROJECTOR).to_dict()["height"] <= LEFT


@pytest.mark.parametrize("days", [1, 200])
def test_a_review_shows_all_who_own_it_and_another_year(days: int) -> None:
    plan = [action(1, partners=tuple(NAMES[:3]), review_on=DAY + timedelta(days=days))]
    reviews = reviews_of(ROOM, plan, [])

    spec = timeline(reviews, DAY, PROJECTOR).to_dict()

    marks = [row for row in rows_of(spec) if "told" in row]
    assert [row["told"].partition(": ")[2] for row in marks] == list(NAMES[:3])
    assert [mark["colour"] for mark in marks] == [colour(n, PROJECTOR) for n in range(3)]
    # The lead's stands at the day; the others beside it, on the line of time.
    assert marks[0]["beside"] == 0
    assert len({row["beside"] for row in marks}) == 3
    assert marks[0]["day"] == ("23 Nov" if days == 1 else "10 Jun 2027")
    assert reviews_table(reviews).iloc[0, 2] == ", ".join(NAMES[:3])
