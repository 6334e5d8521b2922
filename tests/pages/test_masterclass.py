"""The masterclass page: tables that are finished or still scoring, and one press for all."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.vocabulary import Gathering, Holder, Place, Sector, Stage, Tier, Workshop
from aqua_core.workshop import gathering as gatherings
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import timer_now
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.gathering import gathering_now
from aqua_core.workshop.reading import stage_now
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from pages import _way
from tests.kit.looking import a_host, a_wall, acting, press, words
from tests.kit.notation import ALL, INSTRUMENT, made, seated

TODAY = date.today()


def a_draft(place: str) -> WorkshopDraft:
    return WorkshopDraft(
        place=Place(name=place, persona=""),
        partners=[
            PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in ("Council", "Trust")
        ],
        instrument=INSTRUMENT,
        held_on=TODAY,
        holder=Holder.LAPTOP,
    )


@pytest.fixture
def gathering(facilitator: Caller) -> Gathering:
    drafts = [a_draft(place) for place in ("Bolton", "Oldham & Co", "Wigan")]
    return gatherings.set_up_gathering(facilitator, "Masterclass 2", TODAY, drafts, TODAY)


@pytest.fixture
def tables(facilitator: Caller, gathering: Gathering) -> list[Workshop]:
    return [table.workshop for table in gathering_now(facilitator, gathering.code).tables]


def links(app: AppTest) -> str:
    return str([link.proto for link in app.get("page_link")])


def finish(workshop: Workshop, points: int) -> None:
    for team in workshop.teams:
        submit_score(seated(workshop, team.name), workshop.code, ALL[0], points)


def test_each_place_is_still_scoring_or_finished_and_never_counted(
    looks, facilitator: Caller, gathering: Gathering, tables: list[Workshop]
) -> None:
    gatherings.open_for_all(facilitator, gathering.code, ALL[:1])
    seated(tables[0], "Council")
    finish(tables[1], 3)

    said = words(looks(facilitator, _way.MASTERCLASS, gathering=gathering.code))

    assert "1 of 3 tables have finished" in said
    assert said.index("Bolton") < said.index("Oldham &amp; Co") < said.index("Wigan")
    assert (said.count("Still scoring"), said.count("Nobody has joined yet")) == (1, 1)
    assert said.count("Finished") == 1
    assert INSTRUMENT.names[ALL[0]] in said
    assert "domain 1 of 8" in said
    assert "have finished" not in said.replace("1 of 3 tables have finished", "")


@pytest.mark.slow
def test_one_press_opens_and_one_reveals_for_all(
    looks, facilitator: Caller, gathering: Gathering, tables: list[Workshop]
) -> None:
    press(looks(facilitator, _way.MASTERCLASS, gathering=gathering.code), "Open for all")
    assert [stage_now(table.code) for table in tables] == [Stage.SCORING] * 3
    finish(tables[0], 2)

    app = looks(facilitator, _way.MASTERCLASS, gathering=gathering.code)
    app = press(app, "Reveal for all")
    warned = " ".join(str(warning.value) for warning in app.warning)
    assert "Bolton, Oldham" in warned  # eight domains are open: nobody has answered them all
    assert "Wigan are still scoring" in warned
    gatherings.reveal_for_all(facilitator, gathering.code)  # a dialog's own button needs a browser

    assert [stage_now(table.code) for table in tables] == [Stage.REVEALED] * 3
    said = words(looks(facilitator, _way.MASTERCLASS, gathering=gathering.code))
    assert "The scores are revealed" in said
    assert said.count("Sees its result") == 3


def test_one_press_gives_every_table_that_scores_the_same_time(
    looks, facilitator: Caller, gathering: Gathering, tables: list[Workshop]
) -> None:
    gatherings.open_for_all(facilitator, gathering.code, ALL[:1])
    app = looks(facilitator, _way.MASTERCLASS, gathering=gathering.code)

    press(app, "3 minutes to score")

    ends = [timer_now(facilitator, table.code) for table in tables]
    assert ends[0] is not None
    assert ends == [ends[0]] * 3
    press(app, "1 minute more")
    assert timer_now(facilitator, tables[2].code) == ends[2] + timedelta(minutes=1)
    press(app, "Stop the time")
    assert [timer_now(facilitator, table.code) for table in tables] == [None] * 3


def test_a_masterclass_is_made_of_places_that_are_set_up_and_as_last_time(
    looks, facilitator: Caller
) -> None:
    ready, before = (made(facilitator, "Council", "Trust", place=p) for p in ("Bolton", "Salford"))
    close_workshop(facilitator, before.code)
    home = looks(facilitator, _way.HOME)
    assert "Set up a masterclass of several places" in str(
        [link.proto for link in home.get("page_link")]
    )
    app = looks(facilitator, _way.MASTERCLASS)
    offered = [option.split(",")[0] for option in app.multiselect[0].options]
    assert offered == ["Bolton", "Salford"]  # neither twice
    app.multiselect[0].set_value([ready.code, "Salford"]).run()

    press(app, "Make the masterclass")

    (listed,) = gatherings.gatherings_now(facilitator)
    assert listed.places == ("Bolton", "Salford")
    assert "Bolton, Salford" in words(looks(facilitator, _way.HOME))
    here, anew = (t.workshop for t in gathering_now(facilitator, listed.gathering.code).tables)
    assert here == ready
    assert anew.code != before.code


def test_what_is_set_up_for_today_is_chosen_at_once_and_who_has_come_is_seen(
    looks, facilitator: Caller
) -> None:
    for place in ("Bolton", "Wigan"):
        set_up(facilitator, a_draft(place), TODAY)

    press(looks(facilitator, _way.MASTERCLASS), "Make the masterclass")

    (listed,) = gatherings.gatherings_now(facilitator)
    assert listed.places == ("Bolton", "Wigan")
    tables = gathering_now(facilitator, listed.gathering.code).tables
    for name in ("Council", "Trust"):
        seated(tables[0].workshop, name)
    said = words(looks(facilitator, _way.MASTERCLASS, gathering=listed.gathering.code))
    assert "2 have joined" in said
    assert "Nobody has joined yet" in said


def test_whoever_runs_one_place_sees_no_word_of_it(looks, facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")

    home = looks(facilitator, _way.HOME)

    assert "asterclass" not in links(home) + words(home)
    room = looks(facilitator, _way.ROOM, workshop.code)
    assert "asterclass" not in links(room)
    assert "Masterclass" not in words(room)  # a style is named so


def test_a_place_that_comes_late_is_set_up_in_the_form_that_is_known(
    looks, facilitator: Caller, gathering: Gathering
) -> None:
    gatherings.open_for_all(facilitator, gathering.code, ALL[:2])
    app = looks(facilitator, _way.SET_UP, gathering=gathering.code)
    (place,) = [field for field in app.text_input if field.label == "Place"]
    place.set_value("Stockport").run()

    press(app, "Make the workshop")

    now = gathering_now(facilitator, gathering.code)
    assert [table.workshop.place.name for table in now.tables][-1] == "Stockport"
    assert now.tables[-1].stage is Stage.SCORING


def test_nobody_else_sees_the_masterclass(
    looks, facilitator: Caller, gathering: Gathering, tables: list[Workshop]
) -> None:
    others = (
        *(Caller(), seated(tables[0], "Council")),
        *(a_wall(facilitator, tables[0]), a_host(facilitator, tables[0])),
    )
    for caller in others:
        app = looks(caller, _way.MASTERCLASS, gathering=gathering.code)

        assert "For the facilitator" in words(app)
        assert "Wigan" not in words(app)
        assert not acting(app)


def test_a_table_leads_to_its_room_and_back(
    looks, facilitator: Caller, gathering: Gathering, tables: list[Workshop]
) -> None:
    said = words(looks(facilitator, _way.MASTERCLASS, gathering=gathering.code))
    assert all(f"/room?workshop={table.code}" in said for table in tables)

    room = looks(facilitator, _way.ROOM, tables[1].code)
    wall = looks(a_wall(facilitator, tables[1]), _way.ROOM, tables[1].code)

    back = [link.proto for link in room.get("page_link") if link.proto.label == "Masterclass"]
    assert [proto.query_string for proto in back] == [f"gathering={gathering.code}"]
    assert not [link for link in wall.get("page_link") if link.proto.label == "Masterclass"]


@pytest.mark.parametrize("code", ["ZZZZ", "", "0O1l", "x" * 300])
def test_an_unknown_masterclass_says_so(looks, facilitator: Caller, code: str) -> None:
    app = looks(facilitator, _way.MASTERCLASS, gathering=code)

    assert words(app).strip()
    assert not app.exception


def test_the_day_ends_with_every_places_pack(
    looks, facilitator: Caller, gathering: Gathering, tables: list[Workshop]
) -> None:
    gatherings.open_for_all(facilitator, gathering.code, ALL[:1])
    for table in tables:
        finish(table, 4)
    gatherings.reveal_for_all(facilitator, gathering.code)
    app = looks(facilitator, _way.MASTERCLASS, gathering=gathering.code)
    assert len(app.get("download_button")) == 4
