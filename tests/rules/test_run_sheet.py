"""A run sheet in time, and beside it a clock that is moved minute by minute."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from aqua_core.rules.run_sheet import (
    begun,
    end_of,
    gone_on,
    minutes_late,
    minutes_left,
    rows_of,
    taken,
    ways_in_time,
    with_more_time,
)
from aqua_core.vocabulary.programme import Opens, Running, Step

NINE = datetime(2027, 2, 3, 9, 0)
MINUTE = timedelta(minutes=1)


def sheet(line: str) -> list[Step]:
    """Read steps as "welcome 10, score 15, (break 5), talk 10": in brackets may be left out."""
    steps = []
    for part in line.split(", "):
        title, minutes = part.strip("()").split(" ")
        opens = Opens.NONE if title == "break" else Opens.ROOM
        spare = part.startswith("(")
        steps.append(Step(title=title, minutes=int(minutes), opens=opens, spare=spare))
    return steps


def runs(line: str, late: int = 0) -> Running:
    """Begin at nine, and be so many minutes late as the second step begins."""
    steps = sheet(line)
    running = begun(steps, NINE, NINE)
    return gone_on(running, NINE + timedelta(minutes=steps[0].minutes + late))


def at(running: Running) -> datetime:
    return running.starts[-1]


def test_seven_minutes_late_is_seven_minutes_late() -> None:
    running = runs("welcome 10, score 15, (break 15), talk 20", late=7)

    assert minutes_late(running, at(running)) == 7
    assert end_of(running, at(running)) == NINE + 67 * MINUTE
    assert minutes_left(running, at(running)) == 15


def test_three_ways_to_end_in_time_and_each_does() -> None:
    running = runs("welcome 10, score 15, break 15, (again 10), plan 20", late=7)
    now = at(running)

    shorter, without, moved = ways_in_time(running, now)

    assert (shorter.at, shorter.minutes[2], shorter.saves) == (2, 8, 7)
    assert (without.at, without.minutes[3], without.saves) == (3, 0, 10)
    assert (moved.saves, moved.minutes) == (0, running.minutes)
    assert [minutes_late(taken(running, way, now), now) for way in (shorter, without, moved)] == [
        0,
        -3,
        0,
    ]
    assert taken(running, moved, now).ends == NINE + 77 * MINUTE


def test_where_nothing_may_be_left_out_all_that_comes_is_shorter() -> None:
    running = runs("welcome 10, score 15, talk 10, plan 20", late=9)

    _, alike, _ = ways_in_time(running, at(running))

    assert (alike.at, alike.saves) == (-1, 9)
    assert alike.minutes == (10, 15, 7, 14)


def test_what_is_left_out_is_passed_over_and_has_no_hour() -> None:
    running = runs("welcome 10, score 15, (again 10), plan 20", late=7)
    _, without, _ = ways_in_time(running, at(running))
    running = gone_on(taken(running, without, at(running)), at(running) + 15 * MINUTE)

    assert (running.at, running.step and running.step.title) == (3, "plan")
    assert [row.now is None for row in rows_of(running, at(running))] == [False, False, True, False]
    assert [row.planned for row in rows_of(running, at(running))][-1] == NINE + 35 * MINUTE


def test_a_sheet_that_starts_on_another_day_is_timed_from_its_start() -> None:
    running = begun(sheet("welcome 10, plan 20"), NINE, NINE + timedelta(days=3))

    assert minutes_late(running, at(running)) == 0
    assert running.ends == NINE + timedelta(days=3, minutes=30)


acts = st.lists(
    st.sampled_from(["wait 1", "wait 4", "wait 11", "next", "more", "first", "second", "third"]),
    max_size=30,
)
lines = st.lists(
    st.tuples(st.integers(1, 40), st.booleans(), st.booleans()), min_size=1, max_size=8
)


@settings(max_examples=60, deadline=None)
@given(lines, acts)
def test_it_ends_when_a_clock_that_is_moved_says_so(
    steps: list[tuple[int, bool, bool]], done: list[str]
) -> None:
    """The second calculation waits minute by minute, and presses Next as each step ends."""
    running = begun(
        [
            Step(
                title=f"s{nth}",
                minutes=minutes,
                spare=spare,
                opens=Opens.ROOM if opens else Opens.NONE,
            )
            for nth, (minutes, spare, opens) in enumerate(steps)
        ],
        NINE,
        NINE,
    )
    now = NINE
    for act in done:
        now += MINUTE * (int(act.removeprefix("wait ")) if act.startswith("wait") else 0)
        if running.over:
            break
        late = minutes_late(running, now)
        ways = ways_in_time(running, now)
        assert bool(ways) == (late > 0)
        nth = {"first": 0, "second": 1, "third": 2}.get(act, 9)
        if act == "next":
            running = gone_on(running, now)
        elif act == "more":
            running = with_more_time(running, 5)
        elif nth < len(ways):
            way = ways[nth]
            running = taken(running, way, now)
            assert minutes_late(running, now) == (late - way.saves if way.saves else 0)
            assert all(left >= 0 for left in running.minutes)

    assert plain_end(running, now) == end_of(running, now)


def plain_end(running: Running, now: datetime) -> datetime:
    while not running.over:
        begins = running.starts[running.at]
        while now < begins + MINUTE * running.minutes[running.at]:
            now += MINUTE
        running = gone_on(running, now)
    return running.starts[-1]
