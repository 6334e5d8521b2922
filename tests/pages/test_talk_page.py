"""The conversations on the wall and the notes for one: by room, without a browser."""

import re
from pathlib import Path

import pytest

from aqua_core.charts.sentences.asking import REASONS
from aqua_core.vocabulary import CANNOT_SAY, Holder, Score, Tier, Workshop
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.noting import heard_so_far, write_down
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from pages import _way
from tests.kit.looking import press, words
from tests.kit.notation import ALL, made, seated

PAGES = Path(__file__).parents[2] / "pages"
TIERS = (Tier.BOARD, Tier.FRONT_LINE)
Ballot = list[Score]


def ballot(points: Score) -> Ballot:
    return [points] * len(ALL)


def revealed(
    facilitator: Caller,
    teams: dict[str, list[Ballot]],
    holder: Holder = Holder.PERSON,
    tiers: tuple[Tier, ...] = (Tier.BOARD,),
) -> Workshop:
    """Let each team's seats score all domains, and reveal. Partners are teams before a comma."""
    partners = dict.fromkeys(name.split(",")[0] for name in (*teams, "Trust", "GPs"))
    workshop = made(facilitator, *partners, holder=holder, tiers=tiers)
    open_scoring(facilitator, workshop.code, ALL)
    for name, ballots in teams.items():
        for given in ballots:
            seat = seated(workshop, name)
            for domain, score in zip(ALL, given, strict=True):
                submit_score(seat, workshop.code, domain, score)
    reveal(facilitator, workshop.code)
    return workshop


def divided() -> dict[str, list[Ballot]]:
    low, high = [2, 3, 3, 1, 0, 2, 2, 3], [2, 3, 3, 1, 4, 2, 2, 3]
    return {
        f"{name}, {tier}": [low if name == "Council" else high] * 3
        for name in ("Council", "Trust", "GPs")
        for tier in ("board", "front line")
    }


@pytest.mark.long
def test_a_conversation_is_said_with_its_sides_and_its_question(looks, facilitator) -> None:
    workshop = revealed(facilitator, divided(), tiers=TIERS)

    seen = words(looks(facilitator, _way.TALK, workshop.code)).replace("\\", "")

    assert "Finance & contracts" in seen
    assert "Two camps, and the line runs between partners: Council scored this 4.0 lower" in seen
    assert "**Council**: 6 say 0 or 1" in seen
    assert "**Everyone else**: 12 say 4 or 5" in seen
    assert "What would you have to see with your own eyes" in seen
    assert "If scores were dealt out at random, a gap this wide would come up" in seen
    assert "What could Sally show to both sides?" in seen


@pytest.mark.long
def test_each_conversation_keeps_its_own_notes(looks, facilitator) -> None:
    teams = divided()
    for name, ballots in teams.items():
        wide = 5 if "front" in name else 1
        teams[name] = [[wide, *scores[1:]] for scores in ballots]
    workshop = revealed(facilitator, teams, tiers=TIERS)
    write_down(facilitator, workshop.code, "finance", "About money")
    app = looks(facilitator, _way.TALK, workshop.code)
    picker = app.segmented_control(key="conversation")
    assert len(picker.options) == 2

    picker.set_value("leadership").run()
    assert "About money" not in words(app)
    assert "Front line teams scored" in words(app) or "Board teams scored" in words(app)
    app.text_area[0].set_value("About leading")
    press(app, "Write it down")

    assert heard_so_far(facilitator, workshop.code, "leadership").heard == ("About leading",)
    assert heard_so_far(facilitator, workshop.code, "finance").heard == ("About money",)
    app.segmented_control(key="conversation").set_value("finance").run()
    assert "“About money”" in words(app)


@pytest.mark.long
def test_an_outcome_asks_for_what_its_result_calls_for_and_for_the_rest_on_demand(
    looks, facilitator
) -> None:
    workshop = revealed(facilitator, divided(), tiers=TIERS)
    app = looks(facilitator, _way.TALK, workshop.code)
    (write,) = [part for part in app.expander if part.label == "Write down what it came to"]

    def asked() -> list[str]:
        (form,) = [part for part in write.children.values() if part.type == "form"]
        (rest,) = [part for part in app.expander if part.label == "More about it"]
        kinds = ("text_area", "text_input", "selectbox", "multiselect", "date_input")
        later = {element.label for kind in kinds for element in rest.get(kind)}
        every = [element.label for kind in kinds for element in form.get(kind)]
        assert len(every) == 12
        return [label for label in every if label not in later]

    assert asked() == ["What we see differently", "What both could live with"]
    app.radio(key=next(r.key for r in app.radio if r.label == "Result")).set_value("agreed").run()
    (write,) = [part for part in app.expander if part.label == "Write down what it came to"]
    assert "The agreed score" in asked()
    (agreed,) = [box for box in write.selectbox if box.label == "The agreed score"]
    assert agreed.options[0] == "No score: agreed in words"
    app.radio(key=next(r.key for r in app.radio if r.label == "Result")).set_value(
        "agreed to differ"
    ).run()
    (write,) = [part for part in app.expander if part.label == "Write down what it came to"]
    assert asked()[1:] == ["Why, in their words", "What would change it", "Who does not agree"]


@pytest.mark.long
def test_what_was_left_out_is_counted_and_has_its_reason(looks, facilitator) -> None:
    workshop = revealed(facilitator, divided(), tiers=TIERS)

    app = looks(facilitator, _way.TALK, workshop.code)

    more = next(
        expander.label for expander in app.expander if "more we looked at" in expander.label
    )
    reasons = tuple(REASONS.values())
    lines = [line for line in words(app).replace("\\", "").splitlines() if line.endswith(reasons)]
    assert more == f"{len(lines)} more we looked at"
    assert "Culture: Middling. The room stands close here." in lines


QUIET_ROOMS = {
    "one team only": ({"Council": [ballot(3)] * 5}, "It agrees on all eight domains"),
    "two seats": ({"Council": [ballot(0)], "Trust": [ballot(5)]}, "Too few gave points"),
    "all the same": (
        {"Council": [ballot(3)] * 4, "Trust": [ballot(3)] * 4},
        "It agrees on all eight domains",
    ),
    "all cannot say": (
        {"Council": [ballot(CANNOT_SAY)] * 4, "Trust": [ballot(CANNOT_SAY)] * 4},
        "Too few gave points",
    ),
}


@pytest.mark.parametrize("name", QUIET_ROOMS)
def test_a_room_that_nothing_divides_is_asked_one_open_question(looks, facilitator, name) -> None:
    teams, sentence = QUIET_ROOMS[name]
    workshop = revealed(facilitator, teams)

    app = looks(facilitator, _way.TALK, workshop.code)

    seen = words(app)
    calm = "The room stands close on everything it scored"
    assert (calm in seen) == ("agrees on all" in sentence)
    assert sentence in seen
    assert len(app.title) == 1
    assert app.title[0].value.endswith("?")
    assert not app.segmented_control


@pytest.mark.slow
def test_a_group_below_the_guard_is_not_named_and_the_wall_says_so(looks, facilitator) -> None:
    teams = {"Council": [ballot(0)] * 2, "Trust": [ballot(5)] * 4, "GPs": [ballot(5)] * 4}
    workshop = revealed(facilitator, teams)

    seen = words(looks(facilitator, _way.TALK, workshop.code))

    assert "Some groups are too small to be shown separately" in seen
    assert "Council" not in seen


@pytest.mark.long
def test_where_everyone_is_large_enough_nothing_is_said_of_small_groups(looks, facilitator) -> None:
    workshop = revealed(facilitator, divided(), tiers=TIERS)

    assert "too small" not in words(looks(facilitator, _way.TALK, workshop.code))


def test_before_the_reveal_there_is_no_question_yet(looks, facilitator) -> None:
    workshop = made(facilitator, "Council", "Trust")

    assert "No question yet" in words(looks(facilitator, _way.TALK, workshop.code))


# Only for the facilitator


def test_the_private_page_draws_nothing_before_it_is_asked_to(looks, facilitator) -> None:
    teams = {"Council": [[1, 2, 3, 4, 1, 2, 3, 4]] * 3, "Trust": [ballot(3)] * 3}
    workshop = revealed(facilitator, teams)
    app = looks(facilitator, _way.ONLY_FOR_YOU, workshop.code)
    assert "Not for the projector" in words(app)
    assert "agreed" not in words(app)

    app.button[0].click().run()

    seen = words(app).replace("\\", "")
    assert "3 of 6 seats gave one score to every domain" in seen
    assert "in 3 pairs. Did they score together?" in seen
    assert "**Leadership**: " in seen
    assert not re.search(r"Council|Trust", seen)


def test_the_private_page_says_who_moved_in_counts(looks, facilitator) -> None:
    workshop = revealed(facilitator, {"Council": [], "Trust": []})
    seats = [seated(workshop, name) for name in ("Council", "Trust") for _ in range(3)]
    for given in ([1, 1, 1, 4, 4, 4], [3, 3, 3, 4, 4, 4]):
        open_scoring(facilitator, workshop.code, ["culture"])
        for seat, points in zip(seats, given, strict=True):
            submit_score(seat, workshop.code, "culture", points)
        reveal(facilitator, workshop.code)
    app = looks(facilitator, _way.ONLY_FOR_YOU, workshop.code)

    app.button[0].click().run()

    assert "**Culture**: 3 of 6 moved, 3 of them up" in words(app).replace("\\", "")


def test_only_the_table_of_places_and_waiting_reasons_lead_to_the_private_page(
    looks, facilitator
) -> None:
    workshop = made(facilitator, "Council", "Trust")

    leading = [
        path.relative_to(PAGES).as_posix()
        for path in PAGES.rglob("*.py")
        if re.search(r"ONLY_FOR_YOU|only.for.you", path.read_text("utf-8"))
    ]

    # The table of places, which only pages of the facilitator's desk draw, and reasons unread.
    assert sorted(leading) == ["_places.py", "_talk/asking.py", "_way.py"]
    assert "only-for-you" not in str(looks(facilitator, _way.TALK, workshop.code).main)
    assert "not for the projector" in words(looks(facilitator, _way.HOME))
