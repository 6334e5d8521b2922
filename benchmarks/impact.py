"""Draw a place of 12 measures, eight years of months each: `python -m benchmarks.impact`.

Prints ms of a core's work for the whole page, by turns with its picture built anew and kept.
"""

from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from streamlit.testing.v1 import AppTest

from aqua_core import live
from aqua_core.vocabulary.plan import Impact
from aqua_core.workshop.admitting import Caller
from pages import _room, _way
from tests.kit.measured import FLAT, SHIFTED, a_measure, followed, place_of
from tests.kit.one_room import opened_in
from tests.kit.planned import met

MEASURES, TIMES = 12, 20
SHELL = Path(__file__).parents[1] / "pages" / "_shell.py"


def place_of_twelve(facilitator: Caller) -> str:
    """Make a place that follows twelve measures month by month, 96 readings each."""
    place_id = place_of(facilitator, met(facilitator))
    levels = [Impact.LEADERS, Impact.TEAMS, Impact.OUTCOMES]
    for n in range(MEASURES):
        draft = a_measure(f"Measure {n + 1}", impact=levels[n % 3])
        followed(facilitator, place_id, draft, (*FLAT * 3, *SHIFTED)[-96:])
    return place_id


def drawn(place_id: str) -> float:
    """Give ms of work for one run of the page."""
    app = AppTest.from_file(str(SHELL), default_timeout=60)
    app.query_params.update({_way.OF_PLACE: place_id, _way.VIEW: _way.IMPACT})
    app.run()
    app.switch_page(_way.PLACE)
    app.query_params.update({_way.OF_PLACE: place_id, _way.VIEW: _way.IMPACT})
    begun = process_time()
    app.run()
    assert app.get("vega_lite_chart")
    return (process_time() - begun) * 1000


if __name__ == "__main__":
    with TemporaryDirectory() as folder, opened_in(Path(folder)) as facilitator:
        _room.caller = lambda: facilitator
        place_id = place_of_twelve(facilitator)
        drawn(place_id)
        anew, kept = [], []
        for _ in range(TIMES):
            live.forget_all(place_id)
            anew.append(drawn(place_id))
            kept.append(drawn(place_id))
    print(f"{date.today()}: built anew {median(anew):.0f} ms, kept {median(kept):.0f} ms")
