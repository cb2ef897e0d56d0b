"""The separate things that a matte shows, and the selection of one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from photoshoot.errors import SettingsError

_Matte: TypeAlias = npt.NDArray[np.float32]
_LEAST: Final = 0.01  # of the largest part: smaller ones are crumbs, and belong to the nearest part
CLEAREST_GLASS: Final = 0.08
"""Matte of the clearest glass, through which a scene shows: it is there, and no less of the product."""
_SEVERAL: Final = re.compile(r"\d+(?:\s+and\s+\d+)+")
_NUMBERS: Final = re.compile(r"[-+]?\d+(?:\.\d+)?(?:\s*,\s*[-+]?\d+(?:\.\d+)?)*")


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle of whole pixels."""

    left: int
    """First column inside."""
    top: int
    """First row inside."""
    right: int
    """First column outside."""
    bottom: int
    """First row outside."""

    def __post_init__(self) -> None:
        if self.left >= self.right or self.top >= self.bottom:
            raise SettingsError("box", self.as_tuple(), "left < right and top < bottom")

    @property
    def width(self) -> int:
        """Columns, px."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Rows, px."""
        return self.bottom - self.top

    def as_tuple(self) -> tuple[int, int, int, int]:
        """(left, top, right, bottom), as Pillow has it."""
        return self.left, self.top, self.right, self.bottom

    def contains(self, other: Box) -> bool:
        """Whether ``other`` lies wholly inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def slices(self) -> tuple[slice, slice]:
        """(rows, columns), to index an array with."""
        return slice(self.top, self.bottom), slice(self.left, self.right)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing in a cut-out that touches no other."""

    number: int
    """Its place among the parts, from 0; the largest first."""
    box: Box
    """Tight box of its pixels with matte above 0.5, photo pixels."""
    share: float
    """Of the cut-out's area, 0 to 1."""
    confidence: float
    """0 to 1: how much of it is wholly opaque, or clearly not."""


PartLike: TypeAlias = int | str | Box | Sequence[float]
"""A part's number, a point (x, y), a box, or words; see ``Cutout.select``."""

_Order: TypeAlias = Callable[[Part], float]
_BY_WORD: Final[Mapping[str, _Order]] = {
    "left": lambda part: part.box.left + part.box.right,
    "right": lambda part: -part.box.left - part.box.right,
    "top": lambda part: part.box.top + part.box.bottom,
    "upper": lambda part: part.box.top + part.box.bottom,
    "bottom": lambda part: -part.box.top - part.box.bottom,
    "lower": lambda part: -part.box.top - part.box.bottom,
    "largest": lambda part: -part.share,
    "biggest": lambda part: -part.share,
    "smallest": lambda part: part.share,
    "tallest": lambda part: -part.box.height,
    "widest": lambda part: -part.box.width,
}


_FILLING: Final = frozenset({"a", "all", "an", "and", "in", "of", "on", "one", "ones", "part", "parts", "the", "thing"})


def split_words(text: str | None) -> tuple[str, str | None]:
    """What of a selection names things, and what chooses among them, None where nothing does; numbers do.

    ``"the left blue mug"`` is ``("blue mug", "left")``.
    """
    if text is None or _NUMBERS.fullmatch(text.strip()):
        return "", text
    words = re.findall(r"[^\W\d_]+", text.lower())
    order = " ".join(word for word in words if word in _BY_WORD)
    names = " ".join(word for word in words if word not in _BY_WORD and word not in _FILLING)
    return names, order or (None if names else text)


def list_parts(alpha_matte: _Matte) -> tuple[Part, ...]:
    """The parts of a matte (H, W), the largest first; crumbs are none."""
    from scipy import ndimage  # half of what importing photoshoot would take

    owners = _label(alpha_matte)
    sizes = np.bincount(owners.ravel())[1:]
    parts = []
    for number, place in enumerate(filter(None, ndimage.find_objects(owners))):
        inside = alpha_matte[place][owners[place] == number + 1]
        box = Box(left=place[1].start, top=place[0].start, right=place[1].stop, bottom=place[0].stop)
        sure, share = float(np.abs(2 * inside - 1).mean()), float(sizes[number] / sizes.sum())
        parts.append(Part(number=number, box=box, share=share, confidence=sure))
    return tuple(parts)


def _label(alpha_matte: _Matte) -> npt.NDArray[np.intp]:
    """Each pixel's part, from 1, the largest first; 0 where none is, or a crumb."""
    from scipy import ndimage

    labels, count = ndimage.label(alpha_matte > 0.5, np.ones((3, 3), bool))
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    sizes[0] = 0
    order = np.argsort(-sizes, kind="stable")
    order = order[sizes[order] >= max(1, _LEAST * sizes.max())]
    numbers = np.zeros(count + 1, np.intp)
    numbers[order] = np.arange(1, order.size + 1)
    return np.asarray(numbers[labels])


def pick_parts(parts: Sequence[Part], which: PartLike) -> tuple[Part, ...]:
    """The parts that are meant.

    Raises:
        SettingsError: None is.
    """
    found = _by_text(parts, which) if isinstance(which, str) else _by_place(parts, which)
    if not found:
        told = "; ".join(f"{part.number}: {part.box.as_tuple()}" for part in parts)
        raise SettingsError("select", which, f"what means one of the parts ({told})")
    return found


def keep_parts(alpha_matte: _Matte, solid: _Matte, chosen: Sequence[Part]) -> tuple[_Matte, Box]:
    """The matte of some parts alone, with what is nearer to them than to the others; and its box.

    Args:
        alpha_matte: (H, W), the matte.
        solid: (H, W), the one whose parts they are.
        chosen: What is kept.
    """
    from scipy import ndimage

    owners = _label(solid)
    nearest = ndimage.distance_transform_edt(owners == 0, return_distances=False, return_indices=True)
    wanted = np.isin(owners[tuple(nearest)], [part.number + 1 for part in chosen])
    boxes = [part.box for part in chosen]
    box = Box(
        left=min(box.left for box in boxes),
        top=min(box.top for box in boxes),
        right=max(box.right for box in boxes),
        bottom=max(box.bottom for box in boxes),
    )
    return np.where(wanted, alpha_matte, np.float32(0)), box


def _by_text(parts: Sequence[Part], text: str) -> tuple[Part, ...]:
    if _SEVERAL.fullmatch(text.strip()):
        numbers_meant = {float(number) for number in re.findall(r"\d+", text)}
        return tuple(part for part in parts if part.number in numbers_meant) if max(numbers_meant) < len(parts) else ()
    if _NUMBERS.fullmatch(text.strip()):
        numbers = [float(number) for number in text.split(",")]
        return _by_place(parts, numbers[0] if len(numbers) == 1 else numbers)
    orders = [_BY_WORD[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _BY_WORD]
    if not orders:
        return tuple(parts) if text.strip().lower() == "all" else ()
    return (min(parts, key=lambda part: [order(part) for order in orders]),) if parts else ()


def _by_place(parts: Sequence[Part], which: float | Box | Sequence[float]) -> tuple[Part, ...]:
    """By number, several numbers, point or box."""
    if isinstance(which, int | float):  # one that is not whole, or is endless, is no part's
        return tuple(part for part in parts if part.number == which)
    if isinstance(which, Box):
        which = which.as_tuple()
    if len(which) == 2:
        return _at(parts, which[0], which[1])
    if len(which) == 4:
        return tuple(part for part in parts if _overlap(part.box, which) > 0.5)
    return ()


def _at(parts: Sequence[Part], x: float, y: float) -> tuple[Part, ...]:
    """The smallest part whose box holds a point."""
    hit = [p for p in parts if p.box.left <= x < p.box.right and p.box.top <= y < p.box.bottom]
    return (min(hit, key=lambda part: part.box.width * part.box.height),) if hit else ()


def _overlap(box: Box, other: Sequence[float]) -> float:
    """Share of a box that another covers."""
    width = min(box.right, other[2]) - max(box.left, other[0])
    height = min(box.bottom, other[3]) - max(box.top, other[1])
    return max(0.0, width) * max(0.0, height) / (box.width * box.height)
