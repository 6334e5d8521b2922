"""The default instrument: 48 statements that directors can settle by going and looking."""

import re
from pathlib import Path

import pytest

from aqua_core.instrument import instrument_text, instruments_in, read_instrument
from aqua_core.vocabulary.framework import Kind

INSTRUMENTS = Path(__file__).parent.parent / "data" / "instruments"
EIGHT = INSTRUMENTS / "eight-domains.json"

NAMES_IN_THE_PAPER = """
    Leadership
    Governance
    Culture
    Service user and carer engagement
    Financial and contractual mechanisms
    Information and IT
    Workforce
    Service redesign
"""

# The same rung asks for the same kind of evidence in every domain.
EVIDENCE = {
    0: r"\bown\b.* not yet been on a joint agenda\.$",
    1: r"^Named .* of at least two partners have met .*, and have kept notes\.$",
    2: r"\b[Aa]t least two partners\b.*, and have written down what changed\.$",
    3: r"^Most partners have (agreed|signed) .* named owners and a review .*three months\.$",
    4: r"\b[Aa]ll partners\b.*, and have kept .* through a budget cut or change of \w+.*\.$",
    5: r"^Published results show .* residents, and another place has taken up .*\.$",
}

JUDGEMENTS = """
    appropriate adequate basic clear committed complete comprehensive consistent effective
    efficient excellent fair full fully good great high integrated limited low meaningful mature
    poor proactive regular robust significant some strong successful weak well
"""
JARGON = "synergy stakeholder system-wide pathway leverage holistic governance empower co-produce"

DOMAINS = read_instrument(EIGHT).domains
STATEMENTS = [
    pytest.param(points, statement, id=f"{domain.key}-{points}")
    for domain in DOMAINS
    for points, statement in enumerate(domain.statements)
]


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text.lower())


def test_the_domains_are_the_papers_in_its_order() -> None:
    names = [domain.name for domain in DOMAINS]

    assert names == [line.strip() for line in NAMES_IN_THE_PAPER.strip().splitlines()]


def test_the_first_four_are_physiology_and_the_last_four_anatomy() -> None:
    kinds = [domain.kind for domain in DOMAINS]

    assert kinds == [Kind.PHYSIOLOGY] * 4 + [Kind.ANATOMY] * 4


def test_it_says_that_the_wording_is_ours_and_may_be_changed() -> None:
    source = read_instrument(EIGHT).source

    assert source.startswith("The wording is Discovery Room's own, not AQuA's")
    assert "Fillingham and Weir (2014), System leadership, The King's Fund, figure 3" in source
    assert "may reword" in source


def test_it_is_the_only_instrument_that_comes_with_the_room() -> None:
    instruments = instruments_in(INSTRUMENTS)

    assert [(one.key, one.version) for one in instruments] == [("eight-domains", "1")]


def test_the_file_is_written_as_the_room_itself_would_write_it() -> None:
    written = instrument_text(read_instrument(EIGHT))

    assert written == EIGHT.read_text(encoding="utf-8")


def test_the_levels_have_six_different_names_and_none_of_them_says_agreed() -> None:
    levels = read_instrument(EIGHT).levels

    assert len(set(levels)) == 6
    assert not any("agreed" in level.lower() for level in levels)  # it means: the room agrees


def test_each_domain_asks_one_question() -> None:
    for domain in DOMAINS:
        assert domain.question.endswith("?")
        assert domain.question.count("?") == 1


def test_no_two_statements_are_the_same() -> None:
    sentences = {statement for domain in DOMAINS for statement in domain.statements}

    assert len(sentences) == 48


@pytest.mark.parametrize(("points", "statement"), STATEMENTS)
def test_a_statement_can_be_read_aloud(points: int, statement: str) -> None:
    assert len(words_of(statement)) <= 24
    assert re.fullmatch(r"[A-Z][A-Za-z', -]+\.", statement), "one plain sentence, one full stop"
    assert statement == " ".join(statement.split())


@pytest.mark.parametrize(("points", "statement"), STATEMENTS)
def test_a_statement_names_what_one_could_go_and_see(points: int, statement: str) -> None:
    judged = set(words_of(statement)) & set((JUDGEMENTS + JARGON).split())

    assert not judged


@pytest.mark.parametrize(("points", "statement"), STATEMENTS)
def test_the_same_rung_asks_for_the_same_kind_of_evidence(points: int, statement: str) -> None:
    rungs = [rung for rung, evidence in EVIDENCE.items() if re.search(evidence, statement)]

    assert rungs == [points]


def test_the_lowest_statement_blames_nobody() -> None:
    lowest = {word for domain in DOMAINS for word in words_of(domain.statements[0])}

    assert not lowest & {"fail", "failed", "fails", "lack", "lacks", "no", "never", "only", "silo"}
