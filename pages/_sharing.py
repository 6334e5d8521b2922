"""On the page of a place: consent that others count a wave, cards of other laptops, the band."""

from datetime import date
from functools import partial

import streamlit as st

from aqua_core.charts.sentences import band as band_words
from aqua_core.vocabulary.card import CONSENT
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop import placing, sharing_waves
from pages import _place, _room
from pages._saying import or_its_sentence, plain


def with_others(seen: placing.PlaceSeen, today: date) -> None:
    """Offer what a place does with others: share a wave, bring their cards, publish the band."""
    sharing = sharing_waves.sharing_now(_room.caller(), seen.place.id, today)
    if not sharing.may_share and not sharing.shared:
        return
    with st.expander("Beside other places"):
        st.caption(
            "A card holds the day, each domain's average and how agreed it was, about how many "
            "scored and which tiers. No name, and nothing that this room was not shown."
        )
        for wave in reversed(seen.waves):
            if wave.id in sharing.shared | sharing.may_share:
                _wave(seen, sharing, wave.id, day_said(wave.dated), today)
        _band(seen, sharing, today)
        _brought(sharing, today)


def _wave(
    seen: placing.PlaceSeen, sharing: sharing_waves.Sharing, wave_id: str, day: str, today: date
) -> None:
    caller, place_id = _room.caller(), seen.place.id
    with st.container(horizontal=True, vertical_alignment="center", key=f"share-{wave_id}"):
        if wave_id not in sharing.shared:
            st.markdown(f"**{day}**  \n{CONSENT}")
            if st.button("Share this wave", key=f"yes-{wave_id}"):
                with _place.done(f"Others may count the wave of {day}."):
                    sharing_waves.share_wave(caller, place_id, wave_id, today)
            return
        st.markdown(f"**{day}**  \nOthers may count this wave.")
        st.download_button(
            "Take the card",
            partial(or_its_sentence, partial(sharing_waves.wave_card, caller, place_id, wave_id)),
            file_name="wave-card.parquet",
            mime="application/octet-stream",
            on_click="ignore",
            key=f"take-{wave_id}",
        )
        if st.button("Take the consent back", key=f"no-{wave_id}"):
            with _place.done(
                f"The wave of {day} is shared no more. The next band is without it; a card that "
                "was taken to another laptop is taken out there."
            ):
                sharing_waves.withdraw_wave(caller, place_id, wave_id)


def _band(seen: placing.PlaceSeen, sharing: sharing_waves.Sharing, today: date) -> None:
    if sharing.places is None:
        return
    st.write(plain(band_words.places_said(sharing.places, waits=sharing.waits)))
    if sharing.newest:
        st.write(plain(band_words.published_said(sharing.newest)))
    if sharing.why_not:
        st.write(plain(sharing.why_not))
    elif st.button("Publish the band", type="primary"):
        with _place.done("The band is published: Community stands on this place's pages."):
            sharing_waves.publish_band(_room.caller(), seen.place.id, today)


def _brought(sharing: sharing_waves.Sharing, today: date) -> None:
    for card in sharing.brought:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"From another laptop: {band_words.card_said(card)}.", width="content")
            if st.button("Take it out", key=f"drop-{card.id}"):
                with _place.done("The card is taken out. The next band is without it."):
                    sharing_waves.drop_brought_card(_room.caller(), card.id)
    file = st.file_uploader("A wave card from another laptop", key=f"cards-{len(sharing.brought)}")
    if file and st.button("Keep this card"):
        with _place.done("The card is kept. The next band counts it."):
            sharing_waves.bring_card(_room.caller(), file.getvalue(), today)
