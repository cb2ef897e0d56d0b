"""START READING HERE: one product photo in, finished ad creatives out."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from photoshoot.engines.build import Parts, build_choice, build_embedded, build_pretrained, build_round
from photoshoot.engines.choice import EngineChoice, Selection
from photoshoot.errors import CancelledError, InputError
from photoshoot.layout import RenderKind
from photoshoot.pixels.photos import PhotoSource, read_photo
from photoshoot.planning import plan_shots
from photoshoot.presets import PresetRegistry
from photoshoot.production import OnProgress as OnProgress
from photoshoot.production import produce
from photoshoot.prompts import MAX_PROMPTS, Prompt, PromptsLike
from photoshoot.records import Cutout, Product, Progress, Recommendation, Shot, ShotRequest
from photoshoot.request import ProductLike, RenderKinds, Request, resolve_request
from photoshoot.settings import (
    Checkpoint,
    DiffusionSettings,
    ExportSettings,
    LightOverride,
    Lora,
    PhotoLimits,
    Placement,
    SegmentationSettings,
    StudioSettings,
)
from photoshoot.stages import Closable
from photoshoot.translators.verbatim import VerbatimTranslator

if TYPE_CHECKING:
    from photoshoot.stages import Captioner, Exporter, Placer, Recommender, Segmenter, Translator


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
        translator: Puts prompts of other languages into English. None: they are read as they are.
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
        translator: Translator | None = None,
        limits: PhotoLimits | None = None,
    ) -> None:
        self.segmenter, self.captioner, self.recommender = segmenter, captioner, recommender
        self.placer, self.exporter, self.presets = placer, exporter, presets
        self.translator = translator or VerbatimTranslator()
        self.limits = limits or PhotoLimits()
        self._cancelled = 0  # how often ``cancel`` was called

    @classmethod
    def embedded(
        cls,
        *,
        studio: StudioSettings | None = None,
        segmenter: str = "u2netp",
        segmentation: SegmentationSettings | None = None,
        captioner: str | Path = "efficientnet_lite0",
        matcher: str | Path | None = None,
        device: str = "auto",
        preset_folders: Sequence[Path] = (),
    ) -> Self:
        """Build one round the studio: with the parts of the library nothing is downloaded, and a CPU is enough.

        Args:
            studio: How the studio renders.
            segmenter: ``"u2netp"``, which comes with the library, or a network of rembg such as
                ``"isnet-general-use"`` or ``"birefnet-general"``, whose weights must be on this machine already.
            segmentation: How products are cut out.
            captioner: What names and describes products: ``"efficientnet_lite0"``, which comes with the library, or
                ``"smolvlm2"``, ``"qwen3-vl"``, ``"florence2"``, ``"blip"``, or a folder with such a model.
            matcher: Compares pictures with presets' words, as one more part of their scores: ``"siglip2"`` or a folder
                with such a model. None: no such part.
            device: Where captioner and matcher run: ``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.
            preset_folders: Folders of your own preset files, on top of the catalogue.

        Raises:
            MissingExtraError: A package is missing: install ``photoshoot[cpu]``, or the extra that the message names.
            WeightsMissingError: A network's weights are not on this machine; says how to get them.
            PresetError: A preset file is invalid.
        """
        selection = Selection(
            segmenter=segmenter,
            segmentation=segmentation,
            captioner=captioner,
            matcher=matcher,
            device=device,
            preset_folders=preset_folders,
        )
        return cls._of(build_embedded(selection, studio))

    @classmethod
    def from_pretrained(
        cls,
        model: str | Path = "sd15",
        *,
        device: str = "auto",
        dtype: str | None = None,
        diffusion: DiffusionSettings | None = None,
        loras: Sequence[Lora] = (),
        studio: StudioSettings | None = None,
        selection: Selection | None = None,
    ) -> Self:
        """Build one whose scenes are painted by Stable Diffusion inpainting. Nothing is downloaded here.

        Args:
            model: A profile (``"sd15"``, ``"sdxl"``, ``"sd15-fast"``, ``"sdxl-fast"``), a folder in diffusers' layout
                such as a fine-tune of your own, or a single ``.safetensors`` file.
            device: ``"auto"`` (CUDA, then MPS, then the CPU), ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.
                Several, as in ``"cuda:0,cuda:1"``, get the networks once each, and shots are spread over them.
            dtype: ``"float32"``, ``"float16"`` or ``"bfloat16"``. None: as the settings have it.
            diffusion: How to paint. None: the profile's settings.
            loras: Low-rank weights of your own, on top.
            studio: How the studio renders the picture that painting starts from.
            selection: Segmenter, captioner, matcher and presets. None: the embedded ones and the catalogue.

        Raises:
            MissingExtraError: Install ``photoshoot[diffusion]``.
            WeightsMissingError: Weights are not on this machine; names the command that pulls them.
            WeightsError: They are not what they should be.
            NoCudaError: CUDA was asked for and is not there.
        """
        checkpoint = Checkpoint(model=model, device=device, settings=diffusion, dtype=dtype, loras=tuple(loras))
        return cls._of(build_pretrained(selection or Selection(), checkpoint, studio))

    @classmethod
    def with_placer(cls, placer: Placer, *, selection: Selection | None = None) -> Self:
        """Build one round a placer of your own, or one whose engines are elsewhere; it is closed with this.

        Args:
            placer: Places products in scenes.
            selection: Segmenter and presets. None: the embedded segmenter and the catalogue.

        Raises:
            MissingExtraError: ONNX Runtime is missing: install ``photoshoot[cpu]``.
        """
        return cls._of(build_round(placer, selection or Selection()))

    @classmethod
    def of(cls, choice: EngineChoice, *, device: str = "auto", preset_folders: Sequence[Path] = ()) -> Self:
        """Build one of an engine's name, as the command line, catalogues, the service and clusters have it.

        Args:
            choice: The engine, and what it cuts out and describes with.
            device: Where networks run, see ``from_pretrained``; the studio chooses its own.
            preset_folders: Folders of your own preset files, on top of the catalogue.

        Raises:
            UnknownNameError: There is no engine, segmenter, captioner or matcher of that name.
            SettingsError: A device is named and no network would run on it.
            WeightsMissingError: Weights are not on this machine.
            PhotoshootError: As of ``embedded`` and ``from_pretrained``.
        """
        return cls._of(build_choice(choice, preset_folders, device))

    @classmethod
    def _of(cls, parts: Parts) -> Self:
        return cls(
            segmenter=parts.segmenter,
            captioner=parts.captioner,
            recommender=parts.recommender,
            placer=parts.placer,
            exporter=parts.exporter,
            presets=parts.presets,
            translator=parts.translator,
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

    def recommend(
        self, product: ProductLike, *, date: datetime.date | None = None, explain: bool = False
    ) -> Recommendation:
        """Describe a product and find four prompts and six presets that suit it.

        Args:
            product: The product, or a photo of it.
            date: The day to recommend for, so that holidays and seasons count. None: no holiday is recommended.
            explain: Give the parts of every preset's score, in ``Recommendation.scores``.

        Raises:
            PhotoError: The photo can't be read.
            NoProductFoundError: The photo shows no product.
            CaptionError: The captioner's model gives no usable answer.
        """
        return self.recommender.recommend(self.describe([product]), date=date, explain=explain)[0]

    def recommend_prompts(
        self, product: ProductLike, most: int = MAX_PROMPTS, *, date: datetime.date | None = None
    ) -> list[Prompt]:
        """The presets that suit a product best, as prompts; at most six. Else like ``recommend``."""
        return [Prompt.preset(name) for name in self.recommend(product, date=date).preset_ids[:most]]

    def generate(
        self,
        product: ProductLike,
        *,
        prompts: PromptsLike,
        render_kind: RenderKinds = RenderKind.LANDSCAPE,
        safe_margin: bool = True,
        lean_palette: bool = True,
        style_reference: bool = True,
        same_style_reference: bool | None = None,
        placement: Placement | None = None,
        light: LightOverride | None = None,
        seed: int | None = None,
        name: str | None = None,
        description: str | None = None,
        first_prompt_index: int = 0,
        max_redraws: int = 2,
        measure_expansion: bool | None = None,
        on_progress: OnProgress | None = None,
    ) -> list[Shot]:
        """Make a shot per prompt and size: a ``Request`` of one product, whose fields say what each argument means.

        Args:
            product: The product, or a photo of it.
            prompts: Up to six ``Prompt`` records or texts, or the seed API's JSON string.
            render_kind: A size, a group of sizes, or several of them.
            safe_margin: Widen the canvas (1674x628 for 1200x628), with the product in the centred original width.
            lean_palette: Lean a preset's accents toward the product's colours.
            style_reference: Attach a preset's plate as the style picture.
            same_style_reference: Sets both of these, as the seed API's switch does.
            placement: Where and how large the product stands.
            light: What of the scenes' light the caller decides, such as where shadows fall.
            seed: 0 to 2**31 - 1: the same seed gives the same pictures. None: a random one.
            name: The product's name, instead of the captioner's.
            description: The product's description, instead of the captioner's.
            first_prompt_index: Number of the first prompt, where these are a later part of a larger request.
            max_redraws: How often a picture that fails a hard check of the quality gate is drawn again, 0 to 10.
            measure_expansion: Whether the gate looks for growth of the product. None: where a network painted.
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
            lean_palette=lean_palette,
            style_reference=style_reference,
            same_style_reference=same_style_reference,
            placement=placement or Placement(),
            light=light,
            seed=seed,
            name=name,
            description=description,
            first_prompt_index=first_prompt_index,
            max_redraws=max_redraws,
            measure_expansion=measure_expansion,
        )
        return self.generate_many([request], on_progress)[0]

    def generate_many(self, requests: Sequence[Request], on_progress: OnProgress | None = None) -> list[list[Shot]]:
        """Like ``generate`` for several products at once, batched across them: a list of shots per request."""
        tell = self._listen(on_progress)
        plans = self._plan(requests, tell)
        shots = self._place([shot for plan in plans for shot in plan], tell)
        return [[next(shots) for _ in plan] for plan in plans]

    def stream(self, request: Request, on_progress: OnProgress | None = None) -> Generator[Shot, None, None]:
        """Like ``generate``, but yields each shot as it finishes; stopping early is safe."""
        tell = self._listen(on_progress)
        (plan,) = self._plan([request], tell)
        yield from self._place(plan, tell)

    def place(
        self, planned: Sequence[ShotRequest], on_progress: OnProgress | None = None
    ) -> Generator[Shot, None, None]:
        """Make the shots that ``photoshoot.planning.plan_shots`` planned, whichever requests they come from.

        They are batched in the order given, and yielded as they finish; stopping early is safe.
        """
        yield from self._place(planned, self._listen(on_progress))

    def cancel(self) -> None:
        """Stop every call that is under way, from another thread: it raises ``CancelledError`` at its next step."""
        self._cancelled += 1

    def _listen(self, on_progress: OnProgress | None) -> OnProgress:
        """Passes progress on, and stops the call once it is cancelled."""
        before = self._cancelled

        def tell(progress: Progress) -> None:
            if self._cancelled != before:
                raise CancelledError("the call was cancelled")
            if on_progress is not None:
                on_progress(progress)

        return tell

    def _plan(self, requests: Sequence[Request], tell: OnProgress) -> list[list[ShotRequest]]:
        """Describe, resolve and lay out everything, so that what is wrong is said before the first picture is made."""
        total = len(requests)
        tell(Progress(stage="describe", done=0, total=total, message="cutting the product out"))
        products = self.describe([_product_of(request) for request in requests])
        pairs = zip(requests, products, strict=True)
        resolved = [resolve_request(request, product, self.translator) for request, product in pairs]
        plans = [plan_shots(request, self.presets) for request in resolved]
        names = ", ".join(request.product.name for request in resolved)
        tell(Progress(stage="describe", done=total, total=total, message=names))
        return plans

    def _place(self, requests: Sequence[ShotRequest], tell: OnProgress) -> Iterator[Shot]:
        for shot in produce(requests, self.placer, self.segmenter, tell):
            yield dataclasses.replace(shot, exporter=self._export)

    def _export(self, shot: Shot, target: Path, settings: ExportSettings) -> Path:
        return self.exporter.export([shot], target, settings)[0]

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        for part in (self.placer, self.captioner, self.recommender, self.translator):
            if isinstance(part, Closable):
                part.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _product_of(request: Request) -> ProductLike:
    if request.product is None:
        raise InputError("the request has no product: give one, or a photo of it")
    return request.product
