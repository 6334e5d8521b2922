"""The report as one HTML page: nothing in it runs, and nothing is fetched."""

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from aqua_core.charts.sentences.planning import owned_said, scale_said
from aqua_core.charts.whole.words import level_takeaway
from aqua_core.charts.words import gap_takeaway
from aqua_core.exports.conversations import talks_of
from aqua_core.exports.plan.columns import partner_names
from aqua_core.exports.report.pictures import gaps_picture, levels_picture
from aqua_core.exports.results import gap_lines, level_lines, names_of
from aqua_core.exports.taken import Taken
from aqua_core.vocabulary.figures import day_said

_FOLDER: Final = Path(__file__).parent
_PAGES: Final = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,  # whatever was typed is text
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def report_of(taken: Taken) -> bytes:
    """Give the report. Without a reveal it says so, and holds the rest."""
    gaps, levels = taken.gaps, taken.levels
    page = _PAGES.get_template("report.html").render(
        workshop=taken.workshop,
        day=day_said(taken.workshop.held_on),
        partners=list(partner_names(taken.workshop).values()),
        gaps_said=gap_takeaway(gaps, "partners"),
        levels_said=level_takeaway(levels),
        # Our own drawing, in which every text is escaped.
        gaps_picture=Markup(gaps_picture(gaps)),
        levels_picture=Markup(levels_picture(levels)),
        gap_lines=gap_lines(gaps),
        level_lines=level_lines(levels),
        revealed=bool(levels),
        talks=talks_of(taken),
        actions=[_action(taken, at) for at in range(len(taken.actions))],
        support=taken.support,
        unclear=[(names_of(taken)[each.domain], each) for each in taken.unclear],
        style=Markup((_FOLDER / "report.css").read_text("utf-8")),
    )
    return page.encode()


def _action(taken: Taken, at: int) -> dict[str, object]:
    action = taken.actions[at]
    names = partner_names(taken.workshop)
    cycles = [cycle for cycle in taken.cycles if cycle.action_id == action.id]
    said = (
        ("Aim", action.aim),
        ("How we will know", action.measure),
        ("From, to", " to ".join(filter(None, (action.baseline, action.target)))),
        ("We expect", action.prediction),
        ("Where and with whom", action.with_whom),
        ("What will pull against it", action.pulls_against),
        ("Who must agree", action.must_agree),
        ("For the persona", action.for_persona),
        ("The forum that must hear of it", action.forum),
        ("Where it should show", action.impact.value),
        ("Kind of move", action.move.value),
    )
    return {
        "test": action.test,
        "owned": owned_said(action.lead, [names[partner] for partner in action.partners]),
        "domain": names_of(taken)[action.domain],
        "review": day_said(action.review_on),
        "scale": scale_said(action.scale),
        "said": [(label, text) for label, text in said if text],
        "cycles": cycles,
    }
