"""A place over time, as it is taken away: a table, and what moved in words."""

from aqua_core.charts.sentences import over_time as over_time_words
from aqua_core.charts.sentences.each_domain import each_domain_said, tiers_said
from aqua_core.exports.results import Lines, TakenAway
from aqua_core.vocabulary.over_time import OverTime


def over_time_lines(place: OverTime) -> Lines:
    """Give a line a domain under a head: an average a wave, the change and what may be said."""
    return [
        over_time_words.heads_said(place),
        *(
            [
                row.name,
                *over_time_words.averages_said(row, place),
                over_time_words.figure_said(row, place),
                over_time_words.judged_said(row, place),
                "Lags" if row.lags else "",
            ]
            for row in place.domains
        ),
    ]


def over_time_said(taken: TakenAway) -> list[str]:
    """Say what moved, how sure that is of each domain, and how the two tiers stand."""
    place = taken.over_time
    if place is None:
        return []
    each = (f"{of}: {said}" for of, said in each_domain_said(place))
    lags = over_time_words.lags_said(place)
    names = {row.key: row.name for row in place.domains}
    tiers = (tiers_said(steps, names[steps[0].domain]) for steps in taken.between_tiers)
    return [
        f"{over_time_words.headline(place)}.",
        over_time_words.quiet_line(place),
        *tiers,
        *([f"Lags: {lags}"] if lags else []),
        *each,
    ]
