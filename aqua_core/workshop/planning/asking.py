"""What a room asks for beside its plan: support, and statements that say more clearly."""

import secrets
from collections.abc import Iterable
from typing import NamedTuple

from aqua_core.errors import AlreadyThere, ChoiceRefused
from aqua_core.live import Channel, changed
from aqua_core.rules.typed.personal import check_nobody_in_word
from aqua_core.store.plan.wishes import add_support, add_unclear, support_of, unclear_in
from aqua_core.vocabulary import Support, SupportDraft, Unclear, UnclearDraft, Workshop, same_name
from aqua_core.workshop.admitting import Caller, facilitating, watching
from aqua_core.workshop.planning.owning import NOT_SAVED_YET, version_to_save


class Wishes(NamedTuple):
    """What a room asked for: support, in no order, and statements by domain and points."""

    support: tuple[Support, ...]
    unclear: tuple[Unclear, ...]


def ask_support(caller: Caller, code: str, draft: SupportDraft, *, sure: bool = False) -> Support:
    """Write down support that the room asks for.

    Raises:
        AlreadyThere: it was asked for in the same words.
        LooksPersonal: a text holds what looks like somebody's details, and nobody was sure.
    """
    asked = Support(id=f"s{secrets.token_hex(6)}", version=NOT_SAVED_YET, **draft.model_dump())
    return _save_support(caller, code, asked, sure)


def edit_support(caller: Caller, code: str, support: Support, *, sure: bool = False) -> Support:
    """Save a new version of support; `support.version` is the version that was shown.

    Raises:
        NoSuchAction: it is not asked for, or was taken out.
        ChangedMeanwhile: a newer version was saved since.
        AlreadyThere, LooksPersonal: as for new support.
    """
    return _save_support(caller, code, support, sure)


def say_unclear(caller: Caller, code: str, draft: UnclearDraft, *, sure: bool = False) -> Unclear:
    """Write down that a statement was unclear.

    Raises:
        ChoiceRefused: the instrument has no such domain.
        LooksPersonal: the suggestion holds what looks like somebody's details, and nobody was sure.
    """
    said = Unclear(id=f"u{secrets.token_hex(6)}", version=NOT_SAVED_YET, **draft.model_dump())
    return _save_unclear(caller, code, said, sure)


def edit_unclear(caller: Caller, code: str, unclear: Unclear, *, sure: bool = False) -> Unclear:
    """Save a new version of an unclear statement; `unclear.version` is the one that was shown.

    Raises:
        NoSuchAction: it is not written down, or was taken out.
        ChangedMeanwhile: a newer version was saved since.
        ChoiceRefused, LooksPersonal: as for a new one.
    """
    return _save_unclear(caller, code, unclear, sure)


def wishes_now(caller: Caller, code: str) -> Wishes:
    """Give what the room asked for."""
    with watching(caller, code) as (cursor, workshop):
        order = [domain.key for domain in workshop.instrument.domains]
        unclear = unclear_in(cursor, workshop.id)
        return Wishes(
            support_of(cursor, workshop.id),
            tuple(sorted(unclear, key=lambda each: (order.index(each.domain), each.points))),
        )


def check_not_asked(known: Iterable[Support], asked: Support) -> None:
    """Refuse support that is asked for already.

    Raises:
        AlreadyThere: other support is asked for in the same words.
    """
    others = (each.wanted for each in known if each.id != asked.id)
    if same_name(asked.wanted) in map(same_name, others):
        raise AlreadyThere("That is written down already.")


def _save_support(caller: Caller, code: str, asked: Support, sure: bool) -> Support:
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        known = support_of(cursor, workshop.id)
        saved = asked.model_copy(update={"version": version_to_save(known, asked)})
        check_not_asked(known, asked)
        if not sure:
            check_nobody_in_word(asked)
        add_support(cursor, workshop.id, saved)
    changed(workshop.code, Channel.ROOM)
    return saved


def _save_unclear(caller: Caller, code: str, said: Unclear, sure: bool) -> Unclear:
    with facilitating(caller, code, closed_too=True) as (cursor, workshop):
        _check_domain(workshop, said.domain)
        known = unclear_in(cursor, workshop.id)
        saved = said.model_copy(update={"version": version_to_save(known, said)})
        if not sure:
            check_nobody_in_word(said)
        add_unclear(cursor, workshop.id, saved)
    changed(workshop.code, Channel.ROOM)
    return saved


def _check_domain(workshop: Workshop, domain: str) -> None:
    if workshop.instrument.domain(domain) is None:
        names = ", ".join(each.name for each in workshop.instrument.domains)
        raise ChoiceRefused(f"Choose the domain of the statement: {names}.")
