"""START READING HERE: one product photo in, finished ad creatives out."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import secrets
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeAlias

from photoshoot.errors import SettingsError
from photoshoot.imaging import build_layer
from photoshoot.layout import RenderKind, ad_sizes, choose_stance, lay_out
from photoshoot.lookahead import map_ahead
from photoshoot.photos import PhotoSource, read_photo
from photoshoot.presets import PresetRegistry
from photoshoot.prompts import PromptsLike, parse_prompts, resolve_prompts
from photoshoot.quality import inspect
from photoshoot.records import (
    Canvas,
    Cutout,
    Product,
    ProductLayer,
    Progress,
    Recommendation,
    Scene,
    Shot,
    ShotRequest,
)
from photoshoot.registry import load_class
from photoshoot.settings import (
    ExportSettings,
    LightOverride,
    PhotoLimits,
    Placement,
    SegmentationSettings,
    Stance,
    StudioSettings,
)

if TYPE_CHECKING:
    from photoshoot.stages import Captioner, Exporter, Placer, Recommender, Segmenter

ProductLike: TypeAlias = "Product | Cutout | PhotoSource"
"""A described product, a cut-out, or anything that ``read_photo`` takes."""
OnProgress: TypeAlias = "Callable[[Progress], object]"
"""Told of each finished step; what it returns is ignored, what it raises stops the work."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Request:
    """What to make of one product."""

    product: ProductLike
    """The product, or a photo of it."""
    prompts: PromptsLike
    """Up to six prompts: ``Prompt`` records, texts, or the seed API's JSON string."""
    render_kind: RenderKind = RenderKind.LANDSCAPE
    """A size, or a group of sizes: one shot per prompt and size."""
    safe_margin: bool = True
    """Widen the canvas (1674x628 for 1200x628) and keep the product inside the centred original width."""
    same_style_reference: bool = True
    """Take up the preset's style and lean its accents toward the product's colours."""
    placement: Placement = dataclasses.field(default_factory=Placement)
    """Where and how large the product stands."""
    light: LightOverride | None = None
    """What of the scenes' light the caller decides. None: all stays as the scenes have it."""
    seed: int | None = None
    """0 to 2**31 - 1: the same seed gives the same pictures. None: a random one."""
    name: str | None = None
    """The product's name, instead of the captioner's."""
    description: str | None = None
    """The product's description, instead of the captioner's."""

    def __post_init__(self) -> None:
        if self.seed is not None and not 0 <= self.seed < 2**31:
            raise SettingsError("seed", self.seed, "a whole number from 0 to 2147483647")


class Photoshoot:
    """The whole flow, from a photo to files: segment, describe, recommend, place, inspect, export.

    May be called from several threads. ``close()``, or ``with``, gives the memory back.

    Args:
        segmenter: Cuts products out.
        captioner: Names and describes them.
        recommender: Finds prompts and presets for them.
        placer: Places them in scenes; the engine.
        exporter: Writes shots to files.
        presets: The presets that prompts may name.
        limits: What is too large for a photo.
    """

    def __init__(
        self,
        *,
        segmenter: Segmenter,
        captioner: Captioner,
        recommender: Recommender,
        placer: Placer,
        exporter: Exporter,
        presets: PresetRegistry,
        limits: PhotoLimits | None = None,
    ) -> None:
        self.segmenter, self.captioner, self.recommender = segmenter, captioner, recommender
        self.placer, self.exporter, self.presets = placer, exporter, presets
        self.limits = limits or PhotoLimits()

    @classmethod
    def embedded(
        cls,
        *,
        studio: StudioSettings | None = None,
        segmenter: str = "u2netp",
        segmentation: SegmentationSettings | None = None,
        preset_folders: Sequence[Path] = (),
    ) -> Self:
        """Build one from the parts that come with the library: nothing is downloaded, a CPU is enough.

        Args:
            studio: How the studio renders.
            segmenter: ``"u2netp"``, which comes with the library, or a network of rembg such as
                ``"isnet-general-use"`` or ``"birefnet-general"``, whose weights must be on this machine already.
            segmentation: How products are cut out.
            preset_folders: Folders of your own preset files, on top of the catalogue.

        Raises:
            MissingExtraError: ONNX Runtime is missing: install ``photoshoot[cpu]``.
            WeightsMissingError: That network's weights are not on this machine; says how to get them.
            PresetError: A preset file is invalid.
        """
        presets = PresetRegistry.load(preset_folders)
        return cls(
            segmenter=_load_segmenter(segmenter, segmentation or SegmentationSettings()),
            captioner=load_class("captioner", "efficientnet_lite0")(),
            recommender=load_class("recommender", "affinity")(presets),
            placer=load_class("placer", "studio")(studio or StudioSettings()),
            exporter=load_class("exporter", "files")(),
            presets=presets,
        )

    def cut_out(self, photos: Sequence[PhotoSource]) -> list[Cutout]:
        """Cut the product out of each photo.

        Raises:
            PhotoError: A photo can't be read.
            NoProductFoundError: A photo shows no product.
        """
        return self.segmenter.segment([read_photo(photo, self.limits) for photo in photos])

    def describe(self, products: Sequence[ProductLike]) -> list[Product]:
        """Cut out, name and describe each product; what is described already stays as it is.

        Raises:
            PhotoError: A photo can't be read.
            NoProductFoundError: A photo shows no product.
        """
        done: dict[int, Product] = {i: item for i, item in enumerate(products) if isinstance(item, Product)}
        cutouts: dict[int, Cutout] = {i: item for i, item in enumerate(products) if isinstance(item, Cutout)}
        photos = {i: item for i, item in enumerate(products) if not isinstance(item, Product | Cutout)}
        cutouts.update(zip(photos, self.cut_out(list(photos.values())), strict=True))
        done.update(zip(cutouts, self.captioner.describe(list(cutouts.values())), strict=True))
        return [done[index] for index in range(len(products))]

    def recommend(self, product: ProductLike) -> Recommendation:
        """Describe a product and find four prompts and six presets that suit it.

        Raises:
            PhotoError: The photo can't be read.
            NoProductFoundError: The photo shows no product.
        """
        return self.recommender.recommend(self.describe([product]))[0]

    def generate(
        self,
        product: ProductLike,
        *,
        prompts: PromptsLike,
        render_kind: RenderKind = RenderKind.LANDSCAPE,
        safe_margin: bool = True,
        same_style_reference: bool = True,
        placement: Placement | None = None,
        light: LightOverride | None = None,
        seed: int | None = None,
        name: str | None = None,
        description: str | None = None,
        on_progress: OnProgress | None = None,
    ) -> list[Shot]:
        """Make a shot per prompt and size.

        Args:
            product: The product, or a photo of it.
            prompts: Up to six ``Prompt`` records or texts, or the seed API's JSON string.
            render_kind: A size, or a group of sizes.
            safe_margin: Widen the canvas (1674x628 for 1200x628), with the product in the centred original width.
            same_style_reference: Take up the preset's style and lean its accents toward the product's colours.
            placement: Where and how large the product stands.
            light: What of the scenes' light the caller decides, such as where shadows fall.
            seed: 0 to 2**31 - 1: the same seed gives the same pictures. None: a random one.
            name: The product's name, instead of the captioner's.
            description: The product's description, instead of the captioner's.
            on_progress: Told of each finished step.

        Returns:
            The shots: prompts in order, and sizes within a prompt.

        Raises:
            InputError: The photo, a prompt or a setting is wrong.
            NoProductFoundError: The photo shows no product.
            ProductDoesNotFitError: The product can't be laid out in a canvas as asked.
        """
        request = Request(
            product=product,
            prompts=prompts,
            render_kind=render_kind,
            safe_margin=safe_margin,
            same_style_reference=same_style_reference,
            placement=placement or Placement(),
            light=light,
            seed=seed,
            name=name,
            description=description,
        )
        return self.generate_many([request], on_progress)[0]

    def generate_many(self, requests: Sequence[Request], on_progress: OnProgress | None = None) -> list[list[Shot]]:
        """Like ``generate`` for several products at once, batched across them: a list of shots per request."""
        tell = on_progress or _ignore
        plans = self._plan(requests, tell)
        shots = self._place([shot for plan in plans for shot in plan], tell)
        return [[next(shots) for _ in plan] for plan in plans]

    def stream(self, request: Request, on_progress: OnProgress | None = None) -> Generator[Shot, None, None]:
        """Like ``generate``, but yields each shot as it finishes; stopping early is safe."""
        tell = on_progress or _ignore
        (plan,) = self._plan([request], tell)
        yield from self._place(plan, tell)

    def _plan(self, requests: Sequence[Request], tell: OnProgress) -> list[list[ShotRequest]]:
        """Describe, resolve and lay out everything, so that what is wrong is said before the first picture is made."""
        total = len(requests)
        tell(Progress(stage="describe", done=0, total=total, message="cutting the product out"))
        products = self.describe([request.product for request in requests])
        named = [_rename(product, request) for product, request in zip(products, requests, strict=True)]
        tell(Progress(stage="describe", done=total, total=total, message=", ".join(item.name for item in named)))
        return [self._plan_one(request, product) for request, product in zip(requests, named, strict=True)]

    def _plan_one(self, request: Request, product: Product) -> list[ShotRequest]:
        prompts = parse_prompts(request.prompts)
        scenes = resolve_prompts(
            prompts,
            product,
            self.presets,
            same_style_reference=request.same_style_reference,
            light=request.light,
        )
        stances = [choose_stance(scene.design, product.category, request.placement) for scene in scenes]
        placed = {stance: _place_in_canvases(request, product, stance) for stance in dict.fromkeys(stances)}
        seed = secrets.randbelow(2**31) if request.seed is None else request.seed
        return [
            ShotRequest(
                product=product, layer=layer, canvas=canvas, scene=scene, seed=shot_seed(seed, i), prompt_index=i
            )
            for i, (scene, stance) in enumerate(zip(scenes, stances, strict=True))
            for canvas, layer in placed[stance]
        ]

    def _place(self, requests: Sequence[ShotRequest], tell: OnProgress) -> Iterator[Shot]:
        total, step = len(requests), max(1, self.placer.batch_size)
        batches = [requests[start : start + step] for start in range(0, total, step)]
        shots = itertools.chain.from_iterable(map_ahead(self.placer.place, batches, self.placer.overlap))
        for number, (request, shot) in enumerate(zip(requests, shots, strict=True), 1):
            tell(Progress(stage="place", done=number, total=total, message=_title(request.scene)))
            yield dataclasses.replace(inspect(shot, request.layer), exporter=self._export)

    def _export(self, shot: Shot, target: Path, settings: ExportSettings) -> Path:
        return self.exporter.export([shot], target, settings)[0]

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        self.placer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _load_segmenter(name: str, settings: SegmentationSettings) -> Segmenter:
    if name == "u2netp":
        embedded: Segmenter = load_class("segmenter", name)(settings)
        return embedded
    network: Segmenter = load_class("segmenter", "rembg")(name, settings)
    return network


def _place_in_canvases(request: Request, product: Product, stance: Stance) -> list[tuple[Canvas, ProductLayer]]:
    """The product on each canvas that is asked for."""
    canvases = [
        lay_out(product.cutout, size, stance=stance, safe_margin=request.safe_margin, placement=request.placement)
        for size in ad_sizes(request.render_kind)
    ]
    return [(canvas, build_layer(product.cutout, canvas)) for canvas in canvases]


def shot_seed(seed: int, prompt_index: int) -> int:
    """The seed of one shot, 0 to 2**32 - 1: ``seed + prompt_index`` mixed with the prompt's index, and nothing else."""
    digest = hashlib.sha256(f"{seed + prompt_index}:{prompt_index}".encode()).digest()
    return int.from_bytes(digest[:4], "big")


def _ignore(_: Progress) -> None:
    """Nobody listens."""


def _rename(product: Product, request: Request) -> Product:
    named = product if request.name is None else dataclasses.replace(product, name=request.name, confidence=1.0)
    if request.description is None:
        return named
    return dataclasses.replace(named, description=request.description)


def _title(scene: Scene) -> str:
    return scene.preset_id or scene.text
