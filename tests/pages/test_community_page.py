"""Our place beside others on the page: a band and no name, our dot, and consent by two presses."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from aqua_core.charts.band import band_chart, band_table
from aqua_core.charts.sentences import band as band_words
from aqua_core.charts.slots import Look
from aqua_core.rules.band import band_of
from aqua_core.store.cards import add_card, cards_in, cards_kept, drop_card
from aqua_core.store.database import reading, writing
from aqua_core.vocabulary import Workshop
from aqua_core.vocabulary.card import (
    CONSENT,
    Band,
    Beside,
    DomainBeside,
    Published,
    Stands,
    WaveCard,
)
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.sharing_waves import publish_band, share_wave, sharing_now
from pages import _way
from tests.kit import looking
from tests.kit.cards import DAYS, TODAY, file_of, levels, others_bring, our_place, published_with
from tests.kit.looking import a_host, a_wall, acting, press
from tests.kit.notation import ALL
from tests.kit.one_room import Filled, filled_in
from tests.kit.waves import met_on, scored

Looks = Callable[..., AppTest]


def words(page: AppTest) -> str:
    done = [element.value for element in page.success]
    return "\n".join([looking.words(page), *done]).replace("\\", "")


def links(page: AppTest) -> list[str]:
    return [link.proto.label for link in page.get("page_link")]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    return filled_in(tmp_path_factory.mktemp("community"), published_with)


@pytest.fixture
def workshop(filled: Filled, facilitator: Caller) -> Workshop:
    return filled.holds[0]


def at_its_place(looks: Looks, facilitator: Caller, place_id: str) -> AppTest:
    page = looks(facilitator, _way.PLACE)
    page.query_params[_way.OF_PLACE] = place_id
    return page.run()


@pytest.mark.long
def test_the_finding_our_dot_and_no_other_place(
    looks: Looks, facilitator: Caller, workshop: Workshop
) -> None:
    wall = a_wall(facilitator, workshop)
    for caller in (facilitator, wall, a_host(facilitator, workshop)):
        page = looks(caller, _way.COMMUNITY, workshop.code)

        said = words(page)
        assert "side the middle half on " in said
        assert "Five places agreed to share; none is named" in said
        assert "published 13 April 2026; the next from 13 July 2026." in said
        assert "**Community**" in links(page)
        (chart,) = page.get("vega_lite_chart")
        assert "other" not in chart.proto.spec
        assert caller != wall or not acting(page)


@pytest.mark.slow
def test_nothing_of_it_before_our_own_reveal(
    looks: Looks, facilitator: Caller, workshop: Workshop
) -> None:
    sealed = met_on(facilitator, DAYS[2], place="Bury")
    scored(facilitator, sealed, seats=1)

    for at, says in ((workshop, "A room scores now."), (sealed, "No band yet")):
        for caller in (facilitator, a_wall(facilitator, at), a_host(facilitator, at)):
            page = looks(caller, _way.COMMUNITY, at.code)
            assert says in words(page)
            assert not page.get("vega_lite_chart")
            assert "Community" not in str(links(looks(caller, _way.ROOM, at.code)))


@pytest.mark.slow
def test_rooms_that_differ_in_what_the_band_hides_look_the_same(
    looks: Looks, facilitator: Caller, workshop: Workshop, filled: Filled
) -> None:
    """Two other places stand 0.1 from where they stood, wherever the band is where it was."""
    before = everything(looks, facilitator, workshop)
    with reading() as cursor:
        cards = [*cards_in(cursor).values()]
    other = moved(cards)
    assert sum(card not in cards for card in other) == 2

    with writing() as cursor:
        cursor.execute("DELETE FROM band")
        for card in other:
            kept = next(one for one in cards_kept(cursor) if one.card_id == card.id)
            drop_card(cursor, card.id)
            add_card(cursor, card, kept.wave_id, kept.added_on)
    publish_band(facilitator, filled.holds[1], TODAY)

    assert everything(looks, facilitator, workshop) == before


def everything(looks: Looks, facilitator: Caller, workshop: Workshop) -> list[str]:
    pages = (_way.COMMUNITY, _way.GAPS, _way.ROOM)
    seen = [looks(facilitator, page, workshop.code) for page in pages]
    specs = [chart.proto.spec for page in seen for chart in page.get("vega_lite_chart")]
    return [*map(words, seen), *specs]


def moved(cards: list[WaveCard]) -> list[WaveCard]:
    """Move the lowest place down by 0.1 and the next one up where that leaves the band alone."""
    known = {card.id: {d.key: d.average for d in card.domains} for card in cards}
    for key in ALL:
        low, next_one, *_ = sorted(known.values(), key=lambda averages: averages[key])
        other = [low[key] - 0.1, next_one[key] + 0.1]
        rest = [one[key] for one in known.values() if one is not low and one is not next_one]
        if band_of([*other, *rest]) == band_of([low[key], next_one[key], *rest]):
            low[key], next_one[key] = (round(average, 1) for average in other)
    return [
        card.model_copy(
            update={
                "domains": tuple(
                    domain.model_copy(update={"average": known[card.id][domain.key]})
                    for domain in card.domains
                )
            }
        )
        for card in cards
    ]


@pytest.mark.long
def test_consent_is_one_sentence_and_a_press_and_goes_by_a_press(
    looks: Looks, facilitator: Caller
) -> None:
    _, place_id, wave_id = our_place(facilitator)
    page = at_its_place(looks, facilitator, place_id)
    assert CONSENT in words(page)

    page = press(page, "Share this wave")
    assert "Others may count the wave of 6 October 2025." in words(page)
    assert sharing_now(facilitator, place_id, TODAY).shared == {wave_id}
    assert "from five places up: 1 share" in words(page)

    page = press(page, "Take the consent back")
    assert "The next band is without it" in words(page)
    assert not sharing_now(facilitator, place_id, TODAY).shared


@pytest.mark.long
def test_the_band_is_published_by_a_press(looks: Looks, facilitator: Caller) -> None:
    workshop, place_id, wave_id = our_place(facilitator)
    share_wave(facilitator, place_id, wave_id, TODAY)
    others_bring(facilitator)
    assert "Community" not in str(links(looks(facilitator, _way.ROOM, workshop.code)))

    page = press(at_its_place(looks, facilitator, place_id), "Publish the band")

    assert "The band is published" in words(page)
    assert "5 places share a wave" in words(page)
    assert "Community" in str(links(looks(facilitator, _way.ROOM, workshop.code)))


@pytest.mark.long
def test_a_file_that_is_no_card_is_told(looks: Looks, facilitator: Caller) -> None:
    _, place_id, _ = our_place(facilitator)
    page = at_its_place(looks, facilitator, place_id)
    (uploader,) = [one for one in page.get("file_uploader") if "wave card" in one.label]

    page = uploader.set_value(("card.parquet", b"PAR1 nothing PAR1", "")).run()
    page = press(page, "Keep this card")

    assert "This file is no wave card." in words(page)


def rows_of(*stands: Stands | None) -> Beside:
    rows = tuple(
        DomainBeside(
            name=f"Domain {n}",
            band=None if stand is None else Band(low=2.0, high=3.0),
            ours={Stands.ABOVE: 3.2, Stands.BELOW: 1.6, Stands.INSIDE: 2.5, None: 2.0}[stand],
            stands=stand,
        )
        for n, stand in enumerate(stands)
    )
    published = Published(published_on=DAYS[0], places=7, bands={}, cards=())
    return Beside(place="Wigan", published=published, next_on=DAYS[1], domains=rows)


IN, OUT = Stands.INSIDE, Stands.ABOVE


@pytest.mark.parametrize(
    ("stands", "says"),
    [
        ((IN,) * 6 + (OUT, Stands.BELOW), "Inside the middle half on six of eight domains"),
        ((IN, IN), "Inside the middle half on all two domains"),
        ((OUT, OUT), "Outside the middle half on all two domains"),
        ((IN, None), "Inside the middle half on one domain that is drawn"),
        ((IN, OUT, None), "Inside the middle half on one of two domains that are drawn"),
        ((None,), "No domain can be drawn without giving a place away"),
    ],
)
def test_the_headline_says_only_what_is_drawn(stands: tuple[Stands | None], says: str) -> None:
    assert band_words.headline(rows_of(*stands)) == says


@pytest.mark.parametrize("dark", [False, True])
def test_the_picture_and_its_table_say_the_same(dark: bool) -> None:
    beside = rows_of(IN, OUT, Stands.BELOW, None)

    spec = str(band_chart(beside, Look(dark=dark), 600).to_dict())
    table = band_table(beside)

    assert "above the middle half" in spec
    assert "inside the middle half" not in spec
    assert list(table["Wigan"]) == ["2.5", "3.2", "1.6", "2.0"]
    assert list(table["Middle half of 7 places"])[2:] == ["2.00 to 3.00", "not drawn"]
    assert list(table["Stands"])[1] == "above the middle half"


def test_files_of_the_kit_are_cards(tmp_path: Path) -> None:
    assert file_of([["x"]], "id VARCHAR")[:4] == b"PAR1"
    assert levels(0)["leadership"] == 2.1
