"""Several places in one room: one code, opened and revealed for all, and nothing crosses tables."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from aqua_core.errors import (
    ChangedMeanwhile,
    ChoiceRefused,
    DateRefused,
    MoreSeatsThanPeople,
    NoSuchWorkshop,
    NothingToReveal,
    NotSignedIn,
    ScoringOpen,
    TextRefused,
)
from aqua_core.live import Channel, revision
from aqua_core.store.database import close_database, open_database
from aqua_core.vocabulary import (
    MOST_TABLES,
    Compare,
    Gathering,
    Holder,
    Place,
    Sector,
    Stage,
    Tier,
    Workshop,
)
from aqua_core.workshop import gathering as gatherings
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.exporting import open_pack, report_page, session_pack
from aqua_core.workshop.gathering import gathering_now
from aqua_core.workshop.joining import workshop_to_join
from aqua_core.workshop.parting import erase_others, packs_of_all
from aqua_core.workshop.placing import join_places, places_now
from aqua_core.workshop.reading import room_now, stage_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.seating import expect_people
from aqua_core.workshop.setting_up import (
    PartnerDraft,
    WorkshopDraft,
    draft_from,
    last_time_at,
    workshops_here,
)
from aqua_core.workshop.showing import results_now
from aqua_core.workshop.tabling import not_begun, that_may_come
from aqua_core.workshop.undoing import last_done_now, undo_last_done
from tests.kit.notation import ALL, DAY, INSTRUMENT, made, seated
from tests.kit.one_room import facilitating
from tests.workshop.test_closing import bytes_beside

NAMES = ("Bolton", "Manchester", "Oldham")


def a_draft(place: str, **other: object) -> WorkshopDraft:
    partners = [PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in ("Council", "Trust")]
    drafted = WorkshopDraft(
        place=Place(name=place, persona=""),
        partners=partners,
        instrument=INSTRUMENT,
        held_on=DAY,
        holder=Holder.LAPTOP,
    )
    return drafted._replace(**other)


def gathered(facilitator: Caller, *names: str) -> tuple[Gathering, list[Workshop]]:
    drafts = [a_draft(name) for name in names or NAMES]
    gathering = gatherings.set_up_gathering(facilitator, "Masterclass 2", DAY, drafts, DAY)
    now = gathering_now(facilitator, gathering.code)
    return gathering, [table.workshop for table in now.tables]


def scored(workshop: Workshop, points: int, domain: str = ALL[0]) -> list[Caller]:
    seats = [seated(workshop, team.name) for team in workshop.teams]
    for seat in seats:
        submit_score(seat, workshop.code, domain, points)
    return seats


def stages_of(facilitator: Caller, gathering: Gathering) -> list[Stage]:
    return [table.stage for table in gathering_now(facilitator, gathering.code).tables]


def points_shown(facilitator: Caller, workshop: Workshop) -> set[int]:
    spread = results_now(facilitator, workshop.code).by_domain(Compare.TEAM)[ALL[0]]
    return {mark.points for mark in spread.marks}


def test_tables_stand_in_the_order_in_which_they_were_named(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator, "Wigan", "Bolton", "Oldham")

    now = gathering_now(facilitator, gathering.code)

    assert [table.number for table in now.tables] == [1, 2, 3]
    assert [table.workshop.place.name for table in now.tables] == ["Wigan", "Bolton", "Oldham"]
    assert now.stage is Stage.WELCOME
    _, joined = gatherings.places_to_join(gathering.code.lower())
    assert list(joined) == tables
    assert {gatherings.joined_by(table.code) for table in tables} == {gathering.code}


def test_a_place_comes_as_last_time(facilitator: Caller) -> None:
    before = made(facilitator, "Council", "Trust", "GPs", place="Salford")
    last = last_time_at(facilitator, "Salford", [INSTRUMENT])
    assert last

    drafts = [draft_from(last, INSTRUMENT, DAY), a_draft("Wigan")]
    gathering = gatherings.set_up_gathering(facilitator, "Masterclass", DAY, drafts, DAY)

    salford = gathering_now(facilitator, gathering.code).tables[0].workshop
    assert salford.code != before.code
    assert [team.name for team in salford.teams] == [team.name for team in before.teams]
    assert salford.place.persona == "Sally Ford"
    real = [row.place.name for row in places_now(facilitator, DAY)]
    assert sorted(real) == ["Salford", "Wigan"]


@pytest.mark.slow
def test_opened_and_revealed_for_all_in_one_moment(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator)
    gatherings.open_for_all(facilitator, gathering.code, ALL[:1])
    assert stages_of(facilitator, gathering) == [Stage.SCORING] * 3
    for points, table in enumerate(tables):
        scored(table, points)

    gatherings.reveal_for_all(facilitator, gathering.code)

    assert stages_of(facilitator, gathering) == [Stage.REVEALED] * 3
    for points, table in enumerate(tables):
        assert points_shown(facilitator, table) == {points}
    now = gathering_now(facilitator, gathering.code)
    assert (now.opened, now.revealed) == ((), (ALL[0],))


def test_a_table_has_finished_once_all_who_sit_there_have_answered(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator)
    gatherings.open_for_all(facilitator, gathering.code, ALL[:2])

    def finished() -> list[bool]:
        return [table.finished for table in gathering_now(facilitator, gathering.code).tables]

    assert finished() == [False, False, False]  # nobody sits anywhere: nothing has finished
    (council, trust) = scored(tables[1], 3)
    assert not any(finished())
    submit_score(council, tables[1].code, ALL[1], 0)
    assert not any(finished())
    submit_score(trust, tables[1].code, ALL[1], "cannot say")
    assert finished() == [False, True, False]
    seated(tables[1], "Council")
    assert not any(finished())


def test_no_count_of_a_table_that_scores_leaves_the_deed(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator)

    def joined() -> list[int]:
        return [table.joined for table in gathering_now(facilitator, gathering.code).tables]

    for name in ("Council", "Trust", "Council"):
        seated(tables[1], name)
    assert joined() == [0, 3, 0]
    gatherings.open_for_all(facilitator, gathering.code, ALL[:1])

    assert joined() == [0, 1, 0]
    fields = {"number", "workshop", "stage", "finished", "joined"}
    assert set(gatherings.Table._fields) == fields


def test_what_is_open_at_some_tables_goes_on_there(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator)
    open_scoring(facilitator, tables[0].code, ALL[:1])

    gatherings.open_for_all(facilitator, gathering.code, ALL[:1])

    opened = gatherings.rounds_at_tables(facilitator, gathering.code)
    assert opened == {table.code: {ALL[0]: 1} for table in tables}
    with pytest.raises(ChoiceRefused, match="every table scores this already"):
        gatherings.open_for_all(facilitator, gathering.code, ALL[:1])
    with pytest.raises(ChoiceRefused, match="at least one domain"):
        gatherings.open_for_all(facilitator, gathering.code, [])


@pytest.mark.slow
def test_nothing_is_revealed_where_one_table_has_more_seats_than_people(
    facilitator: Caller,
) -> None:
    drafts = [a_draft(name, holder=Holder.PERSON) for name in NAMES]
    gathering = gatherings.set_up_gathering(facilitator, "Masterclass", DAY, drafts, DAY)
    tables = [table.workshop for table in gathering_now(facilitator, gathering.code).tables]
    gatherings.open_for_all(facilitator, gathering.code, ALL[:1])
    for table in tables:
        scored(table, 2)
        expect_people(facilitator, table.code, 2)
    expect_people(facilitator, tables[2].code, 1)

    with pytest.raises(MoreSeatsThanPeople, match=r"^Oldham: 2 seats"):
        gatherings.reveal_for_all(facilitator, gathering.code)

    assert stages_of(facilitator, gathering) == [Stage.SCORING] * 3
    assert all(not room_now(facilitator, table.code).revealed for table in tables)
    expect_people(facilitator, tables[2].code, 2)
    gatherings.reveal_for_all(facilitator, gathering.code)
    assert stages_of(facilitator, gathering) == [Stage.REVEALED] * 3


def test_a_late_place_scores_what_the_others_score(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator)
    gatherings.open_for_all(facilitator, gathering.code, ALL[2:4])
    seats = scored(tables[0], 4, ALL[2])
    ballot = revision(tables[0].code, Channel.PHONES)

    late = gatherings.set_up_at_table(facilitator, gathering.code, a_draft("Wigan"), DAY)

    now = gathering_now(facilitator, gathering.code)
    assert [table.number for table in now.tables] == [1, 2, 3, 4]
    assert room_now(facilitator, late.code).open_domains == (ALL[2], ALL[3])
    # Nobody's ballot is drawn again for it.
    assert revision(tables[0].code, Channel.PHONES) == ballot
    submit_score(seats[0], tables[0].code, ALL[2], 5)


def test_a_round_is_taken_back_at_every_table_or_at_none(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator)
    gatherings.open_for_all(facilitator, gathering.code, ALL[:1])
    meant = gatherings.rounds_at_tables(facilitator, gathering.code)
    open_scoring(facilitator, tables[1].code, [ALL[5]])
    with pytest.raises(ChangedMeanwhile):
        gatherings.take_back_for_all(facilitator, gathering.code, meant)
    assert stages_of(facilitator, gathering) == [Stage.SCORING] * 3

    meant = gatherings.rounds_at_tables(facilitator, gathering.code)
    gatherings.take_back_for_all(facilitator, gathering.code, meant)

    assert stages_of(facilitator, gathering) == [Stage.WELCOME] * 3
    assert gatherings.rounds_at_tables(facilitator, gathering.code) == {}
    with pytest.raises(NothingToReveal):
        gatherings.reveal_for_all(facilitator, gathering.code)


def test_what_was_done_for_all_can_be_undone_at_a_table(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator)
    gatherings.open_for_all(facilitator, gathering.code, ALL[:1])
    last = last_done_now(facilitator, tables[1].code)
    assert last
    assert last.said == f"Scoring was opened on {INSTRUMENT.names[ALL[0]]}."

    undo_last_done(facilitator, tables[1].code, last.sequence)

    assert stages_of(facilitator, gathering) == [Stage.SCORING, Stage.WELCOME, Stage.SCORING]


def test_a_table_is_taken_away_and_given_back(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator)

    gatherings.leave_table(facilitator, gathering.code, tables[1].code)

    names = [t.workshop.place.name for t in gathering_now(facilitator, gathering.code).tables]
    assert names == ["Bolton", "Oldham"]
    assert gatherings.joined_by(tables[1].code) == ""
    assert that_may_come(facilitator, gathering.code) == (tables[1],)
    gatherings.bring_to_table(facilitator, gathering.code, tables[1].code)
    numbers = [table.number for table in gathering_now(facilitator, gathering.code).tables]
    assert numbers == [1, 3, 4]


def test_what_is_set_up_already_comes_as_it_is(facilitator: Caller) -> None:
    salford, wigan = (made(facilitator, "A", "B", place=name) for name in ("Salford", "Wigan"))
    seat = seated(salford, "A")
    assert gatherings.joined_by(salford.code) == ""  # which is kept until somebody is told

    gathering = gatherings.set_up_gathering(
        facilitator, "Masterclass", DAY, [wigan.code, a_draft("Bolton"), salford.code], DAY
    )

    tables = gathering_now(facilitator, gathering.code).tables
    assert [table.workshop.place.name for table in tables] == ["Wigan", "Bolton", "Salford"]
    assert (tables[0].workshop, tables[2].workshop) == (wigan, salford)
    assert [table.joined for table in tables] == [0, 0, 1]
    assert gatherings.joined_by(salford.code) == gathering.code
    assert len(workshops_here(facilitator)) == 3
    gatherings.open_for_all(facilitator, gathering.code, ALL[:1])
    submit_score(seat, salford.code, ALL[0], 3)


def test_of_a_masterclass_with_one_that_has_begun_nothing_is_made(facilitator: Caller) -> None:
    begun, fresh = (made(facilitator, "A", "B", place=name) for name in ("Salford", "Wigan"))
    open_scoring(facilitator, begun.code, ALL[:1])

    with pytest.raises(ChoiceRefused, match=r"Salford .* has begun"):
        gatherings.set_up_gathering(
            facilitator, "Masterclass", DAY, [fresh.code, a_draft("Bolton"), begun.code], DAY
        )

    assert gatherings.gatherings_now(facilitator) == ()
    assert not_begun(facilitator) == (fresh,)


def test_every_workshop_that_has_not_begun_may_come_and_not_only_the_newest_of_a_place(
    facilitator: Caller,
) -> None:
    first = made(facilitator, "A", "B", place="Salford")
    gathering, _ = gathered(facilitator, "Salford", "Wigan")
    other = gatherings.set_up_gathering(facilitator, "Another", DAY, [], DAY)

    assert that_may_come(facilitator, gathering.code) == ()  # Salford has a table there
    assert that_may_come(facilitator, other.code) == (first,)


def test_what_has_begun_or_has_a_table_is_not_brought(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator, "Bolton")
    begun, closed = made(facilitator, "A", "B"), made(facilitator, "A", "B", place="Wigan")
    open_scoring(facilitator, begun.code, ALL[:1])
    close_workshop(facilitator, closed.code)

    for code in (begun.code, closed.code, tables[0].code):
        with pytest.raises(ChoiceRefused, match="has begun, is closed, is a sitting"):
            gatherings.bring_to_table(facilitator, gathering.code, code)
    assert that_may_come(facilitator, gathering.code) == ()


def test_a_place_has_one_table_and_all_score_the_same_words(facilitator: Caller) -> None:
    gathering, _ = gathered(facilitator, "Bolton")
    leadership, *others = INSTRUMENT.domains
    asked = leadership.model_copy(update={"question": "Who leads?"})
    other = INSTRUMENT.model_copy(update={"domains": (asked, *others)})

    with pytest.raises(ChoiceRefused, match="Bolton has a table here already"):
        gatherings.set_up_at_table(facilitator, gathering.code, a_draft("bolton"), DAY)
    draft = a_draft("Wigan", instrument=other)
    with pytest.raises(ChoiceRefused, match="the same words"):
        gatherings.set_up_at_table(facilitator, gathering.code, draft, DAY)

    assert len(gathering_now(facilitator, gathering.code).tables) == 1
    assert [row.place.name for row in places_now(facilitator, DAY)] == ["Bolton"]
    numbered = a_draft("Wigan", instrument=INSTRUMENT.model_copy(update={"version": "9.0"}))
    gatherings.set_up_at_table(facilitator, gathering.code, numbered, DAY)
    assert len(gathering_now(facilitator, gathering.code).tables) == 2  # the same words


@pytest.mark.slow
def test_more_than_a_screen_of_tables_are_two_masterclasses(facilitator: Caller) -> None:
    names = [f"Place number {chr(65 + at) * 3}" for at in range(MOST_TABLES + 1)]

    with pytest.raises(ChoiceRefused, match="at most 12 tables"):
        gathered(facilitator, *names)

    assert gatherings.gatherings_now(facilitator) == ()
    assert places_now(facilitator, DAY) == ()  # whole or not at all


@pytest.mark.parametrize(
    ("called", "day", "refused"),
    [("", DAY, TextRefused), ("M", DAY - timedelta(days=1), DateRefused), ("M", None, DateRefused)],
)
def test_a_masterclass_has_a_name_and_a_day_to_come(
    facilitator: Caller, called: str, day: object, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        gatherings.set_up_gathering(facilitator, called, day, [], DAY)

    assert gatherings.gatherings_now(facilitator) == ()


def test_a_code_leads_to_one_thing(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator, "Bolton")

    with pytest.raises(NoSuchWorkshop):
        workshop_to_join(gathering.code)
    with pytest.raises(NoSuchWorkshop):
        gatherings.places_to_join(tables[0].code)
    with pytest.raises(NoSuchWorkshop):
        gathering_now(facilitator, tables[0].code)


def test_a_vote_wakes_the_masterclass_and_no_other_table(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator)
    gatherings.open_for_all(facilitator, gathering.code, ALL[:1])
    council = seated(tables[0], "Council")
    gathering_now(facilitator, gathering.code)
    others = [revision(tables[1].code, channel) for channel in Channel]
    before = revision(gathering.code, Channel.TEAMS)

    submit_score(council, tables[0].code, ALL[0], 3)

    assert revision(gathering.code, Channel.TEAMS) != before
    assert [revision(tables[1].code, channel) for channel in Channel] == others


def test_closed_tables_stay_out_of_it(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator)
    close_workshop(facilitator, tables[0].code)

    gatherings.open_for_all(facilitator, gathering.code, ALL[:1])

    assert stages_of(facilitator, gathering) == [Stage.CLOSED, Stage.SCORING, Stage.SCORING]
    assert [held.place.name for held in gatherings.places_to_join(gathering.code)[1]] == [
        "Manchester",
        "Oldham",
    ]


@pytest.mark.slow
def test_an_erased_workshop_leaves_its_table_and_the_last_takes_the_gathering(
    facilitator: Caller,
) -> None:
    gathering, tables = gathered(facilitator, "Bolton", "Wigan")
    erase_workshop(facilitator, tables[0].code, tables[0].code)
    assert len(gathering_now(facilitator, gathering.code).tables) == 1

    erase_workshop(facilitator, tables[1].code, tables[1].code)

    with pytest.raises(NoSuchWorkshop):
        gathering_now(facilitator, gathering.code)


def test_called_off_every_place_goes_its_own_way(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator)
    gatherings.open_for_all(facilitator, gathering.code, ALL[:1])
    scored(tables[0], 3)

    gatherings.part_gathering(facilitator, gathering.code)

    assert gatherings.gatherings_now(facilitator) == ()
    assert [stage_now(table.code) for table in tables] == [Stage.SCORING] * 3
    reveal(facilitator, tables[0].code)
    assert points_shown(facilitator, tables[0]) == {3}


def test_a_stranger_a_host_and_a_seat_convene_nothing(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator)
    seat = seated(tables[0], "Council")

    for caller in (Caller(), seat):
        with pytest.raises(NotSignedIn):
            gatherings.reveal_for_all(caller, gathering.code)
        with pytest.raises(NotSignedIn):
            gathering_now(caller, gathering.code)


def _a_day(facilitator: Caller) -> tuple[Gathering, list[Workshop]]:
    gathering, tables = gathered(facilitator)
    gatherings.open_for_all(facilitator, gathering.code, ALL[:1])
    for points, table in enumerate(tables, start=1):
        scored(table, points)
    gatherings.reveal_for_all(facilitator, gathering.code)
    return gathering, tables


@pytest.mark.long
def test_every_place_takes_a_pack_that_opens_elsewhere(facilitator: Caller, tmp_path: Path) -> None:
    gathering, tables = _a_day(facilitator)

    taken_home = zipfile.ZipFile(io.BytesIO(packs_of_all(facilitator, gathering.code)))

    packs = [name for name in taken_home.namelist() if name.endswith(".zip")]
    reports = [name for name in taken_home.namelist() if name.endswith(".html")]
    assert len(set(packs)) == len(set(reports)) == 3
    assert taken_home.read(packs[1]) == session_pack(facilitator, tables[1].code)
    assert taken_home.read(reports[1]) == report_page(facilitator, tables[1].code)
    taken = [taken_home.read(name) for name in packs]
    close_database()
    open_database(tmp_path / "elsewhere" / "room.duckdb")
    elsewhere = facilitating()
    places = [open_pack(elsewhere, pack).place.name for pack in taken]
    assert places == list(NAMES)


def test_no_pack_and_no_erasing_while_a_table_is_sealed(facilitator: Caller) -> None:
    gathering, tables = _a_day(facilitator)
    open_scoring(facilitator, tables[2].code, [ALL[3]])

    with pytest.raises(ScoringOpen, match="Oldham is still sealed"):
        packs_of_all(facilitator, gathering.code)
    with pytest.raises(ScoringOpen, match="Oldham is still sealed"):
        erase_others(facilitator, gathering.code, [tables[0].code], gathering.code)
    with pytest.raises(ChoiceRefused):
        erase_others(facilitator, gathering.code, [tables[0].code], tables[0].code)

    assert len(gathering_now(facilitator, gathering.code).tables) == 3


@pytest.mark.slow
def test_two_tables_that_are_one_place_by_now_stay_or_go_together(facilitator: Caller) -> None:
    gathering, tables = gathered(facilitator, "Bolton", "Wigan", "Wigam East")
    ids = {row.place.name: row.place.id for row in places_now(facilitator, DAY)}
    join_places(facilitator, ids["Wigam East"], ids["Wigan"])

    gone, _ = erase_others(facilitator, gathering.code, [tables[1].code], gathering.code)

    assert gone == ("Bolton",)
    assert len(gathering_now(facilitator, gathering.code).tables) == 2
    gone, _ = erase_others(facilitator, gathering.code, [], gathering.code)
    assert gone == ("Wigan",)
    assert places_now(facilitator, DAY) == ()


def test_erased_means_erased_of_the_other_places(facilitator: Caller, room_file: Path) -> None:
    earlier = made(facilitator, "Zimtstern", "Trust", place="Quendelheim")
    draft = a_draft(
        "Quendelheim",
        partners=[
            PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in ("Wermutamt", "Trust")
        ],
    )
    drafts = [a_draft("Bolton"), draft]
    gathering = gatherings.set_up_gathering(facilitator, "Masterclass", DAY, drafts, DAY)
    bolton, other = (table.workshop for table in gathering_now(facilitator, gathering.code).tables)

    gone, left = erase_others(facilitator, gathering.code, [bolton.code], gathering.code)

    assert (gone, left) == (("Quendelheim",), ())
    assert [row.place.name for row in places_now(facilitator, DAY)] == ["Bolton"]
    for code in (earlier.code, other.code):
        with pytest.raises(NoSuchWorkshop):
            room_now(facilitator, code)
    close_database()
    kept = bytes_beside(room_file)
    assert b"Bolton" in kept
    for word in (b"Quendelheim", b"Wermutamt", b"Zimtstern"):
        assert word not in kept
