"""The product and the painted scene in one picture, on the device; the product's pixels stay the original ones."""

import math

import torch
from torch import Tensor
from torch.nn import functional

from photoshoot.pixels.imaging import CORE_ALPHA
from photoshoot.placers.diffusion.canvas.latent_grid import PRODUCT_ALPHA

_SHIFT_LIMIT = 0.06
"""Most that a colour is moved, of [-1, 1]: about 8 of 255; more is no shift of the decoder's."""
_CLIPPED = 0.95  # channel values beyond can only err inwards
_FLAT = 2 / 127.5  # a picture whose values span less shows nothing


def to_signed(rgb: Tensor) -> Tensor:
    """Pictures uint8 (B, H, W, 3) as networks read them: float32 (B, 3, H, W) in [-1, 1]."""
    return rgb.movedim(-1, 1).float() / 127.5 - 1


def to_bytes(images: Tensor) -> Tensor:
    """Pictures (B, 3, H, W) in [-1, 1] as uint8 (B, H, W, 3)."""
    return ((images.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8).movedim(1, -1).contiguous()


def product_on_grey(rgb: Tensor, alpha_matte: Tensor) -> Tensor:
    """What an inpainting network is shown of the product: middle grey where it is to paint.

    Args:
        rgb: The product's colours, uint8 (B, H, W, 3).
        alpha_matte: (B, H, W).

    Returns:
        (B, 3, H, W) in [-1, 1].
    """
    return to_signed(rgb) * (alpha_matte >= PRODUCT_ALPHA)[:, None]


def composite_batch(backgrounds: Tensor, rgb: Tensor, alpha_matte: Tensor) -> Tensor:
    """Lay products over scenes in linear light, as ``photoshoot.pixels.imaging.composite`` does.

    Args:
        backgrounds: (B, 3, H, W) in [-1, 1].
        rgb: The products' colours, uint8 (B, H, W, 3).
        alpha_matte: (B, H, W).

    Returns:
        uint8 (B, H, W, 3): exactly ``rgb`` in the product's core, exactly the scene where the matte is 0.
    """
    scenes, alpha = to_bytes(backgrounds), alpha_matte[..., None]
    blend = _to_srgb_bytes(to_linear(rgb) * alpha + to_linear(scenes) * (1 - alpha))
    soft = torch.where(alpha > 0, blend, scenes)  # picking the edge's pixels alone would wait for the device
    return torch.where(alpha >= float(CORE_ALPHA), rgb, soft)


def match_colors(decoded: Tensor, truth: Tensor, alpha_matte: Tensor) -> Tensor:
    """Take the decoder's colour shift, measured on the product, out of whole pictures.

    Args:
        decoded: Pictures (B, 3, H, W) in [-1, 1] as they were decoded, product included.
        truth: What the product looks like, same shape.
        alpha_matte: (B, H, W); only its core is compared. Without any, nothing is changed.

    Returns:
        (B, 3, H, W) in [-1, 1]; no colour is moved by more than 0.06.
    """
    core = (alpha_matte >= float(CORE_ALPHA))[:, None] & (truth.abs() < _CLIPPED)
    difference = torch.where(core, decoded - truth, 0).sum((2, 3), keepdim=True)
    shift = difference / core.sum((2, 3), keepdim=True).clamp(min=1)
    return (decoded - shift.clamp(-_SHIFT_LIMIT, _SHIFT_LIMIT)).clamp(-1, 1)


def shrink(images: Tensor, width_px: int, height_px: int) -> Tensor:
    """Bring pictures (B, 3, H, W) in [-1, 1] down to an ad's size, in linear light; at that size they stay the same."""
    if images.shape[-2:] == (height_px, width_px):
        return images
    linear = to_linear((images + 1) * 127.5)
    smaller = functional.interpolate(linear, (height_px, width_px), mode="bicubic", antialias=True)
    return to_signed(_to_srgb_bytes(smaller.clamp(0, 1)).movedim(1, -1))


def find_blanks(images: Tensor) -> list[str | None]:
    """Why decoded pictures show nothing.

    Args:
        images: (B, 3, H, W) in [-1, 1].

    Returns:
        For each of them: that a value is no number, or that it is of one colour, as black ones are. None: it is fine.
    """
    span = images.amax((1, 2, 3)) - images.amin((1, 2, 3))  # NaN wherever a value is NaN
    return [_name_fault(value) for value in span.tolist()]


def _name_fault(span: float) -> str | None:
    if math.isfinite(span) and span >= _FLAT:
        return None
    what = "is of one colour" if math.isfinite(span) else "is not made of numbers (NaN or infinity)"
    return f"the decoded picture {what}: the decoder overflowed; use dtype='float32'"


def to_linear(rgb: Tensor) -> Tensor:
    """SRGB values, 0 to 255, as linear light, 0 to 1."""
    value = rgb.float() / 255
    return torch.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def _to_srgb_bytes(linear: Tensor) -> Tensor:
    srgb = torch.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return (srgb.clamp(0, 1) * 255).round().to(torch.uint8)
