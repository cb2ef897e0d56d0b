"""Photographs presets and writes their pictures. START READING HERE."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from PIL import Image

from photoshoot.files import AtomicFiles, find_data
from photoshoot.framing.holding import Holding
from photoshoot.framing.layout import AdSize, lay_out
from photoshoot.framing.product_sizes import scale
from photoshoot.pixels.imaging import build_layer
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.presets import Preset
from photoshoot.previews.products import choose_product, preset_seed
from photoshoot.records import Product, RgbImage, Scene, ShotRequest
from photoshoot.sets import hold
from photoshoot.settings import Placement, StudioSettings

PREVIEW_SIZE = AdSize(label="preview", width_px=800, height_px=600)
"""Every preview and plate; about 35 KB each."""
PLACEMENT = Placement(scale=0.84)
"""A little smaller than in an ad: the set is what a preview shows."""
_QUALITIES = (95, 90, 85, 80)
"""Of a WebP file: plain backdrops show the blocks of a low one and need few bytes, textures are the other way round."""
_MOST_BYTES = 48 * 1024
"""The best quality that needs no more is taken."""
PREVIEW_SETTINGS = StudioSettings(render_scale=2 / 3)
"""Finer than a shot: these pictures are small, made once and looked at often."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PresetPictures:
    """What a preset looks like."""

    preset: Preset
    """The preset that is shown."""
    product: str
    """Name of the product in the preview."""
    preview: RgbImage
    """The set with the product."""
    plate: RgbImage
    """The same set from the same camera, without it."""


class PreviewStudio:
    """Makes the pictures of presets; the same preset, product and settings give the same pictures.

    ``close()``, or ``with``, gives the memory back.

    Args:
        products: What may stand in a preview, by name; see ``load_examples``.
        settings: How to render.
    """

    def __init__(self, products: Mapping[str, Product], settings: StudioSettings = PREVIEW_SETTINGS) -> None:
        self._products = products
        self._placer = StudioPlacer(settings)

    def photograph(self, preset: Preset) -> PresetPictures:
        """Make a preset's preview and plate."""
        name = choose_product(preset, self._products)
        request = _build_request(preset, self._products[name])
        usual = replace(request.canvas, m_per_px=None)  # a room as furniture sees it, not a headphone
        plate = self._placer.plate(usual, request.scene.design, request.seed)
        (shot,) = self._placer.place([request])
        return PresetPictures(preset=preset, product=name, preview=shot.image, plate=plate)

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        self._placer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def picture_folder(preset: Preset) -> Path:
    """Where a preset's ``previews`` and ``plates`` folders are: beside a user's files, over the catalogue's."""
    folder = preset.source.parent
    return folder.parent if folder == find_data("presets") / "catalogue" else folder


def list_pictures(preset: Preset, folder: Path) -> tuple[Path, Path]:
    """The files of a preset's preview and plate under a folder."""
    return folder / "previews" / f"{preset.id}.webp", folder / "plates" / f"{preset.id}.webp"


def save_pictures(pictures: PresetPictures, folder: Path) -> list[Path]:
    """Write ``previews/<id>.webp`` and ``plates/<id>.webp`` under a folder, both or none.

    The same pixels give the same bytes.

    Raises:
        ExportError: A file can't be written.
    """
    paths = list_pictures(pictures.preset, folder)
    with AtomicFiles() as files:
        for path, image in zip(paths, (pictures.preview, pictures.plate), strict=True):
            files.write(path, _encode(image))
    return [*paths]


def _build_request(preset: Preset, product: Product) -> ShotRequest:
    holding = Holding.of(product)
    stance = holding.find_stance(preset.design)
    design = hold(preset.design, stance)
    canvas = lay_out(
        product.cutout, PREVIEW_SIZE, stance=stance, safe_margin=False, placement=PLACEMENT, afloat=design.afloat
    )
    canvas = replace(scale(canvas, holding.size), pitch_deg=holding.pitch_deg)
    scene = Scene(
        text=preset.scene_text,
        full_text=preset.scene_text,
        negative_text=preset.negative_text,
        preset_id=preset.id,
        design=design,
        style_reference=None,
        reading=f"preset {preset.id}",
    )
    layer = build_layer(product.cutout, canvas)
    return ShotRequest(
        product=product, layer=layer, canvas=canvas, scene=scene, seed=preset_seed(preset), prompt_index=0
    )


def _encode(image: RgbImage) -> bytes:
    files = (_save(image, quality) for quality in _QUALITIES)
    return next((file for file in files if len(file) <= _MOST_BYTES), _save(image, _QUALITIES[-1]))


def _save(image: RgbImage, quality: int) -> bytes:
    file = io.BytesIO()
    Image.fromarray(image).save(file, "WEBP", quality=quality, method=6)
    return file.getvalue()
