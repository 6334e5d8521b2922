"""A place over time on the page: what is compared, how the room reads a fall, what else is said."""

from collections.abc import Callable, Sequence
from enum import StrEnum

import streamlit as st

from aqua_core.charts.over_time import over_time_chart, over_time_table
from aqua_core.charts.over_time_rows import counts_said
from aqua_core.charts.sentences import over_time as over_time_words
from aqua_core.charts.sentences.each_domain import each_domain_said, tiers_said
from aqua_core.vocabulary.over_time import FallReading, OverTime, TierStep
from aqua_core.workshop.looking_back import FEWEST_WAVES, LookedBack, Since, Whose, read_fall
from pages import _drawing, _room
from pages._mirroring import opens, same_on_walls
from pages._saying import plain, told

_PAGE, _LINE = 680, 58  # px of the picture under the headline, and of a line below it
_LEAST = 500  # px in which eight rows and their heads stand clear of each other on the projector


def asked(place: OverTime) -> tuple[Since, Whose]:
    """Ask which wave the last one is compared with, and whose averages are shown.

    With two waves the last time is the start, and published means are of nobody who is known.
    """
    with st.container(horizontal=True, key="compared"):
        since = _one_of(Since, "Compared with") if len(place.waves) > FEWEST_WAVES else None
        whose = None if place.published else _one_of(Whose, "Averages of")
    return Since(since or Since.LAST_TIME), Whose(whose or Whose.EVERYONE)


def _one_of(choices: type[StrEnum], label: str) -> str | None:
    key = same_on_walls(label, next(iter(choices)))
    return st.segmented_control(label, list(choices), key=key, label_visibility="collapsed")


def left_over(lines: int) -> int:
    """Give px of the picture over so many lines; what has no room under it is scrolled to."""
    return max(_LEAST, _PAGE - _LINE * lines)


def picture(
    place: OverTime, code: str, height: int, below: Callable[[], None] | None = None
) -> None:
    """Draw the finding in a sentence, its waves, and under them what lags and what is asked."""
    st.title(plain(over_time_words.headline(place)))
    spec = _drawing.kept(
        code,
        ("over time", len(place.waves), place.since, height),
        lambda look: over_time_chart(place, look, height),
        place,
    )
    # The picture says at its foot what it is to lag; a phone has no picture.
    lags = over_time_words.lags_said(place) if place.published or _drawing.held() else ""
    said = (
        counts_said(place),
        over_time_words.means_said(place),
        over_time_words.check_said(place),
    )
    note = " ".join(filter(None, (*said, f"Lags: {lags}" if lags else "")))
    quiet = over_time_words.quiet_line(place)
    _drawing.drawn(spec, quiet, over_time_table(place), note, below)


def below(code: str, seen: LookedBack) -> None:
    """Draw what stands under the picture: what fell, where it is asked of, and the two tiers.

    `code` is that of the workshop whose room is asked; "" for none.
    """
    if code:
        _falls(code, seen)
    _between_tiers(seen.over_time, seen.between_tiers)


def _falls(code: str, seen: LookedBack) -> None:
    """Ask of each domain that fell which of three readings it is; a wall shows what was said."""
    for row in seen.over_time.fallen:
        reading = seen.readings.get(row.key)
        with st.container(horizontal=True, vertical_alignment="center", key=f"fall_{row.key}"):
            if not _room.leads(code):
                st.write(f"**{plain(over_time_words.fall_read(row, reading))}**")
                continue
            st.write(f"**{plain(over_time_words.fall_question(row))}**")
            # What was said elsewhere meanwhile is what counts, not what this browser showed last.
            st.session_state[f"read {row.key}"] = reading
            st.segmented_control(
                over_time_words.fall_question(row),
                list(FallReading),
                key=f"read {row.key}",
                format_func=lambda given: over_time_words.reading_said(FallReading(given)),
                label_visibility="collapsed",
                on_change=_read,
                args=(code, row.key),
            )


def _read(code: str, domain: str) -> None:
    chosen = st.session_state[f"read {domain}"]
    if chosen:
        with told():
            read_fall(_room.caller(), code, domain, FallReading(chosen))


def each_domain(place: OverTime) -> None:
    """Say of every domain, in a sentence, what can be said of its change."""
    if place.published:
        return
    with opens("What can be said of each domain", "each domain"):
        for names, said in each_domain_said(place):
            st.write(f"**{plain(names)}**: {plain(said)}")


def _between_tiers(place: OverTime, tiers: Sequence[Sequence[TierStep]]) -> None:
    """Say how far the board stands from the front line, where exhorting alone would show."""
    names = {row.key: row.name for row in place.domains}
    for steps in tiers:
        st.write(plain(tiers_said(steps, names[steps[0].domain])))
