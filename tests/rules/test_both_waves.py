"""What two waves tell together: like with like, and nothing of anybody who is hidden in one."""

from collections import Counter, defaultdict
from fractions import Fraction

import pytest

from aqua_core.charts.sentences.over_time import headline, move_said, quiet_line
from aqua_core.rules.both_waves import (
    WaveScores,
    averages_of_all,
    compared_in,
    moves_between,
    wave_scores_of,
    wave_scores_shown,
)
from aqua_core.rules.gaps_over_time import board_less_front_line
from aqua_core.rules.moving import Stratum, comes_by_itself
from aqua_core.rules.over_time import TakenWave, over_time_of
from aqua_core.rules.shown import results_of, seen_of
from aqua_core.vocabulary import OPEN, Cast, Compare, Holder, Round, Workshop
from aqua_core.vocabulary.over_time import Change, Untold, Verdict, WaveOnPage
from benchmarks.pairs import attacked, pair_of
from tests.kit.notation import DAY, room
from tests.rules.test_moving import MOVES

KEYS = ("leadership", "governance", "culture")


@pytest.fixture
def few_shuffles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aqua_core.rules.lines.MOST_LISTED", 20)
    monkeypatch.setattr("aqua_core.rules.lines.SHUFFLES", 19)


def scores(table: str, guard: int = 3) -> WaveScores:
    return wave_scores_of(*room(f"leadership\n{table}", Holder.PERSON, guard))


def names(sets: tuple[frozenset[Stratum], ...]) -> list[list[str]]:
    return [sorted(team.partner for team in one) for one in sets]


def moved(first: WaveScores, second: WaveScores) -> Change:
    one, two = averages_of_all((first, second), "leadership")
    pair = (None if one is None else float(one), None if two is None else float(two))
    return moves_between(first, second, {"leadership": pair}, seed=1)[0]["leadership"]


def test_a_team_told_alone_both_times_is_compared_and_a_new_one_is_not() -> None:
    first = scores("Trust 1\n" * 3 + "Council 2\n" * 3)
    second = scores("Trust 3\n" * 3 + "Council 4\n" * 3 + "GPs 5\n" * 3)

    assert names(compared_in(first, second, "leadership")) == [["council"], ["trust"]]
    assert averages_of_all((first, second), "leadership") == (Fraction(3, 2), Fraction(7, 2))


def test_a_team_hidden_once_is_compared_only_with_those_it_was_told_with() -> None:
    first = scores("Trust 1\n" * 4 + "Council 2\n" * 4 + "GPs 5\n" * 3)
    second = scores("Trust 3\n" * 4 + "Council 4\n" * 4 + "GPs 0\nGPs 1\n")

    assert names(compared_in(first, second, "leadership")) == [["council"], ["gps", "trust"]] or (
        names(compared_in(first, second, "leadership")) == [["council", "gps"], ["trust"]]
    )


def test_another_mix_of_those_told_together_is_not_compared() -> None:
    first = scores("Trust 1\n" * 4 + "Council 2\nCouncil 3\n" + "GPs 5\n")
    second = scores("Trust 3\n" * 4 + "Council 4\n" + "GPs 0\n" + "GPs 1\n" * 1)

    assert ["trust"] in names(compared_in(first, second, "leadership"))
    assert ["council", "gps"] not in names(compared_in(first, second, "leadership"))


def test_a_reworded_domain_is_in_no_verdict() -> None:
    table = "Trust 1\n" * 6 + "Council 2\n" * 6
    first, second = scores(table), scores(table.replace("1", "4"))
    other = WaveScores(**{**vars(second), "wording": {"leadership": "another"}})

    assert compared_in(first, other, "leadership") == ()
    assert moved(first, other).untold is Untold.OTHER_WORDS
    assert moved(first, second).untold is None


def test_what_teams_on_laptops_agreed_is_shown_and_in_no_verdict() -> None:
    then, now = ("".join(f"P{n} {low + n % 2}\n" for n in range(6)) for low in (1, 3))
    first = scores(then, OPEN)
    agreed = wave_scores_of(*room(f"leadership\n{now}", Holder.LAPTOP, OPEN))
    assert moved(first, scores(now, OPEN)).verdict is Verdict.MOVED_UP

    for one, two in ((first, agreed), (agreed, first)):
        moves, whole = moves_between(one, two, {"leadership": (1.5, 3.5)}, seed=1)
        told = moves["leadership"]
        assert (told.verdict, told.untold) == (Verdict.CANNOT_BE_TOLD, Untold.AGREED)
        assert (told.step(), told.one_in, whole.untold) == (2.0, None, Untold.AGREED)
        taken = [
            TakenWave(WaveOnPage(held_on=DAY, called="May 2026"), {"leadership": average}, wave)
            for average, wave in ((1.5, one), (3.5, two))
        ]
        domain = room("leadership")[0].instrument.domains[0]
        place = over_time_of("Wigan", taken, [domain], since=0, each_time=False, seed=1)
        assert headline(place) == "Wigan: higher on Leadership by 2.0"
        said = f"{quiet_line(place)} {move_said(place.domains[0].move)}"
        assert said.count("not judged by chance") == 2
        assert not any(word in said for word in ("Shuffling", "moved", "time in"))


def test_a_domain_that_one_wave_did_not_ask_is_not_shown_and_not_reworded() -> None:
    table = "Trust 1\n" * 6 + "Council 2\n" * 6
    first, second = scores(table), scores(table)
    gone = {name: {} for name in ("parts", "partners", "pools", "wording")}
    other = WaveScores(**{**vars(second), **gone, "domains": ()})

    assert moved(other, first).untold is Untold.NOT_SHOWN
    taken = [TakenWave(WaveOnPage(held_on=DAY, called=""), {}, wave) for wave in (other, first)]
    domain = room("leadership")[0].instrument.domains[0]
    over_time = over_time_of("Wigan", taken, [domain], since=0, each_time=False, seed=1)
    assert over_time.domains[0].breaks == (False,)


def test_of_partners_that_came_each_time_none_is_no_verdict() -> None:
    first = scores("Trust 1\nTrust 2\n" * 6 + "Council 2\nCouncil 3\n" * 6)
    second = scores("Trust 3\nTrust 4\n" * 6 + "Council 2\nCouncil 3\n" * 6)

    moves, whole = moves_between(first, second, {"leadership": (None, None)}, seed=1)

    assert {moves["leadership"].untold, whole.untold} == {Untold.NO_PARTNER_EACH_TIME}
    assert {moves["leadership"].verdict, whole.verdict} == {Verdict.CANNOT_BE_TOLD}


def test_a_pack_that_shows_only_pools_beside_its_averages_compares_no_team() -> None:
    pooled = "Trust 1\nTrust 2\nCouncil 2\nCouncil 3\nGPs 3\nGPs 1\n"
    withheld = "Trust 1 -\nTrust 2 -\nCouncil 2 3\nCouncil 3 -\nGPs 3 1\nGPs 1 -\n"
    workshop, casts = room(f"leadership governance\n{withheld}", Holder.PERSON)
    rounds = [Round(domain=key, number=1, revealed=True) for key in ("leadership", "governance")]

    packed = wave_scores_shown(workshop, seen_of(workshop, rounds, casts).shown)

    assert packed.domains == ("leadership",)
    pair = {"leadership": (2.0, 2.0), "governance": (2.0, 2.0)}
    moves, _ = moves_between(packed, scores(pooled), pair, seed=1)
    assert moves["leadership"].untold is Untold.NOBODY_TWICE
    assert moves["governance"].untold is Untold.NOT_SHOWN


def test_the_whole_way_finds_what_moved_and_how_often_by_chance() -> None:
    first = scores("Trust 1\nTrust 2\nTrust 1\nTrust 2\n" + "Council 2\nCouncil 1\n" * 2)
    second = scores("Trust 3\nTrust 4\nTrust 3\nTrust 3\n" + "Council 4\nCouncil 3\n" * 2)

    found = moved(first, second)

    assert found.verdict is Verdict.MOVED_UP
    assert (found.scored, found.step()) == ((8, 8), 1.9)
    assert found.one_in is not None
    assert found.one_in >= 20


@pytest.mark.parametrize("name", [n for n, case in MOVES.items() if case["domains"] <= 3])
def test_averages_of_those_who_came_each_time_are_the_oracles(name: str) -> None:
    waves = [open_wave(MOVES[name][wave], MOVES[name]["domains"]) for wave in ("wave1", "wave2")]

    for at, exact in enumerate(MOVES[name]["expect"]["domains"]):
        found = averages_of_all(waves, KEYS[at])
        expected = tuple(one and Fraction(one["exact"]) for one in exact["average"] or (None, None))
        both = found if None not in found else (None, None)
        assert both == (expected if None not in expected else (None, None)), at


def open_wave(teams: dict[str, list[list[int | None]]], domains: int) -> WaveScores:
    rows = [
        " ".join([key.replace("front line", "front"), *("-" if s is None else str(s) for s in row)])
        for key, ballots in teams.items()
        for row in ballots
    ]
    table = " ".join(KEYS[:domains]) + "\n" + "\n".join(rows)
    return wave_scores_of(*room(table, Holder.PERSON, guard=1))


def plain_averages(first: WaveScores, second: WaveScores) -> tuple[Fraction, Fraction]:
    """Add up by hand, in open rooms: each partner that scored both times weighs the same."""
    waves = []
    for wave in (first, second):
        points: dict[str, list[int]] = defaultdict(list)
        for team, (score, *_) in wave.ballots:
            if score is not None:
                points[team.partner].append(score)
        waves.append(points)
    both = waves[0].keys() & waves[1].keys()
    one, two = (
        sum(Fraction(sum(points[name]), len(points[name])) for name in both) / len(both)
        for points in waves
    )
    return one, two


@pytest.mark.slow
def test_averages_agree_with_a_plainer_sum_in_seeded_open_rooms() -> None:
    for seed in range(300):
        first, second = (wave_scores_of(*wave) for wave in pair_of(seed, guard=1))
        key = first.domains[0]
        found = averages_of_all((first, second), key)
        if key in second.domains and None not in found:
            assert found == plain_averages(first, second), seed


@pytest.mark.slow
@pytest.mark.usefixtures("few_shuffles")
@pytest.mark.parametrize("guard", [3, 5])
def test_nothing_hidden_follows_from_two_waves_together(guard: int) -> None:
    counts = sum((attacked(seed, guard) for seed in range(20)), Counter())

    assert counts["derivable"] == 0
    assert counts["hidden"] > 200


@pytest.mark.long
@pytest.mark.slow
def test_the_attack_finds_what_a_rule_without_the_guard_gives_away(
    monkeypatch: pytest.MonkeyPatch, few_shuffles: None
) -> None:
    def told(first: WaveScores, second: WaveScores) -> object:
        return [sorted(wave.ballots, key=str) for wave in (first, second)]

    real = wave_scores_of

    def raw(workshop, casts):
        kept = real(workshop, casts)
        rows = [(Stratum(c.team_id, c.seat_id), (c.score,)) for c in casts]
        return WaveScores(**{**vars(kept), "ballots": rows})

    monkeypatch.setattr("benchmarks.pairs.wave_scores_of", raw)
    monkeypatch.setattr("benchmarks.pairs.over_time", told)

    assert sum((attacked(seed, 3) for seed in range(3)), Counter())["derivable"] > 0


def test_a_wave_from_a_pack_is_judged_by_the_teams_it_shows_alone() -> None:
    table = "leadership governance\n" + "Trust 1 2\n" * 4 + "Council 2 3\n" * 4 + "GPs 5 5\n"
    workshop, casts = room(table, Holder.PERSON)
    rounds = [Round(domain=key, number=1, revealed=True) for key in ("leadership", "governance")]
    shown = seen_of(workshop, rounds, casts).shown

    packed, given = wave_scores_shown(workshop, shown), wave_scores_of(workshop, casts)

    alone = {mark.group.id for mark in shown.spreads[Compare.TEAM][0].marks} - {"pooled"}
    assert {f"{team.partner} {team.tier}" for team, _ in packed.ballots} == {
        name.lower() for name in alone
    }
    assert packed.wording == given.wording
    assert packed.linked == frozenset()


def test_a_rise_as_small_as_the_lowest_has_by_itself_is_named() -> None:
    averages = {"a": 1.2, "b": 2.0}

    assert comes_by_itself(averages, "a", 0.1, 9)
    assert not comes_by_itself(averages, "a", 0.1, 12)
    assert not comes_by_itself(averages, "b", 0.1, 9)
    assert not comes_by_itself(averages, "a", -0.1, 9)


def test_the_board_stands_beside_the_front_line_only_where_both_are_shown() -> None:
    table = "culture workforce\n" + "Trust/board 4 4\n" * 3 + "Trust/front 2 2\n" * 3
    for guard, steps in ((3, [("culture", 2.0)]), (5, [])):
        workshop, casts = room(table, Holder.PERSON, guard)
        rounds = [Round(domain=key, number=1, revealed=True) for key in ("culture", "workforce")]
        gaps = seen_of(workshop, rounds, casts).shown.gaps[Compare.TIER]

        assert [(one.domain, one.step) for one in board_less_front_line(gaps, DAY)] == steps


def two_at_a_tier(table: str, guard: int) -> tuple[Workshop, tuple[Cast, ...]]:
    """Read a room in which Wards are a second team of the Trust's, at the board as its first."""
    workshop, casts = room(f"leadership\n{table}", Holder.PERSON, guard)
    trust = next(partner for partner in workshop.partners if partner.name == "Trust")
    teams = (
        team.model_copy(update={"partner": trust}) if team.partner.name == "Wards" else team
        for team in workshop.teams
    )
    return workshop.model_copy(update={"teams": tuple(teams)}), casts


def test_a_pack_holds_the_scores_of_both_teams_of_a_partner_at_one_tier() -> None:
    workshop, casts = two_at_a_tier("Trust 1\n" * 3 + "Wards 5\n" * 4 + "GPs 2\n" * 3, guard=1)
    rounds = [Round(domain="leadership", number=1, revealed=True)]

    packed = wave_scores_shown(workshop, results_of(workshop, rounds, casts))

    given = wave_scores_of(workshop, casts)
    assert sorted(packed.ballots) == sorted(given.ballots)
    assert packed.partners == given.partners


def test_teams_of_a_partner_that_are_told_together_are_nobodys_hands() -> None:
    workshop, casts = two_at_a_tier("Trust 1\n" * 3 + "Wards 5\n" * 2 + "GPs 2\n" * 3, guard=3)

    assert wave_scores_of(workshop, casts).linked == {Stratum("gps", "board")}
