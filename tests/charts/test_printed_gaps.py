"""A printed gap is the difference of the printed figures beside it, wherever it is printed."""

import re
from collections.abc import Sequence
from decimal import Decimal

import pytest

from aqua_core.charts.sentences.whole import kinds_takeaway
from aqua_core.charts.tables import gap_table, relative_table
from aqua_core.charts.words import gap_takeaway
from aqua_core.exports.results import gap_in_words, gap_lines
from aqua_core.rules.gaps import gaps_of, ranked
from aqua_core.rules.whole import against_own_average, kinds_of
from aqua_core.vocabulary import Compare, Gap
from tests.kit.seeds import seeds
from tests.rules.test_whole import DOMAINS, seeded

FIGURE = re.compile(r"[+−]?\d\.\d")
COUNT = re.compile(r" \(\d+\)$")
ENDS = re.compile(r"(\d\.\d), (?:highest )?[^,:]*?(\d\.\d), a gap of (\d\.\d) points?")


def figures(cells: Sequence[str]) -> list[Decimal]:
    """Read the figures of some cells, a true minus as a minus."""
    means = (COUNT.sub("", cell) for cell in cells)
    return [Decimal(mean.replace("−", "-")) for mean in means if FIGURE.fullmatch(mean)]


def check_cells(cells: Sequence[str], gap: str) -> int:
    means = figures(cells)
    if len(means) > 1:
        assert Decimal(gap) == max(means) - min(means), (cells, gap)
        return 1
    assert not FIGURE.fullmatch(gap)
    return 0


def check_sentence(words: str) -> int:
    found = ENDS.findall(words)
    for low, high, width in found:
        assert Decimal(width) == Decimal(high) - Decimal(low), words
    return len(found)


def check_tables(gaps: Sequence[Gap]) -> int:
    table, steps = gap_table(gaps), relative_table(against_own_average(gaps))
    held = [
        *((row[1 : len(row) - 2 - ("By heads" in table)], row[-1]) for row in table.to_numpy()),
        *((row[1:-1], row[-1]) for row in steps.to_numpy()),
    ]
    lines = gap_lines(gaps)
    held += [([line[n] for line in lines[1:-2]], lines[-1][n]) for n in range(1, len(lines[0]))]
    return sum(check_cells(cells, gap) for cells, gap in held)


@seeds(1000, always=100)
@pytest.mark.parametrize("compare", Compare)
def test_on_a_thousand_rooms_in_tables_sentences_and_files(compare: Compare, seeds: range) -> None:
    in_cells = in_sentences = 0
    for seed in seeds:
        workshop, casts = seeded(seed)
        gaps = gaps_of(workshop, casts, DOMAINS, compare)
        kinds = kinds_of(gaps)

        in_cells += check_tables(gaps)
        for words in (gap_takeaway(gaps), kinds_takeaway(kinds, "teams"), *map(gap_in_words, gaps)):
            in_sentences += check_sentence(words)
        widths = [-1.0 if gap.width is None else gap.width for gap in ranked(gaps)]
        assert widths == sorted(widths, reverse=True)

    assert in_cells > 2.5 * len(seeds)
    assert in_sentences > len(seeds)
