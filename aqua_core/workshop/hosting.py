"""Accounts where many host rooms in one database: who is invited, signs in, and stays.

Nobody needs a mail server: an invitation is a link, which an administrator gives to whom it is for.
"""

import secrets
from datetime import date
from typing import Final, NamedTuple

from aqua_core import errors
from aqua_core.store.connecting import Cursor
from aqua_core.store.database import invite_shared, reading, writing
from aqua_core.store.facts import is_shared
from aqua_core.store.seats import SignedIn
from aqua_core.store.shared import accounts
from aqua_core.store.shared.accounts import Meant
from aqua_core.vocabulary.account import (
    Account,
    Invitation,
    Invited,
    Role,
)
from aqua_core.vocabulary.text import clean_name
from aqua_core.workshop.admitting import (
    Caller,
    administering,
    belonging,
    new_secret,
    plain_hash,
)

_SPENT: Final = (
    "This link was already used, was withdrawn, or its time is over. Ask an administrator of your "
    "organisation for another one."
)


class People(NamedTuple):
    """Who may sign in to an organisation, as whoever asks may know it.

    Args:
        called: the organisation's name.
        mine: the account that asks.
        accounts: all of them, by name; for who is no administrator its own alone.
        browsers: (account's id, browser) of all that are signed in, the newest first.
        invitations: those that wait, for an administrator alone.
        here: the key of the browser that asks.
    """

    called: str
    mine: Account
    accounts: tuple[Account, ...]
    browsers: tuple[tuple[str, SignedIn], ...]
    invitations: tuple[Invitation, ...]
    here: str


def invite_administrator(address: str, called: str) -> tuple[str, bool]:
    """Give the secret part of a link for an administrator, to who runs the database.

    Args:
        address: of the database, which no process need have open.
        called: the organisation, which begins here if none is called so.

    Returns:
        The link's secret, and whether the organisation is new.

    Raises:
        TextRefused: no organisation can be called so.
        FileUnusable: the database does not answer, or is to be prepared first.
    """
    name, link = clean_name("the organisation", called), new_secret()
    return link, invite_shared(address, name, plain_hash(link))


def is_hosted() -> bool:
    """Tell whether this room is hosted: then people sign in to accounts."""
    return is_shared()


def people_now(caller: Caller) -> People:
    """Give who may sign in, and where they are signed in.

    Raises:
        NotSignedIn: the caller's cookie is nobody's.
        NotAdministrator: on a laptop, which has no accounts.
    """
    with belonging(caller) as (cursor, whose):
        every, browsers = accounts.accounts_here(cursor), accounts.signed_in_here(cursor)
        waiting, called = accounts.invitations_here(cursor), accounts.name_of_this(cursor)
    mine = next(account for account in every if account.id == whose.account_id)
    here = plain_hash(caller.facilitator)
    if mine.role is Role.ADMINISTRATOR:
        return People(called, mine, every, browsers, waiting, here)
    own = tuple((account, browser) for account, browser in browsers if account == mine.id)
    return People(called, mine, (mine,), own, (), here)


def invite_person(caller: Caller, role: Role, typed: str = "") -> str:
    """Give the secret part of a link that lets one more person in, once, within seven days.

    `typed` is who it is meant for, "" to leave that open; whoever accepts may type another name.

    Raises:
        NotAdministrator: the caller's account is no administrator's.
        TextRefused: nobody can be called so.
    """
    link, name = new_secret(), clean_name("whom it is for", typed) if typed.strip() else ""
    with administering(caller) as (cursor, _):
        accounts.add_invitation(cursor, plain_hash(link), "", role, Meant(name=name))
    return link


def link_for(caller: Caller, account_id: str = "") -> str:
    """Give the secret part of a link that signs one more browser of an account in.

    Args:
        caller: whoever is signed in, for itself; an administrator for anybody.
        account_id: whose browser it is; "" for the caller's own.

    Raises:
        NotAdministrator: it is another one's, and the caller is no administrator.
        NoSuchAccount: the organisation has none with this id.
    """
    link = new_secret()
    with belonging(caller, writing) as (cursor, whose):
        wanted = account_id or whose.account_id
        if whose.role is not Role.ADMINISTRATOR and wanted != whose.account_id:
            raise errors.NotAdministrator("Only an administrator makes links for others.")
        account = _account(accounts.accounts_here(cursor), wanted)
        accounts.add_invitation(cursor, plain_hash(link), "", account.role, Meant(account.id))
    return link


def withdraw_invitation(caller: Caller, key: str) -> None:
    """Let a link wait no more; one that was used or is over stays so.

    Raises:
        NotAdministrator: the caller's account is no administrator's.
    """
    with administering(caller) as (cursor, _):
        accounts.withdraw(cursor, key)


def change_role(caller: Caller, account_id: str, role: Role) -> None:
    """Let an account do more, or less, from now on.

    Raises:
        NotAdministrator: the caller's account is no administrator's.
        NoSuchAccount: the organisation has none with this id.
        LastAdministrator: nobody would be left to invite anybody.
    """
    with administering(caller) as (cursor, _):
        every = accounts.accounts_here(cursor)
        if _account(every, account_id).role is not role:
            _check_one_is_left(every, account_id)
            accounts.change_account(cursor, account_id, role)


def close_account(caller: Caller, account_id: str) -> None:
    """Close an account for good: its browsers are signed out, its links open nothing.

    Raises:
        NotAdministrator, NoSuchAccount, LastAdministrator: as for `change_role`.
    """
    with administering(caller) as (cursor, _):
        every = accounts.accounts_here(cursor)
        _account(every, account_id)
        _check_one_is_left(every, account_id)
        accounts.close_account(cursor, account_id)


def rename_organisation(caller: Caller, called: str) -> None:
    """Give the organisation another name.

    Raises:
        NotAdministrator: the caller's account is no administrator's.
        TextRefused: it cannot be called so, or another one of this host is.
    """
    name = clean_name("the organisation", called)
    with administering(caller) as (cursor, _):
        before = accounts.name_of_this(cursor)
        if name.lower() != before.lower() and accounts.organisation_named(cursor, name):
            raise errors.TextRefused("Another organisation of this host is called so.")
        accounts.rename_this(cursor, name)


def invited(link: str) -> Invited:
    """Give what a link opens; nothing is spent.

    Raises:
        LinkSpent: it was used before or withdrawn, its time is over, or it was never given out.
    """
    with reading() as cursor:
        found = accounts.invited_by(cursor, plain_hash(link))
    if found is None:
        raise errors.LinkSpent(_SPENT)
    return found


def accept(
    link: str, typed: str, browser: str = "", known_as: str = "", *, directory: bool = False
) -> str:
    """Exchange an invitation for the secret of a cookie.

    Args:
        link: its secret part.
        typed: what somebody new is called; of no account for one that is there.
        browser: what the browser calls itself.
        known_as: as whom a directory knows the person, who signs in by it from now on; "" for none.
        directory: whether there is one: then whom it knows comes in by it alone.

    Raises:
        LinkSpent: as for `invited`.
        NotSignedIn: a directory knows whose account this is, and did not say so now.
        TextRefused: nobody can be called so; the link still works.
        AlreadyThere: the directory knows this person as another account, or another person as
            this one; the link still works.
    """
    opened, secret = invited(link).invitation, new_secret()
    if directory and opened.known and not known_as:
        raise errors.NotSignedIn("This account signs in by its directory. Choose that way instead.")
    name = opened.account or clean_name("yourself", typed)
    with writing() as cursor:
        if (found := accounts.take_invitation(cursor, plain_hash(link))) is None:
            raise errors.LinkSpent(_SPENT)
        organisation, account_id = found
        if not account_id:
            account_id = secrets.token_hex(8)
            account = Account(account_id, name, opened.role, date.today())
            accounts.add_account(cursor, account, organisation)
        if known_as and not accounts.know_as(cursor, account_id, known_as):
            raise errors.AlreadyThere(
                "Your directory's account signs in to another account here already, or this one "
                "is somebody else's. An administrator can close the one that is not needed."
            )
        _let_browser_in(cursor, secret, browser, account_id)
    return secret


def sign_in_known(known_as: str, browser: str = "") -> str:
    """Exchange what a directory says of somebody for the secret of a cookie, for twelve hours.

    Args:
        known_as: as whom it knows the person: its own address, and its id of that person.
        browser: what the browser calls itself.

    Raises:
        NoSuchAccount: it knows nobody here so.
    """
    secret = new_secret()
    with writing() as cursor:
        if (account_id := accounts.account_known_as(cursor, known_as)) is None:
            raise errors.NoSuchAccount(
                "Your directory knows you, and no account here is yours yet. Ask an administrator "
                "of your organisation for an invitation, and sign in from there."
            )
        _let_browser_in(cursor, secret, browser, account_id)
    return secret


def _let_browser_in(cursor: Cursor, secret: str, browser: str, account_id: str) -> None:
    signed_in = SignedIn(plain_hash(secret), browser, date.today(), by_passphrase=False)
    accounts.sign_in(cursor, signed_in, account_id)


def _account(every: tuple[Account, ...], account_id: str) -> Account:
    found = next((account for account in every if account.id == account_id), None)
    if found is None:
        raise errors.NoSuchAccount("This account was closed. Reload the page.")
    return found


def _check_one_is_left(every: tuple[Account, ...], without: str) -> None:
    if not any(held.role is Role.ADMINISTRATOR and held.id != without for held in every):
        raise errors.LastAdministrator(
            "This is the last administrator. Make somebody else one first: nobody could invite "
            "anybody."
        )
