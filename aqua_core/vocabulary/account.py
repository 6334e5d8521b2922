"""Who may sign in where many host rooms in one database: accounts of an organisation."""

from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

DAYS_OF_INVITATION: Final = 7
HOURS_BY_DIRECTORY: Final = 12


class Role(StrEnum):
    """What an account may do."""

    ADMINISTRATOR = "administrator"
    FACILITATOR = "facilitator"
    READER = "reader"


class Account(NamedTuple):
    """Somebody who may sign in, as what, and since when; `known` says whether by a directory."""

    id: str
    name: str
    role: Role
    since: date
    known: bool = False


class Invitation(NamedTuple):
    """A link that works once and waits: as what it lets in, whose it is, and its last day.

    `account` is the name of the account into which it signs one more browser; "" for somebody new,
    who is meant to be `name`, "" where the administrator did not say. `known` says whether a
    directory knows whose account it is.
    """

    key: str
    role: Role
    account: str
    until: date
    name: str = ""
    known: bool = False


class Invited(NamedTuple):
    """What a link opens, for whoever has it: the organisation's name, and the invitation."""

    organisation: str
    invitation: Invitation
