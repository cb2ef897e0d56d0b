"""What sample *i* shows: drawn from the seed and *i* alone, so that it does not matter who makes it and what else is.

Products take turns, in another order each round. All else is drawn: a preset that suits the product, a size, how large
the product is and where it stands, and the light.

What is said of a picture: the background alone, as a prompt would ask for it.
"""

import math
import re
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from photoshoot.errors import ProductDoesNotFitError
from photoshoot.files import find_data
from photoshoot.framing.holding import Holding
from photoshoot.framing.layout import SAFE_MARGIN, AdSize, ad_sizes, lay_out
from photoshoot.pixels.imaging import build_layer
from photoshoot.placers.diffusion.painting.network_prompts import mentions, names_of
from photoshoot.presets import Preset, PresetRegistry
from photoshoot.prompts import Prompt, resolve_prompts
from photoshoot.recommenders.affinities import load_affinities
from photoshoot.recommenders.backdrops import backdrop_colors
from photoshoot.recommenders.harmony import measure_contrast
from photoshoot.records import Box, Canvas, Cutout, Product, ShotRequest
from photoshoot.seeds import SAMPLE, SAMPLE_ORDER, SAMPLE_SHOT
from photoshoot.sets import Light, SetDesign, hold
from photoshoot.settings import LightOverride, Placement, ShotSettings, Stance
from photoshoot.training.data.render_settings import RenderSettings

_FRONT_DEG, _BEHIND_DEG = 20.0, 150.0
_SIDE = re.compile(r"\bfrom the (?:upper )?(?:left|right)\b")
_NOWHERE = "a plain studio background"


def names_product(text: str, product: Product) -> bool:
    """Whether a scene's text names the product or its kind."""
    return any(mentions(text, name) for name in names_of(product))


def caption_scene(text: str, product: Product, azimuth_deg: float) -> str:
    """The scene's text, true to the light, without the clauses that name the product.

    Args:
        text: The scene in words, its clauses parted by commas.
        product: What it must not name.
        azimuth_deg: Where the light comes from, as in ``LightOverride``.
    """
    clauses = [clause for clause in text.split(",") if not names_product(clause, product)]
    told = _SIDE.sub(_tell_side(azimuth_deg), ",".join(clauses)).strip()
    return told or _NOWHERE


def _tell_side(azimuth_deg: float) -> str:
    if abs(azimuth_deg) <= _FRONT_DEG:
        return "from the front"
    if abs(azimuth_deg) >= _BEHIND_DEG:
        return "from behind"
    return "from the left" if azimuth_deg < 0 else "from the right"


_SCALES = (0.4, 1.4)  # of the product's default size
_EDGE = 0.02  # least room between a product and the safe area's edge, of its shorter side
_LIFT = 0.05  # how far a product stands higher or lower than by default, of the canvas's height
_FREE_LIGHT = 0.3  # share of samples whose light comes from anywhere; others keep near their preset's, or mirror it
_MIN_SIDE_PX = 48


@dataclass(frozen=True, kw_only=True, eq=False)
class SampleSpec:
    """What a sample is to show."""

    request: ShotRequest
    """For the placer."""
    caption: str
    """The background in words."""
    light: LightOverride
    """How it is lit."""


class Randomizer:
    """Draws what each sample shows.

    Args:
        settings: What to draw from.

    Raises:
        UnknownNameError: There is no preset of an id.
        PresetError: A preset file is invalid.
    """

    def __init__(self, settings: RenderSettings) -> None:
        self._seed = settings.seed
        self._registry = PresetRegistry.load(settings.preset_folders)
        ids = settings.preset_ids or [preset.id for preset in self._registry if not preset.is_old_preset]
        self._presets = [self._registry.get(name) for name in ids]
        self._sizes = [
            (fit_size(size, settings.megapixels, safe_margin=margin), margin)
            for size in dict.fromkeys(size for kind in settings.render_kinds for size in ad_sizes(kind))
            for margin in (True, False)
        ]
        self._affinities = load_affinities(find_data("presets") / "affinity.json")

    @property
    def presets(self) -> list[Preset]:
        """The presets that are drawn from."""
        return list(self._presets)

    def product_at(self, index: int, products: int) -> int:
        """Which of ``products`` products sample ``index`` shows."""
        turn, place = divmod(index, products)
        order = SAMPLE_ORDER.generator(self._seed, turn).permutation(products)
        return int(order[place])

    def check_fits(self, cutout: Cutout) -> None:
        """Hold that a product can be laid out in some size.

        Raises:
            ProductDoesNotFitError: It can't: its photo cuts it off on opposite sides.
        """
        self._fitting(cutout, Stance.UPRIGHT)

    def draw(self, index: int, product: Product) -> SampleSpec:
        """What sample ``index`` shows of its product.

        Raises:
            ProductDoesNotFitError: The product fits in no size.
        """
        rng = SAMPLE.generator(self._seed, index)
        holding = Holding.of(product)
        preset = self._presets[int(rng.choice(len(self._presets), p=self._weigh(product, holding)))]
        light = draw_light(preset.design.light, rng)
        (scene,) = resolve_prompts(
            [Prompt.preset(preset.id)],
            product,
            self._registry,
            ShotSettings(lean_palette=False, style_reference=False, light=light),
        )
        canvas = self._draw_canvas(product, holding.find_stance(preset.design), rng)
        request = ShotRequest(
            product=product,
            layer=build_layer(product.cutout, canvas),
            canvas=canvas,
            scene=replace(scene, design=hold(scene.design, canvas.stance)),
            seed=SAMPLE_SHOT.seed(self._seed, index),
            prompt_index=0,
        )
        caption = caption_scene(scene.text, product, scene.design.light.azimuth_deg)
        return SampleSpec(request=request, caption=caption, light=light)

    def _weigh(self, product: Product, holding: Holding) -> npt.NDArray[np.float64]:
        """Probability of each preset: by category and contrast, as it is recommended; holidays count as any other.

        Left out, where there are others, are presets that name the product, hence show another one, and those whose
        words are not true of this product: for what lies, a room becomes its floor seen from above.
        """
        suits = np.array([self._suit(preset, product, holding) for preset in self._presets])
        clear = np.array([not names_product(preset.scene_text, product) for preset in self._presets])
        true = np.array([_keeps_its_words(preset.design, holding) for preset in self._presets])
        rows = (suits * clear * true, suits * clear, 1.0 * clear, np.ones(len(suits)))
        weights = next(row for row in rows if row.sum() > 0)
        return np.asarray(weights / weights.sum(), np.float64)

    def _suit(self, preset: Preset, product: Product, holding: Holding) -> float:
        category = self._affinities.suit_size(holding, preset.design, preset.tags)
        contrast = measure_contrast(product.palette, backdrop_colors(preset.design))
        return float(category**2 * (0.2 + 0.8 * contrast))

    def _draw_canvas(self, product: Product, stance: Stance, rng: np.random.Generator) -> Canvas:
        fitting = self._fitting(product.cutout, stance)
        size, margin = fitting[int(rng.integers(len(fitting)))]
        scale, place = float(math.exp(rng.uniform(*np.log(_SCALES)))), (rng.triangular(-1, 0, 1), rng.uniform(-1, 1))
        if len(product.cutout.touches) > 1:  # what spans the canvas has the size that was found to fit
            scale = 1.0
        placement = Placement(scale=scale)
        canvas = lay_out(product.cutout, size, stance=stance, safe_margin=margin, placement=placement)
        return shift_product(canvas, *place)

    def _fitting(self, cutout: Cutout, stance: Stance) -> list[tuple[AdSize, bool]]:
        """The sizes that a product can be laid out in, each with whether it has its safe margin."""
        fitting, error = list[tuple[AdSize, bool]](), None
        for size, margin in self._sizes:
            try:
                lay_out(cutout, size, stance=stance, safe_margin=margin)
                fitting.append((size, margin))
            except ProductDoesNotFitError as reason:
                error = reason
        if error is not None and not fitting:
            raise error
        return fitting


def _keeps_its_words(design: SetDesign, holding: Holding) -> bool:
    """Whether a set still looks as it is told in the stance that the product takes in it."""
    stance = holding.find_stance(design)
    return stance is Stance.UPRIGHT or design.only_stance is stance or design.alike_in_every_stance


def fit_size(size: AdSize, megapixels: float, *, safe_margin: bool) -> AdSize:
    """An ad size, made smaller in its own shape where it has more pixels, its safe margin included."""
    area = size.width_px * size.height_px * (SAFE_MARGIN if safe_margin else 1)
    factor = min(1.0, math.sqrt(megapixels * 1e6 / area))
    factor = min(1.0, max(factor, _MIN_SIDE_PX / min(size.width_px, size.height_px)))
    return replace(size, width_px=round(size.width_px * factor), height_px=round(size.height_px * factor))


def shift_product(canvas: Canvas, across: float, down: float) -> Canvas:
    """Move the product in its safe area; one that is snapped to an edge stays.

    Args:
        canvas: With the product in its default place.
        across: -1 = as far to the left as there is room, 1 = to the right.
        down: -1 = highest, 1 = lowest.
    """
    box, safe = canvas.product_box, canvas.safe_area
    if canvas.snapped:
        return canvas
    room = round(_EDGE * min(safe.width, safe.height))
    sides = box.left - safe.left - room, safe.right - room - box.right
    x = round(across * max(0, sides[across > 0]))
    ends = box.top - safe.top - room, safe.bottom - room - box.bottom
    y = round(math.copysign(min(abs(down) * _LIFT * canvas.height_px, max(0, ends[down > 0])), down))
    moved = Box(left=box.left + x, top=box.top + y, right=box.right + x, bottom=box.bottom + y)
    return replace(canvas, product_box=moved)


def draw_light(light: Light, rng: np.random.Generator) -> LightOverride:
    """A light of another direction, near in softness, strength and brightness: what a caption says of it stays true."""
    free, mirror, turn, lift, soften, deepen, brighten = rng.uniform(-1, 1, 7)
    azimuth = light.azimuth_deg * (-1 if mirror < 0 else 1) + 20 * turn
    if free < 2 * _FREE_LIGHT - 1:
        azimuth = 150 * turn
    return LightOverride(
        azimuth_deg=round(float((azimuth + 180) % 360 - 180), 1),
        elevation_deg=round(float(np.clip(light.elevation_deg + 14 * lift, 8, 84)), 1),
        shadow_softness=round(float(np.clip(light.softness + 0.18 * soften, 0, 1)), 3),
        shadow_intensity=round(float(np.clip(1 - light.fill + 0.2 * deepen, 0, 1)), 3),
        brightness=round(float(np.clip(light.intensity * (1 + 0.08 * brighten), 0.3, 1.5)), 3),
    )
