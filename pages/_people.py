"""People who facilitate here: who may sign in to a hosted room, where, and who is invited."""

import os
from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from aqua_core.errors import Refusal
from aqua_core.vocabulary.account import DAYS_OF_INVITATION, Account, Invitation, Role
from aqua_core.vocabulary.points import day_said
from aqua_core.workshop import hosting
from aqua_core.workshop.hosting import People
from aqua_core.workshop.signing_in import sign_out_another
from pages import _room
from pages._address import join_address
from pages._ending import end
from pages._saying import onward, plain, told

PEOPLE: Final = "people"
"""The view of the first page that shows them."""
DIRECTORY_CALLED: Final = "DISCOVERY_ROOM_DIRECTORY_NAME"
TITLE: Final = "People who facilitate here"
_REFUSED: Final = "what was said of a role, by account"
_LINK: Final = "a link that works once"
_DOES: Final = {
    Role.ADMINISTRATOR: "invites others, and facilitates",
    Role.FACILITATOR: "runs workshops",
    Role.READER: "reads what is shown, planned and kept, changes nothing",
}


def directory_called() -> str:
    """Give how people call the directory by which they may sign in; "" for none."""
    return os.environ.get(DIRECTORY_CALLED, "").strip() if hosting.is_hosted() else ""


def offer_directory() -> None:
    """Lead to the directory, where there is one, whoever is not signed in."""
    if called := directory_called():
        onward(f"Sign in with {called}", "/sign-in/directory/ask")


def way_in() -> str:
    """Say how a facilitator signs in, to who is not signed in."""
    if hosting.is_hosted():
        return (
            "Facilitator? Open the link that an administrator of your organisation gave you; if it "
            "was used, ask for another one."
        )
    return "Facilitator? Open the link from the window where Discovery Room was started."


def erased_from() -> str:
    """Say where what is erased goes from, as a sentence ends, and whether it can come back."""
    if hosting.is_hosted():
        return (
            "from the database. Its logs, standbys and backups of before hold it until they "
            "expire: ask who runs it."
        )
    return "from the room's file and from every copy beside it. Nobody can bring them back."


def line() -> None:
    """Say whose rooms these are and lead to the people; nothing on a laptop."""
    if not hosting.is_hosted():
        return
    now = hosting.people_now(_room.caller())
    reads = " You read here: what would change something is left out." if _reads(now.mine) else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(f"{now.called}. Signed in as {now.mine.name}.{reads}"), width="content")
        onward(TITLE, f"/?all={PEOPLE}")


def draw() -> None:
    """Draw everybody, with what an administrator does; others see their own. It ends the page."""
    onward("Home", "/")
    now = hosting.people_now(_room.caller())
    leads = now.mine.role is Role.ADMINISTRATOR
    st.title(TITLE, anchor=False)
    st.caption(plain(now.called))
    _link_once()
    for account in now.accounts:
        _account(now, account, leads=leads)
    if leads:
        _invite()
        for waiting in now.invitations:
            _invitation(waiting)
        _rename(now.called)
    end()


def _reads(account: Account) -> bool:
    return account.role is Role.READER


def _account(now: People, account: Account, *, leads: bool) -> None:
    mine, called = account.id == now.mine.id, directory_called()
    with st.container(border=True):
        st.markdown(f"**{plain(account.name)}**{', you' if mine else ''}")
        st.caption(
            f"{account.role.value.capitalize()}: {_DOES[account.role]}. "
            f"Since {day_said(account.since)}."
            + (f" Signs in with {plain(called)}." if account.known and called else "")
        )
        _browsers(now, account)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _button("Link for another browser", account, partial(_make, hosting.link_for), "own")
            if leads:
                _change(account)
                with st.popover("Close this account", key=f"closing {account.id}"):
                    st.write("All its browsers are signed out, and its links end.")
                    _button("Close it", account, hosting.close_account)


def _browsers(now: People, account: Account) -> None:
    for whose, browser in now.browsers:
        if whose != account.id:
            continue
        since = f", since {day_said(browser.since)}" if browser.since else ""
        here = ": this one" if browser.token_hash == now.here else ""
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{browser.browser or 'A browser'}{since}{here}", width="content")
            if st.button("Sign it out", key=f"own out {browser.token_hash}", type="tertiary"):
                _do(partial(sign_out_another, _room.caller(), browser.token_hash))


def _change(account: Account) -> None:
    roles = list(Role)
    refused = st.session_state.setdefault(_REFUSED, {})
    before, said = refused.get(account.id, (0, ""))
    chosen = st.selectbox(
        "Role",
        roles,
        roles.index(account.role),
        format_func=lambda role: role.value.capitalize(),
        key=f"role {account.id} {account.role} {before}",  # refused, it shows what stands again
        width=180,
    )
    if said:
        st.warning(plain(said))
        refused[account.id] = (before, "")
    if chosen is not account.role:
        try:
            hosting.change_role(_room.caller(), account.id, chosen)
        except Refusal as refusal:
            refused[account.id] = (before + 1, str(refusal))
        st.rerun()


def _button(
    label: str, account: Account, does: Callable[..., object], whose: str = "theirs"
) -> None:
    if st.button(label, key=f"{whose} {label} {account.id}"):
        _do(partial(does, _room.caller(), account.id))


def _invite() -> None:
    st.subheader("Invite somebody", anchor=False)
    with st.form("invite", border=False):
        role = st.radio(
            "As",
            list(Role),
            index=1,
            format_func=lambda role: f"{role.value.capitalize()}: {_DOES[role]}",
        )
        name = st.text_input("Who it is for (optional)", max_chars=80)
        if st.form_submit_button("Make a link"):
            _do(partial(_make, hosting.invite_person, _room.caller(), role, name))


def _invitation(waiting: Invitation) -> None:
    whose = f"{waiting.account}, another browser" if waiting.account else waiting.role.value
    whose = f"{waiting.name}, {whose}" if waiting.name else whose
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"A link for {whose} waits until {day_said(waiting.until)}.", width="content")
        if st.button("Withdraw it", key=f"withdraw {waiting.key}", type="tertiary"):
            _do(partial(hosting.withdraw_invitation, _room.caller(), waiting.key))


def _rename(called: str) -> None:
    with st.form("rename", border=False):
        name = st.text_input("Name of the organisation", called, max_chars=80)
        if st.form_submit_button("Rename"):
            _do(partial(hosting.rename_organisation, _room.caller(), name))


def _make(makes: Callable[..., str], *asked: object) -> None:
    st.session_state[_LINK] = makes(*asked)


def _do(deed: Callable[[], object]) -> None:
    with told():
        deed()
        st.rerun()


def _link_once() -> None:
    if not (link := st.session_state.pop(_LINK, "")):
        return
    address = (join_address() or "http://localhost/join").removesuffix("/join")
    st.success(
        f"Give this link to whom it is for. It works once, within {DAYS_OF_INVITATION} days, and "
        "is shown only now."
    )
    st.code(f"{address}/sign-in/{link}", language=None, wrap_lines=True)
