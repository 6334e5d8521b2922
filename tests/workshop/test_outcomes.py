"""What a conversation came to: agreed, or agreed to differ; kept with its dissent for next time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqua_core.charts.sentences.planning import came_to, pointed_at
from aqua_core.errors import (
    ChangedMeanwhile,
    FieldsRefused,
    LooksPersonal,
    NotScored,
    NotSignedIn,
)
from aqua_core.rules.talk import check_outcome
from aqua_core.vocabulary import (
    Agreement,
    Conflict,
    Group,
    Holder,
    Outcome,
    Place,
    Reason,
    Sector,
    Tier,
    Workshop,
)
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.noting import conclude, dissent_before, outcomes_now, owners_of
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from aqua_core.workshop.showing import shown_now
from tests.kit.notation import DAY, INSTRUMENT, made, seated
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]
APART = {
    "agreement": Agreement.DIFFER,
    "stays_apart": ("council",),
    "why_apart": "We carry the risk alone",
}
FORUM = {"parked_with": "Integration board", "parked_until": DAY + timedelta(days=30)}


def outcome(**said: object) -> Outcome:
    return Outcome.model_validate({"domain": "finance"} | said)


def test_an_agreed_score_and_an_agreement_go_together() -> None:
    check_outcome(outcome(agreement=Agreement.AGREED, agreed_points=0), (), DAY)

    with pytest.raises(FieldsRefused, match="choose the score that was agreed"):
        check_outcome(outcome(agreement=Agreement.AGREED), (), DAY)
    with pytest.raises(FieldsRefused, match="An agreed score needs"):
        check_outcome(outcome(agreed_points=3), (), DAY)


def test_an_agreement_in_words_is_enough() -> None:
    pot = outcome(agreement=Agreement.AGREED, both_could="One pot for falls")

    check_outcome(pot, (), DAY)

    assert came_to(pot, {}) == (
        "Both could live with: One pot for falls",
        "Settled, without a score",
    )


def test_all_that_is_wrong_is_said_at_once_each_at_its_field() -> None:
    given = outcome(agreed_points=3, stays_apart=("council",), parked_with="Integration board")

    with pytest.raises(FieldsRefused) as refused:
        check_outcome(given, (), DAY)

    fields = {"stays_apart", "agreed_points", "why_apart", "parked_until"}
    assert set(refused.value.faults) == fields


def test_who_agrees_to_differ_says_why() -> None:
    check_outcome(outcome(**APART), ["council"], DAY)

    with pytest.raises(FieldsRefused, match="Write down why somebody stays apart"):
        check_outcome(outcome(agreement=Agreement.DIFFER), (), DAY)
    with pytest.raises(FieldsRefused, match="in their words"):
        check_outcome(outcome(stays_apart=("council",)), ["council"], DAY)
    with pytest.raises(FieldsRefused, match="from the teams of this workshop"):
        check_outcome(outcome(**APART), ["trust"], DAY)


def test_what_is_parked_has_a_forum_and_a_coming_day() -> None:
    check_outcome(outcome(**FORUM), (), DAY)

    with pytest.raises(FieldsRefused, match="Choose the day"):
        check_outcome(outcome(parked_with="Integration board"), (), DAY)
    with pytest.raises(FieldsRefused, match="Name the forum"):
        check_outcome(outcome(parked_until=DAY), (), DAY)
    with pytest.raises(FieldsRefused, match="That day has passed"):
        check_outcome(outcome(**FORUM), (), DAY + timedelta(days=31))


@given(st.sampled_from(Agreement), st.none() | st.integers(0, 5), st.booleans(), st.booleans())
def test_whatever_is_let_in_can_be_acted_on(
    agreement: Agreement, points: int | None, why: bool, forum: bool
) -> None:
    said = outcome(
        agreement=agreement,
        agreed_points=points,
        why_apart="We carry the risk" if why else "",
        parked_with="Board" if forum else "",
        parked_until=DAY if forum else None,
    )
    try:
        check_outcome(said, (), DAY)
    except FieldsRefused:
        return

    settled = said.agreed_points is not None or bool(said.both_could)
    assert (said.agreement is Agreement.AGREED) == settled
    assert said.agreement is not Agreement.DIFFER or said.has_dissent


def test_every_part_that_was_said_is_said_again_and_nothing_else() -> None:
    full = outcome(
        differs="What counts as pooled.",
        kind=Conflict.PROFESSIONAL,
        one_side="Council",
        one_needs="Sight of the books",
        other_side="Everyone else",
        other_needs="A year's notice",
        both_could="One open budget",
        would_change="A shared risk log",
        **APART,
        **FORUM,
    )

    assert came_to(full, {"council": "Council, board"}) == (
        "What we see differently: What counts as pooled. Between professions",
        "Council needs: Sight of the books",
        "Everyone else needs: A year's notice",
        "Both could live with: One open budget",
        "Agreed to differ",
        "Council, board stays apart: “We carry the risk alone”",
        "What would change it: A shared risk log",
        "Parked with Integration board until 22 December 2026",
    )
    assert came_to(outcome(), {}) == ()
    agreed = outcome(agreement=Agreement.AGREED, agreed_points=2)
    assert came_to(agreed, {}) == ("Settled on 2",)


def test_a_reason_names_its_team_only_where_it_has_one() -> None:
    reason = Reason(id="r", domain="finance", number=1, said="The budget stops", team="")

    assert pointed_at(reason) == "“The budget stops”"
    assert pointed_at(reason.model_copy(update={"team": "GPs"})) == "“The budget stops” (GPs)"
    assert pointed_at(reason.model_copy(update={"times": 2})).endswith("(2 wrote this)")


def scored(facilitator: Caller, held_on: date = DAY, place: str = "Wigan") -> Workshop:
    """Reveal finance in a workshop of this place on this day."""
    draft = WorkshopDraft(
        place=Place(name=place),
        partners=[
            PartnerDraft(name, Sector.COUNCIL, (Tier.BOARD,)) for name in ("Council", "Trust")
        ],
        instrument=INSTRUMENT,
        held_on=held_on,
        holder=Holder.LAPTOP,
    )
    workshop = set_up(facilitator, draft, min(DAY, held_on))
    open_scoring(facilitator, workshop.code, ["finance"])
    for name, points in (("Council", 1), ("Trust", 4)):
        submit_score(seated(workshop, name), workshop.code, "finance", points)
    return workshop


def shown(facilitator: Caller, place: str = "Wigan") -> Workshop:
    workshop = scored(facilitator, DAY, place)
    reveal(facilitator, workshop.code)
    return workshop


def test_each_save_is_a_version_and_an_older_form_undoes_none(facilitator: Caller) -> None:
    code = shown(facilitator).code
    first = conclude(facilitator, code, outcome(differs="The books"), DAY)
    second = conclude(facilitator, code, first.model_copy(update={"differs": "The risk"}), DAY)

    assert (first.version, second.version) == (1, 2)
    assert outcomes_now(facilitator, code)["finance"].differs == "The risk"
    with pytest.raises(ChangedMeanwhile, match="Yours is still in the form"):
        conclude(facilitator, code, first.model_copy(update={"differs": "Mine"}), DAY)


def test_details_of_a_person_are_asked_about_in_any_text(facilitator: Caller) -> None:
    code = shown(facilitator).code
    typed = outcome(would_change="Ask anna@trust.example")

    with pytest.raises(LooksPersonal):
        conclude(facilitator, code, typed, DAY)
    assert conclude(facilitator, code, typed, DAY, sure=True).version == 1


def test_only_the_facilitator_concludes_and_only_on_a_domain_there_is(facilitator: Caller) -> None:
    workshop = shown(facilitator)

    with pytest.raises(NotSignedIn):
        conclude(seated(workshop, "Council"), workshop.code, outcome(differs="x"), DAY)
    with pytest.raises(NotScored):
        conclude(facilitator, workshop.code, outcome(domain="weather"), DAY)
    assert outcomes_now(facilitator, workshop.code) == {}


def test_the_next_workshop_opens_with_the_dissent_once_it_has_scored(facilitator: Caller) -> None:
    place = "Ashton"
    before = scored(facilitator, DAY, place)
    reveal(facilitator, before.code)
    council = before.teams[0].id
    conclude(facilitator, before.code, outcome(**APART | {"stays_apart": (council,)}, **FORUM), DAY)
    other = scored(facilitator, DAY, "Wigan")
    reveal(facilitator, other.code)
    after = scored(facilitator, DAY + timedelta(days=180), place)

    assert dissent_before(facilitator, after.code) == ()
    reveal(facilitator, after.code)
    ((where, left, _),) = dissent_before(facilitator, after.code)
    assert (where.id, left.why_apart) == (before.id, "We carry the risk alone")
    assert dissent_before(facilitator, other.code) == ()
    assert dissent_before(facilitator, before.code) == ()


def test_what_was_settled_does_not_open_the_next_workshop(facilitator: Caller) -> None:
    before = scored(facilitator, DAY, "Leigh")
    reveal(facilitator, before.code)
    agreed = outcome(agreement=Agreement.AGREED, agreed_points=2, differs="The books")
    conclude(facilitator, before.code, agreed, DAY)
    after = scored(facilitator, DAY, "leigh")
    reveal(facilitator, after.code)

    assert dissent_before(facilitator, after.code) == ()
    assert made(facilitator, "Council", "Trust")  # another place changes nothing


def test_an_action_is_carried_to_the_two_partners_who_stand_furthest_apart(
    facilitator: Caller,
) -> None:
    workshop = made(facilitator, "Council", "Trust", "GPs", holder=Holder.LAPTOP)
    open_scoring(facilitator, workshop.code, ["finance"])
    for name, points in (("Council", 1), ("Trust", 4), ("GPs", 2)):
        submit_score(seated(workshop, name), workshop.code, "finance", points)
    assert owners_of(shown_now(facilitator, workshop.code), "finance", None) == ()
    reveal(facilitator, workshop.code)
    ids = {team.partner.name: team.partner.id for team in workshop.teams}
    gps = Group(id=ids["GPs"], name="GPs", slot=2)

    furthest = owners_of(shown_now(facilitator, workshop.code), "finance", None)
    assert furthest == (ids["Council"], ids["Trust"])
    assert owners_of(shown_now(facilitator, workshop.code), "finance", gps) == (
        ids["GPs"],
        ids["Trust"],
    )
    assert owners_of(shown_now(facilitator, workshop.code), "culture", None) == ()
