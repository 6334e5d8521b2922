"""Accounts of a hosted room: how one begins, what a link opens, who may do what, and its end."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from aqua_core.errors import (
    FileUnusable,
    LastAdministrator,
    LinkSpent,
    NoSuchAccount,
    NotAdministrator,
    NotSignedIn,
    TextRefused,
)
from aqua_core.store.database import close_database
from aqua_core.store.schema import SCHEMA, SCHEMA_VERSION
from aqua_core.vocabulary.account import Role
from aqua_core.workshop import hosting
from aqua_core.workshop.admitting import Caller, leading, managing, may_facilitate, role_of
from aqua_core.workshop.opening import open_shared_room, prepare_room
from aqua_core.workshop.setting_up import workshops_here
from aqua_core.workshop.signing_in import new_sign_in_link, sign_in, sign_out, sign_out_another
from aqua_core.workshop.signing_in import signed_in_now as browsers
from tests.kit import engines
from tests.kit.hosting import begun, joined, rows_of
from tests.kit.notation import made

ADMINISTRATOR, FACILITATOR, READER = Role
NAME = "North West programme"


@pytest.mark.file
def test_a_laptop_has_no_accounts(facilitator: Caller) -> None:
    assert not hosting.is_hosted()
    for deed in (hosting.people_now, hosting.link_for):
        with pytest.raises(NotAdministrator, match="lies on one laptop"):
            deed(facilitator)
    with pytest.raises(NotAdministrator, match="lies on one laptop"):
        hosting.invite_person(facilitator, READER)


shared = pytest.mark.shared


@pytest.fixture
def administrator(room_file: Path) -> Caller:
    return begun(room_file, NAME)


def account_of(caller: Caller) -> str:
    return hosting.people_now(caller).mine.id


@shared
def test_an_organisation_begins_at_the_console_and_a_name_that_is_there_gets_another_administrator(
    room_file: Path,
) -> None:
    address = engines.address_of(room_file)
    first, is_new = hosting.invite_administrator(address, NAME)
    second, again = hosting.invite_administrator(address, NAME.upper())

    one, two = (Caller(facilitator=hosting.accept(link, "Ann")) for link in (first, second))

    assert (is_new, again) == (True, False)
    assert role_of(one) is role_of(two) is ADMINISTRATOR
    assert [hosting.people_now(who).called for who in (one, two)] == [NAME, NAME]
    with pytest.raises(TextRefused):
        hosting.invite_administrator(address, " ")


@shared
@pytest.mark.parametrize("role", Role)
def test_an_invitation_works_once_for_its_role(administrator: Caller, role: Role) -> None:
    link = hosting.invite_person(administrator, role)
    opened = hosting.invited(link)
    assert (opened.organisation, opened.invitation.role, opened.invitation.account) == (
        NAME,
        role,
        "",
    )
    with pytest.raises(TextRefused):
        hosting.accept(link, " ")

    caller = Caller(facilitator=hosting.accept(link, "Bob", "Edge on Windows"))

    assert role_of(caller) is role
    assert may_facilitate(caller) == (role is not READER)
    (browser,) = browsers(caller)
    assert (browser.called, browser.mine, browser.since) == ("Edge on Windows", True, date.today())
    for spent in (link, "made up", ""):
        with pytest.raises(LinkSpent):
            hosting.accept(spent, "Bob")


@shared
def test_of_two_that_open_a_link_at_once_one_comes_in(administrator: Caller) -> None:
    link, came = hosting.invite_person(administrator, READER), list[str]()

    def accept() -> None:
        try:
            came.append(hosting.accept(link, "Bob"))
        except LinkSpent:
            came.append("")

    both = [threading.Thread(target=accept) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert sorted(map(bool, came)) == [False, True]
    assert len(hosting.people_now(administrator).accounts) == 2


@shared
def test_a_link_waits_seven_days_unless_it_is_withdrawn(
    room_file: Path, administrator: Caller
) -> None:
    kept, gone = (hosting.invite_person(administrator, FACILITATOR) for _ in range(2))
    until = {waiting.until for waiting in hosting.people_now(administrator).invitations}
    assert until <= {date.today() + timedelta(days) for days in (6, 7, 8)}  # by the server's clock
    hosting.withdraw_invitation(administrator, hosting.invited(gone).invitation.key)
    with pytest.raises(LinkSpent):
        hosting.invited(gone)

    engines.cluster().ask(
        "UPDATE invitation SET ends = now() - interval '1 second'",
        engines._made[room_file.resolve()],
    )

    with pytest.raises(LinkSpent):
        hosting.accept(kept, "Bob")
    assert hosting.people_now(administrator).invitations == ()


@shared
def test_what_the_database_holds_of_a_link_and_a_cookie_opens_nothing(
    room_file: Path, administrator: Caller
) -> None:
    link = hosting.invite_person(administrator, READER)

    held = "\n".join(rows_of(room_file, NAME))

    assert (link in held, administrator.facilitator in held) == (False, False)


@shared
def test_one_more_browser_of_an_account_comes_in_by_a_link_of_its_own(
    administrator: Caller,
) -> None:
    reader = joined(administrator, READER, "Bob")
    link = hosting.link_for(reader)
    assert hosting.invited(link).invitation.account == "Bob"

    second = Caller(facilitator=hosting.accept(link, "ignored"))

    assert account_of(second) == account_of(reader)
    assert len(browsers(second)) == 2
    again = hosting.link_for(administrator, account_of(reader))
    assert account_of(Caller(facilitator=hosting.accept(again, ""))) == account_of(reader)
    with pytest.raises(NotAdministrator):
        hosting.link_for(reader, account_of(administrator))


@shared
def test_who_is_no_administrator_sees_its_own_account_alone(administrator: Caller) -> None:
    caller = joined(administrator, FACILITATOR, "Bob")
    joined(administrator, READER, "Carol")

    assert [held.name for held in hosting.people_now(caller).accounts] == ["Bob"]
    assert hosting.people_now(caller).invitations == ()
    everybody = [held.name for held in hosting.people_now(administrator).accounts]
    assert everybody == [f"Administrator of {NAME}", "Bob", "Carol"]


@shared
def test_an_administrator_signs_out_anybody_of_its_own_and_others_themselves(
    room_file: Path, administrator: Caller
) -> None:
    one, two = (joined(administrator, FACILITATOR) for _ in range(2))
    stranger = begun(room_file, "Another")
    (key,) = (browser.key for browser in browsers(one))

    for nobody in (two, stranger):
        sign_out_another(nobody, key)
    assert may_facilitate(one)
    sign_out_another(administrator, key)

    assert not may_facilitate(one)
    sign_out(two)
    assert not may_facilitate(two)


@shared
def test_a_closed_account_is_signed_out_everywhere_and_its_links_open_nothing(
    administrator: Caller,
) -> None:
    caller = joined(administrator, FACILITATOR)
    workshop, link, closed = (
        made(caller, "Council", "Trust"),
        hosting.link_for(caller),
        account_of(caller),
    )

    hosting.close_account(administrator, closed)

    assert not may_facilitate(caller)
    with pytest.raises(NotSignedIn):
        workshops_here(caller)
    with pytest.raises(LinkSpent):
        hosting.accept(link, "")
    assert [listed.code for listed in workshops_here(administrator)] == [workshop.code]
    with pytest.raises(NoSuchAccount):
        hosting.close_account(administrator, closed)


@shared
def test_the_last_administrator_can_be_neither_closed_nor_demoted(administrator: Caller) -> None:
    other = joined(administrator, FACILITATOR)
    mine = account_of(administrator)
    hosting.change_role(administrator, mine, ADMINISTRATOR)
    for role in (FACILITATOR, READER):
        with pytest.raises(LastAdministrator):
            hosting.change_role(administrator, mine, role)
    with pytest.raises(LastAdministrator):
        hosting.close_account(administrator, mine)
    with pytest.raises(NotAdministrator):
        hosting.close_account(other, mine)

    hosting.change_role(administrator, account_of(other), ADMINISTRATOR)
    hosting.change_role(administrator, mine, READER)

    assert (role_of(administrator), role_of(other)) == (READER, ADMINISTRATOR)


@shared
def test_of_two_administrators_that_demote_each_other_at_once_one_is_left(
    administrator: Caller,
) -> None:
    other = joined(administrator, ADMINISTRATOR)
    ids = {who: account_of(who) for who in (administrator, other)}

    def demote(who: Caller, whom: Caller) -> None:
        with suppress(LastAdministrator, NotAdministrator):
            hosting.change_role(who, ids[whom], READER)

    both = [
        threading.Thread(target=demote, args=pair)
        for pair in ((administrator, other), (other, administrator))
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert ADMINISTRATOR in {role_of(administrator), role_of(other)}


@shared
def test_an_organisation_is_renamed_but_not_as_another_one(
    room_file: Path, administrator: Caller
) -> None:
    begun(room_file, "Another")
    with pytest.raises(TextRefused, match="Another organisation of this host"):
        hosting.rename_organisation(administrator, "ANOTHER")

    hosting.rename_organisation(administrator, NAME.upper())
    hosting.rename_organisation(administrator, "Renamed")

    assert hosting.people_now(administrator).called == "Renamed"


@shared
def test_who_changes_all_of_an_organisation_waits_for_who_leads_there_and_for_nobody_elsewhere(
    room_file: Path, administrator: Caller
) -> None:
    from tests.store.test_shared import begun as deed_begun

    other, workshop = begun(room_file, "Another"), made(administrator, "Council", "Trust")

    with leading(administrator, workshop.code):
        own, own_in = deed_begun(lambda: managing(administrator))
        theirs, theirs_in = deed_begun(lambda: managing(other))
        waited, went = not own_in.wait(0.3), theirs_in.wait(2)
    for thread in (own, theirs):
        thread.join()

    assert (waited, went, own_in.is_set()) == (True, True, True)


@pytest.fixture
def of_before(tmp_path: Path) -> Iterator[Path]:
    """Give where a room lies that was prepared before there were organisations."""
    path, ask = tmp_path / "before.duckdb", engines.cluster().ask
    engines.cluster().make("before")
    for statement in (
        *SCHEMA,
        f"INSERT INTO schema_version VALUES ({SCHEMA_VERSION})",
        "INSERT INTO place VALUES ('p', 'Wigan', '', '2025-10-06', NULL, false, '')",
        "INSERT INTO workshop (id, code, place, persona, held_on, holder, instrument, invented, "
        "ordinal, place_id) VALUES ('w', 'ABCD', 'Wigan', '', '2025-10-06', '', '', false, 0, 'p')",
        "INSERT INTO facilitator (token_hash) VALUES ('of nobody')",
    ):
        ask(statement, "before", "room")
    engines._made[path.resolve()] = "before"
    yield path
    close_database()
    del engines._made[path.resolve()]
    ask("DROP DATABASE before WITH (FORCE)")


@shared
def test_rows_of_before_belong_to_a_first_organisation_whose_administrator_is_invited_by_name(
    of_before: Path,
) -> None:
    address = engines.address_of(of_before)
    with pytest.raises(FileUnusable, match=r"knows no organisations yet.*python app\.py prepare"):
        open_shared_room(address)

    said = prepare_room(address)

    assert 'invite "First organisation"' in said
    assert "nothing was changed" in prepare_room(address)
    open_shared_room(address)
    first = begun(of_before, "First organisation")
    assert [listed.code for listed in workshops_here(first)] == ["ABCD"]
    assert workshops_here(begun(of_before, "Another")) == ()
    assert len(hosting.people_now(first).browsers) == 1  # who was signed in before is nobody now


@shared
def test_a_user_for_whom_no_policy_holds_is_refused(room_file: Path) -> None:
    name = engines._made[room_file.resolve()]
    close_database()
    for opens in (open_shared_room, prepare_room):
        with pytest.raises(
            FileUnusable, match=r"may see the rows of every organisation.*createuser"
        ):
            opens(engines.cluster().address(name, engines.OPERATOR))


@shared
def test_a_table_that_lost_its_policy_is_refused(room_file: Path) -> None:
    name = engines._made[room_file.resolve()]
    close_database()
    engines.cluster().ask("ALTER TABLE vote NO FORCE ROW LEVEL SECURITY", name)

    with pytest.raises(FileUnusable, match="prepare"):
        open_shared_room(engines.address_of(room_file))
    prepare_room(engines.address_of(room_file))

    open_shared_room(engines.address_of(room_file))


@shared
def test_the_link_of_a_start_leads_nowhere(
    room_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aqua_core.store.seats import add_facilitator
    from aqua_core.workshop import signing_in

    monkeypatch.setattr(signing_in, "add_facilitator", add_facilitator)

    assert role_of(Caller(facilitator=sign_in(new_sign_in_link()))) is None
