"""The page of a place: its waves, entered and corrected; its name and days; join, part, erase."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Final

import pandas as pd
import streamlit as st

from aqua_core.charts.sentences import places as place_words
from aqua_core.errors import BadMeans
from aqua_core.published import waves_brought
from aqua_core.vocabulary import Instrument, Place, Wave, WaveDraft, WaveKind, code_said
from aqua_core.vocabulary.place import EARLIEST, MOST_PEOPLE
from aqua_core.vocabulary.points import day_said, said, waves_called
from aqua_core.workshop import entering, placing
from pages import _room, _way
from pages._people import erased_from
from pages._saying import plain, told
from pages._sittings import of_a_wave
from pages._tables import literal

DONE: Final = "done at a place"
_CORRECTED: Final = "the wave that is corrected"
_HOW: Final = ("Type them", "Bring a CSV file")
_TABLE: Final = "The table"


def waves(seen: placing.PlaceSeen, today: date) -> None:
    """Draw the waves, the newest first, and what enters another."""
    if seen.scoring:
        st.caption(place_words.ANCHORS)
    chosen = st.session_state.get(_CORRECTED)
    corrected = next((wave for wave in seen.waves if wave.id == chosen), None)
    if corrected:
        with st.container(border=True):
            _enter(seen, corrected, today)
    with st.container(gap=None):
        for wave, before in reversed([*zip(seen.waves, (None, *seen.waves), strict=False)]):
            _wave(seen, wave, before)
    if not seen.waves:
        st.write("None yet. Enter an earlier one, or set up a workshop.")
    for wave in seen.taken_out:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{day_said(wave.dated)} was taken out.", width="content")
            if st.button("Put it back", key=f"back-{wave.id}"):
                with done(f"The wave of {day_said(wave.dated)} is back."):
                    entering.put_wave_back(_room.caller(), seen.place.id, wave.id)
    if not corrected:
        with st.expander("Enter an earlier wave"):
            _enter(seen, None, today)


def _wave(seen: placing.PlaceSeen, wave: Wave, before: Wave | None) -> None:
    published = wave.kind is WaveKind.PUBLISHED
    with st.container(horizontal=True, vertical_alignment="center", key=f"row-wave-{wave.id}"):
        line = ", ".join(
            filter(None, (place_words.since_said(wave, before), place_words.wave_of_a_place(wave)))
        )
        st.markdown(f"**{day_said(wave.dated)}**  \n{plain(line)}")
        if wave.means:
            with st.popover("Its means"):
                st.table(literal(_means(wave, _room.default_instrument())))
        if published and st.button("Correct", key=f"correct-{wave.id}"):
            st.session_state[_CORRECTED] = wave.id
            st.rerun()
        if published and st.button("Take out", key=f"out-{wave.id}"):
            with done(f"The wave of {day_said(wave.dated)} is taken out."):
                entering.take_wave_out(_room.caller(), seen.place.id, wave.id)


def _means(wave: Wave, instrument: Instrument) -> pd.DataFrame:
    names = instrument.names
    known = any(mean.people for mean in wave.means)
    rows = [
        {"Domain": names.get(mean.domain, mean.domain), "Mean": said(mean.mean, 2)}
        | ({"People": str(mean.people or "not known")} if known else {})
        for mean in wave.means
    ]
    return pd.DataFrame(rows).set_index("Domain")


def _enter(seen: placing.PlaceSeen, corrected: Wave | None, today: date) -> None:
    form = corrected.id if corrected else f"new-{len(seen.waves)}"
    if corrected:
        st.write(f"Correct the wave of {day_said(corrected.dated)}.")
    source = st.text_input(
        "Where these means were published",
        corrected.source if corrected else "",
        key=f"source-{form}",
        placeholder="Report to the health and wellbeing board, May 2025",
    )
    how = _HOW[0] if corrected else st.radio("How", _HOW, horizontal=True, key=f"how-{form}")
    drafts = _typed(corrected, form, today, source) if how == _HOW[0] else _brought(form, source)
    with st.container(horizontal=True):
        kept = st.button("Keep this wave", type="primary", key=f"keep-{form}")
        if corrected and st.button("Leave it as it is"):
            _put_away("")
    if kept:
        _keep(seen, corrected, drafts, today)


def _keep(
    seen: placing.PlaceSeen,
    corrected: Wave | None,
    drafts: Callable[[], list[WaveDraft]],
    today: date,
) -> None:
    with told():
        try:
            read = drafts()
        except BadMeans as refusal:
            st.warning("Nothing is kept yet. What you typed or brought is as it was.")
            st.write("  \n".join(plain(fault) for fault in refusal.faults))
            return
        if corrected:
            entering.correct_wave(_room.caller(), seen.place.id, corrected, read[0], today)
        else:
            entering.enter_waves(_room.caller(), seen.place.id, read, today)
        _put_away(f"Kept: {', '.join(waves_called([draft.dated for draft in read]))}.")


def _typed(
    corrected: Wave | None, form: str, today: date, source: str
) -> Callable[[], list[WaveDraft]]:
    instrument = _room.default_instrument()
    left, right = st.columns(2)
    day = corrected.dated if corrected else None
    dated = left.date_input(
        "Scored on",
        day,
        # A file or a clock that was set back may bring any day: the field opens with it.
        min_value=min(day or EARLIEST, EARLIEST),
        max_value=max(day or today, today),
        format="DD/MM/YYYY",
        key=f"dated-{form}",
    )
    people = right.number_input(
        "How many scored (empty if not known)",
        min_value=1,
        max_value=MOST_PEOPLE,
        value=corrected.people if corrected else None,
        step=1,
        key=f"people-{form}",
    )
    st.caption("A mean as it is printed: 2.13. A row without a mean is left out.")
    table = st.data_editor(
        _to_fill_in(corrected, instrument),
        disabled=["Domain"],
        hide_index=True,
        key=f"means-{form}",
    )

    def drafts() -> list[WaveDraft]:
        if not isinstance(dated, date):
            raise BadMeans("Choose the day on which they scored; the first of a month will do.")
        raw = _as_csv(table.fillna(""), dated.isoformat(), instrument)
        (draft,) = waves_brought(raw, _TABLE, instrument, source)
        return [draft.model_copy(update={"people": people})]

    return drafts


def _to_fill_in(corrected: Wave | None, instrument: Instrument) -> pd.DataFrame:
    """Give a row a domain, with the means of the wave that is corrected; all of it is text."""
    given = {mean.domain: mean for mean in corrected.means} if corrected else {}
    rows = [
        (domain.short, said(mean.mean, 2), str(mean.people or ""))
        if (mean := given.get(domain.key))
        else (domain.short, "", "")
        for domain in instrument.domains
    ]
    return pd.DataFrame(rows, columns=["Domain", "Mean", "People"]).astype(str)


def _as_csv(table: pd.DataFrame, day: str, instrument: Instrument) -> bytes:
    """Give the typed table as the file that somebody could have brought: one reader for both."""
    kinds = {domain.short: domain.kind.value for domain in instrument.domains}
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["domain", "kind", day, f"{day} people"])
    for name, mean, people in table.itertuples(index=False):
        cells = [str(cell or "").strip() for cell in (mean, people)]
        writer.writerow([name, kinds[name], *cells] if any(cells) else [])
    return out.getvalue().encode()


def _brought(form: str, source: str) -> Callable[[], list[WaveDraft]]:
    st.caption(
        "The first line is domain,kind and then a date for each wave, such as April 2012; then a "
        'line for each domain. A column "April 2012 people" says how many scored each.'
    )
    file = st.file_uploader("A CSV file of means", key=f"file-{form}")

    def drafts() -> list[WaveDraft]:
        if file is None:
            raise BadMeans("Choose the file first.")
        instrument = _room.default_instrument()
        return list(waves_brought(file.getvalue(), plain(file.name), instrument, source))

    return drafts


def days_and_name(seen: placing.PlaceSeen) -> None:
    """Ask what the place is called, when it began, and when it meets again."""
    place = seen.place
    st.header("Name and days")
    with st.form("what is kept"):
        name = st.text_input("Place", place.name)
        persona = st.text_input("Persona", place.persona, help="A fictional resident.")
        left, right = st.columns(2)
        began = left.date_input(
            "Began on",
            place.began_on,
            min_value=min(place.began_on, EARLIEST),
            format="DD/MM/YYYY",
        )
        again = right.date_input("Next wave on", place.next_wave_on, format="DD/MM/YYYY")
        if st.form_submit_button("Keep"):
            with told():
                placing.change_what_is_kept(
                    _room.caller(), place.id, Place(name=name, persona=persona), began, again
                )
                _put_away("Kept.")


def ways_apart(seen: placing.PlaceSeen) -> None:
    """Offer what is seldom needed: sittings of one wave, two names of one place, erasing."""
    measured = [wave for wave in seen.waves if wave.kind is WaveKind.MEASURED]
    if measured:
        with st.expander("Several sittings of one wave"):
            if seen.collects:
                of_a_wave(seen.collects, date.today())
            if len(seen.workshops) > 1:
                _sittings(measured)
    with st.expander("The same place under another name"):
        _names(seen)
    with st.expander("Erase this place"):
        _erase(seen)


def _sittings(measured: list[Wave]) -> None:
    for wave in measured:
        for code in wave.codes:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(
                    f"{code_said(code)}, in the wave of {day_said(wave.dated)}", width="content"
                )
                others = [other for other in measured if other.id != wave.id]
                chosen = st.selectbox(
                    f"Wave of {code_said(code)}",
                    others,
                    index=None,
                    format_func=lambda other: f"{day_said(other.dated)}, {other.codes[0]}",
                    placeholder="Count it into another wave",
                    label_visibility="collapsed",
                    key=f"sits-{code}",
                )
                if chosen and st.button("Count it in", key=f"in-{code}"):
                    with done(f"{code_said(code)} is counted in."):
                        entering.sit_together(_room.caller(), code, chosen.id)
                if len(wave.codes) > 1 and st.button("A wave of its own", key=f"alone-{code}"):
                    with done(f"{code_said(code)} is a wave of its own."):
                        entering.sit_alone(_room.caller(), code)


def _names(seen: placing.PlaceSeen) -> None:
    for joined in seen.joined:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{joined.name} counts as {seen.place.name}.", width="content")
            if st.button("Undo", key=f"part-{joined.id}"):
                with done(f"{joined.name} stands for itself again."):
                    placing.part_places(_room.caller(), joined.id)
    if not seen.others:
        st.write("No other place is here.")
        return
    other = st.selectbox(
        f"{plain(seen.place.name)} is the same place as",
        seen.others,
        index=None,
        format_func=lambda kept: kept.name,
    )
    if other and st.button(f"Count it as {plain(other.name)}"):
        with told():
            placing.join_places(_room.caller(), seen.place.id, other.id)
            st.session_state[DONE] = f"{seen.place.name} counts as {other.name} now."
            st.switch_page(_way.PLACE, query_params={_way.OF_PLACE: other.id})


def _erase(seen: placing.PlaceSeen) -> None:
    st.write(
        "Its workshops with every score, note and action, its waves, what it follows and its name "
        f"go, {erased_from()}"
    )
    typed = st.text_input(f"Type its name, {plain(seen.place.name)}", key="erase")
    if st.button("Erase this place"):
        with told():
            placing.erase_place(_room.caller(), seen.place.id, typed)
            st.session_state[_way.SAID] = f"{seen.place.name} is erased."
            st.switch_page(_way.HOME)


@contextmanager
def done(said_of_it: str) -> Iterator[None]:
    """Say what was done and draw the page anew; a refusal is said where the person is looking."""
    with told():
        yield
        _put_away(said_of_it)


def _put_away(done: str) -> None:
    st.session_state.pop(_CORRECTED, None)
    say(done)


def say(done: str) -> None:
    """Say what was done at a place on top of its view, drawn anew."""
    st.session_state[DONE] = done
    st.rerun()
