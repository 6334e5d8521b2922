"""Who may do what: every deed and its way in, and every way in and whom it lets in."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Final, NamedTuple

import pytest

from aqua_core.errors import NoSeat, NotSignedIn
from aqua_core.store.database import reading
from aqua_core.vocabulary import Workshop
from aqua_core.workshop import admitting
from aqua_core.workshop.admitting import Caller, may_lead, may_watch, new_secret
from aqua_core.workshop.gathering import bring_to_table, set_up_gathering
from aqua_core.workshop.pairing import (
    hosts_now,
    pair_host,
    pairing_code,
    shown_on,
    stop_hosts,
    stop_walls,
    walls_now,
)
from tests.kit.looking import a_host, a_wall, an_address
from tests.kit.notation import DAY, made, seated
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]
from tests.workshop.test_ways_in import PUBLIC, short, ways_of

BY_ITS_WAY: Final = {
    "facilitating": """
        asking_beside: ask_beside ask_where_to_begin
        checking: take_on
        closing: close_workshop erase_workshop stored_now
        ending: ask_last_words show_last_words
        entering: sit_alone sit_together
        exporting: plan_csv plan_dictionary plan_workbook report_page review_calendar session_pack
        exporting: packs_to_open packs_to_take taken_now why_no_reviews
        foreseeing: choose_guard
        importing: differences_in take_differences
        naming: add_team change_names
        noting: hide_reason reasons_now show_reason
        pairing: hosts_now pair_host stop_hosts
        placing: agree_next_wave next_wave_proposed
        revealing: open_scoring resume_scoring reveal take_back
        running: end_in_time end_sheet give_step_time go_on_with_sheet sheet_now start_sheet
        scheduling: answer_request
        scoring: type_paper
        offering: mirror_offered offer_mirror
        seating: change_joining expect_people joining_now put_seats_back seating_now
        seating: set_seats_aside tell_wifi
        sharing: tables_now
        showing: tells_now
        sitting_apart: invitation invitations invite join_sealed sealed_sitting set_up_sitting
        sitting_apart: withdraw
        undoing: last_done_now undo_last_done
    """,
    "managing": """
        checking: check_now check_test
        deciding: change_forum forums_now list_forum move_forum
        entering: correct_wave enter_waves put_wave_back take_wave_out
        exchanging: agree_visit change_story change_visit exchange_now move_between remarks_csv
        exchanging: tell_story
        exporting: open_pack
        following: begin_phase change_measure end_phase follow_measure impact_now put_measure_back
        following: readings_csv take_measure_out
        gathering: gatherings_now set_up_gathering
        giving: give_wave given_file given_now over_places_now publish_over_places take_given_back
        tabling: not_begun
        looking_back: place_looked_back
        measuring: correct_reading days_month_first keep_reading put_reading_back readings_brought
        measuring: take_reading_out take_readings undo_readings
        placing: change_what_is_kept close_to erase_place join_places part_places place_seen
        placing: places_now
        projecting: choose_project project_now
        rewording: own_words_at save_wording wording_seen
        sampling: try_sample
        scheduling: add_session change_programme change_session glue_of move_planned name_glue
        scheduling: plan_programme programme_report programmes_now requests_now
        setting_up: last_time_at places_before set_up workshops_here
        sharing_waves: bring_card drop_brought_card publish_band share_wave sharing_now wave_card
        sharing_waves: withdraw_wave
        sitting_apart: open_invitation
    """,
    "belonging, managing": """
        signing_in: sign_out_another signed_in_now
    """,
    "belonging": """
        hosting: link_for people_now
    """,
    "administering": """
        hosting: change_role close_account invite_person rename_organisation withdraw_invitation
    """,
    "looking_on": """
        holding_back: benchmark_is_kept_back check_benchmark_may_be_seen
    """,
    "convening": """
        gathering: bring_to_table gathering_now leave_table open_for_all part_gathering
        gathering: reveal_for_all rounds_at_tables set_up_at_table take_back_for_all
        tabling: that_may_come
    """,
    "convening, facilitating": """
        parting: erase_others packs_of_all
    """,
    "leading": """
        asking_beside: answer_together
        choosing: agreement_is_real run_timer set_topic_aside skip_topic stop_timer take_topic
        cycling: answer_action correct_cycle go_on put_back save_cycle start_cycle study_cycle
        cycling: take_out taken_out_now
        looking_back: read_fall
        missing: name_missing
        noting: conclude correct_note outcomes_out_now take_outcome_out write_down
        pairing: pair_wall stop_walls walls_now
        planning: ask_support capture_action edit_action edit_support edit_unclear say_unclear
        sharing: edit_share_out share
    """,
    "watching": """
        admitting: may_watch
        cycling: open_actions_now went_on_now
        deciding: forum_names
        following: followed_names
        looking_back: fallen_now has_earlier_waves looked_back_now
        noting: dissent_before heard_so_far
        pairing: shown_on
        planning: plan_read wishes_now
        reading: workshop_now
        seating: wifi_now
        sharing: share_out_now
        sharing_waves: beside_now has_band
        showing: results_now shown_now
        sitting_apart: sittings_now
    """,
    "watched": """
        asking_beside: asked_now
        choosing: cards_now timer_now
        ending: at_the_end
        foreseeing: expected_now foreseen_now joined_now
        joining: newest_now
        missing: missing_now
        noting: outcomes_now shown_reasons
        reading: room_now
        revealing: resumable_now
        running: step_now
        sharing: has_share_out
    """,
    "knowing": """
        asking_beside: still_to_come
        gathering: joined_by
        joining: anybody_came_after
        reading: is_over stage_now
        revealing: unseen_now
        sitting_apart: first_look_alone seen_together
    """,
    "arriving": """
        gathering: check_is_gathering places_to_join
    """,
    "visiting": """
        joining: take_seat workshop_to_join
        pairing: handed_over offered take_over
        seating: is_joining_closed
    """,
    "asking, visiting": """
        joining: seated_in
    """,
    "asking": """
        choosing: my_guesses my_timer
        ending: are_asked safe_asked
        holding_back: last_time_asked
        joining: came_after my_beside my_part my_result my_team
        offering: my_mirror
        scoring: my_ballot
        seating: my_seat
    """,
    "sitting": """
        choosing: give_guess
        ending: say_last_words say_safe
        holding_back: say_last_time
        joining: check_may_change_team
        noting: give_reason
        pairing: offer_seat
    """,
    "voting": """
        scoring: submit_score
    """,
    "voting_together": """
        scoring: submit_scores
    """,
    "": """
        admitting: codes_sat_in may_facilitate may_lead role_of sits_somewhere
        pairing: pairing_code
        seating: remember_address
        signing_in: sign_out
    """,
}
"""By the way in that a deed takes: each module, and its deeds. "" lets in who is nobody yet."""

NOBODY: Final = "nobody"
LETS_IN: Final = {
    "facilitating": {"facilitator"},
    "managing": {"facilitator"},
    "convening": {"facilitator"},
    "leading": {"facilitator", "host"},
    "watching": {"facilitator", "host", "wall"},
    "watched": {"facilitator", "host", "wall"},
    "visiting": {"facilitator", "host", "wall", "seat", "elsewhere", NOBODY},
    "knowing": {"facilitator", "host", "wall", "seat", "elsewhere", NOBODY},
    "arriving": {"facilitator", "host", "wall", "seat", "elsewhere", NOBODY},
    "asking": {"seat"},
    "sitting": {"seat"},
    "voting": {"seat"},
    "voting_together": {"seat"},
}
"""Whom a way in lets in. "elsewhere" is seat, wall and host of another workshop at once."""

Way = Callable[[Caller, str], AbstractContextManager[object]]


class Room(NamedTuple):
    """A workshop at a table of a gathering, and one caller in each role."""

    workshop: Workshop
    gathering: str
    roles: dict[str, Caller]


@pytest.fixture
def room(facilitator: Caller) -> Room:
    return a_room(facilitator)


@pytest.fixture(scope="module")
def standing(facilitator: Caller) -> Room:
    """One for all who only look whether they are let in."""
    return a_room(facilitator)


def a_room(facilitator: Caller) -> Room:
    here, there = made(facilitator, "Council", "Trust"), made(facilitator, "Council", "Trust")
    elsewhere = a_host(facilitator, there)._replace(seat=seated(there, "Trust").seat)
    roles = {
        "facilitator": facilitator,
        "host": a_host(facilitator, here),
        "wall": a_wall(facilitator, here),
        "seat": seated(here, "Council"),
        "elsewhere": elsewhere,
        NOBODY: Caller(new_secret(), new_secret(), new_secret()),
    }
    gathering = set_up_gathering(facilitator, "Masterclass", DAY, [], DAY)
    bring_to_table(facilitator, gathering.code, here.code)
    return Room(here, gathering.code, roles)


def gone_through(way: str, caller: Caller, code: str) -> None:
    if way == "watched":
        admitting.watched(caller, code, "roles", lambda _, workshop: workshop.id)
    elif way == "managing":
        with admitting.managing(caller, reading):
            pass
    elif way == "voting_together":
        with admitting.voting_together(code) as (_, _, seat_of):
            seat_of(caller)
    elif way in ("knowing", "visiting", "arriving"):
        with getattr(admitting, way)(code):
            pass
    else:
        with getattr(admitting, way)(caller, code):
            pass


def test_every_deed_has_a_row_and_takes_that_way() -> None:
    rows = {
        f"{module}.{deed}": ways
        for ways, lines in BY_ITS_WAY.items()
        for module, deeds in _by_module(lines)
        for deed in deeds
    }

    assert rows == {short(name): ", ".join(sorted(ways_of(name))) for name in PUBLIC}


def _by_module(lines: str) -> list[tuple[str, list[str]]]:
    every = [line.partition(": ") for line in lines.split("\n") if line.strip()]
    return [(module.strip(), deeds.split()) for module, _, deeds in every]


@pytest.mark.parametrize("way", LETS_IN)
@pytest.mark.parametrize("role", ["facilitator", "host", "wall", "seat", "elsewhere", NOBODY])
def test_a_way_in_lets_in_its_roles_and_nobody_else(standing: Room, way: str, role: str) -> None:
    room = standing
    caller = room.roles[role]
    code = room.gathering if way in ("convening", "arriving") else room.workshop.code

    if role in LETS_IN[way]:
        gone_through(way, caller, code)
        return
    with pytest.raises((NotSignedIn, NoSeat)):
        gone_through(way, caller, code)


def test_a_host_leads_one_workshop_until_the_facilitator_takes_it_back(room: Room) -> None:
    facilitator, host = room.roles["facilitator"], room.roles["host"]
    code = room.workshop.code
    assert (hosts_now(facilitator, code), walls_now(facilitator, code)) == (1, 1)
    assert shown_on(host) == code

    stop_walls(host, code)  # its own; it leads on
    assert (hosts_now(facilitator, code), walls_now(facilitator, code)) == (1, 0)
    assert may_lead(host, code)
    stop_hosts(facilitator, code)

    assert not may_lead(host, code)
    assert not may_watch(host, code)
    assert shown_on(host) is None


def test_only_the_facilitator_makes_a_host(room: Room) -> None:
    laptop = Caller(wall=new_secret())
    pairing = pairing_code(laptop, an_address())

    for role in ("host", "wall", "seat", "elsewhere", NOBODY):
        with pytest.raises(NotSignedIn):
            pair_host(room.roles[role], room.workshop.code, pairing)

    assert not may_lead(laptop, room.workshop.code)
