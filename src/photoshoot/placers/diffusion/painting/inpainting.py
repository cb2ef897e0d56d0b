"""A batch of shots from start to finish: painted small, refined at full size, decoded, and the product laid over."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from photoshoot.placers.diffusion.canvas.latent_grid import Grid, keep_strength, repaint_mask, resize
from photoshoot.placers.diffusion.canvas.working_sizes import WorkingSize
from photoshoot.placers.diffusion.components.codec import LatentCodec
from photoshoot.placers.diffusion.components.flow_transformer import FlowTransformer, Reading
from photoshoot.placers.diffusion.components.step_cache import CachedSteps
from photoshoot.placers.diffusion.hosting.offloading import at_work
from photoshoot.placers.diffusion.memory.memory_ladder import MODEL_OFFLOAD
from photoshoot.placers.diffusion.models.control import ControlledUNet, draw_product, draw_set
from photoshoot.placers.diffusion.models.model_parts import Models
from photoshoot.placers.diffusion.painting.compositing import (
    composite_batch,
    find_blanks,
    match_colors,
    product_on_grey,
    shrink,
    to_bytes,
    to_signed,
)
from photoshoot.placers.diffusion.painting.conditioning import Words
from photoshoot.placers.diffusion.painting.denoise import Painting, Pass, Predictor, denoise, find_overflows
from photoshoot.placers.diffusion.painting.flow_sampling import FlowSampler
from photoshoot.placers.diffusion.painting.previews import Previewer
from photoshoot.placers.diffusion.painting.sampling import (
    BASE_STREAM,
    REFINE_STREAM,
    Sampler,
    build_sampler,
    make_noise,
)
from photoshoot.records import ProductLayer, RgbImage
from photoshoot.settings import DiffusionSettings
from photoshoot.stages import OnStep


@dataclass(frozen=True, kw_only=True, eq=False)
class Layers:
    """B products on pictures of one size, on the network's device."""

    rgb: Tensor
    """The products' colours, uint8 (B, height, width, 3)."""
    alpha_matte: Tensor
    """float32 (B, height, width)."""
    first_alike: tuple[int, ...]
    """For each of them, which is the first that is the same to the bit; often 0 for all: the shots of one request."""

    @classmethod
    def stack(cls, layers: Sequence[ProductLayer], device: torch.device) -> Layers:
        """Bring layers of one size onto a device, in their order."""
        digests = {id(layer): _digest(layer) for layer in layers}
        firsts: dict[bytes, int] = {}
        return cls(
            rgb=torch.from_numpy(np.stack([layer.rgb for layer in layers])).to(device),
            alpha_matte=torch.from_numpy(np.stack([layer.alpha_matte for layer in layers])).to(device),
            first_alike=tuple(firsts.setdefault(digests[id(layer)], place) for place, layer in enumerate(layers)),
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Batch:
    """B shots of one working size, on the network's device."""

    size: WorkingSize
    """What is painted, and which part of it is the ad."""
    product: Layers
    """At the size that is painted."""
    ad_product: Layers
    """At the ad's size: the pixels that are laid over in the end."""
    start: Tensor | None
    """The studio's pictures at the size that is painted, uint8 (B, height, width, 3); None: it starts from noise."""
    set_pictures: Tensor | None = None
    """float32 (B, height, width, 1 or 3), see ``SHOW``: what a ControlNet holds to; None: to the product."""
    control_scales: tuple[float, ...] = ()
    """Weight of the ControlNet, one a shot; none, or all 0: nothing holds them."""
    words: Words
    """What to paint."""
    seeds: tuple[int, ...]
    """One a shot."""
    keep_scenes: bool = False
    """Whether the pictures without the products are wanted, too."""

    def __len__(self) -> int:
        return len(self.seeds)

    @property
    def grid(self) -> Grid:
        """The network's cells."""
        return self.size.grid


@dataclass(frozen=True, kw_only=True, eq=False)
class Finished:
    """Some of a batch's pictures, in its order."""

    pictures: Tensor
    """uint8 (n, height, width, 3)."""
    scenes: Tensor | None
    """The same before the products were laid over; None where they are not wanted."""
    faults: list[str | None]
    """Why each of them is none; None: it is fine."""


class Painter:
    """Paints batches with one model.

    Args:
        models: The networks.
        settings: How to paint.
    """

    def __init__(self, models: Models, settings: DiffusionSettings) -> None:
        self._models, self._settings = models, settings
        self._codec = LatentCodec(models.vae, models.device, settings.vae_tiling)
        self._previewer = Previewer(models, self._codec)
        self._sampler: Sampler | FlowSampler = build_sampler(settings.sampler, models.scheduler_config)

    def paint(self, batch: Batch, on_step: OnStep) -> Iterator[Finished]:
        """Paint a batch. A shot that becomes no picture stops no other.

        Args:
            batch: What to paint.
            on_step: Told the steps that are done, those of both passes, and what shows the ads as they stand; what it
                raises stops the painting.

        Yields:
            Pictures on the device, a few shots at a time.
        """
        self._codec.used_tiles = False
        settings, steps = (
            self._settings,
            _Steps(on_step, self.count_steps(batch), functools.partial(self._previewer.show, size=batch.size)),
        )
        faults = _Faults(len(batch))
        latents = self._pass(batch, batch.size.base_grid, self._start(batch), Pass.base(settings), steps.tell, faults)
        if batch.size.two_stages:
            enlarged = self._enlarge(batch, latents, faults)
            latents = self._pass(batch, batch.grid, enlarged, Pass.refine(settings), steps.tell, faults)
        yield from self._finish(batch, latents, faults)

    @property
    def used_tiles(self) -> bool:
        """Whether pictures of the last batch went through the autoencoder in tiles."""
        return self._codec.used_tiles

    def count_steps(self, batch: Batch) -> int:
        """Steps of all passes."""
        passes = [(Pass.base(self._settings), batch.start is None)]
        if batch.size.two_stages:
            passes.append((Pass.refine(self._settings), False))
        host = torch.device("cpu")
        runs = [
            self._sampler.begin(plan.num_inference_steps, 1 if noise else plan.strength, host) for plan, noise in passes
        ]
        return sum(len(run) for run in runs)

    def _start(self, batch: Batch) -> Tensor | None:
        """The studio's pictures at the padded size, (B, 3, H, W), with the product's own pixels, relit or not."""
        return None if batch.start is None else self._with_product(batch, to_signed(batch.start))

    def _pass(
        self,
        batch: Batch,
        grid: Grid,
        start: Tensor | None,
        plan: Pass,
        on_step: Callable[[int, int, Tensor], object],
        faults: _Faults,
    ) -> Tensor:
        """One pass at a grid's size; ``start`` is at the padded full size."""
        alpha = batch.grid.pad(batch.product.alpha_matte[:, None])[:, 0]
        stream = REFINE_STREAM if plan.name == "refine" else BASE_STREAM
        painting = Painting(
            conditioning=batch.words.conditioning(self._models.family, grid),
            start=None if start is None else self._encode(start, grid),
            masked=self._encode_products(batch, grid),
            repaint=repaint_mask(alpha, grid),
            keep=keep_strength(alpha, grid),
            noise=make_noise(batch.seeds, grid.latent_size, stream, self._models.kind.latent_channels).to(
                self._models.device
            ),
        )
        models = self._models
        with ExitStack() as working:
            for network in (models.unet, models.control) if models.rung == MODEL_OFFLOAD else ():
                if network is not None:
                    working.enter_context(at_work(network, models.device))
            unet = self._choose_unet(batch, grid, painting)
            latents = denoise(unet, models.attention, painting, self._sampler, plan, on_step)
        return faults.blank_out(latents, find_overflows(latents, plan, models.dtype))

    def _choose_unet(self, batch: Batch, grid: Grid, painting: Painting) -> Predictor:
        """What predicts in a pass: the UNet, held by its ControlNet, or with steps that keep its deep half; a flow."""
        models, interval = self._models, self._settings.cache_interval
        if isinstance(models.attention, Reading):
            return FlowTransformer(models.unet, models.attention, painting.original)
        if models.control is None or not any(batch.control_scales):
            return models.unet if interval == 1 or models.outer is None else CachedSteps(models.outer, interval)
        if batch.set_pictures is not None:
            image = draw_set(batch.grid.pad(batch.set_pictures.movedim(-1, 1)), grid, self._settings.control)
        else:
            pictures, alpha = to_signed(batch.product.rgb), batch.product.alpha_matte[:, None]
            image = draw_product(batch.grid.pad(pictures), batch.grid.pad(alpha)[:, 0], grid, models.control)
        return ControlledUNet(models.unet, models.control, image, batch.control_scales)

    def _encode_products(self, batch: Batch, grid: Grid) -> Tensor:
        """Latents of the products on grey; a product that several shots show is encoded once."""
        firsts = sorted(set(batch.product.first_alike))
        rgb, alpha = (
            torch.stack([part[first] for first in firsts]) for part in (batch.product.rgb, batch.product.alpha_matte)
        )
        latents = self._encode(batch.grid.pad(product_on_grey(rgb, alpha)), grid)
        return torch.stack([latents[firsts.index(first)] for first in batch.product.first_alike])

    def _encode(self, images: Tensor, grid: Grid) -> Tensor:
        same = images.shape[-2:] == (grid.padded_height_px, grid.padded_width_px)
        return self._codec.encode(images if same else resize(images, grid))

    def _enlarge(self, batch: Batch, latents: Tensor, faults: _Faults) -> Tensor:
        """The base pictures at full size, with the product sharp again."""
        parts = [resize(part, batch.grid) for part in self._codec.decode(latents)]
        pictures = batch.grid.crop(torch.cat(parts))
        return self._with_product(batch, faults.blank_out(pictures, find_blanks(pictures)))

    def _with_product(self, batch: Batch, pictures: Tensor) -> Tensor:
        """Pictures (B, 3, height, width) with the product laid over, padded."""
        return batch.grid.pad(to_signed(composite_batch(pictures, batch.product.rgb, batch.product.alpha_matte)))

    def _finish(self, batch: Batch, latents: Tensor, faults: _Faults) -> Iterator[Finished]:
        done = 0
        for decoded in self._codec.decode(latents):
            part = slice(done, done + len(decoded))
            done += len(decoded)
            painted, ad = batch.product, batch.ad_product
            pictures = batch.grid.crop(decoded)
            pictures = match_colors(pictures, to_signed(painted.rgb[part]), painted.alpha_matte[part])
            pictures = faults.blank_out(pictures, find_blanks(pictures), part.start)
            scenes = shrink(pictures[..., *batch.size.ad.slices()], *batch.size.canvas_px)
            yield Finished(
                pictures=composite_batch(scenes, ad.rgb[part], ad.alpha_matte[part]),
                scenes=to_bytes(scenes) if batch.keep_scenes else None,
                faults=faults.reasons[part],
            )


def _digest(layer: ProductLayer) -> bytes:
    return hashlib.sha256(layer.rgb.tobytes() + layer.alpha_matte.tobytes()).digest()


class _Faults:
    """Why shots of a batch become no pictures; the first reason counts."""

    def __init__(self, count: int) -> None:
        self.reasons: list[str | None] = [None] * count

    def blank_out(self, tensors: Tensor, found: Sequence[str | None], first: int = 0) -> Tensor:
        """Note what was found in the shots from ``first`` on; theirs becomes nought, so that work on it goes well."""
        for place, reason in enumerate(found):
            if reason is not None:
                self.reasons[first + place] = self.reasons[first + place] or reason
                tensors[place] = 0
        return tensors


class _Steps:
    """Counts the steps of all passes as one."""

    def __init__(self, on_step: OnStep, total: int, show: Callable[[Tensor], list[RgbImage]]) -> None:
        self._on_step, self._total, self._done, self._show = on_step, total, 0, show

    def tell(self, _: int, __: int, clean: Tensor) -> None:
        self._done += 1
        self._on_step(self._done, self._total, functools.partial(self._show, clean))
