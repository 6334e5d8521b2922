"""What is said of answers beside the framework goes no further than the answers shown."""

import pytest

from aqua_core.charts.sentences.beside import beside_keys, heading, noted, rise_said, under
from aqua_core.vocabulary import Instrument
from aqua_core.vocabulary.beside import Counted, Row, ShownBeside
from tests.kit.beside import HOW_WE_WORK, WHAT_WE_CAN_DO


def counted(answers: str) -> Counted:
    """Give "1 0 2 3": the counts of three answers, then who cannot say; "" is not told."""
    *counts, cannot_say = map(int, answers.split() or "0")
    told = bool(answers)
    return Counted(told=told, counts=tuple(counts), cannot_say=cannot_say, partners=(), tiers=())


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


def test_only_what_the_paper_prints_is_said_to_be_printed_there() -> None:
    ours, row = HOW_WE_WORK.model_copy(update={"printed": ""}), ("0 3 0 0", "0 1 0 2")

    for held, printed in ((HOW_WE_WORK, True), (ours, False)):
        assert ("as printed in" in noted(held)) is printed
        assert ("Powell" in beside_keys(shown(held, row))) is printed
