"""Whatever is typed is shown as it was typed: no screen draws it, runs it or follows it."""

import html
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from aqua_core.errors import TextRefused
from aqua_core.store.database import close_database, open_database
from aqua_core.vocabulary import Workshop, clean_line, clean_name, clean_text
from aqua_core.vocabulary.framework import plain_wording
from aqua_core.workshop.admitting import Caller
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in
from pages import _room, _way
from pages._saying import plain
from pages._views import View
from tests.kit.looking import SHELL, ballot_on
from tests.kit.notation import instrument_text, seated
from tests.kit.odd_texts import (
    NAMES,
    TEXTS,
    WORDINGS,
    odd_instrument,
    odd_room,
    score,
    talk_and_plan,
)

TODAY = date.today()
ODD = [*TEXTS, *NAMES, *WORDINGS]

# Where Streamlit shows a string as it is, or as HTML. Everything else is taken for Markdown.
AS_IT_IS = {
    *("Text.body", "TextArea.default", "TextArea.value", "TextInput.default", "TextInput.value"),
    *("Selectbox.options", "Selectbox.raw_value", "MultiSelect.options", "MultiSelect.raw_values"),
    *("VegaLiteChart.alt", "VegaLiteChart.spec", "BidiComponent.json", "Html.body"),
}


class Odd(NamedTuple):
    """A facilitator, the workshop that was talked through and one that is scoring, a seat each."""

    facilitator: Caller
    workshop: Workshop
    seat: Caller
    scoring: Workshop
    voter: Caller


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Odd]:
    open_database(tmp_path_factory.mktemp("odd") / "room.duckdb")
    facilitator = Caller(facilitator=sign_in(new_sign_in_link()))
    workshop = odd_room(facilitator, TODAY)
    seat = score(workshop)
    talk_and_plan(facilitator, workshop, TODAY)
    scoring = odd_room(facilitator, TODAY, NAMES[1])
    yield Odd(facilitator, workshop, seat, scoring, seated(scoring, NAMES[0]))
    close_database()


def strings_on(app: AppTest) -> Iterator[tuple[str, str]]:
    """Give each string that the browser is sent, and where it is shown: "Text.body"."""
    assert not app.exception, app.exception
    for node in app._tree:
        if getattr(node, "proto", None) is not None:
            yield from strings_of(node.proto, type(node.proto).__name__)
    for table in app.table:
        frame = table.value
        for cell in (*frame.columns, *frame.index, *frame.to_numpy().ravel()):
            yield "Table.cell", str(cell)


def strings_of(proto: Any, where: str) -> Iterator[tuple[str, str]]:
    for field, value in proto.ListFields():
        many = value if field.is_repeated else [value]
        for item in many:
            if isinstance(item, str):
                yield f"{where}.{field.name}", item
            elif hasattr(item, "ListFields"):
                yield from strings_of(item, f"{where}.{field.name}")


def read_aloud(app: AppTest) -> str:
    """Give everything on the page as it is read: no backslash before a mark, no word joiner."""
    strings = (html.unescape(text) for _, text in strings_on(app))
    return "\n".join(re.sub(r"\\(?=[^\w\s])|\u2060", "", text) for text in strings)


def read_as_markdown(app: AppTest) -> set[tuple[str, str]]:
    """Give each odd text that stands somewhere as Markdown, unescaped; and where."""
    return {
        (where, odd)
        for where, text in strings_on(app)
        for odd in ODD
        if where not in AS_IT_IS and plain(odd) != odd
        if odd in text.replace(plain(odd), "")
    }


# The Gaps page is looked at view by view, below.
PAGES = [
    *(_way.HOME, _way.SET_UP, _way.ROOM, _way.DOMAIN, _way.TALK, _way.PLAN),
    *(_way.ONLY_FOR_YOU, _way.SCORE),
]


@pytest.fixture(scope="module")
def pages(odd: Odd) -> Callable[[str], AppTest]:
    """Give a page of the revealed workshop as its reader sees it; only to be looked at."""

    @cache
    def opened(page: str) -> AppTest:
        caller = odd.seat if page == _way.SCORE else odd.facilitator
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_room, "caller", lambda: caller)
            app = AppTest.from_file(str(SHELL), default_timeout=20)
            app.query_params["workshop"] = odd.workshop.code
            app.run()
            if page != _way.HOME:
                app.switch_page(page)
                app.query_params["workshop"] = odd.workshop.code
                app.run()
            return app.button[0].click().run() if page == _way.ONLY_FOR_YOU else app

    return opened


@pytest.mark.parametrize("page", PAGES)
def test_no_page_reads_a_text_as_markdown(pages, page) -> None:
    found = read_as_markdown(pages(page))

    assert set(found) == set()


def test_where_markdown_is_looked_for_it_is_found() -> None:
    app = AppTest.from_string(
        "import streamlit as st; st.caption('A North -- South'); st.text('North -- South')"
    )

    assert read_as_markdown(app.run()) == {("Markdown.body", NAMES[1])}


def test_the_rule_for_names_lets_through_what_reads_as_a_name(odd) -> None:
    assert [text for text in TEXTS if passes(clean_name, text)] == ["1. first item", TEXTS[16]]
    assert [name for name in NAMES if not passes(clean_name, name)] == []


def test_the_rule_for_wording_lets_no_picture_and_no_address_through() -> None:
    def wording(what: str, text: str) -> str:
        return plain_wording(clean_line(what, 200, text))

    assert [text for text in TEXTS if passes(wording, text)] == [
        *(":material/delete: :streamlit:", "- an item", "1. first item", TEXTS[16]),
        *(":smile: :+1:", "javascript:alert(4)"),
    ]


def passes(rule: Any, text: str) -> bool:
    try:
        return bool(rule("the name", text))
    except TextRefused:
        return False


def test_a_note_and_an_action_are_shown_as_they_were_typed(pages) -> None:
    notes, plan = pages(_way.TALK), pages(_way.PLAN)

    assert {f"“{clean_text('the note', 500, text)}”" for text in TEXTS} <= {
        text.value for text in notes.text
    }
    written = {markdown.value for markdown in plan.markdown} | {
        caption.value for caption in plan.caption
    }
    half = len(TEXTS) // 2
    for text, other in zip(TEXTS[:half], TEXTS[half:], strict=True):
        lead, measure = (
            clean_line("the lead", 60, other[:60]),
            clean_line("the measure", 200, other),
        )
        test = " ".join(clean_text("the test", 300, text).split())
        assert any(line.startswith(f"Try: **{plain(test)}**\n\n") for line in written)
        assert any(plain(f"We will know by: {measure}") in line for line in written)
        assert any(f", led by {plain(lead)}." in line for line in written)


def test_the_wording_of_an_editor_is_shown_as_it_was_typed(
    looks, pages, odd, monkeypatch, tmp_path
) -> None:
    ballot = ballot_on(looks(odd.voter, _way.SCORE, odd.scoring.code))
    statements = read_aloud(pages(_way.DOMAIN))
    (tmp_path / "instruments").mkdir()
    (tmp_path / "instruments" / "odd.json").write_text(instrument_text(odd_instrument()), "utf-8")
    monkeypatch.setattr(_room, "DATA", tmp_path)
    set_up = looks(odd.facilitator, _way.SET_UP)

    first = odd_instrument().domains[0]
    assert all(statement in statements for statement in first.statements)
    for drawn, domain in zip(ballot["domains"], odd_instrument().domains, strict=True):
        assert (drawn["name"], drawn["question"]) == (domain.name, domain.question)
        assert [choice["statement"] for choice in drawn["choices"]][:6] == list(domain.statements)
    assert odd_instrument().source in read_aloud(set_up)
    assert read_as_markdown(set_up) == set()


def test_a_result_in_a_hand_is_escaped(pages, odd) -> None:
    result = "".join(drawn_html.proto.body for drawn_html in pages(_way.SCORE).get("html"))

    for domain in odd.workshop.instrument.domains:
        assert f"<b>{html.escape(domain.short)}</b>" in result


@pytest.mark.slow
def test_every_name_reaches_the_charts_and_their_tables_whole(looks, odd) -> None:
    app = looks(odd.facilitator, _way.GAPS, odd.workshop.code)
    shorts = [domain.short for domain in odd.workshop.instrument.domains]
    for view in View:
        app.segmented_control[0].set_value(view).run()
        chart = app.get("vega_lite_chart")[0].proto

        words = texts_in(chart)
        named = [] if view is View.LEVEL else NAMES
        whole = [] if view is View.KINDS else shorts
        assert [name for name in (*named, *whole) if not any(name in text for text in words)] == []
        assert {
            field for field in fields_in(json.loads(chart.spec)) if not re.fullmatch(r"\w+", field)
        } == set()
        assert read_as_markdown(app) == set()
        heads = {re.sub(r"\\|\u2060", "", str(head)) for head in app.table[0].value.columns}
        assert set(named) <= heads


def texts_in(chart: Any) -> set[str]:
    """Give every text that a chart draws or tells: it stands in the rows behind its marks."""
    frames = [convert_arrow_bytes_to_pandas_df(dataset.data.data) for dataset in chart.datasets]
    cells = [cell for frame in frames for cell in frame.to_numpy().ravel()]
    return {" ".join(cell.split()) for cell in cells if isinstance(cell, str)}


def fields_in(spec: Any) -> Iterator[str]:
    """Give every field that an encoding reads: a dot or a bracket in one is taken for a path."""
    if isinstance(spec, dict):
        yield from ([spec["field"]] if isinstance(spec.get("field"), str) else [])
    for inside in (
        spec.values() if isinstance(spec, dict) else spec if isinstance(spec, list) else ()
    ):
        yield from fields_in(inside)
