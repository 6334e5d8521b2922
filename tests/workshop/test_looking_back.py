"""A place over time: its waves side by side, what fell, and nothing of it before the vote."""

from datetime import date
from io import BytesIO
from statistics import fmean
from zipfile import ZipFile

import pytest

from aqua_core import errors
from aqua_core.charts.over_time import over_time_table
from aqua_core.charts.sentences.each_domain import tiers_said
from aqua_core.charts.sentences.over_time import headline, people_said, quiet_line
from aqua_core.charts.sentences.places import wave_said
from aqua_core.exports.over_time_taken import over_time_lines
from aqua_core.exports.report.page import report_of
from aqua_core.exports.workbook import workbook_of
from aqua_core.rules.both_waves import averages_of_all, moves_between, wave_scores_of
from aqua_core.store.database import reading
from aqua_core.store.places import falls_of, waves_of
from aqua_core.store.votes import casts_of
from aqua_core.vocabulary import Decision, Holder, Tier, Workshop
from aqua_core.vocabulary.over_time import FallReading, Untold, Verdict
from aqua_core.workshop import looking_back, showing
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.cycling import start_cycle, study_cycle
from aqua_core.workshop.entering import enter_waves, sit_together
from aqua_core.workshop.exporting import plan_workbook, report_page, session_pack, taken_now
from aqua_core.workshop.looking_back import (
    Since,
    Whose,
    fallen_now,
    has_earlier_waves,
    looked_back_now,
    place_looked_back,
    read_fall,
)
from aqua_core.workshop.placing import place_seen, places_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from tests.kit.notation import ALL, DAY, INSTRUMENT, seated
from tests.kit.one_room import Filled, filled_in
from tests.kit.planned import planned
from tests.kit.waves import DAYS, UP_AND_DOWN, met_on, scored, shown_on, two_waves
from tests.workshop.test_waves import printed

ENDS = {Decision.ADOPT: date(2026, 12, 1), Decision.ABANDON: date(2027, 1, 1)}


def place_of(facilitator: Caller) -> str:
    (row,) = places_now(facilitator, DAYS[-1])
    return row.place.id


def plain_average(workshop: Workshop, domain: str) -> float:
    """Average each partner's scores, then the partners."""
    with reading() as cursor:
        casts = [cast for cast in casts_of(cursor, workshop.id) if cast.domain == domain]
    partners = {team.id: team.partner.id for team in workshop.teams}
    return fmean(
        fmean(float(cast.score) for cast in casts if partners[cast.team_id] == partner)
        for partner in set(partners.values())
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    return filled_in(tmp_path_factory.mktemp("waves"), two_waves)


@pytest.fixture
def waves(filled: Filled, facilitator: Caller) -> tuple[Workshop, Workshop]:
    """Give two waves of a place: one closed, one revealed, on which one rose and one fell."""
    return filled.holds


@pytest.mark.long
def test_two_waves_stand_side_by_side_as_each_room_saw_them(
    facilitator: Caller, waves: tuple[Workshop, Workshop]
) -> None:
    seen = looked_back_now(facilitator, waves[1].code)

    assert seen is not None
    for row in seen.over_time.domains:
        assert row.averages == pytest.approx([plain_average(wave, row.key) for wave in waves])
    assert [(wave.held_on, wave.scored, wave.partners) for wave in seen.over_time.waves] == [
        (DAYS[0], 36, 3),
        (DAYS[1], 36, 3),
    ]
    verdicts = {row.key: row.move.verdict for row in seen.over_time.domains}
    assert verdicts["leadership"] is Verdict.MOVED_UP
    assert [row.key for row in fallen_now(facilitator, waves[1].code)] == ["workforce"]


def test_a_partner_of_whom_nobody_scored_did_not_come(facilitator: Caller) -> None:
    workshop = met_on(facilitator, DAYS[0], place="Leigh")  # of three partners
    seats = [seated(workshop, team.name) for team in workshop.teams for _ in range(2)]
    open_scoring(facilitator, workshop.code, ["leadership"])
    came = [seat for seat, team in zip(seats, "aabbccddeeff", strict=True) if team in "abcd"]
    for seat in came:
        submit_score(seat, workshop.code, "leadership", 3)
    reveal(facilitator, workshop.code)

    (row,) = [row for row in places_now(facilitator, DAYS[0]) if row.place.name == "Leigh"]

    assert (row.people, row.partners) == (8, 2)


def test_the_page_says_what_the_rules_say_of_the_rooms_own_scores(
    facilitator: Caller, waves: tuple[Workshop, Workshop]
) -> None:
    seen = looked_back_now(facilitator, waves[1].code, whose=Whose.EACH_TIME)
    with reading() as cursor:
        both = [wave_scores_of(wave, casts_of(cursor, wave.id)) for wave in waves]
    averages = {
        key: tuple(float(one) for one in averages_of_all(both, key) if one is not None)
        for key in ALL
    }

    assert seen is not None
    assert {row.key: row.averages for row in seen.over_time.domains} == averages
    pairs = {key: (one, two) for key, (one, two) in averages.items()}
    plain, _ = moves_between(both[0], both[1], pairs, seed=0)
    assert {row.key: row.move.verdict for row in seen.over_time.domains} == {
        key: move.verdict for key, move in plain.items()
    }


@pytest.mark.long
def test_since_the_start_compares_with_the_first_wave(
    facilitator: Caller, waves: tuple[Workshop, Workshop]
) -> None:
    close_workshop(facilitator, waves[1].code)
    third = shown_on(facilitator, DAYS[2], UP_AND_DOWN, seed=3)

    last = looked_back_now(facilitator, third.code)
    start = looked_back_now(facilitator, third.code, Since.START)

    assert last is not None
    assert start is not None
    assert (last.over_time.since, start.over_time.since) == (1, 0)
    assert not last.over_time.fallen
    assert [row.key for row in start.over_time.fallen] == ["workforce"]


@pytest.mark.slow
def test_an_earlier_workshop_is_looked_back_from_as_it_was(
    facilitator: Caller, waves: tuple[Workshop, Workshop]
) -> None:
    before = looked_back_now(facilitator, waves[1].code)
    close_workshop(facilitator, waves[1].code)
    shown_on(facilitator, DAYS[2], seed=3)

    assert looked_back_now(facilitator, waves[1].code) == before
    assert looked_back_now(facilitator, waves[0].code) is None
    assert not has_earlier_waves(facilitator, waves[0].code)


@pytest.mark.long
def test_published_waves_stand_beside_our_own_and_are_not_judged(facilitator: Caller) -> None:
    workshop = shown_on(facilitator, DAYS[0])
    assert not has_earlier_waves(facilitator, workshop.code)

    enter_waves(
        facilitator, place_of(facilitator), [printed(date(2025, 4, 1), 2.13, 2.33)], DAYS[0]
    )

    assert has_earlier_waves(facilitator, workshop.code)
    seen = looked_back_now(facilitator, workshop.code)
    assert seen is not None
    rows = {row.key: row for row in seen.over_time.domains}
    assert rows["leadership"].averages[0] == 2.13
    assert rows["leadership"].move.untold is Untold.PUBLISHED
    assert rows["workforce"].averages[0] is None


def test_a_place_that_was_only_published_is_told_as_printed(facilitator: Caller) -> None:
    met_on(facilitator, DAYS[2])
    place_id = place_of(facilitator)
    unknown = printed(DAYS[1], 2.5, 1.9).model_copy(update={"people": None})
    drafts = [printed(DAYS[0], 2.0, 2.0), unknown]
    enter_waves(facilitator, place_id, drafts, DAYS[2])

    seen = place_looked_back(facilitator, place_id, INSTRUMENT)

    assert seen is not None
    assert seen.over_time.published
    assert [(wave.scored, wave.fits_from) for wave in seen.over_time.waves] == [
        (24, None),
        (None, 10),
    ]
    assert {row.key: row.averages for row in seen.over_time.domains} == {
        "Leadership": (2.0, 2.5),
        "Culture": (2.0, 1.9),
    }


@pytest.mark.long
def test_tests_that_ended_between_the_waves_stand_on_their_domain(facilitator: Caller) -> None:
    first = shown_on(facilitator, DAYS[0])
    for decision, day in ENDS.items():
        action = planned(facilitator, first, f"Test to {decision.value}")
        cycle = start_cycle(facilitator, first.code, action.id, DAY)
        seen = cycle.model_copy(update={"seen": "From 12 to 9", "decision": decision})
        study_cycle(facilitator, first.code, seen, day)
    planned(facilitator, first, "Goes on")
    close_workshop(facilitator, first.code)
    later = shown_on(facilitator, date(2027, 5, 3), seed=2)

    looked_back = looked_back_now(facilitator, later.code)

    assert looked_back is not None
    tests = {row.key: row.tests for row in looked_back.over_time.domains if row.tests}
    assert [(test.ended_on, test.won) for test in tests.pop("workforce")] == [
        (ENDS[Decision.ADOPT], True),
        (ENDS[Decision.ABANDON], False),
    ]
    assert not tests


def test_the_board_stands_beside_the_front_line_in_each_wave(
    facilitator: Caller, waves: tuple[Workshop, Workshop]
) -> None:
    seen = looked_back_now(facilitator, waves[1].code)

    assert seen is not None
    assert [[step.domain for step in steps] for steps in seen.between_tiers] == [
        ["leadership"] * 2,
        ["culture"] * 2,
    ]


@pytest.mark.slow
def test_two_tiers_that_the_last_wave_does_not_show_are_not_said_as_now(
    facilitator: Caller, waves: tuple[Workshop, Workshop]
) -> None:
    close_workshop(facilitator, waves[1].code)
    third = met_on(facilitator, DAYS[2], tiers=(Tier.BOARD,))
    scored(facilitator, third)
    reveal(facilitator, third.code)

    seen = looked_back_now(facilitator, third.code)

    assert seen is not None
    assert seen.between_tiers == ()


@pytest.mark.slow
def test_a_fall_is_read_in_versions_and_the_newest_counts(
    facilitator: Caller, waves: tuple[Workshop, Workshop]
) -> None:
    code = waves[1].code
    for read_as in (FallReading.REALLY_LOWER, FallReading.REALLY_LOWER, FallReading.KNOW_MORE):
        read_fall(facilitator, code, "workforce", read_as)

    seen = looked_back_now(facilitator, code)
    assert seen is not None
    assert seen.readings == {"workforce": FallReading.KNOW_MORE}
    with reading() as cursor:
        wave = waves_of(cursor, [place_of(facilitator)])[-1]
        kept = cursor.execute("SELECT version, reading FROM fall ORDER BY version").fetchall()
        assert falls_of(cursor, wave.id) == seen.readings
    assert kept == [(1, "really lower"), (2, "we know more now")]


def test_what_did_not_fall_is_not_read(
    facilitator: Caller, waves: tuple[Workshop, Workshop]
) -> None:
    for domain in ("leadership", "governance", "no such domain"):
        with pytest.raises(errors.ChoiceRefused):
            read_fall(facilitator, waves[1].code, domain, FallReading.KNOW_MORE)


def looks_at(facilitator: Caller, code: str) -> None:
    """Look at everything of a workshop that says what it scored."""
    for look in (showing.results_now, showing.shown_now, showing.tells_now, looked_back_now):
        with pytest.raises(errors.KeptBack):
            look(facilitator, code)
    for take in (report_page, plan_workbook, session_pack):
        with pytest.raises(errors.KeptBack):
            take(facilitator, code)


@pytest.mark.slow
def test_a_room_that_was_set_up_by_mistake_says_how_it_keeps_nothing_back(
    facilitator: Caller,
) -> None:
    first = shown_on(facilitator, date.today())
    again = met_on(facilitator, date.today())
    seated(again, again.teams[0].name)

    with pytest.raises(errors.KeptBack, match=f"{again.code} of .*close or erase.*sitting") as kept:
        showing.shown_now(facilitator, first.code)
    with pytest.raises(errors.KeptBack, match=f"{again.code} of .*close or erase.*sitting"):
        place_looked_back(facilitator, kept.value.place_id, INSTRUMENT)
    assert kept.value.code == again.code
    sit_together(facilitator, again.code, kept.value.wave_id)

    assert showing.shown_now(facilitator, first.code).rounds


@pytest.mark.slow
def test_while_a_place_scores_nothing_that_it_scored_before_is_shown(
    facilitator: Caller, waves: tuple[Workshop, Workshop]
) -> None:
    close_workshop(facilitator, waves[1].code)
    third = met_on(facilitator, DAYS[2])
    place_id = place_of(facilitator)
    showing.shown_now(facilitator, waves[1].code)

    open_scoring(facilitator, third.code, ALL)

    looks_at(facilitator, waves[1].code)
    with pytest.raises(errors.KeptBack):
        place_looked_back(facilitator, place_id, INSTRUMENT)
    assert place_seen(facilitator, place_id).scoring
    assert looked_back_now(facilitator, third.code) is None
    reveal(facilitator, third.code)
    assert showing.shown_now(facilitator, waves[1].code).rounds
    assert not place_seen(facilitator, place_id).scoring


@pytest.mark.slow
def test_a_domain_is_looked_back_at_once_it_is_revealed_and_the_others_are_not(
    facilitator: Caller, waves: tuple[Workshop, Workshop]
) -> None:
    close_workshop(facilitator, waves[1].code)
    third = met_on(facilitator, DAYS[2], tiers=(waves[0].teams[0].tier,), guard=1)
    seat = seated(third, third.teams[0].name)
    open_scoring(facilitator, third.code, ALL[:2])
    submit_score(seat, third.code, ALL[0], 3)
    reveal(facilitator, third.code)
    open_scoring(facilitator, third.code, ALL[2:3])

    seen = looked_back_now(facilitator, third.code)

    assert seen is not None
    assert [row.key for row in seen.over_time.domains] == ALL[:2]
    looks_at(facilitator, waves[1].code)


@pytest.mark.long
def test_another_place_and_a_workshop_before_it_are_kept_from_nobody(
    facilitator: Caller, waves: tuple[Workshop, Workshop]
) -> None:
    scored(facilitator, met_on(facilitator, DAYS[2], place="Bolton"))
    assert showing.results_now(facilitator, waves[1].code).rounds
    scored(facilitator, met_on(facilitator, date(2024, 1, 8)))

    assert showing.results_now(facilitator, waves[1].code).rounds
    assert looking_back.looked_back_now(facilitator, waves[1].code) is not None


def test_the_report_and_the_workbook_hold_what_the_page_says(
    facilitator: Caller, waves: tuple[Workshop, Workshop]
) -> None:
    seen = looked_back_now(facilitator, waves[1].code)
    taken = taken_now(facilitator, waves[1].code)

    assert seen is not None
    assert taken.over_time == seen.over_time
    table = over_time_table(seen.over_time)
    lines = over_time_lines(seen.over_time)
    by_name = {line[0]: line[1:] for line in lines[1:]}
    for row in table.itertuples(index=False):
        assert by_name[row[0]] == [*map(str, row[1:5]), str(row.Lags) if "Lags" in table else ""]
    report = report_of(taken).decode()
    assert "Leadership moved up, Workforce down." in report
    assert "the board scores" in report
    with ZipFile(BytesIO(workbook_of(taken))) as book:
        assert b'name="Over time"' in book.read("xl/workbook.xml")
        assert b"Leadership moved up, Workforce down." in book.read("xl/sharedStrings.xml")


@pytest.mark.slow
def test_two_waves_of_teams_count_teams_and_name_the_gap_that_closed(facilitator: Caller) -> None:
    board = (Tier.BOARD,)
    for day, given in ((DAYS[0], (0, 5, 2)), (DAYS[1], (2, 3, 2))):
        held = met_on(facilitator, day, place="Bolton", tiers=board, holder=Holder.LAPTOP)
        open_scoring(facilitator, held.code, ["culture"])
        for team, points in zip(held.teams, given, strict=True):
            submit_score(seated(held, team.name), held.code, "culture", points)
        reveal(facilitator, held.code)
        close_workshop(facilitator, held.code)

    seen = looked_back_now(facilitator, held.code)
    bolton = next(row for row in places_now(facilitator, DAYS[1]) if row.place.name == "Bolton")

    assert seen is not None
    assert [people_said(seen.over_time, n) for n in (0, 1)] == ["3 teams"] * 2
    assert wave_said(bolton)[1] == "3 teams"
    assert headline(seen.over_time) == "Bolton: no domain moved by half a point"
    assert "The gap on Culture narrowed from 5.0 to 1.0." in quiet_line(seen.over_time)
    own = looked_back_now(facilitator, held.code, whose=Whose.EACH_TIME)
    assert own is not None
    assert own.over_time.gaps == seen.over_time.gaps  # the same three scored it each time


@pytest.mark.slow
def test_the_report_of_a_first_wave_has_no_word_of_time(facilitator: Caller) -> None:
    first = shown_on(facilitator, DAYS[0])

    taken = taken_now(facilitator, first.code)

    assert taken.over_time is None
    assert "Over time" not in report_of(taken).decode()


@pytest.mark.long
def test_waves_of_one_month_or_one_day_are_told_apart_wherever_they_are_named(
    facilitator: Caller,
) -> None:
    days = (date(2025, 11, 3), date(2026, 11, 8), date(2026, 11, 29))
    _, second, last = (shown_on(facilitator, day, seed=n) for n, day in enumerate(days))
    enter_waves(facilitator, place_of(facilitator), [printed(days[1])], last.held_on)

    seen = looked_back_now(facilitator, last.code, since=Since.START)

    assert seen is not None
    named = {"November 2025", "29 November 2026", "8 November 2026, published"}
    assert {wave.called for wave in seen.over_time.waves} == named | {
        f"8 November 2026, {second.code}"
    }
    # In one sentence a month without its year would be any of them.
    assert "Since November 2025." in quiet_line(seen.over_time)
    page = report_page(facilitator, last.code).decode()
    with ZipFile(BytesIO(plan_workbook(facilitator, last.code))) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
    assert all(name in page and name in texts for name in named)


@pytest.mark.long
def test_a_wave_before_in_the_same_month_is_called_by_its_day(facilitator: Caller) -> None:
    shown_on(facilitator, date(2026, 11, 8))
    last = shown_on(facilitator, date(2026, 11, 29), seed=2)

    seen = looked_back_now(facilitator, last.code)

    assert seen is not None
    assert "Since 8 November." in quiet_line(seen.over_time)
    heads = list(over_time_table(seen.over_time).columns)
    assert [head.partition(" (")[0] for head in heads[1:3]] == [
        "8 November 2026",
        "29 November 2026",
    ]
    assert tiers_said(seen.between_tiers[0], "Leadership").count("on 8 November 2026") == 1
