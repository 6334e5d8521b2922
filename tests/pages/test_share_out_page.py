"""The share-out fills the wall with one place; the exchange is the facilitator's alone."""

from itertools import count

import pytest

from aqua_core.vocabulary import UnclearDraft, Workshop
from aqua_core.vocabulary.sharing import SharedAs
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.exchanging import exchange_now
from aqua_core.workshop.planning import say_unclear
from aqua_core.workshop.sharing import share_out_now
from pages import _way
from tests.kit.looking import a_host, a_wall, acting, press, words
from tests.kit.one_room import facilitator, room_file
from tests.kit.sharing import gathered, scored_at, shared

__all__ = ["facilitator", "room_file"]
MEANS, OFFER, ASK = SharedAs
_numbers = count()


@pytest.fixture
def tables(facilitator: Caller) -> tuple[Workshop, ...]:
    return gathered(facilitator, *(f"Heard {next(_numbers)}" for _ in range(3)))


def headings(app) -> list[str]:
    return [str(heading.value).replace("\\", "") for heading in (*app.title, *app.header)]


def links(app) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def test_one_place_fills_the_wall_and_who_offers_what_it_asks_is_said(
    looks, facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, there, _ = tables
    shared(facilitator, here, MEANS, said="We stop asking")
    shared(facilitator, here, OFFER, "leadership", "A morning")
    shared(facilitator, here, ASK, "workforce", "Who has one?")
    shared(facilitator, there, OFFER, "workforce", "We have one")

    app = looks(facilitator, _way.SHARE_OUT, here.code)

    assert headings(app) == ["We stop asking", "A morning", "Who has one?"]
    seen = words(app).replace("\\", "")
    assert f"What this means for {here.place.name}" in seen
    assert f"Workforce: **{there.place.name} offers it**" in seen


def test_a_host_and_a_wall_are_shown_their_own_place_alone(
    looks, facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, there, _ = tables
    shared(facilitator, here, ASK, "workforce", "Who has one?")
    shared(facilitator, there, OFFER, "workforce", "We have one")

    for who in (a_host(facilitator, here), a_wall(facilitator, here)):
        seen = words(looks(who, _way.SHARE_OUT, here.code))
        assert "Who has one?" in seen
        assert there.place.name not in seen
        assert "We have one" not in seen
        assert "offers it" not in seen
        assert "For the facilitator" not in seen
        assert "shows no workshop" in words(looks(who, _way.SHARE_OUT, there.code))
        assert "shows no workshop" in words(looks(who, _way.COMMUNITY))
    assert not acting(looks(a_wall(facilitator, here), _way.SHARE_OUT, here.code))


def test_before_the_reveal_it_says_what_it_waits_for(looks, facilitator: Caller) -> None:
    here, _ = gathered(facilitator, "Waits", "Waits too", revealed=False)

    app = looks(facilitator, _way.SHARE_OUT, here.code)

    assert headings(app) == [
        "Waits has not revealed yet. It shares what its result means after that."
    ]
    assert "Share it" not in {button.label for button in app.button}
    assert "Share-out" not in links(looks(facilitator, _way.PLAN, here.code))


@pytest.mark.long
def test_a_host_writes_changes_and_takes_out_a_sentence(
    looks, facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, *_ = tables
    host = a_host(facilitator, here)
    app = looks(host, _way.SHARE_OUT, here.code)
    assert "has written nothing yet. Write below" in headings(app)[0]
    press(app, "Share it")
    assert "Write the sentence that the other places will read" in words(app)

    app.selectbox[0].set_value("culture")
    app.text_input[0].set_value("We meet")
    press(app, "Share it")
    (said,) = share_out_now(host, here.code).said
    assert (said.kind, said.domain, said.said) == (MEANS, "culture", "We meet")
    assert "We meet" in headings(app)
    field = next(field for field in app.text_input if field.value == "We meet")
    field.set_value("We meet weekly")
    press(app, "Save the change")
    assert "We meet weekly" in headings(app)
    press(app, "Take it out")
    assert share_out_now(host, here.code).said == ()
    press(app, "Put it back")

    assert [one.said for one in share_out_now(host, here.code).said] == ["We meet weekly"]


def test_a_place_writes_sentence_offer_and_ask_in_one_go(
    looks, facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, *_ = tables
    app = looks(facilitator, _way.SHARE_OUT, here.code)
    fields = {field.label.split(" (")[0]: field for field in app.text_input}
    app.selectbox[0].set_value("culture")
    fields["What it means for us"].set_value("We meet")
    fields["We offer"].set_value("A rota")
    fields["We ask"].set_value("Who has one?")
    next(field for field in app.selectbox if "ask" in field.label).set_value("workforce")

    press(app, "Share it")

    assert [
        (one.kind, one.domain)
        for kind in SharedAs
        for one in share_out_now(facilitator, here.code).of(kind)
    ] == [(MEANS, "culture"), (OFFER, "culture"), (ASK, "workforce")]
    empty = [field.label.split(" (")[0] for field in app.text_input if not field.value]
    assert empty == ["What it means for us"]  # of the other domain; one offer and one ask are there


def test_what_is_wrong_with_one_of_three_keeps_all_three_from_being_written(
    looks, facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, *_ = tables
    app = looks(facilitator, _way.SHARE_OUT, here.code)
    app.selectbox[0].set_value("culture")
    app.text_input[0].set_value("We meet")
    app.text_input[2].set_value("x" * 101)

    press(app, "Share it")

    assert share_out_now(facilitator, here.code).said == ()
    assert [field.value for field in app.text_input][:1] == ["We meet"]


def test_the_page_of_another_place_is_that_places_own(
    looks, facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, there, *_ = tables
    app = looks(facilitator, _way.SHARE_OUT, here.code)

    app.get("button_group")[0].set_value(there.code).run()

    assert there.code in app.query_params["workshop"]
    assert there.place.name in words(app)


def test_the_wall_hears_the_domain_that_the_host_chose(
    looks, facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, *_ = tables
    shared(facilitator, here, MEANS, "workforce", "One rota")
    shared(facilitator, here, MEANS, "culture", "We meet")

    app = looks(facilitator, _way.SHARE_OUT, here.code)
    assert headings(app) == ["We meet"]
    app.session_state[f"heard of {here.code}"] = "workforce"
    app.run()
    assert headings(app) == ["One rota"]

    wall = looks(a_wall(facilitator, here), _way.SHARE_OUT, here.code)
    assert headings(wall) == ["One rota"]


def test_all_offers_and_asks_stand_in_one_list(
    looks, facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, there, _ = tables
    app = looks(facilitator, _way.SHARE_OUT, here.code)
    app.session_state[f"heard-{here.code}"] = "all"
    app.run()
    assert "No place offers or asks anything yet" in words(app)
    shared(facilitator, here, ASK, "workforce", "Who has one?")
    shared(facilitator, there, OFFER, "workforce", "We have one")

    app.run()

    seen = words(app).replace("\\", "")
    assert f"**We ask:** Who has one? (Workforce: **{there.place.name} offers it**)" in seen
    assert "**We offer:** We have one (Workforce)" in seen
    assert "Change the words" not in [line.label for line in app.expander]


@pytest.mark.long
def test_it_is_offered_where_there_is_somebody_to_share_with(
    looks, facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, *_ = tables

    for who in (facilitator, a_host(facilitator, here)):
        assert any("Share-out" in label for label in links(looks(who, _way.ROOM, here.code)))
        row = links(looks(who, _way.PLAN, here.code))
        assert not any("Share-out" in label for label in row)  # it never grows beyond seven


def test_the_exchange_is_offered_from_the_second_place_on(looks, facilitator: Caller) -> None:
    scored_at(facilitator, "First of two")
    places = exchange_now(facilitator).places

    offered = "Exchange between places" in links(looks(facilitator, _way.HOME))

    assert offered == (len(places) > 1)
    scored_at(facilitator, "Second of two")
    assert "Exchange between places" in links(looks(facilitator, _way.HOME))


def test_the_exchange_says_who_can_give_whom_what(
    looks, facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, there, _ = tables
    shared(facilitator, here, ASK, "workforce", "Who has one?")
    shared(facilitator, there, OFFER, "workforce", "We have one")
    say_unclear(facilitator, here.code, UnclearDraft(domain="culture", points=3, suggestion="Who"))

    app = looks(facilitator, _way.COMMUNITY)
    seen = words(app).replace("\\", "")
    assert f"{here.place.name} asks: Who has one?" in seen
    assert f"{there.place.name} offers: We have one" in seen
    assert "Culture, 3 points: 1 place" in seen
    assert "Better: Who" in seen
    (at,) = [at for at, name in exchange_now(facilitator).places.items() if name == here.place.name]
    app.session_state["whose"] = at
    app.run()

    seen = words(app).replace("\\", "")
    assert "We ask, somebody offers" in seen
    assert f"{there.place.name}: We have one" in seen


@pytest.mark.long
def test_a_visit_is_agreed_and_a_story_told(
    looks, facilitator: Caller, tables: tuple[Workshop, ...]
) -> None:
    here, there, _ = tables
    app = looks(facilitator, _way.COMMUNITY)
    ids = {name: at for at, name in exchange_now(facilitator).places.items()}
    who, whom, about = (
        box for box in app.selectbox if box.label in ("Who goes", "To whom", "About")
    )
    who.set_value(ids[here.place.name])
    whom.set_value(ids[here.place.name])
    about.set_value("culture")
    press(app, "Agree it")
    assert "Choose the day of the visit" in words(app)
    app.date_input[0].set_value("2030-02-03")
    press(app, "Agree it")
    assert "nobody visits themselves" in words(app)
    whom = next(box for box in app.selectbox if box.label == "To whom")
    whom.set_value(ids[there.place.name])
    press(app, "Agree it")

    line = f"3 February 2030: {here.place.name} goes to {there.place.name}, about Culture"
    assert line in words(app)
    place = [box for box in app.selectbox if box.label == "Place"][-1]
    place.set_value(ids[here.place.name])
    [area for area in app.text_area if area.label == "What we take"][-1].set_value("One rota")
    press(app, "Tell it")
    assert "What we take: One rota" in words(app)
    (card,) = [card for card in exchange_now(facilitator).stories if card.takes == "One rota"]
    app.button(key=f"out-{card.id}").click().run()
    assert "What we take: One rota" not in words(app)
