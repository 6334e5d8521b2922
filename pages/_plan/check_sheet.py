"""The check sheet: what was to happen within 30 days, with lines to fill in by hand."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from aqua_core.charts.sentences.planning import (
    NOT_SAID,
    due_later_said,
    on_paper,
    owned_said,
)
from aqua_core.vocabulary import Action, Workshop
from aqua_core.vocabulary.figures import day_said
from aqua_core.workshop.planning import PlanRead
from pages._saying import plain
from pages._tables import literal

QUESTIONS = ("Did it happen?", "What did we see?", "What next?")


def check_sheet(workshop: Workshop, actions: Sequence[Action], read: PlanRead) -> None:
    """Draw a sheet to print: every action whose review lies within 30 days, or is late."""
    due = {each.action_id for each in read.due}
    later = due_later_said(len(read.reviews) - len(due))
    if not due:
        st.write(f"No review lies within 30 days: there is nothing to check yet. {later}".rstrip())
        return
    st.caption("Print this page (Ctrl+P) and take it to the review.", width="content")
    with st.container(key="sheet"):
        st.subheader(
            f"{plain(workshop.place.name)}: check within 30 days", anchor=False, divider="gray"
        )
        for action in sorted(actions, key=lambda each: (each.review_on, each.id)):
            if action.id in due:
                _check(workshop, action)
        if later:
            st.write(later)


def _check(workshop: Workshop, action: Action) -> None:
    names = {partner.id: partner.name for partner in workshop.partners}
    owned = owned_said(action.lead, [names[partner] for partner in action.partners])
    with st.container(key=f"check-{action.id}"):
        st.write(f"**{plain(action.test)}**")
        st.write(
            plain(f"{owned}. Review by {day_said(action.review_on)}.")
            + "  \n"
            + plain(f"We expected: {on_paper(action.prediction) or NOT_SAID}")
            + "  \n"
            + plain(f"How we will know: {action.measure or NOT_SAID}")
        )
        blank = pd.DataFrame([["", "", ""]], columns=list(QUESTIONS))
        st.table(literal(blank), hide_index=True)
