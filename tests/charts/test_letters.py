"""How wide a text is taken to be: one table for pictures, report and workbook."""

import pytest

from aqua_core.vocabulary.letters import Face, ems


@pytest.mark.parametrize("face", list(Face))
@pytest.mark.parametrize(("accented", "plain"), [("é", "e"), ("Ï", "I"), ("ŵ", "w"), ("Ñ", "N")])
def test_an_accent_makes_no_letter_wider(face: Face, accented: str, plain: str) -> None:
    assert ems(accented, face) == ems(plain, face)


@pytest.mark.parametrize("face", list(Face))
def test_chinese_is_as_wide_as_it_is_high(face: Face) -> None:
    assert 4 <= ems("整合照护", face) < 4.5


def test_the_two_faces_that_are_only_bounded_lie_over_arial_on_a_line_of_words() -> None:
    line = "Users and carers of the mental health trust, front line, Wigan"

    assert ems(line, Face.ARIAL) < ems(line, Face.SOURCE_SANS) < ems(line, Face.READERS)
