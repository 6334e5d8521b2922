"""What will be shown is chosen with the room, said everywhere, and settled by the first vote."""

import threading

import pytest

from aqua_core.charts.words import listed
from aqua_core.errors import ChoiceRefused, NotSignedIn, RoundClosed, ScoringOpen, WorkshopClosed
from aqua_core.live import Channel, revision
from aqua_core.store.database import close_database, open_database, reading, writing
from aqua_core.store.facts import changing, know, once_opened
from aqua_core.store.workshops import change_cells, read_anew
from aqua_core.vocabulary import GUARDS, OPEN, Holder
from aqua_core.workshop.admitting import Caller, find_workshop
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.foreseeing import choose_guard, foreseen_now
from aqua_core.workshop.joining import workshop_to_join
from aqua_core.workshop.reading import workshop_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.seating import expect_people
from aqua_core.workshop.setting_up import workshops_here
from pages import _way
from tests.kit.devices import Device
from tests.kit.looking import ballot_on, counts_on, press, words
from tests.kit.notation import ALL, made, seated
from tests.workshop.test_set_up_again import met

APART = "a team of one or two only as part of a larger group"
AS_YOURS = "in a team of one or two, others can tell which are yours"


def radio(app):
    (found,) = [choice for choice in app.radio if choice.label.startswith("What will be shown")]
    return found


def test_it_may_be_changed_until_the_first_vote(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seat = seated(workshop, "Council")
    choose_guard(facilitator, workshop.code, OPEN)
    open_scoring(facilitator, workshop.code, ALL)
    choose_guard(facilitator, workshop.code, 5)
    assert foreseen_now(facilitator, workshop.code).open_to_choice

    submit_score(seat, workshop.code, "culture", 3)

    with pytest.raises(ScoringOpen, match="Somebody has scored"):
        choose_guard(facilitator, workshop.code, 3)
    assert workshop_now(facilitator, workshop.code).guard == 5
    assert not foreseen_now(facilitator, workshop.code).open_to_choice


def test_a_vote_that_was_revealed_settles_it_too(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    submit = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ["culture"])
    submit_score(submit, workshop.code, "culture", 3)
    reveal(facilitator, workshop.code)
    with pytest.raises(RoundClosed):
        submit_score(submit, workshop.code, "culture", 4)
    open_scoring(facilitator, workshop.code, ["leadership"])  # nobody has answered this one

    with pytest.raises(ScoringOpen):
        choose_guard(facilitator, workshop.code, OPEN)


def test_it_is_refused_with_the_reason(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    laptops = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    closed = made(facilitator, "Council", "Trust")
    close_workshop(facilitator, closed.code)

    for given in (0, 2, 4, -1, True, "3", 3.0, None):
        with pytest.raises(ChoiceRefused):
            choose_guard(facilitator, workshop.code, given)
    with pytest.raises(ChoiceRefused, match="agrees its score aloud"):
        choose_guard(facilitator, laptops.code, 3)
    with pytest.raises(WorkshopClosed):
        choose_guard(facilitator, closed.code, OPEN)
    for other in (Caller(), seated(workshop, "Council")):
        with pytest.raises(NotSignedIn):
            choose_guard(other, workshop.code, OPEN)
        with pytest.raises(NotSignedIn):
            foreseen_now(other, workshop.code)
    assert workshop_now(facilitator, workshop.code).guard == GUARDS[0]


def test_it_is_on_disk(facilitator: Caller, room_file) -> None:
    workshop = made(facilitator, "Council", "Trust")
    choose_guard(facilitator, workshop.code, OPEN)

    close_database()
    open_database(room_file)

    assert workshop_to_join(workshop.code).guard == OPEN


def test_a_change_that_is_undone_is_known_to_nobody(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")

    def change_and_fail() -> None:
        with writing() as cursor:
            change_cells(cursor, [("workshop", workshop.id, "guard", OPEN)])
            read_anew(cursor, [workshop.code])
            assert find_workshop(cursor, workshop.code).guard == OPEN
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change_and_fail()

    assert workshop_to_join(workshop.code).guard == GUARDS[0]


@pytest.mark.file
def test_who_read_before_never_overwrites_what_was_changed(room_file) -> None:
    began, written = threading.Event(), threading.Event()

    def read_slowly() -> str:
        began.set()
        written.wait(10)
        return "as it was"

    slow = threading.Thread(target=lambda: once_opened("a fact", read_slowly))
    slow.start()
    began.wait(10)
    with writing():
        changing("a fact")
        know("a fact", "as it is")
    written.set()
    slow.join(10)

    with reading():
        assert once_opened("a fact", lambda: "as it was") == "as it is"


def test_open_pages_of_seats_hear_of_it_and_say_it(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seat = seated(workshop, "Council")
    waiting = looks(seat, _way.SCORE, workshop.code)
    assert APART in words(waiting)
    before = revision(workshop.code, Channel.STAGE)

    choose_guard(facilitator, workshop.code, OPEN)

    assert revision(workshop.code, Channel.STAGE) != before
    assert AS_YOURS in words(waiting.run())
    open_scoring(facilitator, workshop.code, ALL)
    scoring = looks(seat, _way.SCORE, workshop.code)
    assert AS_YOURS in ballot_on(scoring)["promise"]
    choose_guard(facilitator, workshop.code, 5)
    assert "a team of one to four" in ballot_on(scoring.run())["promise"]


def test_the_join_page_says_it_before_anybody_sits_down(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    phone = Device()
    assert APART in phone.get(f"/join/{workshop.code}").text

    choose_guard(facilitator, workshop.code, OPEN)

    assert AS_YOURS in phone.get(f"/join/{workshop.code}").text


def test_the_room_page_says_it_and_who_is_missing(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    for name in ("Council", "Council", "Trust", "Trust", "Trust"):
        seated(workshop, name)

    app = looks(facilitator, _way.ROOM, workshop.code)

    assert APART in words(app)
    assert "Council: two joined, one more and it can be shown alone." in words(app)
    assert "Until then Trust is shown only with it." in words(app)
    radio(app).set_value(OPEN).run()
    assert AS_YOURS in words(app)
    assert "Council: two joined" not in words(app)
    assert workshop_now(facilitator, workshop.code).guard == OPEN
    open_scoring(facilitator, workshop.code, ALL)
    assert radio(app.run()).value == OPEN  # still to be changed: nobody has voted


def test_a_wall_is_offered_no_choice_and_laptops_have_none(looks, facilitator) -> None:
    laptops = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    seated(laptops, "Council")

    app = looks(facilitator, _way.ROOM, laptops.code)

    assert not app.radio
    assert "Then the room sees your team's score." in words(app)
    assert "Alone so far" not in words(app)


def dialog_buttons(app) -> dict[str, str]:
    return {button.label: button.proto.type for button in app.button if button.label in DIALOG}


DIALOG = ("Not yet", "Reveal now", "Reveal all the same")


@pytest.mark.parametrize(
    ("finished", "primary", "said"),
    [
        (0, "Not yet", "there is nothing to reveal"),
        (3, "Not yet", "3 of 6 have finished. That is early."),
        (4, "Reveal now", "4 of 6 have finished."),
        (6, "Reveal now", "Partners: up to 2, Council and Trust"),
    ],
)
def test_the_dialog_says_what_will_be_seen_and_when_it_is_early(
    looks, facilitator, finished, primary, said
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seats = [seated(workshop, name) for name in ("Council", "Trust") for _ in range(3)]
    expect_people(facilitator, workshop.code, 6)
    open_scoring(facilitator, workshop.code, ["culture"])
    for number, seat in enumerate(seats[:finished]):
        submit_score(seat, workshop.code, "culture", number % 6)
    app = looks(facilitator, _way.ROOM, workshop.code)

    press(app, "Reveal")

    buttons = dialog_buttons(app)
    assert [label for label, look in buttons.items() if look == "primary"] == [primary]
    assert ("Reveal now" in buttons) == bool(finished)
    assert said in words(app).replace("\\", "")
    assert ("That is early" in words(app)) == (finished == 3)
    assert ("what others have answered" in words(app)) == (0 < finished < 6)


@pytest.mark.parametrize(
    ("came", "primary"),
    [
        ({"Council": 4, "Trust": 3}, "Not yet"),
        ({"Council": 4, "Trust": 4}, "Reveal now"),
        ({"Council": 2}, "Not yet"),
    ],
)
def test_the_room_waits_for_two_in_three_of_who_is_expected(
    looks, facilitator, came, primary
) -> None:
    workshop = made(facilitator, "Council", "Trust", "GPs", "Charity")
    expect_people(facilitator, workshop.code, 12)
    open_scoring(facilitator, workshop.code, ["culture"])
    for name, people in came.items():
        for points in range(people):
            submit_score(seated(workshop, name), workshop.code, "culture", points)
    joined = sum(came.values())
    app = looks(facilitator, _way.ROOM, workshop.code)
    assert counts_on(app)[:1] == [f"{joined} of {joined} have finished; about 12 are expected"]
    (reveal,) = [button for button in app.button if button.label == "Reveal"]
    assert reveal.proto.type == ("primary" if primary == "Reveal now" else "secondary")

    press(app, "Reveal")

    looked = [label for label, look in dialog_buttons(app).items() if look == "primary"]
    assert looked == [primary]
    said = words(app).replace("\\", "")
    absent = [name for name in ("Trust", "GPs", "Charity") if name not in came]
    assert f"Nobody has joined yet: {listed(absent)}" in said
    assert ("No score: that takes three who finished." in said) == (joined == 2)


def test_nobody_is_said_to_be_expected_where_teams_share_laptops(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    open_scoring(facilitator, workshop.code, ["culture"])
    submit_score(seated(workshop, "Council"), workshop.code, "culture", 2)

    app = looks(facilitator, _way.ROOM, workshop.code)

    assert counts_on(app)[:1] == ["1 of 1 has finished"]


@pytest.mark.slow
def test_the_form_follows_the_number_until_the_facilitator_chooses(looks, facilitator) -> None:
    app = looks(facilitator, _way.SET_UP)
    (people,) = app.number_input
    assert people.value == 12
    assert radio(app).value == OPEN
    app.number_input[0].set_value(30).run()
    assert radio(app).value == 3
    app.number_input[0].set_value(12).run()
    assert radio(app).value == OPEN
    radio(app).set_value(5).run()
    app.number_input[0].set_value(60).run()
    assert radio(app).value == 5

    app.text_input[0].set_value("Wigan").run()
    press(app, "Make the workshop")

    ((code, *_),) = workshops_here(facilitator)
    assert workshop_now(facilitator, code).guard == 5


def test_the_number_begins_with_the_partners_until_it_is_typed(looks, facilitator) -> None:
    app = looks(facilitator, _way.SET_UP)

    app.text_input(key="partner-5").set_value("").run()
    assert app.number_input[0].value == 10
    app.number_input[0].set_value(40).run()
    app.text_input(key="partner-4").set_value("").run()

    assert app.number_input[0].value == 40


def test_teams_on_laptops_are_asked_neither(looks, facilitator) -> None:
    app = looks(facilitator, _way.SET_UP)
    (holder,) = [choice for choice in app.radio if choice.label == "Who scores"]

    holder.set_value(Holder.LAPTOP).run()

    assert not app.number_input
    assert [choice.label for choice in app.radio] == ["Who scores"]
    assert "Then the room sees your team's score." in words(app)
    app.text_input[0].set_value("Wigan").run()
    press(app, "Make the workshop")
    ((code, *_),) = workshops_here(facilitator)
    assert workshop_now(facilitator, code).guard == OPEN


@pytest.mark.parametrize("guard", GUARDS)
def test_set_up_again_begins_with_what_was_chosen_last_time(looks, facilitator, guard) -> None:
    met(facilitator, holder=Holder.PERSON, guard=guard)
    app = looks(facilitator, _way.SET_UP)

    app.text_input[0].set_value("Salford").run()
    app.number_input[0].set_value(90).run()

    assert radio(app).value == guard


def test_a_room_of_laptops_chose_nothing_for_people(looks, facilitator) -> None:
    met(facilitator, holder=Holder.LAPTOP)
    app = looks(facilitator, _way.SET_UP)
    app.text_input[0].set_value("Salford").run()
    (holder,) = [choice for choice in app.radio if choice.label == "Who scores"]
    holder.set_value(Holder.PERSON).run()

    app.number_input[0].set_value(90).run()

    assert radio(app).value == GUARDS[0]


@pytest.mark.slow
def test_what_a_slow_browser_says_once_more_takes_no_choice_back(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    choose_guard(facilitator, workshop.code, OPEN)
    app = looks(facilitator, _way.ROOM, workshop.code)
    before = radio(app)
    before.set_value(OPEN)
    choose_guard(facilitator, workshop.code, 5)  # in another window
    app.run()

    said = app._tree.get_widget_states()
    said.widgets.append(before._widget_state)
    app._run(said)

    assert radio(app).value == 5
    assert workshop_now(facilitator, workshop.code).guard == 5
