"""A place that meets again is set up from last time; what was typed by hand is never lost to it."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from aqua_core.errors import NotSignedIn
from aqua_core.vocabulary import Holder, Instrument, Place, Sector, Tier, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.reading import workshop_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import (
    PartnerDraft,
    WorkshopDraft,
    is_another,
    last_time_at,
    places_before,
    set_up,
    workshops_here,
)
from pages import _room, _way
from tests.kit.looking import press, said_on_top, words
from tests.kit.notation import DAY, INSTRUMENT, seated
from tests.kit.waves import scored

PARTNERS = (
    PartnerDraft("Council", Sector.COUNCIL, (Tier.BOARD, Tier.FRONT_LINE)),
    PartnerDraft("Royal", Sector.ACUTE, (Tier.MIDDLE,)),
    PartnerDraft("Hospices", Sector.VOLUNTARY, (Tier.BOARD,)),
)


def met(facilitator: Caller, place: str = "Salford", **changed: object) -> Workshop:
    given = {
        "place": Place(name=place, persona="Sally Ford"),
        "partners": PARTNERS,
        "instrument": INSTRUMENT,
        "held_on": DAY,
        "holder": Holder.LAPTOP,
    }
    return set_up(facilitator, WorkshopDraft(**(given | changed)), DAY)


def named(app: AppTest) -> list[tuple[str, str, list[Tier]]]:
    """Give the partners as the form says them."""
    names = [box.value for box in app.text_input if box.label == "Partner"]
    tiers = [group.value for group in app.button_group if group.label == "Teams at these tiers"]
    return list(zip(names, [sector.value for sector in sectors(app)], tiers, strict=True))


def sectors(app: AppTest) -> list[Selectbox]:
    return [selectbox for selectbox in app.selectbox if selectbox.label == "Sector"]


def instruments(app: AppTest) -> Selectbox:
    (found,) = [selectbox for selectbox in app.selectbox if selectbox.label == "Instrument"]
    return found


LAST_TIME = [(partner.name, partner.sector, list(partner.tiers)) for partner in PARTNERS]


def test_a_place_that_was_here_before_is_filled_in_from_last_time(looks, facilitator) -> None:
    met(facilitator)
    app = looks(facilitator, _way.SET_UP)

    app.text_input(key="place").set_value(" ｓａｌＦＯＲＤ ").run()

    assert named(app) == LAST_TIME
    assert app.text_input(key="persona").value == "Sally Ford"
    assert app.radio[0].value is Holder.LAPTOP
    assert instruments(app).value == INSTRUMENT
    assert "Filled in from Salford, 22 November 2026" in words(app)


def test_a_place_is_chosen_from_those_that_were_here(looks, facilitator) -> None:
    met(facilitator, "Wigan")
    met(facilitator)
    app = looks(facilitator, _way.SET_UP)

    app.selectbox(key="place before").set_value("Salford").run()

    assert app.selectbox(key="place before").options == ["Salford", "Wigan"]
    assert app.text_input(key="place").value == "Salford"
    assert named(app) == LAST_TIME
    press(app, "Make the workshop")
    made = workshop_now(facilitator, workshops_here(facilitator)[0].code)
    assert [(team.name, team.tier) for team in made.teams] == [
        ("Council, board", Tier.BOARD),
        ("Council, front line", Tier.FRONT_LINE),
        ("Royal", Tier.MIDDLE),
        ("Hospices", Tier.BOARD),
    ]
    assert (made.holder, made.place.persona) == (Holder.LAPTOP, "Sally Ford")


def test_a_chosen_place_lets_go_when_another_is_typed(looks, facilitator) -> None:
    met(facilitator)
    app = looks(facilitator, _way.SET_UP)
    app.selectbox(key="place before").set_value("Salford").run()
    app.text_input(key="place").set_value("SALFORD ").run()
    assert app.selectbox(key="place before").value == "Salford"
    app.text_input(key="partner-0").set_value("Town hall").run()

    app.text_input(key="place").set_value("Bolton").run()

    assert app.selectbox(key="place before").value is None
    assert app.text_input(key="place").value == "Bolton"
    assert named(app)[0][0] == "Town hall"


def test_a_choice_that_comes_while_the_form_is_filled_in_is_not_lost_without_a_word(
    looks, facilitator
) -> None:
    met(facilitator)
    app = looks(facilitator, _way.SET_UP)
    seen_until_then = app.button_group[0]
    app.text_input(key="place").set_value("Salford").run()
    assert "was not taken" not in words(app)

    # The browser had not drawn the filled form yet when this was clicked.
    said = app._tree.get_widget_states()
    said.widgets.append(seen_until_then.set_value([Tier.MIDDLE])._widget_state)
    app._run(said)

    assert named(app) == LAST_TIME
    assert "What you chose while it was filled in was not taken" in words(app)

    app.button_group[0].set_value([Tier.MIDDLE]).run()

    assert "was not taken" not in words(app)


@pytest.mark.parametrize("by_hand", [None, 5])
@pytest.mark.parametrize("people", [60, 30])
def test_a_choice_that_a_slow_browser_says_once_more_is_not_one_made_by_hand(
    looks, facilitator, people, by_hand
) -> None:
    app = looks(facilitator, _way.SET_UP)
    before = app.radio[-1]
    begun = before.value
    before.set_value(begun)
    app.text_input(key="place").set_value("Bowdon")
    app.number_input[0].set_value(people).run()
    if by_hand:
        app.radio[-1].set_value(by_hand).run()
    stands = app.radio[-1].value

    # The browser had not drawn the other suggestion yet when the next thing was done in it.
    said = app._tree.get_widget_states()
    said.widgets.append(before._widget_state)
    app._run(said)

    assert stands != begun
    assert app.radio[-1].value == stands


@pytest.mark.parametrize("what", ["persona", "a row"])
def test_what_was_changed_by_hand_is_replaced_only_when_asked(looks, facilitator, what) -> None:
    met(facilitator)
    app = looks(facilitator, _way.SET_UP)
    if what == "a row":
        press(app, "Add a partner")
    else:
        app.text_input(key=what).set_value("Bert").run()
    before = named(app), app.text_input(key="persona").value, app.radio[0].value

    app.text_input(key="place").set_value("Salford").run()

    assert before == (
        named(app),
        app.text_input(key="persona").value,
        app.radio[0].value,
    )
    assert "It replaces what you changed here" in words(app)
    press(app, "Fill in from last time")
    assert named(app) == LAST_TIME
    assert app.text_input(key="persona").value == "Sally Ford"


@pytest.mark.slow
def test_what_was_filled_in_can_be_changed_cleared_and_added_to(looks, facilitator) -> None:
    met(facilitator)
    app = looks(facilitator, _way.SET_UP)
    app.text_input(key="place").set_value("Salford").run()

    app.text_input(key="partner-0").set_value("").run()
    press(app, "Add a partner")
    app.text_input(key="partner-3").set_value("GPs").run()
    sectors(app)[-1].set_value(Sector.PRIMARY_CARE).run()
    press(app, "Make the workshop")

    made = workshop_now(facilitator, workshops_here(facilitator)[0].code)
    assert [partner.name for partner in made.partners] == ["Royal", "Hospices", "GPs"]


@pytest.mark.slow
def test_a_row_that_names_another_partner_asks_for_its_sector(looks, facilitator) -> None:
    app = looks(facilitator, _way.SET_UP)
    app.text_input(key="place").set_value("Bury")

    def row_1(*names: str) -> object:
        for name in names:
            app.text_input(key="partner-1").set_value(name).run()
        return sectors(app)[1].value

    assert row_1("commissioner ") is Sector.COMMISSIONER  # a slip of the pen
    assert row_1("", "Bury Council") is None
    press(app, "Make the workshop")
    assert "Choose the sector of Bury Council" in words(app)
    assert not workshops_here(facilitator)
    sectors(app)[1].set_value(Sector.COUNCIL).run()
    assert "Choose the sector" not in words(app)
    assert row_1("Bury Councl") is Sector.COUNCIL
    assert row_1("Bury Hospice") is None
    assert row_1("Commissioners") is Sector.COMMISSIONER  # as it was filled in
    sectors(app)[1].set_value(Sector.COMMISSIONER).run()
    press(app, "Add a partner")
    assert sectors(app)[6].value is None
    sectors(app)[6].set_value(Sector.HOUSING).run()
    app.text_input(key="partner-6").set_value("Six Town").run()
    assert sectors(app)[6].value is Sector.HOUSING
    press(app, "Make the workshop")
    made = workshop_now(facilitator, workshops_here(facilitator)[0].code)
    assert [made.partners[at].sector for at in (1, 6)] == [Sector.COMMISSIONER, Sector.HOUSING]


@pytest.mark.slow
def test_a_renamed_row_says_at_once_that_its_sector_is_asked_for(looks, facilitator) -> None:
    app = looks(facilitator, _way.SET_UP)
    app.text_input(key="place").set_value("Northmoor")
    assert "Another name" not in words(app)

    app.text_input(key="partner-0").set_value("Royal Northmoor Infirmary").run()

    assert sectors(app)[0].value is None
    assert "Another name: is its sector another one too?" in words(app)
    press(app, "It is still acute")
    assert sectors(app)[0].value is Sector.ACUTE
    assert "Another name" not in words(app)
    app.text_input(key="partner-0").set_value("Healthwatch").run()
    assert sectors(app)[0].value is None
    assert "Another name" in words(app)
    sectors(app)[0].set_value(Sector.VOLUNTARY).run()
    assert "Another name" not in words(app)
    app.text_input(key="partner-0").set_value("Royal Northmoor Infirmary").run()
    press(app, "It is still acute")
    press(app, "Make the workshop")
    made = workshop_now(facilitator, workshops_here(facilitator)[0].code)
    assert made.partners[0].sector is Sector.ACUTE


def test_a_day_that_has_passed_is_said_at_its_field_with_where_it_goes(looks, facilitator) -> None:
    app = looks(facilitator, _way.SET_UP)
    app.text_input(key="place").set_value("Northmoor")
    app.text_input(key="persona").set_value("Call 07700 900123")
    app.date_input(key="held on").set_value(date(2020, 6, 1))

    press(app, "Make the workshop")

    faults = dict(map(tuple, said_on_top(app)))
    assert set(faults) == {"persona", "held on"}
    assert faults["held on"].startswith("The date has passed (1 June 2020). Choose today or later.")
    assert "“Enter an earlier wave”" in faults["held on"]
    assert not app.warning


def test_a_row_is_taken_out_and_what_is_left_is_not_filled_over(looks, facilitator) -> None:
    met(facilitator)
    app = looks(facilitator, _way.SET_UP)
    for gone in (0, 2, 5):
        app.button(key=f"take out {gone}").click().run()
    left = ["Commissioners", "GP practices", "Mental health trust"]
    assert [name for name, *_ in named(app)] == left

    app.text_input(key="place").set_value("Salford").run()

    assert [name for name, *_ in named(app)] == left
    press(app, "Fill in from last time")
    assert named(app) == LAST_TIME


@pytest.mark.slow
def test_another_place_that_was_here_takes_the_form_over(looks, facilitator) -> None:
    met(facilitator)
    met(facilitator, "Wigan", partners=PARTNERS[1:], holder=Holder.PERSON)
    app = looks(facilitator, _way.SET_UP)

    app.text_input(key="place").set_value("Salford").run()
    app.text_input(key="place").set_value("Wigan").run()
    assert (named(app), app.radio[0].value) == (LAST_TIME[1:], Holder.PERSON)
    app.text_input(key="place").set_value("Wigan Borough").run()

    assert not {partner.name for partner in PARTNERS[1:]} & {name for name, *_ in named(app)}
    assert "Filled in from" not in words(app)


@pytest.mark.slow
def test_a_new_place_is_set_up_with_nothing_of_another(looks, facilitator) -> None:
    met(facilitator)
    app = looks(facilitator, _way.SET_UP)
    blank = named(app)

    app.text_input(key="place").set_value("Salford").run()
    app.text_input(key="place").set_value("Bolton").run()

    assert (named(app), app.text_input(key="persona").value) == (blank, "")
    assert app.radio[0].value is Holder.PERSON
    assert "Filled in from" not in words(app)
    press(app, "Make the workshop")
    made = workshop_now(facilitator, workshops_here(facilitator)[0].code)
    assert (made.place, made.holder) == (Place(name="Bolton", persona=""), Holder.PERSON)
    assert [partner.name for partner in made.partners] == [name for name, *_ in blank]


@pytest.mark.parametrize("other", ["Bolton", "Wigan"])
def test_whose_words_stay_in_a_form_that_was_changed_is_still_said(
    looks, facilitator, other: str
) -> None:
    met(facilitator, "Wigan", partners=PARTNERS[1:])
    met(facilitator)
    app = looks(facilitator, _way.SET_UP)
    app.text_input(key="place").set_value("Salford").run()
    app.text_input(key="persona").set_value("Bert").run()

    app.text_input(key="place").set_value(other).run()

    assert (named(app), app.text_input(key="persona").value) == (LAST_TIME, "Bert")
    assert "Filled in from Salford, 22 November 2026" in words(app)
    assert ("Fill in from last time" in [button.label for button in app.button]) == (
        other == "Wigan"
    )


def test_the_newest_workshop_of_a_place_counts_and_no_sample(looks, facilitator) -> None:
    met(facilitator, "Wigan", held_on=DAY + timedelta(days=9), partners=PARTNERS[:2])
    met(facilitator, held_on=DAY + timedelta(days=30))
    met(facilitator, "WIGAN", partners=PARTNERS[1:])
    met(facilitator, "Sample city", invented=True)

    assert places_before(facilitator) == ("Salford", "Wigan")
    last = last_time_at(facilitator, "wigan", [INSTRUMENT])
    assert last
    assert (last.place, last.partners) == ("Wigan", PARTNERS[:2])
    assert last_time_at(facilitator, "Sample city", [INSTRUMENT]) is None
    assert last_time_at(facilitator, "", [INSTRUMENT]) is None


def edition(version: str, key: str = INSTRUMENT.key, name: str = "Ours") -> Instrument:
    first, *others = INSTRUMENT.domains
    worded = first.model_copy(update={"question": f"In version {version}: {first.question}"})
    named = {"version": version, "key": key, "name": name, "domains": (worded, *others)}
    return INSTRUMENT.model_copy(update=named)


def test_last_time_is_compared_by_its_words_and_not_by_a_version_number(facilitator) -> None:
    workshop = met(facilitator, instrument=edition("2"))
    numbered = edition("2").model_copy(update={"version": "7"})
    reworded = edition("3").model_copy(update={"version": "2"})

    same = last_time_at(facilitator, "Salford", [edition("9"), numbered])
    unscored = last_time_at(facilitator, "Salford", [reworded])
    scored(facilitator, workshop, seats=1)
    reveal(facilitator, workshop.code)
    other = last_time_at(facilitator, "Salford", [reworded])

    assert same
    assert unscored
    assert unscored.instead.endswith("version 2 is chosen.")  # no line over time to break
    assert other
    assert same.instrument == numbered
    assert other.instrument == reworded
    assert "has other words here than last time: version 2 is chosen" in other.instead
    assert other.instead.endswith(
        "since this place scored last: Leadership. There its line over time will break."
    )


def test_an_instrument_that_is_gone_is_replaced_and_that_is_said(facilitator: Caller) -> None:
    met(facilitator, instrument=edition("2"))
    other = edition("1", "other", "Another")

    def chosen(*installed: Instrument) -> tuple[Instrument, str]:
        last = last_time_at(facilitator, "Salford", installed)
        assert last
        return last.instrument, last.instead

    assert chosen(other, edition("2"), edition("1")) == (edition("2"), "")
    assert chosen(other, edition("10"), edition("2")) == (
        edition("2"),
        "Version 10 of Ours is newer. Version 2 stays chosen, so that both times can be compared.",
    )
    assert chosen(other, edition("10", name="A"), edition("9")) == (
        edition("10", name="A"),
        "Version 2 of Ours, used last time, is not installed any more: version 10 is chosen.",
    )
    assert chosen(other) == (
        other,
        "Ours, used last time, is not installed any more: Another is chosen.",
    )


@pytest.mark.slow
def test_two_versions_of_one_instrument_are_told_apart(
    looks, facilitator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "instruments").mkdir()
    for version in ("1", "2"):
        said = json.loads(edition(version).model_dump_json())
        (tmp_path / "instruments" / f"{version}.json").write_text(json.dumps(said), "utf-8")
    monkeypatch.setattr(_room, "DATA", tmp_path)
    met(facilitator, instrument=edition("2"))
    app = looks(facilitator, _way.SET_UP)

    app.text_input(key="place").set_value("Salford").run()

    assert instruments(app).options == ["Ours, version 2", "Ours, version 1"]
    assert instruments(app).value == edition("2")
    press(app, "Make the workshop")
    made = workshop_now(facilitator, workshops_here(facilitator)[0].code)
    assert made.instrument == edition("2")


@pytest.mark.slow
def test_no_score_of_last_time_is_on_the_page(looks, facilitator) -> None:
    pages = []
    for score in (1, 4):
        place = f"Place {'AB'[score == 4]}"
        workshop = met(facilitator, place, partners=PARTNERS[1:])
        open_scoring(facilitator, workshop.code, ["culture"])
        for team in workshop.teams:
            submit_score(seated(workshop, team.name), workshop.code, "culture", score)
        reveal(facilitator, workshop.code)
        close_workshop(facilitator, workshop.code)
        app = looks(facilitator, _way.SET_UP)
        app.text_input(key="place").set_value(place).run()
        pages.append(words(app).replace(place, "Place"))

    assert pages[0] == pages[1]
    assert "Filled in from Place" in pages[0]


def test_only_the_facilitator_hears_who_was_here(facilitator: Caller) -> None:
    met(facilitator)

    for deed in (places_before, lambda caller: last_time_at(caller, "Salford", [INSTRUMENT])):
        with pytest.raises(NotSignedIn):
            deed(Caller(seat="x", wall="y"))


@pytest.mark.slow
def test_without_an_earlier_place_none_is_offered(looks, facilitator) -> None:
    met(facilitator, "Sample city", invented=True, held_on=max(DAY, date.today()))

    app = looks(facilitator, _way.SET_UP)

    assert "place before" not in app.session_state
    assert [box.label for box in app.text_input[:2]] == ["Place", "Persona (if you have one)"]


@pytest.mark.parametrize(
    ("typed", "before", "another"),
    [
        ("Wigan Council", "Council", False),
        ("wigan borough council", "Council", False),
        ("The Wigan Hospital trust", "Hospital trust", False),
        ("Cuoncil", "Council", False),
        ("Wigan Council for Voluntary Service", "Council", True),
        ("Salford Council", "Council", True),
        ("Mental health trust", "Hospital trust", True),
        ("Youth council", "Council", True),
        ("Wigan", "Council", True),
    ],
)
def test_a_partner_typed_in_full_keeps_its_sector(typed: str, before: str, another: bool) -> None:
    assert is_another(typed, before, "Wigan") is another
    assert not is_another(typed, typed, "Wigan")
    assert not is_another(typed, "", "Wigan")
