"""What is said of answers beside the framework goes no further than the answers shown."""

import pytest

from aqua_core.charts.sentences.beside import (
    beside_keys,
    heading,
    lines_under,
    moves_said,
    not_answered_said,
    noted,
    picked_first,
    promise,
    rise_said,
    rows_to_talk_about,
    standing_out,
    to_begin_with,
    under,
)
from aqua_core.rules.beside import where_to_begin
from aqua_core.vocabulary import OPEN, Group, Instrument
from aqua_core.vocabulary.beside import Counted, OfGroup, Row, ShownBeside
from aqua_core.vocabulary.plan import Move
from tests.kit.beside import HOW_WE_WORK, WHAT_WE_CAN_DO
from tests.kit.notation import INSTRUMENT


def counted(answers: str) -> Counted:
    """Give "1 0 2 3": the counts of three answers, then who cannot say; "" is not told."""
    *counts, cannot_say = map(int, answers.split() or "0")
    told = bool(answers)
    return Counted(told=told, counts=tuple(counts), cannot_say=cannot_say, partners=(), tiers=())


def with_groups(time: Counted, called: str, groups: dict[str, str]) -> Counted:
    """Show groups apart: {"Council": "2 0 0 0"} under "partners" or "tiers"."""
    apart = [
        OfGroup(
            group=Group(id=name.lower(), name=name, slot=slot),
            counts=tuple(map(int, counts.split()[:-1])),
            cannot_say=int(counts.split()[-1]),
        )
        for slot, (name, counts) in enumerate(groups.items())
    ]
    return time.model_copy(update={called: tuple(apart)})


def apart(held: ShownBeside, at: int, time: int, **groups: dict[str, str]) -> ShownBeside:
    """Show the groups of one row at one time."""
    row = held.rows[at]
    times = list(row.times)
    for called, of in groups.items():
        times[time] = with_groups(times[time], called, of)
    rows = [*held.rows]
    rows[at] = row.model_copy(update={"times": tuple(times)})
    return held.model_copy(update={"rows": tuple(rows)})


def shown(held: Instrument, *rows: tuple[str, ...]) -> ShownBeside:
    """Give the first rows of an instrument, one under each heading, each as it was answered."""
    domains = list({domain.under or domain.key: domain for domain in held.domains}.values())
    return ShownBeside(
        **{name: getattr(held, name) for name in ShownBeside.model_fields if name != "rows"},
        rows=tuple(
            Row(
                **{
                    name: getattr(domain, name)
                    for name in ("key", "name", "short", "under", "question")
                },
                answers=domain.statements or held.levels,
                times=tuple(map(counted, times)),
            )
            for domain, times in zip(domains, rows, strict=False)
        ),
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["1 2 0 0", "0 1 0 2"], "Somebody has each kind of know-how"),
        (["1 2 0 0", "0 0 0 3"], "Nothing shown here is called missing"),
        (["1 2 0 0", ""], "Nothing shown here is called missing"),
        (["1 2 0 0", "0 2 1 0"], "Improvement know-how is thinnest"),
        (["1 1 1 3", "0 2 1 0"], "Technical know-how and Improvement know-how are thinnest"),
    ],
)
def test_coverage_says_who_has_it_only_of_what_is_told(rows: list[str], said: str) -> None:
    assert heading(shown(WHAT_WE_CAN_DO, *((row,) for row in rows))) == said


def test_where_nobody_wants_more_it_is_not_said_to_be_as_wanted() -> None:
    held = shown(HOW_WE_WORK, ("0 3 0 0", "0 1 0 2"))

    assert heading(held) == "No step stands out"
    assert under(held).startswith("No answer shown is wanted by more than see it now.")
    assert rise_said(held.rows[0], held.levels) == "no answer is wanted by more"


def test_what_is_wanted_is_named_where_no_answer_is_ahead_today() -> None:
    held = shown(HOW_WE_WORK, ("2 2 0 1", "1 0 3 1"))
    _, _, wanted = (name[0].lower() + name[1:] for name in held.rows[0].answers)

    assert under(held) == f"0 of 5 say {wanted} now; 3 want {wanted}, 3 more than now."


def test_a_promise_says_no_more_than_its_kind_shows() -> None:
    begin = where_to_begin(INSTRUMENT)

    assert "partner" in promise(HOW_WE_WORK, 3)
    assert "however small" in promise(HOW_WE_WORK, OPEN)
    assert promise(begin, OPEN).endswith("Then counts of the whole room are seen.")


def test_steps_that_are_as_wide_are_named_together_or_not_at_all() -> None:
    row, flat = ("3 0 0 0", "0 0 3 0"), ("3 0 0 0", "3 0 0 0")

    two = shown(HOW_WE_WORK, row, row, flat)
    names = [one.name[0].lower() + one.name[1:] for one in two.rows]
    assert heading(two) == f"Widest steps: {names[0]} and {names[1]}"
    assert under(two) == "On each of 2 features 3 more want another answer than see it now."
    assert [one.key for one in standing_out(two)] == [one.key for one in two.rows[:2]]
    four = shown(HOW_WE_WORK, row, row, row, row)
    wanted = four.rows[0].answers[four.rows[0].towards or 0].lower()
    assert heading(four) in (
        f"4 features: more want {wanted}",
        "4 features: more want another answer",
    )
    assert standing_out(four) == []


def test_only_what_the_paper_prints_is_said_to_be_printed_there() -> None:
    ours, row = HOW_WE_WORK.model_copy(update={"printed": ""}), ("0 3 0 0", "0 1 0 2")

    for held, printed in ((HOW_WE_WORK, True), (ours, False)):
        assert ("as printed in" in noted(held)) is printed
        assert ("Powell" in beside_keys(shown(held, row))) is printed


def picks(*chosen: int, answered: int = 8) -> ShownBeside:
    """Give how often each of the first domains was picked, of so many seats."""
    begin = where_to_begin(INSTRUMENT)
    rows = tuple((f"{answered - many} {many} 0",) for many in chosen)
    return shown(begin.model_copy(update={"domains": begin.domains[: len(chosen)]}), *rows)


@pytest.mark.parametrize(
    ("chosen", "begin", "said"),
    [
        ((4, 1, 0), 1, "Chosen by 4 of 8: this is what would help most."),
        ((4, 4, 0), 2, "Each chosen by 4 of 8: this is what would help most."),
        ((2, 2, 2, 1), 3, "Each chosen by 2 of 8: this is what would help most."),
        ((2, 2, 2, 2, 0), 0, "4 domains were chosen by 2 of 8 each."),
    ],
)
def test_what_is_begun_with_is_named_and_led_to_or_nothing_is(
    chosen: tuple[int, ...], begin: int, said: str
) -> None:
    held = picks(*chosen)

    assert len(to_begin_with(held)) == begin
    assert heading(held).startswith("Begin with" if begin else "No domain stands out")
    assert all(row.short in heading(held) for row in to_begin_with(held))
    assert under(held) == f"{said} A low score is not a priority."
    assert len(picked_first(held)) == chosen.count(max(chosen))


def test_partners_and_tiers_that_differ_are_told_with_how_often() -> None:
    held = shown(HOW_WE_WORK, ("2 2 0 0", "0 0 4 0"), ("2 2 0 0", "2 0 2 0"))
    held = apart(held, 0, 0, partners={"Council": "2 0 0 0", "Trust": "0 2 0 0"})
    held = apart(held, 1, 0, partners={"Council": "1 1 0 0", "Trust": "1 1 0 0"})
    held = apart(held, 1, 1, tiers={"Board": "2 0 0 0", "Front line": "0 0 2 0"})

    (said,) = lines_under(held)

    assert said == (
        "Partners differ on 1 of 2. Basis, now: Council “contracts”, Trust "
        "“employment relationship”. Tiers differ on 1 of 2. "
        f"{held.rows[1].short}, wanted: Board “prices”, Front line “relationships”."
    )


def test_where_groups_are_kept_together_that_is_said_and_nothing_of_them() -> None:
    held = shown(HOW_WE_WORK, ("2 2 0 0", "0 0 4 0"))
    held = held.model_copy(update={"rows": held.rows})

    assert lines_under(held) == ["Partners are not shown apart: a small group would be given away."]


def test_coverage_names_what_nobody_has_and_what_one_partner_alone_has() -> None:
    held = shown(WHAT_WE_CAN_DO, ("1 0 3 0",), ("0 1 3 0",), ("3 1 0 0",))
    one, other = "Council", "Trust"
    held = apart(held, 0, 0, partners={one: "0 0 2 0", other: "2 0 0 0"})
    held = apart(held, 1, 0, partners={one: "0 0 2 0", other: "0 0 2 0"})
    held = apart(held, 2, 0, partners={one: "2 0 0 0", other: "0 2 0 0"})

    nobody, alone, differ = lines_under(held)

    first, second, _ = (row.short for row in held.rows)
    assert nobody == f"Most say that nobody has: {first} and {second}."
    assert alone == f"Only one partner has: {first} (Trust)."
    assert differ == (f"Partners differ on 2 of 3. {first}: Council “nobody”, Trust “we have it”.")


def test_the_plans_moves_stand_by_the_papers_three_kinds() -> None:
    assert moves_said([]) == "The plan holds no small test yet."
    moves = [Move.TECHNICAL, Move.TECHNICAL, Move.RELATIONAL, Move.UNSAID]
    assert moves_said(moves[:3]) == (
        "The plan moves: 3 small tests: 2 technical, 0 improvement, 1 relational."
    )
    assert moves_said(moves).endswith("1 relational, 1 of a kind that nobody said.")


def test_a_row_that_is_not_told_is_not_talked_about_and_the_widest_comes_first() -> None:
    held = shown(HOW_WE_WORK, ("2 2 0 0", "0 1 3 0"), ("", ""), ("4 0 0 0", "0 0 4 0"))

    assert [key.partition(".")[2] for key in rows_to_talk_about(held)] == [
        "conflict_resolution",
        "normative_basis",
    ]
    assert rows_to_talk_about(picks(4, 1, 0)) == {}


@pytest.mark.parametrize(
    ("names", "domains", "said"),
    [
        ([], 0, ""),
        ([], 1, "This room has not come yet to 1 domain. What opens next opens here."),
        (
            ["A", "B"],
            8,
            "This room has not come yet to “A”, “B” and 8 domains. What opens next opens here.",
        ),
    ],
)
def test_a_phone_is_told_what_is_still_to_come(names: list[str], domains: int, said: str) -> None:
    assert not_answered_said(names, domains) == said
