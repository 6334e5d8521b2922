"""What the form of Set up is filled in with, and that nothing typed by hand is lost to it."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import streamlit as st

from aqua_core.vocabulary import (
    USUAL_TERMS,
    Holder,
    Instrument,
    Sector,
    Terms,
    Tier,
    same_name,
)
from aqua_core.workshop.rewording import own_words_at
from aqua_core.workshop.setting_up import LastTime, PartnerDraft, is_another, last_time_at
from pages import _room

PLACE: Final = "place"
BEFORE: Final = "place before"
ANOTHER: Final = "another place"
PERSONA: Final = "persona"
HELD_ON: Final = "held on"
HOLDER: Final = "holder"
INSTRUMENT: Final = "instrument"
BESIDE: Final = "beside"
ROWS: Final = "partner rows"
_FILLED: Final = "filled in with"
_FROM: Final = "filled in from"
_LOOKED_UP: Final = "place looked up"
_LAST: Final = "last time"
_OWN: Final = "words that the place saved"
_TIMES: Final = "times filled in"
_LEFT: Final = "choices left behind"
_LATE: Final = "a choice came late"
_BY_HAND: Final = "chosen by hand"
PEOPLE: Final = "people"
GUARD: Final = "guard"
_USUAL: Final = (
    ("Hospital trust", Sector.ACUTE),
    ("Commissioners", Sector.COMMISSIONER),
    ("Council", Sector.COUNCIL),
    ("GP practices", Sector.PRIMARY_CARE),
    ("Mental health trust", Sector.MENTAL_HEALTH),
    ("Voluntary sector", Sector.VOLUNTARY),
)
_BLANK: Final = PartnerDraft("", None, (Tier.BOARD,))
_CALLED: Final = "names of rows, and how often each was another's"
_OUT: Final = "rows taken out"
_STILL: Final = "rows whose sector stays"


class _Form(NamedTuple):
    persona: str
    holder: Holder
    guard: int | None  # None follows what is suggested
    instrument: Instrument
    partners: tuple[PartnerDraft, ...]
    terms: Terms
    beside: tuple[str, ...] = ()  # keys of what is asked besides the domains


def begin(installed: Sequence[Instrument]) -> bool:
    """Fill the form in as for a new place, where this page was just opened; tell whether it was."""
    if PLACE in st.session_state:
        return False
    _fill(_new(installed), None)
    st.session_state[_LOOKED_UP], st.session_state[_LAST] = "", None
    st.session_state[_OWN] = ()
    return True


def follow_place(typed: str, installed: Sequence[Instrument]) -> None:
    """Fill the form in from last time once a place is named that was here before.

    For a new place, what another place filled in is cleared away: its persona and partners would
    be taken for this one's. Where anything was changed by hand, nothing is filled in or cleared
    before it was asked. A word that is half typed when the answer comes stays: Chromium keeps it
    over what the server says.
    """
    name = _name(typed)
    if name == st.session_state[_LOOKED_UP]:
        return
    st.session_state[_LOOKED_UP] = name
    had, own = own_words(), own_words_at(_room.caller(), typed)
    st.session_state[_OWN] = own
    st.session_state[_LAST] = last_time_at(_room.caller(), typed, installed, own)
    if _is_touched():
        return
    fill_in()
    if last_time() is None and (filled_from() or own or had):
        _fill(_new(words_offered(installed)), None)


def words_offered(installed: Sequence[Instrument]) -> tuple[Instrument, ...]:
    """Give what a workshop of the named place can score: its own words first, the newest first."""
    return tuple(dict.fromkeys((*own_words(), *installed)))


def own_words() -> tuple[Instrument, ...]:
    """Give the words that the named place saved as its own, the newest first."""
    own: tuple[Instrument, ...] = st.session_state[_OWN]
    return own


def key(name: str) -> str:
    """Give the key of a choice: another one each time that the form is filled in.

    A choice that is filled in is drawn anew with its value as its default. Set in the session's
    state, the values of all pills and lists were lost where the browser had not loaded their
    script yet when the next run came (seen in Chromium on a busy machine). Texts keep their keys
    and are set: drawn anew they would lose a word that is half typed.
    """
    return f"{name}, {st.session_state[_TIMES]}"


def instrument_at(installed: Sequence[Instrument]) -> int:
    """Give the place of the instrument in the list; the first where its file has changed."""
    form: _Form = st.session_state[_FILLED]
    return next((at for at, instrument in enumerate(installed) if instrument == form.instrument), 0)


def beside_at() -> list[str]:
    """Give the keys of what was asked besides the domains last time, as far as it is offered."""
    form: _Form = st.session_state[_FILLED]
    return list(form.beside)


def holder_at() -> int:
    """Give the place of who scores in their list."""
    form: _Form = st.session_state[_FILLED]
    return list(Holder).index(form.holder)


def guard_from(suggested: int) -> int:
    """Give the guard that the form begins with: last time's, else the one suggested."""
    form: _Form = st.session_state[_FILLED]
    return suggested if form.guard is None else form.guard


def following(name: str, suggested: int) -> tuple[str, int]:
    """Give the key and the value of a choice that follows a suggestion until it is made by hand.

    A choice that follows is drawn anew with each suggestion; the key of one that was made stays,
    or whoever goes through it by the keyboard would lose their place.
    """
    chosen: dict[str, tuple[str, int]] = st.session_state.setdefault(_BY_HAND, {})
    return chosen.get(name, (key(f"{name} {suggested}"), suggested))


def take_by_hand(name: str, widget: str, begun: int) -> None:
    """Keep what was chosen by hand: no suggestion changes it any more.

    Args:
        name: of the choice.
        widget: its key.
        begun: what it stood on as it was drawn. A browser that is behind says that once more after
            another suggestion was made, and nobody chose it.
    """
    made = st.session_state[widget]
    # Where "(suggested)" moved to another choice meanwhile, Streamlit hands over the old label.
    by_hand: dict[str, tuple[str, int]] = st.session_state[_BY_HAND]
    if isinstance(made, int) and (made != begun or by_hand.get(name, ("", 0))[0] == widget):
        by_hand[name] = (widget, made)


def partner_at(number: int) -> PartnerDraft:
    """Give the partner that a row is filled in with; a row that was added is blank."""
    form: _Form = st.session_state[_FILLED]
    return form.partners[number] if number < len(form.partners) else _BLANK


def last_time() -> LastTime | None:
    """Give how the place was set up last, or None where it is new here."""
    last: LastTime | None = st.session_state[_LAST]
    return last


def filled_from() -> LastTime | None:
    """Give what the form was filled in from, whatever was changed since; None for a new place.

    It may be another place than the one that is named now.
    """
    source: LastTime | None = st.session_state[_FROM]
    return source


def _is_touched() -> bool:
    """Tell whether anything was changed by hand since the form was filled in."""
    form: _Form = st.session_state[_FILLED]
    by_hand = GUARD in st.session_state.get(_BY_HAND, {})
    return bool(by_hand or st.session_state[_OUT]) or _is_any_other(_texts(form) | _choices(form))


def fill_in() -> None:
    """Fill the form in from last time."""
    if last := last_time():
        _fill(_form_of(last), last)


def take_place() -> None:
    """Take the place that was chosen as if it were typed."""
    if chosen := st.session_state[BEFORE]:
        st.session_state[PLACE] = chosen


def take(place: str) -> None:
    """Take another name for the place that was typed: it is the same one."""
    st.session_state[PLACE] = place


def keep_apart(typed: str) -> None:
    """Keep that the place that was typed is another one than the one that is nearly called so."""
    st.session_state[ANOTHER] = typed


def let_go() -> None:
    """Let the chosen place go once another one is typed: the two would name two places."""
    chosen = st.session_state.get(BEFORE)
    if chosen and _name(chosen) != _name(st.session_state[PLACE]):
        st.session_state[BEFORE] = None


def a_choice_came_late() -> bool:
    """Tell whether something was chosen in the form as it was before it was filled in.

    Chromium still shows that form for up to 0.2 s, and a choice in it has no row here any more.
    Once anything is chosen in the form as it is now, no more is said of it.
    """
    if _is_any_other(st.session_state[_LEFT]):
        st.session_state[_LATE] = True
    if _is_any_other(_choices(st.session_state[_FILLED])):
        st.session_state[_LATE], st.session_state[_LEFT] = False, {}
    late: bool = st.session_state[_LATE]
    return late


def add_row() -> None:
    """Add a row for one more partner."""
    st.session_state[name_key(st.session_state[ROWS])] = ""
    st.session_state[ROWS] += 1


def rows() -> list[int]:
    """Give the numbers of the rows that are not taken out."""
    return [at for at in range(st.session_state[ROWS]) if at not in st.session_state[_OUT]]


def take_out(number: int) -> None:
    """Take a row out of the form."""
    st.session_state[_OUT].add(number)


def follow_name(number: int, typed: str) -> None:
    """Ask for a row's sector anew once another partner is named there; a slip of the pen is none.

    A sector that was chosen before its row had a name stays, and the partner that was filled in has
    its own again: a browser may send once more what stood there before it was filled in.
    """
    name, before = _called(number)
    if not typed.strip():
        return
    place = st.session_state[PLACE] or ""
    as_filled_in = not is_another(typed, partner_at(number).name, place)
    times = 0 if as_filled_in else before + is_another(typed, name, place)
    if times != before:
        st.session_state[_STILL].discard(number)
    st.session_state[_CALLED][number] = typed, times


def sector_at(number: int) -> Sector | None:
    """Give the sector that a row's list begins with; None where it is asked for."""
    asked = _called(number)[1] and number not in st.session_state[_STILL]
    return None if asked else partner_at(number).sector


def sector_before(number: int) -> Sector | None:
    """Give the sector that went with a row's name before; None where its name is as filled in."""
    return partner_at(number).sector if _called(number)[1] else None


def keep_sector(number: int) -> None:
    """Keep that a row's sector stays as it was filled in, under the name that it has now."""
    st.session_state[_STILL].add(number)


def sector_key(number: int) -> str:
    """Give the key of a row's sector: another one each time that another partner is named."""
    still = "-still" if number in st.session_state[_STILL] else ""
    return key(f"sector-{number}-{_called(number)[1]}{still}")


def _called(number: int) -> tuple[str, int]:
    called: dict[int, tuple[str, int]] = st.session_state[_CALLED]
    return called.get(number, (partner_at(number).name, 0))


def name_key(number: int) -> str:
    """Give the key of a partner's name."""
    return f"partner-{number}"


def term_key(name: str) -> str:
    """Give the key of what a word of the statements means here."""
    return f"term-{name}"


def _is_any_other(said: dict[str, Any]) -> bool:
    return any(st.session_state.get(name, value) != value for name, value in said.items())


def _name(place: str) -> str:
    return same_name(" ".join(place.split()))


def _form_of(last: LastTime) -> _Form:
    # Teams on laptops are shown whatever is chosen: nobody chose that for people.
    guard = last.guard if last.holder is Holder.PERSON else None
    offered = {held.key for held in _room.beside()}
    beside = tuple(asked for asked in last.beside if asked in offered)
    scored = last.instrument, last.partners, last.terms
    return _Form(last.persona, last.holder, guard, *scored, beside)


def _new(installed: Sequence[Instrument]) -> _Form:
    usual = [PartnerDraft(name, sector, (Tier.BOARD,)) for name, sector in _USUAL]
    return _Form("", Holder.PERSON, None, installed[0], tuple(usual), USUAL_TERMS)


def _fill(form: _Form, source: LastTime | None) -> None:
    before: _Form | None = st.session_state.get(_FILLED)
    st.session_state[_LEFT] = _chosen(_choices(before)) if before else {}
    st.session_state[_LATE] = False
    st.session_state.setdefault(_BY_HAND, {}).pop(GUARD, None)
    st.session_state[_FILLED], st.session_state[_FROM] = form, source
    st.session_state[_CALLED] = {}
    st.session_state[_OUT], st.session_state[_STILL] = set(), set()
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1
    st.session_state.update(_texts(form))


def _texts(form: _Form) -> dict[str, Any]:
    names = {name_key(number): partner.name for number, partner in enumerate(form.partners)}
    terms = {term_key(name): said for name, said in form.terms.model_dump().items()}
    return {PERSONA: form.persona, ROWS: len(form.partners)} | names | terms


def _chosen(offered: dict[str, Any]) -> dict[str, Any]:
    return {name: st.session_state.get(name, value) for name, value in offered.items()}


def _choices(form: _Form) -> dict[str, Any]:
    chosen: dict[str, Any] = {key(HOLDER): form.holder, key(INSTRUMENT): form.instrument}
    chosen[key(BESIDE)] = list(form.beside)
    for number, partner in enumerate(form.partners):
        chosen[sector_key(number)] = partner.sector
        chosen[key(f"tiers-{number}")] = [*partner.tiers, *partner.named]
    return chosen
