"""The report as one HTML page: nothing in it runs, and nothing is fetched.

First what the room saw and what became of last time's tests, then its conversations with their
dissent, then its plan; the scores come last, as what the talk began with.
"""

from collections.abc import Sequence
from itertools import repeat
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from aqua_core.charts.sentences import forums as forum_words
from aqua_core.charts.sentences import impact as impact_words
from aqua_core.charts.sentences import planning as planning_words
from aqua_core.charts.sentences.own_words import scored_against
from aqua_core.charts.sentences.seat import MEANT, terms_said
from aqua_core.charts.sentences.whole import AGREED_MEANS, level_takeaway
from aqua_core.charts.words import gap_takeaway
from aqua_core.exports import beside_taken, itself_taken, over_time_taken, results
from aqua_core.exports.plan_table import partner_names
from aqua_core.exports.report import front
from aqua_core.exports.report.pictures import PAPER, PHONE, gaps_picture
from aqua_core.exports.report.run_charts import run_charts
from aqua_core.rules.gaps import ranked
from aqua_core.rules.plan import newest_cycle
from aqua_core.vocabulary import Action, Cycle
from aqua_core.vocabulary.beside import ShownBeside
from aqua_core.vocabulary.measure import PlaceImpact
from aqua_core.vocabulary.plan import OpenAction
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.text import said_beside

_FOLDER: Final = Path(__file__).parent
_PAGES: Final = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,  # whatever was typed is text
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_SHEETS: Final = (PAPER, PHONE)
_UNSAID: Final = "Nobody said what became of it"
_PASSED: Final = "its day has passed"
_IN_ITS_HEAD: Final = ("test", "domain", "lead", "partners", "review_on", "scale")
"""What the report says of an action in sentences; all else stands beside its label."""


def report_of(taken: results.TakenAway) -> bytes:
    """Give the report. Without a reveal it says so, and holds the rest."""
    talks = results.talks_of(taken)
    page = _PAGES.get_template("report.html").render(
        workshop=taken.workshop,
        day=day_said(taken.workshop.held_on),
        partners=", ".join(partner_names(taken.workshop).values()),
        front=front.front_of(taken),
        meant=MEANT,
        terms=terms_said(taken.workshop.terms),
        last_time=[_looked_back(each) for each in taken.going_on.left],
        talks=[talk for talk in talks if talk.written],
        raised=[talk for talk in talks if not talk.written],
        raised_said=results.RAISED,
        no_talk=results.NO_TALK,
        nobody_apart=results.NOBODY_APART,
        nothing_written=results.NOTHING_WRITTEN,
        **_plan(taken),
        **_results(taken),
        over_time=over_time_taken.over_time_said(taken),
        over_time_lines=over_time_taken.over_time_lines(taken.over_time) if taken.over_time else [],
        impact=impact_words.in_words(taken.impact) if taken.impact else [],
        run_charts=_run_charts(taken.impact),
        impact_lines=impact_words.lines_of(taken.impact) if taken.impact else [],
        beside=[_beside(taken, shown) for shown in taken.shown.beside],
        share_out_lines=results.share_out_lines(taken),
        scored_against=scored_against(taken.workshop.instrument),
        itself_lines=itself_taken.itself_lines(taken),
        support=[(wish, *itself_taken.answered_by(taken, wish.id)) for wish in taken.support],
        unclear=[
            (taken.workshop.instrument.names[statement.domain], statement)
            for statement in taken.unclear
        ],
        style=Markup((_FOLDER / "report.css").read_text("utf-8")),
    )
    return page.encode()


def _run_charts(impact: PlaceImpact | None) -> list[list[Markup]]:
    """Give each measure's chart for paper and for a phone."""
    if impact is None:
        return []
    on_each = [run_charts(impact, sheet) for sheet in _SHEETS]
    return [[*map(Markup, pictures)] for pictures in zip(*on_each, strict=True)]


def _beside(taken: results.TakenAway, shown: ShownBeside) -> dict[str, object]:
    return {
        "name": shown.name,
        "said": beside_taken.beside_said(taken, shown),
        "lines": beside_taken.beside_lines(shown),
        "groups": beside_taken.groups_lines(shown),
        "source": beside_taken.source_said(shown),
    }


def _results(taken: results.TakenAway) -> dict[str, object]:
    """Give what the section on scores prints; its lines are empty before a reveal."""
    gaps, levels = taken.gaps, taken.shown.levels
    # Our own drawings, in which every text is escaped.
    return {
        "not_revealed": front.NOT_REVEALED,
        "gaps_said": gap_takeaway(gaps, "partners"),
        "levels_said": level_takeaway(levels),
        "agreed_means": AGREED_MEANS[taken.workshop.holder],
        "left_out": f" {told}" if (told := results.left_out_said(taken)) else "",
        "gaps_pictures": [Markup(gaps_picture(gaps, sheet)) for sheet in _SHEETS],
        "levels_pictures": [
            Markup(front.levels_picture(levels, taken.looks, on)) for on in _SHEETS
        ],
        "gap_lines": results.gap_lines(gaps, taken.blanks) if levels else [],
        "level_lines": results.level_lines(levels, taken.blanks),
        "gaps_in_words": [results.gap_in_words(gap) for gap in ranked(gaps)],
        "levels_in_words": [results.level_in_words(level) for level in levels],
    }


def _plan(taken: results.TakenAway) -> dict[str, object]:
    drawn = (
        [Markup(front.reviews_picture(taken, sheet)) for sheet in _SHEETS] if taken.ahead else []
    )
    return {
        "no_plan": planning_words.NO_PLAN,
        "reviews_said": front.reviews_said(taken),
        "reviews_pictures": drawn,
        "plan_lines": _at_a_glance(taken),
        "forum_lines": forum_words.forum_lines(taken.forums),
        "load_said": forum_words.most_said(taken.load),
        "load_lines": forum_words.load_lines(taken.load),
        "actions": [
            *(_action(taken, action) for action in taken.actions),
            *map(_earlier, repeat(taken), taken.going_on.earlier, taken.going_on.here),
        ],
    }


def _looked_back(open_action: OpenAction) -> dict[str, str]:
    action = open_action.action
    return {
        "test": action.test,
        "owned": planning_words.owned_said(action.lead, open_action.owners),
        "planned": day_said(open_action.held_on),
        "answer": planning_words.answer_said(open_action) or f"{_UNSAID}.",
    }


def _at_a_glance(taken: results.TakenAway) -> results.Lines:
    lines = [["No.", "Small test", "Lead", "Next review", "Where it stands"]]
    for number, action in enumerate(taken.actions, start=1):
        stands = _stands(taken, action, newest_cycle(taken.cycles, action.id))
        lines.append([str(number), action.test, action.lead, _next_review(taken, action), stands])
    for number, test in enumerate(taken.going_on.earlier, start=len(lines)):
        action, review = test.action, _next_review(taken, test.action)
        lines.append([str(number), action.test, action.lead, review, _earlier_stands(taken, test)])
    return lines


def _stands(taken: results.TakenAway, action: Action, cycle: Cycle | None) -> str:
    """Say where a test stands: what was answered last, in its words, and its newest cycle."""
    answer = taken.going_on.answers.get(action.id)
    answered = planning_words.dated_answer_said(answer).removesuffix(".")
    cycles = [planning_words.cycle_said(cycle)] if cycle or not answer else []
    return ". ".join(filter(None, (answered, *cycles)))


def _earlier_stands(taken: results.TakenAway, test: OpenAction) -> str:
    return f"{_stands(taken, test.action, test.cycle)}; from {day_said(test.held_on)}"


def _next_review(taken: results.TakenAway, action: Action) -> str:
    if action.id in taken.going_on.over:
        return "over"
    return "not set" if taken.is_reviewed(action) else day_said(action.review_on)


def _review(taken: results.TakenAway, action: Action) -> str:
    """Say in a sentence when an action is looked at next, or what its last review came to."""
    if action.id in taken.going_on.over:
        return "Over: no further review"
    if taken.is_reviewed(action):
        answer = taken.going_on.answers.get(action.id)
        since = action.id in taken.going_on.reviewed
        came_to = planning_words.stands_now_said(answer).removesuffix(".") if since else _PASSED
        came_to = f"{came_to[0].lower()}{came_to[1:]}"
        return f"Review of {day_said(action.review_on)}: {came_to}. Next review: not set"
    return f"Review on {day_said(action.review_on)}"


def _action(taken: results.TakenAway, action: Action) -> dict[str, object]:
    cycles = [cycle for cycle in taken.cycles if cycle.action_id == action.id]
    before = [cycle for past in taken.going_on.past.get(action.id, ()) for cycle in past.cycles]
    stands = _stands(taken, action, cycles[-1] if cycles else None)
    return _told(taken, action, stands, [*before, *cycles])


def _earlier(taken: results.TakenAway, test: OpenAction, here: Action) -> dict[str, object]:
    return _told(taken, here, _earlier_stands(taken, test), test.history)


def _told(
    taken: results.TakenAway, action: Action, stands: str, cycles: Sequence[Cycle]
) -> dict[str, object]:
    names, domains = partner_names(taken.workshop), taken.workshop.instrument.names
    scale = planning_words.scale_said(action.scale) if action.scale else ""
    owners = [names.get(partner, partner) for partner in action.partners]
    return {
        "test": action.test,
        "owned": planning_words.owned_said(action.lead, owners),
        "where": ", ".join(filter(None, (domains.get(action.domain, action.domain), scale))),
        "review": _review(taken, action),
        "stands": stands,
        "said": said_beside(action, _IN_ITS_HEAD, taken.workshop.place.persona).items(),
        "cycles": [
            (planning_words.cycle_said(cycle), said_beside(cycle).items()) for cycle in cycles
        ],
    }
