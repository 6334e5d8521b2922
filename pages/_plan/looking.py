"""The plan looked at: as a table with filters, its mix and its reviews as pictures."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from aqua_core.charts.mix import Names, mix_chart, mix_table, plan_table, reviews_table, timeline
from aqua_core.charts.sentences import forums as forum_words
from aqua_core.charts.sentences import planning as planning_words
from aqua_core.vocabulary import Action, Impact, Scale, Workshop
from aqua_core.vocabulary.forum import Load
from aqua_core.vocabulary.text import words_of
from aqua_core.workshop.planning import PlanRead
from pages import _room
from pages._drawing import drawn, kept
from pages._mirroring import same_on_walls
from pages._saying import plain
from pages._tables import literal

STYLE = (Path(__file__).parent / "plan.css").read_text(encoding="utf-8")
# A wall shows the plan alone, read from the last row as Talk is: 37 px and 30 px at 1080p.
ON_A_WALL = """@media (min-width: 701px) {
[class*="st-key-card-a"] > :first-child p { font-size: 1.38rem; line-height: 1.35; }
[class*="st-key-card-a"] > :first-child p:first-child { font-size: 1.7rem; }
[class*="st-key-card-a"] [data-testid="stCaptionContainer"] p { font-size: 1.28rem; }
}
"""


def table(workshop: Workshop, read: PlanRead) -> None:
    """Draw the plan as a table, or the part of it that is asked for."""
    every = [*read.actions, *read.going_on.here]
    if not every:
        st.write(planning_words.NO_PLAN)
        return
    # What is not of this workshop stands as its name.
    partners = {owner: owner for action in every for owner in action.partners}
    partners |= {partner.id: partner.name for partner in workshop.partners}
    domains = {action.domain: action.domain for action in every}
    domains |= workshop.instrument.names
    found = _filtered(every, partners, domains)
    if not found:
        st.write("No small test is like that. Take a choice away.")
        return
    earlier = read.going_on.earlier
    newest = {test.action.id: test.cycle for test in earlier if test.cycle}
    newest |= {cycle.action_id: cycle for cycle in read.cycles}
    planned_on = {test.action.id: test.held_on for test in earlier}
    names = Names(partners, domains)
    with st.container(key="plan-table"):
        st.table(literal(plan_table(found, names, newest, planned_on)))


def mix(workshop: Workshop, read: PlanRead) -> None:
    """Draw how many actions fall to each domain, partner, scale and level of impact."""
    every = len(read.actions) + len(read.going_on.here)
    if not every:
        st.write(planning_words.NO_PLAN)
        return
    words = planning_words.mix_takeaway(read.mixes, every)
    spec = kept(workshop.code, "mix", lambda look: mix_chart(read.mixes, look), read.mixes)
    with st.container(key="picture"):
        drawn(spec, words, mix_table(read.mixes))
        said = (planning_words.also_mixed(read.also), planning_words.still_to_say(read.mixes))
        st.write(plain(" ".join(filter(None, said))))
    # Who is busy is for whoever writes the plan, not for a wall.
    if read.load and _room.acts(workshop.code):
        st.subheader(plain(forum_words.most_said(read.load)), anchor=False)
        load(read.load)


def load(rows: Sequence[Load]) -> None:
    """Draw how many open tests each partner owns and each role leads, last time's too."""
    if not rows:
        return
    head, *lines = forum_words.load_lines(rows)
    with st.container(key="load"):
        st.table(literal(pd.DataFrame(lines, columns=head)), hide_index=True)


def reviews(workshop: Workshop, read: PlanRead) -> None:
    """Draw when each action that is still tried is looked at again."""
    today = date.today()
    words = planning_words.reviews_takeaway(read.reviews, today)
    if not read.reviews:
        st.write(words)
        return
    if any(review.owners[1:] for review in read.reviews):
        words = f"{words} {planning_words.LEAD_AT_THE_DAY}"
    spec = kept(
        workshop.code,
        ("reviews", today),
        lambda look: timeline(read.reviews, today, look),
        read.reviews,
    )
    with st.container(key="picture"):
        drawn(spec, words, reviews_table(read.reviews))


def _filtered(
    actions: Sequence[Action], partners: dict[str, str], domains: dict[str, str]
) -> list[Action]:
    columns = st.columns(4)
    with columns[0]:
        of_domain = _any_of("Domain", domains)
    with columns[1]:
        of_partner = _any_of("Partner", partners)
    with columns[2]:
        of_scale = _any_of(
            "Scale", {scale: planning_words.scale_said(scale).capitalize() for scale in Scale}
        )
    with columns[3]:
        impacts = {
            impact: (impact.value or planning_words.NOT_SAID).capitalize() for impact in Impact
        }
        of_impact = _any_of(words_of(Action)["impact"].label, impacts)
    return [
        action
        for action in actions
        if action.domain in of_domain
        and of_partner & set(action.partners)
        and action.scale in of_scale
        and action.impact in of_impact
    ]


def _any_of(label: str, words: dict[Any, str]) -> set[Any]:
    """Ask for some of these; none chosen asks for all. A wall shows what is asked for."""
    key = same_on_walls(f"only-{label}", begins=[])
    if not _room.acts(_room.code()):
        return set(st.session_state[key]) & set(words) or set(words)
    chosen = st.multiselect(label, list(words), format_func=words.get, placeholder="All", key=key)
    return set(chosen or words)
