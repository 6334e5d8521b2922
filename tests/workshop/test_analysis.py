"""What docs/analysis.md says can be asked: each query runs, and a plain calculation agrees."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from aqua_core.store.given import write_given
from aqua_core.vocabulary.given import GIVEN_COLUMNS, GivenScores, GivenWave, HowItStands, Side
from aqua_core.vocabulary.place import Tier
from tests.kit.given import given
from tests.kit.waves import DAYS

PAGE = (Path(__file__).parents[2] / "docs" / "analysis.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, flags=re.DOTALL)
ENDED = {HowItStands.ADOPTED, HowItStands.ABANDONED, HowItStands.STOPPED}
Rows = list[tuple[Any, ...]]


def with_tiers(wave: GivenWave) -> GivenWave:
    """Let the first partner be the boards, the others the front lines."""
    of_tiers = [
        held.model_copy(
            update={
                "side": Side.TIER,
                "sector": None,
                "tier": Tier.BOARD if held.part == 1 else Tier.FRONT_LINE,
            }
        )
        for held in wave.scores
        if held.side is Side.PARTNER
    ]
    return wave.model_copy(update={"scores": (*wave.scores, *of_tiers)})


@pytest.fixture(scope="module")
def waves() -> list[GivenWave]:
    """Seven places, of which four met twice."""
    steps = [0.3 * (place - 3) for place in range(7)]
    every = [given(place, DAYS[0], step) for place, step in enumerate(steps)]
    every += [given(place, DAYS[1], steps[place]) for place in range(4)]
    return [*map(with_tiers, every)]


@pytest.fixture(scope="module")
def asked(
    waves: list[GivenWave], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[int], Rows]:
    folder = tmp_path_factory.mktemp("given")
    for wave in waves:
        write_given(wave, folder / f"{wave.card.id}.parquet")

    def ask(number: int) -> Rows:
        with duckdb.connect() as connection:
            sql = QUERIES[number].replace("given/*.parquet", f"{folder}/*.parquet")
            return connection.execute(sql).fetchall()

    return ask


def test_the_columns_that_are_documented_are_the_ones_that_are_written(
    waves: list[GivenWave], tmp_path: Path
) -> None:
    write_given(waves[0], tmp_path / "wave.parquet")
    with duckdb.connect() as connection:
        found = connection.execute(f"DESCRIBE FROM '{tmp_path}/wave.parquet'").fetchall()

    rows = re.findall(r"^\| `(\w+)` \| (\S+) \| (.*) \|$", PAGE, flags=re.MULTILINE)
    assert rows == [(name, form, holds) for name, (form, holds) in GIVEN_COLUMNS.items()]
    assert [(name, form) for name, form, *_ in found] == [(name, form) for name, form, _ in rows]


def test_every_query_is_held_here() -> None:
    assert len(QUERIES) == 6
    assert PAGE.count("HAVING count(") >= 5


def test_how_many_are_alike(asked: Callable[[int], Rows], waves: list[GivenWave]) -> None:
    card = waves[0].card

    assert asked(0) == [(card.wording, "board, front line", 7, 11)]


def newest(waves: Iterable[GivenWave]) -> list[GivenWave]:
    return [*{w.card.place: w for w in sorted(waves, key=lambda w: w.card.dated)}.values()]


def test_what_places_are_apart_on(asked: Callable[[int], Rows], waves: list[GivenWave]) -> None:
    last = newest(waves)
    apart = Counter(d.key for w in last for d in w.card.domains if d.agreed == "apart")
    keys = [domain.key for domain in last[0].card.domains]

    assert asked(1) == sorted(
        ((key, len(last), apart[key]) for key in keys), key=lambda row: (-row[2], row[0])
    )
    assert len({row[2] for row in asked(1)}) > 1


def mean(scores: list[GivenScores]) -> float:
    return sum(held.points * held.seats for held in scores) / sum(held.seats for held in scores)


def test_boards_beside_front_lines(asked: Callable[[int], Rows], waves: list[GivenWave]) -> None:
    at: dict[tuple[str, str, Tier], list[GivenScores]] = defaultdict(list)
    for wave in waves:
        for held in wave.scores:
            if held.tier:
                at[held.domain, wave.card.place, held.tier].append(held)
    steps: dict[str, list[float]] = defaultdict(list)
    for domain, place, tier in list(at):
        if tier is Tier.BOARD:
            below = at[domain, place, Tier.FRONT_LINE]
            steps[domain].append(mean(at[domain, place, tier]) - mean(below))

    found = asked(2)
    assert [(key, places) for key, places, _ in found] == [(key, 7) for key in sorted(steps)]
    for key, _, above in found:
        assert abs(above - math.fsum(steps[key]) / 7) < 0.0051


def test_how_scores_spread(asked: Callable[[int], Rows], waves: list[GivenWave]) -> None:
    seats: Counter[tuple[str, int]] = Counter()
    places: dict[tuple[str, int], set[str]] = defaultdict(set)
    for wave in waves:
        for held in wave.scores:
            if held.side is Side.PARTNER:  # whole rooms, the other way round
                seats[held.domain, held.points] += held.seats
                places[held.domain, held.points].add(wave.card.place)

    kept = sorted(key for key, who in places.items() if len(who) >= 5)
    assert asked(3) == [(*key, seats[key]) for key in kept]
    assert len(kept) < len(places)


def test_what_became_of_tests(asked: Callable[[int], Rows], waves: list[GivenWave]) -> None:
    by: dict[tuple[str, str], list[HowItStands]] = defaultdict(list)
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for wave in waves:
        for test in wave.tests:
            if test.stands is not HowItStands.TAKEN_ON:
                kind = wave.kinds[test.domain].value if test.domain else "~"
                by[kind, test.move.value].append(test.stands)
                places[kind, test.move.value].add(wave.card.place)

    assert asked(4) == [
        (
            None if kind == "~" else kind,
            move,
            stands.count(HowItStands.GOES_ON),
            sum(one in ENDED for one in stands),
            stands.count(HowItStands.ADOPTED),
        )
        for (kind, move), stands in sorted(by.items())
        if len(places[kind, move]) >= 5
    ]
    assert asked(4)


def test_whether_what_stands_low_is_tried(
    asked: Callable[[int], Rows], waves: list[GivenWave]
) -> None:
    domains, tests = Counter[int](), Counter[int]()
    places: dict[int, set[str]] = defaultdict(set)
    for wave in waves:
        for domain in wave.card.domains:
            level = int(domain.average)
            places[level].add(wave.card.place)
            domains[level] += 1
            tests[level] += sum(test.domain == domain.key for test in wave.tests)

    assert asked(5) == [
        (level, len(places[level]), domains[level], tests[level])
        for level in sorted(places)
        if len(places[level]) >= 5
    ]
