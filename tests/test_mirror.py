"""What a person looks at themselves by: the paper's words exactly, and ours marked as ours."""

import json
from pathlib import Path
from typing import Any

import pytest

from aqua_core.errors import BadInstrument
from aqua_core.instrument import read_mirror
from pages._room import MIRROR

PAIRS = [
    ("understand", "know"),
    ("learn", "teach"),
    ("share", "compete"),
    ("experiment", "stick to how things are always done"),
]
ATTRIBUTES = [
    "learn to operate without the might of the hierarchy behind them and use their individual "
    "skills rather than their formal position to achieve results",
    "be able to compete in a way that enhances rather than undercuts the competition",
    "conduct their business to the highest ethical standards; trust is crucial to successful "
    "alliance-building",
    "develop a process focus – concentrating not only on what is to be achieved but how",
]
STYLES = (
    "Pacesetters are good at driving up performance on a narrow range of goals within a single "
    "organisation",
    "Collegiate leaders are only as effective as the people they delegate to and work with",
)
BOTH = (
    "the system needs both pacesetting leaders and collaborative coaches if it is to deliver "
    "integrated services rapidly and sustainably"
)


def test_the_printed_words_are_the_papers_and_all_else_is_marked_as_ours() -> None:
    mirror = read_mirror(MIRROR)
    curiosity, styles, networks = mirror.parts
    (style,) = styles.sliders

    assert [(slider.left, slider.right) for slider in curiosity.sliders] == PAIRS
    assert (style.left, style.right) == ("pacesetting", "coaching")
    assert (style.left_says, style.right_says) == STYLES
    assert [slider.says for slider in networks.sliders] == ATTRIBUTES
    assert mirror.printed == BOTH
    assert [part.ends_printed for part in mirror.parts] == [True, True, False]
    assert "Fillingham and Weir (2014), System leadership, The King's Fund" in mirror.source
    assert mirror.source.endswith("All else is Discovery Room's own, not AQuA's.")


def test_it_gives_nobody_a_figure_and_no_verdict() -> None:
    text = MIRROR.read_text("utf-8")

    for said in ("80 per cent", "score", "villain", "antithetical", "far more significant"):
        assert said not in text


@pytest.mark.parametrize(
    ("spot", "typed", "why"),
    [
        (("name",), "", "look.json, name"),
        (("asks",), "**Well?**", "look.json, asks: Wording is plain text"),
        (("parts", 0, "asked"), "Look at www.evil.test", "look.json, part 1, asked"),
        (("parts", 0, "sliders", 1, "left"), "x" * 61, "look.json, part 1, slider 2, left"),
        (("parts", 0, "sliders"), [], "look.json, part 1, sliders"),
        (("parts", 0, "points"), 5, 'There is no field "points"'),
        (("version",), "two", "Write the version as numbers"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(
    tmp_path: Path, spot: tuple[Any, ...], typed: object, why: str
) -> None:
    said = json.loads(MIRROR.read_text("utf-8"))
    within = said
    for step in spot[:-1]:
        within = within[step]
    within[spot[-1]] = typed
    (tmp_path / "look.json").write_text(json.dumps(said), "utf-8")

    with pytest.raises(BadInstrument) as refused:
        read_mirror(tmp_path / "look.json")

    assert why in str(refused.value)
