"""Who is missing: sectors that sent nobody, whom the room names, and a result without users."""

import pytest

from aqua_core.charts.sentences.missing import WITHOUT_USERS, missing_said, who_is_missing
from aqua_core.errors import LooksPersonal, NotSignedIn, TextRefused
from aqua_core.vocabulary import Holder, Missing, Place, Sector, Tier, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.exporting import report_page
from aqua_core.workshop.missing import missing_now, name_missing
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up
from aqua_core.workshop.undoing import last_done_now, undo_last_done
from pages import _way
from tests.kit.looking import a_wall, press, words
from tests.kit.notation import ALL, DAY, INSTRUMENT, seated

SECTORS = {
    "Council": Sector.COUNCIL,
    "Trust": Sector.ACUTE,
    "Carers": Sector.USERS_AND_CARERS,
}


def a_room(facilitator: Caller, place: str) -> Workshop:
    drafts = [PartnerDraft(name, sector, (Tier.BOARD,)) for name, sector in SECTORS.items()]
    drafted = WorkshopDraft(
        Place(name=place, persona=""), drafts, INSTRUMENT, DAY, Holder.LAPTOP, people=9
    )
    return set_up(facilitator, drafted, DAY)


def scored(facilitator: Caller, workshop: Workshop, *names: str) -> None:
    seats = [seated(workshop, name) for name in names]
    open_scoring(facilitator, workshop.code, ALL[:1])
    for points, seat in enumerate(seats):
        submit_score(seat, workshop.code, ALL[0], points)
    reveal(facilitator, workshop.code)


def test_sectors_are_here_sent_nobody_or_were_not_asked(facilitator: Caller) -> None:
    workshop = a_room(facilitator, "Aldwick")
    assert missing_now(facilitator, workshop.code).here == ()
    seated(workshop, "Council")

    missing = missing_now(facilitator, workshop.code)

    assert missing.here == (Sector.COUNCIL,)
    assert [partner.name for partner in missing.sent_nobody] == ["Trust", "Carers"]
    assert set(missing.not_asked) == set(Sector) - set(SECTORS.values())
    said = dict(who_is_missing(missing))
    assert said["Asked, and nobody here yet"] == "Trust and Carers"
    assert "housing" in said["Not asked"]


@pytest.mark.slow
@pytest.mark.parametrize("came", [("Council", "Trust"), ("Council", "Trust", "Carers")])
def test_a_result_without_users_and_carers_says_so(looks, facilitator: Caller, came) -> None:
    workshop = a_room(facilitator, f"Bexcombe {len(came)}")
    scored(facilitator, workshop, *came)

    gaps = words(looks(facilitator, _way.GAPS, workshop.code))
    report = report_page(facilitator, workshop.code).decode()

    assert (WITHOUT_USERS in gaps) == (WITHOUT_USERS in report) == ("Carers" not in came)
    assert ("Asked, and sent nobody: Carers." in report) == ("Carers" not in came)


def test_nobody_there_is_not_said_to_be_without_users() -> None:
    assert not Missing(here=(), sent_nobody=(), not_asked=(), named="").without_users


@pytest.mark.slow
def test_the_room_names_whom_it_misses(looks, facilitator: Caller) -> None:
    workshop = a_room(facilitator, "Cotmere")
    scored(facilitator, workshop, "Council", "Trust")
    app = looks(facilitator, _way.ROOM, workshop.code)
    (field,) = [text for text in app.text_input if "belongs here" in text.label]
    field.set_value("Landlords, and the *police*")
    press(app, "Write down who is missing")

    assert missing_now(facilitator, workshop.code).named == "Landlords, and the *police*"
    wall = looks(a_wall(facilitator, workshop), _way.ROOM, workshop.code)
    assert "Landlords, and the \\*police\\*" in words(wall)
    assert not [text for text in wall.text_input if "belongs here" in text.label]
    report = report_page(facilitator, workshop.code).decode()
    assert "The room said who is missing: Landlords, and the *police*" in report


def test_it_is_said_otherwise_taken_back_and_undone(facilitator: Caller) -> None:
    code = a_room(facilitator, "Dunholm").code
    for said in ("Landlords", "Police", ""):
        name_missing(facilitator, code, said)
        assert missing_now(facilitator, code).named == said
    last = last_done_now(facilitator, code)
    assert last
    undo_last_done(facilitator, code, last.sequence)

    assert missing_now(facilitator, code).named == "Police"


def test_groups_are_named_and_not_people(facilitator: Caller) -> None:
    code = a_room(facilitator, "Elmstow").code

    with pytest.raises(LooksPersonal):
        name_missing(facilitator, code, "jo@example.org")
    with pytest.raises(TextRefused):
        name_missing(facilitator, code, "x" * 201)
    with pytest.raises(NotSignedIn):
        name_missing(Caller(), code, "Police")
    assert missing_now(facilitator, code).named == ""
    name_missing(facilitator, code, "jo@example.org", sure=True)
    assert missing_now(facilitator, code).named == "jo@example.org"


def test_what_looks_like_a_person_is_asked_about_and_may_be_kept(
    looks, facilitator: Caller
) -> None:
    workshop = a_room(facilitator, "Eastholme")
    app = looks(facilitator, _way.ROOM, workshop.code)
    (field,) = [text for text in app.text_input if "belongs here" in text.label]
    field.set_value("Helpline 0161 496 0000")
    press(app, "Write down who is missing")
    assert "Take it out, or keep it as it is" in words(app)

    press(app, "Keep it as it is")

    assert missing_now(facilitator, workshop.code).named == "Helpline 0161 496 0000"


def test_it_is_named_after_closing_too(facilitator: Caller) -> None:
    workshop = a_room(facilitator, "Farlow")
    close_workshop(facilitator, workshop.code)

    name_missing(facilitator, workshop.code, "Faith leaders")

    assert missing_said(missing_now(facilitator, workshop.code)).endswith("Faith leaders")
