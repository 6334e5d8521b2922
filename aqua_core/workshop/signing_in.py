"""Sign in as the facilitator, by a link that works once or by a passphrase; and sign out.

A sign-in by link lasts until it is signed out, one by passphrase until the app ends: who was told
the passphrase for a day facilitates for that day.
"""

import hashlib
import hmac
import math
import secrets
import threading
import unicodedata
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from datetime import date
from time import monotonic
from typing import Final, NamedTuple

from aqua_core.errors import LinkSpent, NoPassphrase, PassphraseRefused, TooManyTries
from aqua_core.store.database import reading, writing
from aqua_core.store.facts import is_shared
from aqua_core.store.seats import SignedIn, add_facilitator, facilitators_in, remove_facilitator
from aqua_core.store.shared import accounts
from aqua_core.vocabulary.account import Role
from aqua_core.workshop.admitting import Caller, belonging, managing, new_secret, plain_hash

MINUTE: Final = 60.0
_KNOWN: Final = 50  # codes of one address: a laptop runs a few workshops


class Tries:
    """Lets each do something `most` times a minute. `clock` gives seconds that only ever grow.

    Of those remembered (a hall has 300 seats), the one quiet for longest is forgotten first:
    nobody can fill the memory.
    """

    def __init__(
        self, most: int, remembered: int = 10_000, clock: Callable[[], float] | None = None
    ) -> None:
        self.most = most
        self._remembered = remembered
        self._clock = clock
        self._lock = threading.Lock()
        self._times: OrderedDict[Hashable, deque[float]] = OrderedDict()

    def left(self, who: Hashable) -> int:
        """Give how often somebody may do it now, 0 or more."""
        with self._lock:
            return self.most - len(self._recent(who))

    def take(self, who: Hashable) -> bool:
        """Count one time; False, and nothing is counted, when none is left.

        A try is taken before it is known whether it is wrong: 28 that are asked at once would each
        find one left.
        """
        with self._lock:
            times = self._recent(who)
            if len(times) >= self.most:
                return False
            times.append(self._now())
            self._times[who] = times
            self._times.move_to_end(who)
            if len(self._times) > self._remembered:
                self._times.popitem(last=False)
            return True

    def give_back(self, who: Hashable) -> None:
        """Take one time back: it was not wrong."""
        with self._lock:
            if times := self._recent(who):
                times.pop()

    def forgive(self, who: Hashable) -> None:
        """Forget how often somebody did it: it was right."""
        with self._lock:
            self._times.pop(who, None)

    def _recent(self, who: Hashable) -> deque[float]:
        times = self._times.get(who) or deque()
        while times and self._now() - times[0] >= MINUTE:
            times.popleft()
        return times

    def _now(self) -> float:
        return self._clock() if self._clock else monotonic()


class Guesses:
    """Lets each address ask for `most` different unknown codes a minute.

    The same code again is no new guess: where a workshop was erased, the 300 phones of its room go
    on asking for one. Nor is a code that the address was let in by before, which tells it nothing
    new: whoever guesses from a room's own address keeps nobody there from scoring.
    """

    def __init__(self, most: int, remembered: int = 10_000) -> None:
        self.most = most
        self._remembered = remembered
        self._lock = threading.Lock()
        self._asked: OrderedDict[Hashable, _Asked] = OrderedDict()

    def left(self, who: Hashable) -> int:
        """Give how many new codes an address may ask for now, 0 or more."""
        with self._lock:
            return max(0, self.most - len(self._of(who).guessed))

    def take(self, who: Hashable, code: str) -> bool:
        """Count a code before it is known whether it is right; False when it may not be asked."""
        with self._lock:
            asked = self._of(who)
            if code in asked.known or code in asked.guessed:
                return True
            if len(asked.guessed) >= self.most:
                return False
            asked.guessed[code] = (monotonic(), False)
            return True

    def was_wrong(self, who: Hashable, code: str) -> None:
        """Count a code for its minute, whatever is answered to others who asked for it."""
        with self._lock:
            asked = self._of(who)
            asked.known.pop(code, None)
            at = asked.guessed[code][0] if code in asked.guessed else monotonic()
            asked.guessed[code] = (at, True)

    def was_right(self, who: Hashable, code: str) -> None:
        """Give a code back: this address knows it now."""
        with self._lock:
            asked = self._of(who)
            asked.guessed.pop(code, None)
            asked.known[code] = None
            if len(asked.known) > _KNOWN:
                asked.known.popitem(last=False)

    def give_back(self, who: Hashable, code: str) -> None:
        """Give a code back that nobody could look up, unless it is known to be wrong."""
        with self._lock:
            guessed = self._of(who).guessed
            if code in guessed and not guessed[code][1]:
                del guessed[code]

    def _of(self, who: Hashable) -> "_Asked":
        asked = self._asked.setdefault(who, _Asked({}, OrderedDict()))
        self._asked.move_to_end(who)
        if len(self._asked) > self._remembered:
            self._asked.popitem(last=False)
        now = monotonic()
        for code in [code for code, (at, _) in asked.guessed.items() if now - at >= MINUTE]:
            del asked.guessed[code]
        return asked


class _Asked(NamedTuple):
    """What one address asked for: codes with their second and whether wrong; and codes it knows."""

    guessed: dict[str, tuple[float, bool]]
    known: OrderedDict[str, None]


_LEAST: Final = 10  # characters of a passphrase
_MOST: Final = 200  # characters that are looked at: a longer one is refused before any work

_links: Final[dict[str, float]] = {}  # each with the second at which it ends
_links_lock: Final = threading.Lock()
_passphrase: Final[dict[str, bytes]] = {}  # its salt and its scrypt; empty without one
_hashing: Final = threading.Lock()  # one at a time: each takes 16 MB and some 50 ms
_tries: Final = Tries(most=5)


class Browser(NamedTuple):
    """A browser that is signed in; `mine` is the one that asks. `since` None: nobody kept it."""

    key: str
    called: str
    since: date | None
    by_passphrase: bool
    mine: bool


def new_sign_in_link(seconds: float = math.inf) -> str:
    """Give the secret part of a link that signs one browser in, once, within so many seconds."""
    link = new_secret()
    with _links_lock:
        _links[link] = monotonic() + seconds
    return link


def sign_in(link: str, browser: str = "") -> str:
    """Exchange a one-time link for the secret of a facilitator's cookie; every other link ends.

    Args:
        link: its secret part.
        browser: what the browser calls itself, for the list of those that are signed in.

    Raises:
        LinkSpent: it was used before, its time is over, or it was never given out.
        FileUnusable: the sign-in could not be saved; the link still works.
    """
    with _links_lock:
        if _links.get(link, -math.inf) < monotonic():
            raise LinkSpent(_SPENT)
        secret = _signed_in(browser, by_passphrase=False)
        _links.clear()
    return secret


_SPENT: Final = (
    "This sign-in link was already used, or a newer one took its place. "
    "Take the newest one from the window where the app was started."
)


def set_passphrase(text: str) -> None:
    """Keep the passphrase of this run, as scrypt in memory; never in the file.

    Raises:
        PassphraseRefused: it has fewer than 10 characters, or more than 200.
    """
    words = _words(text)
    if not _LEAST <= len(words) <= _MOST:
        raise PassphraseRefused(
            f"Use at least {_LEAST} characters, for example three words."
            if len(words) < _LEAST
            else f"Use at most {_MOST} characters for the passphrase."
        )
    salt = secrets.token_bytes(16)
    _passphrase.update(salt=salt, scrypt=_scrypt(words, salt))


def has_passphrase() -> bool:
    """Tell whether this run has a passphrase."""
    return bool(_passphrase)


def check_has_passphrase() -> None:
    """Refuse where there is none to type.

    Raises:
        NoPassphrase: none was set for this run.
    """
    if not has_passphrase():
        raise NoPassphrase(
            "People sign in to accounts here. Open a link from an administrator of yours."
            if is_shared()
            else "No passphrase was set for this room. "
            "Open the sign-in link from the window where the app was started."
        )


def sign_in_by_passphrase(typed: str, address: str, browser: str = "") -> str:
    """Exchange the passphrase for the secret of a facilitator's cookie, until the app ends.

    Args:
        typed: what somebody typed.
        address: where it came from: each may be wrong five times a minute.
        browser: as for sign_in.

    Raises:
        NoPassphrase: none was set for this run.
        PassphraseRefused: it is empty, longer than 200 characters, or not the right one.
        TooManyTries: the address was wrong five times within a minute. A link still works.
        FileUnusable: the sign-in could not be saved.
    """
    _check_passphrase(typed, address)
    _tries.forgive(address)
    return _signed_in(browser, by_passphrase=True)


def _check_passphrase(typed: str, address: str) -> None:
    """Refuse all but the right passphrase. Raises as sign_in_by_passphrase does."""
    check_has_passphrase()
    if not typed.strip():
        raise PassphraseRefused("Type the passphrase.")
    if len(typed) > _MOST:
        raise PassphraseRefused(f"A passphrase has at most {_MOST} characters.")
    if not _tries.take(address):
        raise TooManyTries(
            "Sign-in paused for 60 seconds. "
            "The link in the window where the app was started still works."
        )
    if not hmac.compare_digest(_scrypt(_words(typed), _passphrase["salt"]), _passphrase["scrypt"]):
        raise PassphraseRefused(f"That passphrase is not right. {_left(_tries.left(address))}")


def sign_out(caller: Caller) -> None:
    """Forget the caller's browser: from now on it is nobody's.

    Raises:
        FileUnusable: this could not be saved; the browser is still signed in.
    """
    if caller.facilitator:
        with writing() as cursor:
            remove_facilitator(cursor, plain_hash(caller.facilitator))


def signed_in_now(caller: Caller) -> tuple[Browser, ...]:
    """Give every browser that is signed in, the newest first; of a hosted room the caller's own.

    Raises:
        NotSignedIn: the caller is not the facilitator.
    """
    if is_shared():
        with belonging(caller) as (cursor, whose):
            held = accounts.signed_in_here(cursor)
        found = tuple(browser for account, browser in held if account == whose.account_id)
    else:
        with managing(caller, reading) as cursor:
            found = facilitators_in(cursor)
    mine = plain_hash(caller.facilitator)
    return tuple(
        Browser(key, called or "A browser", since, by_passphrase, key == mine)
        for key, called, since, by_passphrase in found
    )


def sign_out_another(caller: Caller, key: str) -> None:
    """Sign another browser out: what it has open may still be read, and does nothing more.

    In a hosted room an administrator may sign out any of the organisation, others their own.

    Args:
        caller: the facilitator.
        key: as `signed_in_now` gave it; one that is not signed in stays so.

    Raises:
        NotSignedIn: the caller is not the facilitator.
        FileUnusable: this could not be saved; the browser is still signed in.
    """
    if not is_shared():
        with managing(caller) as cursor:
            remove_facilitator(cursor, key)
        return
    with belonging(caller, writing) as (cursor, whose):
        held = {browser.token_hash: of for of, browser in accounts.signed_in_here(cursor)}
        if whose.role is Role.ADMINISTRATOR or held.get(key) == whose.account_id:
            accounts.sign_out(cursor, key)


def end_sign_ins_of_last_run() -> None:
    """Sign out who came by the passphrase of an earlier run. Called when the app starts."""
    with reading() as cursor:
        over = [known.token_hash for known in facilitators_in(cursor) if known.by_passphrase]
    if over:
        with writing() as cursor:
            for token_hash in over:
                remove_facilitator(cursor, token_hash)


def _signed_in(browser: str, *, by_passphrase: bool) -> str:
    secret = new_secret()
    with writing() as cursor:
        signed_in = SignedIn(plain_hash(secret), browser, date.today(), by_passphrase)
        add_facilitator(cursor, signed_in)
    return secret


def _words(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _scrypt(words: str, salt: bytes) -> bytes:
    with _hashing:
        return hashlib.scrypt(words.encode("utf-8", "surrogatepass"), salt=salt, n=2**14, r=8, p=1)


def _left(tries: int) -> str:
    if not tries:
        return "No try is left for the next minute."
    return f"{tries} {'try' if tries == 1 else 'tries'} left."
