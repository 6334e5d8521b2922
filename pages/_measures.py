"""A view of a place: its measures and readings, typed, pasted or brought, and put right."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Final

import streamlit as st

from aqua_core.charts.sentences import impact as said
from aqua_core.errors import FigureRefused
from aqua_core.vocabulary.measure import (
    STARTERS,
    Better,
    Followed,
    ForWhom,
    Measure,
    MeasureDraft,
    Phase,
    Reading,
    ReadingDraft,
    figure_in,
    figure_said,
)
from aqua_core.vocabulary.place import EARLIEST
from aqua_core.vocabulary.points import day_said
from aqua_core.vocabulary.text import check_fields
from aqua_core.workshop import following, measuring
from pages import _readings, _room
from pages._half_typed import begins, form, times_saved
from pages._place import DONE, say
from pages._plan.versions import Back, put_back_list, put_back_rows
from pages._saying import at_its_field, plain, problems, save_by, told

_CHOSEN: Final = "measure that is chosen"
_ADDED: Final = "measure that was added"
_STARTS: Final = "name of a starter measure"


def draw(place_id: str, today: date) -> None:
    """Draw what is followed, and the forms in which it is typed, brought and put right."""
    seen = following.impact_now(_room.caller(), place_id, today)
    st.title(plain(f"What {seen.place.name} follows"))
    with st.container():  # always there: what comes and goes above a line that opens closes it
        if done := st.session_state.pop(DONE, ""):
            st.success(plain(done))
        if seen.scoring:
            st.caption(said.HELD_BACK)
    if seen.measures:
        _readings.bring(seen, today)
        _one(seen, today)
    with st.expander("Follow another measure", expanded=not seen.measures):
        _new(seen)
    _taken_out(seen)


def _one(seen: following.ImpactSeen, today: date) -> None:
    """Ask which measure, and draw all that can be done with it."""
    names = {measure.id: said.named_said(measure) for measure in seen.measures}
    added = st.session_state.pop(_ADDED, "")  # who begins to follow one gives its readings next
    if added in names:
        st.session_state[_CHOSEN] = added
    if st.session_state.get(_CHOSEN) not in names:
        st.session_state[_CHOSEN] = next(iter(names))
    st.header("One measure")
    chosen = st.selectbox("Measure", list(names), format_func=names.get, key=_CHOSEN)
    followed = next(of for of in seen.impact.followed if of.measure.id == chosen)
    measure = followed.measure
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("A reading")
        st.caption(plain(f"Counted in {measure.unit}; {measure.better} is better."))
        _reading_form(seen, measure, None, today)
        _expected(seen, followed, today)
        _readings.pasted(seen, measure, today)
    with right:
        if not seen.scoring:
            _put_right(seen, followed, today)
        _usual(seen, measure, today)
        with st.expander("Change this measure"):
            _edit(seen, measure)


def _new(seen: following.ImpactSeen) -> None:
    taken = {measure.name.casefold() for measure in seen.measures}
    starters = [name for name in STARTERS if name.casefold() not in taken]
    if starters:
        st.caption(said.STARTER_SAID)
        with st.container(horizontal=True):
            for name in starters:
                st.button(name, on_click=_start_from, args=(name,), key=f"starter-{name}")
    mark = "measure-new"
    with form(mark):
        problems(mark)
        starts = st.session_state.get(_STARTS, "")
        given = _measure_fields(None, f"{mark}-{times_saved(mark)}-{starts}", starts)

        def save(sure: bool) -> None:
            check_fields(MeasureDraft, given)
            made = following.follow_measure(
                _room.caller(), seen.place.id, MeasureDraft(**given), sure=sure
            )
            st.session_state.pop(_STARTS, None)
            st.session_state[_ADDED] = made.id
            say(f"{made.name} is followed.")

        save_by("Follow it", mark, save, f"{{}}-{mark}-{times_saved(mark)}-{starts}")


def _start_from(name: str) -> None:
    st.session_state[_STARTS] = name


def _edit(seen: following.ImpactSeen, measure: Measure) -> None:
    mark = f"measure-{measure.id}-{measure.version}"
    with form(mark):
        problems(mark)
        given = _measure_fields(measure, mark, "")

        def save(sure: bool) -> None:
            check_fields(MeasureDraft, given)
            changed = Measure(id=measure.id, version=measure.version, **given)
            following.change_measure(_room.caller(), seen.place.id, changed, sure=sure)
            say(f"{changed.name} is changed.")

        save_by("Save the change", mark, save, f"{{}}-{mark}")
    if st.button("Follow it no more", type="tertiary", key=f"out-{measure.id}"):
        with told():
            following.take_measure_out(_room.caller(), seen.place.id, measure.id)
            say(f"{measure.name} is taken out. It can be put back below.")


def _measure_fields(before: Measure | None, key: str, starts: str) -> dict[str, Any]:
    name, unit, target = st.columns([3, 2, 2])
    better, impact, whom = st.columns(3)
    goal = "" if before is None or before.target is None else f"{before.target:f}"
    called, counted_in = (before.name, before.unit) if before else (starts, "")
    return {
        "name": _line(name, "What is measured", f"name-{key}", called),
        "unit": _line(unit, "Counted in (days a month, per cent)", f"unit-{key}", counted_in),
        "better": _choice(
            better, "Better is", f"better-{key}", list(Better), before and before.better
        ),
        "impact": _choice(
            impact, "Shows in", f"impact-{key}", list(said.LEVEL), before and before.impact
        ),
        "whom": _choice(whom, "For whom", f"whom-{key}", list(ForWhom), before and before.whom),
        "target": _line(target, "Target (only if one is set)", f"target-{key}", goal),
    }


def _line(column: Any, label: str, at: str, starts: str) -> str:
    with column:
        typed = st.text_input(label, begins(at, starts), key=at)
        at_its_field(at)
    return typed


def _choice(column: Any, label: str, at: str, words: list[Any], chosen: Any) -> Any:
    begun = begins(at, chosen)
    with column:
        given = st.selectbox(
            label,
            words,
            index=words.index(begun) if begun in words else None,
            format_func=lambda word: said.LEVEL.get(word, str(word).capitalize()),
            placeholder="Choose one",
            key=at,
        )
        at_its_field(at)
    return given or ""


def _reading_form(
    seen: following.ImpactSeen, measure: Measure, before: Reading | None, today: date
) -> None:
    mark = f"reading-{before.id}-{before.version}" if before else f"reading-of-{measure.id}"
    key = f"{mark}-{times_saved(mark)}"
    with form(mark):
        problems(mark)
        given = _reading_fields(before, key, today)

        def save(sure: bool) -> None:
            check_fields(ReadingDraft, given)
            caller, place_id = _room.caller(), seen.place.id
            if before is None:
                draft = ReadingDraft(**given, measure_id=measure.id)
                measuring.keep_reading(caller, place_id, draft, today, sure=sure)
            else:
                right = before.model_validate(dict(before) | given)
                measuring.correct_reading(caller, place_id, right, today, sure=sure)
            done = "put right" if before else "kept"
            say(f"The reading of {day_said(given['dated'])} is {done}.")

        save_by("Put it right" if before else "Keep it", mark, save, f"{{}}-{key}")


def _reading_fields(before: Reading | None, key: str, today: date) -> dict[str, Any]:
    day, value, counted, source = st.columns([3, 2, 2, 2])
    of = f"{before.value:f}" if before else ""
    with day:
        dated = st.date_input(
            "Day",
            begins(f"dated-{key}", before.dated if before else None),
            min_value=EARLIEST,
            max_value=today,
            format="DD/MM/YYYY",
            key=f"dated-{key}",
        )
        at_its_field(f"dated-{key}")
    with counted:
        n = st.number_input(
            "n, if known",
            min_value=1,
            max_value=1_000_000_000,
            value=begins(f"counted-{key}", before.counted if before else None),
            step=1,
            key=f"counted-{key}",
        )
    return {
        "dated": dated,
        "value": _line(value, "Value", f"value-{key}", of),
        "counted": n,
        "source": _line(source, "Source", f"source-{key}", before.source if before else ""),
    }


def _expected(seen: following.ImpactSeen, followed: Followed, today: date) -> None:
    """Offer what open tests say of this measure: a baseline as a reading, a target as a line."""
    measure = followed.measure
    caller, place_id = _room.caller(), seen.place.id
    known = {reading.dated for reading in followed.readings}
    for line, test in zip(said.expected_said(followed), followed.expected, strict=True):
        st.caption(plain(line))
        day = min(test.planned_on, today)
        with st.container(horizontal=True):
            base, goal = _figure(test.baseline), _figure(test.target)
            told_of = f"{test.planned_on}-{test.test}"
            if base is not None and day not in known:
                label = f"Keep {figure_said(base)} as the reading of {day_said(day)}"
                if st.button(label, key=f"base-{told_of}"):
                    with told():
                        draft = {"measure_id": measure.id, "dated": day, "value": base}
                        reading = ReadingDraft(**draft, source="Baseline of a test")
                        measuring.keep_reading(caller, place_id, reading, today)
                        say(f"The reading of {day_said(day)} is kept.")
            aims = goal is not None and goal != measure.target
            if aims and st.button(f"Draw {test.target} as the target", key=f"goal-{told_of}"):
                with told():
                    aimed = measure.model_copy(update={"target": goal})
                    following.change_measure(caller, place_id, aimed)
                    say(f"{test.target} is the target.")


def _figure(typed: str) -> Decimal | None:
    try:
        return figure_in("it", typed)
    except FigureRefused:
        return None


def _put_right(seen: following.ImpactSeen, followed: Followed, today: date) -> None:
    """Offer to put a reading right or take it out, with what it was before."""
    measure = followed.measure
    kept = {reading.id: reading for reading in reversed(followed.readings)}
    gone = [reading for reading in seen.readings_out if reading.measure_id == measure.id]
    with st.expander(f"Put a reading right ({len(kept)})"):
        chosen = st.selectbox(
            "Reading of",
            list(kept),
            index=None,
            format_func=lambda at: f"{day_said(kept[at].dated)}: {figure_said(kept[at].value)}",
            placeholder="Choose one",
            key=f"right-{measure.id}",
        )
        if chosen:
            shown = kept[chosen]
            for version, taken_out in seen.versions.get(chosen, ())[:-1]:
                was = "taken out" if taken_out else figure_said(version.value)
                st.caption(plain(f"Before: {was} on {day_said(version.dated)}."))
            _reading_form(seen, measure, shown, today)
            if st.button("Take this reading out", type="tertiary", key=f"out-{shown.id}"):
                with told():
                    measuring.take_reading_out(_room.caller(), seen.place.id, shown)
                    say(f"The reading of {day_said(shown.dated)} is taken out.")
        put_back = partial(measuring.put_reading_back, _room.caller(), seen.place.id)
        put_back_rows(
            [
                Back(
                    f"{day_said(reading.dated)}: {figure_said(reading.value)} was taken out.",
                    reading.id,
                    partial(_back, partial(put_back, reading)),
                )
                for reading in gone[-20:]
            ]
        )


def _back(back: Callable[[], None]) -> None:
    back()
    say("It is back.")


def _usual(seen: following.ImpactSeen, measure: Measure, today: date) -> None:
    """Offer to freeze the usual, or to let it begin anew."""
    mine = [phase for phase in seen.phases if phase.measure_id == measure.id]
    caller, place_id = _room.caller(), seen.place.id
    with st.expander("The usual"):
        st.caption(
            "The usual is the middle of all readings. Begin it anew where the work itself changed; "
            "freeze it to hold later readings against the first ones."
        )
        for phase in mine:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(said.phase_said(phase), width="content")
                if st.button("Take it away", key=f"end-{measure.id}-{phase.begins_on}"):
                    with told():
                        following.end_phase(caller, place_id, phase)
                        say("The usual is as it was before.")
        mark = f"phase-{measure.id}-{len(mine)}"
        with form(mark):
            begins_on, until = st.columns(2)
            start = _day(begins_on, "Begins on (empty: from the start)", f"begins-{mark}", today)
            frozen = _day(until, "Frozen on (empty: never)", f"frozen-{mark}", today)

            def save(_: bool) -> None:
                phase = Phase(
                    measure_id=measure.id, begins_on=start or EARLIEST, usual_until=frozen
                )
                following.begin_phase(caller, place_id, phase)
                say(said.phase_said(phase))

            save_by("Keep this usual", mark, save)


def _day(column: Any, label: str, at: str, today: date) -> date | None:
    chosen: date | None = column.date_input(
        label,
        begins(at, None),
        min_value=EARLIEST,
        max_value=today,
        format="DD/MM/YYYY",
        key=at,
    )
    return chosen


def _taken_out(seen: following.ImpactSeen) -> None:
    put_back = partial(following.put_measure_back, _room.caller(), seen.place.id)
    put_back_list(
        [
            Back(
                said.named_said(measure), measure.id, partial(_back, partial(put_back, measure.id))
            )
            for measure in seen.taken_out
        ]
    )
