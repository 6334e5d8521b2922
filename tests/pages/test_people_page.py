"""People who facilitate here: the link that is made, the page that it opens, and what each sees."""

import re
from pathlib import Path

import pytest

from aqua_core.vocabulary.account import Role
from aqua_core.workshop import hosting
from aqua_core.workshop.admitting import Caller, role_of
from aqua_core.workshop.placing import places_now
from aqua_core.workshop.setting_up import workshops_here
from pages import _way
from pages._address import ADDRESS
from pages._room import FACILITATOR_COOKIE
from pages._server.pressed import ROOM_DATABASE, run_command
from tests.kit import engines
from tests.kit.devices import Device
from tests.kit.hosting import Hosted, organisation
from tests.kit.looking import press, words
from tests.kit.notation import DAY, made

ADMINISTRATOR, FACILITATOR, READER = Role
NAME, OTHERS = "St. Mary's & others", "Another trust"
shared = pytest.mark.shared


@pytest.fixture
def ours(room_file: Path) -> Hosted:
    return organisation(room_file, NAME)


def people(looks, who: Caller):
    return looks(who, _way.HOME, all="people")


def link_on(app) -> str:
    (shown,) = app.code
    return re.sub(r"^https?://[^/]+", "", shown.value)


@pytest.mark.file
def test_on_a_laptop_nothing_of_accounts_is_seen(looks, facilitator: Caller) -> None:
    home = looks(facilitator, _way.HOME)

    assert "People who facilitate here" not in words(home)
    assert "Signed in as" not in words(home)
    assert "window where Discovery Room was started" in words(looks(Caller(), _way.HOME))
    assert Device().post("/sign-in/anything", name="x").status == 405
    with pytest.raises(SystemExit, match="DISCOVERY_ROOM_DATABASE"):
        run_command(["invite", NAME])


@shared
def test_the_console_prints_a_link_and_says_whether_the_organisation_is_new(
    room_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(ROOM_DATABASE, engines.address_of(room_file))
    monkeypatch.setenv(ADDRESS, "https://room.example.org/")

    for begins in (f"{NAME} begins here.", f"{NAME} is here already."):
        assert run_command(["invite", NAME])
        said = capsys.readouterr().out
        assert said.startswith(begins)
        (link,) = re.findall(r"https://room\.example\.org/sign-in/(\S+)", said)
        assert hosting.invited(link).invitation.role is ADMINISTRATOR
    with pytest.raises(SystemExit, match="organisation"):
        run_command(["invite", ""])
    monkeypatch.delenv(ADDRESS)
    assert run_command(["invite", NAME])
    assert capsys.readouterr().out.startswith(f"Set {ADDRESS} to what phones open")


@shared
def test_an_invitation_opens_a_page_that_asks_for_a_name_and_signs_in_once(ours: Hosted) -> None:
    way = f"/sign-in/{hosting.invite_person(ours.administrator, FACILITATOR)}"
    laptop = Device()
    for _ in range(2):  # a chat that looks at links spends none
        asked = laptop.get(way)
        assert asked.status == 200
        assert "St. Mary" in asked.text
        assert "as a facilitator" in asked.text
    assert laptop.head(way).status == 405
    nameless = laptop.post(way, name=" ")
    assert (nameless.status, nameless.set_cookie) == (400, "")
    assert 'role="alert"' in nameless.text

    signed_in = laptop.post(way, name="Ann Other")

    assert (signed_in.status, signed_in.onward) == (303, "/")
    for part in ("HttpOnly", "SameSite=strict"):
        assert part in signed_in.set_cookie
    assert "Secure" not in signed_in.set_cookie  # over http no browser would keep it
    assert role_of(Caller(facilitator=laptop.cookies[FACILITATOR_COOKIE])) is FACILITATOR
    for again in (Device().get(way), Device().post(way, name="Somebody")):
        assert again.status == 410
        assert "already used" in again.text
    assert "Ann Other" in [held.name for held in hosting.people_now(ours.administrator).accounts]


@shared
def test_a_cookie_of_an_address_with_https_is_sent_by_https_alone(
    ours: Hosted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ADDRESS, "https://room.example.org")
    way = f"/sign-in/{hosting.invite_person(ours.administrator, READER)}"

    assert "Secure" in Device().post(way, name="Ann").set_cookie


@shared
def test_a_page_of_another_site_signs_nobody_in(ours: Hosted) -> None:
    link = hosting.invite_person(ours.administrator, READER)

    refused = Device().post(f"/sign-in/{link}", site="cross-site", name="Ann")

    assert (refused.status, refused.set_cookie) == (403, "")
    assert hosting.invited(link)


@shared
def test_an_administrator_makes_a_link_withdraws_it_and_closes_an_account(
    looks, ours: Hosted
) -> None:
    app = people(looks, ours.administrator)
    reads = "reads what is shown, planned and kept, changes nothing"
    for said in ("St. Mary's", "Reader of St. Mary's", reads):
        assert said in words(app).replace("\\", "")

    app = press(app, "Make a link")
    made_link = link_on(app)
    assert "It works once, within 7 days" in "\n".join(str(said.value) for said in app.success)
    assert Device().get(made_link).status == 200
    assert len(app.button) > 8
    app = press(app, "Withdraw it")
    assert Device().get(made_link).status == 410

    closing = [button for button in app.button if button.label == "Close it"]
    app = closing[-1].click().run()

    assert role_of(ours.reader) is None
    assert "Reader of" not in words(app)
    while len(left := [b for b in app.button if b.label == "Close it"]) > 1:
        app = left[-1].click().run()
    app = left[0].click().run()
    assert "last administrator" in words(app)

    app = app.selectbox[0].set_value(FACILITATOR).run()
    assert "last administrator" in words(app)
    assert app.selectbox[0].value is ADMINISTRATOR  # as it stands, not as it was chosen
    assert role_of(ours.administrator) is ADMINISTRATOR


@shared
def test_a_link_that_waits_says_for_whom_and_its_page_suggests_the_name(
    looks, ours: Hosted
) -> None:
    app = people(looks, ours.administrator)
    next(field for field in app.text_input if field.label.startswith("Who")).set_value("Ann O'Dea")

    app = press(app, "Make a link")

    assert "A link for Ann O'Dea, facilitator waits until" in words(app).replace("\\", "")
    laptop, way = Device(), link_on(app)
    assert 'value="Ann O\'Dea"' in laptop.get(way).text
    assert laptop.post(way, name="Ann Other").status == 303
    assert "Ann Other" in words(people(looks, ours.administrator))


@shared
def test_the_browser_that_asks_is_marked_and_no_other(looks, ours: Hosted) -> None:
    link = hosting.link_for(ours.facilitator)
    second = Caller(facilitator=hosting.accept(link, "", "Chrome on Linux"))

    for who in (ours.facilitator, second):
        app = people(looks, who)
        browsers = [line.value for line in app.text if ", since " in line.value]
        assert len(browsers) == 2
        assert len([line for line in browsers if line.endswith(": this one")]) == 1


@pytest.mark.parametrize("page", [_way.KEEPING, _way.PLACE])
def test_what_is_erased_goes_from_where_the_room_lies(
    looks, facilitator: Caller, page: str
) -> None:
    workshop = made(facilitator, "Council", "Trust", place="Wigan")
    (row,) = places_now(facilitator, workshop.held_on)

    said = words(looks(facilitator, page, workshop.code, place=row.place.id))

    assert ("backups of before hold it until they expire" in said) is engines.POSTGRESQL
    assert ("the room's file" in said) is not engines.POSTGRESQL


@shared
def test_who_is_no_administrator_sees_its_own_account_and_makes_a_link_for_itself(
    looks, ours: Hosted
) -> None:
    app = people(looks, ours.facilitator)
    said = words(app).replace("\\", "")
    assert "Facilitator of" in said
    assert "Reader of" not in said
    assert not [b for b in app.button if b.label in ("Close it", "Make a link")]

    way = link_on(press(app, "Link for another browser"))

    phone = Device()
    assert "Facilitator of" in phone.get(way).text
    assert phone.post(way).status == 303
    assert role_of(Caller(facilitator=phone.cookies[FACILITATOR_COOKIE])) is FACILITATOR


@shared
@pytest.mark.parametrize("page", [_way.ROOM, _way.GAPS, _way.PLAN, _way.TALK, _way.KEEPING])
def test_a_page_of_another_organisations_workshop_says_a_sentence_and_nothing_of_it(
    looks, room_file: Path, ours: Hosted, page: str
) -> None:
    workshop = made(ours.facilitator, "Zyx Council", "Zyx Trust", place="Zyxland")
    stranger = organisation(room_file, OTHERS)

    for who in stranger:
        said = words(looks(who, page, workshop.code))
        assert "Zyx" not in said
        assert "for the organisation that this belongs to" in said


@shared
@pytest.mark.parametrize("page", [_way.ROOM, _way.PLAN, _way.TALK, _way.KEEPING, _way.TAKE_AWAY])
def test_a_reader_sees_pages_and_a_press_is_answered_by_a_sentence(
    looks, ours: Hosted, page: str
) -> None:
    workshop = made(ours.facilitator, "Council", "Trust", place="Zyxland")

    app = looks(ours.reader, page, workshop.code)

    assert "Zyxland" in words(app)
    for button in list(app.button):
        button.click()
        app.run()
        words(app)  # no fault
        app = looks(ours.reader, page, workshop.code)
    assert [listed.closed for listed in workshops_here(ours.facilitator)] == [False]


@shared
def test_a_reader_is_told_on_the_first_page_and_sets_nothing_up(looks, ours: Hosted) -> None:
    home = looks(ours.reader, _way.HOME)
    assert "You read here: what would change something is left out." in words(home).replace(
        "\\", ""
    )

    tried = press(home, "Try the sample")

    assert "reads here and changes nothing" in words(tried)
    assert "reads here and changes nothing" in next(told.value for told in tried.toast)
    assert workshops_here(ours.reader) == ()


@shared
def test_a_reader_is_not_led_from_a_place_to_setting_up(looks, ours: Hosted) -> None:
    made(ours.facilitator, "Council", "Trust", place="Wigan")
    (row,) = places_now(ours.facilitator, DAY)

    for caller, led in ((ours.facilitator, True), (ours.reader, False)):
        page = looks(caller, _way.PLACE, place=row.place.id)
        labels = [link.proto.label for link in page.get("page_link")]
        assert ("Set up a workshop here" in labels) == led


@shared
def test_who_is_not_signed_in_is_told_whom_to_ask(looks, room_file: Path) -> None:
    for page in (_way.HOME, _way.KEEPING):
        said = words(looks(Caller(), page))
        assert "an administrator of your organisation" in said
        assert "window where" not in said
