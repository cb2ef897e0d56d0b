"""Strokes that correct a cut-out, as a session keeps them: what belongs to the product, and what does not."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from PIL import Image

from photoshoot.arrays import BoolArray
from photoshoot.ui.sessions import STROKES, Session

Strokes: TypeAlias = Sequence[BoolArray | None]
"""What they keep and what they remove, each (H, W) of the photo's size; None where there are none."""
NO_STROKES: Final[Strokes] = (None, None)
"""Before the first one."""


def read_strokes(session: Session) -> Strokes:
    """A session's strokes."""
    return [None if (data := session.read_mask(kind)) is None else _decode(data) for kind in STROKES]


def write_strokes(session: Session, strokes: Sequence[BoolArray]) -> None:
    """Keep a session's strokes."""
    for kind, mask in zip(STROKES, strokes, strict=True):
        session.write_mask(kind, _encode(mask))


def lay_over(before: Strokes, drawn: Sequence[BoolArray], shape: tuple[int, ...]) -> list[BoolArray]:
    """Strokes of any size over those of before, of a photo's height and width: the last word on a pixel counts."""
    size = shape[1], shape[0]
    laid = [np.asarray(Image.fromarray(mask).resize(size, Image.Resampling.NEAREST)) for mask in drawn]
    laid[1] = laid[1] & ~laid[0]
    for number, old in enumerate(before):
        if old is not None:
            laid[number] = laid[number] | (old & ~laid[1 - number])
    return laid


def _decode(data: bytes) -> BoolArray:
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("L")) > 0


def _encode(mask: BoolArray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(mask.astype(np.uint8) * 255).save(file, "PNG")
    return file.getvalue()
