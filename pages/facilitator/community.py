"""Our own place beside the middle half of places, projected; or, for you alone, the exchange."""

from datetime import date

import streamlit as st

from aqua_core.charts.band import band_chart, band_table
from aqua_core.charts.sentences import band as band_words
from aqua_core.workshop.exchanging import exchange_now
from aqua_core.workshop.sharing_waves import beside_now
from pages import _drawing, _exchange, _room, _way
from pages._ending import end
from pages._saying import plain

_HEIGHT = 660  # px under the headline and its line, over the source line

if _room.CODE not in st.query_params:
    now = exchange_now(_room.caller())
    _way.way_of_community(_way.COMMUNITY)
    st.title("Exchange")
    st.caption("From the newest share-out of each place. No score of any place stands here.")
    _exchange.matches(now)
    visits, stories = st.columns(2, gap="large")
    with visits:
        st.header("Visits", anchor=False)
        _exchange.visits(now, date.today())
    with stories:
        st.header("Stories", anchor=False)
        _exchange.stories(now)
    st.header("Statements that were unclear", anchor=False)
    _exchange.remarks(now)
    end()
workshop = _room.workshop()
_way.way(_way.COMMUNITY)
seen = beside_now(_room.caller(), workshop.code)
if seen is None:
    st.header("No band yet")
    st.write(
        f"{band_words.BELOW_FIVE} It is published by hand, on the page of the place, and stands "
        "here once this workshop has revealed."
    )
    end()
with st.container(key="community"):
    st.title(plain(band_words.headline(seen)))
    spec = _drawing.kept(workshop.code, "band", lambda look: band_chart(seen, look, _HEIGHT), seen)
    quiet = band_words.quiet_line(seen.published)
    _drawing.drawn(spec, quiet, band_table(seen), band_words.source_line(seen))
