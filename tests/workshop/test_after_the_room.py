"""What is looked back on, corrected, erased or carried elsewhere after the room has gone home."""

import csv
import io
from datetime import datetime, timedelta

import pytest

from aqua_core.errors import (
    AlreadyThere,
    FieldsRefused,
    LooksPersonal,
    StillSealed,
    WorkshopClosed,
    WorthAsking,
)
from aqua_core.vocabulary import (
    Agreement,
    Answer,
    Help,
    Holder,
    Outcome,
    Progress,
    SupportDraft,
    Wording,
    Workshop,
)
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import (
    agreement_is_real,
    cards_now,
    run_timer,
    take_topic,
    timer_now,
)
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.cycling import answer_action, open_actions_now
from aqua_core.workshop.exporting import open_pack, plan_csv, report_page, session_pack
from aqua_core.workshop.importing import differences_in, take_differences
from aqua_core.workshop.joining import take_seat
from aqua_core.workshop.noting import (
    conclude,
    dissent_before,
    give_reason,
    reasons_now,
    show_reason,
    write_down,
)
from aqua_core.workshop.planning import ask_support, capture_action
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from pages import _way
from tests.kit.looking import press, words
from tests.kit.notation import made, seated
from tests.kit.planned import DAY, LATER, drafted, met, planned

NOON = datetime(2026, 11, 22, 12)


def scored(facilitator: Caller, workshop: Workshop) -> str:
    """Reveal the first domain, on which every team has a seat; give its key."""
    domain = workshop.instrument.domains[0].key
    open_scoring(facilitator, workshop.code, [domain])
    for number, team in enumerate(workshop.teams):
        seat = Caller(seat=take_seat(Caller(), workshop.code, team.id, sure=True))
        submit_score(seat, workshop.code, domain, number % 6)
    reveal(facilitator, workshop.code)
    return domain


def differs(domain: str, **said: object) -> Outcome:
    left = {"domain": domain, "agreement": Agreement.DIFFER, "why_apart": "We carry the risk"}
    return Outcome.model_validate(left | said)


def carried(facilitator: Caller, workshop: Workshop) -> Workshop:
    """Take a workshop to another laptop: pack it, erase it here, and open the pack."""
    raw = session_pack(facilitator, workshop.code)
    close_workshop(facilitator, workshop.code)
    erase_workshop(facilitator, workshop.code, workshop.code)
    return open_pack(facilitator, raw)


def test_who_stays_apart_need_not_be_named(looks, facilitator) -> None:
    before, after = met(facilitator, DAY), met(facilitator, LATER)
    domain = scored(facilitator, before)
    scored(facilitator, after)
    conclude(facilitator, before.code, differs(domain), DAY)

    for workshop in (before, after):
        seen = words(looks(facilitator, _way.TALK, workshop.code)).replace("\\", "")
        assert "Somebody stays apart: “We carry the risk”" in seen


def test_what_was_left_open_is_read_anew_and_goes_when_it_is_erased(facilitator: Caller) -> None:
    before, after = met(facilitator, DAY), met(facilitator, LATER)
    domain = scored(facilitator, before)
    scored(facilitator, after)
    first = conclude(facilitator, before.code, differs(domain), DAY)
    assert dissent_before(facilitator, after.code)

    conclude(facilitator, before.code, first.model_copy(update={"why_apart": "No ledger"}), DAY)
    ((_, left, _),) = dissent_before(facilitator, after.code)
    assert left.why_apart == "No ledger"
    close_workshop(facilitator, before.code)
    erase_workshop(facilitator, before.code, before.code)
    assert dissent_before(facilitator, after.code) == ()


def test_what_was_left_open_comes_past_a_workshop_that_nobody_scored_in(
    facilitator: Caller,
) -> None:
    before, empty, after = (met(facilitator, day) for day in (DAY, DAY, LATER))
    domain = scored(facilitator, before)
    scored(facilitator, after)
    conclude(facilitator, before.code, differs(domain), DAY)

    ((last, *_),) = dissent_before(facilitator, after.code)

    assert last.code == before.code != empty.code


DEEDS = {
    "note": lambda who, code, domain: write_down(who, code, domain, "After the day"),
    "card": lambda who, code, domain: take_topic(who, code, domain),
    "real": lambda who, code, domain: agreement_is_real(who, code, "We share a rota"),
    "timer": lambda who, code, domain: run_timer(who, code, 5, NOON),
    "outcome": lambda who, code, domain: conclude(who, code, differs(domain), DAY),
}


@pytest.mark.slow
@pytest.mark.parametrize("deed", DEEDS)
def test_a_pack_that_was_opened_is_to_look_at_and_its_plan_to_follow_up(
    deed: str, facilitator: Caller
) -> None:
    workshop = met(facilitator)
    domain = scored(facilitator, workshop)
    opened = carried(facilitator, workshop)

    with pytest.raises(WorkshopClosed):
        DEEDS[deed](facilitator, opened.code, domain)
    assert capture_action(facilitator, opened.code, drafted(opened), DAY).version == 1


@pytest.mark.slow
def test_a_pack_opens_whatever_marks_were_typed(facilitator: Caller) -> None:
    workshop = met(facilitator)
    domain = scored(facilitator, workshop)
    for text in ("cafe\u200b\u0301 visits", "a\x0bb\u0301", "a\u0085\u0301", "a\u2028b", "'=1+1"):
        write_down(facilitator, workshop.code, domain, text)

    assert carried(facilitator, workshop).place == workshop.place


def test_of_one_day_an_opened_pack_came_before_what_is_set_up(facilitator: Caller) -> None:
    first = met(facilitator, DAY)
    action = planned(facilitator, first)
    raw = session_pack(facilitator, first.code)
    close_workshop(facilitator, first.code)
    erase_workshop(facilitator, first.code, first.code)
    second = met(facilitator, DAY)
    open_pack(facilitator, raw)

    assert [action.action.id for action in open_actions_now(facilitator, second.code)] == [
        action.id
    ]


def test_a_shown_reason_keeps_the_team_that_it_was_shown_with(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    seat = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ["finance"])
    said = Wording(said="We see it daily", with_team=True)
    give_reason(seat, workshop.code, "finance", said, meant=1)
    reveal(facilitator, workshop.code)
    show_reason(facilitator, workshop.code, reasons_now(facilitator, workshop.code)[0].id)
    open_scoring(facilitator, workshop.code, ["culture"])
    take_seat(seat, workshop.code, workshop.teams[1].id)

    assert [reason.team for reason in reasons_now(facilitator, workshop.code)] == ["Council"]


def test_an_agreement_is_real_on_the_scores_it_was_said_of(facilitator: Caller) -> None:
    workshop = met(facilitator)
    with pytest.raises(StillSealed):
        agreement_is_real(facilitator, workshop.code, "We share a rota")
    scored(facilitator, workshop)
    agreement_is_real(facilitator, workshop.code, "We share a rota")
    assert "" in cards_now(facilitator, workshop.code).acts

    scored(facilitator, workshop)

    assert "" not in cards_now(facilitator, workshop.code).acts


def test_an_outcome_is_of_revealed_scores_and_sealed_with_them(facilitator: Caller) -> None:
    workshop = met(facilitator)
    domain = workshop.instrument.domains[0].key
    with pytest.raises(StillSealed):
        conclude(facilitator, workshop.code, differs(domain), DAY)
    scored(facilitator, workshop)
    conclude(facilitator, workshop.code, differs(domain), DAY)
    assert b"We carry the risk" in report_page(facilitator, workshop.code)

    open_scoring(facilitator, workshop.code, [domain])

    assert b"We carry the risk" not in report_page(facilitator, workshop.code)


def test_a_parked_question_can_be_corrected_after_its_day(facilitator: Caller) -> None:
    workshop = met(facilitator)
    domain = scored(facilitator, workshop)
    parked = {"parked_with": "Board", "parked_until": DAY + timedelta(days=7)}
    kept = conclude(facilitator, workshop.code, differs(domain, **parked), DAY)
    later = DAY + timedelta(days=8)

    mended = kept.model_copy(update={"why_apart": "We carry it alone"})
    assert conclude(facilitator, workshop.code, mended, later).version == 2
    typed = differs(domain, version=2, **parked | {"parked_with": "Jo, 0161 496 0000"})
    with pytest.raises(LooksPersonal):
        conclude(facilitator, workshop.code, typed, DAY)


def test_one_yes_answers_only_what_was_asked(facilitator: Caller) -> None:
    workshop = met(facilitator)
    far = drafted(workshop, review_on=DAY.replace(year=DAY.year + 3), measure="0161 496 0000")

    with pytest.raises(WorthAsking, match=r"Is that date right.* telephone number"):
        capture_action(facilitator, workshop.code, far, DAY)


def edited(facilitator: Caller, workshop: Workshop, *changes: dict[str, str]) -> bytes:
    page = plan_csv(facilitator, workshop.code).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(page)))
    for row, change in zip(rows, changes, strict=True):
        row |= change
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def test_every_row_of_a_file_is_asked_about(facilitator: Caller) -> None:
    workshop = met(facilitator)
    planned(facilitator, workshop, "One test")
    planned(facilitator, workshop, "Other test")
    page = edited(
        facilitator, workshop, {"review_date": "2035-01-01"}, {"measure": "0161 496 0000"}
    )

    with pytest.raises(WorthAsking, match=r"Row 2: .*Row 3: .*telephone"):
        take_differences(facilitator, workshop.code, page, DAY)


def test_two_tests_change_places_and_a_padded_id_is_known(facilitator: Caller) -> None:
    workshop = met(facilitator)
    first = planned(facilitator, workshop, "One test")
    second = planned(facilitator, workshop, "Other test")
    by_id = {first.id: "Other test", second.id: "One test"}
    page = plan_csv(facilitator, workshop.code).decode("utf-8-sig")
    ids = [row["action_id"] for row in csv.DictReader(io.StringIO(page))]
    changes = [{"action_id": f" {id_} ", "small_test": by_id[id_]} for id_ in ids]

    assert (
        len(
            differences_in(facilitator, workshop.code, edited(facilitator, workshop, *changes), DAY)
        )
        == 2
    )


def test_support_is_asked_for_once(facilitator: Caller) -> None:
    workshop = met(facilitator)
    asked = SupportDraft(kind=Help.COACHING, wanted="Coaching for the board")
    ask_support(facilitator, workshop.code, asked)

    with pytest.raises(AlreadyThere):
        ask_support(facilitator, workshop.code, asked)


def test_a_review_at_the_end_of_all_days_is_drawn(looks, facilitator) -> None:
    workshop = met(facilitator)
    far = drafted(workshop, review_on=DAY.replace(year=9999))
    capture_action(facilitator, workshop.code, far, DAY, sure=True)
    app = looks(facilitator, _way.PLAN, workshop.code)

    next(group for group in app.get("button_group") if group.label == "View").set_value("Reviews")
    app.run()

    assert "22 November 9999" in words(app)


def test_only_for_you_leaves_when_the_workshop_is_erased_under_it(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    seat = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ["finance"])
    submit_score(seat, workshop.code, "finance", 3)
    give_reason(seat, workshop.code, "finance", Wording(said="The rota"), meant=1)
    reveal(facilitator, workshop.code)
    app = looks(facilitator, _way.ONLY_FOR_YOU, workshop.code)
    press(app, "Nobody else sees this screen")
    erase_workshop(facilitator, workshop.code, workshop.code)

    press(app, "Show")

    assert "No open workshop has this code" in words(app)


def test_an_unknown_team_cannot_stay_apart(facilitator: Caller) -> None:
    workshop = met(facilitator)
    domain = scored(facilitator, workshop)

    with pytest.raises(FieldsRefused, match="Choose who stays apart"):
        conclude(facilitator, workshop.code, differs(domain, stays_apart=("nobody",)), DAY)


def test_the_report_tells_of_a_second_look_and_of_the_reasons_that_were_shown(
    facilitator: Caller,
) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    seats = {name: seated(workshop, name) for name in ("Council", "Trust")}
    for number, points in enumerate(((0, 4), (2, 3)), start=1):
        open_scoring(facilitator, workshop.code, ["finance"])
        for (name, seat), given in zip(seats.items(), points, strict=True):
            submit_score(seat, workshop.code, "finance", given)
            said = Wording(said=f"{name} in round {number}")
            give_reason(seat, workshop.code, "finance", said, meant=number)
        reveal(facilitator, workshop.code)
    shown = next(
        reason
        for reason in reasons_now(facilitator, workshop.code)
        if reason.said == "Trust in round 2"
    )
    show_reason(facilitator, workshop.code, shown.id)

    report = report_page(facilitator, workshop.code).decode()

    assert "2 of 2 moved, 1 of them up" in report
    assert "Trust in round 2" in report
    assert "Council in round" not in report


def test_a_card_taken_up_stops_the_time_of_the_one_before(facilitator: Caller) -> None:
    workshop = met(facilitator)
    domain = scored(facilitator, workshop)
    run_timer(facilitator, workshop.code, 5, NOON)

    take_topic(facilitator, workshop.code, domain)

    assert timer_now(facilitator, workshop.code) is None


def test_the_room_says_which_domain_is_looked_at_again(looks, facilitator) -> None:
    workshop = met(facilitator)
    domain = scored(facilitator, workshop)
    open_scoring(facilitator, workshop.code, [domain])

    seen = words(looks(facilitator, _way.ROOM, workshop.code))

    assert "Scoring now: **Leadership**, second look" in seen


def test_a_closed_workshop_offers_no_hand_on_its_cards(looks, facilitator) -> None:
    workshop = met(facilitator)
    scored(facilitator, workshop)
    close_workshop(facilitator, workshop.code)

    app = looks(facilitator, _way.TALK, workshop.code)

    assert not app.exception
    assert not {"Take it up", "Write it down", "Keep it"} & {button.label for button in app.button}


def test_what_was_parked_and_has_come_says_so_on_last_time(looks, facilitator) -> None:
    before, after = met(facilitator, DAY), met(facilitator, LATER)
    domain = scored(facilitator, before)
    scored(facilitator, after)
    parked = {"parked_with": "Board", "parked_until": DAY + timedelta(days=7)}
    conclude(facilitator, before.code, differs(domain, **parked), DAY)

    app = looks(facilitator, _way.TALK, after.code)

    assert "Board was to take it up by 29 November 2026" in words(app)
    assert "Write it down" in [button.label for button in app.button]


def test_the_next_plan_shows_what_became_of_the_last(looks, facilitator) -> None:
    before, after = met(facilitator, DAY), met(facilitator, LATER)
    action = planned(facilitator, before)
    said = Answer(action_id=action.id, answer=Progress.MOVED, said="Nine a week")
    answer_action(facilitator, after.code, said, DAY)

    seen = words(looks(facilitator, _way.PLAN, after.code)).replace("\\", "")

    assert "From earlier workshops" in seen
    assert "It made progress: Nine a week" in seen
