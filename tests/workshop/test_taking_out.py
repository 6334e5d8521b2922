"""What was written down by mistake is taken out of a plan, and put back; nothing is deleted."""

import io
import itertools
import zipfile
from datetime import timedelta

import pytest

from aqua_core.errors import (
    AlreadyThere,
    BadPlanFile,
    ChangedMeanwhile,
    NoSuchAction,
    NotSignedIn,
)
from aqua_core.store.database import reading
from aqua_core.vocabulary import (
    Action,
    Decision,
    Help,
    Scale,
    Support,
    SupportDraft,
    Unclear,
    UnclearDraft,
    Workshop,
)
from aqua_core.vocabulary.plan import MixBy
from aqua_core.vocabulary.sharing import ShareOut
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.cycling import (
    open_actions_now,
    put_back,
    save_cycle,
    start_cycle,
    take_out,
    taken_out_now,
)
from aqua_core.workshop.exporting import (
    open_pack,
    plan_csv,
    plan_workbook,
    report_page,
    review_calendar,
    session_pack,
)
from aqua_core.workshop.importing import differences_in
from aqua_core.workshop.planning import (
    Wishes,
    ask_support,
    capture_action,
    edit_action,
    plan_read,
    say_unclear,
    wishes_now,
)
from tests.kit.notation import DAY
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import LATER, cycles_now, drafted, met, plan_now, planned, studied

__all__ = ["facilitator", "room_file"]
FILES = (plan_csv, plan_workbook, report_page, review_calendar, session_pack)
_places = itertools.count()
OTHER = "If the boards meet in one room, then one of them decides"


@pytest.fixture
def place() -> str:
    return f"Town {next(_places)}"


def asked(who: Caller, workshop: Workshop, wanted: str = "How we disagree") -> object:
    return ask_support(who, workshop.code, SupportDraft(kind=Help.COACHING, wanted=wanted))


def unclear(who: Caller, workshop: Workshop) -> object:
    return say_unclear(who, workshop.code, UnclearDraft(domain="culture", points=3))


KEPT = {"action": planned, "support": asked, "statement": unclear}


def held(who: Caller, workshop: Workshop) -> set[str]:
    wishes = wishes_now(who, workshop.code)
    return {kept.id for kind in (plan_now(who, workshop.code), *wishes) for kept in kind}


def out(who: Caller, workshop: Workshop) -> set[str]:
    kinds = (Action, Support, Unclear, ShareOut)
    return {kept.id for kind in kinds for kept in taken_out_now(who, workshop.code, kind)}


@pytest.mark.parametrize("kind", KEPT)
def test_a_mistake_is_taken_out_and_put_back_and_every_version_stays(
    facilitator: Caller, place: str, kind: str
) -> None:
    workshop = met(facilitator, place=place)
    said = KEPT[kind](facilitator, workshop)

    taken = take_out(facilitator, workshop.code, said)
    assert (held(facilitator, workshop), out(facilitator, workshop)) == (set(), {said.id})
    back = put_back(facilitator, workshop.code, taken)

    assert (held(facilitator, workshop), out(facilitator, workshop)) == ({said.id}, set())
    assert back == said.model_copy(update={"version": 3})
    table = {"statement": "unclear"}.get(kind, kind)
    with reading() as cursor:
        rows = cursor.execute(
            f"SELECT version, taken_out FROM {table} WHERE id = $1 ORDER BY version", [said.id]
        ).fetchall()
    assert rows == [(1, False), (2, True), (3, False)]


@pytest.mark.parametrize("kind", KEPT)
def test_nobody_takes_out_or_puts_back_what_changed_meanwhile(
    facilitator: Caller, place: str, kind: str
) -> None:
    workshop = met(facilitator, place=place)
    said = KEPT[kind](facilitator, workshop)
    taken = take_out(facilitator, workshop.code, said)

    for shown in (said, taken):
        with pytest.raises(NoSuchAction, match=f"This {kind} is not in the plan now.*put it back"):
            take_out(facilitator, workshop.code, shown)
    with pytest.raises(ChangedMeanwhile, match=f"^Somebody changed this {kind}"):
        put_back(facilitator, workshop.code, said)
    back = put_back(facilitator, workshop.code, taken)
    with pytest.raises(AlreadyThere, match=f"This {kind} is back in the plan already"):
        put_back(facilitator, workshop.code, taken)
    for shown in (said, taken, back.model_copy(update={"version": 0})):
        with pytest.raises(ChangedMeanwhile):
            take_out(facilitator, workshop.code, shown)
    for stranger in (Caller(), Caller(wall="x" * 43)):
        for deed in (take_out, put_back):
            with pytest.raises(NotSignedIn):
                deed(stranger, workshop.code, back)
        with pytest.raises(NotSignedIn):
            taken_out_now(stranger, workshop.code, Action)

    assert held(facilitator, workshop) == {said.id}


def text_in(raw: bytes) -> str:
    """Give what a file says; a pack and a workbook are opened."""
    if not raw.startswith(b"PK"):
        return raw.decode().replace("\r\n ", "")
    with zipfile.ZipFile(io.BytesIO(raw)) as folder:
        return "".join(folder.read(name).decode(errors="replace") for name in folder.namelist())


@pytest.mark.slow
def test_what_is_taken_out_stands_nowhere_but_in_its_list(facilitator: Caller, place: str) -> None:
    workshop = met(facilitator, place=place)
    stays = planned(facilitator, workshop, "If the boards meet, then one decides")
    won = planned(facilitator, workshop, "If Mistake A", review_on=DAY + timedelta(days=5))
    lacking = planned(facilitator, workshop, "If Mistake B", prediction="")
    studied(facilitator, workshop, won, Decision.ADOPT)
    wish, said = asked(facilitator, workshop, "Mistake C"), unclear(facilitator, workshop)
    before = {page: text_in(page(facilitator, workshop.code)) for page in FILES}

    for kept in (won, lacking, wish, said):
        take_out(facilitator, workshop.code, kept)

    assert plan_now(facilitator, workshop.code) == (stays,)
    assert cycles_now(facilitator, workshop.code) == ()
    assert wishes_now(facilitator, workshop.code) == Wishes((), ())
    read = plan_read(facilitator, workshop.code, DAY)
    assert {named.action_id for named in (*read.nudges, *read.reviews, *read.due)} == {stays.id}
    assert read.wins == 0
    counted = {by: sum(mix.actions for mix in read.mixes[by]) for by in MixBy}
    assert counted == {**dict.fromkeys(MixBy, 1), MixBy.PARTNER: 2}
    for page in FILES:
        assert "Mistake" in before[page]
        assert "Mistake" not in text_in(page(facilitator, workshop.code))
    later = met(facilitator, LATER, place)
    assert [action.action.id for action in open_actions_now(facilitator, later.code)] == [stays.id]


def test_its_cycles_wait_with_it(facilitator: Caller, place: str) -> None:
    workshop = met(facilitator, place=place)
    action = planned(facilitator, workshop)
    studied(facilitator, workshop, action, Decision.ADAPT)
    before = cycles_now(facilitator, workshop.code)

    taken = take_out(facilitator, workshop.code, action)
    with pytest.raises(NoSuchAction, match="put that back first"):
        save_cycle(facilitator, workshop.code, before[-1])
    with pytest.raises(NoSuchAction, match="under Taken out"):
        start_cycle(facilitator, workshop.code, action.id, DAY)
    with pytest.raises(NoSuchAction, match="under Taken out"):
        edit_action(facilitator, workshop.code, action, DAY)
    put_back(facilitator, workshop.code, taken)

    assert len(before) == 2
    assert cycles_now(facilitator, workshop.code) == before


@pytest.mark.slow
def test_a_pack_without_what_was_taken_out_opens_again(facilitator: Caller, place: str) -> None:
    workshop = met(facilitator, place=place)
    stays, gone = planned(facilitator, workshop, OTHER), planned(facilitator, workshop)
    start_cycle(facilitator, workshop.code, gone.id, DAY)
    take_out(facilitator, workshop.code, gone)
    unsaid = edit_action(
        facilitator, workshop.code, stays.model_copy(update={"scale": Scale.UNSAID}), DAY
    )
    raw = session_pack(facilitator, workshop.code)
    close_workshop(facilitator, workshop.code)
    erase_workshop(facilitator, workshop.code, workshop.code)

    opened = open_pack(facilitator, raw)

    assert plan_now(facilitator, opened.code) == (unsaid,)
    assert out(facilitator, opened) == set()


def test_a_late_action_comes_back_with_its_day_and_never_beside_its_double(
    facilitator: Caller, place: str
) -> None:
    workshop = met(facilitator, place=place)
    action = planned(facilitator, workshop)
    taken = take_out(facilitator, workshop.code, action)
    double = capture_action(facilitator, workshop.code, drafted(workshop), DAY)

    with pytest.raises(AlreadyThere, match="This test is already in the plan"):
        put_back(facilitator, workshop.code, taken)
    take_out(facilitator, workshop.code, double)

    assert put_back(facilitator, workshop.code, taken).review_on == action.review_on


def test_an_action_of_an_earlier_workshop_is_answered_and_not_taken_out(
    facilitator: Caller, place: str
) -> None:
    first, later = met(facilitator, place=place), met(facilitator, LATER, place)
    action = planned(facilitator, first)

    with pytest.raises(NoSuchAction, match=r"plan of 22 November 2026, .* Answer it .* dropped"):
        take_out(facilitator, later.code, action)

    assert plan_now(facilitator, first.code) == (action,)


def test_a_row_of_what_was_taken_out_says_where_to_put_it_back(
    facilitator: Caller, place: str
) -> None:
    workshop = met(facilitator, place=place)
    action = planned(facilitator, workshop)
    page = plan_csv(facilitator, workshop.code)
    taken = take_out(facilitator, workshop.code, action)

    with pytest.raises(BadPlanFile) as told:
        differences_in(facilitator, workshop.code, page, DAY)

    assert str(told.value) == (
        "Row 2, action_id: this action was taken out of the plan. Put it back first, under Taken "
        "out on the Plan page; or leave the row out."
    )
    put_back(facilitator, workshop.code, taken)
    assert differences_in(facilitator, workshop.code, page, DAY) == ()
