"""The gate: measures a shot against the product layer it was made from. START HERE for quality.

Whether the words on the product can still be read in the picture, as they could before it was painted round them.
"""

import dataclasses
from collections.abc import Iterator
from typing import TypeAlias

import numpy as np

from photoshoot.arrays import BoolArray, share_within
from photoshoot.pixels.bands import two_at_once
from photoshoot.pixels.imaging import CORE_ALPHA, light_product
from photoshoot.quality.core_region import digest, measure_fidelity, simplify
from photoshoot.quality.expansion import measure_expansion
from photoshoot.quality.marketplaces import check_rules, measure_frame
from photoshoot.quality.measures import (
    LEAST_SIZE_PX,
    lay_old_background,
    measure_contrast,
    measure_halo,
    measure_palette_distance,
    measure_scene,
    measure_seam,
)
from photoshoot.quality.surroundings import Surroundings, measure_contact
from photoshoot.records import Canvas, Edge, ProductLayer, QualityReport, RgbImage, Shot
from photoshoot.records.reports import THRESHOLDS
from photoshoot.stages import Segmenter
from photoshoot.vision.printed_text import PrintedLine, PrintedTextReader, measure_character_errors

_GREY = np.float32(200)  # what the product stands before when it is read alone
_ROOM_PX = 16  # round the product, in which paint may have run into its letters


def measure_text_errors(image: RgbImage, layer: ProductLayer, reader: PrintedTextReader) -> float | None:
    """Character error rate of the product's words in a picture, 0 to 1, against the product alone; None: it has none.

    Args:
        image: (H, W, 3), the finished picture.
        layer: The product as it was laid on the canvas.
        reader: Reads both.
    """
    alpha = layer.alpha_matte[..., None]
    rows, columns = np.nonzero(layer.alpha_matte > 0)
    if not rows.size:
        return None
    window = (
        slice(max(0, int(rows.min()) - _ROOM_PX), int(rows.max()) + _ROOM_PX + 1),
        slice(max(0, int(columns.min()) - _ROOM_PX), int(columns.max()) + _ROOM_PX + 1),
    )
    alone = np.round(layer.rgb * alpha + _GREY * (1 - alpha)).astype(np.uint8)
    expected, found = (reader.read(np.ascontiguousarray(picture[window])) for picture in (alone, image))
    return compare_lines(expected, found)


def compare_lines(expected: tuple[PrintedLine, ...], found: tuple[PrintedLine, ...]) -> float | None:
    """Character error rate over all expected lines, each against the found one that is most like it; at most 1."""
    letters = sum(len(line.text) for line in expected)
    if not letters:
        return None
    wrong = sum(
        len(line.text) * min([1.0, *(measure_character_errors(line.text, other.text) for other in found)])
        for line in expected
    )
    return wrong / letters


_Finding: TypeAlias = tuple[str, float | None, str]
"""A measure's name, its value, and a note."""


def inspect(
    shot: Shot, layer: ProductLayer, segmenter: Segmenter | None = None, reader: PrintedTextReader | None = None
) -> Shot:
    """Measure a shot and return it with its ``QualityReport``.

    Args:
        shot: A finished picture.
        layer: The product layer it was made from.
        segmenter: Cuts the product out of the picture to see whether it grew, which takes about a second; None: that
            is not measured.
        reader: Reads the product's words before and after, which takes some seconds; None: they are not read.
    """
    core = layer.alpha_matte >= CORE_ALPHA
    region, packed = simplify(core)
    findings = {name: (value, note) for name, value, note in _measure(shot, layer, core, segmenter)}
    findings["text_errors"] = _text(shot, layer, reader)
    report = QualityReport(
        checks=tuple(kind.judge(name, *findings[name]) for name, kind in THRESHOLDS.items()),
        core_region=packed,
        core_sha256=digest(shot.image, region),
    )
    return dataclasses.replace(shot, quality=report)


def _measure(shot: Shot, layer: ProductLayer, core: BoolArray, segmenter: Segmenter | None) -> Iterator[_Finding]:
    parts = _product(shot, layer, core, segmenter), _beside(shot, layer), _scene(shot, layer), _packshot(shot, layer)
    for findings in two_at_once(list, parts):
        yield from findings


def _product(shot: Shot, layer: ProductLayer, core: BoolArray, segmenter: Segmenter | None) -> Iterator[_Finding]:
    """What became of the product's own pixels."""
    lit = light_product(layer, shot.product_light)
    for name, value in dataclasses.asdict(measure_fidelity(shot.image, lit, core)).items():
        yield name, value, ""
    kept = None if shot.product_light is None else measure_fidelity(shot.image, layer, core).gradient_correlation
    yield _or_note("fidelity_relit", kept, "the product's pixels are its own")
    yield "outside_safe_area", _measure_outside(core, shot.canvas), ""
    yield _expansion(shot, layer, segmenter)
    yield _style(shot, layer)


def _beside(shot: Shot, layer: ProductLayer) -> Iterator[_Finding]:
    """How the product and the set go together."""
    around = Surroundings.of(shot.image, layer, shot.canvas)
    yield _halo(shot, around)
    yield _or_note("seam", measure_seam(around), "there is no room beside the product")
    contact = measure_contact(shot.image, layer.alpha_matte, shot.canvas)
    yield "contact", contact.drop, contact.note
    yield _or_note("contrast", measure_contrast(around), "there is no room beside the product")


def _measure_outside(core: BoolArray, canvas: Canvas) -> float:
    """Share of the core that lies outside the safe area; on a snapped side the product may reach the edge."""
    safe, allowed = canvas.safe_area, np.zeros(core.shape, bool)
    left = 0 if Edge.LEFT in canvas.snapped else safe.left
    top = 0 if Edge.TOP in canvas.snapped else safe.top
    right = canvas.width_px if Edge.RIGHT in canvas.snapped else safe.right
    bottom = canvas.height_px if Edge.BOTTOM in canvas.snapped else safe.bottom
    allowed[top:bottom, left:right] = True
    return share_within(~allowed, core)


def _expansion(shot: Shot, layer: ProductLayer, segmenter: Segmenter | None) -> _Finding:
    if segmenter is None:
        return "expansion", None, "not asked for"
    found = measure_expansion(shot.image, layer.alpha_matte, segmenter)
    if found is None:
        return "expansion", None, "the segmenter finds no product in the picture"
    return "expansion", found.share, f"by {found.segmenter}"


def _text(shot: Shot, layer: ProductLayer, reader: PrintedTextReader | None) -> tuple[float | None, str]:
    if reader is None:
        return None, "not asked for"
    rate = measure_text_errors(shot.image, layer, reader)
    return rate, "" if rate is not None else "no words are read on the product"


def _scene(shot: Shot, layer: ProductLayer) -> Iterator[_Finding]:
    names = ("tonal_range", "clipped_share", "banded_share", "noise")
    if shot.scene.design.pure_white:
        yield from ((name, None, "a packshot is white all over") for name in names)
        return
    faults = measure_scene(shot.image, layer.alpha_matte)
    for name in names:
        yield _or_note(name, None if faults is None else getattr(faults, name), "too little of the scene is seen")


def _packshot(shot: Shot, layer: ProductLayer) -> Iterator[_Finding]:
    """What marketplaces ask of main pictures, and in words what they say to this one."""
    names = ("white_edge", "fill", "margin")
    frame = measure_frame(shot.image, layer.alpha_matte) if shot.scene.design.pure_white else None
    if frame is None:
        yield from ((name, None, "no packshot") for name in names)
        return
    verdicts = check_rules(frame)
    broken = {
        name: [item.told for item in found if not item.passed and item.required] for name, found in verdicts.items()
    }
    told = "; ".join(f"{name}: {', '.join(faults) or 'takes it'}" for name, faults in broken.items())
    yield "white_edge", frame.white_edge, told
    yield "fill", frame.fill, ""
    yield "margin", frame.margin, ""


def _halo(shot: Shot, around: Surroundings) -> _Finding:
    box = shot.canvas.product_box
    if (box.width * box.height) ** 0.5 < LEAST_SIZE_PX:
        return "halo", None, f"the product is under {LEAST_SIZE_PX} px: its edge is all there is"
    old = lay_old_background(shot.product.cutout, around)
    if old is None:
        return "halo", None, "the photo brought its own matte: its background is not known"
    return _or_note("halo", measure_halo(around, old), "the old background looks like the new one")


def _style(shot: Shot, layer: ProductLayer) -> _Finding:
    reference = shot.scene.style_reference
    if reference is None:
        return "palette_distance", None, "the scene has no style reference"
    return "palette_distance", measure_palette_distance(shot.image, layer.alpha_matte, reference), ""


def _or_note(name: str, value: float | None, note: str) -> _Finding:
    return name, value, note if value is None else ""
