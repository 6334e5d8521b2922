"""The six fields that the room is asked, and what the lead may add later."""

from datetime import date, timedelta
from typing import Any, Final

import streamlit as st

from aqua_core.charts.sentences.planning import scale_said
from aqua_core.vocabulary import Action, Impact, Move, Scale, Workshop

A_MONTH: Final = timedelta(days=30)
TWO_LINES: Final = 105  # px of a text area that holds two lines at the projector's size
CARRIED: Final = ("domain", "partners")
"""What a link from a conversation says of the test that it leads to."""
Given = dict[str, Any]

_SHOWS_IN: Final = {
    Impact.UNSAID: "Not said",
    Impact.LEADERS: "Leaders: what they do differently",
    Impact.TEAMS: "Teams: how they work together",
    Impact.OUTCOMES: "Outcomes: what residents notice",
}
_MOVES: Final = {
    Move.UNSAID: "Not said",
    Move.TECHNICAL: "Technical: systems, money, contracts",
    Move.IMPROVEMENT: "Improvement: how the work is done",
    Move.RELATIONAL: "Relational: between people",
}


def six_fields(workshop: Workshop, before: Action | None, key: str) -> Given:
    """Ask for a small test; an action that is edited fills its own form."""
    left, right = st.columns(2)
    test = left.text_area(
        "What will be tried",
        before.test if before else "",
        key=f"test-{key}",
        placeholder="If ..., then ...",
        height=TWO_LINES,
    )
    prediction = right.text_area(
        "What we expect to see",
        before.prediction if before else "",
        key=f"prediction-{key}",
        placeholder=_notices(workshop),
        height=TWO_LINES,
    )
    return {
        "test": test,
        "prediction": prediction,
        **_who(workshop, before, key),
        **_how_and_when(workshop, before, key),
    }


def for_whom_and_where(workshop: Workshop, before: Action, key: str) -> Given:
    """Ask what changes for the persona, and where the test bites."""
    whom, scale = st.columns([2, 1])
    scales = {each: scale_said(each).capitalize() for each in Scale}
    with whom:
        given = _lines(before, key, {"for_persona": f"What changes for {persona_of(workshop)}"})
    with scale:
        given["scale"] = _one_of("Scale", scales, before.scale, f"scale-{key}")
    return given


def more_about(before: Action, key: str) -> Given:
    """Ask for what may follow after the room, in three small groups."""
    with st.expander("More about it"):
        why, size, home = st.columns(3)
        with why:
            given = _why(before, key)
        with size:
            given |= _size(before, key)
        with home:
            given |= _at_home(before, key)
    return given


def persona_of(workshop: Workshop) -> str:
    """Give whom the room thinks of: the place's persona, or a resident."""
    return workshop.place.persona or "a resident"


def _who(workshop: Workshop, before: Action | None, key: str) -> Given:
    partners = {partner.id: partner.name for partner in workshop.partners}
    owned, lead = st.columns(2)
    chosen = owned.multiselect(
        "Which partners own it together (the lead partner first)",
        list(partners),
        default=before.partners if before else _carried(partners),
        format_func=partners.get,
        key=f"partners-{key}",
        placeholder="Choose two or more partners",
    )
    return {
        "partners": tuple(chosen),
        "lead": lead.text_input("Lead (a role)", before.lead if before else "", key=f"lead-{key}"),
    }


def _how_and_when(workshop: Workshop, before: Action | None, key: str) -> Given:
    domains = {domain.key: domain.name for domain in workshop.instrument.domains}
    measure, review, domain = st.columns([2, 1, 1])
    return {
        "measure": measure.text_input(
            "How we will know", before.measure if before else "", key=f"measure-{key}"
        ),
        "review_on": review.date_input(
            "Review on",
            before.review_on if before else max(date.today(), workshop.held_on) + A_MONTH,
            format="DD/MM/YYYY",
            key=f"review-{key}",
        ),
        "domain": domain.selectbox(
            "Domain",
            list(domains),
            index=list(domains).index(before.domain if before else _asked(domains)),
            format_func=domains.get,
            key=f"domain-{key}",
        ),
    }


def _why(before: Action, key: str) -> Given:
    st.write("**Why, and with whom**")
    given = _lines(before, key, {"aim": "Aim", "with_whom": "Where and with whom"})
    return given | {"move": _one_of("Kind of move", _MOVES, before.move, f"move-{key}")}


def _size(before: Action, key: str) -> Given:
    st.write("**How it is measured**")
    given = _lines(
        before, key, {"baseline": "Baseline: where we are", "target": "Target: where we want to be"}
    )
    return given | {
        "impact": _one_of("Should show in", _SHOWS_IN, before.impact, f"impact-{key}"),
    }


def _at_home(before: Action, key: str) -> Given:
    st.write("**Back home**")
    return _lines(
        before,
        key,
        {
            "pulls_against": "What will pull against it at home",
            "must_agree": "Who there must agree",
            "forum": "The forum that must hear of it",
        },
    )


def _lines(before: Action, key: str, labels: dict[str, str]) -> Given:
    return {
        field: st.text_input(label, getattr(before, field), key=f"{field}-{key}")
        for field, label in labels.items()
    }


def _one_of(label: str, words: dict[Any, str], chosen: Any, key: str) -> Any:
    return st.selectbox(
        label, list(words), index=list(words).index(chosen), format_func=words.get, key=key
    )


def _notices(workshop: Workshop) -> str:
    return f"What would {persona_of(workshop)} notice? Say it now, so that you can be surprised"


def _asked(domains: dict[str, str]) -> str:
    asked = st.query_params.get("domain", "")
    return asked if asked in domains else next(iter(domains))


def _carried(partners: dict[str, str]) -> list[str]:
    """Give the two sides of the conversation that the link comes from."""
    asked = st.query_params.get("partners", "").split(",")
    return [each for each in dict.fromkeys(asked) if each in partners]
