"""START HERE: one product photo in, finished ad creatives out. The verbs come in the order of the work.

1. ``cut_out`` and ``describe``: photos → cut-outs → named products (segmenters, captioners).
2. ``recommend``: a product → prompts and presets that suit it (recommenders).
3. ``generate``: a ``Request`` → ``resolve_request`` → ``plan_shots`` → ``produce`` → shots (request,
   production); ``Shot.save`` writes them to files (exporters).

``construction`` builds the parts: segmenter, captioner, recommender, placer, gate, exporter.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
from collections.abc import Generator, Iterator, Sequence
from typing import Self

import numpy as np
import numpy.typing as npt

from photoshoot.construction import Built
from photoshoot.errors import CancelledError, DeviceError, SettingsError
from photoshoot.framing.layout import RenderKind
from photoshoot.machine.cancellation import Check, check_cancelled, within_scope
from photoshoot.notebook_bar import choose_listener
from photoshoot.pixels.photos import PhotoSource, read_photo
from photoshoot.production import OnProgress as OnProgress
from photoshoot.production import check_request, gather, plan_shots, produce
from photoshoot.prompts import MAX_PROMPTS, Prompt, PromptsLike
from photoshoot.records import Cutout, Product, Progress, Recommendation, Shot, ShotRequest, Shots
from photoshoot.request import (
    ProductLike,
    RenderKinds,
    Request,
    list_products,
    list_requests,
    product_of,
    resolve_request,
)
from photoshoot.settings import LightOverride, Placement, SegmentationSettings, StyleImage
from photoshoot.stages import Closable, adjust, export_shot, reader_of, take_all


class Photoshoot(Built):
    """The whole flow, from a photo to files: segment, describe, recommend, place, inspect, export.

    May be called from several threads. ``close()``, or ``with``, gives the memory back; then every verb raises
    ``DeviceError``.
    """

    _cancelled = 0  # how often ``cancel`` was called
    _closed = False

    def cut_out(self, photos: Sequence[PhotoSource], segmentation: SegmentationSettings | None = None) -> list[Cutout]:
        """Cut the product out of each photo; ``segmentation`` says how in this call alone, None as in every other.

        Raises:
            PhotoError: A photo can't be read.
            NoProductFoundError: A photo shows no product.
            SettingsError: The segmenter can't be told how, or ``select`` means no part.
        """
        self._check_open()
        segmenter = self.segmenter if segmentation is None else adjust(self.segmenter, segmentation)
        return segmenter.segment(self.check_photos([read_photo(photo, self.limits) for photo in list_products(photos)]))

    def refine(
        self,
        cutout: Cutout,
        *,
        keep: npt.NDArray[np.generic] | None = None,
        remove: npt.NDArray[np.generic] | None = None,
    ) -> Cutout:
        """Correct a cut-out by strokes: what ``keep`` covers belongs to the product, what ``remove`` covers does not.

        Args:
            cutout: As ``cut_out`` made it.
            keep: A mask (H, W) of the photo's size, 0 = no stroke; similar pixels next to a stroke follow it.
            remove: Likewise.

        Raises:
            InputError: ``cutout`` is not a cut-out.
            SettingsError: A mask has another size, or a pixel is in both.
            NoProductFoundError: Nothing is left.
        """
        from photoshoot.segmenters.strokes import refine  # brings in SciPy, which importing photoshoot does not

        return refine(cutout, keep=keep, remove=remove)

    def describe(self, products: Sequence[ProductLike]) -> list[Product]:
        """Cut out, name and describe each product; a ``Product`` is returned as it is.

        Raises:
            PhotoError: A photo can't be read.
            NoProductFoundError: A photo shows no product.
        """
        self._check_open()
        products = list_products(products)
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
            explain: Also return the parts of every preset's score, in ``Recommendation.scores``.

        Raises:
            PhotoError: The photo can't be read.
            NoProductFoundError: The photo shows no product.
            CaptionError: The captioner's model gives no usable answer.
            SettingsError: ``date`` is not a date.
        """
        if date is not None and not isinstance(date, datetime.date):
            raise SettingsError("date", date, "a datetime.date, or None")
        return self.recommender.recommend(self.describe([product]), date=date, explain=explain)[0]

    def recommend_prompts(
        self, product: ProductLike, most: int = MAX_PROMPTS, *, date: datetime.date | None = None
    ) -> list[Prompt]:
        """The presets that suit a product best, as prompts, at most six; otherwise like ``recommend``."""
        return [Prompt.preset(name) for name in self.recommend(product, date=date).preset_ids[:most]]

    def generate(
        self,
        product: ProductLike,
        *,
        prompts: PromptsLike = (),
        render_kind: RenderKinds = RenderKind.LANDSCAPE,
        safe_margin: bool = True,
        lean_palette: bool = True,
        style_reference: bool = True,
        style_image: StyleImage | PhotoSource | None = None,
        style_strength: float = 0.5,
        same_style_reference: bool | None = None,
        placement: Placement | None = None,
        light: LightOverride | None = None,
        light_on_product: float = 0.0,
        seed: int | None = None,
        name: str | None = None,
        description: str | None = None,
        first_prompt_index: int = 0,
        max_redraws: int = 2,
        measure_expansion: bool | None = None,
        draft: bool = False,
        quality: str | None = None,
        plain_if_unread: bool = False,
        on_progress: OnProgress | None = None,
    ) -> Shots:
        """Make a shot per prompt and size: a ``Request`` of one product, whose fields say what each argument means.

        Args:
            product: The product, or a photo of it.
            prompts: Up to six ``Prompt`` records or texts, or the HTTP API's JSON string. Empty: the six presets that
                suit the product best.
            render_kind: A size, a group of sizes, or several of them; each a ``RenderKind`` or its name.
            safe_margin: Widen the canvas (1674x628 for 1200x628), with the product in the centred original width.
            lean_palette: Lean a preset's accents toward the product's colours.
            style_reference: Attach a preset's plate as the style picture.
            same_style_reference: Sets both of these, as the HTTP API's switch does.
            style_image: A picture of your own whose style all shots follow.
            style_strength: How far, 0 to 1.
            placement: Where and how large the product stands.
            light: Overrides the scenes' light, such as where shadows fall.
            light_on_product: How far the scene's light falls on the product, 0 (its own pixels, exactly) to 1.
            seed: 0 to 2**31 - 1: the same seed gives the same pictures. None: a random one.
            name: The product's name, instead of the captioner's.
            description: The product's description, instead of the captioner's.
            first_prompt_index: Number of the first prompt, where these are a later part of a larger request.
            max_redraws: How often a picture that fails a hard check of the quality gate is drawn again, 0 to 10.
            measure_expansion: Whether the gate looks for growth of the product. None: where a network painted.
            draft: Make drafts: a third of the size, in a fraction of the time.
            quality: ``"draft"`` or ``"final"``: sets ``draft``.
            plain_if_unread: Whether a prompt of which nothing was understood gets a plain backdrop instead of an error.
            on_progress: Called after each step. None: a notebook shows a bar, other places show nothing.

        Returns:
            The shots: prompts in order, and sizes within a prompt.

        Raises:
            InputError: The photo, a prompt or a setting is wrong.
            NoProductFoundError: The photo shows no product.
            ProductDoesNotFitError: The product can't be laid out in a canvas as asked.
            ShotsFailedError: A network could not make some of the shots; the error's ``shots`` are all the others.
        """
        request = Request(
            product=product,
            prompts=prompts,
            render_kind=render_kind,
            safe_margin=safe_margin,
            lean_palette=lean_palette,
            style_reference=style_reference,
            style_image=style_image,
            style_strength=style_strength,
            same_style_reference=same_style_reference,
            placement=placement or Placement(),
            light=light,
            light_on_product=light_on_product,
            seed=seed,
            name=name,
            description=description,
            first_prompt_index=first_prompt_index,
            max_redraws=max_redraws,
            measure_expansion=measure_expansion,
            draft=draft,
            quality=quality,
            plain_if_unread=plain_if_unread,
        )
        return self.generate_many([request], on_progress)[0]

    def generate_many(self, requests: Sequence[Request], on_progress: OnProgress | None = None) -> list[Shots]:
        """Like ``generate`` for several products at once, batched across them: a list of shots per request."""
        tell, check = self._listen(on_progress)
        plans = self._plan(list_requests(requests), tell)
        shots = iter(take_all(gather(self._place([shot for plan in plans for shot in plan], tell, check))))
        return [Shots(next(shots) for _ in plan) for plan in plans]

    def stream(self, request: Request, on_progress: OnProgress | None = None) -> Generator[Shot, None, None]:
        """Like ``generate``, but yields each shot as it finishes; stopping early is safe."""
        tell, check = self._listen(on_progress)
        yield from self._place(self._plan(list_requests([request]), tell)[0], tell, check)

    def place(
        self, planned: Sequence[ShotRequest], on_progress: OnProgress | None = None
    ) -> Generator[Shot, None, None]:
        """Make the shots that ``photoshoot.production.plan_shots`` planned, whichever requests they come from.

        They are batched in the order given, and yielded as they finish; stopping early is safe.
        """
        yield from self._place(planned, *self._listen(on_progress))

    def cancel(self) -> None:
        """Stop every call that is running in another thread: each raises ``CancelledError``, also within a picture."""
        self._cancelled += 1

    def _listen(self, on_progress: OnProgress | None) -> tuple[OnProgress, Check]:
        """What passes progress on, and what it asks first, which any thread may: whether the call was cancelled."""
        self._check_open()
        before, told = self._cancelled, choose_listener(on_progress)

        def check() -> None:
            if self._cancelled != before:
                raise CancelledError("the call was cancelled")

        def tell(progress: Progress) -> None:
            check()
            check_cancelled()  # whoever called may have said more
            told(progress)

        return tell, check

    def _plan(self, requests: Sequence[Request], tell: OnProgress) -> list[list[ShotRequest]]:
        """Describe, resolve and lay out everything, so that what is wrong is said before the first picture is made."""
        requests = [check_request(request, self.presets, any_text=self.reads_any_text) for request in requests]
        total = len(requests)
        self.check_allowed(requests)
        tell(Progress(stage="describe", done=0, total=total, message="cutting the product out"))
        products = self.describe([product_of(request) for request in requests])
        pairs = zip(requests, products, strict=True)
        resolved = [resolve_request(self._fill(asked, product), product, self.translator) for asked, product in pairs]
        plans = [plan_shots(request, self.presets, any_text=self.reads_any_text) for request in resolved]
        names = ", ".join(request.product.name for request in resolved)
        tell(Progress(stage="describe", done=total, total=total, message=names))
        return plans

    def _fill(self, request: Request, product: Product) -> Request:
        """A request with the presets that suit its product best, where it has no prompts."""
        return request if request.prompts else dataclasses.replace(request, prompts=self.recommend_prompts(product))

    def _place(self, requests: Sequence[ShotRequest], tell: OnProgress, check: Check) -> Iterator[Shot]:
        for shot in within_scope(
            check, produce(requests, self.placer, self.segmenter, tell, reader_of(self.captioner))
        ):
            self.check_pictures({f"the picture of {shot.scene.preset_id or shot.scene.text!r}": shot.image})
            yield dataclasses.replace(shot, exporter=functools.partial(export_shot, self.exporter))

    def _check_open(self) -> None:
        if self._closed:
            raise DeviceError("this Photoshoot is closed and has given its memory back; make a new one")

    def close(self) -> None:
        """Give the memory back; safe to call twice. Every verb is refused after it."""
        self._closed = True
        for part in (self.placer, self.captioner, self.recommender, self.translator):
            if isinstance(part, Closable):
                part.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
