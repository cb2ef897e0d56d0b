"""Names of array types by what they hold; shapes and ranges are said where they are used."""

import numpy as np
import numpy.typing as npt

Float32Array = npt.NDArray[np.float32]
"""Pixels, vertices and all else that Mitsuba, a network or a file takes."""
Float64Array = npt.NDArray[np.float64]
"""Places and sizes while they are being worked out."""
BoolArray = npt.NDArray[np.bool_]
"""Which of something: True = chosen."""
ByteArray = npt.NDArray[np.uint8]
"""Pixels as files and screens have them."""
Indices = npt.NDArray[np.intp]
"""Places in an array, as NumPy finds them."""


def share_within(part: BoolArray, whole: BoolArray) -> float:
    """How much of ``whole`` is in ``part`` too, 0 to 1; 0 of nothing."""
    return int(np.count_nonzero(part & whole)) / max(1, int(np.count_nonzero(whole)))


def same_values(one: object, other: object) -> bool:
    """Whether two values are equal, of which either may be an array; ``==`` of those gives an array."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other)
    return not (isinstance(one, np.ndarray) or isinstance(other, np.ndarray)) and bool(one == other)
