"""Under a card: what the conversation came to, shown to all and written by the facilitator."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from aqua_core.charts.sentences import conversations
from aqua_core.charts.sentences.planning import came_to, side_of
from aqua_core.vocabulary import POINTS, Agreement, Conflict, Outcome, Workshop
from aqua_core.vocabulary.reading import Topic
from aqua_core.vocabulary.text import words_under
from aqua_core.workshop.noting import (
    conclude,
    outcomes_now,
    outcomes_out_now,
    take_outcome_out,
)
from pages import _room
from pages._plan.versions import now_open, opened_version
from pages._saying import plain, save_by, told

KINDS: dict[Any, str] = {
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
_CHOICES: dict[str, dict[Any, str]] = {
    "kind": KINDS,
    "agreed_points": {None: "None"} | {points: str(points) for points in POINTS},
}
_HELP = {"why_apart": "The next workshop of this place opens with it."}


def outcome(workshop: Workshop, domain: str, topic: Topic | None) -> None:
    """Show what a conversation came to and, to the facilitator, the form that keeps it."""
    kept = outcomes_now(_room.caller(), workshop.code).get(domain)
    teams = {team.id: team.name for team in workshop.teams}
    if kept:
        st.subheader("What it came to")
        st.write("  \n".join(plain(line) for line in came_to(kept, teams)))
        if _room.facilitates():
            _move(workshop, kept, "Take it out", out=True)
    elif _room.facilitates():
        gone = outcomes_out_now(_room.caller(), workshop.code).get(domain)
        if gone:
            _move(workshop, gone, "Put back what it came to", out=False)
    if _room.leads(workshop.code):
        with st.expander(
            "Write down what it came to" if kept is None else "Change what it came to"
        ):
            _write(workshop, kept or _started(domain, topic), teams)


def _move(workshop: Workshop, kept: Outcome, label: str, *, out: bool) -> None:
    if st.button(label, type="tertiary", key=f"{label}-{kept.domain}"):
        with told():
            take_outcome_out(_room.caller(), workshop.code, kept, out=out)
            now_open(f"outcome {kept.domain}", 0 if out else kept.version + 1)
            st.rerun()


def _started(domain: str, topic: Topic | None) -> Outcome:
    sides = [name for name, _ in conversations.sides(topic)] if topic else []
    one, other = sides if len(sides) == 2 else ("", "")
    return Outcome(domain=domain, one_side=one, other_side=other)


def _write(workshop: Workshop, before: Outcome, teams: Mapping[str, str]) -> None:
    mark = f"outcome {before.domain}"
    opened = opened_version(mark, before.version, "outcome")
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
            now_open(mark, saved.version)
            st.rerun()

        save_by("Keep it", f"the outcome on {before.domain}", save, type="primary")


def _fields(before: Outcome, teams: Mapping[str, str], key: str) -> dict[str, Any]:
    given: dict[str, Any] = {}
    parts = words_under(Outcome).values()
    for column, words in zip(st.columns(len(parts)), parts, strict=True):
        with column:
            for name, said in words.items():
                label = said.asked(plain(side_of(before, name)))
                given[name] = _field(label, name, getattr(before, name), teams, f"{name}-{key}")
    return given


def _field(label: str, name: str, value: Any, teams: Mapping[str, str], key: str) -> Any:
    """Ask for one field by the words that it carries."""
    match name:
        case "differs" | "why_apart":
            return st.text_area(label, value, key=key, help=_HELP.get(name))
        case "kind" | "agreed_points":
            words = _CHOICES[name]
            return st.selectbox(
                label, list(words), index=list(words).index(value), format_func=words.get, key=key
            )
        case "agreement":
            at = list(STANDS).index(value)
            return st.radio(
                label, list(STANDS), index=at, format_func=STANDS.get, horizontal=True, key=key
            )
        case "stays_apart":
            chosen = st.multiselect(
                label,
                list(teams),
                default=list(value),
                format_func=teams.get,
                key=key,
                select_all=False,
            )
            return tuple(chosen)
        case "parked_until":
            return st.date_input(label, value, format="DD/MM/YYYY", key=key)
    return st.text_input(label, value, key=key)
