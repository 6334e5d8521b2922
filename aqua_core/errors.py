"""What the room is told when something cannot be done: what happened, and what to do next.

Each class name is the fact; its text is a whole sentence, ready for a screen. Nothing else that
is raised reaches the room: it is a fault of ours.
"""

from collections.abc import Mapping


class Refusal(Exception):
    """Something that a person asked for was not done. `str()` is the sentence for the screen.

    Not a ValueError: pydantic lets it pass unchanged, so the sentence survives validation.
    """


class TextRefused(Refusal):
    """A name or a text is empty, too long, or holds characters that the room does not show."""


class ChoiceRefused(Refusal):
    """A choice is not one of those offered."""


class FieldsRefused(Refusal):
    """Fields of a form cannot be kept; `faults` has the sentence of each, by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


class MoveRefused(Refusal):
    """A room's file cannot come into a database, or nothing that it was asked for goes out."""


class FigureRefused(Refusal):
    """A figure is missing, unreadable, too large, or could be two."""


class DateRefused(Refusal):
    """A date is missing, unreadable, or on the wrong side of today."""


class WorthAsking(Refusal):
    """What was typed may well be right: said once more, it is kept as it is."""


class LooksPersonal(WorthAsking):
    """A text holds what looks like an e-mail address, a telephone number or an NHS number."""


class DateFarAway(WorthAsking, DateRefused):
    """A review lies more than two years ahead, where small tests end in weeks."""


class SamePlace(WorthAsking):
    """A place is named nearly as one that is here: it may be the same. `known` is that name."""

    def __init__(self, sentence: str, known: str) -> None:
        super().__init__(sentence)
        self.known = known


class KeptBack(Refusal):
    """What earlier waves or other places scored may not be seen while a room scores.

    `code` is that of the room's workshop. `place_id` is the place that scores, `wave_id` the wave
    that is kept back, of which the workshop could be a sitting; "" for neither.
    """

    def __init__(self, sentence: str, code: str, place_id: str = "", wave_id: str = "") -> None:
        super().__init__(sentence)
        self.code, self.place_id, self.wave_id = code, place_id, wave_id


class ScoreRefused(Refusal):
    """A score is neither a whole number from 0 to 5 nor `cannot say`."""


class AlreadyThere(Refusal):
    """Two things in one place would have the same name."""


class NotSignedIn(Refusal):
    """The act is the facilitator's, and this browser is not signed in as one."""


class ReadsOnly(Refusal):
    """The act changes something, and the account that asks is a reader's."""


class NotAdministrator(Refusal):
    """The act is an administrator's, of an organisation that is hosted."""


class LastAdministrator(Refusal):
    """The organisation would be left without an administrator."""


class NoSuchAccount(Refusal):
    """The organisation has no such account."""


class LinkSpent(Refusal):
    """A one-time sign-in link was used before, or was never given out."""


class PassphraseRefused(Refusal):
    """A passphrase is too short to be set, or is not the one that was set."""


class NoPassphrase(Refusal):
    """No passphrase was set when the app was started."""


class TooManyTries(Refusal):
    """One address was wrong too often within a minute."""


class NoSuchWorkshop(Refusal):
    """No open workshop has this code."""


class WorkshopClosed(Refusal):
    """The workshop is closed: its results stay as they are."""


class NoSuchPlace(Refusal):
    """The file holds no such place, or no such wave of it."""


class PlaceRefused(Refusal):
    """A place cannot be joined to another, or named as it is."""


class NoSuchTeam(Refusal):
    """The workshop has no such team."""


class NoSeat(Refusal):
    """This device has no seat in the workshop."""


class NoSuchSeat(Refusal):
    """The workshop has no such seat."""


class SeatAside(Refusal):
    """The facilitator has set this seat aside: it counts nowhere until it is put back."""


class JoiningClosed(Refusal):
    """The facilitator lets nobody more in for now."""


class RoomFull(Refusal):
    """The workshop has as many seats as it holds."""


class MoreSeatsThanPeople(Refusal):
    """More seats have scored than people were expected."""


class SeatedAlready(Refusal):
    """This device has a seat in the workshop, and may hold one."""


class NoSuchCode(Refusal):
    """Nobody shows this short code: it was used, its time is over, or it never was."""


class TooFast(Refusal):
    """One seat changes its scores faster than a person does."""


class NotScored(Refusal):
    """The domain is not being scored in this workshop now."""


class RoundClosed(Refusal):
    """The round was revealed: its scores stand."""


class RoundTakenBack(Refusal):
    """The round was taken back: nothing of it will ever be shown."""


class NothingToResume(Refusal):
    """Nobody has anything left to answer, or too few have for their scores to be added."""


class NothingToReveal(Refusal):
    """No round is open."""


class NothingToReview(Refusal):
    """A calendar was asked for and there is no day to put into it."""


class SeenTogether(Refusal):
    """A sitting is not revealed by itself: it is seen with the others of its wave."""


class SittingRefused(Refusal):
    """A workshop cannot be a sitting of this wave, or cannot leave it any more."""


class BadSealedFile(Refusal):
    """A file is no sealed sitting or invitation, is of another wave, or was changed."""


class StillSealed(Refusal):
    """The scores are sealed: nothing of them is shown before the reveal."""


class ScoringOpen(Refusal):
    """Scoring has begun, so this can no longer be changed."""


class NoSuchAction(Refusal):
    """The plan holds no such action."""


class NoPrediction(Refusal):
    """A cycle cannot be studied: nobody had said what was expected."""


class CycleOpen(Refusal):
    """The cycle before has not been studied yet."""


class CycleStudied(Refusal):
    """The cycle was studied: what it says stays as it is."""


class ChangedMeanwhile(Refusal):
    """Somebody else changed the same thing since it was shown."""


class NothingToUndo(Refusal):
    """No act of the facilitator is left to be taken back."""


class NoSuchReason(Refusal):
    """Nobody wrote such a reason, or it was taken back."""


class BadInstrument(Refusal):
    """An instrument file is missing or cannot be used; the sentence names line and remedy."""


class BadPrompts(Refusal):
    """The file of prompts is missing or cannot be used; the sentence names line and remedy."""


class BadRunSheet(Refusal):
    """A file of a run sheet cannot be used; the sentence names the place and the remedy."""


class NoSuchProgramme(Refusal):
    """The file holds no such programme, session or request."""


class NoSuchSheet(Refusal):
    """No run sheet drives this workshop, or the session has no step."""


class TooFewAnswers(Refusal):
    """So few have answered that what is told would say whose it is."""


class BadTable(Refusal):
    """A table cannot be taken; each of `faults` is a sentence that names the row and the remedy."""

    def __init__(self, *faults: str) -> None:
        super().__init__(" ".join(faults))
        self.faults = faults


class BadMeans(BadTable):
    """Published means cannot be used."""


class BadReadings(BadTable):
    """Readings that were brought cannot be taken."""


class NoSuchMeasure(Refusal):
    """A place follows no such measure, or there is no such reading of it."""


class FileUnusable(Refusal):
    """The room's file is locked, foreign, damaged or cannot be written."""


class DiskAlmostFull(Refusal):
    """The disk may not take what would be begun."""


class BadSample(Refusal):
    """The file of the sample place is missing or cannot be used; the sentence names the line."""


class BadPlanFile(BadTable):
    """A file of a plan cannot be taken; a sentence names the column, too."""


class BadCard(Refusal):
    """A file is no wave card, or cannot be counted; nothing of it is kept."""


class BadGiven(Refusal):
    """Files that places gave cannot be read together; nothing of them is used."""


class BandRefused(Refusal):
    """No band can be published now without giving a place away; the earlier one stands."""


class BadPack(Refusal):
    """A file is no session pack, or was changed since it was written; nothing of it is taken."""
