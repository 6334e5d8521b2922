"""What differs between two wordings, and what a further version is called and says of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqua_core.rules.own_words import (
    key_of,
    lines_broken,
    rewordings,
    same_words,
    version_after,
)
from aqua_core.vocabulary import Domain, Instrument
from aqua_core.vocabulary.own_words import NOT_AQUAS, reworded_of, source_after
from tests.kit.notation import ALL, INSTRUMENT

VERSIONS = st.lists(st.integers(0, 9999), min_size=1, max_size=3).map(
    lambda parts: ".".join(map(str, parts))
)
PLACES = st.text("ABc d'-", min_size=1, max_size=80)
CHANGED = st.dictionaries(
    st.tuples(st.sampled_from(ALL), st.integers(-1, 5)), st.sampled_from(["We do", "We never do"])
)


def reworded(changed: dict[tuple[str, int], str]) -> Instrument:
    """Give the eight domains with other statements; -1 is the question."""
    domains: list[Domain] = []
    for domain in INSTRUMENT.domains:
        said = [
            changed.get((domain.key, points), statement)
            for points, statement in enumerate(domain.statements)
        ]
        asked = changed.get((domain.key, -1), domain.question)
        domains.append(domain.model_copy(update={"question": asked, "statements": tuple(said)}))
    return INSTRUMENT.model_copy(update={"domains": tuple(domains)})


@given(CHANGED)
def test_each_part_that_was_changed_is_named_once_and_its_domain_alone_breaks(
    changed: dict[tuple[str, int], str],
) -> None:
    after = reworded(changed)

    found = rewordings(INSTRUMENT, after)

    names = INSTRUMENT.names
    plainly = {
        (names[key], "Question" if points < 0 else str(points), said)
        for (key, points), said in changed.items()
    }
    assert {(one.called, one.part, one.after) for one in found} == plainly
    assert len(found) == len(plainly)
    assert set(lines_broken(INSTRUMENT, after)) == {names[key] for key, _ in changed}
    assert same_words(INSTRUMENT, after) is not bool(changed)


def test_a_number_a_name_and_a_source_are_no_words() -> None:
    other = INSTRUMENT.model_copy(update={"version": "9", "source": "Ours", "name": "Nine"})

    assert same_words(INSTRUMENT, other)
    assert [one.part for one in rewordings(INSTRUMENT, other)] == ["Name"]


def test_what_is_added_taken_out_or_moved_is_named() -> None:
    first, second, *others = INSTRUMENT.domains
    moved = INSTRUMENT.model_copy(update={"domains": (second, first, *others[1:])})

    gone, order = rewordings(INSTRUMENT, moved)
    added = rewordings(moved, INSTRUMENT)

    assert (gone.called, gone.before, gone.after) == (others[0].short, others[0].name, "")
    assert (order.part, order.before.split(", ")[0]) == ("Order", first.short)
    assert [one.part for one in added if one.called == others[0].short] == [
        *("Domain", "Short name", "Kind", "Question", "0", "1", "2", "3", "4", "5"),
    ]
    assert not same_words(INSTRUMENT, moved)


@pytest.mark.slow
@given(VERSIONS, st.lists(VERSIONS, max_size=8))
def test_a_version_comes_after_its_parent_and_is_nobody_elses(
    parent: str, known: list[str]
) -> None:
    found = version_after(parent, known)

    assert found not in known
    assert list(map(int, found.split("."))) > list(map(int, parent.split(".")))
    assert len(found.split(".")) <= 3


def test_versions_are_counted_as_people_would() -> None:
    assert version_after("2", []) == "2.1"
    assert version_after("2", ["2.1"]) == "2.2"
    assert version_after("2.1", ["2", "2.1"]) == "2.2"
    assert version_after("1.2.3", []) == "1.2.4"


@given(st.lists(st.tuples(PLACES, VERSIONS), min_size=1, max_size=5))
def test_ours_not_aquas_survives_every_version(chain: list[tuple[str, str]]) -> None:
    source = INSTRUMENT.source
    for place, version in chain:
        source = source_after(source, place, version)

        assert len(source) <= 300
        assert source.startswith("The wording is Discovery Room's own, not AQuA's")
        assert source.count("Reworded") == 1
        assert source.endswith(f"from version {version}.")
    assert NOT_AQUAS in source
    assert reworded_of(INSTRUMENT.source) == ""


def test_a_source_that_leaves_no_room_is_kept_whole() -> None:
    full = "A" * 295

    assert source_after(full, "Salford", "1") == full


@given(st.text(max_size=30), st.sets(st.sampled_from(["estates", "estates_b", "local"])))
def test_a_key_is_one_that_an_instrument_takes_and_nobody_has(name: str, taken: set[str]) -> None:
    key = key_of(name, taken)

    assert key not in taken
    INSTRUMENT.domains[0].model_validate(INSTRUMENT.domains[0].model_dump() | {"key": key})
