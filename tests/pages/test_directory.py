"""Signing in by an organisation's own directory: a small one answers beside the tests."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from aqua_core.vocabulary.account import HOURS_BY_DIRECTORY, Role
from aqua_core.workshop import hosting
from aqua_core.workshop.admitting import Caller, role_of
from pages import _way
from pages._address import ADDRESS
from pages._people import DIRECTORY_CALLED
from pages._room import FACILITATOR_COOKIE
from pages._server import directory
from pages._server.starting import CLIENT, ISSUER, SECRET, directory_refused
from tests.kit import engines
from tests.kit.devices import Answer, Device
from tests.kit.hosting import Hosted, organisation
from tests.kit.looking import words

pytestmark = pytest.mark.shared
ASK = "/sign-in/directory/ask"


class Directory:
    """One that lets whoever comes be `person`; what it `says` stands in its token instead."""

    def __init__(self) -> None:
        from joserfc.jwk import RSAKey

        self.key, self.person, self.says = RSAKey.generate_key(2048), "ann", {"name": "Ann Other"}
        self.signs_with, self.codes = self.key, dict[str, dict[str, str]]()
        self.address = ""

    def routes(self) -> list[Route]:
        return [
            Route("/.well-known/openid-configuration", self._metadata),
            Route("/authorize", self._authorize),
            Route("/token", self._token, methods=["POST"]),
            Route("/keys", self._keys),
        ]

    async def _metadata(self, request: Request) -> Response:
        places = {"authorization": "authorize", "token": "token"}
        said = {f"{name}_endpoint": f"{self.address}/{at}" for name, at in places.items()}
        algorithms = {"id_token_signing_alg_values_supported": ["RS256"]}
        return JSONResponse(
            {"issuer": self.address, "jwks_uri": f"{self.address}/keys"} | said | algorithms
        )

    async def _authorize(self, request: Request) -> Response:
        code, asked = secrets.token_urlsafe(), dict(request.query_params)
        self.codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&state={asked['state']}")

    async def _token(self, request: Request) -> Response:
        from joserfc import jwt

        sent = dict(parse_qsl((await request.body()).decode()))
        asked = self.codes.pop(sent["code"])
        digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        basic = base64.b64encode(b"room:quiet").decode()
        if (challenge, f"Basic {basic}") != (
            asked["code_challenge"],
            request.headers["authorization"],
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.address, "sub": self.person, "aud": "room", "nonce": asked["nonce"]}
        claims |= {"iat": now, "exp": now + 60} | self.says
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": token})

    async def _keys(self, request: Request) -> Response:
        public = self.key.as_dict(private=False) | {"kid": "one", "alg": "RS256", "use": "sig"}
        return JSONResponse({"keys": [public]})


@pytest.fixture(scope="module")
def answering() -> Iterator[Directory]:
    import uvicorn

    made = Directory()
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=made.routes()), port=0, log_level="error")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    made.address = f"http://127.0.0.1:{port}"
    yield made
    server.should_exit = True
    thread.join()


@pytest.fixture
def theirs(answering: Directory, monkeypatch: pytest.MonkeyPatch) -> Directory:
    for name, value in (
        (DIRECTORY_CALLED, "NHSmail"),
        (ISSUER, answering.address),
        (CLIENT, "room"),
        (SECRET, "quiet"),
        (ADDRESS, "http://192.0.2.1"),
    ):
        monkeypatch.setenv(name, value)
    directory._client.cache_clear()
    answering.person, answering.says = "ann", {"name": "Ann Other"}
    answering.signs_with = answering.key
    return answering


@pytest.fixture
def ours(room_file: Path) -> Hosted:
    return organisation(room_file, "St. Mary's")


def sent_on(asked: Answer) -> str:
    """Follow a browser through the directory; give the address to which it is sent back."""
    import httpx2

    assert asked.status == 302, asked.text
    back = httpx2.get(asked.onward).headers["location"]
    assert back.startswith("http://192.0.2.1/sign-in/directory/back?")
    return str(back)


def come_back(device: Device, back: str) -> Answer:
    parts = urlsplit(back)
    return device.get(parts.path, **dict(parse_qsl(parts.query)))


def signs_in(device: Device, link: str = "") -> Answer:
    asked = device.get(ASK, link=link) if link else device.get(ASK)
    return come_back(device, sent_on(asked))


def caller(device: Device) -> Caller:
    return Caller(facilitator=device.cookies.get(FACILITATOR_COOKIE, ""))


def of_invitation(ours: Hosted, role: Role = Role.FACILITATOR) -> str:
    return hosting.invite_person(ours.administrator, role)


def test_who_is_invited_comes_in_by_the_directory_and_later_by_it_alone(
    looks, ours: Hosted, theirs: Directory
) -> None:
    link, laptop = of_invitation(ours), Device()
    page = laptop.get(f"/sign-in/{link}").text
    assert f'href="{ASK}?link={link}">Sign in with NHSmail' in page

    answer = signs_in(laptop, link)

    assert answer.status == 200
    assert 'http-equiv="refresh" content="0; url=/"' in answer.text
    assert role_of(caller(laptop)) is Role.FACILITATOR
    assert f"Max-Age={HOURS_BY_DIRECTORY * 3600}" in answer.set_cookie
    people = words(looks(ours.administrator, _way.HOME, all="people")).replace("\\", "")
    assert "Ann Other" in people
    assert people.count("Signs in with NHSmail.") == 1

    tablet = Device()
    assert signs_in(tablet).status == 200
    assert hosting.people_now(caller(tablet)).mine.name == "Ann Other"
    assert hosting.people_now(caller(tablet)).mine.known


def test_a_page_of_another_site_leads_nobody_into_an_invitation(
    ours: Hosted, theirs: Directory
) -> None:
    link = of_invitation(ours)

    for site in ("cross-site", "same-site"):
        answer = Device().get(ASK, site=site, link=link)
        assert (answer.status, answer.onward) == (403, "")
    assert Device().get(ASK, site="same-origin", link=link).status == 302
    assert Device().get(ASK, site="cross-site").status == 302
    assert hosting.invited(link)


def test_whom_nobody_invited_is_told_and_let_in_nowhere(ours: Hosted, theirs: Directory) -> None:
    laptop = Device()

    answer = signs_in(laptop)

    assert answer.status == 403
    assert "Ask an administrator of your organisation for an invitation" in answer.text
    assert role_of(caller(laptop)) is None


def test_one_person_is_one_account_and_one_account_one_person(
    ours: Hosted, theirs: Directory
) -> None:
    assert signs_in(Device(), of_invitation(ours)).status == 200
    again = of_invitation(ours)
    refused = signs_in(Device(), again)
    assert refused.status == 403
    assert "signs in to another account here already" in refused.text
    assert hosting.invited(again)  # it still works, for whom it is for

    mine = next(a for a in hosting.people_now(ours.administrator).accounts if a.known)
    theirs.person = "ben"
    for_ann = hosting.link_for(ours.administrator, mine.id)
    assert signs_in(Device(), for_ann).status == 403
    assert signs_in(Device(), again).status == 200


def test_a_browser_of_the_directory_is_signed_out_after_twelve_hours(
    room_file: Path, ours: Hosted, theirs: Directory
) -> None:
    laptop = Device()
    signs_in(laptop, of_invitation(ours))
    name = engines._made[room_file.resolve()]

    engines.cluster().ask(
        "UPDATE facilitator SET ends = now() - interval '1 s' WHERE ends > now()", name
    )

    assert role_of(caller(laptop)) is None
    assert role_of(ours.facilitator) is Role.FACILITATOR
    mine = next(a for a in hosting.people_now(ours.administrator).accounts if a.known)
    browsers = hosting.people_now(ours.administrator).browsers
    assert mine.id not in {account for account, _ in browsers}
    signs_in(Device())
    ended = engines.cluster().ask("SELECT count(*) FROM facilitator WHERE ends < now()", name)
    assert ended == [(0,)]


def test_who_signs_in_by_it_once_comes_in_by_nothing_else(
    room_file: Path, ours: Hosted, theirs: Directory
) -> None:
    mine = hosting.people_now(ours.facilitator).mine
    assert signs_in(Device(), hosting.link_for(ours.facilitator)).status == 200
    name = engines._made[room_file.resolve()]
    for_good = f"SELECT count(*) FROM facilitator WHERE account_id = '{mine.id}' AND ends IS NULL"
    assert engines.cluster().ask(for_good, name) == [(0,)]

    link = hosting.link_for(ours.facilitator)
    page = Device().get(f"/sign-in/{link}").text
    assert "Sign in with NHSmail" in page
    assert "Sign in on this browser" not in page
    refused = Device().post(f"/sign-in/{link}")
    assert refused.status == 410
    assert "signs in by its directory" in refused.text
    assert signs_in(Device(), link).status == 200


NAMES: dict[str, dict[str, str]] = {
    "Ann Other": {"name": "Ann Other", "preferred_username": "x@trust.example"},
    "Ann Typed": {"name": "https://trust.example/ann"},
    "ann other": {"name": "A" * 90, "preferred_username": "ann.other@trust.example"},
}


@pytest.mark.parametrize("called", NAMES)
def test_somebody_is_called_as_the_directory_or_the_invitation_says(
    ours: Hosted, theirs: Directory, called: str
) -> None:
    theirs.says = NAMES[called]
    typed = "Ann Typed" if called == "Ann Typed" else ""
    laptop = Device()

    signs_in(laptop, hosting.invite_person(ours.administrator, Role.READER, typed))

    assert hosting.people_now(caller(laptop)).mine.name == called


def test_whom_the_directory_gives_no_name_is_told_what_to_do(
    ours: Hosted, theirs: Directory
) -> None:
    theirs.says = {}
    link = of_invitation(ours)

    answer = signs_in(Device(), link)

    assert answer.status == 403
    assert "Ask for an invitation with your name on it" in answer.text
    assert hosting.invited(link)


def test_an_account_that_was_closed_is_known_no_more(ours: Hosted, theirs: Directory) -> None:
    laptop = Device()
    signs_in(laptop, of_invitation(ours))
    mine = next(a for a in hosting.people_now(ours.administrator).accounts if a.known)

    hosting.close_account(ours.administrator, mine.id)

    assert role_of(caller(laptop)) is None
    assert signs_in(Device()).status == 403
    assert signs_in(Device(), of_invitation(ours)).status == 200


FORGED: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://elsewhere.example"},
    "another audience": {"aud": "somebody else"},
    "over": {"exp": 1_000_000_000},
    "another question": {"nonce": "of before"},
    "of nobody": {"sub": None},
}


@pytest.mark.parametrize("forged", FORGED)
def test_what_is_forged_lets_nobody_in(ours: Hosted, theirs: Directory, forged: str) -> None:
    signs_in(Device(), of_invitation(ours))
    theirs.says = FORGED[forged]
    laptop = Device()

    answer = signs_in(laptop)

    assert answer.status == 400
    assert "Signing in with NHSmail was not finished" in answer.text
    assert role_of(caller(laptop)) is None


def test_another_key_lets_nobody_in(ours: Hosted, theirs: Directory) -> None:
    from joserfc.jwk import RSAKey

    signs_in(Device(), of_invitation(ours))
    theirs.signs_with = RSAKey.generate_key(2048)

    assert signs_in(Device()).status == 400


def test_an_answer_belongs_to_the_browser_that_asked_and_counts_once(
    ours: Hosted, theirs: Directory
) -> None:
    signs_in(Device(), of_invitation(ours))
    asks, other = Device(), Device()
    back = sent_on(asks.get(ASK))

    assert come_back(other, back).status == 400
    assert come_back(asks, f"{back}x").status == 400
    back = sent_on(asks.get(ASK))
    assert come_back(asks, back).status == 200
    assert come_back(asks, back).status == 400
    assert asks.get("/sign-in/directory/back", error="access_denied").status == 400
    assert role_of(caller(other)) is None


def test_a_directory_that_is_away_is_told(
    ours: Hosted, theirs: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(ISSUER, "http://127.0.0.1:9")
    directory._client.cache_clear()

    answer = Device().get(ASK)

    assert answer.status == 503
    assert "NHSmail does not answer as it should" in answer.text


def test_who_is_not_signed_in_is_led_to_it(looks, ours: Hosted, theirs: Directory) -> None:
    for page in (_way.HOME, _way.PROGRAMME):
        assert any(
            "Sign in with NHSmail" in str(one.proto.body)
            for one in looks(Caller(), page).get("html")
        )


def test_without_a_directory_nothing_of_it_is_there(looks, ours: Hosted) -> None:
    assert Device().get(ASK).status == 404
    assert "directory" not in Device().get(f"/sign-in/{of_invitation(ours)}").text
    assert directory_refused() == ""


@pytest.mark.parametrize("without", [ISSUER, CLIENT, SECRET, ADDRESS])
def test_a_directory_that_is_half_named_starts_nothing(
    theirs: Directory, monkeypatch: pytest.MonkeyPatch, without: str
) -> None:
    assert directory_refused() == ""
    monkeypatch.delenv(without)
    assert without in directory_refused()


@pytest.mark.parametrize("given", ["login.example.org", "http://login.example.org", "https://"])
def test_a_directory_is_asked_over_tls(
    theirs: Directory, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv(ISSUER, given)
    assert "https://" in directory_refused()
