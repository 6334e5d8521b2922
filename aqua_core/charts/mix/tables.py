"""The plan's pictures as tables, words whole; and the plan itself, a row an action."""

from collections.abc import Mapping, Sequence

import pandas as pd

from aqua_core.charts.mix.bars import HEADS
from aqua_core.charts.sentences.planning import NOT_SAID, cycle_said, scale_said
from aqua_core.charts.sentences.wording import beginning
from aqua_core.vocabulary import Action, Cycle
from aqua_core.vocabulary.figures import day_said
from aqua_core.vocabulary.plan_reading import MixBy, Review, Share


def mix_table(mixes: Mapping[MixBy, Sequence[Share]]) -> pd.DataFrame:
    """Give a row a name, list by list: how many actions fall to it."""
    rows = [
        [head.removeprefix("By ").capitalize(), share.name, str(share.actions)]
        for by, head in HEADS.items()
        for share in mixes[by]
    ]
    return pd.DataFrame(rows, columns=["By", "Name", "Small tests"])


def reviews_table(reviews: Sequence[Review]) -> pd.DataFrame:
    """Give a row a review, soonest first."""
    rows = [[day_said(each.review_on), each.test, each.lead.name] for each in reviews]
    return pd.DataFrame(rows, columns=["Review on", "Small test", "Lead partner"])


def plan_table(
    actions: Sequence[Action],
    partners: Mapping[str, str],
    domains: Mapping[str, str],
    cycles: Mapping[str, Cycle],
) -> pd.DataFrame:
    """Give a row an action in the order given; of a long prediction its beginning.

    Args:
        actions: the plan, or those of it that are asked for.
        partners: names by id.
        domains: names by key.
        cycles: the newest cycle of each action that has one, by action id.
    """
    rows = [
        [
            each.test,
            each.lead,
            ", ".join(partners[partner] for partner in each.partners),
            each.measure or NOT_SAID,
            beginning(each.prediction) or NOT_SAID,
            f"{each.review_on.day} {each.review_on:%b %Y}",
            domains[each.domain],
            scale_said(each.scale),
            each.impact.value or NOT_SAID,
            cycle_said(cycles.get(each.id)),
        ]
        for each in actions
    ]
    heads = ("What will be tried", "Lead", "Owned by", "How we will know", "We expect")
    more = ("Review on", "Domain", "Scale", "Shows in", "Cycle")
    return pd.DataFrame(rows, columns=[*heads, *more])
