"""What the words mean here: settled at set-up, kept with the workshop, read where people score."""

from pathlib import Path

import duckdb
import pytest

from aqua_core.charts.sentences.seat import BUILDS, MEANT, RULE, terms_said, whose_words
from aqua_core.errors import TextRefused
from aqua_core.exports.pack_reading import packed_in
from aqua_core.store.database import close_database, open_database, reading
from aqua_core.store.layouts import FIRST, FOURTH, SECOND, THIRD
from aqua_core.store.workshops import workshop_by_code
from aqua_core.vocabulary import USUAL_TERMS, Holder, Place, Sector, Terms, Tier, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.exporting import report_page, session_pack
from aqua_core.workshop.reading import workshop_now
from aqua_core.workshop.revealing import open_scoring
from aqua_core.workshop.setting_up import (
    PartnerDraft,
    WorkshopDraft,
    last_time_at,
    set_up,
    workshops_here,
)
from pages import _way
from tests.kit.looking import ballot_on, press, words
from tests.kit.notation import DAY, INSTRUMENT, made, seated

HERE = Terms(partner="The nine who signed", most="Five of nine", since="=Since April *2025*")


def met(facilitator: Caller, place: str = "Wigan", terms: Terms = HERE) -> Workshop:
    draft = WorkshopDraft(
        place=Place(name=place),
        partners=[PartnerDraft(name, Sector.HOUSING, (Tier.BOARD,)) for name in ("Homes", "Flats")],
        instrument=INSTRUMENT,
        held_on=DAY,
        holder=Holder.PERSON,
        terms=terms,
    )
    return set_up(facilitator, draft, DAY)


def test_what_was_settled_stays_with_the_workshop_and_leaves_with_its_pack(
    facilitator: Caller,
) -> None:
    workshop = met(facilitator)

    assert workshop_now(facilitator, workshop.code).terms == HERE
    assert packed_in(session_pack(facilitator, workshop.code)).workshop.terms == HERE


@pytest.mark.file
def test_a_file_from_before_has_workshops_where_nothing_was_settled(tmp_path: Path) -> None:
    path = tmp_path / "room.duckdb"
    before = (*FIRST, *SECOND, *THIRD, *FOURTH)
    with duckdb.connect(str(path)) as earlier:
        for step in (*before, "INSERT INTO schema_version VALUES (4)"):
            earlier.execute(step)
        earlier.execute(
            "INSERT INTO workshop VALUES ('w', 'W2GN', 'Wigan', '', $1, $2, $3, false, 0)",
            [DAY, Holder.PERSON.value, INSTRUMENT.model_dump_json()],
        )

    open_database(path)
    try:
        with reading() as cursor:
            found = workshop_by_code(cursor, "W2GN")
    finally:
        close_database()

    assert found
    assert (found.terms, terms_said(found.terms)) == (Terms(), ())


def test_only_what_was_settled_is_said_in_the_order_of_the_card() -> None:
    assert [called for called, _ in terms_said(HERE)] == [
        "A partner",
        "Most partners",
        "Since when",
    ]
    assert [said for _, said in terms_said(USUAL_TERMS)] == [*USUAL_TERMS.model_dump().values()]


def test_a_line_of_the_card_is_one_line_of_at_most_120_characters() -> None:
    with pytest.raises(TextRefused, match="120 characters"):
        Terms(area="x" * 121)
    assert Terms(area=" All \n of it ").area == "All of it"


def test_the_words_are_called_ours_only_where_they_are() -> None:
    theirs = INSTRUMENT.model_copy(update={"source": "Wording by the people of Wigan."})

    assert whose_words(INSTRUMENT) == "These statements are Discovery Room's own."
    assert whose_words(theirs) == "Wording by the people of Wigan."


def test_the_next_workshop_of_a_place_begins_with_what_was_settled(facilitator: Caller) -> None:
    met(facilitator, "Bolton")

    last = last_time_at(facilitator, "bolton", [INSTRUMENT])

    assert last
    assert last.terms == HERE


def test_a_seat_reads_the_card_while_it_waits_and_beside_each_score(looks, facilitator) -> None:
    workshop = met(facilitator)
    seat = seated(workshop, "Homes")

    waits = words(looks(seat, _way.SCORE, workshop.code))
    open_scoring(facilitator, workshop.code, ["culture"])
    ballot = ballot_on(looks(seat, _way.SCORE, workshop.code))

    for said in (MEANT, "The nine who signed", "Five of nine", r"\*2025\*", BUILDS):
        assert said in waits
    assert "These statements are Discovery Room's own." in waits.replace("\\", "")
    assert ballot["rule"] == RULE
    assert RULE == (
        "Choose the highest that is all true here, with all below it. If you do not know, say so."
    )
    assert [*map(tuple, ballot["terms"])] == [*terms_said(HERE), ("The levels", BUILDS)]
    assert ballot["whose"] == "These statements are Discovery Room's own."


def test_the_wall_shows_the_card_before_scoring_and_not_after(looks, facilitator) -> None:
    workshop = met(facilitator)
    bare = made(facilitator, "Council", "Trust")

    before = looks(facilitator, _way.ROOM, workshop.code)
    nothing = looks(facilitator, _way.ROOM, bare.code)
    open_scoring(facilitator, workshop.code, ["culture"])
    after = looks(facilitator, _way.ROOM, workshop.code)

    assert [expander.label for expander in before.expander].count(MEANT) == 1
    assert "The nine who signed" in words(before)
    assert "The nine who signed" not in words(after)
    assert MEANT not in [expander.label for expander in nothing.expander]


def test_set_up_offers_a_card_and_keeps_what_was_changed_on_it(looks, facilitator) -> None:
    app = looks(facilitator, _way.SET_UP)
    app.text_input(key="place").set_value("Leigh")
    assert app.text_input(key="term-most").value == USUAL_TERMS.most

    app.text_input(key="term-most").set_value("Six of ten")
    app.text_input(key="term-ages").set_value("")
    press(app, "Make the workshop")

    made_there = workshop_now(facilitator, workshops_here(facilitator)[0].code)
    assert made_there.terms == USUAL_TERMS.model_copy(update={"most": "Six of ten", "ages": ""})


def test_the_report_says_what_the_words_meant_and_nothing_where_nothing_was_settled(
    facilitator: Caller,
) -> None:
    settled = report_page(facilitator, met(facilitator).code).decode()
    bare = report_page(facilitator, made(facilitator, "Council", "Trust").code).decode()

    assert f"<h3>{MEANT}</h3>" in settled
    assert "<dt>Most partners</dt>" in settled
    assert "Five of nine" in settled
    assert MEANT not in bare
