"""Repeated runs, the table of what must hold, and the page of results."""

import asyncio
import math
import statistics
import traceback
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.machine import Steal, described

Run = dict[str, float]
TRIES: Final = 3  # for each run that is wanted
ADDED_UP: Final = ("lost", "doubled", "errors")


class Runs(NamedTuple):
    """The runs of one figure that count, those that were dropped, and how many failed."""

    kept: list[Run]
    dropped: list[Run]
    failed: int = 0

    def value(self, name: str) -> float:
        """Give the median of a number; of lost, doubled and errors the sum; nan of none."""
        values = [run[name] for run in self.kept if name in run]
        if not values:
            return math.nan
        if name in ADDED_UP:  # of the dropped runs too: no host excuses a lost vote
            return sum(values) + sum(run.get(name, 0) for run in self.dropped)
        return statistics.median(values)

    def each(self, name: str) -> list[float]:
        """Give a number of every run."""
        return [run[name] for run in self.kept if name in run]


def repeated(figure: Callable[[int], Awaitable[Run]], runs: int, steal: float, title: str) -> Runs:
    """Run a figure, which is given the number of the run, until enough runs count.

    A run counts when the host took no more than `steal` (per cent) of the processor time.
    """
    kept: list[Run] = []
    dropped: list[Run] = []
    failed = 0
    while len(kept) < runs and len(kept) + len(dropped) < runs * TRIES:
        print(f"{title}, run {len(kept) + 1} of {runs}", flush=True)
        watch = Steal()
        try:
            run = asyncio.run(_one(figure, len(kept)))
        except Exception:
            # A figure that cannot be taken is told as such, and the others go on.
            traceback.print_exc()
            failed = 1
            break
        stolen = 100 * watch.share()
        print(f"    {said(run)}, host took {stolen:.1f} %", flush=True)
        if stolen > steal:
            print("    dropped: the host took too much", flush=True)
            dropped.append(run)
        else:
            kept.append(run | {"steal": stolen})
    return Runs(kept, dropped, failed)


def said(run: Run) -> str:
    """Give the numbers of a run on one line."""
    return ", ".join(f"{name} {value:.4g}" for name, value in run.items())


async def _one(figure: Callable[[int], Awaitable[Run]], number: int) -> Run:
    return await figure(number)


class Row(NamedTuple):
    """A line: a number of a figure, its unit, and two limits that it may not exceed."""

    what: str
    figure: str
    number: str
    unit: str
    must: float
    aim: float
    beside: str = ""  # a second number that is printed after the first


_ACK: Final = "vote acknowledged, p95"
ROWS: Final = (
    Row(f"200 seats: {_ACK}", "load200", "ack p95", "ms", 150, 60, "floor ack p95"),
    Row(
        "200 seats: visible on the projector, p95, to the floor's",
        "load200",
        "wall ratio",
        "x",
        5,
        3,
        "wall p95",
    ),
    Row("200 seats: vote acknowledged, p99", "load200", "ack p99", "ms", 20, 12, "floor ack p99"),
    Row("200 seats: processor time a vote, to the floor's", "load200", "cpu ratio", "x", 1.8, 1.5),
    Row("1,000 seats: visible on the projector, p95", "load1000", "wall p95", "ms", 500, 300),
    Row(
        "a day of eight rounds: ack p95, last to first",
        *("day", "ack growth", "x", 1.2, 1.05),
        beside="machine",
    ),
    Row(
        "a day of eight rounds: processor time, last to first", "day", "cpu growth", "x", 1.2, 1.05
    ),
    Row("team tapped to ballot painted, Chromium", "pages", "tap to ballot", "s", 1.1, 0.8),
    Row("Reveal now to picture painted, Chromium", "pages", "reveal", "s", 0.7, 0.4),
    Row("Plan with 20 tests opened", "pages", "plan", "s", 0.5, 0.25, "plan elements"),
    Row("Home with 200 earlier workshops opened", "pages", "home", "s", 0.5, 0.5, "home elements"),
    Row("the join page on a kept line", "start", "join kept", "ms", 5, 2),
    Row("join storm, 100 in 3 s: voting screen, p95", "storm3", "storm p95", "s", 3, 3),
    Row(f"300 seats: {_ACK}", "load300", "ack p95", "ms", 400, 100, "floor ack p95"),
    Row("300 seats: visible, p95", "load300", "wall p95", "ms", 600, math.inf, "floor wall p95"),
    Row("300 seats: visible, p95, to the floor's", "load300", "wall ratio", "x", math.inf, 5),
    Row("200 seats: votes lost", "load200", "lost", "", 0, 0),
    Row("200 seats: votes doubled", "load200", "doubled", "", 0, 0),
    Row("200 seats: errors in pages or log", "load200", "errors", "", 0, 0),
    Row("300 seats: votes lost", "load300", "lost", "", 0, 0),
    Row("300 seats: votes doubled", "load300", "doubled", "", 0, 0),
    Row("300 seats: errors in pages or log", "load300", "errors", "", 0, 0),
    Row("server processor time a vote", "load200", "cpu a vote", "ms", 20, 10, "floor cpu a vote"),
    Row("100 seats rest: of one core", "idle", "idle cpu", "%", 2, 1),
    Row("memory a connected seat", "memory", "memory a seat", "MB", 1, 0.2),
    Row("join storm, 100 in 10 s: voting screen, p95", "storm", "storm p95", "s", 0.3, 0.3),
    Row("join storm: errors", "storm", "errors", "", 0, 0),
    Row("a cold voting page, gzip", "storm", "cold page", "MB", 1.2, 0.9, "cold answers"),
    Row("start to the first usable page", "start", "start", "s", 6, 3),
    Row("50 earlier workshops: ack p95 to an empty file's", "growth", "growth", "x", 1.3, 1.05),
    Row("50 earlier workshops: votes lost", "growth", "lost", "", 0, 0),
    Row("50 earlier workshops: errors in pages or log", "growth", "errors", "", 0, 0),
    Row(
        "200 seats beside strangers: vote acknowledged, p95",
        "strangers",
        "ack p95",
        "ms",
        50,
        20,
        "floor ack p95",
    ),
    Row("200 seats beside strangers: memory, more", "strangers", "memory", "MB", 50, 30),
    Row("200 seats beside strangers: end of the server", "strangers", "end", "s", 2, 1),
    Row("200 seats beside strangers: votes lost", "strangers", "lost", "", 0, 0),
    Row("200 seats beside strangers: errors in pages or log", "strangers", "errors", "", 0, 0),
    Row("reveal: every seat shows its result, p95", "reveal", "reveal p95", "s", 3, 1),
    Row("reveal: votes lost", "reveal", "lost", "", 0, 0),
    Row("reveal: errors in pages or log", "reveal", "errors", "", 0, 0),
    Row(f"6 tables of 40: {_ACK}", "tables", "ack p95", "ms", 60, 30, "floor ack p95"),
    Row(f"6 tables of 40: {_ACK}, to the floor's", "tables", "ack ratio", "x", 3, 2),
    Row("6 tables of 40: on their walls, p95, to a floor's", "tables", "wall ratio", "x", 1.5, 1),
    Row("6 tables of 40 rest: of one core", "tables", "idle cpu", "%", 1.5, 1),
    Row("6 tables of 40: votes lost", "tables", "lost", "", 0, 0),
    Row("6 tables of 40: errors in pages or log", "tables", "errors", "", 0, 0),
    Row("reveal: the last seat", "reveal", "reveal last", "s", math.inf, math.inf),
)


def lines(measured: Mapping[str, Runs]) -> list[list[str]]:
    """Lay out the rows of the figures that were asked for; one without a run says so."""
    return [_line(row, measured[row.figure]) for row in ROWS if row.figure in measured]


def left_out(measured: Mapping[str, Runs]) -> list[str]:
    """Give the figures of the table that were not asked for."""
    return [
        figure for figure in dict.fromkeys(row.figure for row in ROWS) if figure not in measured
    ]


def _line(row: Row, runs: Runs) -> list[str]:
    limits = [_limit(row.must, row.unit), _limit(row.aim, row.unit)]
    if math.isnan(runs.value(row.number)):
        return [row.what, "not measured", "", *limits, ""]
    value = runs.value(row.number)
    beside = f"{row.beside}: {_number(runs.value(row.beside))}" if row.beside else ""
    return [row.what, f"{_number(value)} {row.unit}".strip(), beside, *limits, _judged(row, value)]


def _judged(row: Row, value: float) -> str:
    if value > row.must:
        return "too much"
    if value > row.aim:
        return "holds" if row.must < math.inf else "above the aim"
    return "reached" if row.aim < math.inf else "holds" if row.must < math.inf else ""


def _limit(limit: float, unit: str) -> str:
    return "" if math.isinf(limit) else f"<= {_number(limit)} {unit}".strip()


def _number(value: float) -> str:
    if math.isinf(value):
        return "never"
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.4g}"


_HEAD: Final = ["what", "measured (median)", "beside", "must", "aim", ""]
_ABOUT: Final = """\
Made by `python -m benchmarks`; do not edit by hand. Server and load share the machine.

A seat scores eight domains within 30 s, at random times that are the same for app and floor.
**Acknowledged** is the time from the click until the answer that is given after the commit.
**Visible** is the time from the click until the first finished drawing of the projector that
counts as many votes as were acknowledged up to and including this one. The **floor** is a bare
Starlette server with websockets that makes the same durable DuckDB commits and pushes a count at
most each 20 ms; it is measured in the same run. Seats are simulated: they speak Streamlit's
websocket protocol, ask
as `pages/_listening.js` does, and neither lay out nor paint; `python -m benchmarks chromium`
sets them beside real browsers. The network is the machine's own, so a room's Wi-Fi
comes on top, and files that a start needs are in the system's cache. A cold page is all that a
fresh Chromium receives from the join page to the voting screen, gzip at best, with the frames of
the websocket.
"""


def table(measured: Mapping[str, Runs]) -> str:
    """Lay out the table as Markdown."""
    rows = [_HEAD, ["---"] * len(_HEAD), *lines(measured)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def write_page(page: Path, measured: Mapping[str, Runs], steal: float) -> None:
    """Write the page; runs from which the host took more than `steal` per cent were dropped."""
    runs, dropped = (sum(counts) for counts in zip(*map(_counts, measured.values()), strict=True))
    parts = [
        "# Live figures",
        _ABOUT,
        f"Measured on {datetime.now(UTC):%d %B %Y}, {runs} runs; {dropped} more were dropped, "
        f"because the host took over {steal:g} % of the processor time:",
        "\n".join(f"- {line}" for line in described()),
        table(measured),
        _failed(measured),
        _without(left_out(measured)),
        "## Every run",
        "\n\n".join(_runs(name, runs) for name, runs in measured.items()),
    ]
    page.write_text("\n\n".join(part.strip() for part in parts if part) + "\n", encoding="utf-8")


def _without(figures: list[str]) -> str:
    return f"Not measured this time: {', '.join(figures)}." if figures else ""


def _failed(measured: Mapping[str, Runs]) -> str:
    names = [name for name, runs in measured.items() if runs.failed]
    return f"A run of {', '.join(names)} failed; its rows rest on fewer runs." if names else ""


def _counts(runs: Runs) -> tuple[int, int]:
    return len(runs.kept), len(runs.dropped)


def _runs(name: str, runs: Runs) -> str:
    said = f"**{name}**: {len(runs.kept)} runs, {len(runs.dropped)} dropped, {runs.failed} failed"
    numbers = list(runs.kept[0]) if runs.kept else []
    each = (f"{number}: {_each(runs.each(number))}" for number in numbers)
    return "\n".join([said, "", *(f"- {line}" for line in each)])


def _each(values: list[float]) -> str:
    return ", ".join(f"{value:.4g}" for value in values)
