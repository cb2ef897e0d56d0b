"""The scene's light on the product, as a network tells it: IC-Light paints the product in it, smoothed to a light map.

What it paints is never shown. Only how bright and in what colour it makes each part of the product goes on, over what
that part was: smooth factors, within the bounds of the studio's own light on the product.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from photoshoot.arrays import Float32Array
from photoshoot.errors import DeviceError
from photoshoot.pixels.imaging import CORE_ALPHA, composite, light_product, wrap_light
from photoshoot.pixels.light_bounds import Bounds
from photoshoot.pixels.product_light import METERED, TwoLights, asked_light, choose_light
from photoshoot.placers.diffusion.canvas.working_sizes import WorkingSize
from photoshoot.placers.diffusion.components.attention import install_attention
from photoshoot.placers.diffusion.components.codec import LatentCodec
from photoshoot.placers.diffusion.components.text_encoder import TextEncoder
from photoshoot.placers.diffusion.hosting.offloading import at_work
from photoshoot.placers.diffusion.models.model_parts import Parts
from photoshoot.placers.diffusion.painting.candidates import Painted
from photoshoot.placers.diffusion.painting.compositing import to_linear, to_signed
from photoshoot.placers.diffusion.painting.denoise import Conditioning, Painting, Pass, denoise, find_overflows
from photoshoot.placers.diffusion.painting.network_prompts import describe_shot
from photoshoot.placers.diffusion.painting.sampling import RELIGHT_STREAM, build_sampler, make_noise
from photoshoot.records import Box, ProductLayer, ShotRequest
from photoshoot.records.light_map import LightMap
from photoshoot.stages import OnStep

PLAN: Final = Pass(
    name="relighting", num_inference_steps=20, strength=1.0, guidance_scale=7.0, guidance_interval=(0.0, 1.0)
)
"""Steps and guidance. Source: the defaults of IC-Light's own program for foreground and background."""
_ROUND = 1.3  # side of the square that it sees, over the product's longer one
_CELLS = 48  # of the light, along the square's side
_SMOOTH = 2.0  # cells: letters that it redrew are no light
_FLOOR = 0.004  # linear light that is added to both sides of the ratio: black has no shading
_SEEN = 0.05  # share of a cell that is product, from which on it tells the light
_CLEAR = 0.01  # matte under which a pixel is the scene's alone


@dataclass(frozen=True, kw_only=True, eq=False)
class ToLight:
    """A finished picture whose product is to be lit."""

    request: ShotRequest
    """What was asked for."""
    painted: Painted
    """With its scene."""


@dataclass(frozen=True, kw_only=True)
class _Relighting(Painting):
    """A batch of products to paint in their scenes' light."""

    background: Tensor
    """(B, C, h, w), latents of the scenes."""

    @property
    def fixed(self) -> Tensor:
        """The product's latents, and its scene's."""
        return torch.cat([self.masked, self.background], 1)


class Relighter:
    """Lights products.

    Args:
        parts: IC-Light, see ``load_relighter``.
        device: Where it works; from elsewhere its networks come for the time of their work.
        bounds: What light may do to a product.
    """

    def __init__(self, parts: Parts, device: torch.device, bounds: Bounds) -> None:
        self._unet, self._device, self._bounds = parts.unet, device, bounds
        self._attention = install_attention(parts.unet)
        self._codec = LatentCodec(parts.vae, device)
        self._text = TextEncoder(parts.tokenizers, parts.text_encoders, device, parts.unet.dtype)
        self._sampler = build_sampler("dpmpp_2m_karras", parts.scheduler_config)
        self.size = square_size(parts)
        """What it paints, whatever the picture's size."""

    def light(self, items: Sequence[ToLight], on_step: OnStep) -> list[Painted]:
        """Light the products of a batch.

        Args:
            items: Pictures of any sizes.
            on_step: Told of its steps.

        Returns:
            The pictures, with the light that their products were given; or why a picture has none.
        """
        windows = [find_window(item.request.layer) for item in items]
        fronts, mattes, backs = self._look(items, windows)
        front, back = self._codec.encode(fronts), self._codec.encode(backs)
        latents = self.paint([item.request for item in items], front, back, on_step)
        faults = find_overflows(latents, PLAN, self._unet.dtype)
        relit, own = (torch.cat(list(self._codec.decode(part))) for part in (latents.nan_to_num(), front))
        cells = [part.cpu().numpy() for part in _to_cells(relit, own, mattes)]
        return [
            _finish(item, self._choose(item.request, window, *parts), fault)
            for item, window, fault, *parts in zip(items, windows, faults, *cells, strict=True)
        ]

    def paint(self, requests: Sequence[ShotRequest], front: Tensor, back: Tensor, on_step: OnStep) -> Tensor:
        """Latents (B, C, h, w) of the products in their scenes' light, of those of both."""
        painting = _Relighting(
            conditioning=self._read(requests),
            start=None,
            masked=front,
            repaint=torch.ones_like(front[:, :1]),
            keep=torch.zeros_like(front[:, :1]),
            noise=make_noise([request.seed for request in requests], self.size.grid.latent_size, RELIGHT_STREAM).to(
                front.device
            ),
            background=back,
        )
        with at_work(self._unet, self._device):
            return denoise(
                self._unet,
                self._attention,
                painting,
                self._sampler,
                PLAN,
                lambda done, total, _: on_step(done, total),
            )

    def _read(self, requests: Sequence[ShotRequest]) -> Conditioning:
        prompts = [describe_shot(request) for request in requests]
        text = self._text.encode([*prompts, *(request.scene.negative_text for request in requests)])
        return Conditioning(text=text.states, text_mask=text.mask)

    def _look(self, items: Sequence[ToLight], windows: Sequence[Box]) -> tuple[Tensor, Tensor, Tensor]:
        """Products on grey, their mattes (B, 1, S, S), and their scenes without them, (B, 3, S, S) in [-1, 1]."""
        views = [self._crop(item, window) for item, window in zip(items, windows, strict=True)]
        rgb, alpha, scene = (torch.cat(parts) for parts in zip(*views, strict=True))
        return rgb * alpha, alpha, fill_under(scene, (alpha < _CLEAR).float())

    def _crop(self, item: ToLight, window: Box) -> tuple[Tensor, Tensor, Tensor]:
        """Colours, matte and scene in a window, at the size that is painted."""
        assert item.painted.scene is not None, "only what has a scene is lit"
        layer, (rows, columns) = item.request.layer, (self.size.height_px, self.size.width_px)
        planes = torch.cat(
            [
                to_signed(self._cut(layer.rgb, window)),
                self._cut(layer.alpha_matte[..., None], window).movedim(-1, 1),
                to_signed(self._cut(item.painted.scene, window)),
            ],
            1,
        )
        seen = functional.interpolate(planes, (rows, columns), mode="bicubic", antialias=True)
        return seen[:, :3].clamp(-1, 1), seen[:, 3:4].clamp(0, 1), seen[:, 4:].clamp(-1, 1)

    def _cut(self, image: np.typing.NDArray[np.generic], window: Box) -> Tensor:
        """(1, h, w, C) of an image on the device; its edge goes on beyond it."""
        rows = np.arange(window.top, window.bottom).clip(0, image.shape[0] - 1)
        columns = np.arange(window.left, window.right).clip(0, image.shape[1] - 1)
        return torch.from_numpy(np.ascontiguousarray(image[rows[:, None], columns]))[None].to(self._device)

    def _choose(self, request: ShotRequest, window: Box, ratio: Float32Array, share: Float32Array) -> LightMap:
        lights = TwoLights(
            scene=np.float32(METERED) * np.moveaxis(ratio, 0, -1),
            photo=np.ones(share.shape[1:], np.float32),
            seen=share[0] > _SEEN,
            box=window,
        )
        return choose_light(request.layer, lights, asked_light(request), self._bounds)


def square_size(parts: Parts) -> WorkingSize:
    """The square that IC-Light paints: what its base was trained on."""
    side = math.isqrt(parts.native_px)
    whole = Box(left=0, top=0, right=side, bottom=side)
    return WorkingSize(canvas_px=(side, side), ad=whole, width_px=side, height_px=side)


def find_window(layer: ProductLayer) -> Box:
    """The square round a product that IC-Light sees, canvas pixels; it may reach beyond the canvas."""
    rows, columns = (np.flatnonzero((layer.alpha_matte > 0).any(axis)) for axis in (1, 0))
    height, width = (int(np.ptp(line)) + 1 for line in (rows, columns))
    side = math.ceil(_ROUND * max(height, width))
    top, left = (int(line[0]) - (side - long) // 2 for line, long in ((rows, height), (columns, width)))
    return Box(left=left, top=top, right=left + side, bottom=top + side)


def fill_under(pictures: Tensor, known: Tensor) -> Tensor:
    """Pictures with what is not known of them filled from around, the nearest first.

    Args:
        pictures: (B, C, S, S).
        known: (B, 1, S, S), 1 where they are, 0 where they are to be filled.
    """
    if pictures.shape[-1] % 2 or pictures.shape[-1] == 1:
        mean = (pictures * known).sum((2, 3), keepdim=True) / known.sum((2, 3), keepdim=True).clamp(min=1e-6)
        return pictures * known + mean * (1 - known)
    share = functional.avg_pool2d(known, 2)
    smaller = functional.avg_pool2d(pictures * known, 2) / share.clamp(min=1e-6)
    coarse = fill_under(smaller, (share > 0).to(share.dtype))
    filled = functional.interpolate(coarse, scale_factor=2, mode="bilinear", align_corners=False)
    return pictures * known + filled * (1 - known)


def _to_cells(relit: Tensor, own: Tensor, mattes: Tensor) -> tuple[Tensor, Tensor]:
    """The light on each cell over what it was, (B, 3, h, w), smoothed; and its share of product, (B, 1, h, w)."""
    side = min(_CELLS, relit.shape[-1])
    core = (mattes >= float(CORE_ALPHA)).float()
    share = functional.adaptive_avg_pool2d(core, side)
    lights = [
        _smooth(functional.adaptive_avg_pool2d(to_linear((part + 1) * 127.5) * core, side)) + _FLOOR * _smooth(share)
        for part in (relit, own)
    ]
    return lights[0] / lights[1].clamp(min=1e-6), share


def _smooth(cells: Tensor) -> Tensor:
    """Blurred by a Gaussian of ``_SMOOTH`` cells."""
    reach = math.ceil(3 * _SMOOTH)
    weights = torch.exp(-0.5 * (torch.arange(-reach, reach + 1, device=cells.device) / _SMOOTH) ** 2)
    kernel = (weights / weights.sum())[None, None].expand(cells.shape[1], 1, -1)
    along = functional.conv2d(cells, kernel[:, :, None], padding=(0, reach), groups=cells.shape[1])
    return functional.conv2d(along, kernel[..., None], padding=(reach, 0), groups=cells.shape[1])


def _finish(item: ToLight, light: LightMap, fault: str | None) -> Painted:
    """The picture with its product lit."""
    if fault is not None:
        return replace(item.painted, image=DeviceError(fault))
    scene, request = item.painted.scene, item.request
    assert scene is not None
    layer = wrap_light(light_product(request.layer, light), scene, asked_light(request))
    return replace(item.painted, image=composite(scene, layer), light=light)
