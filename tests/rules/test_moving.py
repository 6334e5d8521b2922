"""Did it move? Held against exact values, worked out twice."""

import json
from math import sqrt
from pathlib import Path
from typing import Any

import pytest

from aqua_core.rules import lines as arrangements
from aqua_core.rules.moving import Answers, Measured, Moved, Stratum, moved_between, verdict_of

ORACLE = json.loads((Path(__file__).parent / "waves_oracle.json").read_text("utf-8"))
MOVES = ORACLE["moves"]
NEAR = 1e-9


def wave(teams: dict[str, list[list[int | None]]]) -> Answers:
    return [(Stratum(*key.split("/")), tuple(row)) for key, rows in teams.items() for row in rows]


def moved(name: str) -> Moved:
    case = MOVES[name]
    return moved_between(wave(case["wave1"]), wave(case["wave2"]), case["domains"], seed=7)


def check(found: Measured, exact: dict[str, Any]) -> None:
    change = exact["change"]
    if change is None:
        assert found.change is None
    else:
        assert found.change == pytest.approx(change["value"], abs=NEAR)
        assert found.share == pytest.approx(exact["p"]["value"], abs=NEAR)
    least = exact["least_clear_change"]
    assert found.least == (None if least is None else pytest.approx(least, abs=NEAR))
    assert found.verdict.value == exact["verdict"]


@pytest.mark.parametrize("name", MOVES)
def test_every_change_of_the_oracle_is_found_exactly(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrangements, "MOST_LISTED", 5000)
    expect = MOVES[name]["expect"]

    found = moved(name)

    assert len(found.domains) == len(expect["domains"])
    for mine, exact in zip(found.domains, expect["domains"], strict=True):
        check(mine, exact)
        assert list(mine.compared) == exact["compared"]
        assert mine.arrangements == expect["arrangements"]
    check(found.whole, expect["place"])


@pytest.mark.parametrize("name", [n for n in MOVES if MOVES[n]["expect"]["arrangements"] > 1000])
def test_where_too_many_are_to_be_listed_a_drawn_share_lies_near(name: str) -> None:
    for mine, exact in zip(moved(name).domains, MOVES[name]["expect"]["domains"], strict=True):
        share = exact["p"]["value"]
        assert abs(mine.share - share) <= 4 * sqrt(share * (1 - share) / 2000) + 1 / 2000


def test_a_place_of_one_domain_says_of_itself_what_the_domain_says() -> None:
    first = wave({"Trust/board": [[n % 3] for n in range(40)]})
    second = wave({"Trust/board": [[n % 3 + n % 5 // 3] for n in range(40)]})

    found = moved_between(first, second, 1, seed=7)

    assert 0.25 <= (found.domains[0].change or 0) < 0.5
    assert found.whole.verdict is found.domains[0].verdict


@pytest.mark.parametrize("case", ORACLE["verdicts"])
def test_the_word_for_a_change_is_the_oracles(case: dict[str, Any]) -> None:
    measured = (case["change"], case["p"], case["least_clear_change"])

    word = verdict_of(measured, tuple(case["compared"]), case["arrangements"], case["gate"])

    assert word.value == case["verdict"]
