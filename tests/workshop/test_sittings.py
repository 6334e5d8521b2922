"""Several sittings of one wave: sealed until its reveal, then one room; from another laptop too."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from aqua_core.charts.sentences.places import apart_said
from aqua_core.charts.sentences.ways_back import FIRST_ALONE
from aqua_core.errors import (
    AlreadyThere,
    BadSealedFile,
    ChoiceRefused,
    DateRefused,
    NoSuchSeat,
    NotSignedIn,
    ScoringOpen,
    SeenTogether,
    SittingRefused,
)
from aqua_core.rules.shown import seen_of
from aqua_core.store.database import close_database, open_database, reading
from aqua_core.store.places import own_wave_id
from aqua_core.store.rounds import rounds_of
from aqua_core.store.seats import count_seats_there, seats_of, seats_there
from aqua_core.store.votes import casts_of
from aqua_core.vocabulary import CANNOT_SAY, OPEN, Stage, Wording, Workshop
from aqua_core.workshop import sitting_apart
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.checking import check_now
from aqua_core.workshop.closing import close_workshop, erase_workshop
from aqua_core.workshop.entering import sit_alone, sit_together
from aqua_core.workshop.exporting import report_page
from aqua_core.workshop.foreseeing import choose_guard, foreseen_now
from aqua_core.workshop.holding_back import benchmark_is_kept_back
from aqua_core.workshop.joining import take_seat
from aqua_core.workshop.noting import give_reason, reasons_now
from aqua_core.workshop.placing import place_seen, places_now
from aqua_core.workshop.reading import room_now, stage_now
from aqua_core.workshop.revealing import (
    open_scoring,
    resumable_now,
    resume_scoring,
    reveal,
    take_back,
    unseen_now,
)
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.seating import seating_now, set_seats_aside
from aqua_core.workshop.showing import results_now, shown_now
from tests.kit.notation import ALL, DAY, made, seated
from tests.kit.one_room import facilitating
from tests.kit.waves import met_on
from tests.workshop.test_closing import everything_beside, found

TWO = ["leadership", "culture"]
NAMES = ("Council", "Trust", "GPs")


def scored(workshop: Workshop, team: str, *scores: int | str, domains: list[str] = TWO) -> Caller:
    """Seat one more in a team, who gives each score on the domain at its place."""
    seat = seated(workshop, team)
    for domain, score in zip(domains, scores, strict=True):
        submit_score(seat, workshop.code, domain, score)
    return seat


def day_and_sitting(facilitator: Caller) -> tuple[Workshop, Workshop]:
    """A day's workshop with scoring open, and a sitting of it in which the trust scored."""
    day = made(facilitator, *NAMES)
    sitting = sitting_apart.set_up_sitting(facilitator, day.code, DAY, DAY)
    for workshop in (day, sitting):
        open_scoring(facilitator, workshop.code, TWO)
    for score in (5, 4, 5):
        scored(sitting, "Trust", score, CANNOT_SAY)
    for team in ("Council", "GPs"):
        for score in (1, 2, 2):
            scored(day, team, score, 3)
    return day, sitting


def given(workshop: Workshop, domain: str) -> Counter[object]:
    """Count what each partner is kept to have said in a workshop, sealed or not."""
    with reading() as cursor:
        casts = casts_of(cursor, workshop.id)
    return Counter(
        (team.name, cast.score)
        for cast in casts
        if cast.domain == domain and (team := workshop.team(cast.team_id))
    )


def test_a_sitting_is_not_revealed_by_itself(facilitator: Caller) -> None:
    day, sitting = day_and_sitting(facilitator)

    with pytest.raises(SeenTogether, match=f"22 November 2026.*workshop {day.code}"):
        reveal(facilitator, sitting.code)
    assert stage_now(sitting.code) is Stage.SCORING
    assert results_now(facilitator, sitting.code).rounds == {}


def test_the_waves_reveal_shows_all_sittings_as_one_room(facilitator: Caller) -> None:
    day, _ = day_and_sitting(facilitator)

    reveal(facilitator, day.code)

    assert given(day, "leadership") == {
        **{("Council", 1): 1, ("Council", 2): 2, ("GPs", 1): 1, ("GPs", 2): 2},
        **{("Trust", 5): 2, ("Trust", 4): 1},
    }
    with reading() as cursor:
        shown = seen_of(day, rounds_of(cursor, day.id), casts_of(cursor, day.id)).shown
    assert shown_now(facilitator, day.code) == shown
    averages = {
        standing.group.name: standing.mean
        for gap in shown.gaps[next(iter(shown.gaps))]
        if gap.domain.key == "leadership"
        for standing in gap.standings
    }
    assert averages["Trust"] == pytest.approx(14 / 3)
    there = {row.team.name: row.seats for row in room_now(facilitator, day.code).progress}
    assert there == dict.fromkeys(NAMES, 3)


def test_what_was_scored_in_a_sitting_stays_there_unseen(facilitator: Caller) -> None:
    day, sitting = day_and_sitting(facilitator)
    reveal(facilitator, day.code)

    assert stage_now(sitting.code) is Stage.WELCOME
    assert results_now(facilitator, sitting.code).rounds == {}
    with reading() as cursor:
        kept = cursor.execute("SELECT count(*) FROM vote WHERE workshop_id = $1", [sitting.id])
        assert kept.fetchone() == (6,)


@pytest.mark.slow
def test_a_closed_sitting_waits_sealed_for_the_reveal(facilitator: Caller) -> None:
    day, sitting = day_and_sitting(facilitator)
    close_workshop(facilitator, sitting.code)

    (waiting,) = sitting_apart.sittings_now(facilitator, day.code)
    reveal(facilitator, day.code)

    assert (waiting.scored, waiting.seen) == (3, False)
    assert given(day, "leadership")["Trust", 5] == 2
    assert sitting_apart.sittings_now(facilitator, day.code)[0].seen
    with pytest.raises(ScoringOpen):
        close_workshop(facilitator, made_open(facilitator).code)


def made_open(facilitator: Caller) -> Workshop:
    other = made(facilitator, *NAMES, place="Bolton")
    open_scoring(facilitator, other.code, TWO)
    return other


def test_who_is_set_aside_in_a_sitting_is_in_no_reveal(facilitator: Caller) -> None:
    day, sitting = day_and_sitting(facilitator)
    seats = next(team.seats for team in seating_now(facilitator, sitting.code).teams if team.seats)
    set_seats_aside(facilitator, sitting.code, [seats[0].id], "somebody who has left")

    reveal(facilitator, day.code)

    assert (
        sum(count for (team, _), count in given(day, "leadership").items() if team == "Trust") == 2
    )


def test_seats_of_a_sitting_are_nobodys_in_the_room(facilitator: Caller) -> None:
    day, _ = day_and_sitting(facilitator)
    reveal(facilitator, day.code)
    open_scoring(facilitator, day.code, TWO)

    assert seating_now(facilitator, day.code).there == 6
    assert room_now(facilitator, day.code).seats == 6
    (row,) = places_now(facilitator, DAY)
    assert row.people == 9


@pytest.mark.slow
@pytest.mark.parametrize("guard", [OPEN, 3])
def test_who_sat_apart_is_in_the_first_look_alone_and_the_second_says_so(
    facilitator: Caller, guard: int
) -> None:
    day = made(facilitator, *NAMES, guard=guard)
    sitting = sitting_apart.set_up_sitting(facilitator, day.code, DAY, DAY)
    for workshop in (day, sitting):
        open_scoring(facilitator, workshop.code, TWO)
    seats = [scored(day, team, score, 3) for team in NAMES[::2] for score in (1, 2, 2)]
    for score in (5, 4, 5):
        scored(sitting, "Trust", score, 3)
    reveal(facilitator, day.code)
    open_scoring(facilitator, day.code, TWO[:1])
    for seat in seats:
        submit_score(seat, day.code, TWO[0], 3)
    assert sitting_apart.first_look_alone(day.code) == frozenset()

    reveal(facilitator, day.code)

    assert sitting_apart.first_look_alone(day.code) == {TWO[0]}
    (waited,) = sitting_apart.sittings_now(facilitator, day.code)
    assert "A second look is without them" in apart_said(waited)
    shown = shown_now(facilitator, day.code)
    assert [(look.shown, look.scores) for look in shown.looks] == [(2, 6)]
    # Nothing is told of who moved: the first look, less the second, would be theirs who sat apart.
    assert (shown.looked_again, shown.movements) == ((), ())
    assert FIRST_ALONE.encode() in report_page(facilitator, day.code)
    (leadership, _) = shown.levels
    assert leadership.counts == (0, 0, 0, 6, 0, 0)


def test_one_domain_after_another_keeps_each_seat_one_seat(facilitator: Caller) -> None:
    day, _ = day_and_sitting(facilitator)
    reveal(facilitator, day.code)
    with reading() as cursor:
        casts = casts_of(cursor, day.id)

    trust = {team.id for team in day.teams if team.name == "Trust"}
    seats = Counter(cast.seat_id for cast in casts if cast.team_id in trust)
    assert sorted(seats.values()) == [2, 2, 2]


def test_what_the_room_will_see_is_foreseen_with_those_who_sat_apart(facilitator: Caller) -> None:
    day, _ = day_and_sitting(facilitator)

    assert foreseen_now(facilitator, day.code).finished.people == 9


def test_reasons_of_a_sitting_come_with_it(facilitator: Caller) -> None:
    day, sitting = day_and_sitting(facilitator)
    seat = scored(sitting, "Trust", 3, 3)
    said = Wording(said="We share one board", with_team=True)
    give_reason(seat, sitting.code, "leadership", said, meant=1)
    assert reasons_now(facilitator, day.code) == ()

    reveal(facilitator, day.code)

    (reason,) = reasons_now(facilitator, day.code)
    assert (reason.said, reason.team) == ("We share one board", "Trust")


def test_a_late_sitting_joins_by_going_on(facilitator: Caller) -> None:
    day = made(facilitator, *NAMES)
    sitting = sitting_apart.set_up_sitting(facilitator, day.code, DAY, DAY)
    open_scoring(facilitator, day.code, TWO)
    for team in NAMES[:2]:
        for score in (1, 2, 2):
            scored(day, team, score, 3)
    reveal(facilitator, day.code)
    open_scoring(facilitator, sitting.code, TWO)
    for score in (5, 4, 3):
        scored(sitting, "GPs", score, 2)

    assert resumable_now(facilitator, day.code).domains == tuple(TWO)
    resume_scoring(facilitator, day.code)
    reveal(facilitator, day.code)

    assert results_now(facilitator, day.code).rounds == {"leadership": 2, "culture": 2}
    with reading() as cursor:
        newest = [cast for cast in casts_of(cursor, day.id) if cast.round == 2]
    assert Counter(cast.domain for cast in newest) == {"leadership": 9, "culture": 9}


def test_what_waits_in_a_sitting_outlasts_a_round_to_which_too_few_were_added(
    facilitator: Caller,
) -> None:
    day = made(facilitator, *NAMES)
    sitting = sitting_apart.set_up_sitting(facilitator, day.code, DAY, DAY)
    open_scoring(facilitator, day.code, TWO[:1])
    for team in NAMES[:2]:
        for score in (1, 2, 2):
            scored(day, team, score, domains=TWO[:1])
    missing = [seated(day, "GPs") for _ in range(2)]
    reveal(facilitator, day.code)
    open_scoring(facilitator, sitting.code, TWO[:1])
    first = scored(sitting, "GPs", 5, domains=TWO[:1])
    said = Wording(said="We share one board", with_team=True)
    give_reason(first, sitting.code, "leadership", said, meant=1)
    resume_scoring(facilitator, day.code)

    reveal(facilitator, day.code)  # with one more answer, which is not shown

    assert unseen_now(day.code).too_few == ("leadership",)
    assert stage_now(sitting.code) is Stage.SCORING
    assert room_now(facilitator, day.code).seats == 6 + len(missing)
    (waiting,) = sitting_apart.sittings_now(facilitator, day.code)
    assert (waiting.scored, waiting.seen) == (1, False)
    moved = next(team for team in sitting.teams if team.name == "Trust")
    take_seat(first, sitting.code, moved.id)
    for team, score in (("GPs", 4), ("GPs", 3), ("GPs", 5), ("Trust", 2), ("Trust", 4)):
        scored(sitting, team, score, domains=TWO[:1])
    resume_scoring(facilitator, day.code)
    reveal(facilitator, day.code)
    assert results_now(facilitator, day.code).rounds == {"leadership": 3}
    with reading() as cursor:
        casts = [cast for cast in casts_of(cursor, day.id) if cast.round == 3]
    counted = Counter(team.name for c in casts if (team := day.team(c.team_id)))
    assert counted == {"Council": 3, "Trust": 6, "GPs": 3}
    assert [reason.said for reason in reasons_now(facilitator, day.code)] == [said.said]
    assert sitting_apart.sittings_now(facilitator, day.code)[0].seen


def test_whoever_scored_keeps_what_was_said(facilitator: Caller) -> None:
    day, sitting = day_and_sitting(facilitator)
    other = made_open(facilitator)

    with pytest.raises(SittingRefused, match="Somebody has scored"):
        sit_alone(facilitator, sitting.code)
    with pytest.raises(ChoiceRefused, match="wave's day"):
        choose_guard(facilitator, sitting.code, 1)
    with pytest.raises(ScoringOpen):
        choose_guard(facilitator, day.code, 1)
    with pytest.raises(SittingRefused, match="sitting itself"):
        sitting_apart.set_up_sitting(facilitator, sitting.code, DAY, DAY)
    for late in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        with pytest.raises(DateRefused):
            sitting_apart.set_up_sitting(facilitator, day.code, late, DAY)
    with pytest.raises(ChoiceRefused, match="guess"):
        open_scoring(facilitator, sitting.code, ["workforce"], guess=True)
    assert other.code


def test_a_workshop_sits_with_another_only_where_both_can_be_one_room(facilitator: Caller) -> None:
    day = made(facilitator, *NAMES)
    wave = place_seen(facilitator, places_now(facilitator, DAY)[0].place.id).waves[0]
    wider = made(facilitator, *NAMES, "Hospice")
    stricter = made(facilitator, *NAMES, guard=5)
    scored_before = made(facilitator, *NAMES)
    open_scoring(facilitator, scored_before.code, TWO)
    scored(scored_before, "Trust", 3, 3)
    assert wave.codes == (day.code,)

    for workshop, why in (
        (wider, "Hospice"),
        (stricter, "from 5 scores"),
        (scored_before, "Somebody has scored"),
    ):
        with pytest.raises(SittingRefused, match=why):
            sit_together(facilitator, workshop.code, wave.id)
    fits = made(facilitator, *NAMES[:2])
    sit_together(facilitator, fits.code, wave.id)
    with pytest.raises(SittingRefused, match="Others sit"):
        sit_together(facilitator, day.code, f"w-{wider.id}")


def test_what_revealed_something_and_may_score_again_sits_only_where_it_fits(
    facilitator: Caller,
) -> None:
    day, wider = made(facilitator, *NAMES), made(facilitator, *NAMES, "Hospice")
    open_scoring(facilitator, wider.code, TWO)
    for team in (*NAMES, "Hospice"):
        scored(wider, team, 3, 3)
    reveal(facilitator, wider.code)

    with pytest.raises(SittingRefused, match="Hospice"):
        sit_together(facilitator, wider.code, own_wave_id(day.id))
    close_workshop(facilitator, wider.code)
    sit_together(facilitator, wider.code, own_wave_id(day.id))
    assert foreseen_now(facilitator, day.code).finished.people == 0


def test_a_closed_day_takes_no_sitting_and_closes_over_none_that_waits(
    facilitator: Caller,
) -> None:
    day, sitting = day_and_sitting(facilitator)
    reveal(facilitator, day.code)
    open_scoring(facilitator, sitting.code, ["workforce"])
    scored(sitting, "Trust", 3, domains=["workforce"])
    with pytest.raises(ScoringOpen, match="sitting wait sealed"):
        close_workshop(facilitator, day.code)
    take_back(facilitator, sitting.code, {"workforce": 1})
    close_workshop(facilitator, day.code)
    late = made(facilitator, *NAMES)

    with pytest.raises(SittingRefused, match="is closed"):
        sit_together(facilitator, late.code, own_wave_id(day.id))


def test_what_is_shown_is_chosen_for_all_sittings(facilitator: Caller) -> None:
    day = made(facilitator, *NAMES)
    sitting = sitting_apart.set_up_sitting(facilitator, day.code, DAY, DAY)

    choose_guard(facilitator, day.code, 5)

    assert foreseen_now(facilitator, sitting.code).guard == 5
    sitting_apart.invite(facilitator, day.code, "GPs, in their practice")
    with pytest.raises(ScoringOpen, match="Another laptop"):
        choose_guard(facilitator, day.code, 3)


class Laptops:
    """The laptop of the day and another one; one is open at a time."""

    def __init__(self, folder: Path) -> None:
        self.files = {name: folder / name / "room.duckdb" for name in ("day", "other")}
        self.callers: dict[str, Caller] = {}
        for name, path in self.files.items():
            path.parent.mkdir()
            open_database(path)
            self.callers[name] = facilitating()
            close_database()

    def at(self, name: str) -> Caller:
        close_database()
        open_database(self.files[name])
        return self.callers[name]


@pytest.fixture
def laptops(tmp_path: Path) -> object:
    yield Laptops(tmp_path)
    close_database()


def sealed_away(laptops: Laptops, *scores: int | str) -> tuple[Workshop, bytes]:
    """Invite another laptop, whose sitting of the trust scores and is sealed; give both."""
    caller = laptops.at("day")
    day = made(caller, *NAMES)
    open_scoring(caller, day.code, TWO)
    for team in ("Council", "GPs"):
        for score in (1, 2, 2):
            scored(day, team, score, 3)
    sitting_id = sitting_apart.invite(caller, day.code, "The trust's board")
    invitation = sitting_apart.invitation(caller, day.code, sitting_id)
    caller = laptops.at("other")
    sitting = sitting_apart.open_invitation(caller, invitation, DAY)
    open_scoring(caller, sitting.code, TWO)
    for score in scores:
        scored(sitting, "Trust", score, score)
    with pytest.raises(SittingRefused, match="Close the sitting first"):
        sitting_apart.sealed_sitting(caller, sitting.code)
    with pytest.raises(SeenTogether, match="laptop of that day"):
        reveal(caller, sitting.code)
    close_workshop(caller, sitting.code)
    sealed = sitting_apart.sealed_sitting(caller, sitting.code)
    assert sealed == sitting_apart.sealed_sitting(caller, sitting.code)
    return day, sealed


@pytest.mark.slow
def test_a_sealed_sitting_joins_once_and_is_seen_with_the_reveal(laptops: Laptops) -> None:
    day, sealed = sealed_away(laptops, 5, 4, CANNOT_SAY)
    caller = laptops.at("day")
    (missed,) = sitting_apart.sittings_now(caller, day.code)
    assert (missed.called, missed.code) == ("The trust's board", "")

    sitting = sitting_apart.join_sealed(caller, day.code, sealed)
    with pytest.raises(AlreadyThere, match="The trust's board has joined already"):
        sitting_apart.join_sealed(caller, day.code, sealed)

    (here,) = sitting_apart.sittings_now(caller, day.code)
    assert (here.code, here.scored, here.seen) == (sitting.code, 3, False)
    assert stage_now(sitting.code) is Stage.CLOSED
    assert results_now(caller, sitting.code).rounds == {}
    reveal(caller, day.code)
    for domain in TWO:
        trust = {score: n for (team, score), n in given(day, domain).items() if team == "Trust"}
        assert trust == {5: 1, 4: 1, CANNOT_SAY: 1}


@pytest.mark.slow
def test_a_sealed_file_is_no_plain_text_and_of_one_length(laptops: Laptops, tmp_path: Path) -> None:
    _, sealed = sealed_away(laptops, 5, 4, CANNOT_SAY)
    close_database()
    (tmp_path / "b").mkdir()
    _, other = sealed_away(Laptops(tmp_path / "b"), 1, 1, 1)

    assert len(sealed) == len(other)
    for word in (b"leadership", b"cannot say", b"Trust", b"Salford"):
        assert word not in sealed


@pytest.mark.long
def test_a_changed_file_is_found_out_and_nothing_of_it_is_taken(laptops: Laptops) -> None:
    day, sealed = sealed_away(laptops, 5, 4, 3)
    caller = laptops.at("day")
    other = made(caller, *NAMES, place="Bolton")

    for at in (0, 40, 60, 70, len(sealed) // 2, len(sealed) - 1):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(BadSealedFile):
            sitting_apart.join_sealed(caller, day.code, changed)
    for raw in (b"", sealed[:50], sealed[:-1], sealed + b" "):
        with pytest.raises(BadSealedFile):
            sitting_apart.join_sealed(caller, day.code, raw)
    with pytest.raises(BadSealedFile, match="of no sitting"):
        sitting_apart.join_sealed(caller, other.code, sealed)
    assert [held.code for held in sitting_apart.sittings_now(caller, day.code)] == [""]


@pytest.mark.slow
def test_a_lost_sitting_is_named_while_the_rest_reveals(laptops: Laptops) -> None:
    day, sealed = sealed_away(laptops, 5, 4, 3)
    caller = laptops.at("day")

    reveal(caller, day.code)

    (missed,) = sitting_apart.sittings_now(caller, day.code)
    assert (missed.called, missed.seen) == ("The trust's board", False)
    assert sum(given(day, "leadership").values()) == 6
    sitting_apart.join_sealed(caller, day.code, sealed)  # found after all
    assert resumable_now(caller, day.code).domains == tuple(TWO)
    resume_scoring(caller, day.code)
    reveal(caller, day.code)
    assert results_now(caller, day.code).rounds == {"leadership": 2, "culture": 2}


@pytest.mark.slow
def test_an_invitation_that_is_taken_back_is_missed_no_more(laptops: Laptops) -> None:
    day, sealed = sealed_away(laptops, 5, 4, 3)
    caller = laptops.at("day")
    (sitting_id,) = sitting_apart.invitations(caller, day.code)

    sitting_apart.withdraw(caller, day.code, sitting_id)

    assert sitting_apart.sittings_now(caller, day.code) == ()
    with pytest.raises(BadSealedFile):
        sitting_apart.join_sealed(caller, day.code, sealed)
    with pytest.raises(SittingRefused):
        sitting_apart.withdraw(caller, day.code, sitting_id)


@pytest.mark.slow
def test_an_invitation_opens_once_and_only_elsewhere(laptops: Laptops) -> None:
    day, _ = sealed_away(laptops, 5)
    caller = laptops.at("day")
    (sitting_id,) = sitting_apart.invitations(caller, day.code)
    invitation = sitting_apart.invitation(caller, day.code, sitting_id)

    with pytest.raises(AlreadyThere):
        sitting_apart.open_invitation(caller, invitation, DAY)
    caller = laptops.at("other")
    with pytest.raises(AlreadyThere):
        sitting_apart.open_invitation(caller, invitation, DAY)
    for raw in (b"", b"{}", invitation[:-9], invitation.replace(b'"called"', b'"cold"')):
        with pytest.raises(BadSealedFile):
            sitting_apart.open_invitation(caller, raw, DAY)


@pytest.mark.slow
def test_a_key_goes_with_the_workshop_that_is_erased(laptops: Laptops) -> None:
    day, _ = sealed_away(laptops, 5)
    caller = laptops.at("day")
    (sitting_id,) = sitting_apart.invitations(caller, day.code)
    beside = laptops.files["day"]
    assert found(sitting_id, everything_beside(beside))

    erase_workshop(caller, day.code, day.code)

    assert not found(sitting_id, everything_beside(beside))


def test_only_the_facilitator_brings_sittings(facilitator: Caller) -> None:
    day, sitting = day_and_sitting(facilitator)
    seat = seated(day, "Council")
    for other in (Caller(), seat):
        for deed in (
            lambda who: sitting_apart.set_up_sitting(who, day.code, DAY, DAY),
            lambda who: sitting_apart.invite(who, day.code, "GPs"),
            lambda who: sitting_apart.invitations(who, day.code),
            lambda who: sitting_apart.sittings_now(who, day.code),
            lambda who: sitting_apart.sealed_sitting(who, sitting.code),
        ):
            with pytest.raises(NotSignedIn):
                deed(other)


def test_a_sitting_that_scored_or_was_invited_moves_to_no_other_wave(laptops: Laptops) -> None:
    caller = laptops.at("day")
    day, sitting = day_and_sitting(caller)
    sitting_id = sitting_apart.invite(caller, day.code, "The trust's board")
    invitation = sitting_apart.invitation(caller, day.code, sitting_id)
    other = made(caller, *NAMES)
    with pytest.raises(SittingRefused, match="seen with others"):
        sit_together(caller, sitting.code, own_wave_id(other.id))
    caller = laptops.at("other")
    away = sitting_apart.open_invitation(caller, invitation, DAY)
    here = made(caller, *NAMES)
    with pytest.raises(SittingRefused, match="laptop that invited it"):
        sit_together(caller, away.code, own_wave_id(here.id))


@pytest.mark.slow
def test_a_sitting_that_is_closed_sealed_or_seen_keeps_nothing_back(facilitator: Caller) -> None:
    day = met_on(facilitator, date.today())
    sitting = sitting_apart.set_up_sitting(facilitator, day.code, date.today(), date.today())
    open_scoring(facilitator, sitting.code, ALL)
    scored(sitting, sitting.teams[0].name, *[3] * len(ALL), domains=ALL)
    (row,) = places_now(facilitator, date.today())
    assert check_now(facilitator, row.place.id).scoring
    assert benchmark_is_kept_back(facilitator)

    close_workshop(facilitator, sitting.code)
    assert not check_now(facilitator, row.place.id).scoring
    other = sitting_apart.set_up_sitting(facilitator, day.code, date.today(), date.today())
    for workshop in (day, other):
        open_scoring(facilitator, workshop.code, ALL)
        scored(workshop, workshop.teams[0].name, *[3] * len(ALL), domains=ALL)
    reveal(facilitator, day.code)

    assert not benchmark_is_kept_back(facilitator)


def test_a_seat_of_a_sitting_is_set_aside_in_its_sitting_alone(facilitator: Caller) -> None:
    day, _ = day_and_sitting(facilitator)
    reveal(facilitator, day.code)
    with reading() as cursor:
        (one, *others) = [seat.id for seat in seats_of(cursor, day.id) if seat.apart]

    with pytest.raises(NoSuchSeat):
        set_seats_aside(facilitator, day.code, [one], "Not here")

    assert len(others) == 2
    assert seating_now(facilitator, day.code).there == 6
    with reading() as cursor:
        assert count_seats_there(cursor, day.id) == 6 == len(seats_there(cursor, day.id))
