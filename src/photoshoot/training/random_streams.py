"""Every random number of a fine-tune: each follows from the seed and where it is used, whatever was drawn before."""

from enum import IntEnum

import numpy as np


class Stream(IntEnum):
    """What numbers are drawn for; streams do not touch."""

    ORDER = 1
    """The order of pictures."""
    BUCKET = 2
    """The size of a step's pictures."""
    TIMESTEP = 3
    """How noisy a step's pictures are."""
    NOISE = 4
    """The noise of a picture in a step."""
    CHOICE = 5
    """The mask of a picture in a step, and whether it has its caption."""
    MASK = 6
    """The shape of a mask."""
    VALIDATION = 7
    """The noise of held-out pictures."""
    INITIAL = 8
    """Weights before the first step."""


def draw(seed: int, stream: Stream, *place: int) -> np.random.Generator:
    """The generator of one place, such as a step and a position in it."""
    return np.random.default_rng((seed, int(stream), *place))
