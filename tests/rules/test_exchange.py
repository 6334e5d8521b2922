"""Asks beside offers, and remarks counted, each beside a plainer calculation."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aqua_core.rules.exchange import matches_of, remarked, unmatched
from aqua_core.vocabulary.sharing import Exchanged, Remark, Remarked, SharedAs
from tests.kit.notation import ALL, INSTRUMENT

PLACES = [f"Place {number:02}" for number in range(1, 20)]


def exchanged(place: str, kind: SharedAs, domain: str, said: str = "A morning") -> Exchanged:
    return Exchanged(
        place_id=place.lower().replace(" ", ""),
        place=place,
        kind=kind,
        domain=domain,
        called=INSTRUMENT.names[domain],
        said=said,
    )


SHARED = st.builds(
    exchanged,
    st.sampled_from(PLACES),
    st.sampled_from([SharedAs.OFFER, SharedAs.ASK]),
    st.sampled_from(ALL),
    st.sampled_from(["A morning", "Our agreement", "Who has one?"]),
)


def plain_join(shared: list[Exchanged]) -> set[tuple[str, str, str, str, str]]:
    """Join every line with every other, as a table would be joined with itself."""
    joined = set()
    for left in shared:
        for right in shared:
            if (left.kind, right.kind) != (SharedAs.ASK, SharedAs.OFFER):
                continue
            if left.domain == right.domain and left.place != right.place:
                joined.add((left.domain, left.place, left.said, right.place, right.said))
    return joined


def joined_by_the_rule(shared: list[Exchanged]) -> set[tuple[str, str, str, str, str]]:
    return {
        (match.ask.domain, match.ask.place, match.ask.said, match.offer.place, match.offer.said)
        for match in matches_of(shared)
    }


@given(st.lists(SHARED, max_size=40))
def test_matches_are_a_plain_join_on_the_domain(shared: list[Exchanged]) -> None:
    assert joined_by_the_rule(shared) == plain_join(shared)


@pytest.mark.slow
def test_nineteen_places_match_as_a_plain_join() -> None:
    for seed in range(1_000):
        chance = random.Random(seed)
        shared = [
            exchanged(place, kind, chance.choice(ALL), f"{place} {kind}")
            for place in PLACES
            for kind in (SharedAs.OFFER, SharedAs.ASK)
            if chance.random() < 0.8
        ]

        assert joined_by_the_rule(shared) == plain_join(shared)
        found = matches_of(shared)
        lines = [(match.ask.called, match.ask.place, match.offer.place) for match in found]
        assert lines == sorted(lines)


@given(st.lists(SHARED, max_size=30, unique=True))
def test_what_meets_nothing_is_left_over_and_nothing_is_lost(shared: list[Exchanged]) -> None:
    matches = matches_of(shared)
    left = unmatched(shared, matches)

    met = {one for match in matches for one in (match.ask, match.offer)}
    assert met | set(left) == set(shared)
    assert not met & set(left)


def test_a_place_never_meets_itself() -> None:
    both = [exchanged("Wigan", kind, "culture") for kind in (SharedAs.ASK, SharedAs.OFFER)]

    assert matches_of(both) == ()
    assert unmatched(both, ()) == tuple(both)


REMARKS = st.builds(
    Remark,
    place_id=st.sampled_from(["bolton", "oldham", "wigan"]),
    wording=st.sampled_from(["a hash", "another"]),
    instrument=st.just("Eight domains"),
    version=st.sampled_from(["1", "2"]),
    called=st.just("Culture"),
    points=st.integers(0, 2),
    statement=st.just("We trust"),
    suggestion=st.sampled_from(["", "Say who", "Say when"]),
)


@given(st.lists(REMARKS, max_size=30))
def test_a_statement_counts_the_places_that_called_it_unclear(remarks: list[Remark]) -> None:
    worded = [
        remark.model_copy(
            update={"statement": f"We trust, as in {remark.wording}, {remark.points}"}
        )
        for remark in remarks
    ]
    remarks, found = worded, remarked(worded)

    def same(remark: Remark, counted: Remarked) -> bool:
        return remark.statement == counted.statement

    for counted in found:
        said = [remark for remark in remarks if same(remark, counted)]
        assert counted.places == sum(
            any(remark.place_id == place for remark in said)
            for place in ("bolton", "oldham", "wigan")
        )
        assert counted.version == ", ".join(sorted({remark.version for remark in said}))
        assert [*counted.suggestions] == sorted({remark.suggestion for remark in said} - {""})
    assert all(sum(same(remark, counted) for counted in found) == 1 for remark in remarks)
    assert [counted.places for counted in found] == sorted(
        (counted.places for counted in found), reverse=True
    )
