"""Each page as its reader sees it, without a browser."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.store.connecting import CLOSED
from aqua_core.store.database import close_database, open_database, reading
from aqua_core.store.votes import answered_in
from aqua_core.vocabulary import Holder, Workshop, code_said
from aqua_core.vocabulary.programme import LastWords
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.ending import ask_last_words, say_last_words
from aqua_core.workshop.noting import Wording, give_reason, heard_so_far, write_down
from aqua_core.workshop.planning import capture_action, edit_action
from aqua_core.workshop.reading import room_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import workshops_here
from pages import _room, _way
from pages._saying import plain
from tests.kit.looking import ballot_on, onward_on, press, said_on_top, words
from tests.kit.notation import ALL, DAY, INSTRUMENT, made, seated
from tests.kit.planned import draft, plan_now

FACILITATORS = [
    *(_way.SET_UP, _way.ROOM, _way.GAPS, _way.DOMAIN, _way.TALK, _way.PLAN),
    *(_way.ONLY_FOR_YOU, _way.KEEPING, _way.TAKE_AWAY, _way.PLACE, _way.REHEARSE),
    *(_way.SHARE_OUT, _way.PROGRAMME),
]


@pytest.fixture
def scored(facilitator: Caller) -> tuple[Workshop, Caller]:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    council, trust = seated(workshop, "Council"), seated(workshop, "Trust")
    open_scoring(facilitator, workshop.code, ALL)
    for number, domain in enumerate(ALL):
        submit_score(council, workshop.code, domain, number % 3)
        submit_score(trust, workshop.code, domain, 5 if domain == "culture" else number % 3)
    return workshop, council


@pytest.mark.parametrize("typed", ["http://e.test/x", "www.e.test", "a@e.test", "[x](http://e)"])
def test_no_text_becomes_a_link(typed: str) -> None:
    shown = plain(typed)

    assert not re.search(r"://|www\.|@\w", shown.replace("\\", ""))
    assert shown.replace("\\", "").replace("\u2060", "") == typed


def test_the_first_screen_offers_the_sample_first_and_then_to_set_up(looks, facilitator) -> None:
    # They have a quiet way beside them, to the sample of the paper's year.
    app = looks(facilitator, _way.HOME)

    assert "New here? In this order" in words(app)
    assert [button.label for button in app.button] == [
        *("Try the sample", "Set up a workshop", "The sample of 2014"),
    ]


def test_who_is_not_the_facilitator_is_shown_the_way_to_join(looks, room_file) -> None:
    app = looks(Caller(), _way.HOME)

    assert not app.button
    assert "Facilitator? Open the link" in words(app)


@pytest.mark.parametrize("page", FACILITATORS)
@pytest.mark.parametrize("holder", ["nobody", "a seat"])
def test_a_facilitator_page_is_refused_to_others(looks, facilitator, page, holder) -> None:
    workshop = made(facilitator, "Council", "Trust")
    caller = seated(workshop, "Council") if holder == "a seat" else Caller()

    app = looks(caller, page, workshop.code)

    assert "For the facilitator" in words(app)
    assert not app.button
    assert not app.get("vega_lite_chart")


def test_the_sample_opens_sealed_and_says_that_it_is_invented(looks, facilitator) -> None:
    app = looks(facilitator, _way.HOME)
    press(app, "Try the sample")

    seen = words(app)
    assert "72 of 72 have finished" in seen
    assert "every score is invented" in seen


def test_the_sample_of_the_papers_year_says_which_year_it_is(looks, facilitator) -> None:
    app = looks(facilitator, _way.HOME)
    press(app, "The sample of 2014")

    assert "Sample city of 2014" in words(app).replace("\\", "")


def test_salford_shows_the_published_table_as_printed(looks, facilitator: Caller) -> None:
    app = looks(facilitator, _way.SALFORD)

    table = app.table[0].value
    printed = (Path(__file__).parent / "salford_as_printed.txt").read_text("utf-8")
    shown = [
        "\t".join([name, *(str(cell) for cell in row[:3])])
        for name, row in zip(domain_names(table), means_of(table), strict=True)
    ]
    kinds = printed.splitlines()[:4], printed.splitlines()[4:]
    physiology, anatomy = (sorted(rows, key=risen, reverse=True) for rows in kinds)
    assert shown == [
        *("Physiology, average\t1.93\t2.54\t2.75", *physiology),
        *("Anatomy, average\t1.90\t2.03\t2.19", *anatomy),
    ]
    seen = words(app).replace("\\", "")
    assert "The King's Fund" in seen
    assert "October 2012, 183 days later. May 2013, 212 days later." in seen
    for line in ("1.91, 2.28 and 2.47", "24, 38 and 48 people", "no one number under 80"):
        assert line in seen


def risen(row):
    _, first, _, last = row.split("\t")
    return Decimal(last) - Decimal(first)


def domain_names(table):
    return list(table["Domain"]) if "Domain" in table else list(table.index)


def means_of(table):
    return [
        [cell for cell in row if str(cell).replace(".", "").isdigit()]
        for row in table.itertuples(index=False)
    ]


def test_a_workshop_is_set_up_by_filling_the_form(looks, facilitator) -> None:
    app = looks(facilitator, _way.SET_UP)
    app.text_input[0].set_value("Wigan")
    app.text_input(key="partner-5").set_value("")
    app.run()
    press(app, "Make the workshop")

    (made_here,) = workshops_here(facilitator)
    assert (made_here.place, made_here.invented) == ("Wigan", False)
    assert code_said(made_here.code) in words(app)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Give the place a name"),
        ("<b>x</b>", "Names can't contain"),
        ("x" * 10_000, "Keep the name to 80"),
        ("a\u202eb", "hidden text"),
        ("🏥", "Names can't contain"),
    ],
)
def test_a_bad_place_gets_a_sentence_and_the_form_keeps_everything(
    looks, facilitator, typed, sentence
) -> None:
    app = looks(facilitator, _way.SET_UP)
    app.text_input[0].set_value(typed)
    app.text_input(key="partner-1").set_value("Our commissioners")
    app.run()
    choose_sectors(app)
    press(app, "Make the workshop")

    assert sentence in words(app).replace("\\", "")
    assert app.text_input(key="partner-1").value == "Our commissioners"
    assert workshops_here(facilitator) == ()
    app.text_input[0].set_value("Wigan").run()
    assert (sentence in words(app).replace("\\", ""), said_on_top(app)) == (False, [])


def choose_sectors(app):
    """Choose one wherever a row names another partner than before."""
    for sector in [box for box in app.selectbox if box.label == "Sector" and not box.value]:
        sector.set_value("primary care")
    app.run()


def test_all_that_is_wrong_in_set_up_is_said_at_once_and_at_its_field(looks, facilitator) -> None:
    app = looks(facilitator, _way.SET_UP)
    app.text_input(key="place").set_value("Salford")
    app.text_input(key="persona").set_value("Sally=")
    app.text_input(key="partner-1").set_value("www.evil.test")
    app.text_input(key="partner-3").set_value("Council")
    app.run()
    press(app, "Make the workshop")

    seen = words(app).replace("\\", "")
    for sentence in (
        "Names can't contain =",
        "Names can't look like a web address.",
        "There is already a partner called Council.",
    ):
        assert seen.count(sentence) == 1
    assert [key for key, _ in said_on_top(app)] == ["persona", "partner-1", "partner-3"]
    app.text_input(key="persona").set_value("Sally Ford")
    app.text_input(key="partner-1").set_value("ICB")
    app.text_input(key="partner-3").set_value("GPs")
    app.run()
    choose_sectors(app)
    press(app, "Make the workshop")
    assert said_on_top(app) == []
    (made_here,) = workshops_here(facilitator)
    assert made_here.place == "Salford"


def test_a_direction_mark_that_is_taken_out_is_said_once(looks, facilitator) -> None:
    app = looks(facilitator, _way.SET_UP)
    app.text_input(key="partner-1").set_value("\u202aOur ICB\u202c").run()
    assert "text-direction mark" in app.toast[0].value
    assert len(app.run().toast) == 0


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "holds no instrument"),
        ("{", "eight-domains.json, line 1"),
        ('{"key": 1}', "eight-domains.json, key: "),
    ],
)
def test_a_missing_or_broken_instrument_gets_a_sentence(
    looks, facilitator, monkeypatch, tmp_path, *, text, sentence
) -> None:
    (tmp_path / "instruments").mkdir()
    if text is not None:
        (tmp_path / "instruments" / "eight-domains.json").write_text(text)
    monkeypatch.setattr(_room, "DATA", tmp_path)

    seen = words(looks(facilitator, _way.SET_UP)).replace("\\", "")
    home = looks(facilitator, _way.HOME)
    press(home, "Try the sample")

    assert sentence in seen
    assert "eight-domains.json" in words(home).replace("\\", "")


@pytest.mark.parametrize("code", ["", "ZZZZ", "<script>", "' OR 1=1 --", "x" * 10_000])
@pytest.mark.parametrize("page", [_way.ROOM, _way.SCORE, _way.PLAN])
def test_a_link_with_a_wrong_code_gets_a_sentence(looks, facilitator, page, code) -> None:
    app = looks(facilitator, page, code)

    told = words(app).replace("\\", "")
    assert any(
        part in told
        for part in (
            "No open workshop",
            "names no workshop",
            "join code has",
            "letters and numbers",
        )
    )


def test_a_ballot_brings_every_statement_and_nothing_chosen(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    open_scoring(facilitator, workshop.code, ALL)

    sent = ballot_on(looks(seated(workshop, "Council"), _way.SCORE, workshop.code))

    assert [domain["key"] for domain in sent["domains"]] == ALL
    assert sent["answers"] == {}
    for drawn, domain in zip(sent["domains"], INSTRUMENT.domains, strict=True):
        *points, cannot_say = drawn["choices"]
        assert [choice["statement"] for choice in points] == list(domain.statements)
        assert [choice["score"] for choice in points] == [0, 1, 2, 3, 4, 5]
        assert cannot_say["score"] == "cannot say"
        assert cannot_say["statement"].startswith("I do not know")


def test_a_laptop_waits_without_minutes_and_says_we(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    seat = seated(workshop, "Council")
    waits = words(looks(seat, _way.SCORE, workshop.code))
    open_scoring(facilitator, workshop.code, ALL)
    sent = ballot_on(looks(seat, _way.SCORE, workshop.code))

    assert "your team talks each over" in waits
    assert "minute" not in waits
    statements = {domain["choices"][-1]["statement"] for domain in sent["domains"]}
    assert [said.split(" not ")[0] for said in statements] == ["We do"]


def test_a_late_partners_sector_is_chosen_by_somebody(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    app = looks(facilitator, _way.ROOM, workshop.code)
    app.session_state["adds-0"] = "partner"
    press(app, "Names and teams")

    assert (app.selectbox(key="of-0").value, app.selectbox(key="tier-0").value) == (None, None)


def test_a_seat_comes_back_to_its_own_answers_only(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    mine, other = seated(workshop, "Council"), seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ALL)
    submit_score(mine, workshop.code, "leadership", 3)
    submit_score(mine, workshop.code, "culture", "cannot say")
    submit_score(other, workshop.code, "workforce", 5)

    sent = ballot_on(looks(mine, _way.SCORE, workshop.code))

    assert sent["answers"] == {"leadership": 3, "culture": "cannot say"}


def test_after_the_reveal_a_seat_sees_its_result(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seat = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ALL)
    app = looks(seat, _way.SCORE, workshop.code)
    reveal(facilitator, workshop.code)

    app.run()

    assert "Your team and the room" in words(app)


@pytest.mark.parametrize("over", [False, True])
def test_room_leads_on_to_what_follows_the_reveal(looks, facilitator, scored, over) -> None:
    workshop, _ = scored
    reveal(facilitator, workshop.code)
    if over:
        close_workshop(facilitator, workshop.code)
    app = looks(facilitator, _way.ROOM, workshop.code)

    links = [link.proto.label for link in app.get("page_link")]
    assert links[-2:] == ["Take away", "What is kept: close or erase"]
    assert links[-3] == ("See the plan" if over else "Plan what to try")


def test_two_notes_at_once_are_both_kept(looks, facilitator, scored) -> None:
    workshop, _ = scored
    reveal(facilitator, workshop.code)
    app = looks(facilitator, _way.TALK, workshop.code)
    app.text_area[0].set_value("Ours")
    write_down(facilitator, workshop.code, "culture", "Theirs")

    press(app, "Write it down")

    assert heard_so_far(facilitator, workshop.code, "culture").heard == ("Theirs", "Ours")
    assert app.text_area[0].value == ""


def test_an_older_form_never_undoes_a_newer_edit(looks, facilitator, scored) -> None:
    workshop, _ = scored
    action = capture_action(facilitator, workshop.code, draft(workshop, measure=""), DAY)
    app = looks(facilitator, _way.PLAN, workshop.code)
    edit_action(facilitator, workshop.code, action.model_copy(update={"lead": "Newer"}), DAY)

    app.text_input(key=f"measure-{action.id}-1").set_value("Ours")
    press(app, "Save the change")

    assert "Somebody changed this action" in words(app)
    (now,) = plan_now(facilitator, workshop.code)
    assert (now.lead, now.measure) == ("Newer", "")


def test_a_second_action_starts_from_an_empty_form(looks, facilitator, scored) -> None:
    workshop, _ = scored
    app = looks(facilitator, _way.PLAN, workshop.code)
    for number, test in enumerate(("First", "Second")):
        app.text_area[0].set_value(test)
        app.text_input(key=f"lead-new-{number}").set_value("Chair")
        app.selectbox(key=f"domain-new-{number}").set_value("culture")
        owners = app.multiselect(key=f"partners-new-{number}")
        owners.set_value([workshop.teams[0].partner.id])
        press(app, "Add to the plan")
        assert app.text_area[0].value == ""

    assert {action.test for action in plan_now(facilitator, workshop.code)} == {"First", "Second"}


def test_round_two_starts_unanswered(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seat = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ["leadership"])
    submit_score(seat, workshop.code, "leadership", 1)
    reveal(facilitator, workshop.code)
    open_scoring(facilitator, workshop.code, ["leadership"])

    sent = ballot_on(looks(seat, _way.SCORE, workshop.code))

    assert [(domain["key"], domain["round"]) for domain in sent["domains"]] == [("leadership", 2)]
    assert sent["answers"] == {}


def test_the_projector_is_sent_to_the_gaps_until_it_goes(looks, facilitator, scored) -> None:
    workshop, _ = scored
    app = looks(facilitator, _way.ROOM, workshop.code)
    assert onward_on(app) == ""
    reveal(facilitator, workshop.code)

    assert onward_on(app.run()) == f"/gaps?workshop={workshop.code}"
    # A drawing may be overtaken and never arrive: the next one says it again.
    assert onward_on(app.run()) == f"/gaps?workshop={workshop.code}"


def test_a_drawing_reads_the_rounds_that_are_asked_for_and_not_those_of_the_day(
    facilitator, scored
) -> None:
    workshop, _ = scored
    before = room_now(facilitator, workshop.code)
    reveal(facilitator, workshop.code)
    open_scoring(facilitator, workshop.code, ALL)

    now = room_now(facilitator, workshop.code)

    assert (before.answers > 0, now.answers, now.asked) == (True, 0, before.asked)
    with reading() as cursor:
        first, second = (
            answered_in(cursor, workshop.id, [(key, number) for key in ALL]) for number in (1, 2)
        )
    assert (len(first), len(second)) == (before.answers, 0)


def test_who_opens_the_room_after_the_reveal_stays_there(looks, facilitator, scored) -> None:
    workshop, _ = scored
    reveal(facilitator, workshop.code)

    app = looks(facilitator, _way.ROOM, workshop.code)

    assert onward_on(app) == ""
    assert "The scores are revealed" in words(app)


def test_a_device_without_a_seat_is_shown_the_way_to_one(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    open_scoring(facilitator, workshop.code, ALL)

    app = looks(Caller(), _way.SCORE, workshop.code)

    assert "Pick your team first" in words(app)
    assert not app.get("bidi_component")


def test_before_scoring_a_seat_waits(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")

    app = looks(seated(workshop, "Council"), _way.SCORE, workshop.code)

    assert "You sit with **Council**" in words(app)


@pytest.mark.parametrize("page", [_way.GAPS, _way.DOMAIN, _way.TALK, _way.ONLY_FOR_YOU])
def test_nothing_is_drawn_before_the_reveal(looks, facilitator, scored, page) -> None:
    workshop, _ = scored

    app = looks(facilitator, page, workshop.code)

    assert not app.exception
    assert not app.get("vega_lite_chart")
    assert not app.table


def test_after_the_reveal_the_gap_is_drawn_said_and_tabled(looks, facilitator, scored) -> None:
    workshop, _ = scored
    reveal(facilitator, workshop.code)

    app = looks(facilitator, _way.GAPS, workshop.code)

    seen = words(app).replace("\\", "")
    assert "Widest on Culture" in seen
    assert len(app.get("vega_lite_chart")) == 1
    assert len(app.table) == 1


def test_the_talk_page_asks_and_keeps_what_was_heard(looks, facilitator, scored) -> None:
    workshop, _ = scored
    reveal(facilitator, workshop.code)
    app = looks(facilitator, _way.TALK, workshop.code)
    assert "Three levels apart: Council and Trust" in words(app).replace("\\", "")

    app.text_area[0].set_value("Nobody decides [x](http://e)")
    press(app, "Write it down")

    assert heard_so_far(facilitator, workshop.code, "culture").heard == (
        "Nobody decides [x](http://e)",
    )
    assert "“Nobody decides [x](http://e)”" in [text.value for text in app.text]


def add_a_test(app: AppTest, workshop: Workshop) -> None:
    app.selectbox(key="domain-new-0").set_value("culture")
    app.text_area(key="test-new-0").set_value("If a nurse joins on Tuesdays, then fewer visits")
    app.text_input(key="lead-new-0").set_value("Ward manager")
    owners = [partner.id for partner in workshop.partners]
    app.multiselect(key="partners-new-0").set_value(owners)
    press(app, "Add to the plan")


def test_an_action_is_added_by_the_form(looks, facilitator, scored) -> None:
    workshop, _ = scored
    app = looks(facilitator, _way.PLAN, workshop.code)
    add_a_test(app, workshop)

    assert "Council with Trust, led by Ward manager" in words(app)


def test_an_action_without_an_owner_is_told_and_stays_in_the_form(
    looks, facilitator, scored
) -> None:
    workshop, _ = scored
    app = looks(facilitator, _way.PLAN, workshop.code)
    app.text_area(key="test-new-0").set_value("If we meet, then we decide")
    app.text_input(key="lead-new-0").set_value("Ward manager")
    press(app, "Add to the plan")

    assert "Choose who owns this test" in words(app)
    assert app.text_area(key="test-new-0").value == "If we meet, then we decide"


def test_what_was_added_is_said_no_more_beside_what_was_refused(looks, facilitator, scored) -> None:
    workshop, _ = scored
    app = looks(facilitator, _way.PLAN, workshop.code)
    add_a_test(app, workshop)
    assert plain("Added: If a nurse") in words(app)
    assert plain("Added: If a nurse") in words(app.run())

    press(app, "Add to the plan")

    assert said_on_top(app)
    assert plain("Added: If a nurse") not in words(app)
    assert plain("Added: If a nurse") not in words(app.run())


def test_a_closed_workshop_is_said_on_its_pages(looks, facilitator, scored) -> None:
    workshop, seat = scored
    reveal(facilitator, workshop.code)
    kept = words(looks(facilitator, _way.KEEPING, workshop.code))
    assert "2 seats, 16 answers, 0 notes, 0 actions" in kept

    close_workshop(facilitator, workshop.code)

    app = looks(facilitator, _way.KEEPING, workshop.code)
    assert "It is closed" in app.header[0].value
    assert {"See where the room disagreed", "Take away"} <= {
        link.proto.label for link in app.get("page_link")
    }
    room = words(looks(facilitator, _way.ROOM, workshop.code))
    assert "This workshop is closed" in room
    assert "Join with the code" not in room
    reloaded = words(looks(seat, _way.SCORE, workshop.code))
    assert "No open workshop has this code" in reloaded
    assert "If you scored in it, it has ended since. Thank you." in reloaded
    assert "If you scored in it" not in words(looks(Caller(), _way.SCORE, workshop.code))


def test_a_workshop_closed_with_nothing_revealed_leads_to_no_results(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")
    close_workshop(facilitator, workshop.code)

    app = looks(facilitator, _way.KEEPING, workshop.code)

    assert [link.proto.label for link in app.get("page_link")] == ["Home", "Take away"]


def test_what_is_kept_counts_all_that_people_wrote(looks, facilitator, scored) -> None:
    workshop, seat = scored
    for said in ("A slip", ""):
        give_reason(seat, workshop.code, "finance", Wording(said=said), meant=1)
    give_reason(seat, workshop.code, "culture", Wording(said="Nobody decides"), meant=1)
    reveal(facilitator, workshop.code)
    ask_last_words(facilitator, workshop.code)
    say_last_words(seat, workshop.code, LastWords(learned="They wait too", would_stop="E-mail"))

    kept = words(looks(facilitator, _way.KEEPING, workshop.code))

    assert (
        "2 seats, 16 answers, 1 line beside scores, 0 notes, 0 actions, 2 lines written at the end"
        in kept
    )


def test_a_page_whose_room_does_not_answer_says_so_and_is_back_once_it_does(
    looks, facilitator, scored, room_file: Path
) -> None:
    app = looks(facilitator, _way.ROOM, scored[0].code)
    there = [title.value for title in app.title]
    close_database()
    app.run()
    away = [warning.value for warning in app.warning]
    open_database(room_file)
    app.run()

    assert away == [plain(CLOSED)]
    assert [title.value for title in app.title] == there
    assert not app.warning
