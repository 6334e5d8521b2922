"""The Gaps page in every state a room can be in, without a browser."""

import pytest

from aqua_core.vocabulary import CANNOT_SAY, Holder, Tier
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from pages import _way
from pages._views import COMPARES, View
from tests.kit.looking import words
from tests.kit.notation import ALL, made, seated
from tests.rules import test_gaps, test_whole


def revealed(facilitator, seats, holder=Holder.PERSON, tiers=(Tier.BOARD,), *, score=None, guard=3):
    """Reveal a room of so many seats a team; a score is the seat's number unless it is given."""
    names = [f"Partner {chr(65 + n)}" for n in range(len(seats))]
    workshop = made(facilitator, *names, holder=holder, tiers=tiers, guard=guard)
    open_scoring(facilitator, workshop.code, ALL[:4])
    wanted = [seats[names.index(team.partner.name)] for team in workshop.teams]
    for team, many in zip(workshop.teams, wanted, strict=True):
        for number in range(many):
            seat = seated(workshop, team.name)
            for domain in ALL[:4]:
                submit_score(seat, workshop.code, domain, number % 6 if score is None else score)
    reveal(facilitator, workshop.code)
    return workshop


def each_view(app):
    for view in View:
        app.segmented_control[0].set_value(view).run()
        yield view, words(app).replace("\\", "")


STATES = {
    "one team only": ([4, 0], {}),
    "a team below the guard": ([4, 2, 4], {}),
    "ten teams on laptops": ([1] * 10, {"holder": Holder.LAPTOP}),
    "two seats": ([1, 1], {}),
    "all the same": ([3, 3], {"score": 3}),
    "nobody could say": ([3, 3], {"score": CANNOT_SAY}),
    "twenty-four teams": ([1] * 8, {"holder": Holder.LAPTOP, "tiers": tuple(Tier)[:3]}),
}

CHECKED = frozenset({"a team below the guard", "ten teams on laptops", "two seats"})

COMPARING = frozenset(COMPARES - {View.BLANKS})
NOTHING_SHOWN = {
    "two seats": frozenset(View),
    "nobody could say": COMPARING | {View.LEVEL},
}
"""Views without a picture: an empty grid hid the line below it that says why."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "state",
    [pytest.param(each, marks=() if each in CHECKED else pytest.mark.long) for each in STATES],
)
def test_every_view_is_drawn_said_and_tabled(looks, facilitator, state) -> None:
    seats, how = STATES[state]
    workshop = revealed(facilitator, seats, **how)
    app = looks(facilitator, _way.GAPS, workshop.code)

    for view, seen in each_view(app):
        empty = NOTHING_SHOWN.get(state, frozenset())
        assert len(app.get("vega_lite_chart")) == (view not in empty), view
        assert len(app.table) == 1, view
        # "The same as a table" is never said of no picture.
        assert len(app.expander) == (view not in empty), view
        assert seen, view


MEANS = test_gaps.test_each_figure_agrees_with_a_plainer_calculation_on_a_thousand_rooms
KINDS = test_whole.test_kinds_and_own_averages_agree_with_a_plainer_calculation_on_a_thousand_rooms
WORKED_OUT_AGAIN = {
    View.RANKED: (MEANS, KINDS),
    View.RADAR: (MEANS,),
    View.HEAT: (MEANS, KINDS),
    View.LEVEL: (test_whole.test_levels_agree_with_a_plainer_calculation_on_a_thousand_rooms,),
    View.BLANKS: (test_whole.test_blanks_agree_with_a_plainer_calculation_on_a_thousand_rooms,),
    View.KINDS: (KINDS,),
}
"""The tests in which the figures of a view are worked out a second, plainer way."""


def test_no_view_shows_a_figure_that_no_test_works_out_again() -> None:
    assert set(WORKED_OUT_AGAIN) == set(View)


def test_a_comparison_that_holds_nothing_is_greyed_with_its_reason(looks, facilitator) -> None:
    pairs = revealed(facilitator, [2, 2], tiers=(Tier.BOARD, Tier.FRONT_LINE))
    app = looks(facilitator, _way.GAPS, pairs.code)

    _, offered, greyed = app.segmented_control
    assert (offered.options, offered.disabled) == (["Partners"], False)
    assert (greyed.options, greyed.disabled) == (["Tiers", "Teams"], True)
    why = "Tiers and teams cannot be compared here: small groups are shown only together."
    assert why in [caption.value.replace("\\", "") for caption in app.caption]


@pytest.mark.long
@pytest.mark.parametrize("guard", [1, 3, 5])
def test_for_twelve_directors_in_pairs_every_view_holds_a_picture(
    looks, facilitator, guard: int
) -> None:
    workshop = revealed(facilitator, [2] * 6, guard=guard)
    app = looks(facilitator, _way.GAPS, workshop.code)

    for view, seen in each_view(app):
        assert len(app.get("vega_lite_chart")) == 1, view
        assert ("cannot be compared here" in seen) == (guard > 1 and view in COMPARES), view
        if guard > 1 and view in COMPARES:
            assert "Partner A" not in seen, view
            assert [control.disabled for control in app.segmented_control] == [False, True]


def test_where_only_the_room_may_be_shown_its_scores_stand_in_the_ranking(
    looks, facilitator
) -> None:
    workshop = revealed(facilitator, [2] * 6, guard=3)
    app = looks(facilitator, _way.GAPS, workshop.code)

    seen = words(app).replace("\\", "")
    assert "The partners are not compared here, to keep scores private." in seen
    assert "The room's scores lie 0.5 from the middle one on Leadership, Governance" in seen
    rooms = [cell.replace("\\", "") for cell in app.table[0].value["Whole room"]]
    assert rooms == ["0.5 (12)"] * 4
    assert not app.toggle  # nobody has an average of their own


def test_what_the_two_kinds_are_stands_above_their_picture(looks, facilitator) -> None:
    workshop = revealed(facilitator, [3, 3])
    app = looks(facilitator, _way.GAPS, workshop.code)

    app.segmented_control[0].set_value(View.KINDS).run()

    kinds = [element.type for element in app.main]
    (meaning,) = [
        n
        for n, element in enumerate(app.main)
        if "Culture (“physiology”)" in str(getattr(element, "value", "")).replace("\\", "")
    ]
    assert kinds[meaning] == "markdown"  # a caption is 24 px, and grey
    assert meaning < kinds.index("vega_lite_chart")


@pytest.mark.long
def test_a_room_that_says_the_same_is_told_that_nothing_divides_it(
    looks,
    facilitator,
) -> None:
    workshop = revealed(facilitator, [3, 3], score=3)
    app = looks(facilitator, _way.GAPS, workshop.code)

    told = dict(each_view(app))
    assert "Nothing divides this room" in told[View.RANKED]
    assert "Agreed on all 4" in told[View.LEVEL]
    assert "Everyone could give" in told[View.BLANKS]


def test_a_room_that_could_not_say_is_told_so(looks, facilitator) -> None:
    workshop = revealed(facilitator, [3, 3], score=CANNOT_SAY)
    app = looks(facilitator, _way.GAPS, workshop.code)

    told = dict(each_view(app))
    assert "Too few to show" in told[View.LEVEL]
    assert "6 of 6" in told[View.BLANKS]


@pytest.mark.slow
def test_a_small_team_is_shown_by_no_view(looks, facilitator) -> None:
    workshop = revealed(facilitator, [4, 2, 4])
    app = looks(facilitator, _way.GAPS, workshop.code)

    for view, _ in each_view(app):
        assert "Partner B" not in app.table[0].value.to_string(), view


def test_above_six_groups_the_radar_asks_who_stands_in_front(
    looks,
    facilitator,
) -> None:
    workshop = revealed(facilitator, [1] * 10, Holder.LAPTOP)
    app = looks(facilitator, _way.GAPS, workshop.code)

    app.segmented_control[0].set_value(View.RADAR).run()

    assert len(app.selectbox) == 1
    app.selectbox[0].select_index(4).run()
    assert not app.exception


def test_own_averages_are_a_switch_that_says_what_the_figures_mean(
    looks,
    facilitator,
) -> None:
    workshop = revealed(facilitator, [3, 3])
    app = looks(facilitator, _way.GAPS, workshop.code)

    app.toggle[0].set_value(True).run()

    seen = words(app)
    assert "own average" in seen
    assert "strictly or kindly" in seen


@pytest.mark.long
def test_board_beside_front_line_is_in_sight_in_a_first_wave(looks, facilitator) -> None:
    both = revealed(facilitator, [4, 4], tiers=(Tier.BOARD, Tier.FRONT_LINE))
    board = revealed(facilitator, [4, 4])

    said, other = (words(looks(facilitator, _way.GAPS, one.code)) for one in (both, board))

    for domain in ("Leadership", "Culture"):
        assert f"{domain}: board and front line score alike" in said.replace("\\", "")
    assert said.count("front line score alike") == 2
    assert "front line" not in other


@pytest.mark.parametrize(("scores", "level"), [((1, 3, 5), False), ((1, 3, 3), True)])
def test_the_radar_says_of_marks_on_one_score_that_they_stand_side_by_side(
    looks, facilitator, scores: tuple[int, ...], level: bool
) -> None:
    workshop = made(facilitator, "Council", "Trust", "GPs", holder=Holder.LAPTOP)
    open_scoring(facilitator, workshop.code, ALL)
    for team, points in zip(workshop.teams, scores, strict=True):
        seat = seated(workshop, team.name)
        for domain in ALL:
            submit_score(seat, workshop.code, domain, points)
    reveal(facilitator, workshop.code)

    app = looks(facilitator, _way.GAPS, workshop.code)
    app.segmented_control[0].set_value(View.RADAR).run()

    said = words(app).replace("\\", "")
    assert ("Marks on the same score stand side by side." in said) == level
