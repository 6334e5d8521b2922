"""Guess the other side: who guesses whom, sealed like a score, and shown by the same guard."""

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aqua_core.errors import NoSeat, NotScored, NotSignedIn, RoundClosed, ScoreRefused, TooFast
from aqua_core.rules.gaps import gaps_of
from aqua_core.rules.talk import Guessed, misreadings_of, own_guesses_of, partner_to_guess
from aqua_core.store.database import reading
from aqua_core.vocabulary import CANNOT_SAY, Cast, Compare, Holder, Tier, Workshop
from aqua_core.workshop import choosing as guessing
from aqua_core.workshop import tries
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import Guessing, give_guess, misreading_worth_asking, my_guesses
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.joining import take_seat
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import Meant, my_ballot, submit_score
from aqua_core.workshop.showing import shown_now
from pages import _way
from pages._terms import guess_said
from tests.kit.looking import ballot_on, press, words
from tests.kit.notation import made, seated, workshop_of
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import elsewhere

__all__ = ["facilitator", "room_file"]
CULTURE = "culture"
PARTNERS = ("Council", "Trust", "GPs")


@pytest.fixture
def workshop(facilitator: Caller) -> Workshop:
    workshop = made(facilitator, *PARTNERS, place=elsewhere())
    open_scoring(facilitator, workshop.code, [CULTURE], guess=True)
    return workshop


def sit(workshop: Workshop, name: str, *answers: tuple[int, int]) -> list[Caller]:
    """Seat one for each (score, guess) in a partner's team."""
    seats = []
    for score, points in answers:
        seat = seated(workshop, name)
        submit_score(seat, workshop.code, CULTURE, score)
        give_guess(seat, workshop.code, CULTURE, points, meant=1)
        seats.append(seat)
    return seats


def guess(seat: Caller, workshop: Workshop, points: object, meant: int | Meant = 1) -> Guessing:
    return give_guess(seat, workshop.code, CULTURE, points, meant=meant)


def test_each_partner_guesses_the_next_and_the_last_the_first(workshop: Workshop) -> None:
    asked = {}
    for name in PARTNERS:
        ballot = my_ballot(seated(workshop, name), workshop.code)
        asked[name] = ballot.guessed.name if ballot.guessed else None

        assert ballot.guessing == {CULTURE}
    assert asked == {"Council": "Trust", "Trust": "GPs", "GPs": "Council"}


def test_a_round_that_asks_for_no_guess_takes_none(facilitator: Caller) -> None:
    workshop = made(facilitator, *PARTNERS, place=elsewhere())
    open_scoring(facilitator, workshop.code, [CULTURE])
    seat = seated(workshop, "Council")

    assert my_ballot(seat, workshop.code).guessed is None
    with pytest.raises(NotScored, match="asks for no guess"):
        guess(seat, workshop, 3)
    alone = workshop_of([("Council", Tier.BOARD), ("Council", Tier.MIDDLE)])
    assert partner_to_guess(alone, alone.teams[0]) is None


@pytest.mark.parametrize("points", [6, -1, 2.0, True, "3", None, CANNOT_SAY, []])
def test_what_is_no_number_of_points_is_refused(workshop: Workshop, points: object) -> None:
    seat = seated(workshop, "Council")

    with pytest.raises(ScoreRefused):
        guess(seat, workshop, points)
    assert my_ballot(seat, workshop.code).guesses == {}


def test_a_guess_is_sealed_until_the_reveal_and_stands_after_it(
    facilitator: Caller, workshop: Workshop
) -> None:
    seats = sit(workshop, "Council", (2, 4), (3, 4), (1, 5))
    sit(workshop, "Trust", (1, 3), (2, 3), (1, 3))
    assert shown_now(facilitator, workshop.code).misreadings == ()
    assert my_guesses(seats[0], workshop.code) == ()

    reveal(facilitator, workshop.code)

    (council,) = shown_now(facilitator, workshop.code).misreadings  # no GP has scored
    assert (council.who.name, council.whom.name, council.guesses) == ("Council", "Trust", 3)
    figures = (council.own, council.guessed, council.scored)
    assert figures == pytest.approx((2, 13 / 3, 4 / 3))
    assert misreading_worth_asking(shown_now(facilitator, workshop.code)) == council
    with pytest.raises(RoundClosed):
        guess(seats[0], workshop, 0)
    for caller in (seats[0], Caller()):
        with pytest.raises(NotSignedIn):
            shown_now(caller, workshop.code)


def test_a_seat_reads_its_own_guess_beside_its_score_and_what_was_scored(
    facilitator: Caller, workshop: Workshop
) -> None:
    seats = sit(workshop, "Council", (2, 4), (3, 0))
    (trust, *_) = sit(workshop, "Trust", (1, 3), (2, 3), (1, 3))
    (gp,) = sit(workshop, "GPs", (5, 5))
    reveal(facilitator, workshop.code)

    # The GPs are one, and the Council two: both stand in the pool, and neither is shown.
    said = [[guess_said(mine) for mine in my_guesses(s, workshop.code)] for s in (*seats, trust)]
    assert said == [
        ["Culture: you 2, you guessed 4 for Trust, they scored 1.3"],
        ["Culture: you 3, you guessed 0 for Trust, they scored 1.3"],
        ["Culture: you 1, you guessed 3 for GPs, too few to show"],
    ]
    (own,) = my_guesses(gp, workshop.code)
    assert (own.whom.name, own.scored) == ("Council", None)
    for stranger in (Caller(), Caller(seat="x" * 43)):
        with pytest.raises(NoSeat):
            my_guesses(stranger, workshop.code)


def test_fewer_guesses_than_the_guard_are_not_shown(
    facilitator: Caller, workshop: Workshop
) -> None:
    sit(workshop, "Council", (2, 4), (3, 5))
    submit_score(seated(workshop, "Council"), workshop.code, CULTURE, 3)
    sit(workshop, "Trust", (1, 3), (2, 3), (1, 3))

    reveal(facilitator, workshop.code)

    assert shown_now(facilitator, workshop.code).misreadings == ()


def test_a_seat_that_moved_is_asked_anew_and_its_guess_from_before_counts_for_no_team(
    facilitator: Caller, workshop: Workshop
) -> None:
    sit(workshop, "Trust", (1, 3), (2, 3), (1, 3))
    sit(workshop, "Council", (2, 4), (3, 4), (1, 4))
    sit(workshop, "GPs", (2, 2), (3, 2), (1, 2))
    (mover,) = sit(workshop, "Council", (5, 0))
    take_seat(mover, workshop.code, workshop.teams[2].id)

    ballot = my_ballot(mover, workshop.code)
    assert (ballot.guessed and ballot.guessed.name, ballot.guesses) == ("Council", {})
    assert ballot.guess_taps == {CULTURE: 1}
    reveal(facilitator, workshop.code)

    counts = {
        misreading.who.name: misreading.guesses
        for misreading in shown_now(facilitator, workshop.code).misreadings
    }
    assert counts == {"Council": 3, "Trust": 3, "GPs": 3}
    assert my_guesses(mover, workshop.code) == ()


def test_what_is_sent_again_or_was_overtaken_changes_nothing(workshop: Workshop) -> None:
    seat = seated(workshop, "Council")

    assert guess(seat, workshop, 3, Meant(1, 0)) == Guessing(3, 1, stands=True)
    assert guess(seat, workshop, 3, Meant(1, 0)) == Guessing(3, 1, stands=True)
    assert guess(seat, workshop, 5, Meant(1, 1)) == Guessing(5, 2, stands=True)
    assert guess(seat, workshop, 0, Meant(1, 1)) == Guessing(5, 2, stands=False)
    assert my_ballot(seat, workshop.code).guesses == {CULTURE: 5}


def test_a_seat_that_guesses_without_a_pause_has_to_wait(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guessing, "_PACE", tries.Tries(2))
    seat = seated(workshop, "Council")
    for points in (1, 2):
        guess(seat, workshop, points)

    with pytest.raises(TooFast, match="your last guess stands"):
        guess(seat, workshop, 3)
    assert my_ballot(seat, workshop.code).guesses == {CULTURE: 2}


def test_a_second_look_has_guesses_of_its_own(facilitator: Caller, workshop: Workshop) -> None:
    council = sit(workshop, "Council", (2, 4), (3, 4), (1, 4))
    trust = sit(workshop, "Trust", (1, 3), (2, 3), (1, 3))
    reveal(facilitator, workshop.code)
    open_scoring(facilitator, workshop.code, [CULTURE], guess=True)
    for seat in (*council, *trust):
        submit_score(seat, workshop.code, CULTURE, 2)
        guess(seat, workshop, 2, 2)
    assert shown_now(facilitator, workshop.code).misreadings == ()

    reveal(facilitator, workshop.code)

    assert [
        misreading.guessed for misreading in shown_now(facilitator, workshop.code).misreadings
    ] == [2.0]
    assert [mine.guessed for mine in my_guesses(council[0], workshop.code)] == [2]


def test_closing_keeps_what_was_guessed_last_and_that_alone(
    facilitator: Caller, workshop: Workshop
) -> None:
    (seat, *_) = sit(workshop, "Council", (2, 0), (3, 4), (1, 5))
    guess(seat, workshop, 4)
    sit(workshop, "Trust", (1, 3), (2, 3), (1, 3))
    reveal(facilitator, workshop.code)
    before = shown_now(facilitator, workshop.code).misreadings

    close_workshop(facilitator, workshop.code)

    assert shown_now(facilitator, workshop.code).misreadings == before
    with reading() as cursor:
        kept = cursor.execute(
            "SELECT count(*), max(sequence) FROM guess WHERE workshop_id = $1", [workshop.id]
        ).fetchone()
    assert kept == (6, 1)


TEAMS = [(name, tier) for name in PARTNERS for tier in (Tier.BOARD, Tier.MIDDLE)]


@st.composite
def rooms(draw: st.DrawFn) -> tuple[Workshop, list[Cast], list[Guessed]]:
    """Draw a room: seats in teams, some with a score, some with a guess of any partner."""
    holder = draw(st.sampled_from(Holder))
    workshop = workshop_of(TEAMS, holder)
    teams = st.sampled_from(workshop.teams)
    seat = st.tuples(
        teams,
        st.none() | st.just(CANNOT_SAY) | st.integers(0, 5),
        st.none() | st.tuples(st.sampled_from(PARTNERS), st.integers(0, 5)),
    )
    seats = list(enumerate(draw(st.lists(seat, max_size=24))))
    casts = [
        Cast(domain=CULTURE, round=1, seat_id=str(n), team_id=team.id, score=score)
        for n, (team, score, _) in seats
        if score is not None
    ]
    given = [Guessed(CULTURE, team.id, *told) for _, (team, _, told) in seats if told]
    return workshop, casts, given


@settings(max_examples=40, deadline=None)
@given(rooms())
def test_misreadings_are_what_a_plain_count_finds(
    drawn: tuple[Workshop, list[Cast], list[Guessed]],
) -> None:
    workshop, casts, guesses = drawn
    partners = {team.id: team.partner.id for team in workshop.teams}
    ring = dict(zip(PARTNERS, (*PARTNERS[1:], PARTNERS[0]), strict=True))
    guard = 1 if workshop.holder is Holder.LAPTOP else 3
    points: dict[str, list[int]] = defaultdict(list)
    for answer in guesses:
        if answer.whom == ring[partners[answer.team_id]]:
            points[partners[answer.team_id]].append(answer.points)
    (gap,) = gaps_of(workshop, casts, [CULTURE], Compare.PARTNER)
    seen = {side.group.id for side in gap.standings}
    cast: dict[str, list[int]] = defaultdict(list)
    for vote in casts:
        if isinstance(vote.score, int):
            cast[partners[vote.team_id]].append(vote.score)
    scored = {name: Fraction(sum(cast[name]), len(cast[name])) for name in seen}
    plain = {
        who: (len(given), Fraction(sum(given), len(given)), scored[ring[who]], scored.get(who))
        for who, given in points.items()
        if len(given) >= guard and ring[who] in seen
    }

    found = misreadings_of(workshop, casts, guesses, [CULTURE])

    assert {misread.who.id for misread in found} == set(plain)
    for misread in found:
        count, guessed, actual, own = plain[misread.who.id]
        assert (misread.guesses, misread.whom.id) == (count, ring[misread.who.id])
        assert misread.guessed == pytest.approx(float(guessed))
        assert misread.scored == pytest.approx(float(actual))
        assert misread.own == (None if own is None else pytest.approx(float(own)))
        assert misread.width == pytest.approx(abs(float(guessed - actual)))
    widths = [misread.width for misread in found]
    assert widths == sorted(widths, reverse=True)


@settings(max_examples=40, deadline=None)
@given(rooms())
def test_a_seat_is_told_no_partners_score_that_the_room_is_not(
    drawn: tuple[Workshop, list[Cast], list[Guessed]],
) -> None:
    workshop, casts, guesses = drawn
    (gap,) = gaps_of(workshop, casts, [CULTURE], Compare.PARTNER)
    seen = {side.group.id: side.mean for side in gap.standings}

    for answer in guesses:
        team = workshop.team(answer.team_id)
        asked = partner_to_guess(workshop, team) if team else None
        own = own_guesses_of(workshop, {}, [answer], [gap])

        assert len(own) == (asked is not None and asked.id == answer.whom)
        assert [told.scored for told in own] == [seen.get(told.whom.id) for told in own]


@pytest.mark.slow
def test_the_facilitator_asks_for_guesses_when_scoring_opens_and_not_by_itself(
    looks, facilitator: Caller
) -> None:
    workshop = made(facilitator, *PARTNERS, place=elsewhere())
    room = looks(facilitator, _way.ROOM, workshop.code)
    (box,) = room.checkbox
    assert (box.label, box.value) == ("Also ask everyone to guess one other partner's score", False)
    box.check().run()
    press(room, "Open scoring")

    ballot = ballot_on(looks(seated(workshop, "Council"), _way.SCORE, workshop.code))
    asked = {(asked["guess"], asked["point"]) for asked in ballot["domains"]}
    assert asked == {
        ("What will Trust score here? Your guess", "What makes you say so? One line (optional)")
    }


def test_a_second_look_asks_what_moved_a_seat(
    looks, facilitator: Caller, workshop: Workshop
) -> None:
    (seat,) = sit(workshop, "Council", (2, 4))
    reveal(facilitator, workshop.code)
    result = words(looks(seat, _way.SCORE, workshop.code))
    assert "Culture: you 2, you guessed 4 for Trust, too few to show" in result
    open_scoring(facilitator, workshop.code, [CULTURE])

    (asked,) = ballot_on(looks(seat, _way.SCORE, workshop.code))["domains"]

    assert (asked["point"], asked["guess"]) == ("What moved you? One line (optional)", "")
