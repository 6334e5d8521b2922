"""Who sees colours otherwise tells the teams apart: under Chromium's own emulation, and by shape.

The pictures are left in the folder of the test, for whoever wants to look.
"""

import io
from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from aqua_core.charts.slots import DARK, LIGHT, SHAPES, Look, colour, shape
from tests.kit.chromium import PROJECTOR, context, settled
from tests.kit.gestures import revealed, sampled, signed_in
from tests.kit.serving import Server

pytestmark = pytest.mark.long
SEEN = ("none", "protanopia", "deuteranopia", "tritanopia", "achromatopsia")


def seen_as(page: Page, how: str) -> None:
    page.context.new_cdp_session(page).send("Emulation.setEmulatedVisionDeficiency", {"type": how})


def swatches(browser: Browser, colours: tuple[str, ...], how: str) -> list[tuple[int, ...]]:
    """Give each colour as this eye sees it, sRGB."""
    page = context(browser, {"width": 800, "height": 50}).new_page()
    squares = "".join(f"<i style='background:{hue}'></i>" for hue in colours)
    page.set_content(
        "<style>body{margin:0;display:flex}i{width:100px;height:50px}</style>" + squares
    )
    seen_as(page, how)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.context.close()
    return [picture.getpixel((50 + 100 * n, 25)) for n in range(len(colours))]


def oklab(colour: tuple[int, ...]) -> tuple[float, ...]:
    """Give lightness, green to red and blue to yellow (Ottosson, 2020)."""
    r, g, b = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (part / 255 for part in colour)
    )
    cones = (
        (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3),
        (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3),
        (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3),
    )
    rows = (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
    return tuple(sum(a * c for a, c in zip(row, cones, strict=True)) for row in rows)


# The least distance between two of the eight, less 0.002 for the rounding of a screen.
NEAREST = {
    "light": (
        LIGHT,
        {"none": 0.168, "protanopia": 0.142, "deuteranopia": 0.152, "tritanopia": 0.131},
    ),
    "dark": (
        DARK,
        {"none": 0.168, "protanopia": 0.154, "deuteranopia": 0.155, "tritanopia": 0.135},
    ),
}


@pytest.mark.parametrize("theme", NEAREST)
def test_the_eight_colours_stay_apart_for_each_kind_of_colour_blindness(
    browser: Browser, theme: str
) -> None:
    colours, least = NEAREST[theme]
    for how, distance in least.items():
        seen = [oklab(swatch) for swatch in swatches(browser, colours, how)]

        assert min(dist(one, other) for one, other in combinations(seen, 2)) >= distance, how


def test_where_no_colour_is_seen_the_shapes_tell_the_teams_apart(browser: Browser) -> None:
    greys = swatches(browser, LIGHT, "achromatopsia")

    # Teal and violet become the same grey, so nothing may hang on colour alone.
    assert dist(oklab(greys[2]), oklab(greys[4])) < 0.01
    assert len({shape(slot) for slot in range(8)}) == len(SHAPES) == 8
    looks = {(colour(slot, Look()), shape(slot)) for slot in range(24)}
    assert len(looks) == 24


def test_the_pictures_of_the_sample_are_taken_as_each_eye_sees_them(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    page = signed_in(browser, server, PROJECTOR)
    code = sampled(page)
    revealed(page)
    page.wait_for_url("**/gaps?*")
    for address in ("gaps", "one-domain", "talk"):
        page.goto(f"{server.url}/{address}?workshop={code}")
        settled(page)
        page.locator("[data-testid=stVegaLiteChart] svg.marks text").first.wait_for()
        page.wait_for_timeout(500)
        taken = {}
        for how in SEEN:
            seen_as(page, how)
            path = tmp_path / f"{address}-{how}.png"
            taken[how] = page.screenshot(path=path)

        assert len(set(taken.values())) == len(SEEN), address
        grey = Image.open(tmp_path / f"{address}-achromatopsia.png").convert("RGB")
        assert all(max(pixel) - min(pixel) <= 3 for _, pixel in grey.getcolors(1 << 24))
    page.context.close()
