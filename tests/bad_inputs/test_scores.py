"""Rows 36 to 44: what is no score changes nothing that was saved, on a real file."""

import json
import math
from decimal import Decimal

import pytest

from aqua_core.errors import NotScored, ScoreRefused
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.revealing import open_scoring
from aqua_core.workshop.scoring import Meant, my_ballot, submit_score
from tests.kit.notation import made, seated

NO_SCORES = [
    *(-1, 6, 99, 2.5, 2.6, 3.0, True, False, "3", b"3", Decimal(3)),
    *(math.nan, math.inf, -math.inf, 1e30, 10**30, None, "three", "", "Cannot say", [3], {"a": 3}),
    *(json.loads("NaN"), json.loads("-0.0"), "cannot say ", "CANNOT SAY"),
]


def test_what_is_no_score_leaves_the_saved_one_as_it_was(facilitator: Caller) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seat = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ["culture", "finance"])
    saved = submit_score(seat, workshop.code, "culture", 3)

    for forged in NO_SCORES:
        for domain in ("culture", "finance"):
            with pytest.raises(
                ScoreRefused, match=r"^Choose a score from 0 to 5, or Cannot say\.$"
            ):
                submit_score(seat, workshop.code, domain, forged)

    ballot = my_ballot(seat, workshop.code)
    assert (
        (ballot.answers, ballot.taps)
        == (saved.answers, saved.taps)
        == ({"culture": 3}, {"culture": 1})
    )


@pytest.mark.parametrize("domain", ["", "domain 9", "CULTURE", "culture' OR 1=1 --", "x" * 10_000])
def test_a_domain_that_is_not_being_scored_gets_a_sentence(
    facilitator: Caller, domain: str
) -> None:
    workshop = made(facilitator, "Council", "Trust")
    seat = seated(workshop, "Council")
    open_scoring(facilitator, workshop.code, ["culture"])

    with pytest.raises(NotScored, match=r"^That domain is not part of this round\.$"):
        submit_score(seat, workshop.code, domain, 3, Meant(1, 0))

    assert my_ballot(seat, workshop.code).answers == {}
