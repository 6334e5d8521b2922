"""Waves of a place: published ones entered, corrected and taken out; sittings of one wave."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from aqua_core.charts.sentences.places import since_said, wave_in_order, wave_of_a_place
from aqua_core.errors import (
    AlreadyThere,
    ChangedMeanwhile,
    ChoiceRefused,
    DateRefused,
    NoSuchPlace,
    NotSignedIn,
    TextRefused,
)
from aqua_core.published import read_published
from aqua_core.store.database import reading, writing
from aqua_core.store.rounds import add_reveals, add_round
from aqua_core.vocabulary import PublishedMean, Wave, WaveDraft, WaveKind
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import erase_workshop
from aqua_core.workshop.entering import (
    correct_wave,
    enter_waves,
    put_wave_back,
    sit_alone,
    sit_together,
    take_wave_out,
    waves_as_published,
)
from aqua_core.workshop.placing import erase_place, place_seen, places_now
from aqua_core.workshop.revealing import open_scoring
from tests.kit.notation import DAY, seated
from tests.kit.planned import LATER, met
from tests.workshop.test_closing import everything_beside, found

SALFORD = Path(__file__).parents[2] / "data" / "places" / "salford.csv"
EARLIER = date(2025, 5, 1)


def printed(dated: date = EARLIER, *means: float, source: str = "A report") -> WaveDraft:
    domains = ("leadership", "culture", "workforce")
    given = tuple(
        PublishedMean(domain=domain, mean=mean)
        for domain, mean in zip(domains, means or (2.13, 0.0, 5.0), strict=False)
    )
    return WaveDraft(dated=dated, source=source, people=24, means=given)


@pytest.fixture
def place_id(facilitator: Caller) -> str:
    met(facilitator)
    (row,) = places_now(facilitator, DAY)
    return row.place.id


def published(facilitator: Caller, place_id: str) -> list[Wave]:
    waves = place_seen(facilitator, place_id).waves
    return [wave for wave in waves if wave.kind is WaveKind.PUBLISHED]


@pytest.mark.slow
def test_an_earlier_wave_is_kept_to_the_hundredth_and_stands_before_what_was_scored(
    facilitator: Caller, place_id: str
) -> None:
    every = [hundredths / 100 for hundredths in range(501)]
    drafts = [
        printed(EARLIER + timedelta(days=at // 3), *every[at : at + 3]) for at in range(0, 501, 3)
    ]

    enter_waves(facilitator, place_id, drafts, DAY)

    seen = place_seen(facilitator, place_id).waves
    kept = [mean.mean for wave in seen for mean in sorted(wave.means, key=lambda one: one.mean)]
    assert kept == every
    assert seen[-1].kind is WaveKind.MEASURED
    assert {(wave.source, wave.people) for wave in seen[:-1]} == {("A report", 24)}
    (row,) = places_now(facilitator, DAY)
    assert (row.wave_on, row.people, row.partners) == (drafts[-1].dated, 24, None)


def test_all_waves_of_a_file_are_entered_or_none(facilitator: Caller, place_id: str) -> None:
    twice = printed(DAY).model_copy(update={"means": printed().means * 2})
    for drafts, refusal in (
        ([printed(), printed(DAY + timedelta(days=1))], DateRefused),
        ([printed(date(1899, 12, 31))], DateRefused),
        ([printed(), printed()], AlreadyThere),
        ([printed(), twice], ChoiceRefused),
    ):
        with pytest.raises(refusal):
            enter_waves(facilitator, place_id, drafts, DAY)
    assert published(facilitator, place_id) == []


def test_a_wave_is_corrected_and_a_stale_screen_corrects_nothing(
    facilitator: Caller, place_id: str
) -> None:
    (entered,) = enter_waves(facilitator, place_id, [printed()], DAY)

    corrected = correct_wave(facilitator, place_id, entered, printed(EARLIER, 3.0), DAY)

    assert published(facilitator, place_id) == [corrected]
    assert [mean.mean for mean in corrected.means] == [3.0]
    with pytest.raises(ChangedMeanwhile):
        correct_wave(facilitator, place_id, entered, printed(), DAY)


def test_a_wave_is_taken_out_and_put_back_as_it_was(facilitator: Caller, place_id: str) -> None:
    (entered,) = enter_waves(facilitator, place_id, [printed()], DAY)
    before = published(facilitator, place_id)

    take_wave_out(facilitator, place_id, entered.id)
    assert published(facilitator, place_id) == []
    assert [wave.id for wave in place_seen(facilitator, place_id).taken_out] == [entered.id]
    (row,) = places_now(facilitator, DAY)
    assert row.wave_on is None

    put_wave_back(facilitator, place_id, entered.id)
    (after,) = published(facilitator, place_id)
    assert after.model_copy(update={"version": 1}) == before[0]

    take_wave_out(facilitator, place_id, entered.id)
    enter_waves(facilitator, place_id, [printed()], DAY)
    with pytest.raises(AlreadyThere):
        put_wave_back(facilitator, place_id, entered.id)


def test_a_wave_needs_its_source_a_mean_and_people_who_can_be(facilitator: Caller) -> None:
    with pytest.raises(TextRefused, match="Say where these means were published"):
        printed(source=" ")
    for wrong in ({"means": ()}, {"people": 0}, {"people": 5001}):
        with pytest.raises(ValidationError):
            WaveDraft.model_validate(printed().model_dump() | wrong)


def test_nothing_of_an_earlier_wave_is_told_while_its_place_scores(
    facilitator: Caller, place_id: str
) -> None:
    enter_waves(facilitator, place_id, [printed()], DAY)
    code = place_seen(facilitator, place_id).workshops[0].code
    open_scoring(facilitator, code, ["culture"])
    during = place_seen(facilitator, place_id)

    assert during.scoring
    assert [wave.means for wave in during.waves] == [(), ()]
    with reading() as cursor:
        workshop_id = cursor.execute("SELECT id FROM workshop").fetchall()[0][0]
    with writing() as cursor:
        add_reveals(cursor, workshop_id, {"culture": 1})
    after = place_seen(facilitator, place_id)
    assert (after.scoring, len(after.waves[0].means)) == (False, 3)


def test_two_sittings_are_one_wave_and_stand_alone_again(
    facilitator: Caller, place_id: str
) -> None:
    first = place_seen(facilitator, place_id).waves[0]
    second = met(facilitator, DAY + timedelta(days=3))

    sit_together(facilitator, second.code, first.id)

    (wave,) = place_seen(facilitator, place_id).waves
    assert wave.codes == (*first.codes, second.code)
    assert not wave.shown
    with writing() as cursor:
        add_round(cursor, second.id, "culture", 1)
        add_reveals(cursor, second.id, {"culture": 1})
    (wave,) = place_seen(facilitator, place_id).waves
    assert wave.shown

    sit_alone(facilitator, second.code)

    assert [wave.codes for wave in place_seen(facilitator, place_id).waves] == [
        *(first.codes, (second.code,))
    ]


def test_a_workshop_sits_in_no_wave_of_another_place(facilitator: Caller, place_id: str) -> None:
    other = met(facilitator, LATER, "Wigan")
    (entered,) = enter_waves(facilitator, place_id, [printed()], DAY)
    first = place_seen(facilitator, place_id).waves[-1]

    for code, wave_id in ((other.code, first.id), (first.codes[0], entered.id), (other.code, "x")):
        with pytest.raises(NoSuchPlace):
            sit_together(facilitator, code, wave_id)


def test_a_wave_outlives_one_of_its_sittings_and_not_the_last(
    facilitator: Caller, place_id: str
) -> None:
    first = place_seen(facilitator, place_id).waves[0]
    second = met(facilitator, DAY + timedelta(days=3))
    sit_together(facilitator, second.code, first.id)

    erase_workshop(facilitator, first.codes[0], first.codes[0])
    (wave,) = place_seen(facilitator, place_id).waves
    assert wave.codes == (second.code,)

    sit_alone(facilitator, second.code)
    (wave,) = place_seen(facilitator, place_id).waves
    assert wave.codes == (second.code,)


def test_published_waves_of_an_erased_place_are_in_no_file(
    room_file: Path, facilitator: Caller, place_id: str
) -> None:
    said = "Nachtschatten"
    (entered,) = enter_waves(facilitator, place_id, [printed(source=said)], DAY)
    correct_wave(facilitator, place_id, entered, printed(EARLIER, 3.0), DAY)
    take_wave_out(facilitator, place_id, entered.id)
    assert found(said, everything_beside(room_file))

    erase_place(facilitator, place_id, "Salford")

    after = everything_beside(room_file)
    assert (found(said, after), found(entered.id, after)) == (False, False)
    with reading() as cursor:
        for table in ("wave", "wave_mean", "sitting", "place"):
            assert cursor.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_only_the_facilitator_enters_waves(facilitator: Caller, place_id: str) -> None:
    (entered,) = enter_waves(facilitator, place_id, [printed()], DAY)
    code = place_seen(facilitator, place_id).workshops[0].code
    seat = seated(met(facilitator, LATER, "Wigan"), "Council")
    for other in (Caller(), seat):
        for deed in (
            lambda who: enter_waves(who, place_id, [printed(DAY)], DAY),
            lambda who: correct_wave(who, place_id, entered, printed(), DAY),
            lambda who: take_wave_out(who, place_id, entered.id),
            lambda who: put_wave_back(who, place_id, entered.id),
            lambda who: sit_together(who, code, "w"),
            lambda who: sit_alone(who, code),
        ):
            with pytest.raises(NotSignedIn):
                deed(other)


def test_salfords_waves_are_said_with_their_true_distances() -> None:
    table = read_published(SALFORD, "Salford", "The paper, figure 3")
    waves = waves_as_published(table)

    pairs = zip(waves, (None, *waves), strict=False)
    assert [wave_in_order(*pair) for pair in pairs] == [
        "April 2012",
        "October 2012, 183 days later",
        "May 2013, 212 days later",
    ]
    assert since_said(waves[0], None) == ""
    assert wave_of_a_place(waves[0]) == (
        "published: The paper, figure 3; how many scored is not known"
    )


def test_where_a_wave_comes_from_is_said() -> None:
    wave = Wave(id="w", version=1, kind=WaveKind.MEASURED, dated=DAY, codes=("AAAA",))

    assert wave_of_a_place(wave) == "scored here, one sitting"
    assert wave_of_a_place(wave.model_copy(update={"codes": ("AAAA", "BBBB"), "shown": False})) == (
        "nothing revealed yet, 2 sittings"
    )
