"""Under a card: what the conversation came to, shown to all and written by the facilitator."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from aqua_core.charts.sentences import conversations
from aqua_core.charts.sentences.outcomes import came_to
from aqua_core.vocabulary import POINTS, Agreement, Conflict, Outcome, Workshop
from aqua_core.vocabulary.reading import Topic
from aqua_core.workshop.talking.concluding import conclude, outcomes_now
from pages import _room
from pages._saying import plain, save_by

KINDS = {
    Conflict.UNSAID: "Not said",
    Conflict.INDIVIDUAL: "Between people",
    Conflict.PROFESSIONAL: "Between professions",
    Conflict.INTER_ORGANISATIONAL: "Between organisations",
}
STANDS = {
    Agreement.OPEN: "Open",
    Agreement.AGREED: "Agreed",
    Agreement.DIFFER: "Agreed to differ",
}


def outcome(workshop: Workshop, domain: str, topic: Topic | None) -> None:
    """Show what a conversation came to and, to the facilitator, the form that keeps it."""
    kept = outcomes_now(_room.caller(), workshop.code).get(domain)
    teams = {team.id: team.name for team in workshop.teams}
    if kept:
        st.subheader("What it came to")
        st.write("  \n".join(plain(line) for line in came_to(kept, teams)))
    if _room.leads(workshop.code):
        with st.expander(
            "Write down what it came to" if kept is None else "Change what it came to"
        ):
            _write(workshop, kept or _started(domain, topic), teams)


def _started(domain: str, topic: Topic | None) -> Outcome:
    sides = [name for name, _ in conversations.sides(topic)] if topic else []
    one, other = sides if len(sides) == 2 else ("", "")
    return Outcome(domain=domain, one_side=one, other_side=other)


def _write(workshop: Workshop, before: Outcome, teams: Mapping[str, str]) -> None:
    # The version that this browser opened: a newer one is told, never undone by an older form.
    opened = st.session_state.setdefault(_opened(before.domain), before.version)
    if opened != before.version:
        st.write("Somebody changed this since you opened it: the newest is above.")
        if st.button("Start from the newest"):
            st.session_state[_opened(before.domain)] = before.version
            st.rerun()
    with st.form(f"outcome-{before.domain}", border=False):
        given = _fields(before, teams, f"{before.domain}-{opened}")

        def save(sure: bool) -> None:
            typed = Outcome(
                domain=before.domain,
                version=opened,
                one_side=before.one_side,
                other_side=before.other_side,
                **given,
            )
            saved = conclude(_room.caller(), workshop.code, typed, date.today(), sure=sure)
            st.session_state[_opened(before.domain)] = saved.version
            st.rerun()

        save_by("Keep it", f"the outcome on {before.domain}", save, type="primary")


def _opened(domain: str) -> str:
    return f"opened outcome {domain}"


def _fields(before: Outcome, teams: Mapping[str, str], key: str) -> dict[str, Any]:
    left, middle, right = st.columns(3)
    with left:
        given = _what_differs(before, key)
    with middle:
        given |= _where_it_stands(before, teams, key)
    with right:
        given |= _later(before, key)
    return given


def _what_differs(before: Outcome, key: str) -> dict[str, Any]:
    return {
        "differs": st.text_area("What differs", before.differs, key=f"differs-{key}"),
        "kind": st.selectbox(
            "Where it lies",
            list(Conflict),
            index=list(Conflict).index(before.kind),
            format_func=lambda each: KINDS[each],
            key=f"kind-{key}",
        ),
        "one_needs": st.text_input(
            f"{plain(before.one_side) or 'One side'} needs", before.one_needs, key=f"one-{key}"
        ),
        "other_needs": st.text_input(
            f"{plain(before.other_side) or 'The other side'} needs",
            before.other_needs,
            key=f"other-{key}",
        ),
    }


def _where_it_stands(before: Outcome, teams: Mapping[str, str], key: str) -> dict[str, Any]:
    points: list[int | None] = [None, *POINTS]
    return {
        "both_could": st.text_input(
            "What both could live with", before.both_could, key=f"both-{key}"
        ),
        "agreement": st.radio(
            "Where it stands",
            list(Agreement),
            index=list(Agreement).index(before.agreement),
            format_func=lambda each: STANDS[each],
            horizontal=True,
            key=f"agreement-{key}",
        ),
        "agreed_points": st.selectbox(
            "The agreed score",
            points,
            index=points.index(before.agreed_points),
            format_func=lambda each: "None" if each is None else str(each),
            key=f"points-{key}",
        ),
        "stays_apart": tuple(
            st.multiselect(
                "Who stays apart",
                list(teams),
                default=list(before.stays_apart),
                format_func=teams.get,
                key=f"apart-{key}",
                select_all=False,
            )
        ),
    }


def _later(before: Outcome, key: str) -> dict[str, Any]:
    return {
        "why_apart": st.text_area(
            "Why, in their words",
            before.why_apart,
            key=f"why-{key}",
            help="The next workshop of this place opens with it.",
        ),
        "would_change": st.text_input(
            "What would change it", before.would_change, key=f"change-{key}"
        ),
        "parked_with": st.text_input(
            "Parked with (a forum)", before.parked_with, key=f"forum-{key}"
        ),
        "parked_until": st.date_input(
            "Take it up again on", before.parked_until, format="DD/MM/YYYY", key=f"until-{key}"
        ),
    }
