"""Projected: whether a place moved, wave by wave, and how its room reads what fell."""

from functools import partial

import streamlit as st

from aqua_core.workshop.looking_back import (
    LookedBack,
    Since,
    Whose,
    looked_back_now,
    place_looked_back,
)
from pages import _over_time, _room, _way
from pages._ending import end

place_id = st.query_params.get(_way.OF_PLACE, "")
code = "" if place_id else _room.workshop().code
if place_id:
    _way.way_of_place(place_id)
    instrument = _room.default_instrument()
else:
    _way.way(_way.OVER_TIME)


def looked_back(since: Since, whose: Whose) -> LookedBack | None:
    if place_id:
        return place_looked_back(_room.caller(), place_id, instrument, since, whose)
    return looked_back_now(_room.caller(), code, since, whose)


usual = looked_back(Since.LAST_TIME, Whose.EVERYONE)
if usual is None:
    st.header("Nothing to compare yet")
    st.write(
        "This page compares waves of a place that show something: two are needed. "
        "A domain that is being scored stays sealed, in this wave and in every earlier one."
    )
    end()
with st.container(key="over_time"):
    since, whose = _over_time.asked(usual.over_time)
    is_usual = (since, whose) == (Since.LAST_TIME, Whose.EVERYONE)
    seen = usual if is_usual else looked_back(since, whose) or usual
    asks = bool(code) and is_usual
    lines = len(seen.between_tiers) + len(seen.over_time.fallen) * asks
    below = partial(_over_time.below, code if asks else "", seen)
    _over_time.picture(seen.over_time, code or place_id, _over_time.left_over(lines), below)
    _over_time.each_domain(seen.over_time)
