"""Organisations that share a database: no deed reaches another one's, and a reader changes nothing.

Every public deed is called, with the ids that it would have where it belongs.
"""

import enum
import importlib
import inspect
import secrets
import typing
from collections.abc import Callable
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aqua_core.errors import NoSeat, NoSuchWorkshop, NotSignedIn, ReadsOnly, Refusal
from aqua_core.vocabulary import Holder, Place, Sector, Tier
from aqua_core.vocabulary.measure import Phase
from aqua_core.vocabulary.plan import Answer, Progress
from aqua_core.vocabulary.programme import LastWords, RequestAnswer
from aqua_core.vocabulary.talk import Outcome, Wording
from aqua_core.workshop import admitting, closing, hosting
from aqua_core.workshop.admitting import Caller, may_watch, new_secret, sits_somewhere
from aqua_core.workshop.exchanging import exchange_now, remarks_csv
from aqua_core.workshop.exporting import open_pack, session_pack
from aqua_core.workshop.gathering import gatherings_now
from aqua_core.workshop.joining import seated_in, take_seat
from aqua_core.workshop.naming import TeamDraft, names_of
from aqua_core.workshop.noting import NoteMeant
from aqua_core.workshop.pairing import pair_wall, pairing_code, shown_on, walls_now
from aqua_core.workshop.placing import place_seen, places_now
from aqua_core.workshop.scheduling import Pattern, programmes_now, requests_now
from aqua_core.workshop.seating import seating_now
from aqua_core.workshop.setting_up import (
    PartnerDraft,
    WorkshopDraft,
    places_before,
    workshops_here,
)
from aqua_core.workshop.sharing_waves import sharing_now
from aqua_core.workshop.tabling import not_begun
from tests.kit.hosting import Held, Hosted, filled, organisation, rows_of
from tests.kit.looking import a_wall, an_address
from tests.kit.measured import a_measure
from tests.kit.notation import ALL, DAY, INSTRUMENT, made
from tests.kit.one_room import room_file
from tests.workshop.test_roles import LETS_IN, gone_through
from tests.workshop.test_ways_in import PUBLIC, WAYS_IN, short, ways_of

__all__ = ["room_file"]
pytestmark = pytest.mark.shared
OURS, THEIRS = "Programme of Zyxland", "Another trust"
WORD: Final = "Zyxland"
# Whoever knows the code may: to sit down is no account's affair. And what ends the caller itself.
OPEN: Final = {"joining.take_seat", "pairing.take_over", "signing_in.sign_out", "hosting.link_for"}
BY_CODE: Final = {"gathering.places_to_join", "joining.workshop_to_join"}


class Two(NamedTuple):
    """One organisation that holds something, and another one that asks for it."""

    room_file: Path
    ours: Hosted
    theirs: Hosted
    held: Held


@pytest.fixture(scope="module")
def two(room_file: Path) -> Two:
    ours, theirs = organisation(room_file, OURS), organisation(room_file, THEIRS)
    return Two(room_file, ours, theirs, filled(ours.facilitator, WORD))


@pytest.fixture(scope="module")
def known(two: Two) -> dict[str, Any]:
    """Give what deeds are asked with, as its own administrator's pages have it, by parameter."""
    held, people = two.held, hosting.people_now(two.ours.administrator)
    workshop, kept = held.workshop, held.kept
    browser = next(one for account, one in people.browsers if account == people.mine.id)
    return kept | {
        **{"code": workshop.code, "workshop_code": held.scoring.code, "people": 9},
        **{"instrument": INSTRUMENT, "installed": [INSTRUMENT], "domain": ALL[0], "domains": ALL},
        **{"team_id": workshop.teams[0].id, "session_id": kept["session"].id},
        **{"named": workshop.place, "names": names_of(workshop), "password": "long enough"},
        **{
            "phase": Phase(measure_id=kept["measure_id"], begins_on=DAY),
            "brought": "01/11/2026\t7",
        },
        **{
            "words": LastWords(learned="x"),
            "given": Wording(said="x"),
            "corrected": kept["reading"],
        },
        **{"note": NoteMeant(ALL[0], 1, "x"), "outcome": Outcome(domain=ALL[0])},
        **{"account_id": people.accounts[-1].id, "key": browser.token_hash},
        **{"pattern": Pattern(1, 1, 13), "path": Path("data/places/sample.csv")},
        **{"planned": kept["programme"], "reading": kept["reading"]},
    }


def differently(deed: str, held: Held) -> dict[str, Any]:
    """Give what a deed is asked with that others call by the same name."""
    kept, place = held.kept, held.workshop.place
    answer = Answer(action_id=kept["action_id"], answer=Progress.STUCK, said="x")
    request = RequestAnswer(support_id=kept["support"].id, version=0, who="x")
    return {
        "checking.check_test": {"answer": answer},
        "cycling.answer_action": {"answer": answer},
        "scheduling.answer_request": {"answer": request},
        "cycling.put_back": {"said": kept["action"]},
        "cycling.take_out": {"said": kept["action"]},
        "cycling.taken_out_now": {"kind": type(kept["action"])},
        "exchanging.move_between": {"said": kept["card"]},
        "entering.correct_wave": {"shown": kept["wave"], "draft": kept["wave"]},
        "measuring.put_reading_back": {"shown": kept["reading"]},
        "measuring.take_reading_out": {"shown": kept["reading"]},
        "measuring.keep_reading": {"draft": kept["reading"]},
        "following.follow_measure": {"draft": a_measure("Another")},
        "deciding.list_forum": {"draft": kept["forum"]},
        "exchanging.agree_visit": {"draft": kept["visit"]},
        "exchanging.tell_story": {"draft": kept["card"]},
        "planning.capture_action": {"draft": kept["action"]},
        "planning.ask_support": {"draft": kept["support"]},
        "planning.say_unclear": {"draft": kept["unclear"]},
        "scheduling.plan_programme": {"draft": kept["programme"]},
        "placing.erase_place": {"typed": place.name},
        "closing.erase_workshop": {"typed": held.workshop.code},
        "setting_up.set_up": {"draft": a_draft()},
        "scoring.submit_score": {"given": 3},
        "scoring.type_paper": {"given": {ALL[0]: 3}},
        "naming.add_team": {"draft": TeamDraft("New", Sector.COUNCIL, Tier.BOARD)},
    }.get(deed, {})


def a_draft() -> WorkshopDraft:
    partners = [PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in ("New", "Newer")]
    place = Place(name="New place", persona="Sally Ford")
    return WorkshopDraft(place, partners, INSTRUMENT, DAY, Holder.PERSON)


def asked_with(deed: Callable[..., object], known: dict[str, Any]) -> dict[str, Any]:
    """Give a value for each parameter that has no default: one that is known, or one that fits."""
    kinds = typing.get_type_hints(deed)
    return {
        name: as_draft(known[name], kinds[name]) if name in known else something(kinds[name])
        for name, parameter in inspect.signature(deed).parameters.items()
        if name in known or parameter.default is inspect.Parameter.empty
    }


def as_draft(value: Any, kind: Any) -> Any:
    """Give what is kept as it was typed before: without its id and its version."""
    fields = getattr(kind, "model_fields", {})
    if type(value) is kind or not fields:
        return value
    return kind(**{field: getattr(value, field) for field in fields})


def something(kind: Any) -> Any:
    plain = {
        str: "x",
        int: 1,
        bool: True,
        date: DAY,
        datetime: datetime(2026, 11, 22, 10),
        bytes: b"",
    }
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return next(iter(kind))
    origin = str(typing.get_origin(kind))
    return plain.get(kind, {} if "Mapping" in origin else [] if "abc" in origin else None)


def outcome(name: str, caller: Caller, two: Two, known: dict[str, Any]) -> object:
    """Do a deed as somebody; give the refusal or what it gave. Anything else is a fault."""
    module, deed = name.rsplit(".", 1)
    function = getattr(importlib.import_module(module), deed)
    code = two.held.gathering.code if ways_of(name) & {"convening", "arriving"} else known["code"]
    asked = known | {"caller": caller, "code": code} | differently(short(name), two.held)
    try:
        return function(**asked_with(function, asked))
    except Refusal as refusal:
        return refusal


DEEDS: Final = [name for name in PUBLIC if name not in WAYS_IN and short(name) not in OPEN]


def test_no_deed_of_another_organisation_reaches_or_shows_anything(
    two: Two, known: dict[str, Any]
) -> None:
    before = rows_of(two.room_file, OURS)

    found = {short(name): outcome(name, two.theirs.administrator, two, known) for name in DEEDS}

    assert rows_of(two.room_file, OURS) == before
    assert {deed for deed, gave in found.items() if WORD in str(gave)} <= BY_CODE
    refused = {deed for deed, gave in found.items() if isinstance(gave, Refusal)}
    assert len(refused) > 200
    by_its_workshop = {
        short(name)
        for name in DEEDS
        if ways_of(name) & {"facilitating", "leading", "watching", "watched", "convening"}
    }
    assert by_its_workshop - refused == {"admitting.may_watch", "pairing.shown_on"}


def test_a_reader_reads_and_no_deed_of_a_reader_changes_anything(
    two: Two, known: dict[str, Any]
) -> None:
    before = rows_of(two.room_file, OURS)

    found = {short(name): outcome(name, two.ours.reader, two, known) for name in DEEDS}

    assert rows_of(two.room_file, OURS) == before
    reads = {deed for deed, gave in found.items() if WORD in str(gave)}
    refused = {deed for deed, gave in found.items() if isinstance(gave, ReadsOnly)}
    assert (len(reads) > 30, len(refused) > 110) == (True, True)


@pytest.mark.parametrize("way", ["facilitating", "leading", "managing", "convening"])
def test_a_way_in_that_writes_is_closed_to_a_reader(two: Two, way: str) -> None:
    code = two.held.gathering.code if way == "convening" else two.held.workshop.code
    lent = () if way == "managing" else (code,)

    with getattr(admitting, way)(two.ours.reader, *lent, admitting.reading):
        pass
    for writes in (admitting.writing, closing.writing_anew):
        with (
            pytest.raises(ReadsOnly, match="reads here and changes nothing"),
            getattr(admitting, way)(two.ours.reader, *lent, writes),
        ):
            pass


@pytest.mark.parametrize("way", LETS_IN)
@pytest.mark.parametrize("role", Hosted._fields)
def test_a_way_in_is_closed_to_every_account_of_another_organisation(
    two: Two, way: str, role: str
) -> None:
    caller = getattr(two.theirs, role)
    code = two.held.gathering.code if way in ("convening", "arriving") else two.held.workshop.code
    if way in ("knowing", "visiting", "arriving", "managing"):
        return  # by the code alone; or to its own
    with pytest.raises((NotSignedIn, NoSeat, NoSuchWorkshop, ReadsOnly)):
        gone_through(way, caller, code)


def lists(who: Caller) -> dict[str, Any]:
    """Give every list that names no workshop and no place."""
    asked = (
        *(workshops_here, places_before, programmes_now, gatherings_now, exchange_now),
        *(requests_now, remarks_csv, not_begun),
    )
    found = {each.__name__: each(who) for each in asked}
    rows = places_now(who, DAY)
    return found | {
        "places": rows,
        "of places": [place_seen(who, row.place.id) for row in rows],
        "cards": [sharing_now(who, row.place.id, DAY) for row in rows],
        "people": hosting.people_now(who),
    }


WORDS: Final = st.lists(
    st.sampled_from([*"AB", "Bolton", "St. Mary's / A&B", "O’Brien's", "שלום"]),
    min_size=2,
    max_size=2,
)
_numbers: Final = count()


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS)
def test_lists_are_as_if_nobody_else_was_there_even_under_the_same_names(
    room_file: Path, words: list[str]
) -> None:
    first, second = (
        organisation(room_file, f"Property {next(_numbers)}").facilitator for _ in words
    )
    filled(first, words[0])
    alone, empty = lists(first), lists(second)

    held = filled(second, words[1])

    assert lists(first) == alone
    assert not any(empty[kind] for kind in ("places", "workshops_here", "gatherings_now"))
    codes = {listed.code for listed in workshops_here(second)}
    assert codes == {held.workshop.code, held.scoring.code}


def test_codes_are_unique_over_all_organisations_though_a_deed_sees_only_its_own(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([*two.held.workshop.code, *two.held.gathering.code, *"ZZZZYYYY"])
    monkeypatch.setattr(secrets, "choice", lambda _: next(drawn))

    assert made(two.theirs.facilitator, "Council", "Trust").code == "ZZZZYYYY"


def test_a_pack_opens_in_another_organisation_of_the_same_host_beside_its_own(two: Two) -> None:
    code = two.held.workshop.code
    pack = session_pack(two.ours.facilitator, code)

    opened = open_pack(two.theirs.facilitator, pack)

    assert (opened.id, opened.code != code) == (two.held.workshop.id, True)
    assert seating_now(two.theirs.facilitator, opened.code).teams[0].seats == ()
    assert len(seating_now(two.ours.facilitator, code).teams[0].seats) == 1


def test_a_wall_that_another_organisation_pairs_shows_theirs_and_no_longer_ours(two: Two) -> None:
    wall = a_wall(two.ours.facilitator, two.held.workshop)
    theirs = made(two.theirs.facilitator, "Council", "Trust")
    assert shown_on(wall) == two.held.workshop.code

    pair_wall(two.theirs.facilitator, theirs.code, pairing_code(wall, an_address()))

    assert shown_on(wall) == theirs.code
    assert not may_watch(wall, two.held.workshop.code)
    assert walls_now(two.ours.facilitator, two.held.workshop.code) == 0


def test_a_device_finds_its_seats_in_whichever_organisation_they_are(two: Two) -> None:
    theirs = made(two.theirs.facilitator, "Council", "Trust")
    take_seat(two.held.seat, theirs.code, theirs.teams[0].id)

    assert {held.code for held in seated_in(two.held.seat)} == {
        two.held.workshop.code,
        theirs.code,
    }
    assert sits_somewhere(two.held.seat)
    assert not sits_somewhere(Caller(seat=new_secret()))
