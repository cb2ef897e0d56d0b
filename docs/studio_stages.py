"""Draws the stages of the studio's renderer for ``docs/studio.md``: ``docs/images/studio/*.jpg``.

    python docs/studio_stages.py [STAGE…]

The panels of a stage are what the renderer's own functions take and give, for one photo, one preset and one seed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from photoshoot import Photoshoot, Prompt
from photoshoot.color.space import linear_to_srgb
from photoshoot.pixels.imaging import composite
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.variant import load_variant
from photoshoot.records import Provenance, Shot, ShotRequest
from photoshoot.settings import StudioSettings
from photoshoot.stages import OnStep

load_variant()

import mitsuba as mi  # noqa: E402  # of the variant that was set just now

from photoshoot.placers.studio.product.contact import contact_shade  # noqa: E402
from photoshoot.placers.studio.product.proxy import build_proxy  # noqa: E402
from photoshoot.placers.studio.renderer.aov import INTEGRATOR, Aovs  # noqa: E402
from photoshoot.placers.studio.renderer.denoise import build_denoiser  # noqa: E402
from photoshoot.placers.studio.renderer.exposure import ToneMapping, _card, _card_center, encode  # noqa: E402
from photoshoot.placers.studio.renderer.holdout import inpaint_under_holdout  # noqa: E402
from photoshoot.placers.studio.renderer.pipeline import RenderPipeline  # noqa: E402
from photoshoot.placers.studio.renderer.raw_render import RawRender  # noqa: E402
from photoshoot.placers.studio.renderer.refine import blend_patch  # noqa: E402
from photoshoot.placers.studio.renderer.sensor import Film  # noqa: E402
from photoshoot.placers.studio.renderer.tiling import cover_with_rectangles  # noqa: E402
from photoshoot.placers.studio.renderer.tone_curves import CURVES  # noqa: E402
from photoshoot.placers.studio.renderer.upsample import add_detail, missing_detail, restore_albedo_detail  # noqa: E402
from photoshoot.placers.studio.scene.shapes import load_shapes  # noqa: E402
from photoshoot.placers.studio.scene_cache import BuiltSet, SceneCache, SetKey  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images" / "studio"
PHOTO = ROOT / "examples" / "bottle.jpg"
NEEDLES, MATTE, NEON = "christmas_pine_wood_lights", "pink_podium_disc", "neon_bars_cyan_violet"
SEED, REFERENCE_SPP = 7, 64
CLOSE = (40, 330, 440, 590)
"""Left, top, right and bottom of the part of ``NEEDLES`` that shows light in close-up, canvas px."""
GAP, TITLE_PX, QUALITY = 12, 30, 84
INK, PAPER, ACCENT, RIM = (34, 48, 60), (255, 255, 255), (255, 196, 77), (214, 219, 224)

Floats = npt.NDArray[np.float32]
Panel = tuple[str, Image.Image]


class Recorder:
    """A placer that keeps what it is asked to place, and places nothing."""

    batch_size = 1
    overlap = 1

    def __init__(self) -> None:
        self.requests: list[ShotRequest] = []

    def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        """See ``photoshoot.stages.Placer``."""
        del on_step
        self.requests += requests
        nothing = Provenance(engine="recorder", versions={}, settings={})
        return [
            each.answer(np.zeros((each.canvas.height_px, each.canvas.width_px, 3), np.uint8), nothing)
            for each in requests
        ]

    def close(self) -> None:
        """See ``photoshoot.stages.Placer``."""


class Dissected:
    """One shot, taken apart."""

    def __init__(self, preset: str) -> None:
        recorder = Recorder()
        with Photoshoot.with_placer(recorder) as shoot:
            shoot.generate(PHOTO, prompts=[Prompt.preset(preset)], seed=SEED, max_redraws=0)
        self.request = recorder.requests[0]
        self.pipeline = RenderPipeline(StudioSettings())
        self.built: BuiltSet = SceneCache(self.pipeline).build(SetKey.of(self.request))
        self.view, self.tone = self.built.key.view, self.built.tone_mapping
        proxy = build_proxy(self.request.layer, self.request.canvas, self.view)
        self.shapes = {**self.built.shapes, **proxy.load_shapes(self.tone)}
        self.raw: RawRender = self.render(self.pipeline, self.request.layer.alpha_matte)
        self.light: Floats = self.pipeline.reconstruct(self.raw)

    def render(self, pipeline: RenderPipeline, alpha: Floats) -> RawRender:
        """The shot, traced as a pipeline does."""
        camera = pipeline.camera(self.view, self.built.camera.aperture)
        return pipeline.render(self.shapes, camera, alpha, self.request.seed)

    def render_empty(self, shapes: Mapping[str, object], view: View) -> Floats:
        """Clean light of shapes as a view without a product sees them."""
        nothing = np.zeros((view.height_px, view.width_px), np.float32)
        raw = self.pipeline.render(shapes, self.pipeline.camera(view, self.built.camera.aperture), nothing, SEED)
        return self.pipeline.reconstruct(raw)

    def shade(self) -> Floats:
        """The contact shadow (H, W)."""
        return contact_shade(self.request.layer, self.request.canvas, self.view)

    def show(self, light: Floats, tone: ToneMapping | None = None) -> Image.Image:
        """A picture of light, tone-mapped as the shot is."""
        return Image.fromarray(encode((tone or self.tone).apply(light), np.random.default_rng(0)))

    def finish(self, light: Floats, tone: ToneMapping | None = None) -> Image.Image:
        """A picture of light, with the product over it."""
        return Image.fromarray(composite(np.asarray(self.show(light, tone)), self.request.layer))


@cache
def dissect(preset: str) -> Dissected:
    """A preset's shot, taken apart once."""
    return Dissected(preset)


# -- the stages --------------------------------------------------------------------------------------------------------


def draw_registration() -> list[Panel]:
    """The whole film with the canvas in it, and the floor and the product's plane as the camera sees them."""
    shot = dissect(MATTE)
    view = shot.view
    half = max(view.axis_row_px, view.height_px - view.axis_row_px)
    top = half - view.axis_row_px
    whole = shot.show(shot.render_empty(shot.shapes, replace(view, height_px=2 * half, axis_row_px=half)))
    dimmed = np.asarray(whole, np.float32) * 0.35
    dimmed[top : top + view.height_px] = np.asarray(whole)[top : top + view.height_px]
    film = Image.fromarray(dimmed.astype(np.uint8))
    pen = ImageDraw.Draw(film)
    pen.rectangle((2, top, view.width_px - 3, top + view.height_px - 3), outline=ACCENT, width=5)
    pen.line((0, half, view.width_px, half), fill=ACCENT, width=3)
    _label(pen, (22, half + 8), "optical axis = horizon = middle of the film")
    _label(pen, (22, top + view.height_px - 48), "the crop is the canvas")
    floor = shot.show(shot.light * shot.shade()[..., None])
    pen = ImageDraw.Draw(floor)
    for x in np.arange(-4, 4.01, 0.5):
        _line(pen, view, [(x, 0, -3.0), (x, 0, 1.5)], width=2)
    for z in np.arange(-3, 1.51, 0.5):
        _line(pen, view, [(-4, 0, z), (4, 0, z)], width=5 if z == 0 else 2)
    canvas = Image.fromarray(composite(np.asarray(floor), shot.request.layer))
    box = shot.request.canvas.product_box
    ImageDraw.Draw(canvas).rectangle((box.left, box.top, box.right, box.bottom), outline=ACCENT, width=4)
    return [
        ("The film is taller than the canvas: the lens is shifted", film),
        ("The support, a line every half unit; the thick one is z = 0, where the photo stands", canvas),
    ]


def draw_proxy() -> list[Panel]:
    """The stand-in from the side and from behind."""
    shot = dissect(MATTE)
    product = {name: shape for name, shape in shot.shapes.items() if name.startswith("product")}
    target = (0.0, 0.95, -0.3)
    side = _render(shot.shapes, _camera((-4.6, 2.2, 5.6), target))
    behind = _render({**product, **load_shapes(_open_stage())}, _camera((4.2, 2.2, -3.6), target))
    return [
        ("From the side: the front shines as the photo does", shot.show(side)),
        ("From behind: a body, which the front hides from the camera", shot.show(behind)),
    ]


def draw_aovs() -> list[Panel]:
    """What the denoiser is told beside the light."""
    aovs = dissect(NEEDLES).raw.aovs
    assert aovs is not None
    far = np.log(np.maximum(aovs.distance, 1))
    near = 1 - (far - far.min()) / (far.max() - far.min())
    return [
        ("Albedo", _plain(linear_to_srgb(aovs.albedo))),
        ("Normals", _plain(aovs.normals * 0.5 + 0.5)),
        ("Distance, logarithmic; near is bright", _plain(np.repeat(near[..., None], 3, -1))),
    ]


def draw_light() -> list[Panel]:
    """From noisy light on a coarse film to clean light on the canvas, in one part of the picture."""
    shot = dissect(NEEDLES)
    raw, film, aovs, denoiser = shot.raw, shot.raw.camera.film, shot.raw.aovs, build_denoiser("auto")
    assert aovs is not None
    assert raw.full_res is not None
    assert raw.patch is not None
    assert denoiser is not None
    clean = restore_albedo_detail(denoiser.denoise(raw.light, aovs), raw.light, aovs.albedo, raw.holdout.coverage)
    own = inpaint_under_holdout(np.concatenate([clean, aovs.albedo], -1), raw.holdout.coverage)
    large = np.maximum(film.to_canvas(own), 0)
    missing = missing_detail(aovs.with_albedo(own[..., 3:]), raw.camera, raw.full_res, raw.holdout.mask)
    detailed = large[..., :3].copy()
    add_detail(detailed, own[..., :3], own[..., 3:], film, missing)
    coarse = film, np.concatenate([own[..., :3], replace(aovs, albedo=own[..., 3:]).told], -1)
    whole = detailed.copy()
    blend_patch(whole, coarse, raw.patch, raw.holdout, denoiser.denoise)
    reference = RenderPipeline(StudioSettings(samples=REFERENCE_SPP, render_scale=1.0))
    best = reference.reconstruct(shot.render(reference, shot.request.layer.alpha_matte))
    stages = [
        (f"1  Traced: {raw.spp} paths a film pixel", _blocks(film, raw.light)),
        ("2  Denoised with the AOVs", _blocks(film, clean)),
        ("3  Enlarged to the canvas", large[..., :3]),
        ("4  Albedo of full size", detailed),
        ("5  Patches traced at full size", whole),
        (f"Reference: {REFERENCE_SPP} paths, every pixel", best),
    ]
    return [(title, shot.show(light).crop(CLOSE)) for title, light in stages]


def draw_patches() -> list[Panel]:
    """Where the coarse film is not enough."""
    shot = dissect(NEEDLES)
    full_res, patch = shot.raw.full_res, shot.raw.patch
    assert full_res is not None
    assert patch is not None
    base = np.asarray(shot.show(shot.light), np.float32)
    gray = np.repeat(base.mean(-1, keepdims=True), 3, -1) * 0.8
    albedo = Image.fromarray(np.where(full_res.where[..., None], base, gray).astype(np.uint8))
    traced = Image.fromarray((gray + patch.weight[..., None] * (base - gray)).astype(np.uint8))
    pen = ImageDraw.Draw(traced)
    for rows, columns in cover_with_rectangles(patch.weight > 0):
        pen.rectangle((columns.start, rows.start, columns.stop, rows.stop), outline=ACCENT, width=3)
    return [
        (f"In colour: albedo of full size, {full_res.where.mean():.0%} of the canvas", albedo),
        (f"In colour: traced at full size, {(patch.weight > 0).mean():.0%}; denoised in rectangles", traced),
    ]


def draw_exposure() -> list[Panel]:
    """The light meter's card, and what a stop less and more would do."""
    shot = dissect(MATTE)
    card = load_shapes({"card": _card(_card_center(shot.view))})
    panels = [
        (
            "The card, where the product will stand",
            shot.show(shot.render_empty({**shot.built.shapes, **card}, shot.view)),
        )
    ]
    for title, stops in (("One stop less", -1), ("As metered", 0), ("One stop more", 1)):
        tone = replace(shot.tone, exposure=shot.tone.exposure * 2.0**stops)
        panels.append((title, shot.finish(shot.light, tone)))
    return panels


def draw_tone() -> list[Panel]:
    """Clipped, with the set's curve, and with bloom; and the curves."""
    shot = dissect(NEON)
    window = (shot.view.width_px // 2, 0, shot.view.width_px, shot.view.height_px // 2)
    clipped = np.clip(shot.light * np.float32(shot.tone.exposure), 0, 1)
    return [
        ("Clipped at white", _plain(linear_to_srgb(clipped)).crop(window)),
        ("With the set's curve", shot.show(shot.light, replace(shot.tone, bloom=0)).crop(window)),
        ("With bloom before it", shot.show(shot.light).crop(window)),
        ("The curves", _curve((window[2] - window[0], window[3] - window[1]))),
    ]


def draw_contact() -> list[Panel]:
    """The line where the product stands."""
    shot = dissect(MATTE)
    shade, box = shot.shade()[..., None], shot.request.canvas.product_box
    middle, reach = (box.left + box.right) // 2, 140
    window = (middle - reach, box.bottom - 110, middle + reach, box.bottom + 50)
    panels = [
        ("Without", shot.finish(shot.light)),
        ("What the light is multiplied with", _plain(np.repeat(shade, 3, -1))),
        ("With", shot.finish(shot.light * shade)),
    ]
    return [(title, picture.crop(window)) for title, picture in panels]


def draw_composite() -> list[Panel]:
    """The set with its stand-in, and with the photo's own pixels over it."""
    shot = dissect(NEEDLES)
    return [
        ("The render: the set goes on under the edge of the stand-in", shot.show(shot.light)),
        ("The photo's pixels over it, through the matte", shot.finish(shot.light * shot.shade()[..., None])),
    ]


STAGES: dict[str, tuple[Callable[[], list[Panel]], int, int]] = {
    "registration": (draw_registration, 1, 900),
    "proxy": (draw_proxy, 2, 560),
    "aovs": (draw_aovs, 3, 440),
    "light": (draw_light, 3, 400),
    "patches": (draw_patches, 1, 900),
    "exposure": (draw_exposure, 2, 560),
    "tone": (draw_tone, 2, 560),
    "contact": (draw_contact, 3, 400),
    "composite": (draw_composite, 1, 900),
}
"""Stage → what draws its panels, how many stand side by side, and how wide each is, px."""


# -- panels ------------------------------------------------------------------------------------------------------------


def lay_out(panels: Sequence[Panel], columns: int, width_px: int) -> Image.Image:
    """Panels with titles over them, in rows."""
    shown = [
        (title, picture.resize((width_px, round(picture.height * width_px / picture.width)), Image.Resampling.LANCZOS))
        for title, picture in panels
    ]
    rows = [shown[start : start + columns] for start in range(0, len(shown), columns)]
    heights = [max(picture.height for _, picture in row) + TITLE_PX for row in rows]
    sheet = Image.new("RGB", (columns * (width_px + GAP) - GAP, sum(heights) + GAP * (len(rows) - 1)), PAPER)
    pen, top = ImageDraw.Draw(sheet), 0
    for row, height in zip(rows, heights, strict=True):
        for column, (title, picture) in enumerate(row):
            left = column * (width_px + GAP)
            pen.text((left, top + 6), title, fill=INK, font=ImageFont.load_default(16))
            sheet.paste(picture, (left, top + TITLE_PX))
            pen.rectangle((left, top + TITLE_PX, left + width_px - 1, top + TITLE_PX + picture.height - 1), outline=RIM)
        top += height + GAP
    return sheet


def _plain(display: Floats) -> Image.Image:
    return Image.fromarray((np.clip(display, 0, 1) * 255 + 0.5).astype(np.uint8))


def _blocks(film: Film, image: Floats) -> Floats:
    """A film's image on the canvas, each of its pixels a square."""
    view = film.view
    left, top, _, _ = film.window
    rows = (np.floor((np.arange(view.height_px) + 0.5) / film.stride + top)).astype(int)
    columns = (np.floor((np.arange(view.width_px) + 0.5) / film.stride + left)).astype(int)
    return np.asarray(image[rows[:, None], columns[None, :]])


def _line(pen: ImageDraw.ImageDraw, view: View, points: Sequence[tuple[float, float, float]], width: int) -> None:
    pen.line([tuple(point) for point in view.to_pixel(points).tolist()], fill=ACCENT, width=width)


def _label(pen: ImageDraw.ImageDraw, place: tuple[int, int], text: str) -> None:
    pen.text(place, text, fill=PAPER, font=ImageFont.load_default(28), stroke_width=2, stroke_fill=INK)


def _camera(eye: tuple[float, float, float], target: tuple[float, float, float]) -> mi.Sensor:
    camera: mi.Sensor = mi.load_dict(
        {
            "type": "perspective",
            "fov": 32.0,
            "to_world": mi.ScalarTransform4f().look_at(origin=list(eye), target=list(target), up=[0, 1, 0]),
            "film": {"type": "hdrfilm", "width": 760, "height": 520, "rfilter": {"type": "box"}},
            "sampler": {"type": "multijitter"},
        }
    )
    return camera


def _render(shapes: Mapping[str, object], camera: mi.Sensor) -> Floats:
    """Clean light of a camera that is not the studio's."""
    scene, path = mi.load_dict({"type": "scene", **shapes}), mi.load_dict({"type": "path", "max_depth": 6})
    light = np.array(mi.render(scene, sensor=camera, integrator=path, spp=36), np.float32)[..., :3]
    aovs = np.array(mi.render(scene, sensor=camera, integrator=mi.load_dict(INTEGRATOR), spp=8), np.float32)
    denoiser = build_denoiser("auto")
    assert denoiser is not None
    return denoiser.denoise(light, Aovs.of_channels(aovs))


def _open_stage() -> dict[str, object]:
    """A floor and even light, for a look from where a set has its wall."""
    flat = mi.ScalarTransform4f().rotate([1, 0, 0], -90) @ mi.ScalarTransform4f().scale(20)
    return {
        "floor": {"type": "rectangle", "to_world": flat, "bsdf": {"type": "diffuse", "reflectance": 0.5}},
        "sky": {"type": "constant", "radiance": 0.5},
    }


def _curve(size: tuple[int, int]) -> Image.Image:
    """Display-linear value over exposed scene value, 0 to 4."""
    picture = Image.new("RGB", size, (250, 250, 247))
    pen, (width, height), edge = ImageDraw.Draw(picture), size, 40
    scene = np.linspace(0, 4, 400, dtype=np.float32)
    grey = np.repeat(scene[:, None], 3, -1)

    def place(x: float, y: float) -> tuple[float, float]:
        return edge + x / 4 * (width - 2 * edge), height - edge - y * (height - 2 * edge)

    pen.line([place(0, 0), place(4, 0)], fill=INK, width=2)
    pen.line([place(0, 0), place(0, 1)], fill=INK, width=2)
    for x in range(1, 5):
        pen.text(place(x, -0.03), str(x), fill=INK, font=ImageFont.load_default(18), anchor="ma")
    pen.line([place(0, 1), place(4, 1)], fill=(200, 205, 210), width=1)
    pen.line([place(0, 0), place(1, 1), place(4, 1)], fill=(170, 178, 186), width=2)
    for name, color, where in (("neutral, studio", (214, 108, 40), (1.0, 0.9)), ("agx", (70, 110, 190), (1.5, 0.6))):
        shown = CURVES[name.partition(",")[0]].show(grey)[:, 0]
        pen.line([place(float(x), float(y)) for x, y in zip(scene, shown, strict=True)], fill=color, width=4)
        pen.text(place(*where), name, fill=color, font=ImageFont.load_default(20), anchor="lt")
    return picture


def main() -> None:
    """Draw the stages named, or all."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or STAGES:
        draw, columns, width_px = STAGES[name]
        path = IMAGES / f"{name}.jpg"
        lay_out(draw(), columns, width_px).save(path, quality=QUALITY, optimize=True)


if __name__ == "__main__":
    main()
