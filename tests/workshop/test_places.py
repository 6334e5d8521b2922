"""Places as records: found by name, asked about when nearly named, joined, parted, erased."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aqua_core.charts.sentences.places import (
    about_place,
    place_said,
    review_said,
    to_do_said,
    wave_said,
)
from aqua_core.errors import (
    AlreadyThere,
    ChoiceRefused,
    DateRefused,
    NoSuchPlace,
    NotSignedIn,
    PlaceRefused,
    SamePlace,
    TextRefused,
)
from aqua_core.rules.places import close_place, rows_of, same_place
from aqua_core.store.database import reading
from aqua_core.store.places import own_wave_id
from aqua_core.store.schema import SCHEMA
from aqua_core.vocabulary import Answer, Decision, KeptPlace, Place, PlaceRow, Progress, ToDo
from aqua_core.vocabulary.place import AtPlaces, Came, Met, Printed, Tried
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.cycling import answer_action, open_actions_now
from aqua_core.workshop.entering import sit_alone, sit_together
from aqua_core.workshop.exporting import open_pack, session_pack
from aqua_core.workshop.placing import (
    change_what_is_kept,
    close_to,
    erase_place,
    join_places,
    part_places,
    place_seen,
    places_now,
)
from aqua_core.workshop.reading import workshop_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.sampling import try_sample
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.seating import set_seats_aside
from aqua_core.workshop.setting_up import last_time_at, places_before, workshops_here
from tests.kit.notation import DAY, INSTRUMENT, made, seated
from tests.kit.planned import LATER, met, plan_now, planned, studied
from tests.workshop.test_closing import everything_beside, found
from tests.workshop.test_seating import seat_of

NAMES = ("Salford", "Salfrod")
SAMPLE = Path(__file__).parents[2] / "data/places/sample.csv"


def here(*names: str) -> list[KeptPlace]:
    return [KeptPlace(id=f"p{at}", name=name, began_on=DAY) for at, name in enumerate(names)]


def at(facilitator: Caller, name: str) -> str:
    """Give the id of the place of this name."""
    return next(row.place.id for row in places_now(facilitator, DAY) if row.place.name == name)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Salfrod", "Salford"),
        ("Salfor", "Salford"),
        ("Sallford", "Salford"),
        ("Stoke-on-Trent", "Stoke on Trent"),
        ("StokeonTrent", "Stoke on Trent"),
        ("Birmngam", "Birmingham"),
        ("Greater Manchster", "Greater Manchester"),
        ("Manchester Greater", "Greater Manchester"),
        ("Salf\u043erd", "Salford"),  # a Cyrillic letter
    ],
)
def test_a_slip_of_the_pen_is_close(typed: str, known: str) -> None:
    place = close_place(typed, here("Wigan", known))

    assert place
    assert place.name == known


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("East Kent", "West Kent"),
        ("Kent north", "Kent south"),
        ("Place 1", "Place 2"),
        ("Bolton", "Bury"),
        ("Salford", "Salford and Eccles"),
        ("Ely", "Eye"),
        ("Wigan", "Oldham"),
    ],
)
def test_another_place_is_not(typed: str, known: str) -> None:
    assert close_place(typed, here(known)) is None


@given(some.text("abcdefgh", min_size=5, max_size=7), some.data())
def test_any_single_slip_in_a_word_of_five_letters_or_more_is_close(
    word: str, data: some.DataObject
) -> None:
    spot = data.draw(some.integers(0, len(word) - 2))
    slips = (
        word[:spot] + word[spot + 1 :],
        word[:spot] + "x" + word[spot:],
        word[:spot] + "x" + word[spot + 1 :],
        word[:spot] + word[spot + 1] + word[spot] + word[spot + 2 :],
    )

    assert all(close_place(slip, here(word)) for slip in slips)
    assert close_place(word[:spot] + "xyz" + word[spot:], here(word)) is None


def test_case_width_and_blanks_name_the_same_place() -> None:
    assert same_place("  SALFORD ", here("Wigan", "Salford")) == here("Wigan", "Salford")[1]
    assert same_place("Salfrod", here("Salford")) is None


def test_two_workshops_of_one_name_hang_on_one_place(facilitator: Caller) -> None:
    first, second = met(facilitator), met(facilitator, LATER, "SALFORD")

    (row,) = places_now(facilitator, DAY)
    assert (row.place.name, row.workshops, row.place.began_on) == ("Salford", 2, DAY)
    assert [second.place.name, workshop_now(facilitator, first.code).place.name] == ["Salford"] * 2


def test_a_name_with_a_slip_is_asked_about_before_anything_is_kept(facilitator: Caller) -> None:
    met(facilitator)

    with pytest.raises(SamePlace, match="Is this the same place") as question:
        met(facilitator, LATER, "Salfrod")

    assert question.value.known == "Salford"
    assert len(workshops_here(facilitator)) == 1
    near = close_to(facilitator, "Salfrod")
    assert near
    assert near.name == "Salford"
    assert close_to(facilitator, "salford") is close_to(facilitator, "Wigan") is None


def apart(facilitator: Caller) -> tuple[str, str]:
    """Set up Salford with a test, and half a year later Salfrod, as another place."""
    first = met(facilitator)
    planned(facilitator, first)
    return first.code, met(facilitator, LATER, "Salfrod", sure=True).code


def test_two_names_of_one_place_are_joined_and_parted_again(facilitator: Caller) -> None:
    salford, salfrod = apart(facilitator)
    assert open_actions_now(facilitator, salfrod) == ()
    before = places_now(facilitator, DAY)

    join_places(facilitator, at(facilitator, "Salfrod"), at(facilitator, "Salford"))

    (row,) = places_now(facilitator, DAY)
    assert (row.place.name, row.workshops, row.tests) == ("Salford", 2, 1)
    assert workshop_now(facilitator, salfrod).place.name == "Salford"
    assert len(open_actions_now(facilitator, salfrod)) == 1
    seen = place_seen(facilitator, row.place.id)
    assert [wave.codes for wave in seen.waves] == [(salford,), (salfrod,)]
    (joined,) = seen.joined

    part_places(facilitator, joined.id)

    assert places_now(facilitator, DAY) == before
    assert workshop_now(facilitator, salfrod).place.name == "Salfrod"
    assert open_actions_now(facilitator, salfrod) == ()


def test_places_are_not_parted_while_workshops_of_both_sit_in_one_wave(facilitator: Caller) -> None:
    salford, salfrod = apart(facilitator)
    joined = at(facilitator, "Salfrod")
    join_places(facilitator, joined, at(facilitator, "Salford"))
    day = workshop_now(facilitator, salford)
    sit_together(facilitator, salfrod, own_wave_id(day.id))

    with pytest.raises(PlaceRefused, match=f"{salfrod} sits in a wave of Salford"):
        part_places(facilitator, joined)

    sit_alone(facilitator, salfrod)
    part_places(facilitator, joined)
    assert [len(place_seen(facilitator, at(facilitator, name)).waves) for name in NAMES] == [1, 1]


def test_a_name_that_was_joined_leads_to_the_place_it_counts_as(facilitator: Caller) -> None:
    apart(facilitator)
    join_places(facilitator, at(facilitator, "Salfrod"), at(facilitator, "Salford"))

    third = met(facilitator, LATER, "salfrod")

    assert third.place.name == "Salford"
    assert places_before(facilitator) == ("Salford",)
    last = last_time_at(facilitator, "Salfrod", [INSTRUMENT])
    assert last
    assert last.place == "Salford"


def test_what_is_joined_already_a_sample_and_itself_are_not_joined(facilitator: Caller) -> None:
    apart(facilitator)
    met(facilitator, LATER, "Wigan")
    sample = try_sample(facilitator, SAMPLE, INSTRUMENT, DAY)
    salford, wigan = at(facilitator, "Salford"), at(facilitator, "Wigan")
    salfrod, invented = at(facilitator, "Salfrod"), at(facilitator, sample.place.name)
    join_places(facilitator, salfrod, salford)

    for one, other, sentence in (
        (salford, wigan, "Salfrod count as Salford. Undo that first"),
        (wigan, wigan, "the same place"),
        (wigan, invented, "sample"),
    ):
        with pytest.raises(PlaceRefused, match=sentence):
            join_places(facilitator, one, other)
    for deed in (
        lambda: join_places(facilitator, salfrod, wigan),
        lambda: part_places(facilitator, wigan),
    ):
        with pytest.raises(NoSuchPlace):
            deed()


def test_a_place_is_called_otherwise_everywhere_at_once(facilitator: Caller) -> None:
    workshop = met(facilitator)
    met(facilitator, LATER, "Wigan")
    place_id = at(facilitator, "Salford")
    assert workshop_now(facilitator, workshop.code).place.name == "Salford"

    change_what_is_kept(
        facilitator, place_id, Place(name="Salford and Eccles", persona="Ada"), DAY, LATER
    )

    assert workshop_now(facilitator, workshop.code).place.name == "Salford and Eccles"
    # Who was in the room that day stays as it was.
    assert workshop_now(facilitator, workshop.code).place.persona == "Sally Ford"
    last = last_time_at(facilitator, "Salford and Eccles", [INSTRUMENT])
    assert last
    assert (last.persona, place_seen(facilitator, place_id).place.next_wave_on) == ("Ada", LATER)


def test_what_a_place_cannot_be_is_refused_with_its_reason(facilitator: Caller) -> None:
    met(facilitator)
    met(facilitator, LATER, "Wigan")
    place_id = at(facilitator, "Salford")
    same = Place(name="Salford")

    for named, began, again, refusal in (
        (Place(name="wigan"), DAY, None, AlreadyThere),
        (same, DAY, DAY - timedelta(days=1), DateRefused),
        (same, DAY, "tomorrow", DateRefused),
        (same, date(1899, 12, 31), None, DateRefused),
        (
            Place(name="Salford", persona="Sal 0161 496 0000"),
            DAY,
            None,
            TextRefused,
        ),
    ):
        with pytest.raises(refusal):
            change_what_is_kept(facilitator, place_id, named, began, again)  # type: ignore[arg-type]
    with pytest.raises(NoSuchPlace):
        place_seen(facilitator, "nowhere")


def test_only_the_facilitator_sees_and_changes_places(facilitator: Caller) -> None:
    workshop = met(facilitator)
    place_id = at(facilitator, "Salford")
    for other in (Caller(), seated(workshop, "Council")):
        for deed in (
            lambda who: places_now(who, DAY),
            lambda who: place_seen(who, place_id),
            lambda who: close_to(who, "Salfrod"),
            lambda who: change_what_is_kept(who, place_id, Place(name="X"), DAY, None),
            lambda who: join_places(who, place_id, place_id),
            lambda who: part_places(who, place_id),
            lambda who: erase_place(who, place_id, "Salford"),
        ):
            with pytest.raises(NotSignedIn):
                deed(other)


@pytest.mark.slow
def test_a_pack_finds_its_place_or_asks(facilitator: Caller) -> None:
    workshop = met(facilitator)
    close_workshop(facilitator, workshop.code)
    pack = session_pack(facilitator, workshop.code)
    erase_workshop(facilitator, workshop.code, workshop.code)
    assert places_now(facilitator, DAY) == ()
    met(facilitator, LATER, "Salfrod")

    with pytest.raises(SamePlace, match="Salfrod"):
        open_pack(facilitator, pack)
    opened = open_pack(facilitator, pack, place="Salfrod")

    (row,) = places_now(facilitator, DAY)
    assert (row.place.name, row.workshops, opened.place.name) == ("Salfrod", 2, "Salfrod")


@pytest.mark.slow
def test_an_erased_place_is_in_no_file_and_the_others_are_whole(
    room_file: Path, facilitator: Caller
) -> None:
    met(facilitator, place="Zaubernuss")
    met(facilitator, LATER, "Zaubernus", sure=True)
    other = met(facilitator, LATER, "Wermut")
    place_id = at(facilitator, "Zaubernuss")
    join_places(facilitator, at(facilitator, "Zaubernus"), place_id)
    change_what_is_kept(
        facilitator, place_id, Place(name="Zaubernuss", persona="Kamille"), DAY, None
    )
    before = everything_beside(room_file)
    assert all(found(said, before) for said in ("Zaubernus", "Kamille", place_id))
    with pytest.raises(ChoiceRefused):
        erase_place(facilitator, place_id, "Wermut")

    erase_place(facilitator, place_id, " zaubernuss ")

    after = everything_beside(room_file)
    assert [said for said in ("Zaubernus", "Kamille", place_id) if found(said, after)] == []
    assert [listed.code for listed in workshops_here(facilitator)] == [other.code]
    assert [row.place.name for row in places_now(facilitator, DAY)] == ["Wermut"]


@pytest.mark.slow
def test_a_place_goes_with_its_last_workshop_and_stays_while_anything_hangs_on_it(
    facilitator: Caller,
) -> None:
    salford, salfrod = apart(facilitator)
    join_places(facilitator, at(facilitator, "Salfrod"), at(facilitator, "Salford"))

    erase_workshop(facilitator, salford, salford)
    (row,) = places_now(facilitator, DAY)
    assert (row.place.name, row.workshops) == ("Salford", 1)

    erase_workshop(facilitator, salfrod, salfrod)
    with reading() as cursor:
        tables = [step.split()[2] for step in SCHEMA if step.lstrip().startswith("CREATE TABLE")]
        left = {
            table: cursor.execute(f"SELECT count(*) FROM {table}").fetchone()
            for table in tables
            if table not in ("schema_version", "facilitator", "deed")
        }
    assert {table for table, count in left.items() if count != (0,)} == set()


def test_an_open_test_counts_until_it_is_adopted_dropped_or_taken_out(facilitator: Caller) -> None:
    first = met(facilitator)
    adopted, dropped, stuck = (
        planned(facilitator, first, test=f"If we meet {word}, then we decide", review_on=day)
        for word, day in (("once", LATER), ("twice", LATER), ("daily", DAY + timedelta(days=9)))
    )
    second = met(facilitator, LATER)
    studied(facilitator, first, adopted, Decision.ADOPT)
    for action, progress in ((dropped, Progress.DROPPED), (stuck, Progress.STUCK)):
        said = Answer(action_id=action.id, answer=progress, said="")
        answer_action(facilitator, second.code, said, DAY)

    (row,) = places_now(facilitator, DAY)

    third = met(facilitator, LATER + timedelta(days=1))
    assert row.tests == 1 == len(open_actions_now(facilitator, third.code))
    assert row.review_on == stuck.review_on
    assert len(plan_now(facilitator, first.code)) == 3


def test_the_last_wave_says_who_scored_in_all_its_sittings(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    (before,) = places_now(facilitator, DAY)
    open_scoring(facilitator, workshop.code, ["culture"])
    people = [seated(workshop, team) for team in ("Council", "Council", "Trust", "Trust")]
    for person in people[:3]:  # the last one joined, and gave nothing
        submit_score(person, workshop.code, "culture", 3)
    submit_score(extra := seated(workshop, "Trust"), workshop.code, "culture", 5)
    out = seat_of(facilitator, workshop, extra)
    set_seats_aside(facilitator, workshop.code, [out], "Two of one person")
    reveal(facilitator, workshop.code)

    (after,) = places_now(facilitator, DAY)

    assert wave_said(before) == ("Not yet", "")
    assert wave_said(after) == ("November 2026", "3 people, 2 partners")


TODAY = date(2026, 12, 1)


def row_of(**said: object) -> PlaceRow:
    given = {
        "place": KeptPlace(id="p", name="Wigan", persona="Walter", began_on=DAY),
        **{"workshops": 4, "to_do": ToDo.OPEN, "code": "K7QM", "meets_on": None},
        **{"review_on": None, "tests": 0, "waiting": 0},
        **{"wave_on": date(2026, 5, 3), "people": 36, "partners": 6},
    }
    return PlaceRow.model_validate(given | said)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, ("No review", "")),
        ({"meets_on": TODAY, "tests": 3}, ("Today", "3 tests to answer before scoring")),
        ({"meets_on": TODAY}, ("Today", "No tests so far")),
        (
            {"review_on": date(2026, 11, 14), "tests": 4, "waiting": 2},
            ("14 November, 17 days ago", "2 tests wait for an answer"),
        ),
        (
            {"review_on": date(2026, 11, 30), "tests": 1, "waiting": 1},
            ("30 November, 1 day ago", "1 test waits for an answer"),
        ),
        ({"review_on": TODAY, "tests": 2}, ("Today", "2 tests")),
        ({"review_on": date(2026, 12, 5), "tests": 4}, ("5 December", "4 tests")),
        ({"review_on": date(2027, 1, 20), "tests": 1}, ("20 January 2027", "1 test")),
        ({"meets_on": date(2026, 12, 9)}, ("Meets on 9 December", "")),
    ],
)
def test_a_review_is_said_as_a_person_would(
    said: dict[str, object], words: tuple[str, str]
) -> None:
    assert review_said(row_of(**said), TODAY) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 3, 2), "next wave due in March 2027"),
        (date(2026, 12, 20), "next wave due in December"),
        (date(2026, 11, 20), "next wave was due on 20 November 2026"),
    ],
)
def test_when_a_place_meets_again_stands_beside_its_tests(day: date, words: str) -> None:
    place = row_of().place.model_copy(update={"next_wave_on": day})

    said = review_said(row_of(place=place, review_on=date(2026, 12, 5), tests=1), TODAY)

    assert said == ("5 December", f"1 test; {words}")
    assert about_place(place, TODAY) == (
        f"Persona Walter. Began on 22 November 2026. {words[0].upper()}{words[1:]}."
    )


def test_a_room_that_has_revealed_today_is_told_of_the_tests_it_planned() -> None:
    planned = [Tried("AAAA", TODAY + timedelta(days=30))]
    said = {
        revealed: rows_of(
            here("A"), known([a_met("AAAA", "p0", 0, revealed=revealed)], planned), TODAY
        )[0]
        for revealed in (False, True)
    }

    assert review_said(said[True], TODAY) == ("31 December", "1 test")
    assert review_said(said[False], TODAY) == ("Today", "1 test to answer before scoring")
    assert said[True].to_do is ToDo.GO_ON


def test_a_place_its_wave_and_what_to_do_are_said_in_a_few_words() -> None:
    sample = row_of().place.model_copy(update={"persona": "", "invented": True})

    assert place_said(row_of()) == "4 workshops, persona Walter"
    assert place_said(row_of(place=sample, workshops=1)) == ("1 workshop. Sample: invented scores")
    assert wave_said(row_of()) == ("May 2026", "36 people, 6 partners")
    assert wave_said(row_of(people=1, partners=1)) == ("May 2026", "1 person, 1 partner")
    assert wave_said(row_of(people=6, by_team=True)) == ("May 2026", "6 teams")
    assert wave_said(row_of(people=9, by_team=True)) == ("May 2026", "9 teams, 6 partners")
    assert wave_said(row_of(people=None, partners=None)) == (
        "May 2026",
        "published, how many scored is not known",
    )
    assert [to_do_said(row_of(to_do=to_do)) for to_do in ToDo] == [
        *("Go on: code K7QM", "Answer the tests", "Prepare: code K7QM", "Open")
    ]


def a_met(code: str, place: str, day: int, **said: object) -> Met:
    usual = Met(code, place, f"w-{code}", TODAY + timedelta(days=day), 0, False, True)
    return usual._replace(**said)


def known(met: list[Met], tried: Sequence[Tried] = ()) -> AtPlaces:
    return AtPlaces(met, {one.code: Came(9, frozenset("abc")) for one in met}, tried, ())


def test_who_meets_today_stands_first_then_the_soonest_review_and_samples_last() -> None:
    places = here("Ashton", "Bolton", "Crewe", "Derby", "Eccles")
    places[0] = places[0].model_copy(update={"invented": True})
    met_there = [a_met(place.name[:1] * 4, place.id, -30) for place in places]
    met_there += [a_met("TDAY", "p4", 0), a_met("SMPL", "p0", 0)]
    tried = [
        Tried("CCCC", TODAY - timedelta(days=3)),
        Tried("BBBB", TODAY + timedelta(days=3)),
    ]

    rows = rows_of(places, known(met_there, tried), TODAY)

    assert [(row.place.name, row.to_do, row.code) for row in rows] == [
        ("Eccles", ToDo.GO_ON, "TDAY"),
        ("Crewe", ToDo.LOOK_AT_TESTS, "CCCC"),
        ("Bolton", ToDo.OPEN, "BBBB"),
        ("Derby", ToDo.OPEN, "DDDD"),
        ("Ashton", ToDo.GO_ON, "SMPL"),
    ]


@pytest.mark.parametrize("revealed", [(False, True), (True, False), (False, False), (True, True)])
def test_of_two_workshops_of_today_the_newer_is_gone_on_with(revealed: tuple[bool, bool]) -> None:
    two = [
        a_met(code, "p0", 0, ordinal=ordinal, revealed=shown)
        for ordinal, (code, shown) in enumerate(zip(("OLDR", "NEWR"), revealed, strict=True))
    ]

    (row,) = rows_of(here("Ashton"), known([*two[::-1], a_met("NEXT", "p0", 7)]), TODAY)

    assert (row.to_do, row.code) == (ToDo.GO_ON, "NEWR")


def test_a_closed_workshop_is_not_gone_on_with_and_a_coming_one_is_prepared() -> None:
    before, over, ahead = (a_met("AAAA", "p0", -9), a_met("AAAA", "p0", 0), a_met("BBBB", "p0", 8))

    (closed,) = rows_of(here("A"), known([over._replace(closed=True)]), TODAY)
    (coming,) = rows_of(here("A"), known([before, ahead]), TODAY)

    assert (closed.to_do, closed.meets_on) == (ToDo.OPEN, None)
    assert (coming.to_do, coming.code) == (ToDo.PREPARE, "BBBB")


def test_several_sittings_are_one_wave_and_a_newer_published_one_is_the_last() -> None:
    sittings = [
        a_met("AAAA", "p0", -40, wave_id="w"),
        a_met("BBBB", "p0", -38, wave_id="w"),
        a_met("CCCC", "p0", -3, revealed=False),
    ]
    printed = [Printed("p0", TODAY - timedelta(days=1), 24), Printed("p1", TODAY, 3)]

    scored = known(sittings)._replace(
        came={"AAAA": Came(5, frozenset("ab")), "BBBB": Came(7, frozenset("bcd"))}
    )
    (measured,) = rows_of(here("A"), scored, TODAY)
    (published,) = rows_of(here("A"), scored._replace(printed=printed), TODAY)

    assert (measured.wave_on, measured.people, measured.partners) == (
        *(TODAY - timedelta(days=38), 12, 4),
    )
    assert (published.wave_on, published.people, published.partners) == (
        *(TODAY - timedelta(days=1), 24, None),
    )
