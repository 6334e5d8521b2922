"""One word has one sense, and a domain one name: the glossary and the sources are read."""

import re
from pathlib import Path

import pytest

from aqua_core.vocabulary import Partner, Sector, Team, Tier
from tests.kit.notation import INSTRUMENT

ROOT = Path(__file__).parent.parent.parent

BY_THE_LONG_NAME = {
    "aqua_core/vocabulary/framework.py": "reads what somebody wrote",
    "aqua_core/published.py": "reads a table as it was printed",
    "aqua_core/rules/over_time.py": "a printed table, quoted",
    "aqua_core/charts/over_time_rows.py": "a row's own name, short but for a printed table",
    "aqua_core/rules/both_waves.py": "tells whether the wording is the same",
    "aqua_core/rules/own_words.py": "tells what a place reworded",
    "aqua_core/charts/sentences/whole.py": "the name of a kind",
    "pages/_ballot.py": "heads the statements",
}


def test_the_long_name_of_a_domain_heads_its_statements_and_stands_nowhere_else() -> None:
    sources = [path for top in ("aqua_core", "pages") for path in (ROOT / top).rglob("*.py")]

    found = {
        str(path.relative_to(ROOT))
        for path in sources
        if re.search(r"\bdomain\.name\b", path.read_text("utf-8"))
    }

    assert found == BY_THE_LONG_NAME.keys()


@pytest.mark.parametrize("domain", INSTRUMENT.domains, ids=lambda domain: domain.key)
def test_a_domain_is_found_by_whichever_name_was_written(domain) -> None:
    for written in (domain.short, domain.name.upper(), f" {domain.key} "):
        assert INSTRUMENT.called(written) == domain
    assert INSTRUMENT.names[domain.key] == domain.short
    assert INSTRUMENT.called(f"{domain.short} of ours") is None


def test_the_glossary_gives_each_word_once_in_no_more_rows_than_can_be_read() -> None:
    rows = re.findall(r"^\| ([^|-][^|]*) \|", (ROOT / "docs/glossary.md").read_text("utf-8"), re.M)
    words = [word for row in rows if row != "word" for word in row.split(", ")]

    assert len(rows) <= 75
    assert len(words) == len(set(words)) > 60


def test_middle_is_said_of_scores_and_read_where_a_file_of_before_says_it_of_teams() -> None:
    council = Partner(id="c", name="Council, the", sector=Sector.COUNCIL)

    def team(name: str, tier: str = "middle") -> str:
        return Team(id="t", name=name, partner=council, tier=tier).name

    assert not [tier for tier in Tier if "middle" in tier]
    assert Tier("middle") is Tier.MIDDLE
    assert team("Council, the, middle") == "Council, the, managers"
    assert team("Council, the, middle, North") == "Council, the, managers, North"
    assert team("The middle, middle") == "The middle, middle"
    assert team("Council, the, middle", "board") == "Council, the, middle"
