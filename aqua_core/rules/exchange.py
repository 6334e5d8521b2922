"""What places can give each other: asks beside offers, and remarks on statements counted."""

from collections.abc import Iterable, Mapping, Sequence

from aqua_core.vocabulary.sharing import Exchanged, Match, Remark, Remarked, SharedAs, ShareOut


def exchanged_of(
    place_id: str, place: str, names: Mapping[str, str], said: Iterable[ShareOut]
) -> tuple[Exchanged, ...]:
    """Give the offers and asks among what a place shares; `names` are those of its domains."""
    return tuple(
        Exchanged(
            place_id=place_id,
            place=place,
            kind=sentence.kind,
            domain=sentence.domain,
            called=names[sentence.domain],
            said=sentence.said,
        )
        for sentence in said
        if sentence.kind is not SharedAs.MEANS
    )


def matches_of(exchanged: Sequence[Exchanged]) -> tuple[Match, ...]:
    """Give each ask beside each offer of another place on its domain, by domain and place."""
    offers: dict[str, list[Exchanged]] = {}
    for shared in exchanged:
        if shared.kind is SharedAs.OFFER:
            offers.setdefault(shared.domain, []).append(shared)
    found = (
        Match(ask=ask, offer=offer)
        for ask in exchanged
        if ask.kind is SharedAs.ASK
        for offer in offers.get(ask.domain, ())
        if offer.place_id != ask.place_id
    )
    return tuple(sorted(found, key=_order))


def _order(match: Match) -> tuple[str, ...]:
    ask, offer = match.ask, match.offer
    return ask.called, ask.place, ask.said, offer.place, offer.said


def unmatched(exchanged: Iterable[Exchanged], matches: Iterable[Match]) -> tuple[Exchanged, ...]:
    """Give the asks that nobody offers and the offers that nobody asks for, in their order."""
    met = {shared for match in matches for shared in (match.ask, match.offer)}
    return tuple(shared for shared in exchanged if shared not in met)


def remarked(remarks: Iterable[Remark]) -> tuple[Remarked, ...]:
    """Count the places that called a statement unclear, the most places first.

    A statement counts by the wording of its domain, never by a version's number: places that
    reworded another domain still count together. A place counts once, however often it said so.
    """
    by_statement: dict[tuple[str, int], list[Remark]] = {}
    for remark in remarks:
        by_statement.setdefault((remark.wording, remark.points), []).append(remark)
    return tuple(sorted(map(_counted, by_statement.values()), key=_most_first))


def _counted(said: Sequence[Remark]) -> Remarked:
    return Remarked(
        instrument=_each(remark.instrument for remark in said),
        version=_each(remark.version for remark in said),
        called=min(remark.called for remark in said),
        points=said[0].points,
        statement=said[0].statement,
        places=len({remark.place_id for remark in said}),
        suggestions=tuple(sorted({remark.suggestion for remark in said} - {""})),
    )


def _each(said: Iterable[str]) -> str:
    return ", ".join(sorted(set(said)))


def _most_first(statement: Remarked) -> tuple[int, str, str, str, int, str]:
    where = (statement.instrument, statement.version, statement.called)
    return -statement.places, *where, statement.points, statement.statement
