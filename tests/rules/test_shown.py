"""One value crosses the reveal: whatever a room is shown of its scores is in it, and no more."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import get_args

import pytest

from aqua_core.exports.pack_writing import Packed
from aqua_core.live import forget_all
from aqua_core.rules.agreement import spread_of
from aqua_core.rules.gaps import gaps_of
from aqua_core.rules.guard import told_on
from aqua_core.rules.room import read_room
from aqua_core.rules.shown import seen_of
from aqua_core.rules.whole import blanks_of, levels_of
from aqua_core.store.closings import add_closing
from aqua_core.store.database import writing
from aqua_core.vocabulary import Cast, Compare, Round, Workshop
from aqua_core.vocabulary.shown import RoomReading, Shown, Tells
from aqua_core.workshop import showing
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.choosing import set_topic_aside
from aqua_core.workshop.closing import close_workshop
from aqua_core.workshop.exporting import (
    open_pack,
    plan_csv,
    plan_workbook,
    report_page,
    session_pack,
)
from aqua_core.workshop.joining import my_result
from aqua_core.workshop.noting import write_down
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.showing import results_now, shown_now, tells_now
from benchmarks.guard import seen
from pages import _way
from pages._views import View
from tests.kit.looking import words
from tests.kit.notation import made, seated
from tests.kit.seeds import seeds
from tests.kit.shown_rooms import (
    alike,
    exchanged,
    kept,
    of_its_own,
    revealed,
    scored_otherwise,
    seeded_twice,
)
from tests.test_architecture import imported, sources

PAGES = (_way.ROOM, _way.GAPS, _way.DOMAIN, _way.TALK, _way.PLAN, _way.TAKE_AWAY)
FILES = (plan_csv, plan_workbook, report_page, session_pack)
GATE = "aqua_core/rules/shown.py"
RULES = {
    f"{rule.__module__}.{rule.__name__}"
    for rule in (gaps_of, spread_of, levels_of, blanks_of, read_room)
}


def test_scores_are_read_in_one_place_and_pages_and_files_know_none() -> None:
    names = dict(sources())
    readers = {
        source
        for source, used in names.items()
        if source.startswith("aqua_core/workshop/") and "aqua_core.store.votes.casts_of" in used
    }
    knowing = {
        source
        for source, used in names.items()
        if source.startswith(("pages/", "aqua_core/exports/", "aqua_core/charts/"))
        and {"aqua_core.vocabulary.Cast", f"{Cast.__module__}.Cast"} & used
    }

    assert readers == {"aqua_core/workshop/showing.py"}
    # A sealed sitting goes from room file to room file, and is shown by nothing on its way.
    assert knowing == {"aqua_core/exports/sealed_file.py"}


def test_the_gate_is_the_only_rule_of_scores_that_a_deed_or_view_asks() -> None:
    asked = {source for source, names in sources() if RULES & names}

    assert {module for module in asked if module.startswith("aqua_core/rules/")} > {GATE}
    assert {module for module in asked if not module.startswith("aqua_core/rules/")} == set()


@pytest.mark.parametrize(
    "asking",
    [
        "from aqua_core.rules.gaps import gaps_of",
        "from aqua_core.rules import gaps\nasked = gaps.gaps_of()",
        "from aqua_core.rules import gaps as rule\nasked = map(rule.gaps_of, ())",
        "import aqua_core.rules.gaps\nasked = aqua_core.rules.gaps.gaps_of()",
        "import aqua_core.rules.gaps as rule\nasked = rule.gaps_of()",
        "from aqua_core import rules\nasked = rules.gaps.gaps_of()",
    ],
)
def test_the_wall_hears_a_rule_however_it_is_imported(tmp_path: Path, asking: str) -> None:
    asks = tmp_path / "asks.py"
    asks.write_text(asking, encoding="utf-8")

    assert RULES & imported(asks) == {"aqua_core.rules.gaps.gaps_of"}


def test_the_attack_runs_on_what_the_room_is_shown(facilitator: Caller) -> None:
    workshop, casts = alike(4)
    kept(workshop, casts)

    shown = seen.shown_of(workshop, casts)

    assert shown_now(facilitator, workshop.code) == shown.model_copy(update={"misreadings": ()})


@pytest.mark.slow
def test_shown_holds_no_tell_and_no_pull() -> None:
    told = 0
    for seed in range(20):
        workshop, casts = seeded_twice(seed)
        shown = seen_of(workshop, revealed(casts), casts).shown

        told += len(shown.movements)
        assert {(movement.pull, movement.pattern) for movement in shown.movements} <= {(None, None)}
        assert {gap.held_back for by in Compare for gap in shown.gaps[by]} <= {0, 1}
    private = {Tells, RoomReading}
    assert not private & {kind for field in Shown.model_fields.values() for kind in parts(field)}
    assert told > 5


def parts(field: object) -> set[object]:
    found, left = set(), [getattr(field, "annotation", field)]
    while left:
        kind = left.pop()
        found.add(kind)
        left += get_args(kind)
    return found


@pytest.mark.slow
def test_a_domain_that_is_being_scored_again_is_in_no_field() -> None:
    sealed = 0
    for seed in range(24):
        workshop, casts = seeded_twice(seed)
        keys = sorted({cast.domain for cast in casts})
        if not keys:
            continue
        key = random.Random(seed).choice(keys)
        last = max(cast.round for cast in casts if cast.domain == key)
        rounds = [
            Round(domain=round_.domain, number=round_.number, revealed=False)
            if (round_.domain, round_.number) == (key, last)
            else round_
            for round_ in revealed(casts)
        ]

        shown = seen_of(workshop, rounds, casts, {}, [(key, last), (key, 1)]).shown

        open_ones = [cast for cast in casts if cast.domain != key]
        assert f'"{key}"' not in shown.model_dump_json()
        assert shown == seen_of(workshop, revealed(open_ones), open_ones).shown, seed
        sealed += last
    assert sealed > 30


@pytest.mark.long
def test_what_is_shown_comes_back_from_a_file_as_it_was() -> None:
    for seed in range(40):
        workshop, casts = seeded_twice(seed)
        shown = seen_of(workshop, revealed(casts), casts).shown

        assert Shown.model_validate_json(shown.model_dump_json()) == shown, seed


@pytest.mark.long
@seeds(200, always=6)
def test_an_opened_pack_shows_what_the_room_was_shown_in_150_rooms(
    facilitator: Caller, seeds: range
) -> None:
    opened = 0
    for seed in seeds:
        workshop, casts = of_its_own(seed, *seeded_twice(seed))
        if len(workshop.partners) < 2:
            continue
        kept(workshop, casts)
        before = shown_now(facilitator, workshop.code)
        pack = session_pack(facilitator, workshop.code)
        gone(workshop)

        again = open_pack(facilitator, pack)

        assert shown_now(facilitator, again.code) == before, seed
        assert session_pack(facilitator, again.code) == pack, seed
        gone(again)
        opened += 1
    assert opened >= 0.75 * len(seeds)


def gone(workshop: Workshop) -> None:
    """Take a workshop out of the file without writing the file anew."""
    tables = ("workshop", "partner", "team", "seat", "vote", "round", "reveal", "closing")
    with writing() as cursor:
        for table in (*tables, "brought", "sitting"):
            column = "id" if table == "workshop" else "workshop_id"
            cursor.execute(f"DELETE FROM {table} WHERE {column} = $1", [workshop.id])
    forget_all(workshop.code)


def two_rooms_that_show_the_same(seeds: range) -> tuple[Workshop, list, list]:
    for seed in seeds:
        workshop, casts = of_its_own(seed, *alike(seed))
        other = exchanged(workshop, casts, seed)
        shown, too = (seen_of(workshop, revealed(votes), votes).shown for votes in (casts, other))
        if other != casts and shown == too and len(shown.domains) > 2 and shown.topics:
            return workshop, casts, other
    raise AssertionError("no two rooms show the same")


@pytest.mark.slow
def test_two_rooms_that_show_the_same_are_the_same_on_every_page_and_in_every_file(
    looks: Callable[..., object], facilitator: Caller
) -> None:
    workshop, one, other = two_rooms_that_show_the_same(range(60))
    kept(workshop, one)
    with writing() as cursor:
        add_closing(cursor, workshop.id)

    def everything() -> list[object]:
        forget_all(workshop.code)
        pages = [str(looks(facilitator, page, workshop.code).main) for page in PAGES]
        gaps = looks(facilitator, _way.GAPS, workshop.code)
        for view in View:
            gaps.segmented_control[0].set_value(view).run()
            pages += [words(gaps), *(chart.proto.spec for chart in gaps.get("vega_lite_chart"))]
        return [*pages, *(file(facilitator, workshop.code) for file in FILES)]

    before = everything()
    scored_otherwise(workshop, other)

    assert sum(map(len, before[:-4])) > 50_000
    assert everything() == before


def test_a_reveal_is_worked_out_once_for_everybody(
    facilitator: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: Counter[str] = Counter()

    def count(name: str) -> None:
        rule = getattr(showing, name)

        def counted(*asked: object) -> object:
            times[name] += 1
            return rule(*asked)

        monkeypatch.setattr(showing, name, counted)

    workshop = made(facilitator, "Council", "Trust")
    open_scoring(facilitator, workshop.code, ["culture", "finance"])
    seats = [seated(workshop, name) for name in ("Council", "Trust")]
    for at, seat in enumerate(seats):
        submit_score(seat, workshop.code, "culture", 5 * at)
    count("results_of")
    count("seen_of")

    reveal(facilitator, workshop.code)
    assert times == {"results_of": 1}
    for seat in seats:
        my_result(seat, workshop.code)
    write_down(facilitator, workshop.code, "culture", "A note moves no score")
    results_now(facilitator, workshop.code)
    assert times == {"results_of": 1}
    for ask in (shown_now, tells_now, shown_now):
        ask(facilitator, workshop.code)
        write_down(facilitator, workshop.code, "culture", "Nor does another")
    assert times == {"results_of": 1, "seen_of": 1}
    set_topic_aside(facilitator, workshop.code, "culture", "Later")
    assert not shown_now(facilitator, workshop.code).topics
    assert times == {"results_of": 1, "seen_of": 2}


@pytest.mark.parametrize(
    ("page", "asks"),
    [(_way.GAPS, "results_now"), (_way.DOMAIN, "results_now"), (_way.TALK, "shown_now")],
)
def test_a_page_asks_once_what_is_shown(
    looks: Callable[..., object],
    facilitator: Caller,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    asks: str,
) -> None:
    workshop, casts = alike(4)
    kept(workshop, casts)
    app = looks(facilitator, page, workshop.code)
    times = []
    for name in ("results_now", "shown_now"):
        ask = getattr(showing, name)
        monkeypatch.setattr(
            showing, name, lambda *asked, n=name, ask=ask: times.append(n) or ask(*asked)
        )

    app.run()

    assert not app.exception
    assert times == [asks]


def test_the_private_notes_of_a_workshop_stay_on_the_laptop_that_it_is_of(
    looks: Callable[..., object], facilitator: Caller
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    open_scoring(facilitator, workshop.code, ["culture"])
    for at, name in enumerate(("Council", "Trust")):
        submit_score(seated(workshop, name), workshop.code, "culture", 5 * at)
    reveal(facilitator, workshop.code)
    pack = session_pack(facilitator, workshop.code)
    close_workshop(facilitator, workshop.code)
    gone(workshop)
    opened = open_pack(facilitator, pack)

    app = looks(facilitator, _way.ONLY_FOR_YOU, opened.code)
    app.button[0].click().run()

    assert tells_now(facilitator, opened.code) is None
    assert "private notes stayed on the laptop that it is of" in words(app)
    assert "To ask yourself" not in words(app)


def test_a_pack_holds_no_seat_no_vote_and_no_join_code() -> None:
    held = set(Packed.model_fields)

    assert not held & {"seats", "votes", "scores", "casts", "guesses", "code"}


def other_seats_answered(workshop: Workshop, casts: Sequence[Cast], seed: int) -> list[Cast]:
    """Let other seats of the same teams answer, wherever answers are told of several teams."""
    dice, found = random.Random(f"other seats {seed}"), []
    told = {domain: told_on(workshop, casts, domain) for domain in {c.domain for c in casts}}
    for domain, on_domain in sorted(told.items()):
        for portion in on_domain.answers:
            for team in sorted(portion):
                theirs = [c for c in casts if (c.domain, c.team_id) == (domain, team)]
                seats = sorted({c.seat_id for c in casts if c.team_id == team})
                if len(portion) > 1 or on_domain.withheld:
                    dice.shuffle(seats)
                    theirs = [
                        cast.model_copy(update={"seat_id": seat})
                        for cast, seat in zip(theirs, seats, strict=False)
                    ]
                found += theirs
    return found


def test_which_seats_of_a_pool_answered_changes_nothing_that_is_said_of_chance() -> None:
    """Each room beside one in which other seats gave the same answers."""
    asked = 0
    for seed in [*range(18), 227]:
        workshop, casts = alike(seed)
        other = other_seats_answered(workshop, casts, seed)
        if {c.seat_id for c in other} != {c.seat_id for c in casts}:
            continue
        asked += set(other) != set(casts)

        one, two = read_room(workshop, casts), read_room(workshop, other)
        assert (one.topics, one.looked_at) == (two.topics, two.looked_at), seed
    assert asked >= 12
