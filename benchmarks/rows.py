"""The table: what is measured, what must hold, and what we aim for."""

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

from benchmarks.runs import Runs


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
        1.5,
        1.15,
        "wall p95",
    ),
    Row(f"300 seats: {_ACK}", "load300", "ack p95", "ms", 400, 100, "floor ack p95"),
    Row("300 seats: visible, p95", "load300", "wall p95", "ms", 600, math.inf, "floor wall p95"),
    Row("300 seats: visible, p95, to the floor's", "load300", "wall ratio", "x", math.inf, 1.3),
    Row("200 seats: votes lost", "load200", "lost", "", 0, 0),
    Row("200 seats: votes doubled", "load200", "doubled", "", 0, 0),
    Row("200 seats: errors in pages or log", "load200", "errors", "", 0, 0),
    Row("300 seats: votes lost", "load300", "lost", "", 0, 0),
    Row("300 seats: votes doubled", "load300", "doubled", "", 0, 0),
    Row("300 seats: errors in pages or log", "load300", "errors", "", 0, 0),
    Row("server processor time a vote", "load200", "cpu a vote", "ms", 20, 10, "floor cpu a vote"),
    Row("100 seats rest: of one core", "idle", "idle cpu", "%", 2, 1),
    Row("memory a connected seat", "memory", "memory a seat", "MB", 1, 0.2),
    Row("join storm, 100 in 10 s: voting screen, p95", "storm", "storm p95", "s", 3, 1),
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
