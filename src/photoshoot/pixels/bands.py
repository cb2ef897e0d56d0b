"""Arithmetic on whole pictures, by bands of rows or by channels, on two threads.

What a step of NumPy leaves for the next one stays in a core's cache so, and no core waits for the other. Bands are as
high whatever the machine, and each writes rows of its own: bytes do not depend on threads. Between them it is asked
whether the picture is still wanted.
"""

import functools
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import BoolArray
from photoshoot.machine.cancellation import check_cancelled

_ROWS = 32  # of a picture 1674 px wide: 640 kB of floats, which fits the caches of one core
_AT_ONCE = 2  # few enough for any machine
T = TypeVar("T")
R = TypeVar("R")


def in_bands(step: Callable[..., npt.NDArray[Any]], *images: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """What a step makes of images, whose rows know nothing of each other.

    Args:
        step: Gets the same rows of each image, and returns as many.
        images: Of one height (H, …), at least 1.
    """
    height = len(images[0])
    bands = [slice(start, min(start + _ROWS, height)) for start in range(0, height, _ROWS)]
    first = step(*(image[bands[0]] for image in images))
    result = np.empty((height, *first.shape[1:]), first.dtype)
    result[bands[0]] = first

    def write(band: slice) -> None:
        result[band] = step(*(image[band] for image in images))

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for _ in threads.map(write, bands[1:]):
            check_cancelled()
    return result


def in_planes(step: Callable[[npt.NDArray[Any]], npt.NDArray[Any]], image: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """What a step makes of each channel (H, W) of an image (H, W, C), as channels again; none knows of the others.

    For filters of neighbourhoods, which bands of rows would cut.
    """
    planes = two_at_once(step, (np.ascontiguousarray(image[..., channel]) for channel in range(image.shape[-1])))
    return np.stack(planes, -1)


def brightest(image: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The most of an image's channels (…, C), as ``image.max(-1)``: NumPy takes twenty times as long over few."""
    return functools.reduce(np.maximum, (image[..., channel] for channel in range(image.shape[-1])))


def mean_of_channels(image: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Their mean (…), as ``image.mean(-1)``."""
    total = functools.reduce(np.add, (image[..., channel] for channel in range(image.shape[-1])))
    return np.asarray(total / image.shape[-1], image.dtype)


def grown(where: BoolArray, side_px: int) -> BoolArray:
    """Which pixels (H, W) have a chosen one in the square of odd ``side_px`` round them.

    ``ndimage.maximum_filter`` finds the same, and takes several times as long over truth values: here runs of pixels
    are joined to runs twice as long, until they are as long as the square is wide.
    """
    found = where
    for axis in (0, 1):
        margin = [(side_px // 2,) * 2 if axis == side else (0, 0) for side in (0, 1)]
        runs, length = np.moveaxis(np.pad(found, margin), axis, 0), 1
        while length < side_px:
            step = min(length, side_px - length)
            runs, length = runs[:-step] | runs[step:], length + step
        found = np.moveaxis(runs, 0, axis)
    return found


def opened(where: BoolArray, side_px: int) -> BoolArray:
    """What of the chosen pixels (H, W) lies in squares of odd ``side_px`` that are chosen throughout.

    As ``ndimage.binary_opening`` with such a square, whose time grows with its area.
    """
    reach = side_px // 2
    outside = np.pad(~where, reach, constant_values=True)
    return grown(~grown(outside, side_px)[reach:-reach, reach:-reach], side_px)


def two_at_once(step: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """``list(map(step, items))`` on two threads; for steps that spend their time in NumPy or SciPy."""
    results = []
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for result in threads.map(step, items):
            check_cancelled()
            results.append(result)
    return results
