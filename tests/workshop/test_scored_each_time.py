"""Over time, the partners that scored a domain each time: who they are is said, and what holds."""

from collections.abc import Mapping
from datetime import date
from itertools import count

import pytest

from aqua_core.charts.over_time import over_time_table
from aqua_core.rules.gaps_over_time import nobody_dropped, scored_each_time
from aqua_core.vocabulary import CANNOT_SAY, MOST_SEATS, Holder, Place, Sector, Tier, Workshop
from aqua_core.vocabulary.over_time import OverTime
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.looking_back import Since, Whose, looked_back_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from aqua_core.workshop.showing import results_now
from pages import _way
from tests.kit.looking import words
from tests.kit.notation import INSTRUMENT, seated

DAYS = (date(2026, 11, 29), date(2027, 6, 1), date(2027, 12, 1))
ASKED = ("information", "finance")
FIRST = {"A": "01", "B": "51", "C": "22", "D": "22", "E": "3-", "F": "34"}
SECOND = {"A": "13", "B": "42", "C": "33", "D": "32", "E": "34", "F": "3-"}
GAP = "The gap on Information & IT narrowed from 5.0 to 3.0."
_places = count()


def held(
    who: Caller,
    day: date,
    place: str,
    rows: Mapping[str, str],
    *,
    guard: int = 1,
    holder: Holder = Holder.LAPTOP,
    seats: int = 1,
) -> Workshop:
    """Hold a wave in which so many seats of a partner each give these points, `-` for a blank."""
    draft = WorkshopDraft(
        place=Place(name=place, persona="Sally Ford"),
        partners=[PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in rows],
        instrument=INSTRUMENT,
        held_on=day,
        holder=holder,
        guard=guard,
        people=MOST_SEATS,
    )
    workshop = set_up(who, draft, day)
    open_scoring(who, workshop.code, ASKED)
    for name, row in rows.items():
        for _ in range(1 if "*" in row else seats):
            seat = seated(workshop, name)
            for key, said in zip(ASKED, row.strip("*"), strict=True):
                score = CANNOT_SAY if said == "-" else int(said)
                submit_score(seat, workshop.code, key, score)
    reveal(who, workshop.code)
    return workshop


def waves_of(who: Caller, *rows: Mapping[str, str], **how: object) -> list[Workshop]:
    place = f"Each time {next(_places)}"
    return [held(who, day, place, row, **how) for day, row in zip(DAYS, rows, strict=False)]


def each_time(who: Caller, workshop: Workshop) -> OverTime:
    seen = looked_back_now(who, workshop.code, whose=Whose.EACH_TIME)
    assert seen is not None
    return seen.over_time


def test_a_row_says_how_many_scored_it_each_time_where_they_are_fewer(facilitator: Caller) -> None:
    _, last = waves_of(facilitator, FIRST, SECOND)

    place = each_time(facilitator, last)

    finance = next(row for row in place.domains if row.key == "finance")
    assert (finance.partners, [round(one, 2) for one in finance.averages]) == ((4, 6), [1.5, 2.5])
    names = set(over_time_table(place)["Domain"])
    assert names == {f"{finance.name} (4 of 6)", "Information & IT"}
    assert all(row.partners is None for row in everyone(facilitator, last).domains)


def everyone(who: Caller, workshop: Workshop) -> OverTime:
    seen = looked_back_now(who, workshop.code)
    assert seen is not None
    return seen.over_time


@pytest.mark.slow
def test_a_gap_that_moved_stays_where_nobody_was_dropped(looks, facilitator: Caller) -> None:
    _, last = waves_of(facilitator, FIRST, SECOND)
    page = looks(facilitator, _way.OVER_TIME, last.code)
    assert GAP in words(page).replace("\\", "")

    page.segmented_control(key="Averages of").set_value(Whose.EACH_TIME).run()

    said = words(page).replace("\\", "")
    assert GAP in said
    assert "(4 of 6)" in page.table[0].value.to_string().replace("\\", "")
    assert "of those that came each time" in said
    assert Whose.EACH_TIME == "Partners who scored it each time"


def test_a_gap_is_not_named_where_somebody_was_dropped_on_the_way(facilitator: Caller) -> None:
    between = {name: row for name, row in SECOND.items() if name != "B"}
    *_, last = waves_of(facilitator, FIRST, between, SECOND)

    named = {
        whose: [gap.name for gap in looked.over_time.gaps]
        for whose in Whose
        if (looked := looked_back_now(facilitator, last.code, Since.START, whose))
    }

    assert named == {Whose.EVERYONE: ["Information & IT"], Whose.EACH_TIME: []}


def test_where_a_partner_is_in_a_pool_nobody_is_counted(facilitator: Caller) -> None:
    small = {"A": "11", "B": "33", "C": "2-", "D": "*45"}
    waves = waves_of(
        facilitator, small, small | {"A": "-2"}, guard=3, holder=Holder.PERSON, seats=4
    )
    results = [results_now(facilitator, wave.code) for wave in waves]

    assert scored_each_time(results) == {}
    assert nobody_dropped(results) == frozenset()
    assert all(row.partners is None for row in each_time(facilitator, waves[-1]).domains)


@pytest.mark.parametrize("domain", ASKED)
def test_counts_agree_with_a_plainer_one(facilitator: Caller, domain: str) -> None:
    waves = waves_of(facilitator, FIRST, SECOND)
    results = [results_now(facilitator, wave.code) for wave in waves]
    at = ASKED.index(domain)

    plain = sum("-" not in (FIRST[name][at], SECOND[name][at]) for name in FIRST)

    assert scored_each_time(results).get(domain, (6, 6)) == (plain, 6)
    assert (domain in nobody_dropped(results)) == (plain == 6)
