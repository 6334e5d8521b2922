"""A seat moves with its votes, sits in several workshops, and is kept from being too fast."""

import random
import re
import threading
from collections import Counter
from pathlib import Path

import pytest

from aqua_core.charts.sentences.foreseen import promise
from aqua_core.errors import RoundClosed, ScoringOpen, TooFast
from aqua_core.store.database import reading
from aqua_core.store.seats import seats_of
from aqua_core.vocabulary import CANNOT_SAY, Compare, Holder, Score, Stage, Workshop
from aqua_core.workshop import scoring, tries
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.joining import check_may_change_team, my_result, my_team, take_seat
from aqua_core.workshop.reading import room_now
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import Meant, my_ballot, submit_score
from aqua_core.workshop.showing import shown_now
from pages import _way
from tests.kit.devices import Device
from tests.kit.looking import ballot_on, words
from tests.kit.notation import ALL, made, seated
from tests.kit.one_room import facilitator, room_file

__all__ = ["facilitator", "room_file"]
TWO = ALL[:2]


class Ledger:
    """What a room should hold, kept the plain way: a team a seat, a score a seat and domain."""

    def __init__(self, facilitator: Caller, workshop: Workshop) -> None:
        self.facilitator, self.workshop = facilitator, workshop
        self.teams: dict[Caller, str] = {}
        self.scores: dict[tuple[Caller, str], Score] = {}
        self.bound: set[Caller] = set()  # seats with a revealed score
        self.open: list[str] = []
        self.shown: dict[str, dict[Caller, Score]] = {}  # the newest look with the most answers

    def join(self, chance: random.Random) -> None:
        team = chance.choice(self.workshop.teams)
        self.teams[seated(self.workshop, team.name)] = team.id

    def move(self, chance: random.Random) -> None:
        seat, team = chance.choice([*self.teams]), chance.choice(self.workshop.teams).id
        stays = self.teams[seat] != team and (seat in self.bound or not self.open)
        if not stays:
            take_seat(seat, self.workshop.code, team, sure=True)
            self.teams[seat] = team
            return
        with pytest.raises(RoundClosed if seat in self.bound else ScoringOpen):
            take_seat(seat, self.workshop.code, team, sure=True)

    def vote(self, chance: random.Random) -> None:
        seat, domain = chance.choice([*self.teams]), chance.choice(TWO)
        if domain in self.open:
            score = chance.choice([*range(6), CANNOT_SAY])
            submit_score(seat, self.workshop.code, domain, score)
            self.scores[seat, domain] = score

    def next_round(self, _: random.Random) -> None:
        """Reveal and count, then open the next round, in which nobody has answered."""
        reveal(self.facilitator, self.workshop.code)
        self.open = []
        self.bound |= {seat for seat, _ in self.scores}
        for domain in TWO:
            given = {seat: score for (seat, key), score in self.scores.items() if key == domain}
            if given and len(given) >= len(self.shown.get(domain, {})):
                self.shown[domain] = given
            if domain in self.shown:
                self.check_marks(domain)
        self.scores.clear()
        open_scoring(self.facilitator, self.workshop.code, TWO)
        self.open = TWO

    def check_marks(self, domain: str) -> None:
        spread = shown_now(self.facilitator, self.workshop.code).by_domain(Compare.PARTNER)[domain]
        partners = {team.id: team.partner.id for team in self.workshop.teams}
        expected = Counter(
            (partners[self.teams[seat]], score)
            for seat, score in self.shown[domain].items()
            if score != CANNOT_SAY
        )
        assert {(mark.group.id, mark.points): mark.seats for mark in spread.marks} == expected
        given = [*self.shown[domain].values()]
        assert spread.cannot_say == given.count(CANNOT_SAY)

    def check_counts(self) -> None:
        now = room_now(self.facilitator, self.workshop.code)
        seats = Counter(self.teams.values())
        answers = Counter(self.teams[seat] for seat, _ in self.scores)
        assert {
            of_team.team.id: of_team.seats for of_team in now.progress if of_team.seats
        } == seats
        if now.stage is Stage.SCORING:
            assert {
                of_team.team.id: of_team.answers for of_team in now.progress if of_team.answers
            } == answers
        for seat, team in self.teams.items():
            sits = my_team(seat, self.workshop.code)
            assert sits
            assert sits.id == team


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 60))]
)
def test_whatever_moves_every_vote_counts_once_in_the_team_of_its_seat(
    facilitator: Caller, seed: int
) -> None:
    chance = random.Random(seed)
    workshop = made(facilitator, "Council", "Trust", "GPs", holder=Holder.LAPTOP)
    ledger = Ledger(facilitator, workshop)
    open_scoring(facilitator, workshop.code, TWO)
    ledger.open = TWO
    for _ in range(4):
        ledger.join(chance)
    deeds = [ledger.join, ledger.next_round, *[ledger.move] * 5, *[ledger.vote] * 9]

    for deed in range(50):
        chance.choice(deeds)(chance)
        if deed % 5 == 0:
            ledger.check_counts()

    ledger.next_round(chance)
    assert len(ledger.bound) > 1


def test_a_seat_that_moved_keeps_its_answers_on_its_ballot_and_in_its_result(
    facilitator: Caller,
) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    device = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, TWO)
    submit_score(device, workshop.code, TWO[0], 4)

    take_seat(device, workshop.code, workshop.teams[1].id)

    ballot = my_ballot(device, workshop.code)
    assert (ballot.team.name, ballot.answers) == ("Trust", {TWO[0]: 4})
    reveal(facilitator, workshop.code)
    first, *_ = my_result(device, workshop.code)
    assert (first.figure, first.mine) == (4.0, 4)


def test_the_join_page_moves_a_seat_that_has_scored_and_says_when_it_cannot(
    facilitator: Caller,
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    phone = Device()
    phone.get(f"/join/{workshop.code}")
    phone.post(f"/join/{workshop.code}", team=workshop.teams[0].id)
    open_scoring(facilitator, workshop.code, TWO)
    submit_score(phone.caller, workshop.code, TWO[0], 4)

    offered = phone.get(f"/join/{workshop.code}", change="1")
    moved = phone.post(f"/join/{workshop.code}", team=workshop.teams[1].id)
    reveal(facilitator, workshop.code)
    late = phone.get(f"/join/{workshop.code}", change="1")
    forced = phone.post(f"/join/{workshop.code}", team=workshop.teams[0].id)

    assert "until your scores are revealed: your answers come with you" in offered.text
    assert (moved.status, moved.onward) == (303, f"/score?workshop={workshop.code}")
    for page in (late, forced):
        assert page.status == 409
        assert "Your scores were revealed with your team, so your seat stays in it." in page.text
    with pytest.raises(RoundClosed):
        check_may_change_team(phone.caller, workshop.code)


@pytest.mark.parametrize("scoring", [True, False])
def test_a_seat_is_shown_the_quiet_ways_and_the_promise(
    looks, facilitator: Caller, scoring: bool
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seat = seated(workshop, "Council")
    if scoring:
        open_scoring(facilitator, workshop.code, ALL)

    app = looks(seat, _way.SCORE, workshop.code)

    links = "".join(html.value for html in app.get("html"))
    assert f'href="/join/{workshop.code}?change=1"' in links
    assert f'href="/hand-over/{workshop.code}"' in links
    said = ballot_on(app)["promise"] if scoring else words(app).replace("\\", "")
    assert promise(workshop.holder, workshop.guard) in said


def test_a_device_may_sit_in_two_workshops_with_one_cookie(facilitator: Caller) -> None:
    one, other = made(facilitator, "A", "B"), made(facilitator, "A", "B")
    device = Device(seat=seated(one, "A").seat)
    device.get(f"/join/{other.code}")

    device.post(f"/join/{other.code}", team=other.teams[1].id)

    teams = [my_team(device.caller, workshop.code) for workshop in (one, other)]
    assert [team.name for team in teams if team] == ["A", "B"]
    for workshop, score in ((one, 1), (other, 5)):
        open_scoring(facilitator, workshop.code, ALL)
        submit_score(device.caller, workshop.code, "culture", score)
    assert my_ballot(device.caller, one.code).answers == {"culture": 1}
    assert my_ballot(device.caller, other.code).answers == {"culture": 5}


def test_a_late_score_is_told_which_one_stands(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    device = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ["culture", "leadership", "workforce"])
    submit_score(device, workshop.code, "culture", 5)
    submit_score(device, workshop.code, "culture", 3)
    submit_score(device, workshop.code, "leadership", CANNOT_SAY)
    reveal(facilitator, workshop.code)

    for domain, stands in [
        ("culture", "Your last saved score stands: 3."),
        ("leadership", "Your last saved score stands: cannot say."),
        ("workforce", "No score of yours was saved on this one."),
    ]:
        with pytest.raises(RoundClosed, match=stands):
            submit_score(device, workshop.code, domain, 0)
    open_scoring(facilitator, workshop.code, ["culture"])
    submit_score(device, workshop.code, "culture", 1)
    with pytest.raises(RoundClosed, match="stands: 3"):
        submit_score(device, workshop.code, "culture", 0, Meant(1, 2))


def test_two_tabs_that_tap_at_once_make_one_row_a_tap_and_lose_none(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP)
    device = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ["culture"])
    answers: list[object] = []

    def tap(score: int) -> None:
        answers.append(submit_score(device, workshop.code, "culture", score, Meant(1, 0)))

    threads = [threading.Thread(target=tap, args=(score,)) for score in (2, 2, 4, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reveal(facilitator, workshop.code)

    (mark,) = shown_now(facilitator, workshop.code).by_domain(Compare.PARTNER)["culture"].marks
    assert mark.seats == 1
    assert mark.points in (2, 4)
    # Each tab was told what stands, and one tap was taken.
    assert set(map(str, answers)) == {str(answers[0])}
    assert "'culture': 1}" in str(answers[0])


def test_changes_faster_than_a_person_are_refused_and_a_first_answer_never_is(
    facilitator: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    device, other = seated(workshop, "Council"), seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ["culture", "leadership"])
    clock, most = [1000.0], 20
    monkeypatch.setattr(scoring, "_changes", tries.Tries(most))
    monkeypatch.setattr(tries, "monotonic", lambda: clock[0])
    for tap in range(most):
        submit_score(device, workshop.code, "culture", tap % 2)

    with pytest.raises(TooFast, match="Saving too fast; your last saved score stands"):
        submit_score(device, workshop.code, "culture", 4)

    last = (most - 1) % 2
    assert my_ballot(device, workshop.code).answers == {"culture": last}
    submit_score(device, workshop.code, "culture", last)  # the same again changes nothing
    submit_score(device, workshop.code, "leadership", 3)
    submit_score(other, workshop.code, "culture", 1)
    clock[0] += tries.MINUTE
    assert submit_score(device, workshop.code, "culture", 4).answers["culture"] == 4


def test_the_vote_route_says_so_and_the_tap_is_not_tried_again(
    facilitator: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    phone = Device(seat=seated(workshop, "Council").seat)
    open_scoring(facilitator, workshop.code, ["culture"])
    monkeypatch.setattr(scoring, "_changes", tries.Tries(1))
    phone.tap(workshop.code, domain="culture", score=3, round=1, after=0)

    answer = phone.tap(workshop.code, domain="culture", score=4, round=1, after=1)

    assert (answer.status, "your last saved score stands" in answer.text) == (429, True)
    script = (Path(__file__).parents[2] / "pages" / "_ballot.js").read_text("utf-8")
    assert re.search(r"FINAL = new Set\(\[[^]]*429", script)


def test_a_tap_counts_for_the_seat_of_its_cookie_whatever_it_claims(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    mine, other = Device(seat=seated(workshop, "Council").seat), seated(workshop, "Trust")
    open_scoring(facilitator, workshop.code, ["culture"])
    submit_score(other, workshop.code, "culture", 5)
    with reading() as cursor:
        ids = [seat.id for seat in seats_of(cursor, workshop.id)]

    for number, claim in enumerate([*ids, other.seat]):
        claimed = {"seat": claim, "seat_id": claim, "team": workshop.teams[1].id}
        tap = {"domain": "culture", "score": number, "round": 1, "after": number}
        assert mine.tap(workshop.code, **claimed, **tap).status == 200

    assert my_ballot(other, workshop.code).answers == {"culture": 5}
    assert my_ballot(mine.caller, workshop.code).answers == {"culture": len(ids)}
    nobody = Device().tap(workshop.code, domain="culture", score=0, round=1, after=0)
    assert (nobody.status, "no seat" in nobody.text) == (403, True)


def test_the_memory_of_times_is_bounded() -> None:
    memory = tries.Tries(2, remembered=10)

    for who in range(1000):
        memory.take(who)
        memory.take(who)

    assert [who for who in range(1000) if not memory.left(who)] == list(range(990, 1000))
