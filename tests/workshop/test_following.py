"""What brings walls back to a page that has not changed: a card taken up, a small test saved."""

from aqua_core.vocabulary import Holder
from aqua_core.workshop.choosing import skip_topic, take_topic
from aqua_core.workshop.cycling import take_out
from aqua_core.workshop.joining import newest_now
from aqua_core.workshop.noting import write_down
from aqua_core.workshop.planning import capture_action, edit_action
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from tests.kit.looking import a_wall
from tests.kit.notation import DAY, made, seated
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import drafted

__all__ = ["facilitator", "room_file"]


def test_a_card_and_each_saved_test_count_and_a_note_does_not(facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP, place="Followed")
    wall = a_wall(facilitator, workshop)
    open_scoring(facilitator, workshop.code, ["culture"])
    for name, points in (("Council", 0), ("Trust", 5)):
        submit_score(seated(workshop, name), workshop.code, "culture", points)
    reveal(facilitator, workshop.code)
    start = newest_now(wall, workshop.code)

    take_topic(facilitator, workshop.code, "culture")
    taken = newest_now(wall, workshop.code)
    write_down(facilitator, workshop.code, "culture", "We meet on Tuesdays")
    assert start == (0, 0)
    assert taken.card > 0
    assert newest_now(wall, workshop.code) == taken
    action = capture_action(facilitator, workshop.code, drafted(workshop), DAY)
    edit_action(facilitator, workshop.code, action.model_copy(update={"lead": "Chair"}), DAY)
    assert newest_now(wall, workshop.code) == (taken.card, 2)
    skip_topic(facilitator, workshop.code, "culture")
    assert newest_now(wall, workshop.code) == (0, 2)


def test_a_test_added_after_one_was_taken_out_still_calls_the_wall(facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust", holder=Holder.LAPTOP, place="Called")
    wall = a_wall(facilitator, workshop)
    action = capture_action(facilitator, workshop.code, drafted(workshop), DAY)
    before = newest_now(wall, workshop.code)

    take_out(facilitator, workshop.code, action)
    capture_action(facilitator, workshop.code, drafted(workshop, "If B, then C"), DAY)

    assert newest_now(wall, workshop.code).plan == before.plan + 2
