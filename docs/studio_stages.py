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
from photoshoot.placers.studio.variant import load_variant
from photoshoot.records import Shot, ShotRequest

load_variant()

import mitsuba as mi  # noqa: E402  # of the variant that was set just now

from photoshoot.placers.studio.placer import StudioPlacer  # noqa: E402
from photoshoot.placers.studio.product.contact_shadow import contact_shade  # noqa: E402
from photoshoot.placers.studio.product.proxy import build_proxy  # noqa: E402
from photoshoot.placers.studio.renderer.denoise import Guides  # noqa: E402
from photoshoot.placers.studio.renderer.exposure import _card, _card_center  # noqa: E402
from photoshoot.placers.studio.renderer.film import Film  # noqa: E402
from photoshoot.placers.studio.renderer.pipeline import Exposed, Lens, Tracer, no_product  # noqa: E402
from photoshoot.placers.studio.renderer.refine import add_close_up  # noqa: E402
from photoshoot.placers.studio.renderer.renderer import load_shapes, product_shapes  # noqa: E402
from photoshoot.placers.studio.renderer.tiling import cover_with_rectangles  # noqa: E402
from photoshoot.placers.studio.renderer.tonemap import _KNEE, add_bloom, encode, tone_map  # noqa: E402
from photoshoot.placers.studio.renderer.upsample import add_detail, carry_under, detail_share  # noqa: E402
from photoshoot.placers.studio.scene_cache import BuiltSet, SetKey, Stage  # noqa: E402
from photoshoot.settings import StudioSettings  # noqa: E402
from photoshoot.stages import OnStep  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images" / "studio"
PHOTO = ROOT / "examples" / "bottle.jpg"
NEEDLES, MATTE, NEON = "christmas_pine_wood_lights", "pink_podium_disc", "neon_bars_cyan_violet"
SEED = 7
GAP, TITLE_PX, QUALITY = 12, 30, 84
INK, PAPER, ACCENT = (34, 48, 60), (255, 255, 255), (255, 196, 77)

Floats = npt.NDArray[np.float32]
Panel = tuple[str, Image.Image]


class KeepingPlacer(StudioPlacer):
    """The studio, which also keeps what it was asked to place."""

    def place(self, requests: Sequence[ShotRequest], on_step: OnStep | None = None) -> list[Shot]:
        """See ``StudioPlacer.place``."""
        self.requests = [*requests]
        return super().place(requests, on_step)


class Dissected:
    """One shot, taken apart."""

    def __init__(self, preset: str) -> None:
        with Photoshoot.with_placer(KeepingPlacer()) as shoot:
            (self.shot,) = shoot.generate(PHOTO, prompts=[Prompt.preset(preset)], seed=SEED)
            self.request: ShotRequest = shoot.placer.requests[0]
        self.tracer = Tracer(StudioSettings())
        self.built: BuiltSet = Stage(self.tracer, sides=False).build(SetKey.of(self.request))
        self.view, self.look = self.built.key.view, self.built.look
        proxy = build_proxy(self.request.layer, self.request.canvas, self.view)
        self.shapes = {**self.built.shapes, **product_shapes(proxy, self.look.exposure)}
        self.exposed: Exposed = self.tracer.expose(
            self.shapes, self.built.lens, self.request.layer.alpha_matte, self.request.seed
        )
        self.light: Floats = self.tracer.develop(self.exposed)

    def show(self, light: Floats, *, exposure: float | None = None) -> Image.Image:
        """A picture of light, tone-mapped as the shot is."""
        picture = tone_map(light, exposure or self.look.exposure)
        return Image.fromarray(encode(picture, np.random.default_rng(0)))


@cache
def dissect(preset: str) -> Dissected:
    """A preset's shot, taken apart once."""
    return Dissected(preset)


# -- the stages --------------------------------------------------------------------------------------------------------


def draw_registration() -> list[Panel]:
    """The whole film with the canvas in it, and the product's plane and floor as the camera sees them."""
    shot = dissect(MATTE)
    view = shot.view
    half = max(view.axis_row_px, view.height_px - view.axis_row_px)
    whole = replace(view, height_px=2 * half, axis_row_px=half)
    exposed = shot.tracer.expose(shot.shapes, Lens(view=whole), no_product(whole), SEED)
    film = shot.show(shot.tracer.develop(exposed))
    top = half - view.axis_row_px
    shade = np.asarray(film, np.float32)
    shade[:top] *= 0.35
    shade[top + view.height_px :] *= 0.35
    film = Image.fromarray(shade.astype(np.uint8))
    pen = ImageDraw.Draw(film)
    pen.rectangle((2, top, view.width_px - 3, top + view.height_px - 2), outline=ACCENT, width=5)
    pen.line((0, half, view.width_px, half), fill=ACCENT, width=3)
    _label(pen, (18, half + 10), "optical axis = horizon = middle of the film")
    _label(pen, (18, top + view.height_px - 44), "crop = canvas")
    floor = Image.fromarray(shot.shot.image)
    pen = ImageDraw.Draw(floor)
    for x in np.arange(-4, 4.01, 0.5):
        _line(pen, shot, [(x, 0, -3.0), (x, 0, 1.5)], width=2)
    for z in np.arange(-3, 1.51, 0.5):
        _line(pen, shot, [(-4, 0, z), (4, 0, z)], width=5 if z == 0 else 2)
    canvas = Image.fromarray(composite(np.asarray(floor), shot.request.layer))
    box = shot.request.canvas.product_box
    ImageDraw.Draw(canvas).rectangle((box.left, box.top, box.right, box.bottom), outline=ACCENT, width=4)
    return [
        ("The film is taller than the canvas; the lens is shifted", film),
        ("Floor, every half unit; thick: z = 0", canvas),
    ]


def draw_proxy() -> list[Panel]:
    """The stand-in from the side and from behind."""
    shot = dissect(MATTE)
    panels = []
    for title, eye in (
        ("From the side: the front shines as the photo does", (-4.6, 2.2, 5.6)),
        ("From behind: a body that the front hides from the camera", (4.2, 2.2, -3.6)),
    ):
        camera = _camera(eye, (0.0, 0.95, -0.3), 760, 520)
        hidden = {name: shape for name, shape in shot.shapes.items() if eye[2] > 0 or name.startswith("product")}
        extra = {} if eye[2] > 0 else load_shapes(_open_stage())
        panels.append((title, shot.show(_render({**hidden, **extra}, camera, shot.tracer))))
    return panels


def draw_aovs() -> list[Panel]:
    """What the denoiser is told beside the light."""
    shot = dissect(NEEDLES)
    guides = shot.exposed.guides
    assert guides is not None
    far = np.log(np.maximum(guides.distance, 1))
    depth = 1 - (far - far.min()) / (far.max() - far.min())
    return [
        ("Albedo", _plain(linear_to_srgb(guides.albedo))),
        ("Normals", _plain(guides.normals * 0.5 + 0.5)),
        ("Distance (near is bright)", _plain(np.repeat(depth[..., None], 3, -1))),
    ]


def draw_light() -> list[Panel]:
    """From noisy light on a coarse film to clean light on the canvas, in one part of the picture."""
    shot = dissect(NEEDLES)
    exposed, film = shot.exposed, shot.exposed.film
    assert exposed.guides is not None
    assert exposed.sharp is not None
    assert exposed.close_up is not None
    clean = shot.tracer._clean(exposed, exposed.guides)
    own = carry_under(np.concatenate([clean, exposed.guides.albedo], -1), exposed.cover)
    large = np.maximum(film.to_canvas(own), 0)
    share = detail_share(own[..., 3:], film, exposed.sharp, exposed.aperture)
    detailed = add_detail(large[..., :3], large[..., 3:], exposed.sharp, share, exposed.solid)
    coarse = film, np.concatenate([own, exposed.guides.normals], -1)
    whole = add_close_up(detailed, coarse, exposed.close_up, exposed.solid, shot.tracer._denoise)
    stages = [
        (f"1  Traced: {shot.tracer._settings.samples} paths a film pixel", _blocks(film, exposed.light)),
        ("2  Denoised with the AOVs", _blocks(film, clean)),
        ("3  Enlarged to the canvas, bicubic", large[..., :3]),
        ("4  Albedo of full size by its ratio", detailed),
        ("5  Patches traced at full size", whole),
    ]
    reference = Tracer(StudioSettings(samples=64, light_stride=1.0))
    best = reference.develop(
        reference.expose(shot.shapes, shot.built.lens, shot.request.layer.alpha_matte, shot.request.seed)
    )
    stages.append(("Reference: 64 paths, every pixel", best))
    window = (40, 330, 440, 590)
    return [(title, shot.show(light).crop(window)) for title, light in stages]


def draw_patches() -> list[Panel]:
    """Where the coarse film is not enough."""
    shot = dissect(NEEDLES)
    exposed = shot.exposed
    assert exposed.sharp is not None
    assert exposed.close_up is not None
    base = np.asarray(shot.show(shot.light), np.float32)
    gray = np.repeat(base.mean(-1, keepdims=True), 3, -1) * 0.8
    sharp = np.where(exposed.sharp.where[..., None], base, gray)
    patches = gray + exposed.close_up.weight[..., None] * (base - gray)
    picture = Image.fromarray(patches.astype(np.uint8))
    pen = ImageDraw.Draw(picture)
    for rows, columns in cover_with_rectangles(exposed.close_up.weight > 0):
        pen.rectangle((columns.start, rows.start, columns.stop, rows.stop), outline=ACCENT, width=3)
    return [
        (
            f"Albedo looked at once more: {exposed.sharp.where.mean():.0%} of the canvas",
            Image.fromarray(sharp.astype(np.uint8)),
        ),
        (f"Traced at full size: {(exposed.close_up.weight > 0).mean():.0%}, denoised in rectangles", picture),
    ]


def draw_exposure() -> list[Panel]:
    """The light meter's card, and what a stop less and more would do."""
    shot = dissect(MATTE)
    card = load_shapes({"card": _card(_card_center(shot.view), 0.0)})
    exposed = shot.tracer.expose({**shot.built.shapes, **card}, shot.built.lens, no_product(shot.view), SEED)
    panels = [("The card, where the product stands", shot.show(shot.tracer.develop(exposed)))]
    for title, stops in (("One stop less", -1), ("As metered", 0), ("One stop more", 1)):
        picture = shot.show(shot.light, exposure=shot.look.exposure * 2.0**stops)
        panels.append((title, Image.fromarray(composite(np.asarray(picture), shot.request.layer))))
    return panels


def draw_tone() -> list[Panel]:
    """Clipped, with the shoulder, and with bloom; and the curve."""
    shot = dissect(NEON)
    exposed = np.clip(shot.light * np.float32(shot.look.exposure), 0, 1)
    bloom = add_bloom(shot.light, shot.look.exposure, shot.look.bloom)
    window = (837, 0, 1674, 314)
    return [
        ("Clipped at white", _plain(linear_to_srgb(exposed)).crop(window)),
        ("With the shoulder", shot.show(shot.light).crop(window)),
        ("With bloom before it", shot.show(bloom).crop(window)),
        ("The curve", _curve((window[2] - window[0], window[3] - window[1]))),
    ]


def draw_contact() -> list[Panel]:
    """The line where the product stands."""
    shot = dissect(MATTE)
    shade = contact_shade(shot.request.layer, shot.request.canvas, shot.view)
    box = shot.request.canvas.product_box
    middle, reach = (box.left + box.right) // 2, 210
    window = (middle - reach, box.bottom - 190, middle + reach, box.bottom + 70)
    layer = shot.request.layer
    pictures = [
        ("Without", Image.fromarray(composite(np.asarray(shot.show(shot.light)), layer))),
        ("What the light is multiplied with", _plain(np.repeat(shade[..., None], 3, -1))),
        ("With", Image.fromarray(composite(np.asarray(shot.show(shot.light * shade[..., None])), layer))),
    ]
    return [(title, picture.crop(window)) for title, picture in pictures]


def draw_composite() -> list[Panel]:
    """The set with its stand-in, and with the photo's own pixels over it."""
    shot = dissect(NEEDLES)
    return [
        ("The render: the stand-in's front is dimmed to 0.75", shot.show(shot.light)),
        ("The photo's pixels over it, through the matte", Image.fromarray(shot.shot.image)),
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
    return image[rows[:, None], columns[None, :]]


def _line(pen: ImageDraw.ImageDraw, shot: Dissected, points: Sequence[tuple[float, float, float]], width: int) -> None:
    pen.line([tuple(point) for point in shot.view.to_pixel(points).tolist()], fill=ACCENT, width=width)


def _label(pen: ImageDraw.ImageDraw, place: tuple[int, int], text: str) -> None:
    pen.text(place, text, fill=PAPER, font=ImageFont.load_default(28), stroke_width=2, stroke_fill=INK)


def _camera(eye: tuple[float, float, float], target: tuple[float, float, float], width: int, height: int) -> mi.Sensor:
    camera: mi.Sensor = mi.load_dict(
        {
            "type": "perspective",
            "fov": 32.0,
            "to_world": mi.ScalarTransform4f().look_at(origin=list(eye), target=list(target), up=[0, 1, 0]),
            "film": {"type": "hdrfilm", "width": width, "height": height, "rfilter": {"type": "gaussian"}},
            "sampler": {"type": "multijitter"},
        }
    )
    return camera


def _render(shapes: Mapping[str, object], camera: mi.Sensor, tracer: Tracer) -> Floats:
    """Clean light of a camera that is not the studio's."""
    scene = mi.load_dict({"type": "scene", **shapes})
    aovs = mi.load_dict({"type": "aov", "aovs": "albedo:albedo,normal:sh_normal,distance:depth"})
    light = np.array(mi.render(scene, sensor=camera, integrator=mi.load_dict({"type": "path", "max_depth": 6}), spp=32))
    seen = np.array(mi.render(scene, sensor=camera, integrator=aovs, spp=8))
    guides = Guides(albedo=np.clip(seen[..., :3], 0, 1), normals=seen[..., 3:6], distance=seen[..., 6])
    return tracer._denoise(light[..., :3].astype(np.float32), guides)


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
    shown = tone_map(np.repeat(scene[None, :, None], 3, -1), 1.0)[0, :, 0]
    place = lambda x, y: (edge + x / 4 * (width - 2 * edge), height - edge - y * (height - 2 * edge))  # noqa: E731
    pen.line([place(0, 0), place(4, 0)], fill=INK, width=2)
    pen.line([place(0, 0), place(0, 1)], fill=INK, width=2)
    for x in range(1, 5):
        pen.text(place(x, -0.03), str(x), fill=INK, font=ImageFont.load_default(18), anchor="ma")
    pen.line([place(0, 1), place(4, 1)], fill=(200, 205, 210), width=1)
    pen.line([place(0, 0), place(1, 1), place(4, 1)], fill=(170, 178, 186), width=2)
    pen.line([place(float(x), float(y)) for x, y in zip(scene, shown, strict=True)], fill=(214, 108, 40), width=4)
    pen.text(place(_KNEE + 0.08, _KNEE - 0.12), f"linear up to {_KNEE}", fill=INK, font=ImageFont.load_default(20))
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
