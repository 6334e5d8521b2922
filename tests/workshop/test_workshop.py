"""A workshop from set up to export, on a real file: what people do, and what they may not."""

import itertools
import random
import threading
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from aqua_core.errors import (
    AlreadyThere,
    ChoiceRefused,
    DateRefused,
    FileUnusable,
    LinkSpent,
    NoSeat,
    NoSuchTeam,
    NoSuchWorkshop,
    NothingToReveal,
    NotScored,
    NotSignedIn,
    Refusal,
    RoundClosed,
    ScoreRefused,
    TextRefused,
)
from aqua_core.store.database import close_database, open_database
from aqua_core.vocabulary import (
    CANNOT_SAY,
    CODE_LETTERS,
    Action,
    Compare,
    Holder,
    Place,
    Score,
    Sector,
    Stage,
    Tier,
)
from aqua_core.workshop import revealing, scoring, showing
from aqua_core.workshop.admitting import Caller, may_facilitate, new_secret
from aqua_core.workshop.exporting import (
    plan_csv,
    plan_workbook,
    report_page,
    review_calendar,
    session_pack,
)
from aqua_core.workshop.joining import my_result, my_team, take_seat, workshop_to_join
from aqua_core.workshop.noting import heard_so_far, write_down
from aqua_core.workshop.planning import capture_action, edit_action
from aqua_core.workshop.reading import room_now, stage_now, workshop_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.sampling import try_sample
from aqua_core.workshop.scoring import Meant, my_ballot, submit_score
from aqua_core.workshop.setting_up import PartnerDraft, WorkshopDraft, set_up, workshops_here
from aqua_core.workshop.showing import results_now, shown_now, tells_now
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in
from tests.kit import engines
from tests.kit.notation import ALL, DAY, INSTRUMENT, made, seated
from tests.kit.planned import draft, plan_now

SAMPLE = Path(__file__).parents[2] / "data" / "places" / "sample.csv"


# Sign in


def test_a_sign_in_link_works_once(room_file: Path) -> None:
    link = new_sign_in_link()

    secret = sign_in(link)

    assert may_facilitate(Caller(facilitator=secret))
    with pytest.raises(LinkSpent, match="already used"):
        sign_in(link)


@pytest.mark.parametrize("forged", ["", "x", "' OR 1=1 --", "é", "y" * 10_000])
def test_a_forged_cookie_is_no_cookie(room_file: Path, forged: str) -> None:
    assert not may_facilitate(Caller(facilitator=forged))


@pytest.mark.parametrize("forged", ["", "x", "é", "🏥"])
def test_a_link_that_was_never_given_out_is_refused(room_file: Path, forged: str) -> None:
    with pytest.raises(LinkSpent):
        sign_in(forged)


def test_a_short_secret_is_replaced_by_a_real_one(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")

    secret = take_seat(Caller(seat="x"), workshop.code, workshop.teams[0].id)

    assert len(secret) == 43


def test_a_double_tap_on_a_team_makes_one_seat(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    ticket = Caller(seat=new_secret())

    first = take_seat(ticket, workshop.code, workshop.teams[0].id)
    second = take_seat(ticket, workshop.code, workshop.teams[0].id)

    assert first == second == ticket.seat
    assert room_now(facilitator, workshop.code).seats == 1


def test_the_file_holds_no_secret(facilitator: Caller, room_file: Path) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seat = seated(workshop, "Council")
    close_database()

    kept = engines.held_in(room_file)

    assert facilitator.facilitator.encode() not in kept
    assert seat.seat.encode() not in kept


# Set up


def test_a_workshop_gets_a_code_of_four_clear_letters_and_digits_and_of_eight_where_hosted(
    facilitator: Caller,
) -> None:
    workshop = made(facilitator, "Council", "Trust", tiers=(Tier.BOARD, Tier.FRONT_LINE))

    assert len(workshop.code) == (8 if engines.POSTGRESQL else 4)
    assert set(workshop.code) <= set(CODE_LETTERS)
    assert not set(CODE_LETTERS) & set("01ILOU")
    assert [team.name for team in workshop.teams] == [
        *("Council, board", "Council, front line", "Trust, board", "Trust, front line")
    ]
    assert workshop_now(facilitator, workshop.code.lower()) == workshop


@pytest.mark.parametrize(
    ("partners", "refused"),
    [
        ([], ChoiceRefused),
        (["Council"], ChoiceRefused),
        (["Council", "council "], AlreadyThere),
        (["Council", "Ｃouncil"], AlreadyThere),
        (["Council", "<b>"], TextRefused),
        (["Council", "x" * 10_000], TextRefused),
        ([f"P{n}" for n in range(41)], ChoiceRefused),
    ],
)
def test_a_room_that_cannot_be_gets_a_sentence_and_nothing_is_made(
    facilitator: Caller, partners: list[str], refused: type[Refusal]
) -> None:
    with pytest.raises(refused):
        made(facilitator, *partners)

    assert workshops_here(facilitator) == ()


def test_a_date_in_the_past_is_refused(facilitator: Caller) -> None:
    draft = WorkshopDraft(
        place=Place(name="Salford"),
        partners=[PartnerDraft(n, Sector.COUNCIL, (Tier.BOARD,)) for n in ("A", "B")],
        instrument=INSTRUMENT,
        held_on=DAY - timedelta(days=1),
        holder=Holder.PERSON,
    )

    with pytest.raises(DateRefused, match=r"has passed \(21 November 2026\)"):
        set_up(facilitator, draft, DAY)


def test_a_long_partner_has_teams_at_every_tier(facilitator: Caller) -> None:
    name = "Central Manchester University Hospitals"

    workshop = made(facilitator, name, "Council", tiers=tuple(Tier))

    assert f"{name}, front line" in [team.name for team in workshop.teams]


def test_a_partner_without_a_tier_is_asked_for_one(facilitator: Caller) -> None:
    with pytest.raises(ChoiceRefused, match="tier for Council"):
        made(facilitator, "Council", "Trust", tiers=())


# Join


def test_a_device_keeps_its_seat(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    device = seated(workshop, "Council")

    again = take_seat(device, workshop.code, workshop.teams[0].id)

    assert again == device.seat
    assert room_now(facilitator, workshop.code).seats == 1


def test_a_seat_may_move_until_a_score_of_it_is_revealed(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    device = seated(workshop, "Council")
    take_seat(device, workshop.code, workshop.teams[1].id)
    open_scoring(facilitator, workshop.code, ALL)
    submit_score(device, workshop.code, "culture", 3)
    take_seat(device, workshop.code, workshop.teams[0].id)
    reveal(facilitator, workshop.code)

    with pytest.raises(RoundClosed, match="revealed with your team"):
        take_seat(device, workshop.code, workshop.teams[1].id)

    team = my_team(device, workshop.code)
    assert team
    assert team.name == "Council"


def test_nobody_joins_a_workshop_or_a_team_that_is_not_there(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    other = made(facilitator, "Hospital", "GPs")

    with pytest.raises(NoSuchWorkshop, match="No open workshop has this code"):
        workshop_to_join("ZZZZ")
    with pytest.raises(NoSuchTeam):
        take_seat(Caller(), workshop.code, other.teams[0].id)


def test_a_seat_of_one_workshop_is_none_in_another(facilitator: Caller) -> None:
    one, other = made(facilitator, "A", "B"), made(facilitator, "A", "B")
    device = seated(one, "A")
    open_scoring(facilitator, other.code, ALL)

    assert my_team(device, other.code) is None
    with pytest.raises(NoSeat):
        submit_score(device, other.code, "culture", 3)


# Score


def test_a_score_is_saved_and_a_change_of_mind_replaces_it(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    device = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ALL)

    submit_score(device, workshop.code, "culture", 3)
    submit_score(device, workshop.code, "culture", 3)
    submit_score(device, workshop.code, "leadership", CANNOT_SAY)
    saved = submit_score(device, workshop.code, "culture", 0)

    assert saved.taps == {"culture": 2, "leadership": 1}
    assert saved.answers == {"culture": 0, "leadership": CANNOT_SAY}
    assert [domain.key for domain in my_ballot(device, workshop.code).domains] == ALL


def test_scores_are_refused_with_the_reason(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    device = seated(workshop, "Council")
    with pytest.raises(NotScored, match="has not opened"):
        submit_score(device, workshop.code, "culture", 3)
    open_scoring(facilitator, workshop.code, ["culture"])

    for given, domain, refused in [
        (6, "culture", ScoreRefused),
        (True, "culture", ScoreRefused),
        (3, "finance", NotScored),
        (3, "nothing", NotScored),
    ]:
        with pytest.raises(refused):
            submit_score(device, workshop.code, domain, given)
    with pytest.raises(NoSeat):
        submit_score(Caller(seat="forged"), workshop.code, "culture", 3)
    submit_score(device, workshop.code, "culture", 3)
    reveal(facilitator, workshop.code)
    with pytest.raises(RoundClosed, match="Your last saved score stands"):
        submit_score(device, workshop.code, "culture", 5)


@pytest.mark.slow
def test_thirty_two_seats_at_once_lose_and_double_nothing(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    devices = [seated(workshop, "Council") for _ in range(32)]
    open_scoring(facilitator, workshop.code, ALL)
    faults: list[BaseException] = []

    def score(device: Caller, points: int) -> None:
        try:
            for domain in ALL:
                submit_score(device, workshop.code, domain, points)
        except BaseException as fault:
            faults.append(fault)

    threads = [
        threading.Thread(target=score, args=(device, number % 6))
        for number, device in enumerate(devices)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert room_now(facilitator, workshop.code).finished == 32
    for number, device in enumerate(devices):
        assert set(my_ballot(device, workshop.code).answers.values()) == {number % 6}


# Reveal


def test_before_the_reveal_only_counts_are_seen(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    device = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ALL)
    submit_score(device, workshop.code, "culture", 4)

    now = room_now(facilitator, workshop.code)

    assert now.stage is Stage.SCORING
    assert [(of_team.team.name, of_team.finished, of_team.seats) for of_team in now.progress] == [
        ("Council", 0, 1),
        ("Trust", 0, 0),
    ]
    assert shown_now(facilitator, workshop.code).gaps[Compare.PARTNER] == ()
    assert my_result(device, workshop.code) == ()
    assert shown_now(facilitator, workshop.code).domains == ()
    assert "culture" not in shown_now(facilitator, workshop.code).by_domain(Compare.PARTNER)


@pytest.mark.slow
def test_whatever_is_sealed_changes_nothing_that_anybody_can_read(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    voter, watcher = seated(workshop, "Council"), seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ALL)
    capture_action(facilitator, workshop.code, draft(workshop), DAY)

    def everything_readable() -> list[object]:
        return [
            room_now(facilitator, workshop.code),
            stage_now(workshop.code),
            *(shown_now(facilitator, workshop.code).gaps[compare] for compare in Compare),
            shown_now(facilitator, workshop.code),
            tells_now(facilitator, workshop.code),
            my_ballot(watcher, workshop.code),
            my_result(watcher, workshop.code),
            my_result(voter, workshop.code),
            plan_csv(facilitator, workshop.code),
            plan_workbook(facilitator, workshop.code),
            report_page(facilitator, workshop.code),
            review_calendar(facilitator, workshop.code),
            workshop_now(facilitator, workshop.code),
            workshop_to_join(workshop.code),
            workshops_here(facilitator),
        ]

    submit_score(voter, workshop.code, "culture", 0)
    before = everything_readable()
    for given in (5, 3, CANNOT_SAY, 1):
        submit_score(voter, workshop.code, "culture", given)

        assert everything_readable() == before


def test_a_tap_that_arrives_a_round_late_is_refused_and_changes_nothing(
    facilitator: Caller,
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    device = seated(workshop, "Council")
    for _ in range(2):
        open_scoring(facilitator, workshop.code, ["culture"])
        submit_score(device, workshop.code, "culture", 3)
        reveal(facilitator, workshop.code)
    open_scoring(facilitator, workshop.code, ["culture"])

    for late in (1, 2, 4):
        with pytest.raises(RoundClosed):
            submit_score(device, workshop.code, "culture", 5, Meant(late, 0))

    assert my_ballot(device, workshop.code).answers == {}
    saved = submit_score(device, workshop.code, "culture", 5, Meant(3, 0))
    assert saved.answers == {"culture": 5}


def test_a_tap_that_was_given_up_never_overtakes_a_newer_one(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    device = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ["culture"])
    submit_score(device, workshop.code, "culture", 4, Meant(1, 0))

    late = submit_score(device, workshop.code, "culture", 3, Meant(1, 0))
    retried = submit_score(device, workshop.code, "culture", 4, Meant(1, 0))

    assert late == retried == ({"culture": 4}, {"culture": 1})
    assert my_ballot(device, workshop.code).answers == {"culture": 4}
    assert submit_score(device, workshop.code, "culture", 3, Meant(1, 1)).answers == {"culture": 3}


def test_the_room_counts_answers_as_they_come(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    council, trust = seated(workshop, "Council"), seated(workshop, "Trust")
    open_scoring(facilitator, workshop.code, ["culture", "leadership"])

    submit_score(council, workshop.code, "culture", 3)
    submit_score(council, workshop.code, "culture", 4)
    submit_score(trust, workshop.code, "leadership", CANNOT_SAY)

    now = room_now(facilitator, workshop.code)
    assert (now.answers, now.asked) == (2, 4)
    assert (now.finished, now.seats) == (0, 2)


def test_a_reveal_shows_what_was_scored_and_cannot_be_taken_back(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    council = [seated(workshop, "Council") for _ in range(3)]
    trust = [seated(workshop, "Trust") for _ in range(3)]
    open_scoring(facilitator, workshop.code, ["culture"])
    for device in council:
        submit_score(device, workshop.code, "culture", 1)
    for device in trust:
        submit_score(device, workshop.code, "culture", 4)

    reveal(facilitator, workshop.code)

    (culture,) = shown_now(facilitator, workshop.code).gaps[Compare.PARTNER]
    assert (culture.lowest.group.name, culture.width) == ("Council", 3.0)
    assert stage_now(workshop.code) is Stage.REVEALED
    (mine,) = my_result(council[0], workshop.code)
    assert (mine.lowest, mine.highest, mine.figure, mine.mine) == (1.0, 4.0, 1.0, 1)
    with pytest.raises(NothingToReveal):
        reveal(facilitator, workshop.code)


def test_a_reveal_is_worked_out_once_before_anybody_is_told(
    facilitator: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seat = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ALL)
    submit_score(seat, workshop.code, "leadership", 3)
    results_now(facilitator, workshop.code)  # Room is open, and asked since the last vote
    happened: list[str] = []
    read, tell = showing.casts_of, revealing.changed
    monkeypatch.setattr(
        showing, "casts_of", lambda *of, **how: happened.append("read") or read(*of, **how)
    )
    monkeypatch.setattr(revealing, "changed", lambda *of: happened.append("told") or tell(*of))

    reveal(facilitator, workshop.code)
    results_now(facilitator, workshop.code)

    assert happened == ["read", "told"]


def test_a_second_look_is_a_sealed_round_two_and_round_one_stays_hidden_meanwhile(
    facilitator: Caller,
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    device = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ["culture"])
    submit_score(device, workshop.code, "culture", 1)
    reveal(facilitator, workshop.code)

    open_scoring(facilitator, workshop.code, ["culture"])

    assert my_ballot(device, workshop.code).answers == {}
    assert shown_now(facilitator, workshop.code).gaps[Compare.PARTNER] == ()
    submit_score(device, workshop.code, "culture", 5)
    reveal(facilitator, workshop.code)
    assert my_result(device, workshop.code)[0].mine == 5


@pytest.mark.parametrize("holder", ["nobody", "a seat"])
def test_every_act_of_the_facilitator_is_refused_to_others(
    facilitator: Caller, holder: str
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seat = seated(workshop, "Council")
    other = seat if holder == "a seat" else Caller()
    code = workshop.code

    for act in (
        lambda: made(other, "A", "B"),
        lambda: workshops_here(other),
        lambda: workshop_now(other, code),
        lambda: room_now(other, code),
        lambda: open_scoring(other, code, ALL),
        lambda: reveal(other, code),
        lambda: shown_now(other, code),
        lambda: tells_now(other, code),
        lambda: write_down(other, code, "culture", "heard"),
        lambda: heard_so_far(other, code, "culture"),
        lambda: plan_now(other, code),
        lambda: plan_csv(other, code),
        lambda: plan_workbook(other, code),
        lambda: report_page(other, code),
        lambda: review_calendar(other, code),
        lambda: session_pack(other, code),
        lambda: capture_action(other, code, draft(workshop), DAY),
        lambda: edit_action(
            other, code, Action(id="a", version=1, **draft(workshop).model_dump()), DAY
        ),
        lambda: try_sample(other, SAMPLE, INSTRUMENT, DAY),
    ):
        with pytest.raises(NotSignedIn):
            act()
    assert stage_now(code) is Stage.WELCOME


def test_a_second_round_that_nobody_scores_does_not_hide_the_first(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    council, trust = seated(workshop, "Council"), seated(workshop, "Trust")
    open_scoring(facilitator, workshop.code, ["culture"])
    submit_score(council, workshop.code, "culture", 1)
    submit_score(trust, workshop.code, "culture", 4)
    reveal(facilitator, workshop.code)
    before = shown_now(facilitator, workshop.code).gaps[Compare.PARTNER]

    open_scoring(facilitator, workshop.code, ["culture"])
    reveal(facilitator, workshop.code)

    assert shown_now(facilitator, workshop.code).gaps[Compare.PARTNER] == before


# Talk


def test_what_was_heard_is_kept_in_order(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")

    write_down(facilitator, workshop.code, "culture", "We meet,\nbut nobody decides.")
    write_down(facilitator, workshop.code, "culture", "<script>alert(1)</script>")

    assert heard_so_far(facilitator, workshop.code, "culture").heard == (
        "We meet,\nbut nobody decides.",
        "<script>alert(1)</script>",
    )


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "z" * 501, "a\u202eb"])
def test_a_note_that_cannot_be_kept_gets_a_sentence(facilitator: Caller, typed: str) -> None:
    workshop = made(facilitator, "Council", "Trust")

    with pytest.raises(TextRefused):
        write_down(facilitator, workshop.code, "culture", typed)


# Leave and come back


def test_after_a_restart_everything_is_there(facilitator: Caller, room_file: Path) -> None:
    workshop = made(facilitator, "Council", "Trust")
    device = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ALL)
    submit_score(device, workshop.code, "culture", 4)
    write_down(facilitator, workshop.code, "culture", "heard")

    close_database()
    open_database(room_file)

    assert may_facilitate(facilitator)
    assert stage_now(workshop.code) is Stage.SCORING
    assert my_ballot(device, workshop.code).answers == {"culture": 4}
    assert heard_so_far(facilitator, workshop.code, "culture").heard == ("heard",)
    assert workshop_now(facilitator, workshop.code) == workshop


# The sample


def test_the_sample_is_eight_partners_at_three_tiers_sealed_and_marked(
    facilitator: Caller,
) -> None:
    workshop = try_sample(facilitator, SAMPLE, INSTRUMENT, date(2026, 11, 22))

    now = room_now(facilitator, workshop.code)
    assert workshop.invented
    assert len({team.partner.id for team in workshop.teams}) == 8
    assert {team.tier for team in workshop.teams} == set(Tier) - {Tier.NONE}
    assert (now.stage, now.seats, now.finished) == (Stage.SCORING, 72, 72)
    reveal(facilitator, workshop.code)
    assert len(shown_now(facilitator, workshop.code).gaps[Compare.PARTNER]) == 8


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "sample.csv"),
        ("", "sample.csv"),
        ("a,b\n1,2\n", "line 1: the columns must be"),
        ("{header}\nA,council,board,9,1,1,1,1,1,1,1\n", "line 2: Choose a score"),
        ("{header}\nA,council,nowhere,1,1,1,1,1,1,1,1\n", "line 2: the tier must be one of"),
        ("{header}\nA,circus,board,1,1,1,1,1,1,1,1\n", "line 2: the sector must be one of"),
        ("{header}\nA,council,board,1,1\n", "line 2: it has 5 values"),
        ("{header}\nA,council,board,x,1,1,1,1,1,1,1\n", "line 2: Choose a score"),
        ("{header}\n<b>,council,board,1,1,1,1,1,1,1,1\n", "line 2: Names can't"),
        ("{header}\n", "line 2: add a line"),
    ],
)
def test_a_broken_sample_names_the_line(
    facilitator: Caller, tmp_path: Path, text: str | None, sentence: str
) -> None:
    path = tmp_path / "sample.csv"
    if text is not None:
        path.write_text(text.replace("{header}", SAMPLE.read_text("utf-8").splitlines()[0]))

    with pytest.raises(Refusal, match=sentence):
        try_sample(facilitator, path, INSTRUMENT, DAY)
    assert workshops_here(facilitator) == ()


def test_no_vote_slips_into_a_round_that_is_being_revealed(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seats = [seated(workshop, "Council") for _ in range(6)]
    revealed, accepted_after = threading.Event(), []

    def keep_voting(seat: Caller) -> None:
        for points in itertools.cycle(range(6)):
            late = revealed.is_set()
            try:
                submit_score(seat, workshop.code, "culture", points)
            except RoundClosed:
                return
            if late:
                accepted_after.append(points)

    for _ in range(5):
        open_scoring(facilitator, workshop.code, ["culture"])
        revealed.clear()
        threads = [threading.Thread(target=keep_voting, args=(seat,)) for seat in seats]
        for thread in threads:
            thread.start()
        reveal(facilitator, workshop.code)
        revealed.set()
        shown = shown_now(facilitator, workshop.code).by_domain(Compare.PARTNER)["culture"]
        for thread in threads:
            thread.join()

        assert accepted_after == []
        assert shown_now(facilitator, workshop.code).by_domain(Compare.PARTNER)["culture"] == shown


@pytest.mark.slow
def test_what_a_vote_answers_is_what_the_file_holds(
    facilitator: Caller, room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seats = [seated(workshop, "Council") for _ in range(3)]
    open_scoring(facilitator, workshop.code, ALL)
    chance = random.Random(7)
    real = scoring.append_votes

    def sometimes(*given: Any) -> None:
        real(*given)
        if chance.random() < 0.3:
            raise FileUnusable("Not saved: the laptop could not write to its disk.")

    monkeypatch.setattr(scoring, "append_votes", sometimes)
    answered = {seat: dict[str, Score]() for seat in seats}
    for _ in range(120):
        seat, domain = chance.choice(seats), chance.choice(ALL)
        with suppress(FileUnusable):
            score = chance.choice([*range(6), CANNOT_SAY])
            answered[seat] = submit_score(seat, workshop.code, domain, score).answers
        assert my_ballot(seat, workshop.code).answers == answered[seat]
    close_database()
    open_database(room_file)

    for seat in seats:
        assert my_ballot(seat, workshop.code).answers == answered[seat]
