"""The six fields that the room is asked, and what the lead may add later."""

from datetime import date
from typing import Any, Final

import streamlit as st

from aqua_core.charts.sentences.forums import one_of_these_forums
from aqua_core.charts.sentences.impact import one_of_these
from aqua_core.charts.sentences.planning import scale_said
from aqua_core.vocabulary import Action, Impact, Move, Scale, Workshop
from aqua_core.vocabulary.text import words_of, words_under
from aqua_core.workshop.checking import review_proposed
from aqua_core.workshop.deciding import forum_names
from aqua_core.workshop.following import followed_names
from pages import _room
from pages._half_typed import begins
from pages._saying import at_its_field, plain

TWO_LINES: Final = 105  # px of a text area that holds two lines at the projector's size
AT_HOME: Final = ("pulls_against", "must_agree")
"""What is asked of home in the first form, where several partners own a test."""
_JOINT: Final = 2
CARRIED: Final = ("domain", "partners", "test")
"""What a link from a conversation, or from a programme, says of the test that it leads to."""
_IN_LINES: Final = {"gives": "Council: two hours on Tuesdays", "gains": "Council: fewer calls"}
"""What is written in a line for each partner, with an example."""
_FROM_TO: Final = "From ... to ..., by when? Say it now, so that you can be surprised"
Given = dict[str, Any]

_ASKED: Final = words_of(Action)
_CHOICES: Final[dict[type, dict[Any, str]]] = {
    Scale: {scale: scale_said(scale).capitalize() for scale in Scale},
    Impact: {
        Impact.UNSAID: "Not said",
        Impact.LEADERS: "Leaders: what they do differently",
        Impact.TEAMS: "Teams: how they work together",
        Impact.OUTCOMES: "Outcomes: what residents notice",
    },
    Move: {
        Move.UNSAID: "Not said",
        Move.TECHNICAL: "Technical: systems, money, contracts",
        Move.IMPROVEMENT: "Improvement: how the work is done",
        Move.RELATIONAL: "Relational: between people",
    },
}


def six_fields(workshop: Workshop, before: Action | None, key: str) -> Given:
    """Ask for a small test; an action that is edited fills its own form."""
    left, right = st.columns(2)
    return {
        "test": _prose(left, before, "test", key, "If ..., then ..."),
        "prediction": _prose(right, before, "prediction", key, _FROM_TO),
        **_who(workshop, before, key),
        **_how_and_when(workshop, before, key),
    }


def at_home(given: Given, key: str) -> Given:
    """Ask, where two partners own a new test, what at home pulls against it and who must agree."""
    if len(given["partners"]) < _JOINT:
        return {}
    columns = st.columns(2)
    asked: Given = {}
    for column, name in zip(columns, AT_HOME, strict=True):
        with column:
            asked[name] = _field(None, name, key)
    return asked


def for_whom_and_where(workshop: Workshop, before: Action, key: str) -> Given:
    """Ask what changes for the persona, and where the test bites."""
    whom, scale = st.columns([2, 1])
    with whom:
        given = {"for_persona": _field(before, "for_persona", key, persona_of(workshop))}
    with scale:
        given["scale"] = _field(before, "scale", key)
    return given


def more_about(workshop: Workshop, before: Action, key: str) -> Given:
    """Ask for what may follow after the room, in small groups side by side."""
    given: Given = {}
    groups, names = words_under(Action), forum_names(_room.caller(), workshop.code)
    with st.expander("More about it"):
        for column, (heading, words) in zip(st.columns(len(groups)), groups.items(), strict=True):
            with column:
                st.write(f"**{heading}**")
                for name in words:
                    given[name] = (
                        _prose(column, before, name, key, _IN_LINES[name])
                        if name in _IN_LINES
                        else _field(before, name, key)
                    )
                if names and "decision_of" in words:
                    st.caption(plain(one_of_these_forums(names)))
    return given


def persona_of(workshop: Workshop) -> str:
    """Give whom the room thinks of: the place's persona, or a resident."""
    return workshop.place.persona or "a resident"


def _prose(place: Any, before: Action | None, name: str, key: str, example: str) -> Any:
    linked = "" if before or name not in CARRIED else st.query_params.get(name, "")
    with place:
        typed = st.text_area(
            _ASKED[name].asked(),
            begins(f"{name}-{key}", getattr(before, name, linked), linked=linked),
            key=f"{name}-{key}",
            placeholder=example,
            height=TWO_LINES,
        )
        at_its_field(f"{name}-{key}")
    return typed


def _who(workshop: Workshop, before: Action | None, key: str) -> Given:
    partners = {partner.id: partner.name for partner in workshop.partners}
    owned, lead = st.columns(2)
    at, sides = f"partners-{key}", [] if before else _carried(partners)
    begun = begins(at, [*before.partners] if before else sides, linked=",".join(sides))
    chosen = owned.multiselect(
        _ASKED["partners"].asked(),
        list(partners),
        default=[partner for partner in begun if partner in partners],
        format_func=partners.get,
        key=at,
        placeholder="Choose two or more partners",
    )
    with owned:
        at_its_field(at)
    with lead:
        return {"partners": tuple(chosen), "lead": _field(before, "lead", key)}


def _how_and_when(workshop: Workshop, before: Action | None, key: str) -> Given:
    domains = workshop.instrument.names
    measure, review, domain = st.columns([2, 1, 1])
    with measure:
        given = {"measure": _field(before, "measure", key)}
        names = () if before else followed_names(_room.caller(), workshop.code)
        if names:
            st.caption(plain(one_of_these(names)))
    with review:
        given["review_on"] = st.date_input(
            _ASKED["review_on"].asked(),
            begins(f"review_on-{key}", before.review_on if before else _proposed(workshop)),
            format="DD/MM/YYYY",
            key=f"review_on-{key}",
        )
        at_its_field(f"review_on-{key}")
    with domain:
        chosen = _of_domain(domains, before, key)
    return given | {"domain": chosen or ""}


def _proposed(workshop: Workshop) -> date:
    return review_proposed(max(date.today(), workshop.held_on))


def _of_domain(domains: dict[str, str], before: Action | None, key: str) -> str | None:
    keys, linked = list(domains), "" if before else st.query_params.get("domain", "")
    asked = begins(f"domain-{key}", before.domain if before else linked or None, linked=linked)
    chosen: str | None = st.selectbox(
        _ASKED["domain"].asked(),
        keys,
        index=keys.index(asked) if asked in keys else None,
        format_func=domains.get,
        placeholder="Choose one",
        key=f"domain-{key}",
    )
    at_its_field(f"domain-{key}")
    return chosen


def _field(before: Action | None, name: str, key: str, who: str = "") -> Any:
    """Ask for one field by the words that it carries."""
    label = _ASKED[name].asked(who)
    value = begins(f"{name}-{key}", getattr(before, name, ""))
    words = _CHOICES.get(type(value))
    if words is None:
        typed = st.text_input(label, value, key=f"{name}-{key}")
        at_its_field(f"{name}-{key}")
        return typed
    return st.selectbox(
        label,
        list(words),
        index=list(words).index(value),
        format_func=words.get,
        key=f"{name}-{key}",
    )


def _carried(partners: dict[str, str]) -> list[str]:
    """Give the two sides of the conversation that the link comes from."""
    asked = st.query_params.get("partners", "").split(",")
    return [partner for partner in dict.fromkeys(asked) if partner in partners]
