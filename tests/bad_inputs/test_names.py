"""Rows 28 and 32 to 34: names of places, partners and teams."""

import pytest

from aqua_core.errors import AlreadyThere, ChoiceRefused, TextRefused
from aqua_core.rules.typed import folded
from aqua_core.store.database import reading
from aqua_core.vocabulary import Holder, Place, Sector, Tier, clean_name
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import erase_workshop
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up, workshops_here
from tests.kit.notation import DAY, INSTRUMENT, made


@pytest.mark.parametrize(
    ("typed", "marks"),
    [(":red[x]", ": [ ]"), (":streamlit:", ":"), ("~~x~~", "~"), ("{{7*7}}", "* { }"), ("%s", "%")],
)
def test_a_name_that_draws_something_is_refused(typed: str, marks: str) -> None:
    with pytest.raises(TextRefused) as refused:
        clean_name("the team", typed)

    assert str(refused.value).startswith(f"Names can't contain {marks} (")


@pytest.mark.parametrize(
    "again", ["council", "ＣＯＵＮＣＩＬ", " Council ", "Coun\u200bcil", "\u200eCouncil"]
)
def test_two_spellings_of_one_partner_are_told_apart_by_nobody(
    facilitator: Caller, again: str
) -> None:
    before = workshops_here(facilitator)

    with pytest.raises(AlreadyThere, match=r"^There is already a partner called Council\.$"):
        made(facilitator, "Council", again)

    assert workshops_here(facilitator) == before


@pytest.mark.parametrize(
    ("name", "twin"),
    [
        ("CCG", "СCG"),  # a Cyrillic first letter
        ("CCG", "ССG"),
        ("CCG", "ccg".replace("c", "с")),
        ("Bury", "Вury"),
        ("HOPE", "НОРЕ"),  # Cyrillic all through
        ("TAMESIDE", "ΤΑΜΕSΙDΕ"),  # Greek where Greek has the letter
        ("St Mary's", "St Mary’s"),
        ("O'Brien - Bury", "O‘Brien – Bury"),
    ],
)
def test_a_partner_that_looks_like_another_is_refused(
    facilitator: Caller, name: str, twin: str
) -> None:
    before = workshops_here(facilitator)

    for first, second in ((name, twin), (twin, name)):
        with pytest.raises(AlreadyThere) as refused:
            made(facilitator, first, "Trust", second)

        assert f"{second} would look like {first}, which is already a partner" in str(refused.value)
    assert workshops_here(facilitator) == before


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ward 1", "Ward I"), ("Łódź", "Lodz"), ("Café", "Cafe"), ("Здоровье", "Health"), ("A", "Λ")],
)
def test_names_that_differ_to_the_eye_are_two(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_two_teams_of_one_name_are_refused_however_they_came_by_it(facilitator: Caller) -> None:
    partners = [
        PartnerDraft("Council", Sector.COUNCIL, (Tier.BOARD, Tier.MIDDLE)),
        PartnerDraft("Council, board", Sector.COUNCIL, (Tier.BOARD,)),
    ]
    draft = WorkshopDraft(Place(name="Salford"), partners, INSTRUMENT, DAY, Holder.PERSON)

    with pytest.raises(AlreadyThere, match="Two teams would be called Council, board"):
        set_up(facilitator, draft, DAY)


def test_the_forty_first_team_is_one_too_many(facilitator: Caller) -> None:
    assert len(made(facilitator, *(f"Partner {n}" for n in range(40))).teams) == 40

    with pytest.raises(ChoiceRefused, match=r"^A room can have 40 teams \(this has 41\)\.$"):
        made(facilitator, *(f"Partner {n}" for n in range(41)))


@pytest.mark.parametrize("blank", ["\u3164", "\u115f", "\u1160", "\uffa0", "\u3164 \uffa0"])
def test_a_letter_that_draws_nothing_makes_no_name(blank: str) -> None:
    with pytest.raises(TextRefused, match=r"^Give the team a name\.$"):
        clean_name("the team", blank)

    assert clean_name("the team", f"Coun{blank}cil".replace(" ", "")) == "Council"
    assert Place(name="Salford", persona=blank).persona == ""


def test_a_workshop_made_after_an_erasing_still_comes_last(facilitator: Caller) -> None:
    before = workshops_here(facilitator)
    first, second, third = (made(facilitator, "A", "B").code for _ in range(3))
    erase_workshop(facilitator, first, first)

    fourth = made(facilitator, "A", "B").code

    listed = [workshop.code for workshop in workshops_here(facilitator)]
    assert listed == [fourth, third, second, *(held.code for held in before)]
    with reading() as cursor:
        rows = cursor.execute("SELECT ordinal FROM workshop ORDER BY ordinal").fetchall()
    assert len(set(rows)) == len(rows) == len(listed)
