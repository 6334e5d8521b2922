"""What a place follows: kept, put right with its history, undone, held back, packed and erased."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from aqua_core.errors import (
    AlreadyThere,
    BadReadings,
    ChangedMeanwhile,
    DateRefused,
    FigureRefused,
    LooksPersonal,
    NoSuchMeasure,
)
from aqua_core.vocabulary import Decision
from aqua_core.vocabulary.measure import Measure, Phase, Reading, ReadingDraft
from aqua_core.workshop import following, measuring
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.exporting import (
    open_pack,
    plan_workbook,
    report_page,
    session_pack,
    taken_now,
)
from aqua_core.workshop.following import (
    ImpactSeen,
    begin_phase,
    change_measure,
    end_phase,
    follow_measure,
    impact_now,
    put_measure_back,
    readings_csv,
    take_measure_out,
)
from aqua_core.workshop.measuring import (
    correct_reading,
    keep_reading,
    put_reading_back,
    readings_brought,
    take_reading_out,
    take_readings,
    undo_readings,
)
from aqua_core.workshop.placing import erase_place, join_places
from aqua_core.workshop.revealing import open_scoring, reveal
from tests.kit.measured import SHIFTED, TODAY, a_measure, months, place_of
from tests.kit.planned import LATER, elsewhere, met, planned, studied
from tests.workshop.test_closing import everything_beside, found


@pytest.fixture
def place_id(facilitator: Caller) -> str:
    return place_of(facilitator, met(facilitator, place=elsewhere()))


def seen_at(facilitator: Caller, place_id: str) -> ImpactSeen:
    return impact_now(facilitator, place_id, TODAY)


def values(facilitator: Caller, place_id: str) -> list[str]:
    (followed,) = seen_at(facilitator, place_id).impact.followed
    return [str(reading.value) for reading in followed.readings]


def kept(facilitator: Caller, place_id: str, measure: Measure, value: object = "12") -> Reading:
    draft = ReadingDraft.model_validate(
        {"measure_id": measure.id, "dated": date(2026, 5, 1), "value": value}
    )
    return keep_reading(facilitator, place_id, draft, TODAY)


def test_a_measure_is_followed_changed_taken_out_and_put_back(
    facilitator: Caller, place_id: str
) -> None:
    measure = follow_measure(facilitator, place_id, a_measure(target="1,200"))
    assert str(measure.target) == "1200"
    with pytest.raises(AlreadyThere):
        follow_measure(facilitator, place_id, a_measure(f" {measure.name.upper()} "))
    kept(facilitator, place_id, measure)

    changed = change_measure(facilitator, place_id, measure.model_copy(update={"unit": "hours"}))
    with pytest.raises(ChangedMeanwhile):
        change_measure(facilitator, place_id, measure)
    take_measure_out(facilitator, place_id, measure.id)

    seen = seen_at(facilitator, place_id)
    assert seen.measures == ()
    assert [gone.unit for gone in seen.taken_out] == ["hours"]
    put_measure_back(facilitator, place_id, changed.id)
    assert values(facilitator, place_id) == ["12"]
    with pytest.raises(NoSuchMeasure):
        put_measure_back(facilitator, place_id, changed.id)


def test_a_reading_is_put_right_and_taken_out_and_its_history_stays(
    facilitator: Caller, place_id: str
) -> None:
    measure = follow_measure(facilitator, place_id, a_measure())
    first = kept(facilitator, place_id, measure)
    with pytest.raises(AlreadyThere):
        kept(facilitator, place_id, measure, "13")

    right = correct_reading(
        facilitator, place_id, first.model_copy(update={"value": first.value * 2}), TODAY
    )
    with pytest.raises(ChangedMeanwhile):
        correct_reading(facilitator, place_id, first, TODAY)
    assert values(facilitator, place_id) == ["24"]
    take_reading_out(facilitator, place_id, right)
    with pytest.raises(NoSuchMeasure):
        take_reading_out(facilitator, place_id, right)

    seen = seen_at(facilitator, place_id)
    (out,) = seen.readings_out
    told = [(str(version.value), gone) for version, gone in seen.versions[first.id]]
    assert told == [("12", False), ("24", False), ("24", True)]
    put_reading_back(facilitator, place_id, out)
    assert values(facilitator, place_id) == ["24"]
    with pytest.raises(NoSuchMeasure):
        put_reading_back(facilitator, place_id, out)


def test_a_day_has_one_reading_and_a_name_one_measure_whichever_way_they_come(
    facilitator: Caller, place_id: str
) -> None:
    measure = follow_measure(facilitator, place_id, a_measure())
    first = kept(facilitator, place_id, measure)
    june = keep_reading(facilitator, place_id, _draft(first, dated=date(2026, 6, 1)), TODAY)
    moved = june.model_copy(update={"dated": first.dated})
    with pytest.raises(AlreadyThere):
        correct_reading(facilitator, place_id, moved, TODAY)
    take_reading_out(facilitator, place_id, first)
    (out,) = seen_at(facilitator, place_id).readings_out
    kept(facilitator, place_id, measure)
    with pytest.raises(AlreadyThere):
        put_reading_back(facilitator, place_id, out)

    take_measure_out(facilitator, place_id, measure.id)
    follow_measure(facilitator, place_id, a_measure())
    with pytest.raises(AlreadyThere):
        put_measure_back(facilitator, place_id, measure.id)


def test_no_more_is_kept_than_a_place_and_a_measure_can_have(
    facilitator: Caller, place_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MOST_MEASURES", 1)
    monkeypatch.setattr(measuring, "MOST_READINGS", 2)
    measure = follow_measure(facilitator, place_id, a_measure())
    with pytest.raises(AlreadyThere):
        follow_measure(facilitator, place_id, a_measure("Another one"))
    with pytest.raises(AlreadyThere):
        take_readings(facilitator, place_id, months((1, 2, 3)), TODAY, measure.id)
    take_readings(facilitator, place_id, months((1, 2)), TODAY, measure.id)

    with pytest.raises(AlreadyThere):
        kept(facilitator, place_id, measure)

    assert values(facilitator, place_id) == ["1", "2"]


def test_a_reading_that_cannot_be_is_refused(facilitator: Caller, place_id: str) -> None:
    measure = follow_measure(facilitator, place_id, a_measure())
    draft = kept(facilitator, place_id, measure)
    for day in (TODAY + timedelta(days=1), date(1899, 12, 31)):
        with pytest.raises(DateRefused):
            keep_reading(facilitator, place_id, _draft(draft, dated=day), TODAY)
    for value in ("", "many", "1,5", float("nan"), True, 1.5):
        with pytest.raises(FigureRefused):
            kept(facilitator, place_id, measure, value)
    source = _draft(draft, dated=date(2026, 6, 1), source="ann.smith@example.org")
    with pytest.raises(LooksPersonal):
        keep_reading(facilitator, place_id, source, TODAY)
    with pytest.raises(NoSuchMeasure):
        keep_reading(facilitator, place_id, _draft(draft, measure_id="m0"), TODAY)


def _draft(reading: Reading, **said: object) -> ReadingDraft:
    fields = {name: getattr(reading, name) for name in ReadingDraft.model_fields}
    return ReadingDraft.model_validate(fields | said)


def test_what_is_put_back_may_be_one_too_many(
    facilitator: Caller, place_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    measure = follow_measure(facilitator, place_id, a_measure())
    first = kept(facilitator, place_id, measure)
    take_reading_out(facilitator, place_id, first)
    take_readings(facilitator, place_id, months((1, 2)), TODAY, measure.id)
    other = follow_measure(facilitator, place_id, a_measure("Another"))
    take_measure_out(facilitator, place_id, other.id)
    monkeypatch.setattr(measuring, "MOST_READINGS", 2)
    monkeypatch.setattr(following, "MOST_MEASURES", 1)

    with pytest.raises(AlreadyThere, match="A measure can have 2 readings"):
        put_reading_back(facilitator, place_id, first.model_copy(update={"version": 2}))
    with pytest.raises(AlreadyThere, match="A place can follow 1 measures"):
        put_measure_back(facilitator, place_id, other.id)

    assert len(values(facilitator, place_id)) == 2


def test_while_the_place_scores_a_day_that_is_taken_says_no_figure(facilitator: Caller) -> None:
    workshop = met(facilitator, place=elsewhere())
    place_id = place_of(facilitator, workshop)
    measure = follow_measure(facilitator, place_id, a_measure())
    kept(facilitator, place_id, measure, "8127")
    with pytest.raises(AlreadyThere, match="already: 8,127"):
        kept(facilitator, place_id, measure, "9")
    open_scoring(facilitator, workshop.code, ["culture"])

    with pytest.raises(AlreadyThere) as refused:
        kept(facilitator, place_id, measure, "9")

    assert str(refused.value) == "There is a reading of 1 May 2026 already. Put that one right."


def test_a_file_is_taken_whole_or_not_at_all_and_undone_as_a_whole(
    facilitator: Caller, place_id: str
) -> None:
    measure = follow_measure(facilitator, place_id, a_measure())
    first = kept(facilitator, place_id, measure, "99")
    table = months((1, 2, 3))
    assert len(readings_brought(facilitator, place_id, table, TODAY, measure.id)) == 3
    assert values(facilitator, place_id) == ["99"]
    with pytest.raises(BadReadings):
        take_readings(facilitator, place_id, f"{table}\n1/1/2027\t4", TODAY, measure.id)
    assert values(facilitator, place_id) == ["99"]

    changed = f"{table}\n{first.dated.isoformat()}\t7"
    assert take_readings(facilitator, place_id, changed, TODAY, measure.id) == 4
    assert values(facilitator, place_id) == ["7", "1", "2", "3"]
    assert take_readings(facilitator, place_id, changed, TODAY, measure.id) == 0

    assert seen_at(facilitator, place_id).last == 4
    assert undo_readings(facilitator, place_id) == 4
    assert values(facilitator, place_id) == ["99"]
    assert undo_readings(facilitator, place_id) == 4
    assert values(facilitator, place_id) == ["7", "1", "2", "3"]
    taken = readings_csv(facilitator, place_id, TODAY)
    assert readings_brought(facilitator, place_id, taken, TODAY) == ()


def test_nothing_is_undone_where_nothing_was_done(facilitator: Caller, place_id: str) -> None:
    with pytest.raises(NoSuchMeasure):
        undo_readings(facilitator, place_id)


def test_the_usual_is_frozen_and_begins_anew_until_that_is_taken_away(
    facilitator: Caller, place_id: str
) -> None:
    measure = follow_measure(facilitator, place_id, a_measure())
    take_readings(facilitator, place_id, months(SHIFTED), TODAY, measure.id)
    phase = Phase(measure_id=measure.id, begins_on=date(2026, 2, 1), usual_until=date(2026, 4, 1))
    with pytest.raises(DateRefused):
        begin_phase(
            facilitator, place_id, phase.model_copy(update={"usual_until": date(2026, 1, 1)})
        )

    begin_phase(facilitator, place_id, phase)

    (followed,) = seen_at(facilitator, place_id).impact.followed
    assert [str(of.usual) for of in followed.phases] == ["14", "21"]
    end_phase(facilitator, place_id, phase)
    (followed,) = seen_at(facilitator, place_id).impact.followed
    assert len(followed.phases) == 1


def test_a_test_stands_on_the_chart_of_the_measure_that_it_names(facilitator: Caller) -> None:
    workshop = met(facilitator, place=elsewhere())
    place_id = place_of(facilitator, workshop)
    measure = follow_measure(facilitator, place_id, a_measure())
    named = {"measure": measure.name.upper(), "baseline": "14", "target": "20"}
    won = planned(facilitator, workshop, "If one, then won", **named)
    other = planned(facilitator, workshop, "If two, then not", measure="Doubled visits")
    planned(facilitator, workshop, "If three, then open", **named)
    planned(facilitator, workshop, "If four, then no figure", measure=measure.name)
    studied(facilitator, workshop, won, Decision.ADOPT)
    studied(facilitator, workshop, other, Decision.ABANDON)

    impact = seen_at(facilitator, place_id).impact

    (followed,) = impact.followed
    assert [(test.what, test.won) for test in followed.tests] == [("If one, then won", True)]
    assert [(test.what, test.won) for test in impact.tests] == [("If two, then not", False)]
    assert [(of.baseline, of.target) for of in followed.expected] == [("14", "20")]


@pytest.mark.slow
def test_nothing_is_told_while_the_place_scores(facilitator: Caller) -> None:
    place = elsewhere()
    first = met(facilitator, place=place)
    place_id = place_of(facilitator, first)
    measure = follow_measure(facilitator, place_id, a_measure())
    kept(facilitator, place_id, measure)
    later = met(facilitator, LATER, place)

    open_scoring(facilitator, later.code, ["culture"])

    seen = seen_at(facilitator, place_id)
    assert (seen.scoring, seen.measures[0].name) == (True, measure.name)
    assert (seen.impact.followed[0].readings, seen.versions, seen.readings_out) == ((), {}, ())
    assert b"12" not in readings_csv(facilitator, place_id, TODAY)
    assert taken_now(facilitator, later.code).impact is None
    reveal(facilitator, later.code)
    close_workshop(facilitator, later.code)
    assert values(facilitator, place_id) == ["12"]


def test_a_pack_of_a_place_that_follows_nothing_has_no_word_of_it(facilitator: Caller) -> None:
    workshop = met(facilitator, place=elsewhere())
    before = session_pack(facilitator, workshop.code)
    place_id = place_of(facilitator, workshop)

    measure = follow_measure(facilitator, place_id, a_measure())
    assert session_pack(facilitator, workshop.code) != before
    take_measure_out(facilitator, place_id, measure.id)

    assert session_pack(facilitator, workshop.code) == before


@pytest.mark.slow
def test_measures_travel_in_the_pack_and_nothing_of_a_place_that_is_erased_stays(
    facilitator: Caller, room_file: Path
) -> None:
    workshop = met(facilitator, place=elsewhere())
    place_id = place_of(facilitator, workshop)
    measure = follow_measure(facilitator, place_id, a_measure("Zebra crossings"))
    take_readings(facilitator, place_id, months(SHIFTED), TODAY, measure.id)
    begin_phase(facilitator, place_id, Phase(measure_id=measure.id, begins_on=date(2025, 9, 1)))
    kept_first = seen_at(facilitator, place_id).impact.followed[0].readings[0]
    right = correct_reading(
        facilitator, place_id, kept_first.model_copy(update={"value": kept_first.value + 1}), TODAY
    )
    was = seen_at(facilitator, place_id).impact.followed
    assert was[0].readings[0] == right
    pack = session_pack(facilitator, workshop.code)
    assert b"Zebra crossings" in report_page(facilitator, workshop.code)
    book = load_workbook(io.BytesIO(plan_workbook(facilitator, workshop.code)))
    cells = [cell for row in book["Impact"].iter_rows(values_only=True) for cell in row]
    assert cells.count("Zebra crossings") == len(SHIFTED)

    erase_place(facilitator, place_id, workshop.place.name)
    assert not found("Zebra crossings", everything_beside(room_file))
    opened = open_pack(facilitator, pack)

    back = place_of(facilitator, opened)
    assert seen_at(facilitator, back).impact.followed == was
    assert session_pack(facilitator, opened.code) == pack


@pytest.mark.slow
def test_what_a_pack_brings_leaves_what_is_here_as_it_is(facilitator: Caller) -> None:
    workshop = met(facilitator, place=elsewhere())
    place_id = place_of(facilitator, workshop)
    measure = follow_measure(facilitator, place_id, a_measure())
    take_readings(facilitator, place_id, months((3, 1, 2)), TODAY, measure.id)
    gone = follow_measure(facilitator, place_id, a_measure("Taken out here"))
    pack = session_pack(facilitator, workshop.code)
    take_measure_out(facilitator, place_id, gone.id)
    first = seen_at(facilitator, place_id).impact.followed[0].readings[0]
    take_reading_out(facilitator, place_id, first)
    other = met(facilitator, LATER, workshop.place.name)
    newest = seen_at(facilitator, place_id).impact.followed[0].readings[-1]
    correct_reading(
        facilitator, place_id, newest.model_copy(update={"value": newest.value * 10}), TODAY
    )
    erase_workshop(facilitator, workshop.code, workshop.code)

    open_pack(facilitator, pack)

    assert place_of(facilitator, other) == place_id
    assert values(facilitator, place_id) == ["1", "20"]
    assert [out.id for out in seen_at(facilitator, place_id).taken_out] == [gone.id]


def test_a_place_that_is_joined_brings_what_it_follows(facilitator: Caller) -> None:
    one, two = (met(facilitator, place=f"{elsewhere()} {word}") for word in ("alpha", "omega"))
    here, there = place_of(facilitator, one), place_of(facilitator, two)
    measure = follow_measure(facilitator, there, a_measure())

    join_places(facilitator, there, here)

    assert seen_at(facilitator, here).measures == (measure,)
    assert str(kept(facilitator, here, measure).value) == "12"


@pytest.mark.slow
def test_what_a_place_follows_outlives_a_workshop_and_goes_with_its_last(
    facilitator: Caller, room_file: Path
) -> None:
    place = elsewhere()
    first, last = met(facilitator, place=place), met(facilitator, LATER, place)
    place_id = place_of(facilitator, first)
    follow_measure(facilitator, place_id, a_measure("Quagga crossings"))

    erase_workshop(facilitator, first.code, first.code)
    assert seen_at(facilitator, place_id).measures
    erase_workshop(facilitator, last.code, last.code)

    assert not found("Quagga crossings", everything_beside(room_file))
