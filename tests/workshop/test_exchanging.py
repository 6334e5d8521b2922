"""Between places: offers beside asks, visits in two diaries, story cards, remarks counted."""

import csv
import io
import itertools
from datetime import date, timedelta
from pathlib import Path

import pytest

from aqua_core.errors import (
    ChangedMeanwhile,
    ChoiceRefused,
    DateRefused,
    LooksPersonal,
    NoSuchPlace,
    NothingToReview,
    TextRefused,
)
from aqua_core.store.database import reading
from aqua_core.vocabulary import Place, UnclearDraft, Workshop
from aqua_core.vocabulary.sharing import SharedAs, StoryDraft, Visit, VisitDraft
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.cycling import take_out
from aqua_core.workshop.exchanging import (
    agree_visit,
    change_story,
    change_visit,
    exchange_now,
    move_between,
    remarks_csv,
    tell_story,
)
from aqua_core.workshop.exporting import review_calendar
from aqua_core.workshop.placing import erase_place, join_places
from aqua_core.workshop.planning import say_unclear
from aqua_core.workshop.revealing import reveal
from aqua_core.workshop.sampling import try_sample
from tests.kit.notation import DAY, INSTRUMENT
from tests.kit.sharing import gathered, scored_at, shared

_, OFFER, ASK = SharedAs
ROOT = Path(__file__).parents[2]


@pytest.fixture
def tables(facilitator: Caller) -> tuple[Workshop, ...]:
    return gathered(facilitator, "Bolton", "Oldham", "Wigan")


def id_of(facilitator: Caller, name: str) -> str:
    return {called: at for at, called in exchange_now(facilitator).places.items()}[name]


def visit(facilitator: Caller, guest: str = "Wigan", host: str = "Bolton", **said: object) -> Visit:
    given = {
        "guest_id": id_of(facilitator, guest),
        "host_id": id_of(facilitator, host),
        "domain": "workforce",
        "visit_on": DAY + timedelta(days=73),
    }
    return agree_visit(facilitator, VisitDraft.model_validate(given | said), DAY)


def test_an_ask_meets_the_offer_of_another_place(
    facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    bolton, oldham, wigan = tables
    shared(facilitator, wigan, ASK, "workforce", "Who has one?")
    shared(facilitator, bolton, OFFER, "workforce", "We have one")
    shared(facilitator, oldham, ASK, "culture", "Alone")

    now = exchange_now(facilitator)

    (match,) = now.matches
    assert (match.ask.place, match.offer.place) == ("Wigan", "Bolton")
    assert [one.said for one in now.unmatched] == ["Alone"]
    assert list(now.places.values()) == ["Bolton", "Oldham", "Wigan"]


def test_only_the_newest_workshop_of_a_place_that_has_any_counts(
    facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    _, _, wigan = tables
    shared(facilitator, wigan, ASK, "culture", "Of the first time")
    again = scored_at(facilitator, "Wigan")
    reveal(facilitator, again.code)
    assert [one.said for one in exchange_now(facilitator).shared] == ["Of the first time"]

    newer = shared(facilitator, again, OFFER, "culture", "Of the second time")

    assert [one.said for one in exchange_now(facilitator).shared] == ["Of the second time"]
    take_out(facilitator, again.code, newer)
    assert [one.said for one in exchange_now(facilitator).shared] == ["Of the first time"]


def test_a_sample_exchanges_nothing(facilitator: Caller) -> None:
    sample = try_sample(
        facilitator,
        ROOT / "data/places/sample.csv",
        INSTRUMENT,
        DAY,
        Place(name="Sample city", persona="Sally Ford"),
    )
    reveal(facilitator, sample.code)
    shared(facilitator, sample, OFFER)
    say_unclear(facilitator, sample.code, UnclearDraft(domain="culture", points=3))

    now = exchange_now(facilitator)

    assert (now.places, now.shared, now.remarks) == ({}, (), ())


def test_a_visit_stands_in_the_calendar_of_both_places_and_of_no_third(
    facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    bolton, oldham, wigan = tables
    agreed = visit(facilitator)

    for workshop in (bolton, wigan):
        said = review_calendar(facilitator, workshop.code).decode().replace("\r\n ", "")
        assert f"UID:visit-{agreed.id}@discovery-room" in said
        assert "SEQUENCE:0\r\nDTSTART;VALUE=DATE:20270203\r\nDTEND;VALUE=DATE:20270204" in said
        assert "SUMMARY:Visit\\, Wigan to Bolton: Workforce" in said
    with pytest.raises(NothingToReview):
        review_calendar(facilitator, oldham.code)
    later = agreed.model_copy(update={"visit_on": date(2027, 2, 4)})
    changed = change_visit(facilitator, later, DAY)
    assert b"SEQUENCE:1\r\nDTSTART;VALUE=DATE:20270204" in review_calendar(facilitator, wigan.code)
    move_between(facilitator, changed, out=True)
    with pytest.raises(NothingToReview):
        review_calendar(facilitator, wigan.code)


def test_a_visit_is_refused_with_what_to_do(
    facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    with pytest.raises(ChoiceRefused, match="nobody visits themselves"):
        visit(facilitator, "Wigan", "Wigan")
    with pytest.raises(NoSuchPlace, match="Choose a place"):
        visit(facilitator, host_id="nowhere")
    with pytest.raises(ChoiceRefused, match="the domain that the visit is about: Leadership"):
        visit(facilitator, domain="no_such")
    with pytest.raises(DateRefused, match="has passed"):
        visit(facilitator, visit_on=DAY - timedelta(days=1))
    with pytest.raises(DateRefused, match="Choose the day of the visit"):
        visit(facilitator, visit_on=None)
    agreed = visit(facilitator)
    # A day that has passed meanwhile stays: another host is written all the same.
    moved = agreed.model_copy(update={"host_id": id_of(facilitator, "Oldham")})
    change_visit(facilitator, moved, DAY + timedelta(days=100))
    with pytest.raises(ChangedMeanwhile, match=r"^Somebody changed this visit"):
        change_visit(facilitator, agreed, DAY)

    (kept,) = exchange_now(facilitator).visits
    assert (kept.version, kept.host_id) == (2, id_of(facilitator, "Oldham"))


def test_a_story_card_is_kept_in_versions_taken_out_and_put_back(
    facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    wigan = id_of(facilitator, "Wigan")
    with pytest.raises(TextRefused, match="Say what you take"):
        StoryDraft(place_id=wigan, takes="")
    with pytest.raises(TextRefused, match="Keep what you leave to 300"):
        StoryDraft(place_id=wigan, takes="One rota", leaves="x" * 301)
    with pytest.raises(LooksPersonal):
        tell_story(facilitator, StoryDraft(place_id=wigan, takes="Ring 0161 496 0000"))
    with pytest.raises(NoSuchPlace):
        tell_story(facilitator, StoryDraft(place_id="nowhere", takes="One rota"))

    first = tell_story(facilitator, StoryDraft(place_id=wigan, takes="One rota"))
    second = change_story(facilitator, first.model_copy(update={"leaves": "Its steering group"}))
    taken = move_between(facilitator, second, out=True)
    assert (exchange_now(facilitator).stories, exchange_now(facilitator).stories_out) == (
        (),
        (taken,),
    )
    with pytest.raises(ChangedMeanwhile, match=r"^Somebody changed this story"):
        change_story(facilitator, second)
    back = move_between(facilitator, taken, out=False)

    assert exchange_now(facilitator).stories == (back,)
    assert back == second.model_copy(update={"version": 4})


def test_a_joined_place_speaks_with_the_name_that_it_counts_to(
    facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    _, oldham, _ = tables
    oldham_id, bolton_id = id_of(facilitator, "Oldham"), id_of(facilitator, "Bolton")
    shared(facilitator, oldham, OFFER)
    visit(facilitator, "Wigan", "Oldham")
    tell_story(facilitator, StoryDraft(place_id=oldham_id, takes="One rota"))

    join_places(facilitator, oldham_id, bolton_id)

    now = exchange_now(facilitator)
    assert [one.place for one in now.shared] == ["Bolton"]
    assert [
        (one.host_id, two.place_id) for one, two in zip(now.visits, now.stories, strict=True)
    ] == [(bolton_id, bolton_id)]


def test_what_hangs_on_a_place_goes_with_it(
    facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    visit(facilitator)
    visit(facilitator, "Oldham", "Wigan")
    stays = visit(facilitator, "Oldham", "Bolton")
    tell_story(facilitator, StoryDraft(place_id=id_of(facilitator, "Wigan"), takes="One rota"))

    erase_place(facilitator, id_of(facilitator, "Wigan"), "Wigan")

    now = exchange_now(facilitator)
    assert (now.visits, now.stories) == ((stays,), ())
    with reading() as cursor:
        left = cursor.execute(
            "SELECT (SELECT count(*) FROM visit), (SELECT count(*) FROM story)"
        ).fetchone()
    assert left == (1, 0)


def test_remarks_are_counted_over_places_and_leave_as_csv(
    facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    bolton, oldham, wigan = tables
    said = itertools.cycle(("=Say who", ""))
    for workshop in (bolton, oldham, bolton):
        draft = UnclearDraft(domain="culture", points=3, suggestion=next(said))
        say_unclear(facilitator, workshop.code, draft)
    say_unclear(facilitator, wigan.code, UnclearDraft(domain="finance", points=0))

    rows = [*csv.DictReader(io.StringIO(remarks_csv(facilitator).decode("utf-8-sig")))]

    culture = INSTRUMENT.domain("culture")
    assert culture
    assert [(row["domain"], row["points"], row["places"]) for row in rows] == [
        ("Culture", "3", "2"),
        (INSTRUMENT.names["finance"], "0", "1"),
    ]
    assert rows[0]["statement"] == culture.statements[3]
    assert (rows[0]["version"], rows[0]["it_should_say"]) == (INSTRUMENT.version, "'=Say who")
