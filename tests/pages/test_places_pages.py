"""The first page and the page of a place, as the facilitator sees them."""

import re
from datetime import date, timedelta

import pytest

from aqua_core.vocabulary import code_said
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.entering import enter_waves
from aqua_core.workshop.exporting import session_pack
from aqua_core.workshop.placing import agree_next_wave, join_places, place_seen, places_now
from aqua_core.workshop.sampling import try_sample
from aqua_core.workshop.setting_up import workshops_here
from pages import _way
from tests.kit.looking import looks, press, words
from tests.kit.notation import DAY, INSTRUMENT
from tests.kit.planned import LATER, met, planned
from tests.kit.waves import met_on
from tests.workshop.test_places import SAMPLE, at
from tests.workshop.test_waves import printed

__all__ = ["looks"]


def at_place(looks, facilitator, place_id):
    """Open the page of a place."""
    app = looks(facilitator, _way.HOME)
    app.switch_page(_way.PLACE)
    app.query_params["place"] = place_id
    app.run()
    return app


def links(app) -> list[str]:
    return re.findall(r'href="([^"]+)"', words(app))


def test_each_place_has_its_review_its_wave_and_one_thing_to_do(looks, facilitator) -> None:
    first = met(facilitator, date.today(), "Wigan")
    second = met(facilitator, LATER, "Oldham")
    planned(facilitator, second, review_on=LATER)

    app = looks(facilitator, _way.HOME)

    seen = words(app)
    assert seen.index("Wigan") < seen.index("Oldham")
    assert f"Go on: code {code_said(first.code)}" in seen
    assert f"/room?workshop={first.code}" in links(app)
    assert "1 test" in seen
    assert f"/room?workshop={second.code}" in links(app)
    assert f"/take-away?workshop={second.code}" in links(app)
    assert f"/place?place={at(facilitator, 'Oldham')}" in links(app)
    assert "New here?" not in seen


def test_the_page_of_a_place_leads_to_its_next_workshop_filled_in_from_last_time(
    looks, facilitator
) -> None:
    met(facilitator, DAY, "Wigan")
    place_id = at(facilitator, "Wigan")
    page = at_place(looks, facilitator, place_id)
    assert "Set up a workshop here" in [link.proto.label for link in page.get("page_link")]

    app = looks(facilitator, _way.SET_UP, place=place_id)

    assert app.text_input(key="place").value == "Wigan"
    assert "Filled in from Wigan" in words(app)
    app.text_input(key="place").set_value("Oldham").run()
    assert app.text_input(key="place").value == "Oldham"


def test_a_workshop_that_is_only_set_up_does_not_silence_that_a_wave_is_due(
    looks, facilitator
) -> None:
    first = met(facilitator, DAY, "Wigan")
    agree_next_wave(facilitator, first.code, LATER)
    met(facilitator, LATER, "Wigan")

    assert "ext wave" in words(at_place(looks, facilitator, at(facilitator, "Wigan")))


def test_a_programme_is_planned_from_the_first_place_on(looks, facilitator) -> None:
    def leads() -> bool:
        shown = looks(facilitator, _way.HOME).get("page_link")
        return "Plan a programme of sessions" in [link.proto.label for link in shown]

    assert not leads()
    met(facilitator, date.today(), "Wigan")

    assert leads()


def test_the_first_page_does_not_grow_with_what_is_kept(looks, facilitator) -> None:
    met(facilitator, LATER, "Wigan")
    met(facilitator, LATER + timedelta(days=1), "Oldham")

    def drawn() -> int:
        return len([*looks(facilitator, _way.HOME).main])

    before = drawn()
    for name in ("Oldham", "Bolton", "Bury", "York"):
        for later in range(3):
            met(facilitator, LATER + timedelta(days=later), name)

    assert drawn() == before
    assert words(looks(facilitator, _way.HOME)).count('scope="row"') == 5


def test_many_places_stand_behind_one_line_after_the_first_that_need_somebody(
    looks, facilitator
) -> None:
    for number in range(14):
        met(facilitator, LATER, f"Place {number:02}")
    today = met(facilitator, date.today(), "Zeal")

    app = looks(facilitator, _way.HOME)
    first = words(app)
    app.query_params["all"] = "places"
    app.run()
    every = words(app)

    assert first.count('scope="row"') == 10
    assert f"/room?workshop={today.code}" in first
    assert ("All 15 places" in first, "/?all=places" in first) == (True, True)
    assert every.count('scope="row"') == 15
    assert all(f"Place {number:02}" in every for number in range(14))
    assert "/?all=places" not in every


def test_a_name_is_shown_as_it_was_typed_and_means_nothing(looks, facilitator) -> None:
    met(facilitator, LATER, "A & B (D'Oyly)")

    seen = words(looks(facilitator, _way.HOME))

    assert "A &amp; B (D&#39;Oyly)" in seen


def test_before_any_workshop_its_list_says_so_and_draws_no_empty_table(looks, facilitator) -> None:
    app = looks(facilitator, _way.HOME, all="workshops")

    assert [title.value for title in app.title] == ["No workshop yet"]
    assert "<table" not in words(app)


def test_every_workshop_stands_by_date_behind_one_link(looks, facilitator) -> None:
    codes = [met(facilitator, DAY + timedelta(days=later)).code for later in (3, 0, 9)]
    app = looks(facilitator, _way.HOME)
    app.query_params["all"] = "workshops"
    app.run()

    seen = words(app)
    assert "All 3 workshops by date" in seen
    assert [seen.index(f"/room?workshop={code}") for code in (codes[2], codes[0], codes[1])] == (
        sorted(seen.index(f"/room?workshop={code}") for code in codes)
    )


def test_where_only_samples_are_here_the_steps_stay_and_the_sample_is_gone_on_with(
    looks, facilitator
) -> None:
    sample = try_sample(facilitator, SAMPLE, INSTRUMENT, date.today())

    seen = words(looks(facilitator, _way.HOME))

    assert "New here? In this order" in seen
    assert f"Go on: code {code_said(sample.code)}" in seen
    assert "Sample: invented scores" in seen


@pytest.mark.long
def test_set_up_asks_about_a_name_with_a_slip_and_takes_the_place_that_is_meant(
    looks, facilitator
) -> None:
    met(facilitator)
    app = looks(facilitator, _way.SET_UP)
    app.text_input(key="place").set_value("Salfrod").run()
    assert "Salford is here already. Is this the same place?" in words(app)
    press(app, "Make the workshop")
    assert len(workshops_here(facilitator)) == 1

    press(app, "Yes, Salford")
    assert app.text_input(key="place").value == "Salford"
    press(app, "Make the workshop")

    (row,) = places_now(facilitator, DAY)
    assert row.workshops == 2


@pytest.mark.long
def test_set_up_keeps_another_place_apart_once_somebody_is_sure(looks, facilitator) -> None:
    met(facilitator)
    app = looks(facilitator, _way.SET_UP)
    app.text_input(key="place").set_value("Salfrod").run()
    press(app, "No, another place")
    assert "kept as another place" in words(app)
    press(app, "Make the workshop")

    assert [row.place.name for row in places_now(facilitator, DAY)] == ["Salford", "Salfrod"]


@pytest.mark.long
def test_a_pack_is_asked_about_and_put_where_it_is_meant(looks, facilitator) -> None:
    workshop = met(facilitator)
    close_workshop(facilitator, workshop.code)
    pack = session_pack(facilitator, workshop.code)
    erase_workshop(facilitator, workshop.code, workshop.code)
    met(facilitator, LATER, "Salfrod")
    app = looks(facilitator, _way.TAKE_AWAY)
    app.file_uploader[0].set_value(("pack.zip", pack, "application/zip")).run()
    press(app, "Open the pack")
    assert "Salfrod is here already. Is this the same place?" in words(app).replace("\\", "")

    press(app, "Yes, it is Salfrod")

    (row,) = places_now(facilitator, DAY)
    assert row.workshops == 2


@pytest.mark.long
def test_another_pack_is_asked_about_anew(looks, facilitator) -> None:
    packs = []
    for place in ("Salford", "Bolton"):
        workshop = met(facilitator, place=place)
        close_workshop(facilitator, workshop.code)
        packs.append(session_pack(facilitator, workshop.code))
        erase_workshop(facilitator, workshop.code, workshop.code)
    met(facilitator, LATER, "Salfrod")
    app = looks(facilitator, _way.TAKE_AWAY)
    app.file_uploader[0].set_value(("pack.zip", packs[0], "application/zip")).run()
    press(app, "Open the pack")
    app.file_uploader[0].set_value(("pack.zip", packs[1], "application/zip")).run()
    assert "Salfrod is here already" not in words(app).replace("\\", "")

    press(app, "Open the pack")

    assert {row.place.name for row in places_now(facilitator, DAY)} == {"Salfrod", "Bolton"}


@pytest.mark.long
def test_a_wave_is_corrected_taken_out_and_put_back_on_its_page(looks, facilitator) -> None:
    met(facilitator)
    place_id = at(facilitator, "Salford")
    enter_waves(facilitator, place_id, [printed()], DAY)
    app = at_place(looks, facilitator, place_id)
    assert "1 May 2025" in words(app)
    assert list(app.table[0].value["Mean"]) == ["0.00", "2.13", "5.00"]

    press(app, "Take out")
    assert "was taken out" in words(app)
    press(app, "Put it back")
    press(app, "Correct")
    source = next(field for field in app.text_input if field.label.startswith("Where these"))
    source.set_value("Another report").run()
    press(app, "Keep this wave")

    (wave, _) = place_seen(facilitator, place_id).waves
    assert (wave.source, wave.people, wave.dated) == ("Another report", 24, date(2025, 5, 1))
    assert {mean.domain: mean.mean for mean in wave.means} == {
        mean.domain: mean.mean for mean in printed().means
    }


def test_a_wave_of_long_ago_is_corrected_and_a_place_may_have_begun_then(
    looks, facilitator
) -> None:
    met(facilitator)
    place_id, then = at(facilitator, "Salford"), date(1985, 5, 1)
    enter_waves(facilitator, place_id, [printed(then)], DAY)
    app = at_place(looks, facilitator, place_id)

    press(app, "Correct")

    assert not app.exception
    fields = {field.label: field for field in app.date_input}
    assert fields["Scored on"].value == then
    assert fields["Began on"].min <= then


def test_a_day_that_nobody_would_type_now_opens_in_its_field(looks, facilitator) -> None:
    ahead = date.today() + timedelta(days=9)
    met_on(facilitator, date(1850, 5, 1), place="Salford")
    place_id = at(facilitator, "Salford")
    enter_waves(facilitator, place_id, [printed(ahead)], ahead)
    app = at_place(looks, facilitator, place_id)

    press(app, "Correct")

    assert not app.exception
    days = {field.label: field.value for field in app.date_input}
    assert (days["Scored on"], days["Began on"]) == (ahead, date(1850, 5, 1))
    press(app, "Keep this wave")
    assert "lies ahead" in words(app)


def test_what_is_typed_without_its_day_is_asked_for_and_stays(looks, facilitator) -> None:
    met(facilitator)
    app = at_place(looks, facilitator, at(facilitator, "Salford"))
    source = next(field for field in app.text_input if field.label.startswith("Where these"))
    source.set_value("A report").run()

    press(app, "Keep this wave")

    assert "Choose the day on which they scored" in words(app)
    assert next(iter(app.text_input)).value == "A report"


@pytest.mark.long
def test_a_file_of_means_is_brought_and_every_fault_is_said(looks, facilitator) -> None:
    met(facilitator)
    place_id = at(facilitator, "Salford")
    app = at_place(looks, facilitator, place_id)
    app.radio[0].set_value("Bring a CSV file").run()
    source = next(field for field in app.text_input if field.label.startswith("Where these"))
    source.set_value("A report").run()
    for text, kept in (
        ("domain,kind,May 2025\nLeadership,physiology,9\nCulture,soft,2\n", 0),
        ("domain,kind,May 2024,May 2025\nLeadership,physiology,2.13,2.50\n", 2),
    ):
        app.file_uploader[0].set_value(("means.csv", text.encode(), "text/csv")).run()
        press(app, "Keep this wave")

        seen = words(app).replace("\\", "")
        assert ("line 2: Write May 2025 as a mean" in seen) is (kept == 0)
        assert ("line 3: Choose physiology" in seen) is (kept == 0)
        waves = place_seen(facilitator, place_id).waves
        assert sum(bool(wave.means) for wave in waves) == kept


@pytest.mark.long
def test_a_place_is_renamed_joined_parted_and_erased_on_its_page(looks, facilitator) -> None:
    met(facilitator)
    met(facilitator, LATER, "Salfrod", sure=True)
    place_id = at(facilitator, "Salford")
    join_places(facilitator, at(facilitator, "Salfrod"), place_id)
    app = at_place(looks, facilitator, place_id)
    next(field for field in app.text_input if field.label == "Place").set_value("Eccles")
    press(app, "Keep")
    assert "Eccles" in words(app)

    press(app, "Undo")
    assert [row.place.name for row in places_now(facilitator, DAY)] == ["Eccles", "Salfrod"]
    app.text_input(key="erase").set_value("eccles").run()
    press(app, "Erase this place")

    assert not app.exception
    assert [row.place.name for row in places_now(facilitator, DAY)] == ["Salfrod"]


def test_a_link_to_no_place_gets_a_sentence(looks, facilitator) -> None:
    assert "This place is not here" in words(at_place(looks, facilitator, "nowhere"))


@pytest.mark.long
def test_a_workshop_is_counted_into_another_wave_by_a_button(looks, facilitator) -> None:
    first, second = (met(facilitator, DAY + timedelta(later)) for later in (0, 7))
    place_id = at(facilitator, "Salford")
    app = at_place(looks, facilitator, place_id)
    (wave, _) = place_seen(facilitator, place_id).waves

    (choice,) = [box for box in app.selectbox if box.label == f"Wave of {code_said(second.code)}"]
    choice.select_index(0).run()
    assert len(place_seen(facilitator, place_id).waves) == 2
    press(app, "Count it in")

    (together,) = place_seen(facilitator, place_id).waves
    assert (together.id, together.codes) == (wave.id, (first.code, second.code))


def test_waves_that_show_nothing_are_not_offered_to_be_compared(looks, facilitator) -> None:
    for later in (0, 7):
        met(facilitator, DAY + timedelta(later))
    place_id = at(facilitator, "Salford")
    app = at_place(looks, facilitator, place_id)
    assert "Over time" not in {link.proto.label for link in app.get("page_link")}

    app.switch_page(_way.OVER_TIME)
    app.query_params["place"] = place_id

    assert "waves of a place that show something: two are needed" in words(app.run())
