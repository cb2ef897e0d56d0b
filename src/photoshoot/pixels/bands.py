"""Arithmetic on whole pictures, in bands of rows or in planes of channels, on two threads.

What a step of NumPy leaves for the next one stays in a core's cache so, and no core waits for the other. Bands are as
high whatever the machine, and each writes rows of its own: bytes do not depend on threads.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

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
            pass
    return result


def in_planes(step: Callable[[npt.NDArray[Any]], npt.NDArray[Any]], image: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """What a step makes of each channel (H, W) of an image (H, W, C), as channels again; none knows of the others.

    For filters of neighbourhoods, which bands of rows would cut.
    """
    planes = two_at_once(step, (np.ascontiguousarray(image[..., channel]) for channel in range(image.shape[-1])))
    return np.stack(planes, -1)


def two_at_once(step: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """``list(map(step, items))`` on two threads; for steps that spend their time in NumPy or SciPy."""
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return list(threads.map(step, items))
