"""Giving waves for analysis: consent and its end, what leaves, and what is seen over places."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from aqua_core.errors import BadGiven, BandRefused, ChoiceRefused, KeptBack, ScoringOpen
from aqua_core.live import forget_all
from aqua_core.rules.band import alike_of, band_of, next_band_on
from aqua_core.store.cards import cards_in
from aqua_core.store.database import reading
from aqua_core.store.given import files_at, given_in
from aqua_core.vocabulary import Action, Cast, Compare, Decision, Kind, Workshop
from aqua_core.vocabulary.given import GivenWave, Side
from aqua_core.vocabulary.points import said
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import erase_workshop
from aqua_core.workshop.entering import sit_together
from aqua_core.workshop.giving import (
    give_wave,
    given_file,
    given_now,
    over_places_now,
    publish_over_places,
    take_given_back,
)
from aqua_core.workshop.placing import erase_place, join_places, places_now
from aqua_core.workshop.planning import capture_action
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.sampling import try_sample
from aqua_core.workshop.sharing_waves import beside_now, publish_band, share_wave, withdraw_wave
from aqua_core.workshop.showing import shown_now
from tests.kit.cards import TODAY, kept_beside, others_bring, our_place
from tests.kit.given import file_of, given
from tests.kit.notation import INSTRUMENT
from tests.kit.one_room import Filled, filled_in
from tests.kit.planned import drafted, studied
from tests.kit.seeds import seeds
from tests.kit.shown_rooms import (
    alike,
    exchanged,
    kept,
    of_its_own,
    scored_otherwise,
)
from tests.kit.waves import DAYS, met_on, scored, shown_on
from tests.rules.test_shown import gone


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    return filled_in(tmp_path_factory.mktemp("given"), our_place)


Ours = tuple[Workshop, str, str]


@pytest.fixture
def ours(filled: Filled, facilitator: Caller) -> Ours:
    return filled.holds


def read(raw: bytes) -> GivenWave:
    return given_in({"file": raw})["file"]


def brought(folder: Path, steps: int = 5, dated: date = DAYS[0]) -> dict[str, bytes]:
    """Give the files of so many places, that stand about our own levels."""
    return {
        f"place-{n}.parquet": file_of(given(n, dated, 0.2 * (n - steps / 2)), folder)
        for n in range(steps)
    }


def test_what_is_given_is_what_the_room_was_shown_and_no_word(
    facilitator: Caller, ours: Ours
) -> None:
    workshop, place_id, wave_id = ours
    action = capture(facilitator, workshop)
    assert given_now(facilitator, place_id) == {wave_id: None}

    give_wave(facilitator, place_id, wave_id, TODAY)

    raw = given_file(facilitator, place_id, wave_id)
    named = (workshop.place.name, place_id, workshop.id, workshop.code, action.lead, action.test)
    for word in (*named, *(partner.name for partner in workshop.partners)):
        assert word.encode() not in raw
    held, shown = read(raw), shown_now(facilitator, workshop.code)
    averages = {level.domain.key: said(level.average, 1) for level in shown.levels}
    assert {domain.key: str(domain.average) for domain in held.card.domains} == averages
    for compare, side in ((Compare.PARTNER, Side.PARTNER), (Compare.TIER, Side.TIER)):
        marks = Counter(
            (spread.domain.key, mark.points, mark.seats)
            for spread in shown.spreads[compare]
            for mark in spread.marks
        )
        assert marks == Counter(
            (row.domain, row.points, row.seats) for row in held.scores if row.side is side
        )
    everyone = [row for row in held.scores if row.side is Side.EVERYONE]
    assert sum(row.seats for row in everyone) == 8 * 36
    assert given_now(facilitator, place_id) == {wave_id: TODAY}


def capture(facilitator: Caller, workshop: Workshop) -> Action:
    draft = drafted(workshop, lead="Lead nurse Quixote", review_on=TODAY + timedelta(days=30))
    return capture_action(facilitator, workshop.code, draft, TODAY)


@pytest.mark.long
def test_a_test_is_given_by_its_kinds_and_stands_as_it_did_that_day(
    facilitator: Caller, ours: Ours
) -> None:
    workshop, place_id, wave_id = ours
    action = capture(facilitator, workshop)
    give_wave(facilitator, place_id, wave_id, TODAY)
    studied(facilitator, workshop, action, Decision.ADOPT)
    (before,) = read(given_file(facilitator, place_id, wave_id)).tests

    give_wave(facilitator, place_id, wave_id, TODAY)

    (after,) = read(given_file(facilitator, place_id, wave_id)).tests
    assert (before.stands, before.cycles) == ("goes on", 0)
    assert (after.stands, after.cycles) == ("adopted", 1)
    assert (after.domain, after.sector, after.scale) == ("workforce", "council", "micro")
    assert after.owners == len(workshop.partners)


def given_bytes(facilitator: Caller, workshop: Workshop) -> bytes:
    forget_all(workshop.code)
    wave_id, place_id = f"w-{workshop.id}", f"p-{workshop.id}"
    give_wave(facilitator, place_id, wave_id, TODAY)
    return given_file(facilitator, place_id, wave_id)


@pytest.mark.slow
@seeds(120, always=8)
def test_rooms_that_differ_within_a_guarded_group_give_the_same_bytes(
    facilitator: Caller, seeds: range
) -> None:
    same = differ = 0
    for seed in seeds:
        workshop, casts = of_its_own(seed, *alike(seed))
        other = exchanged(workshop, casts, seed)
        if other == casts or len(workshop.partners) < 2:
            continue
        kept(workshop, casts)
        before_shown = shown_now(facilitator, workshop.code)
        if not any(level.average is not None for level in before_shown.levels):
            gone(workshop)
            continue
        before = given_bytes(facilitator, workshop)
        scored_otherwise(workshop, other)
        after = given_bytes(facilitator, workshop)

        if shown_now(facilitator, workshop.code) == before_shown:
            assert before == after, seed
            same += 1
        scored_otherwise(workshop, turned(casts))
        differ += given_bytes(facilitator, workshop) != before
        gone(workshop)
    assert same > len(seeds) / 6
    assert differ > len(seeds) / 6


def turned(casts: Sequence[Cast]) -> list[Cast]:
    """Let every seat give what it gave turned upside down: that is seen."""
    return [
        cast.model_copy(update={"score": 5 - cast.score}) if isinstance(cast.score, int) else cast
        for cast in casts
    ]


def test_taken_back_it_is_gone_from_everywhere(
    facilitator: Caller, ours: Ours, room_file: Path
) -> None:
    _, place_id, wave_id = ours
    give_wave(facilitator, place_id, wave_id, TODAY)
    assert len(kept_beside(room_file, "given")) == 1
    assert over_places_now(facilitator, {}, "", TODAY).waves == 1

    take_given_back(facilitator, place_id, wave_id)

    assert kept_beside(room_file, "given") == {}
    assert over_places_now(facilitator, {}, "", TODAY).waves == 0
    assert given_now(facilitator, place_id) == {wave_id: None}
    for deed in (given_file, take_given_back):
        with pytest.raises(ChoiceRefused):
            deed(facilitator, place_id, wave_id)


@pytest.mark.file
def test_on_a_laptop_a_file_lies_beside_the_room(
    facilitator: Caller, ours: Ours, room_file: Path
) -> None:
    _, place_id, wave_id = ours
    give_wave(facilitator, place_id, wave_id, TODAY)

    (file,) = room_file.with_name("room-given").iterdir()
    assert file.read_bytes() == given_file(facilitator, place_id, wave_id)


@pytest.mark.long
def test_what_is_erased_takes_its_file_along(
    facilitator: Caller, ours: Ours, room_file: Path
) -> None:
    workshop, place_id, wave_id = ours
    give_wave(facilitator, place_id, wave_id, TODAY)
    later = shown_on(facilitator, DAYS[1])
    give_wave(facilitator, place_id, f"w-{later.id}", DAYS[1])

    erase_workshop(facilitator, workshop.code, workshop.code)
    assert len(kept_beside(room_file, "given")) == 1
    erase_place(facilitator, place_id, workshop.place.name)

    assert kept_beside(room_file, "given") == {}
    with reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM given_wave").fetchone() == (0,)


@pytest.mark.slow
def test_a_wave_that_becomes_a_sitting_of_another_is_given_no_more(
    facilitator: Caller, ours: Ours, room_file: Path
) -> None:
    """Else its file would stay where no page offers to take it back."""
    _, place_id, wave_id = ours
    later = shown_on(facilitator, DAYS[1])
    give_wave(facilitator, place_id, f"w-{later.id}", DAYS[1])

    sit_together(facilitator, later.code, wave_id)

    assert kept_beside(room_file, "given") == {}
    assert given_now(facilitator, place_id) == {wave_id: None}


def test_nothing_is_given_while_a_look_of_it_is_sealed_or_its_place_scores(
    facilitator: Caller, ours: Ours
) -> None:
    workshop, place_id, wave_id = ours
    open_scoring(facilitator, workshop.code, ["culture"])
    with pytest.raises(ScoringOpen):
        give_wave(facilitator, place_id, wave_id, TODAY)
    reveal(facilitator, workshop.code)

    scored(facilitator, met_on(facilitator, date.today()), seats=1)

    with pytest.raises(KeptBack):
        give_wave(facilitator, place_id, wave_id, TODAY)
    with pytest.raises(KeptBack):
        over_places_now(facilitator, {}, "", TODAY)


def test_an_open_room_gives_averages_and_no_counts(facilitator: Caller, room_file: Path) -> None:
    workshop = met_on(facilitator, DAYS[0], guard=1)
    scored(facilitator, workshop, seats=1)
    reveal(facilitator, workshop.code)
    (row,) = places_now(facilitator, TODAY)

    give_wave(facilitator, row.place.id, f"w-{workshop.id}", TODAY)

    held = read(given_file(facilitator, row.place.id, f"w-{workshop.id}"))
    assert (len(held.card.domains), held.scores) == (8, ())


def test_a_sample_gives_nothing(facilitator: Caller, room_file: Path) -> None:
    sample = Path(__file__).parents[2] / "data" / "places" / "sample.csv"
    workshop = try_sample(facilitator, sample, INSTRUMENT, TODAY)
    reveal(facilitator, workshop.code)
    (row,) = places_now(facilitator, TODAY)

    assert given_now(facilitator, row.place.id) == {}
    with pytest.raises(ChoiceRefused):
        give_wave(facilitator, row.place.id, f"w-{workshop.id}", TODAY)


@pytest.mark.parametrize("first", ["card", "file"])
def test_card_and_file_of_a_wave_share_their_ids(
    facilitator: Caller, ours: Ours, first: str
) -> None:
    """Two bands of one place under two ids would seem to be of two."""
    _, place_id, wave_id = ours
    deeds: list[Callable[..., None]] = [share_wave, give_wave]
    for deed in deeds if first == "card" else reversed(deeds):
        deed(facilitator, place_id, wave_id, TODAY)

    with reading() as cursor:
        (card,) = cards_in(cursor).values()
    held = read(given_file(facilitator, place_id, wave_id)).card
    assert (held.id, held.place) == (card.id, card.place)
    withdraw_wave(facilitator, place_id, wave_id)
    assert given_now(facilitator, place_id) == {wave_id: TODAY}


@pytest.mark.slow
def test_four_places_show_nothing_and_five_a_band_and_their_tests(
    facilitator: Caller, ours: Ours, tmp_path: Path
) -> None:
    workshop, place_id, wave_id = ours
    give_wave(facilitator, place_id, wave_id, TODAY)
    four = brought(tmp_path, 3)
    (alike_here,) = over_places_now(facilitator, four, "", TODAY).alike
    assert over_places_now(facilitator, four, "", TODAY).tried is None
    assert "from five places up" in alike_here.why_not
    with pytest.raises(BandRefused):
        publish_over_places(facilitator, four, "", alike_here.alike, TODAY)

    files = brought(tmp_path)
    before = over_places_now(facilitator, files, "", TODAY)
    published = publish_over_places(facilitator, files, "", alike_here.alike, TODAY)

    waves = [read(raw) for raw in (*files.values(), given_file(facilitator, place_id, wave_id))]
    assert (before.waves, before.places, before.alike[0].newest) == (6, 6, None)
    for key in INSTRUMENT.names:
        averages = [d.average for wave in waves for d in wave.card.domains if d.key == key]
        assert published.bands[key] == band_of(averages)
    assert any(published.bands.values())
    assert before.tried is not None
    tests = [test for wave in waves for test in wave.tests if test.stands != "taken on"]
    ended = {"adopted", "abandoned", "stopped"}
    for counted in before.tried.domains:
        of_it = [test.stands for test in tests if (test.domain or "") == counted.of]
        assert counted.goes_on == of_it.count("goes on")
        assert counted.ended == sum(stands in ended for stands in of_it)
        assert counted.adopted == of_it.count("adopted")
    assert sum(counted.goes_on + counted.ended for counted in before.tried.moves) == len(tests)
    assert {counted.of for counted in before.tried.kinds} <= {*Kind, ""}
    beside = beside_now(facilitator, workshop.code)
    assert beside is not None
    assert beside.published == published


@pytest.mark.long
def test_bands_of_cards_and_of_files_keep_the_same_time_between_them(
    facilitator: Caller, ours: Ours, tmp_path: Path
) -> None:
    _, place_id, wave_id = ours
    share_wave(facilitator, place_id, wave_id, TODAY)
    others_bring(facilitator)
    publish_band(facilitator, place_id, TODAY)
    files = brought(tmp_path)
    alike_here = alike_of(given(0).card)

    with pytest.raises(BandRefused, match="stands until"):
        publish_over_places(facilitator, files, "", alike_here, TODAY)

    assert publish_over_places(facilitator, files, "", alike_here, next_band_on(TODAY)).places == 5


@pytest.mark.slow
def test_a_place_counts_once_however_many_waves_it_gives_and_whoever_it_is_joined_to(
    facilitator: Caller, ours: Ours
) -> None:
    _, place_id, wave_id = ours
    give_wave(facilitator, place_id, wave_id, TODAY)
    bury = met_on(facilitator, DAYS[1], place="Bury")
    scored(facilitator, bury, seats=3)
    reveal(facilitator, bury.code)
    other = next(row.place.id for row in places_now(facilitator, TODAY) if row.place.name == "Bury")
    give_wave(facilitator, other, f"w-{bury.id}", TODAY)
    assert over_places_now(facilitator, {}, "", TODAY).places == 2

    join_places(facilitator, other, place_id)

    seen = over_places_now(facilitator, {}, "", TODAY)
    assert (seen.waves, seen.places) == (2, 1)


BAD = {
    "empty": lambda raw: b"",
    "no Parquet": lambda raw: b"PAR1" * 100,
    "cut": lambda raw: raw[:-9],
    "too large": lambda raw: raw + bytes(600_000),
    "a changed byte": lambda raw: raw[:300] + bytes([raw[300] ^ 1]) + raw[301:],
}


@pytest.mark.parametrize("spoilt", BAD.values(), ids=BAD)
def test_a_bad_file_is_named_and_nothing_of_the_others_is_read(
    facilitator: Caller, room_file: Path, tmp_path: Path, spoilt: Callable[[bytes], bytes]
) -> None:
    files = brought(tmp_path)
    files["place-3.parquet"] = spoilt(files["place-3.parquet"])

    with pytest.raises(BadGiven, match=r"^place-3\.parquet is"):
        over_places_now(facilitator, files, "", TODAY)


@pytest.mark.slow
def test_a_file_of_a_day_to_come_or_twice_the_same_wave_is_named(
    facilitator: Caller, room_file: Path, tmp_path: Path
) -> None:
    files = brought(tmp_path)
    twin = given(1, DAYS[0], 0.2 * (1 - 5 / 2))
    again = twin.model_copy(update={"card": twin.card.model_copy(update={"id": "0" * 16})})
    elsewhere = again.model_copy(update={"card": again.card.model_copy(update={"place": "1" * 16})})
    for name, wave in (("same id", twin), ("same place", again), ("another place", elsewhere)):
        with pytest.raises(BadGiven, match=rf"{name} holds the same wave as place-1\.parquet"):
            over_places_now(facilitator, files | {name: file_of(wave, tmp_path)}, "", TODAY)
    soon = file_of(given(9, TODAY + timedelta(days=1)), tmp_path)
    with pytest.raises(BadGiven, match=r"^soon is of .* which has not come yet"):
        over_places_now(facilitator, files | {"soon": soon}, "", TODAY)


@pytest.mark.parametrize("address", ["gopher://me:key@bucket/given", "gopher://bucket/given?s=key"])
def test_a_key_in_an_address_is_on_no_page(address: str) -> None:
    with pytest.raises(BadGiven, match="cannot be read") as told:
        files_at(address)

    assert "key" not in str(told.value)


@pytest.mark.long
def test_files_in_a_folder_are_read_by_its_address(
    facilitator: Caller, room_file: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "handed on"
    folder.mkdir()
    (folder / "notes.txt").write_text("left alone")
    for n in range(6):
        file_of(given(n), folder)

    for address in (str(folder), folder.as_uri()):
        assert over_places_now(facilitator, {}, address, TODAY).waves == 6
    for nowhere in (str(folder / "none"), "relative/folder", "gopher://host/folder", "s3://"):
        with pytest.raises(BadGiven, match="DISCOVERY_ROOM_GIVEN"):
            over_places_now(facilitator, {}, nowhere, TODAY)
    (folder / "large.parquet").write_bytes(bytes(600_000))
    with pytest.raises(BadGiven, match="larger files"):
        over_places_now(facilitator, {}, str(folder), TODAY)
