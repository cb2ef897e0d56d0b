"""A shot, from its scene and canvas to the finished picture with its report: frozen records.

Pixels: ``rgb`` is uint8 (H, W, 3) sRGB. ``alpha_matte`` is float32 (H, W) in [0, 1], 1 = product.
Boxes are in pixels, left and top inside, right and bottom outside.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from photoshoot.errors import ExportError
from photoshoot.records.figures import Shown, build_row
from photoshoot.records.light_map import LightMap
from photoshoot.records.product import AlphaMatte, Box, Edge, Product, RgbImage
from photoshoot.records.reports import QualityReport
from photoshoot.sets import SetDesign
from photoshoot.settings import (
    ExportSettings,
    ImageFormat,
    ShotSettings,
    SizeClass,
    Stance,
    StyleImage,
    check_fields,
    read_choice,
)

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What stands round the product: words for a network, a set for the studio."""

    text: str
    """The scene alone, without the product's name."""
    full_text: str
    """Product name and scene, joined so that it reads right."""
    negative_text: str
    """What must not be in the picture; for diffusion engines."""
    preset_id: str | None
    """The preset it came from, or None for a custom prompt."""
    preset_sha256: str | None = None
    """Digest of that preset's data: its version."""
    design: SetDesign
    """What the studio builds."""
    style_reference: Path | None
    """The preset's plate, or None (custom prompt, or the reference was switched off)."""
    style_image: StyleImage | None = None
    """The caller's own style picture, in place of the plate."""
    style_strength: float = 0.5
    """How far that is followed, 0 to 1; see ``ShotSettings.style_strength``."""
    reading: str
    """How the prompt was read, for people: ``"preset white_background"`` or the words that were recognised."""
    unread: tuple[str, ...] = ()
    """Words of a custom prompt that the studio does not know, or can't show in this set; a network reads them all."""
    otherwise: tuple[str, ...] = ()
    """What is not as it was asked for: stand-ins, what did not go along with the product, and a set that carries it."""
    things: tuple[tuple[str, str], ...] = ()
    """(What is called so, its kind of ``sets.Props``) of the things that were asked for, such as fallen leaves."""
    behind: tuple[str, ...] = ()
    """What a custom prompt calls the colour of what is behind: ``"pink background"``."""
    understood: bool = True
    """Whether anything of a custom prompt was understood; else ``design`` is a plain backdrop."""
    native_text: str | None = None
    """A custom prompt in the caller's own language, as it was given; None where there was none."""

    def telling(self, *told: str) -> Scene:
        """The scene, which says what is otherwise than asked, too."""
        return replace(self, reading="; ".join((self.reading, *told)), otherwise=(*self.otherwise, *told))

    def hiding(self, kinds: Collection[str]) -> Scene:
        """The scene, which tells that the things of such kinds that it was asked for are not in sight."""
        told = ", ".join(dict.fromkeys(words for words, kind in self.things if kind in kinds))
        return self.telling(f"out of sight: {told}") if told else self


@dataclass(frozen=True, kw_only=True)
class Canvas:
    """The picture to be made, and where the product goes in it. Independent of the scene."""

    label: str
    """Size name, such as ``"landscape"``."""
    width_px: int
    """Width of the picture."""
    height_px: int
    """Height of the picture."""
    product_box: Box
    """Where the product's tight box goes; its lower edge is the base the product stands on."""
    safe_area: Box
    """The product stays inside."""
    stance: Stance
    """Standing or lying."""
    snapped: frozenset[Edge] = frozenset()
    """Canvas edges that the product is snapped to, since the photo cut it there."""
    size_class: SizeClass = SizeClass.TABLE_TOP
    """What kind of place carries the product."""
    pitch_deg: float | None = None
    """How steeply the photo looks down on the product, 0 to 90; None: not known."""
    m_per_px: float | None = None
    """Metres that a pixel of the product is in life; None: not known, and nothing is built to scale."""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, kw_only=True, eq=False)
class ProductLayer:
    """The product resampled once onto its canvas; every engine composites exactly these pixels."""

    rgb: RgbImage
    """(canvas height, canvas width, 3); colours are extended a little past the matte."""
    alpha_matte: AlphaMatte  # (canvas height, canvas width)


@dataclass(frozen=True, kw_only=True)
class Recipe(ShotSettings):
    """What the caller asked for. With the photo, the engine and a size it is enough to make a shot again."""

    seed: int
    """The request's seed, given or drawn, 0 to 2**31 - 1."""
    prompt: Mapping[str, str | None]
    """The prompt, as ``Prompt.to_api`` writes it."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ShotRequest:
    """One picture to be placed."""

    product: Product
    """Who it is of."""
    layer: ProductLayer
    """The product's pixels on this canvas."""
    canvas: Canvas
    """The picture's geometry."""
    scene: Scene
    """What stands round the product."""
    seed: int
    """Seed of this shot alone, 0 to 2**32 - 1; mixed from the request's seed and the prompt's index."""
    prompt_index: int
    """Which prompt of the request it answers, from 0."""
    recipe: Recipe | None = None
    """The request that it is part of; None where it was planned by hand."""
    draft_of: ShotRequest | None = None
    """The picture of full size that this one is a draft of: its set is the draft's, too. None: it is no draft."""

    def answer(self, image: RgbImage, provenance: Provenance, product_light: LightMap | None = None) -> Shot:
        """The shot that answers it: a finished picture, what made it, and what the product in it was lit with."""
        return Shot(
            image=image,
            product=self.product,
            canvas=self.canvas,
            scene=self.scene,
            seed=self.seed,
            prompt_index=self.prompt_index,
            provenance=provenance,
            recipe=self.recipe,
            product_light=product_light,
        )


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """What made a shot; enough to make it again. No times or paths: the same shot has the same record."""

    engine: str
    """``"studio"`` or ``"diffusion"``."""
    versions: Mapping[str, str]
    """Package or model name → version or digest."""
    settings: Mapping[str, str | int | float | bool]
    """The engine's settings in force."""


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Shot(Shown):
    """A finished picture."""

    image: RgbImage
    """(height, width, 3), sRGB."""
    product: Product
    """Who it is of."""
    canvas: Canvas
    """The picture's geometry."""
    scene: Scene
    """What stands round the product."""
    seed: int
    """Seed of this shot alone."""
    prompt_index: int
    """Which prompt of the request it answers, from 0."""
    provenance: Provenance
    """What made it."""
    recipe: Recipe | None = None
    """The request that it answers; None where there was none."""
    product_light: LightMap | None = None
    """What the product's own pixels are multiplied with; None where they are as they were."""
    quality: QualityReport | None = None
    """What the gate measured; None before inspection."""
    exporter: Callable[[Shot, Path, ExportSettings], Path] | None = field(default=None, repr=False)
    """Writes the shot to a file; set by ``Photoshoot``."""

    def save(
        self,
        target: str | Path,
        *,
        format: str | ImageFormat | None = None,
        quality: int = 92,
        dpi: int = 72,
        low_resolution: bool = False,
        record: bool = True,
    ) -> Path:
        """Write the picture and return the path of the file.

        Args:
            target: A folder (the file name then says product, preset, size and seed) or a file; a name that ends
                with a known suffix is a file.
            format: ``"png"``, ``"jpeg"``, ``"webp"``, ``"avif"`` or ``"pdf"``. None: by the file's suffix, else PNG.
            quality: For lossy formats, 1 to 100.
            dpi: Dots per inch, 1 to 2400; it decides a PDF's page size.
            low_resolution: Write the thumbnail (longest side 512 px).
            record: Whether the file says how it was made, see ``ExportSettings.record``.

        Raises:
            ExportError: The file can't be written.
            SettingsError: A value is out of range, or the format is unknown.
        """
        if self.exporter is None:
            raise ExportError("this shot has no exporter: it was not made by a Photoshoot; use photoshoot.exporters")
        chosen = ImageFormat.of_file(Path(target)) if format is None else read_choice(ImageFormat, format, "format")
        settings = ExportSettings(format=chosen, quality=quality, dpi=dpi, low_resolution=low_resolution, record=record)
        return self.exporter(self, Path(target), settings)

    @property
    def unread(self) -> tuple[str, ...]:
        """Words of its prompt that nothing in the picture comes from; a network is given them all."""
        return self.scene.unread if self.provenance.engine == "studio" else ()

    @property
    def unmet(self) -> tuple[str, ...]:
        """What of its scene is not as it was asked for, for people: what was not read, and what is shown otherwise."""
        told = (f"not read: {', '.join(self.unread)}",) if self.unread else ()
        return (*told, *self.scene.otherwise) if self.provenance.engine == "studio" else ()

    def to_pil(self) -> Image.Image:
        """The picture as a Pillow image, RGB."""
        from PIL import Image

        return Image.fromarray(self.image)

    def _picture(self) -> Image.Image:
        return self.to_pil()

    def _line(self) -> str:
        name = self.scene.preset_id or self.scene.text
        failed = "" if self.quality is None or self.quality.passed else f", failed: {', '.join(self.quality.failed)}"
        told = "".join(f"; {what}" for what in self.unmet)
        size = f"{self.canvas.label} {self.canvas.width_px}x{self.canvas.height_px} px"
        return f"{name}, {size}, seed {self.seed}{failed}{told}"


class Shots(list[Shot]):
    """A list of shots, which a notebook shows beside each other."""

    def _repr_html_(self) -> str:
        return build_row(shot._repr_html_() for shot in self)


Preview: TypeAlias = Callable[[], list[RgbImage]]
"""Makes small pictures of what is being painted, one a shot; waits for the device, so it costs a little time."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where a request stands."""

    stage: str
    """``"segment"``, ``"describe"``, ``"place"`` or ``"export"``; ``"pull"`` while weights are downloaded."""
    done: int
    """Items of this stage that are finished."""
    total: int
    """Items of this stage in all."""
    message: str
    """One line for people."""
    ahead: float = 0.0
    """Items' worth of work that is done on the next ones, such as 1.5 of a batch of six."""
    preview: Preview | None = field(default=None, repr=False, compare=False)
    """Shows the shots that are painted together as they stand, in the order of the request; to be called while this is
    told. None where nothing is to be seen."""

    @property
    def percent(self) -> int:
        """0 to 100."""
        return int(100 * (self.done + self.ahead) / self.total) if self.total else 100
