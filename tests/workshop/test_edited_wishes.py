"""Support and unclear statements are edited as an action is: in versions, never over a newer."""

import pytest

from aqua_core.errors import AlreadyThere, ChangedMeanwhile, NotSignedIn
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.cycling import put_back, take_out
from aqua_core.workshop.planning import Wishes, edit_support, edit_unclear, wishes_now
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import met
from tests.workshop.test_taking_out import asked, place, unclear

__all__ = ["facilitator", "place", "room_file"]


def test_what_is_asked_for_is_edited_and_the_newest_counts(facilitator: Caller, place: str) -> None:
    workshop = met(facilitator, place=place)
    wish, said = asked(facilitator, workshop), unclear(facilitator, workshop)

    coached = edit_support(
        facilitator, workshop.code, wish.model_copy(update={"from_whom": "AQuA"})
    )
    moved = edit_unclear(facilitator, workshop.code, said.model_copy(update={"points": 4}))

    assert (coached.version, moved.version) == (2, 2)
    assert wishes_now(facilitator, workshop.code) == Wishes((coached,), (moved,))
    for deed, older in ((edit_support, wish), (edit_unclear, said)):
        with pytest.raises(ChangedMeanwhile, match="Yours is still in the form"):
            deed(facilitator, workshop.code, older)
        with pytest.raises(NotSignedIn):
            deed(Caller(), workshop.code, older)


def test_equal_support_is_refused_however_it_comes(facilitator: Caller, place: str) -> None:
    workshop = met(facilitator, place=place)
    first, other = asked(facilitator, workshop), asked(facilitator, workshop, "Money")

    with pytest.raises(AlreadyThere, match="written down already"):
        edit_support(
            facilitator, workshop.code, other.model_copy(update={"wanted": first.wanted.upper()})
        )
    taken = take_out(facilitator, workshop.code, first)
    asked(facilitator, workshop)
    with pytest.raises(AlreadyThere, match="written down already"):
        put_back(facilitator, workshop.code, taken)
