"""What the room will be shown is foreseen from counts: the guard's own decision, beforehand."""

import random
from collections import Counter
from itertools import count

import pytest

from aqua_core.charts.sentences import foreseen as words
from aqua_core.rules.foreseen import dealt, foreseen_of, suggested_guard
from aqua_core.rules.gaps import gaps_of
from aqua_core.rules.guard import Telling, told_on
from aqua_core.rules.shown import seen_of
from aqua_core.vocabulary import (
    CANNOT_SAY,
    GUARDS,
    OPEN,
    Cast,
    Compare,
    Foreseen,
    Holder,
    Sight,
    Team,
    Tier,
    TooSmall,
    Workshop,
)
from tests.kit.notation import workshop_of
from tests.kit.seeds import one_by_one
from tests.kit.shown_rooms import alike, revealed

BOARD = (Tier.BOARD,)
Room = tuple[Workshop, dict[str, int]]


def a_room(draw: random.Random) -> Room:
    """Draw a room of up to five partners at up to three tiers, teams of none to seven people."""
    partners = ["Council", "Trust", "GPs", "Network", "Charity"][: draw.randint(1, 5)]
    names = [
        (partner, tier)
        for partner in partners
        for tier in draw.choice([BOARD, tuple(Tier)[:3], (Tier.BOARD, Tier.FRONT_LINE)])
    ]
    workshop = workshop_of(names, Holder.PERSON)
    workshop = workshop.model_copy(update={"guard": draw.choice(GUARDS)})
    return workshop, {team.id: draw.randint(0, 7) for team in workshop.teams}


def rooms(seed: int, number: int = 1000) -> list[Room]:
    draw = random.Random(seed)
    return [a_room(draw) for _ in range(number)]


def foreseen_in(room: Room) -> Foreseen:
    workshop, people = room
    return foreseen_of(workshop.teams, people, workshop.guard)


def scored_by(workshop: Workshop, people: dict[str, int]) -> tuple[Cast, ...]:
    """Give everybody a score, neighbours another one."""
    seats = [team.id for team in workshop.teams for _ in range(people[team.id])]
    return tuple(
        Cast(domain="culture", round=1, seat_id=str(at), team_id=team, score=at % 6)
        for at, team in enumerate(seats)
    )


def of_partners(people: dict[str, int], workshop: Workshop) -> Counter[str]:
    came: Counter[str] = Counter()
    for team in workshop.teams:
        came[team.partner.name] += people[team.id]
    return +came


@pytest.mark.long
def test_what_is_foreseen_is_what_the_gaps_then_show() -> None:
    compared = 0
    for room in rooms(1):
        workshop, people = room
        casts = scored_by(workshop, people)
        foreseen = foreseen_in(room)
        told = told_on(workshop, casts, "culture")
        if told.telling not in (Telling.APART, Telling.TOO_FEW):
            continue  # people agree: that is not foreseen
        for sight in foreseen.sights:
            (gap,) = gaps_of(workshop, casts, ["culture"], sight.compare)
            assert set(sight.alone) == {standing.group.name for standing in gap.standings}
            assert sight.holds == (gap.width is not None)
            compared += 1

    assert compared > 1500


@pytest.mark.slow
def test_partners_are_foreseen_as_a_plain_count_finds_them() -> None:
    for room in rooms(2):
        workshop, people = room
        came, guard = of_partners(people, workshop), workshop.guard
        small = {name for name, number in came.items() if number < guard}
        together = set(small)
        while together and sum(came[name] for name in together) < guard and together != set(came):
            # The smallest of the others joins them; of equals the last by its id, here its name.
            together.add(min(sorted(set(came) - together, reverse=True), key=came.__getitem__))
        foreseen = foreseen_in(room)
        (partners,) = [sight for sight in foreseen.sights if sight.compare is Compare.PARTNER]

        assert foreseen.people == sum(people.values())
        assert {partner.name for partner in foreseen.partners} == small
        assert {partner.name: partner.lacks for partner in foreseen.partners} == {
            name: guard - came[name] for name in small
        }
        if not foreseen.withheld:
            assert set(partners.together) == together
            assert set(partners.alone) == set(came) - together


def with_more(workshop: Workshop, people: dict[str, int], lacks: dict[str, int]) -> Room:
    """Seat as many more as are said to be missing, by the name of a partner or a team."""
    more = dict(people)
    for name, lacking in lacks.items():
        team = next(
            team
            for team in workshop.teams
            if name == team.name or (name == team.partner.name and people[team.id])
        )
        more[team.id] += lacking
    return workshop, more


@pytest.mark.long
@pytest.mark.slow
def test_who_is_said_to_be_missing_is_all_that_is_missing() -> None:
    partly = 0
    for room in rooms(3):
        foreseen = foreseen_in(room)
        lacks = {partner.name: partner.lacks for partner in foreseen.partners}
        partners = foreseen_in(with_more(*room, lacks)).sight(Compare.PARTNER)
        assert partners is None or partners.whole or not foreseen.people

        if foreseen.partners or not foreseen.teams:
            continue
        partly += 1
        teams = {team.name: team.lacks for team in foreseen.teams}
        whole = foreseen_in(with_more(*room, teams))
        assert all(sight.whole for sight in whole.sights)
        one_less = {name: lacking - 1 for name, lacking in teams.items()}
        assert foreseen_in(with_more(*room, one_less)).teams

    assert partly > 50


@pytest.mark.slow
def test_nothing_is_called_missing_where_everything_is_shown() -> None:
    for room in rooms(4):
        foreseen = foreseen_in(room)
        whole = all(sight.whole for sight in foreseen.sights) and not foreseen.withheld

        assert (words.still_missing(foreseen) == ()) == (whole or not foreseen.people)


def test_the_line_names_who_is_missing_and_what_that_hides() -> None:
    names = [("Council", tier) for tier in (Tier.BOARD, Tier.FRONT_LINE)] + [
        (name, Tier.BOARD) for name in ("Trust", "GPs", "Network", "Charity", "Hospice")
    ]
    workshop = workshop_of(names, Holder.PERSON)
    teams = dict(zip([team.name for team in workshop.teams], workshop.teams, strict=True))

    def said(guard: int, **people: int) -> tuple[str, ...]:
        counted = {teams[name.replace("_", " ")].id: number for name, number in people.items()}
        return words.still_missing(foreseen_of(workshop.teams, counted, guard))

    whole = {"Trust_board": 4, "GPs_board": 5, "Network_board": 3, "Charity_board": 3}

    assert said(3) == ()
    assert said(3, Trust_board=2) == ("Two joined, one more and scores can be shown.",)
    assert said(3, **whole | {"Network_board": 2, "Charity_board": 1})[0] == (
        "Shown only together so far: Network (one more) and Charity (two more)."
    )
    assert said(3, **whole | {"Network_board": 2})[0] == (
        "Network: two joined, one more and it can be shown alone. "
        "Until then Charity is shown only with it."
    )
    assert said(3, Council_board=4, Council_front_line=2, **whole)[0] == (
        "Council front line: two joined, one more and it can be shown alone."
    )
    assert said(5, **whole)[0].startswith("Shown only together so far: Trust (one more), ")
    assert said(1, **whole | {"Network_board": 1}) == ()


def test_what_a_small_team_hides_is_said_with_its_partner() -> None:
    council = TooSmall(name="Council, front line", people=2, lacks=1)
    partners = Sight(
        compare=Compare.PARTNER, alone=("Council", "Trust", "GPs"), together=(), without=()
    )
    tiers = Sight(
        compare=Compare.TIER, alone=("Board", "Front line"), together=(), without=("Council",)
    )
    teams = Sight(
        compare=Compare.TEAM,
        alone=("Trust, board", "Trust, front line", "GPs"),
        together=("Council, board", "Council, front line"),
        without=("Council",),
    )

    def said(*sights: Sight) -> tuple[str, ...]:
        foreseen = Foreseen(
            guard=3, people=16, sights=sights, partners=(), teams=(council,), ones=()
        )
        return words.still_missing(foreseen)

    assert said(partners, tiers, teams) == (
        "Council, front line: two joined, one more and it can be shown alone.",
        "So far tiers and teams are compared without Council.",
    )
    lost = tiers.model_copy(update={"alone": (), "together": ("Board", "Front line")})
    assert said(partners, lost)[1] == "So far tiers cannot be compared."
    assert said(partners) == ()  # there is no other comparison


def test_in_an_open_room_whoever_is_alone_is_told_so() -> None:
    workshop = workshop_of([("Council", Tier.BOARD), ("GPs", Tier.BOARD)], Holder.PERSON)
    council, gps = (team.id for team in workshop.teams)

    alone = foreseen_of(workshop.teams, {council: 2, gps: 1}, OPEN)

    assert words.alone_here(alone) == (
        "Alone so far: GPs board. The room would see those scores as theirs."
    )
    assert words.alone_here(foreseen_of(workshop.teams, {council: 2, gps: 2}, OPEN)) == ""
    assert words.alone_here(foreseen_of(workshop.teams, {council: 2, gps: 1}, 3)) == ""


def test_the_dialog_lists_who_would_be_shown() -> None:
    names = [(name, tier) for name in ("Council", "Trust", "GPs") for tier in list(Tier)[:2]]
    workshop = workshop_of(names, Holder.PERSON)
    everybody = foreseen_of(workshop.teams, {team.id: 3 for team in workshop.teams}, 3)

    def said(*people: int, guard: int = 3) -> list[str]:
        finished = dict(zip([team.id for team in workshop.teams], people, strict=True))
        ahead = foreseen_of(workshop.teams, finished, guard)
        return list(words.seen_at_reveal(ahead, everybody))

    assert said(1, 1, 0, 0, 0, 0) == ["No score: that takes three who finished."]
    assert said(0, 0, 0, 0, 0, 0, guard=1) == ["No score: that takes somebody who finished."]
    assert said(3, 3, 3, 3, 3, 3) == [
        "Partners: up to 3, Council, Trust and GPs",
        "Tiers: up to 2, Board and Managers",
        "Teams: up to 6",
        "On each domain a group stands alone only where three or more of it gave a score: "
        "“Cannot say” is none",
    ]
    six = workshop_of([(f"P{n}", Tier.BOARD) for n in range(6)], Holder.PERSON, guard=1)
    open_room = foreseen_of(six.teams, {team.id: 2 for team in six.teams}, 1)
    assert words.seen_at_reveal(open_room, open_room) == ("Partners: all 6",)
    assert said(3, 3, 3, 3, 0, 0)[-1] == "Nobody has finished yet: GPs"
    assert said(3, 3, 3, 3, 2, 0)[0] == ("Partners: up to 2, Council and Trust; only together: GPs")
    assert said(2, 2, 1, 1, 0, 0)[0] == "Partners: not compared"


@one_by_one(200, always=50)
def test_a_reveal_never_shows_more_groups_than_the_dialog_said(seed: int) -> None:
    workshop, some = alike(seed)
    # Who has finished has answered every domain.
    seats = {cast.seat_id: cast.team_id for cast in some}
    given = {(cast.seat_id, cast.domain): cast for cast in some}
    casts = [
        given.get((seat, domain))
        or Cast(domain=domain, round=1, seat_id=seat, team_id=team, score=CANNOT_SAY)
        for seat, team in seats.items()
        for domain in sorted({cast.domain for cast in some})
    ]
    came = Counter({cast.seat_id: cast.team_id for cast in casts}.values())

    ahead = foreseen_of(workshop.teams, came, workshop.guard)

    shown = seen_of(workshop, revealed(casts), casts).shown
    for sight in ahead.sights:
        for gap in shown.gaps[sight.compare]:
            assert {side.group.name for side in gap.standings} <= set(sight.most)
    lines = words.seen_at_reveal(ahead, ahead)
    assert workshop.guard == OPEN or not any(": all" in line for line in lines)


@pytest.mark.parametrize(
    ("tiers", "people", "guard"),
    [
        ([BOARD] * 6, 12, OPEN),
        ([BOARD] * 6, 18, OPEN),  # of exactly three, one who stays away hides a partner
        ([BOARD] * 6, 24, 3),
        ([BOARD] * 6, 30, 3),
        ([BOARD] * 6, 60, 3),
        ([tuple(Tier)[:3]] * 6, 30, 3),
        ([tuple(Tier)[:3]] * 3, 11, OPEN),
        ([BOARD] * 10, 30, 3),
        ([BOARD] * 11, 30, OPEN),
        ([BOARD] * 3, 12, 3),
        ([], 12, OPEN),
    ],
)
def test_open_is_suggested_where_partners_are_small(
    tiers: list[tuple[Tier, ...]], people: int, guard: int
) -> None:
    assert suggested_guard(tiers, people) == guard


@pytest.mark.slow
def test_under_what_is_suggested_partners_can_be_compared_and_one_may_stay_away() -> None:
    draw = random.Random(5)
    for _ in range(300):
        tiers = [draw.choice([BOARD, tuple(Tier)[:3]]) for _ in range(draw.randint(2, 9))]
        people = draw.randint(sum(map(len, tiers)), 90)
        guard = suggested_guard(tiers, people)
        teams, seated = dealt(tiers, people)
        fewer = dict(seated)
        for partner in {team.partner.id for team in teams}:
            theirs = [team for team in teams if team.partner.id == partner]
            fewer[max(theirs, key=lambda team: seated[team.id]).id] -= 1

        partners = foreseen_of(teams, seated, guard).sight(Compare.PARTNER)
        after = foreseen_of(teams, fewer, guard).sight(Compare.PARTNER)

        assert sum(seated.values()) == people
        assert max(seated.values()) - min(seated.values()) <= 1
        assert partners
        assert partners.whole
        every = foreseen_of(teams, seated, guard).sights
        assert guard != OPEN or all(sight.holds for sight in every)
        assert guard == OPEN or people >= 30 or (after and after.whole)


def test_the_form_says_what_the_room_would_see() -> None:
    def said(tiers: list[tuple[Tier, ...]], people: int) -> str:
        teams, seated = dealt(tiers, people)
        kept = foreseen_of(teams, seated, GUARDS[0])
        return words.suggested(len(tiers), len(teams), kept, suggested_guard(tiers, people))

    assert said([BOARD] * 6, 12) == (
        "What will be shown? Six partners, about two people each: choose open, or teams on "
        "laptops. With small groups kept together nothing could be compared."
    )
    assert said([BOARD] * 6, 30) == (
        "What will be shown? Six partners, about five people each: enough to keep small groups "
        "together. Partners could be compared."
    )
    assert said([BOARD] * 6, 16).endswith("kept together 4 of 6 partners could be compared.")
    assert said([tuple(Tier)[:3]] * 6, 30).endswith(
        "Partners could be compared, tiers and teams not."
    )
    assert "in 18 teams, one or two people a team" in said([tuple(Tier)[:3]] * 6, 30)
    assert "some without anybody" in said([BOARD] * 6, 4)
    assert said([], 12) == "What will be shown"


@pytest.mark.parametrize(
    ("holder", "guard", "seen"),
    [
        (Holder.PERSON, 3, "a team of one or two only as part of a larger group."),
        (Holder.PERSON, 5, "a team of one to four only as part of a larger group."),
        (Holder.PERSON, OPEN, "in a team of one or two, others can tell which are yours."),
        (Holder.LAPTOP, OPEN, "Then the room sees your team's score."),
    ],
)
def test_one_sentence_says_what_will_be_shown(holder: Holder, guard: int, seen: str) -> None:
    said = words.promise(holder, guard)

    assert said.endswith(seen)
    assert "Scores stay hidden until the reveal." in said
    assert len(said) < 160  # of a ballot's foot, three lines on a phone


def test_a_comparison_that_is_no_other_is_not_foreseen_twice() -> None:
    own = count()
    teams: tuple[Team, ...] = dealt([BOARD] * 3, 9)[0]

    sights = foreseen_of(teams, {team.id: next(own) + 3 for team in teams}, 3).sights

    assert [sight.compare for sight in sights] == [Compare.PARTNER]
