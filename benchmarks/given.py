"""How long analysis over places takes: `python -m benchmarks.given`.

42 places that met six times, each time 477 seats on eight domains: 252 files, 962,000 scores. They
are read by the app, every file checked, and asked by each query of docs/analysis.md.
"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Final

import duckdb

from aqua_core.store.given import given_in
from aqua_core.vocabulary.given import Side
from tests.kit.given import file_of, given

PLACES: Final = 42
WAVES: Final = 6
SEATS: Final = 159  # of each of three partners
_TIMES: Final = 3
_PAGE: Final = Path(__file__).parents[1] / "docs" / "analysis.md"


def took(deed: Callable[[], object]) -> str:
    """Say how long a deed took: the middle one of three, and of the processor."""
    seconds, work = [], []
    for _ in range(_TIMES):
        began, at_work = perf_counter(), process_time()
        deed()
        seconds.append(perf_counter() - began)
        work.append(process_time() - at_work)
    return f"{median(seconds):.3f} s ({median(work):.3f} s of the processor)"


def main() -> None:
    """Write the files, read them, ask each query, and print how long each took."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        waves = [
            given(place, date(2020 + wave, 3, 1), 0.05 * (place - 21), SEATS)
            for place in range(PLACES)
            for wave in range(WAVES)
        ]
        files = {wave.card.id: file_of(wave, folder) for wave in waves}
        everyone = [held for wave in waves for held in wave.scores if held.side is Side.EVERYONE]
        size = sum(map(len, files.values()))
        print(
            f"{len(files)} files, {sum(held.seats for held in everyone):,} scores, {size:,} bytes"
        )
        print(f"read and checked by the app: {took(lambda: given_in(files))}")
        asked = re.findall(r"```sql\n(.*?)```", _PAGE.read_text(encoding="utf-8"), re.DOTALL)
        with duckdb.connect() as engine:
            for number, sql in enumerate(asked, 1):
                over = sql.replace("given/*.parquet", f"{folder}/*.parquet")
                rows = engine.execute(over).fetchall()
                say = took(lambda over=over: engine.execute(over).fetchall())  # type: ignore[misc]
                print(f"query {number}: {len(rows)} rows in {say}")


if __name__ == "__main__":
    main()
