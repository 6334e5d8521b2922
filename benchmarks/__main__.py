"""Measure: `python -m benchmarks [FIGURE ...] [--runs N] [--app FOLDER] [--seats N]`."""

import argparse
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from benchmarks.browser import chromium
from benchmarks.figures.day import day
from benchmarks.figures.growth import growth
from benchmarks.figures.idle import idle, memory
from benchmarks.figures.load import load_and_floor
from benchmarks.figures.pages import pages
from benchmarks.figures.reveal import reveal
from benchmarks.figures.start import start
from benchmarks.figures.storm import storm
from benchmarks.figures.strangers import strangers
from benchmarks.figures.tables import tables
from benchmarks.machine import open_many_files
from benchmarks.report import Run, repeated, table, write_page

ROOT: Final = Path(__file__).parent.parent
Figure = Callable[[Path, int, int], Awaitable[Run]]

# Each is given the app, how many seats, and the number of the run.
FIGURES: Final[dict[str, tuple[int, Figure]]] = {
    "load200": (200, load_and_floor),
    "load300": (300, load_and_floor),
    "load1000": (1000, load_and_floor),
    "idle": (100, lambda app, seats, _: idle(app, seats)),
    "memory": (100, lambda app, seats, _: memory(app, seats)),
    "storm": (100, lambda app, seats, run: storm(app, seats, run, 10.0)),
    "storm3": (100, lambda app, seats, run: storm(app, seats, run, 3.0)),
    "start": (1, lambda app, _, __: start(app)),
    "growth": (200, growth),
    "reveal": (200, reveal),
    "strangers": (200, strangers),
    "pages": (24, pages),
    "day": (200, day),
    "tables": (40, tables),
}
# Asked for by name: it says how far the simulation may be believed.
CHECKS: Final[dict[str, tuple[int, Figure]]] = {"chromium": (40, chromium)}

OTHERS: Final = """each by itself (what it holds, and its last result, is in docs/proofs.md):
  python -m benchmarks.rooms            planted differences, found or not
  python -m benchmarks.rooms.timing     the work of reading a room
  python -m benchmarks.guard            hidden scores, looked for in random rooms
  python -m benchmarks.pairs            hidden scores, looked for in pairs of waves
  python -m benchmarks.waves            moved or not, in simulated places
  python -m benchmarks.given            analysis over places: files read, queries asked
  python -m benchmarks.hosted           several processes over one PostgreSQL (and Caddy)
  python -m benchmarks.trust.kills      killed while it votes
  python -m benchmarks.trust.damage     a file damaged in 330 ways
  python -m benchmarks.trust.full_disk  a full disk (Linux, root)"""


def main() -> None:
    """Measure what was asked for, print the table, and write the page when all was measured."""
    asked = _arguments()
    open_many_files()
    # A run that is ended from outside still stops its servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    every = FIGURES | CHECKS
    measured = {}
    for name in asked.figures or FIGURES:
        seats, figure = every[name]
        bound = _bound(figure, asked.app, asked.seats or seats)
        measured[name] = repeated(bound, asked.runs, asked.steal, name)
    print(f"\n{table(measured)}")
    if asked.seats:
        print(f"\nEach with {asked.seats} seats, whatever the rows say.")
    page = asked.page or (None if asked.figures else ROOT / "docs" / "live-figures.md")
    if page and not asked.seats:
        write_page(page, measured, asked.steal)


def _bound(figure: Figure, app: Path, seats: int) -> Callable[[int], Awaitable[Run]]:
    return lambda number: figure(app, seats, number)


def _figure(name: str) -> str:
    if name not in FIGURES | CHECKS:
        raise argparse.ArgumentTypeError(f"{name} is none of the figures")
    return name


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        epilog=OTHERS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    every = ", ".join([*FIGURES, *CHECKS])
    parser.add_argument("figures", nargs="*", type=_figure, metavar="FIGURE", help=every)
    parser.add_argument("--runs", type=int, default=3, help="of each figure (3)")
    parser.add_argument("--app", type=lambda text: Path(text).resolve(), default=ROOT)
    parser.add_argument("--seats", type=int, help="another number; no page is written")
    steal = "a run counts when the host took at most so many per cent of the processor time (3)"
    parser.add_argument("--steal", type=float, default=3.0, help=steal)
    parser.add_argument("--page", type=Path, help="where the results are written")
    return parser.parse_args()


if __name__ == "__main__":
    main()
