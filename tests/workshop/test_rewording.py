"""A place rewords what it scores: its own version, and nothing that was scored before changes."""

import io
import json
import zipfile
from datetime import date, timedelta
from html import unescape
from itertools import count
from typing import Any

import pytest

from aqua_core.charts.sentences.own_words import scored_against
from aqua_core.charts.sentences.seat import whose_words
from aqua_core.errors import BadInstrument, ChangedMeanwhile, NoSuchPlace
from aqua_core.instrument import read_domain
from aqua_core.store.database import reading, writing
from aqua_core.vocabulary import Instrument, UnclearDraft, Workshop
from aqua_core.vocabulary.own_words import OwnWords
from aqua_core.workshop import rewording
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.exchanging import exchange_now
from aqua_core.workshop.exporting import plan_workbook, report_page, session_pack
from aqua_core.workshop.looking_back import looked_back_now
from aqua_core.workshop.placing import erase_place, join_places, places_now
from aqua_core.workshop.planning import say_unclear
from aqua_core.workshop.reading import workshop_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.rewording import Draft, own_words_at, save_wording, wording_seen
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import draft_from, last_time_at, set_up
from pages import _room, _way
from tests.kit.looking import words
from tests.kit.notation import DAY, INSTRUMENT
from tests.kit.planned import met
from tests.kit.sharing import scored_at
from tests.kit.waves import DAYS, met_on, scored

ESTATES = read_domain(_room.DATA / "instruments" / "local" / "estates.json")
OTHERWISE = "Each leader speaks for one organisation alone."
_places = count()


@pytest.fixture
def place() -> str:
    return f"Reworded {next(_places)}"


def id_of(facilitator: Caller, place: str) -> str:
    return next(row.place.id for row in places_now(facilitator, DAY) if row.place.name == place)


def draft(facilitator: Caller, place: str, said: str = OTHERWISE, *, estates: bool = True) -> Draft:
    """Reword what leadership says at 0 points, and add Estates."""
    seen = wording_seen(facilitator, id_of(facilitator, place), [INSTRUMENT])
    begun = seen.begins[0]
    typed = rewording.as_typed(begun)
    typed["domains"][0]["statements"][0] = said
    if estates and not begun.domain("estates"):
        typed["domains"].append(rewording.as_typed(ESTATES))
    return Draft(typed, begun, rewording.newest_of(seen.own))


def saved(facilitator: Caller, place: str, **how: Any) -> OwnWords:
    typed = draft(facilitator, place, **how)
    return save_wording(facilitator, id_of(facilitator, place), typed, [INSTRUMENT], DAY)


def again(facilitator: Caller, place: str, day: date = DAY) -> Workshop:
    """Set the place up once more, as Set up would fill it in."""
    last = last_time_at(facilitator, place, [INSTRUMENT], own_words_at(facilitator, place))
    assert last
    return set_up(facilitator, draft_from(last, last.instrument, day), day)


def test_a_version_of_its_own_has_a_parent_and_is_offered_next_time(
    facilitator: Caller, place: str
) -> None:
    met(facilitator, place=place)

    own = saved(facilitator, place)

    assert (own.parent, own.instrument.version) == ("2", "2.1")
    assert own.instrument.source.startswith("The wording is Discovery Room's own, not AQuA's")
    assert own.instrument.source.endswith(f"Reworded in {place}, from version 2.")
    last = last_time_at(facilitator, place, [INSTRUMENT], own_words_at(facilitator, place))
    assert last
    assert last.instrument == own.instrument
    assert last.instead == "Your own words, version 2.1, are chosen."  # it has no line yet
    assert again(facilitator, place).instrument.names["estates"] == "Estates"
    assert own_words_at(facilitator, "Nowhere") == ()
    third = saved(facilitator, place, said="Leaders speak for themselves.")
    assert (third.parent, third.instrument.version) == ("2.1", "2.2")


@pytest.mark.long
def test_what_was_set_up_before_keeps_its_words_its_screens_and_its_pack(
    looks, facilitator: Caller, place: str
) -> None:
    before = scored_at(facilitator, place)
    reveal(facilitator, before.code)
    pages = (_way.GAPS, _way.PLAN)

    def there() -> tuple[object, ...]:
        screens = [words(looks(facilitator, page, before.code)) for page in pages]
        files = session_pack(facilitator, before.code), report_page(facilitator, before.code)
        return workshop_now(facilitator, before.code), screens, files

    as_it_was = there()
    saved(facilitator, place)

    assert there() == as_it_was


def test_a_local_domain_is_taken_out_again(facilitator: Caller, place: str) -> None:
    met(facilitator, place=place)
    saved(facilitator, place)
    typed = draft(facilitator, place)
    del typed.typed["domains"][-1]

    changes = rewording.rewordings_typed(typed)
    own = save_wording(facilitator, id_of(facilitator, place), typed, [INSTRUMENT], DAY)

    assert [(one.called, one.after) for one in changes] == [("Estates", "")]
    assert own.instrument.domain("estates") is None


@pytest.mark.slow
def test_its_line_breaks_where_it_was_reworded_and_nowhere_else(
    looks, facilitator: Caller, place: str
) -> None:
    first = met_on(facilitator, DAYS[0], place=place)
    scored(facilitator, first, seats=2)
    reveal(facilitator, first.code)
    close_workshop(facilitator, first.code)
    saved(facilitator, place)
    last = last_time_at(facilitator, place, [INSTRUMENT], own_words_at(facilitator, place))
    assert last
    assert last.instead == (
        "Your own words, version 2.1, are chosen. Worded anew since this place scored last: "
        "Leadership. There its line over time will break."
    )
    second = again(facilitator, place, DAYS[1])
    callers = scored(facilitator, second, {"leadership": 2.0, "culture": 2.0}, seats=2)
    open_scoring(facilitator, second.code, ["estates"])
    for number, caller in enumerate(callers):
        submit_score(caller, second.code, "estates", number % 4)
    reveal(facilitator, second.code)

    seen = looked_back_now(facilitator, second.code)

    assert seen
    broken = {row.key for row in seen.over_time.domains if any(row.breaks)}
    assert broken == {"leadership"}
    changes = {row.key: row.move for row in seen.over_time.domains}
    assert changes["leadership"].untold == "the wording changed"
    assert changes["culture"].untold is None
    (estates,) = [row for row in seen.over_time.domains if row.key == "estates"]
    assert estates.averages[0] is None
    assert estates.averages[1] is not None
    said = words(looks(facilitator, _way.OVER_TIME, second.code))
    assert "Its wording changed, so the two scores answer different questions" in said


def test_remarks_on_other_domains_still_count_together(facilitator: Caller) -> None:
    here, there = (f"Remarks {next(_places)}" for _ in range(2))
    met(facilitator, place=here, sure=True)
    saved(facilitator, here)
    for workshop in (again(facilitator, here), met(facilitator, place=there, sure=True)):
        for domain in ("leadership", "culture"):
            say_unclear(
                facilitator, workshop.code, UnclearDraft(domain=domain, points=1, suggestion="Who?")
            )

    counted = [
        (one.called, one.places, one.version)
        for one in exchange_now(facilitator).remarks
        if one.suggestions == ("Who?",)
    ]

    assert counted == [("Culture", 2, "2, 2.1"), ("Leadership", 1, "2"), ("Leadership", 1, "2.1")]


def test_what_rooms_said_stands_by_the_statement_in_these_very_words(
    facilitator: Caller, place: str
) -> None:
    workshop = met(facilitator, place=place)
    remark = UnclearDraft(domain="leadership", points=0, suggestion=f"Said in {place}")
    say_unclear(facilitator, workshop.code, remark)
    seen = wording_seen(facilitator, id_of(facilitator, place), [INSTRUMENT])
    statement = INSTRUMENT.domains[0].statements[0]

    said = seen.said_of("Leadership", 0, statement)

    assert f"Said in {place}" in {one.suggestion for one in said}
    assert seen.said_of("Leadership", 0, OTHERWISE) == ()
    assert seen.said_of("Leadership", 1, statement) == ()


@pytest.mark.parametrize(
    ("spot", "typed", "why"),
    [
        ((1, "statements", 4), "word " * 25, "Keep a statement to 24 words (this has 25)."),
        ((1, "statements", 4), " ", "Write a statement for each of the points 0 to 5."),
        ((1, "statements", 4), "Look at www.evil.test", "take out the web address"),
        ((1, "statements", 4), "Ask jo@nhs.net first", "looks like an e-mail address"),
        ((1, "question"), "**Who?**", "take out *"),
        ((8, "name"), "", "Give the domain a name."),
        ((8, "short"), "Leadership", 'There is a domain "Leadership" already.'),
        ((8, "short"), "x" * 25, "Keep the short name to 24 characters (this has 25)."),
    ],
)
def test_what_cannot_be_kept_says_why_at_its_place(
    spot: tuple[Any, ...], typed: str, why: str
) -> None:
    begun = INSTRUMENT.model_copy(update={"domains": (*INSTRUMENT.domains, ESTATES)})
    said = rewording.as_typed(begun)
    *within, last = spot
    field = said["domains"]
    for step in within:
        field = field[step]
    field[last] = typed

    faults = rewording.faults_typed(said)

    assert set(faults) == {("domains", *spot)}
    assert why in faults["domains", *spot]


def test_nothing_is_saved_that_is_at_fault_or_no_change_or_was_overtaken(
    facilitator: Caller, place: str
) -> None:
    met(facilitator, place=place)
    at, early = id_of(facilitator, place), draft(facilitator, place)

    for typed, refused in (("w " * 30, "One field cannot be kept"), ("", "One field")):
        with pytest.raises(BadInstrument, match=refused):
            saved(facilitator, place, said=typed)
    with pytest.raises(BadInstrument, match="Nothing differs"):
        saved(facilitator, place, said=INSTRUMENT.domains[0].statements[0], estates=False)
    assert own_words_at(facilitator, place) == ()
    saved(facilitator, place, said="Leaders speak for themselves.")
    with pytest.raises(ChangedMeanwhile, match="What you typed is still here"):
        save_wording(facilitator, at, early, [INSTRUMENT], DAY)
    with pytest.raises(NoSuchPlace):
        save_wording(facilitator, "none", early, [INSTRUMENT], DAY)
    assert len(own_words_at(facilitator, place)) == 1


def edited(**said: Any) -> bytes:
    return json.dumps(rewording.as_typed(INSTRUMENT) | said).encode()


def test_a_file_goes_out_is_edited_by_hand_and_comes_back() -> None:
    typed = rewording.as_typed(INSTRUMENT)
    typed["domains"][2]["question"] = "Who laughs with whom?"

    brought = rewording.wording_brought(json.dumps(typed).encode(), "edited.json", INSTRUMENT)

    (change,) = rewording.rewordings_typed(Draft(brought, INSTRUMENT, 0))
    assert (change.called, change.part, change.after) == (
        "Culture",
        "Question",
        "Who laughs with whom?",
    )
    Instrument.model_validate_json(json.dumps(brought))


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "edited.json, line 1: The file is empty"),
        (b"{", "edited.json, line 1, column 2"),
        (b"PK\x03\x04 an archive", "edited.json, line 1: This is an Excel or zip file"),
        (edited(levels=["one"]), "edited.json, levels: Name 6 levels"),
        (edited(levels=list("ABCDEF")), "edited.json, levels: Name them as before"),
        (edited(levles=[]), 'There is no field "levles"'),
        (edited(key="another"), 'edited.json, key: Write "eight-domains"'),
        (edited(source="AQuA's own words"), "edited.json, source: Write again"),
        (edited(domains=[]), "edited.json, domains: Give the instrument 1 to 12 domains"),
    ],
)
def test_a_file_that_is_wrong_is_refused_whole_with_its_place(raw: bytes, why: str) -> None:
    with pytest.raises(BadInstrument) as refused:
        rewording.wording_brought(raw, "edited.json", INSTRUMENT)

    assert why in str(refused.value)


def test_what_was_reworded_on_another_laptop_is_offered_where_its_pack_was_opened(
    facilitator: Caller, place: str
) -> None:
    met(facilitator, place=place)
    own = saved(facilitator, place)
    workshop = again(facilitator, place)
    with writing() as cursor:  # as on a laptop that has the workshop alone
        cursor.execute("DELETE FROM own_words WHERE place_id = $1", [own.place_id])

    assert own_words_at(facilitator, place) == (workshop.instrument,)
    assert again(facilitator, place).instrument == own.instrument


def test_files_say_what_was_scored_and_whose_work_stands_behind_it(
    facilitator: Caller, place: str
) -> None:
    met(facilitator, place=place)
    saved(facilitator, place)
    workshop = again(facilitator, place)
    said = scored_against(workshop.instrument)

    report = unescape(report_page(facilitator, workshop.code).decode())
    with zipfile.ZipFile(io.BytesIO(plan_workbook(facilitator, workshop.code))) as book:
        cells = unescape(book.read("xl/sharedStrings.xml").decode())

    for file in (report, cells):
        assert said in file
    assert "version 2.1" in said
    assert said.endswith(f"Reworded in {place}, from version 2.")
    theirs = workshop.instrument.model_copy(update={"source": "Wording by the people of Wigan."})
    assert "AQuA's Integrated Care Discovery Communities" in scored_against(theirs)
    assert "The King's Fund" in scored_against(theirs)
    ours = "These statements are Discovery Room's own."
    assert whose_words(workshop.instrument) == f"{ours} Reworded in {place}, from version 2."


@pytest.mark.slow
def test_its_words_go_with_the_place_that_saved_them(facilitator: Caller, place: str) -> None:
    other = f"{place} too"
    met(facilitator, place=place)
    met(facilitator, DAY + timedelta(days=1), other, sure=True)
    own = saved(facilitator, place)
    join_places(facilitator, id_of(facilitator, place), id_of(facilitator, other))

    assert own_words_at(facilitator, other) == (own.instrument,)
    erase_place(facilitator, id_of(facilitator, other), other)

    with reading() as cursor:
        left = cursor.execute(
            "SELECT count(*) FROM own_words WHERE place_id = $1", [own.place_id]
        ).fetchone()
    assert left == (0,)
