"""Makes small real records for the tests: a drawn product with a known matte."""

from __future__ import annotations

import hashlib

import numpy as np
from PIL import Image, ImageDraw

from photoshoot.framing.layout import AdSize, lay_out
from photoshoot.pixels.imaging import build_layer, tight_box
from photoshoot.records import Canvas, Category, Cutout, Product, Scene, ShotRequest, Swatch
from photoshoot.sets import SetDesign, hold
from photoshoot.sets.cyclorama import Cyclorama
from photoshoot.sets.flat_lay import FlatLay
from photoshoot.sets.hanging_wall import HangingWall
from photoshoot.settings import Placement, Stance


def draw_cutout(width: int = 240, height: int = 320, *, shape: str = "bottle") -> Cutout:
    """A drawn product with an antialiased matte and a stripe and speckle on it."""
    big = Image.new("L", (width * 4, height * 4))
    pen = ImageDraw.Draw(big)
    x, y = width * 4, height * 4
    if shape == "bottle":
        pen.rounded_rectangle((0.30 * x, 0.32 * y, 0.70 * x, 0.95 * y), 0.06 * x, fill=255)
        pen.rounded_rectangle((0.42 * x, 0.06 * y, 0.58 * x, 0.40 * y), 0.02 * x, fill=255)
    elif shape == "ring":
        pen.ellipse((0.1 * x, 0.1 * y, 0.9 * x, 0.9 * y), fill=255)
        pen.ellipse((0.35 * x, 0.35 * y, 0.65 * x, 0.65 * y), fill=0)
    else:
        pen.rectangle((0.1 * x, 0.1 * y, 0.9 * x, 0.9 * y), fill=255)
    alpha = np.asarray(big.resize((width, height), Image.Resampling.BOX), np.float32) / np.float32(255)
    rgb = np.full((height, width, 3), (40, 120, 70), np.uint8)
    rgb[int(0.55 * height) : int(0.7 * height)] = (235, 230, 215)
    speckle = np.random.default_rng(5).integers(-12, 13, (height, width, 1))
    rgb = np.clip(rgb + speckle, 0, 255).astype(np.uint8)
    return cutout_of(rgb, alpha)


def cutout_of(rgb: np.ndarray, alpha: np.ndarray, name: str = "drawn") -> Cutout:
    """A cut-out record round pixels."""
    box = tight_box(alpha)
    assert box is not None
    return Cutout(
        rgb=rgb,
        alpha_matte=alpha,
        box=box,
        touches=frozenset(),
        confidence=1.0,
        segmenter="drawn",
        photo_name=name,
        photo_sha256=hashlib.sha256(rgb.tobytes() + alpha.tobytes()).hexdigest(),
    )


def make_product(cutout: Cutout | None = None, *, category: Category = Category.DRINK) -> Product:
    """A named product."""
    return Product(
        cutout=cutout or draw_cutout(),
        name="green bottle",
        description="A green and cream bottle.",
        category=category,
        palette=(Swatch(hex="#287846", name="green", share=0.8), Swatch(hex="#ebe6d7", name="ivory", share=0.2)),
        confidence=1.0,
    )


def make_scene(design: SetDesign | None = None, preset_id: str | None = "white_background") -> Scene:
    """A scene round a design."""
    return Scene(
        text="in front of a white background",
        full_text="green bottle, in front of a white background",
        negative_text="",
        preset_id=preset_id,
        design=design or Cyclorama(),
        style_reference=None,
        reading="preset white_background",
    )


def lay_flat(design: SetDesign) -> FlatLay:
    """The flat-lay that a set becomes."""
    flat = hold(design, Stance.LYING)
    assert isinstance(flat, FlatLay)
    return flat


def hang(design: SetDesign) -> HangingWall:
    """The wall to hang on that a set becomes."""
    wall = hold(design, Stance.HANGING)
    assert isinstance(wall, HangingWall)
    return wall


def make_canvas(product: Product, width: int = 240, height: int = 160, placement: Placement | None = None) -> Canvas:
    """A small canvas without a safe margin."""
    size = AdSize(label="test", width_px=width, height_px=height)
    stance = placement.stance if placement and placement.stance else Stance.UPRIGHT
    return lay_out(product.cutout, size, stance=stance, safe_margin=False, placement=placement)


def make_request(
    design: SetDesign | None = None, *, product: Product | None = None, canvas: Canvas | None = None, seed: int = 7
) -> ShotRequest:
    """One shot to be placed."""
    product = product or make_product()
    canvas = canvas or make_canvas(product)
    layer = build_layer(product.cutout, canvas)
    return ShotRequest(
        product=product,
        layer=layer,
        canvas=canvas,
        scene=make_scene(hold(design or Cyclorama(), canvas.stance)),
        seed=seed,
        prompt_index=0,
    )
