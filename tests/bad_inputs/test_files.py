"""Rows 86 and 94: files of wording."""

from pathlib import Path

import pytest

from aqua_core.errors import BadInstrument
from aqua_core.instrument import read_instrument
from aqua_core.store.database import close_database, open_database
from aqua_core.vocabulary import Holder, Place, Sector, Tier
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.reading import workshop_now
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from pages import _room, _way
from tests.kit.looking import words
from tests.kit.notation import DAY, INSTRUMENT, instrument_text
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]


@pytest.mark.parametrize(
    "name", ["[x](www.e.test).json", "a -- b.json", "=1+1.json", "..%2f..%2fpasswd.json"]
)
def test_the_name_of_a_file_is_shown_and_never_followed(
    looks, facilitator, tmp_path, monkeypatch, name
) -> None:
    (tmp_path / "instruments").mkdir()
    (tmp_path / "instruments" / name).write_text("{")
    monkeypatch.setattr(_room, "DATA", tmp_path)

    told = words(looks(facilitator, _way.SET_UP))

    assert f"{name}, line 1, column 2: " in told.replace("\\", "").replace("\u2060", "")
    assert "](www.e" not in told


@pytest.mark.parametrize("name", ["../../passwd.json", "C:\\passwd.json", "a\x00b.json"])
def test_a_path_that_climbs_is_only_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadInstrument, match=r"is not there|cannot be opened"):
        read_instrument(tmp_path / name)


def test_a_workshop_keeps_the_wording_it_was_set_up_with(
    facilitator: Caller, room_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "eight.json"
    file.write_text(instrument_text(INSTRUMENT), "utf-8")
    first = set_up(facilitator, scored_against(file), DAY)
    file.write_text(instrument_text(INSTRUMENT).replace("Leadership", "Leading"), "utf-8")
    second = set_up(facilitator, scored_against(file), DAY)

    close_database()
    open_database(room_file)

    names = [
        workshop_now(facilitator, held.code).instrument.domains[0].name for held in (first, second)
    ]
    assert names == ["Leadership", "Leading"]


def scored_against(file: Path) -> WorkshopDraft:
    partners = [PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in ("A", "B")]
    return WorkshopDraft(Place(name="Salford"), partners, read_instrument(file), DAY, Holder.PERSON)
