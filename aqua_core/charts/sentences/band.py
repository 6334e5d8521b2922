"""What is said of a place beside the band of the middle half, and of the cards it is made of."""

from typing import Final

from aqua_core.charts.sentences.wording import counted, in_words
from aqua_core.charts.words import listed
from aqua_core.vocabulary.card import Band, Beside, Published, Stands, WaveCard
from aqua_core.vocabulary.points import day_said, said

NOT_DRAWN: Final = "not drawn"
WHY_NOT_DRAWN: Final = "Not drawn: a band there would give a place away."
ONE_WAITS: Final = (
    " One more place does, and is counted once another place joins: alone, what it adds to the "
    "band would be its own."
)
BELOW_FIVE: Final = "A band is drawn from five places up."


def headline(beside: Beside) -> str:
    """Say on how many of the domains that are drawn a place lies inside the middle half."""
    drawn = [row for row in beside.domains if row.band]
    inside = sum(row.stands is Stands.INSIDE for row in drawn)
    if not drawn:
        return "No domain can be drawn without giving a place away"
    domains, are = ("domain", "is") if len(drawn) == 1 else ("domains", "are")
    every = len(drawn) == len(beside.domains)
    of = f"{in_words(len(drawn))} {domains}{'' if every else f' that {are} drawn'}"
    if inside == len(drawn):
        return f"Inside the middle half on {'' if inside == 1 else 'all '}{of}"
    if not inside:
        return f"Outside the middle half on {'' if len(drawn) == 1 else 'all '}{of}"
    return f"Inside the middle half on {in_words(inside)} of {of}"


def quiet_line(published: Published) -> str:
    """Say of whom the band is made, and what it is for."""
    agreed = f"{in_words(published.places).capitalize()} places agreed to share"
    return (
        f"{agreed}; none is named or can be told apart. It helps to see where to ask, not who is "
        "best."
    )


def source_line(beside: Beside) -> str:
    """Say how the band is rounded, when it was published, and when the next one may be."""
    published = beside.published
    parts = [
        f"Rounded outward to quarters of a point, published {day_said(published.published_on)}; "
        f"the next from {day_said(beside.next_on)}."
    ]
    if more := more_or_fewer(published):
        parts.append(more)
    if any(row.band is None for row in beside.domains):
        parts.append(WHY_NOT_DRAWN)
    return " ".join(parts)


def how_rounded(published: Published) -> str:
    """Say how a band is rounded, and why some of it is not drawn."""
    why = f" {WHY_NOT_DRAWN}" if None in published.bands.values() else ""
    return f"Rounded outward to quarters of a point.{why}"


def more_or_fewer(published: Published) -> str:
    """Say how many places more or fewer there are than before: "One place fewer."; "" if none."""
    step = published.places - (published.before or published.places)
    if not step:
        return ""
    many = in_words(abs(step)).capitalize()
    places = "place" if abs(step) == 1 else "places"
    return f"{many} {places} {'more' if step > 0 else 'fewer'} than in the band before."


def alternative(beside: Beside) -> str:
    """Say what the picture says, for who cannot see it."""
    drawn = [row for row in beside.domains if row.stands in (Stands.ABOVE, Stands.BELOW)]
    out = [f"{row.name} {row.stands}" for row in drawn]
    return f"{headline(beside)}. {listed(out).capitalize()}." if out else f"{headline(beside)}."


def published_said(published: Published) -> str:
    """Say on the page of a place that a band is published, and of how many places."""
    day = day_said(published.published_on)
    more = f" {said_more}" if (said_more := more_or_fewer(published)) else ""
    return f"The band of {day} is of {published.places} places.{more}"


def places_said(places: int, *, waits: bool) -> str:
    """Say how many places share a card that is alike this place's, and whether one more waits."""
    return (
        f"{counted(places, 'place')} {'shares' if places == 1 else 'share'} a wave that was scored "
        f"against the same words by the same tiers.{ONE_WAITS if waits else ''}"
    )


def card_said(card: WaveCard) -> str:
    """Say what a card is of, without whose: "3 March 2026, 8 domains, 12 to 23 scored"."""
    domains = counted(len(card.domains), "domain")
    return f"{day_said(card.dated)}, {domains}, {card.scored} scored: {listed(card.tiers)}"


def band_said(band: Band | None) -> str:
    """Give from where to where the middle half lies: "2.00 to 3.00", or that it is not drawn."""
    return NOT_DRAWN if band is None else f"{said(band.low, 2)} to {said(band.high, 2)}"


def ours_said(ours: float | None) -> str:
    """Give our own average with one decimal; "" where there is none."""
    return "" if ours is None else said(ours, 1)
