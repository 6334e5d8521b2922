"""The report as it is read: its first page, its words, and a page that a screen reader can walk."""

import io
import math
import random
import re
import statistics
from datetime import timedelta
from html import unescape
from itertools import combinations, pairwise, product
from xml.etree import ElementTree

import openpyxl
import pytest

from aqua_core.charts.sentences.planning import came_to
from aqua_core.charts.slots import BOW_TIE, SHAPES, STAR, Look, colour, shape
from aqua_core.exports.report.drawing import BETWEEN, OUTLINES, look_of
from aqua_core.exports.report.front import front_of, reviews_picture
from aqua_core.exports.report.pictures import PAPER, PHONE, gaps_picture
from aqua_core.exports.report.run_charts import run_charts
from aqua_core.exports.results import (
    NO_TALK,
    NOTHING_WRITTEN,
    RAISED,
    gap_in_words,
    gap_lines,
    level_in_words,
    level_lines,
    why_agreed,
)
from aqua_core.rules.agreement import how_agreed
from aqua_core.rules.gaps import gaps_of
from aqua_core.vocabulary import Agreement, Compare, Gap, Holder, Outcome, Workshop
from aqua_core.vocabulary.points import said
from aqua_core.vocabulary.reading import HowHigh, Level
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.exporting import plan_workbook, report_page, taken_now
from aqua_core.workshop.following import follow_measure, impact_now
from aqua_core.workshop.noting import outcomes_now, write_down
from aqua_core.workshop.revealing import open_scoring, reveal
from aqua_core.workshop.scoring import submit_score
from aqua_core.workshop.showing import shown_now
from tests.charts.test_charts import gap as chart_gap
from tests.exports.test_plan_file import planned
from tests.exports.test_take_away_files import Tags, workshop
from tests.kit.measured import SHIFTED, TODAY, a_measure, followed, place_of
from tests.kit.notation import DAY, INSTRUMENT, made, seated
from tests.kit.one_room import facilitator, room_file
from tests.kit.planned import elsewhere, met
from tests.rules.test_small_groups import DOMAINS, seeded

__all__ = ["facilitator", "room_file", "workshop"]
SVG = "{http://www.w3.org/2000/svg}"


def test_the_report_is_well_formed_for_a_screen_reader(
    facilitator: Caller, workshop: Workshop
) -> None:
    tags = Tags()

    tags.feed(report_page(facilitator, workshop.code).decode())

    assert tags.open == []
    steps = [int(tag[1]) for tag, name in tags.found if re.fullmatch("h[1-6]", tag) and not name]
    assert steps.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise([0, *steps]))
    heads = [name for tag, name in tags.found if tag == "th"]
    assert heads.count("") == heads.count("scope") > 0
    ids = [value for name, value in tags.given if name == "id"]
    assert len(ids) == len(set(ids))
    assert ("lang", "en-GB") in tags.given


def test_the_first_page_says_who_was_there_and_what_came_of_it(
    facilitator: Caller, workshop: Workshop
) -> None:
    page = report_page(facilitator, workshop.code).decode()

    first = page.partition("<main>")[0].partition("<body>")[2]
    assert "<h1>Salford, 22 November 2026</h1>" in first
    assert "3 partners, 3 teams and 8 seats." in first
    assert "The partners are not compared on Culture, to keep scores private." in first
    assert "The room agreed to differ on Culture and parked Culture." in first
    assert "It leaves with three small tests, the first review on 22 December 2026." in first
    assert f"For Sally Ford: {'; '.join(['Sally tells her story once'] * 3)}." in first
    assert "Lead 0" not in first
    told = page.partition("How high, and how agreed")[2]
    assert "Groups that are too small to be shown alone are left out" in told
    assert "Apart: two of them shown two points apart or more" in told


def test_a_score_that_was_settled_on_is_not_called_agreed(
    facilitator: Caller, workshop: Workshop
) -> None:
    settled = Outcome(domain="culture", agreement=Agreement.AGREED, agreed_points=2)
    taken = taken_now(facilitator, workshop.code)._replace(outcomes=(settled,))

    assert came_to(settled, {}) == ("Settled on 2",)
    assert front_of(taken).agreed == "The room settled Culture (on 2)."


def test_the_first_page_says_where_partners_stand_widest_apart(facilitator: Caller) -> None:
    held = made(facilitator, "Council", "Trust", "GPs", holder=Holder.LAPTOP)
    open_scoring(facilitator, held.code, ["leadership", "culture"])
    for name, culture, leadership in (("Council", 1, 2), ("Trust", 5, 2), ("GPs", 1, 3)):
        seat = seated(held, name)
        submit_score(seat, held.code, "culture", culture)
        submit_score(seat, held.code, "leadership", leadership)
    reveal(facilitator, held.code)
    open_scoring(facilitator, held.code, ["culture"])

    page = report_page(facilitator, held.code).decode()

    first = page.partition("<main>")[0].partition("<body>")[2]
    assert "apart on Leadership: Council and Trust 2.0, GPs 3.0, a gap of 1.0 point." in first
    assert "Culture" not in first  # it is wider there, and sealed again
    assert "No agreement was written down." in first
    told = page.partition("How high, and how agreed")[2]
    assert "too small to be shown alone" not in told  # every team is shown
    assert "Apart: two teams two levels apart or more." in told


def test_what_came_of_a_talk_is_worded_as_on_its_card(
    facilitator: Caller, workshop: Workshop
) -> None:
    outcome = outcomes_now(facilitator, workshop.code)["culture"]
    card = came_to(outcome, {team.id: team.name for team in workshop.teams})

    page = unescape(report_page(facilitator, workshop.code).decode())
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(facilitator, workshop.code)))
    cells = "\n".join(str(c.value) for row in book["Conversations"].iter_rows() for c in row)

    assert len(card) == 4
    for line in card:
        assert line in page
        assert line in cells
    beside = page.partition('class="beside"')[2].partition("</div>\n</div>")[0]
    assert beside.index("Agreed to differ") < beside.index("Council stays apart: “Two budgets")


def test_a_word_for_agreement_stands_beside_its_reason(
    facilitator: Caller, workshop: Workshop
) -> None:
    lines = level_lines(shown_now(facilitator, workshop.code).levels)
    words = [level_in_words(level) for level in shown_now(facilitator, workshop.code).levels]

    assert "By heads" not in lines[0]  # the two ways of counting differ nowhere here
    (row,) = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    scores = sorted(n for n in range(6) for _ in range(int(row[str(n)])))
    middle = statistics.median(scores)
    apart = sum(abs(score - middle) for score in scores) / len(scores)
    assert row["Apart by"] == said(apart, 1)
    assert (row["How agreed"], row["Middle score"]) == ("apart", said(middle, 1))
    assert f"apart: scores lie {said(apart, 1)} points from the middle score" in words[0]
    assert "Of 8 scores 2 are 1, 1 is 2, 2 are 3, 2 are 4 and 1 is 5." in words[0]


def test_reviews_on_a_line_never_touch(facilitator: Caller) -> None:
    taken = taken_now(facilitator, planned(facilitator).code)
    dice, (action,), (review,) = random.Random(5), taken.actions, taken.reviews
    days = sorted(DAY + timedelta(days=dice.randint(0, 90)) for _ in range(24))
    many = taken._replace(
        actions=tuple(action.model_copy(update={"id": f"a{at}"}) for at in range(24)),
        reviews=tuple(
            review.model_copy(update={"action_id": f"a{at}", "review_on": day})
            for at, day in enumerate(days)
        ),
    )

    for sheet in (PAPER, PHONE):
        drawn = ElementTree.fromstring(reviews_picture(many, sheet))

        marks = [
            (float(part.get("cx", 0)), float(part.get("cy", 0)))
            for part in drawn
            if part.tag.endswith("circle")
        ]
        assert len(marks) == 24
        for one, other in combinations(marks, 2):
            assert math.dist(one, other) >= 20
        assert all(0 <= x <= sheet.width and y >= 10 for x, y in marks)


def test_whatever_is_called_apart_or_agreed_says_by_what() -> None:
    dice = random.Random(11)
    for _ in range(1000):
        points = sorted(dice.choices(range(6), k=dice.randint(3, 30)))
        middle = statistics.median(points)
        spread = sum(abs(point - middle) for point in points) / len(points)

        why = why_agreed(level_with(points, spread))

        low, high = sum(point < 2 for point in points), sum(point > 3 for point in points)
        if "two camps" in why:
            assert len(points) - low - high < min(low, high)
            assert (str(low), str(high)) == tuple(re.findall("([0-9]+) says? [04] or", why))
        else:
            assert f"scores lie {said(spread, 1)} point" in why
            assert why.startswith("apart: ") == (spread >= 1)


def level_with(points: list[int], spread: float) -> Level:
    return Level(
        domain=INSTRUMENT.domains[0],
        how_high=HowHigh.MIDDLING,
        how_agreed=how_agreed(points),
        counts=tuple(points.count(level) for level in range(6)),
        middle=statistics.median(points),
        spread=spread,
        average=statistics.mean(points),
        by_heads=None,
        cannot_say=0,
    )


def test_a_gap_in_words_is_the_gap_in_the_table() -> None:
    for seed in range(100):
        gaps = gaps_of(*seeded(seed), DOMAINS, Compare.PARTNER)
        (head, *lines), words = gap_lines(gaps), {gap.domain.short: gap for gap in gaps}
        for column, name in enumerate(head[1:], start=1):
            *means, _, gap = [line[column] for line in lines]
            sentence = gap_in_words(words[name])

            shown = [mean for mean in means if mean != "not shown"]
            if words[name].width is None:
                assert sentence == f"{name}: {gap}."
            elif gap != "0.0":
                ends = re.findall("([0-9][.][0-9]), (?:highest|a gap)", sentence)
                assert ends == [min(shown), max(shown)]
                assert f"a gap of {gap} point" in sentence


def room_of(partners: int) -> tuple[Gap, ...]:
    dice = random.Random(partners)
    return tuple(
        chart_gap(n, {slot: dice.choice([0, 1, 1, 2.5, 3, 5]) for slot in range(partners)})
        for n in range(8)
    )


def test_up_to_six_partners_are_told_by_colour_and_shape_and_named_in_a_legend() -> None:
    for sheet, partners in product((PAPER, PHONE), range(3, 7)):
        drawn = ElementTree.fromstring(gaps_picture(room_of(partners), sheet))

        marks = [part for part in drawn if part.tag.endswith("path")]
        looks = {(part.get("fill"), part.get("d")) for part in marks}
        texts = {part.text for part in drawn if part.tag.endswith("text")}
        places = [part.get("transform") for part in marks]
        assert len(marks) == 8 * partners + partners  # on each row, and in the legend
        assert len(set(places)) == len(places)
        assert len({ink for ink, _ in looks}) == len({outline for _, outline in looks}) == partners
        assert {f"Team {slot}" for slot in range(partners)} <= texts


def test_from_seven_partners_on_the_picture_says_where_those_between_are_named() -> None:
    for sheet in (PAPER, PHONE):
        many, two = gaps_picture(room_of(7), sheet), gaps_picture(room_of(2), sheet)

        told = " ".join(part.text or "" for part in ElementTree.fromstring(many))
        assert BETWEEN in told
        assert "<path" not in many
        assert BETWEEN.split()[0] not in two.partition("</desc>")[2]
        assert "<path" not in two


def test_a_partner_has_the_colour_and_shape_in_the_report_that_it_has_on_the_screens() -> None:
    names = dict(zip(SHAPES, OUTLINES, strict=True))

    for slot in range(24):
        outline = OUTLINES[names[shape(slot)]]
        assert look_of(slot) == (colour(slot, Look()), outline)
    assert list(OUTLINES.values())[6:] == [STAR, BOW_TIE]
    assert list(OUTLINES)[:6] == list(SHAPES)[:6]
    assert look_of(-1)[0] == colour(-1, Look())


@pytest.mark.slow
def test_what_the_scores_raised_and_nobody_wrote_on_is_listed_as_no_conversation(
    facilitator: Caller,
) -> None:
    room = made(facilitator, "Council", "Trust", "GPs", holder=Holder.LAPTOP)
    open_scoring(facilitator, room.code, ["culture", "finance"])
    for name, culture, finance in (("Council", 0, 2), ("Trust", 2, 5), ("GPs", 5, 0)):
        seat = seated(room, name)
        submit_score(seat, room.code, "culture", culture)
        submit_score(seat, room.code, "finance", finance)
    reveal(facilitator, room.code)
    assert {topic.domain for topic in shown_now(facilitator, room.code).topics} == {
        *("culture", "finance")
    }

    def conversations() -> tuple[str, str]:
        """Give the section as it is read: the conversations, and what stands after them."""
        page = report_page(facilitator, room.code).decode()
        section = page.partition('id="conversations"')[2].partition("</section>")[0]
        held, _, raised = section.partition(RAISED)
        return held, raised

    held, raised = conversations()
    assert NO_TALK in held
    assert (raised.count("Culture"), raised.count("Finance &amp; contracts")) == (1, 1)
    write_down(facilitator, room.code, "culture", "Two rotas")
    held, raised = conversations()
    assert ("Two rotas" in held, "Finance" in held) == (True, False)
    assert ("Culture" in raised, raised.count(NOTHING_WRITTEN)) == (False, 1)
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(facilitator, room.code)))
    rows = [row[:2] for row in book["Conversations"].iter_rows(values_only=True) if row[0]]
    at = [first for first, _ in rows].index(RAISED)
    assert "Culture" in [first for first, _ in rows[:at]]
    assert [first for first, _ in rows[at + 1 :]] == ["Finance & contracts"]
    write_down(facilitator, room.code, "finance", "One ledger")
    assert conversations()[1] == ""


def test_the_report_draws_a_run_chart_of_each_measure_with_a_point_a_reading(
    facilitator: Caller,
) -> None:
    workshop = met(facilitator, place=elsewhere())
    place_id = place_of(facilitator, workshop)
    followed(facilitator, place_id, a_measure("Days <lost>"), SHIFTED)
    follow_measure(facilitator, place_id, a_measure("Not yet counted"))
    impact = impact_now(facilitator, place_id, TODAY).impact
    (of_it,) = [one for one in impact.followed if one.readings]

    page = report_page(facilitator, workshop.code).decode()
    for sheet in (PAPER, PHONE):
        (drawn,) = run_charts(impact, sheet)
        assert drawn in page
        picture = ElementTree.fromstring(drawn)
        (line,) = picture.iter(f"{SVG}polyline")
        points = [tuple(map(float, at.split(","))) for at in line.attrib["points"].split()]
        assert len(points) == len(of_it.readings)
        assert points == sorted(points)
        # Plainly: a larger figure stands higher, by as much as it is larger.
        values = [float(one.value) for one in of_it.readings]
        low, high = min(values), max(values)
        feet = [y for _, y in points]
        for value, foot in zip(values, feet, strict=True):
            share = (max(feet) - foot) / (max(feet) - min(feet))
            assert math.isclose(share, (value - low) / (high - low), abs_tol=0.01)
        said_of_it = " ".join(text.text or "" for text in picture.iter(f"{SVG}text"))
        assert "usual 15" in said_of_it
        assert "Days <lost>" in said_of_it
        (told,) = picture.iter(f"{SVG}desc")
        assert "in a row above the usual 15" in (told.text or "")
        width = float(picture.attrib["viewBox"].split()[2])
        assert all(0 <= float(text.attrib["x"]) <= width for text in picture.iter(f"{SVG}text"))
