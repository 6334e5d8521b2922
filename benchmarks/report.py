"""The page of results: the table, what each figure means, and every run."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.machine import described
from benchmarks.rows import left_out, lines
from benchmarks.runs import Runs

_HEAD: Final = ["what", "measured (median)", "beside", "must", "aim", ""]
_ABOUT: Final = """\
Made by `python -m benchmarks`; do not edit by hand. Server and load share the machine.

A seat scores eight domains within 30 s, at random times that are the same for app and floor.
**Acknowledged** is the time from the click until the answer that is given after the commit.
**Visible** is the time from the click until the first finished drawing of the projector that
counts as many votes as were acknowledged up to and including this one. The **floor** is a bare
Starlette server with websockets that makes the same durable DuckDB commits and pushes a count at
most each 250 ms; it is measured in the same run. Seats are simulated: they speak Streamlit's
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
