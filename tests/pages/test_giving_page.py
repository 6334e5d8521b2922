"""Waves for analysis on the page: consent by a press, and a page over places that names none."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.vocabulary.given import GIVEN_CONSENT
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.giving import give_wave, given_now
from pages import _giving, _way
from tests.kit import looking
from tests.kit.cards import our_place
from tests.kit.given import file_of, given
from tests.kit.looking import press
from tests.kit.waves import DAYS, met_on, scored

Looks = Callable[..., AppTest]


def words(page: AppTest) -> str:
    done = [element.value for element in page.success]
    return "\n".join([looking.words(page), *done]).replace("\\", "").replace("\u2060", "")


def at_its_place(looks: Looks, facilitator: Caller, place_id: str) -> AppTest:
    page = looks(facilitator, _way.PLACE)
    page.query_params[_way.OF_PLACE] = place_id
    return page.run()


def over_places(looks: Looks, facilitator: Caller) -> AppTest:
    return looks(facilitator, _way.PROGRAMME, **{_way.VIEW: _giving.VIEW})


def with_files(page: AppTest, folder: Path, places: range) -> AppTest:
    files = [
        (f"place-{n}.parquet", file_of(given(n, step=0.2 * (n - 2)), folder), "") for n in places
    ]
    (uploader,) = page.get("file_uploader")
    return uploader.set_value(files).run()


@pytest.mark.long
def test_consent_is_a_sentence_and_a_press_and_goes_by_a_press(
    looks: Looks, facilitator: Caller
) -> None:
    _, place_id, wave_id = our_place(facilitator)
    page = at_its_place(looks, facilitator, place_id)
    assert GIVEN_CONSENT in words(page)

    page = press(page, "Give this wave")
    assert "The wave of 6 October 2025 is given for analysis." in words(page)
    assert given_now(facilitator, place_id) == {wave_id: date.today()}
    page = press(page, "Bring it up to date")
    assert "as it and its plan stand today" in words(page)

    page = press(page, "Take it back")
    assert "its file is gone from here" in words(page)
    assert given_now(facilitator, place_id) == {wave_id: None}


@pytest.mark.long
def test_the_lead_sees_a_band_and_tests_of_five_places_and_none_by_itself(
    looks: Looks, facilitator: Caller, tmp_path: Path
) -> None:
    workshop, place_id, wave_id = our_place(facilitator)
    give_wave(facilitator, place_id, wave_id, DAYS[1])
    page = over_places(looks, facilitator)
    assert "1 wave of 1 place." in words(page)
    assert "Publish the band" not in [button.label for button in page.button]
    assert not page.table

    page = with_files(page, tmp_path, range(5))
    assert "6 waves of 6 places." in words(page)
    assert [table.value.columns[0] for table in page.table] == [
        *("Domain", "Kind of domain", "Kind of move")
    ]
    page = press(page, "Publish the band")

    assert "The band is published" in words(page)
    band, *_ = (table.value for table in page.table)
    assert list(band["Domain"])[:2] == ["Leadership", "Governance"]
    assert all(" to " in cell or cell == "not drawn" for cell in band["Middle half of places"])
    told = words(page) + str([table.value.to_csv() for table in page.table])
    for name in (workshop.place.name, workshop.code, *(given(n).card.place for n in range(5))):
        assert name not in told


def test_a_bad_file_is_named_and_nothing_is_counted(
    looks: Looks, facilitator: Caller, tmp_path: Path
) -> None:
    page = over_places(looks, facilitator)
    (uploader,) = page.get("file_uploader")
    good = ("good.parquet", file_of(given(0), tmp_path), "")

    page = uploader.set_value([good, ("bad.parquet", b"PAR1 nothing PAR1", "")]).run()
    assert "bad.parquet is no file of a wave that a place gave" in words(page)
    assert "1 wave" not in words(page)

    (uploader,) = page.get("file_uploader")
    page = uploader.set_value([good, good]).run()
    assert "good.parquet (file 2) holds the same wave as good.parquet" in words(page)


def test_nothing_of_others_is_seen_while_a_room_scores(
    looks: Looks, facilitator: Caller, tmp_path: Path
) -> None:
    scored(facilitator, met_on(facilitator, date.today(), place="Bury"), seats=1)

    page = with_files(over_places(looks, facilitator), tmp_path, range(5))

    assert "A room scores now." in words(page)
    assert not page.table


def test_a_folder_that_the_environment_names_is_counted(
    looks: Looks, facilitator: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    for n in range(5):
        file_of(given(n), folder)
    monkeypatch.setenv("DISCOVERY_ROOM_GIVEN", folder.as_uri())

    assert "5 waves of 5 places." in words(over_places(looks, facilitator))


def test_the_list_of_programmes_leads_there(looks: Looks, facilitator: Caller) -> None:
    page = looks(facilitator, _way.PROGRAMME)

    assert f"?{_way.VIEW}={_giving.VIEW}" in words(page)
