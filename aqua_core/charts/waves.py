"""How a place moved: a line a domain, from its first published wave to its last."""

from collections.abc import Iterable

import altair as alt

from aqua_core.charts.plan.canvas import (
    LEADING,
    Layer,
    Row,
    mark_layer,
    on_page,
    rules,
    text_layer,
    x2_at,
    x_at,
    y2_at,
    y_at,
)
from aqua_core.charts.plan.legend import Key, foot
from aqua_core.charts.plan.slopes import Slopes, nudged, steps_of
from aqua_core.charts.slots import Look
from aqua_core.charts.words import WAVE_PLACES, change
from aqua_core.vocabulary import PublishedWaves
from aqua_core.vocabulary.figures import said
from aqua_core.vocabulary.wave import PublishedDomain


def waves(published: PublishedWaves, look: Look, height: int) -> alt.LayerChart:
    """Draw a line a domain through its means, named at the right beside its last mean.

    Args:
        published: means of 0 to 5, to two decimals, as printed.
        look: light or dark, and the type.
        height: px.

    Returns:
        Lines between the half points around the means; a fall is dashed, carries a triangle and,
        when it is the last step, the word "fell". Labels move apart rather than overlap.
    """
    named = tuple(_label(domain) for domain in published.domains)
    slopes = Slopes(published, look, height, foot(_keys(published, look), look), named)
    layers = [
        *_grid(slopes),
        *_lines(slopes),
        _falls(slopes),
        *_edge(slopes, 0),
        *_edge(slopes, len(published.waves) - 1),
        *slopes.foot.layers,
    ]
    return on_page(layers, look, height)


def _label(domain: PublishedDomain) -> str:
    fell = len(domain.means) > 1 and change(domain, -2) < 0
    return f"{said(domain.means[-1], WAVE_PLACES)} {domain.name}{' (fell)' if fell else ''}"


def _keys(published: PublishedWaves, look: Look) -> list[Key]:
    fell = any(
        change(domain, n, n + 1) < 0
        for domain in published.domains
        for n in range(len(domain.means) - 1)
    )
    return [Key("dashed: fell since the wave before", look.ink, "triangle-down")] if fell else []


def _grid(slopes: Slopes) -> Iterable[Layer]:
    look = slopes.look
    yield rules(
        [{"wave": n} for n in range(len(slopes.published.waves))], look.grid, 2, aria=False
    ).encode(x=slopes.x(), y=y_at(str(slopes.top - look.font * 0.5)), y2=y2_at(str(slopes.bottom)))
    names = [
        {"wave": n, "words": "\n".join(slopes.wave_lines(wave))}
        for n, wave in enumerate(slopes.published.waves)
    ]
    yield text_layer(names, look.font, look.ink, fontWeight=600).encode(
        x=slopes.x(), y=y_at(str((slopes.top - look.font * 0.9) / 2))
    )


def _lines(slopes: Slopes) -> Iterable[Layer]:
    look = slopes.look
    steps = [step for domain in slopes.published.domains for step in steps_of(domain, slopes)]
    for fell, dash in ((False, [1, 0]), (True, [look.line * 2.5, look.line * 2])):
        yield rules(
            [step for step in steps if step["fell"] is fell],
            look.quiet,
            look.line,
            strokeDash=dash,
        ).encode(x=slopes.x(), x2=alt.X2("next:Q"), y=y_at("datum.y"), y2=y2_at("datum.y2"))
    dots = [
        {
            "wave": n,
            "y": slopes.y(mean),
            "colour": look.quiet,
            "shape": "circle",
            "words": f"{domain.name}: {said(mean, WAVE_PLACES)}",
        }
        for domain in slopes.published.domains
        for n, mean in enumerate(domain.means)
    ]
    yield mark_layer(dots, look.mark * 0.9, look).encode(
        x=slopes.x(), y=y_at("datum.y"), tooltip=alt.Tooltip("words:N", title=" ")
    )


def _falls(slopes: Slopes) -> Layer:
    """Put a triangle that points down in the middle of each fall."""
    rows = [
        {
            "wave": step["wave"] + 0.5,
            "y": (step["y"] + step["y2"]) / 2,
            "colour": slopes.look.ink,
            "shape": "triangle-down",
        }
        for domain in slopes.published.domains
        for step in steps_of(domain, slopes)
        if step["fell"]
    ]
    return mark_layer(rows, slopes.look.mark, slopes.look).encode(x=slopes.x(), y=y_at("datum.y"))


def _edge(slopes: Slopes, wave: int) -> Iterable[Layer]:
    """Write the values of the first wave at the left, and of the last, with names, at the right."""
    look, last = slopes.look, wave > 0
    apart = look.small * LEADING
    beside = wave - 1 if last else min(1, len(slopes.published.waves) - 1)
    domains = slopes.published.domains
    places = [slopes.y(domain.means[wave]) for domain in domains]
    leaning = [y + slopes.y(d.means[beside]) / 1e4 for y, d in zip(places, domains, strict=True)]
    spots = nudged(leaning, apart, slopes.top, slopes.bottom)
    words = (
        slopes.labels if last else [said(d.means[0], WAVE_PLACES) for d in slopes.published.domains]
    )
    side = look.font * (1.3 if last else -1.3)
    rows: list[Row] = [
        {"wave": wave, "y": place, "spot": spot, "words": label}
        for place, spot, label in zip(places, spots, words, strict=True)
    ]
    start, end = (f"width - {slopes.right}", 1) if last else (f"{slopes.left}", -1)
    yield rules(rows, look.quiet, 1.5, aria=False).encode(
        x=x_at(f"{start} + {end * look.mark * 0.5}"),
        x2=x2_at(f"{start} + {side - end * look.font * 0.15}"),
        y=y_at("datum.y"),
        y2=y2_at("datum.spot"),
    )
    yield text_layer(
        rows, look.small, look.ink if last else look.quiet, align="left" if last else "right"
    ).encode(x=x_at(f"{start} + {side}"), y=y_at("datum.spot"))
