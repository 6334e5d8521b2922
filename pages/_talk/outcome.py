"""Under a card: what the conversation came to, shown to all and written by the facilitator."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from aqua_core.charts.sentences import conversations
from aqua_core.charts.sentences.planning import KINDS, came_to, side_of
from aqua_core.vocabulary import POINTS, Agreement, Outcome, Workshop
from aqua_core.vocabulary.reading import Topic
from aqua_core.vocabulary.text import check_fields, words_of
from aqua_core.workshop import noting
from pages import _half_typed, _room
from pages._plan.versions import now_open, opened_version
from pages._saying import at_its_field, is_at_fault, plain, problems, save_by, told

STANDS = {
    Agreement.OPEN: "Open",
    Agreement.AGREED: "Agreed",
    Agreement.DIFFER: "Agreed to differ",
}
_CHOICES: dict[str, dict[Any, str]] = {
    "kind": {**KINDS},
    "agreed_points": {None: "No score: agreed in words"}
    | {points: str(points) for points in POINTS},
}
_FIRST: dict[Agreement, tuple[str, ...]] = {
    Agreement.OPEN: ("differs", "both_could"),
    Agreement.AGREED: ("differs", "both_could", "agreed_points"),
    Agreement.DIFFER: ("differs", "stays_apart", "why_apart", "would_change"),
}
"""What is asked of each result; all else opens under it."""
ON_THE_WALL = (
    "The room sees what you keep at once, on the wall too: also the words of who stays apart. "
    "Write what they agree to have read. What does not fit on the wall is scrolled to there from "
    "here: “Wall”, then “Wall down”."
)
_HELP = {"why_apart": "The next workshop of this place shows it on Talk, after its own reveal."}


def outcome(workshop: Workshop, domain: str, topic: Topic | None) -> None:
    """Show what a conversation came to and, to the facilitator, the form that keeps it."""
    kept = noting.outcomes_now(_room.caller(), workshop.code).get(domain)
    teams = {team.id: team.name for team in workshop.teams}
    if kept:
        st.header("What it came to")
        st.write("  \n".join(plain(line) for line in came_to(kept, teams)))
        if _room.acts(workshop.code):
            _move(workshop, kept, "Take it out", out=True)
    elif _room.acts(workshop.code):
        gone = noting.outcomes_out_now(_room.caller(), workshop.code).get(domain)
        if gone:
            _move(workshop, gone, "Put back what it came to", out=False)
    if _room.leads(workshop.code):
        with st.expander(
            "Write down what it came to" if kept is None else "Change what it came to",
            expanded=_half_typed.came_back(_form_on(domain)),
        ):
            _write(workshop, kept or _started(domain, topic), teams)


def _move(workshop: Workshop, kept: Outcome, label: str, *, out: bool) -> None:
    if st.button(label, type="tertiary", key=f"{label}-{kept.domain}"):
        with told():
            noting.take_outcome_out(_room.caller(), workshop.code, kept, out=out)
            now_open(f"outcome {kept.domain}", 0 if out else kept.version + 1)
            _half_typed.forget(_form_on(kept.domain))
            st.rerun()


def _form_on(domain: str) -> str:
    return f"outcome-{domain}"


def _started(domain: str, topic: Topic | None) -> Outcome:
    sides = [name for name, _ in conversations.sides(topic)] if topic else []
    one, other = sides if len(sides) == 2 else ("", "")
    return Outcome(domain=domain, one_side=one, other_side=other)


def _write(workshop: Workshop, before: Outcome, teams: Mapping[str, str]) -> None:
    mark = f"outcome {before.domain}"
    opened = opened_version(mark, before.version, "outcome")
    key = f"{before.domain}-{opened}"
    result = _result(before, key)
    with _half_typed.form(_form_on(before.domain)):
        problems(form := f"the outcome on {before.domain}")
        given = _fields(before, teams, key, result)
        st.caption(ON_THE_WALL)

        def save(sure: bool) -> None:
            check_fields(Outcome, given)
            typed = Outcome(
                domain=before.domain,
                version=opened,
                one_side=before.one_side,
                other_side=before.other_side,
                **given,
            )
            saved = noting.conclude(_room.caller(), workshop.code, typed, date.today(), sure=sure)
            now_open(mark, saved.version)
            st.rerun()

        save_by("Keep it", form, save, f"{{}}-{key}", type="primary")


def _result(before: Outcome, key: str) -> Agreement:
    """Ask how it ended, before the form: what else is asked hangs on it."""
    at = f"agreement-{key}"
    begun = _half_typed.begins(at, before.agreement, within=_form_on(before.domain))
    asked = words_of(Outcome)["agreement"].asked()
    chosen = st.radio(
        asked,
        list(STANDS),
        index=list(STANDS).index(begun),
        format_func=STANDS.get,
        horizontal=True,
        key=at,
    )
    return Agreement(chosen)


def _fields(
    before: Outcome, teams: Mapping[str, str], key: str, result: Agreement
) -> dict[str, Any]:
    """Ask first what the result calls for, and the rest where somebody wants it."""
    words = words_of(Outcome)
    if before.has_no_points:
        del words["agreed_points"]
    given: dict[str, Any] = {"agreement": result}
    rest = [name for name, said in words.items() if said.under and name != "agreement"]
    first = [name for name in _FIRST[result] if name in words]
    rest = [name for name in rest if name not in first]

    def ask(name: str) -> None:
        label = words[name].asked(plain(side_of(before, name)))
        at = f"{name}-{key}"
        begun = _half_typed.begins(at, _listed(getattr(before, name)))
        given[name] = _field(label, name, begun, teams, at)
        at_its_field(at)

    for column, name in zip(st.columns(len(first)), first, strict=True):
        with column:
            ask(name)
    said = any(getattr(before, name) or is_at_fault(f"{name}-{key}") for name in rest)
    with st.expander("More about it", expanded=said):
        columns = st.columns(3)
        for at, name in enumerate(rest):
            with columns[at % 3]:
                ask(name)
    return given


def _listed(value: Any) -> Any:
    return [*value] if isinstance(value, tuple) else value


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
        case "stays_apart":
            chosen = st.multiselect(
                label,
                list(teams),
                default=[team for team in value if team in teams],
                format_func=teams.get,
                key=key,
                select_all=False,
            )
            return tuple(chosen)
        case "parked_until":
            return st.date_input(label, value, format="DD/MM/YYYY", key=key)
    return st.text_input(label, value, key=key)
