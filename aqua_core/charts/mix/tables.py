"""The plan's pictures as tables, words whole; and the plan itself, a row an action."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from aqua_core.charts.mix.bars import HEADS
from aqua_core.charts.sentences.planning import NOT_SAID, cycle_said, scale_said
from aqua_core.charts.sentences.wording import beginning
from aqua_core.vocabulary import Action, ActionDraft, Cycle, Scale
from aqua_core.vocabulary.figures import day_said
from aqua_core.vocabulary.plan import AT_A_GLANCE
from aqua_core.vocabulary.plan_reading import MixBy, Review, Share
from aqua_core.vocabulary.said import words_of


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
    heads = [words_of(ActionDraft)[name].label for name in AT_A_GLANCE]
    rows = [
        [
            *(_cell(name, getattr(action, name), partners, domains) for name in AT_A_GLANCE),
            cycle_said(cycles.get(action.id)),
        ]
        for action in actions
    ]
    return pd.DataFrame(rows, columns=[*heads, "Cycle"])


def _cell(name: str, value: Any, partners: Mapping[str, str], domains: Mapping[str, str]) -> str:
    match value:
        case Scale():
            return scale_said(value)
        case date():
            return f"{value.day} {value:%b %Y}"
        case tuple():
            return ", ".join(partners[partner] for partner in value)
    return domains[value] if name == "domain" else beginning(str(value)) or NOT_SAID
