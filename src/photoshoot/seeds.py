"""Random numbers: each kind of draw has a stream of its own, so that adding one draw does not change another.

A stream turns a seed, and a place such as an index, into a further seed or a generator. How each does it is history
that pictures' bytes depend on: the constants in this table are never changed, and a new stream takes a new one.
"""

from __future__ import annotations  # NumPy loads its generators when they are named

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

import numpy as np

SEED_LIMIT: Final = 2**31
"""A request's seed is under it, from 0; those that are derived are under 2**32."""


def draw_seed() -> int:
    """A random seed for a request that brings none."""
    return secrets.randbelow(SEED_LIMIT)


@dataclass(frozen=True, kw_only=True)
class Stream:
    """One course of random numbers. It has one of three keys, by which of the three ways it was first drawn."""

    text: str | None = None
    """Seeds are the first four bytes of this text's SHA-256, with the seed and the place in its gaps."""
    number: int | None = None
    """Generators are seeded with the seed, this number and the place; no two that start from one seed share it."""
    mask: int | None = None
    """Seeds are the seed with these bits flipped; for what takes a whole number and no place."""

    def seed(self, seed: int | str, *place: object) -> int:
        """The seed, 0 to 2**32 - 1, that a seed and a place lead to."""
        if self.mask is not None and isinstance(seed, int):
            return seed ^ self.mask
        assert self.text is not None, "a numbered stream has generators"
        return int.from_bytes(hashlib.sha256(self.text.format(seed, *place).encode()).digest()[:4], "big")

    def generator(self, seed: int, *place: int) -> np.random.Generator:
        """The generator that a seed, 0 to 2**32 - 1, and a place lead to."""
        return np.random.default_rng(self.seed(seed, *place) if self.number is None else (seed, self.number, *place))


SHOT: Final = Stream(text="{}:{}")
"""A shot: of the request's seed plus the prompt's index, and that index."""
REDRAW: Final = Stream(text="{}/redraw {}")
"""A shot that is drawn again: of its seed, and which redraw it is, from 1."""
CANDIDATE: Final = Stream(text="{}/{}")
"""One of several pictures that a network paints of a shot: of its seed, and which it is, from 1."""
SET: Final = Stream(number=1)
"""How a set is built: of the shot's seed."""
DITHER: Final = Stream(number=2)
"""What a picture is dithered with: of the shot's seed."""
GRAIN: Final = Stream(number=3)
"""The film grain of a picture: of the shot's seed."""
AOV: Final = Stream(mask=7919)
"""The rays that sample a scene's AOVs: of the seed of its light paths."""
PATCH: Final = Stream(mask=104_729)
"""The light paths of full-size patches: of the seed of all others."""
HIGHLIGHTS: Final = Stream(mask=86_028_121)
"""The rays that look at lamps in clear glass: of the seed of the light paths."""
CHANGE: Final = Stream(mask=15_485_863)
"""The light paths that find what a product changes in its set: of the seed of all others."""
EMITTER_CHOICE: Final = Stream(mask=32_452_843)
"""The light paths that find how often each light is asked: of the seed of all others."""
PRODUCT_LIGHT: Final = Stream(mask=1_299_709)
"""The light paths that measure a set's light on the product: of the seed of all others."""
HAZE: Final = Stream(mask=6_700_417)
"""Where haze lies thick: of the shot's seed."""
NOISE: Final = Stream(number=0x1A7E)
"""The noise that painting starts from: of the shot's seed, and the stage."""
PREVIEW: Final = Stream(text="{}")
"""A preset's preview: of its id."""
VARIETY: Final = Stream(text="{}:{}")
"""What a photo's draw adds to a preset's score: of the photo's digest, and the preset's id."""
LOT: Final = Stream(text="lot {} {}")
"""Whether a preset takes part for a photo of what nobody knows: of the photo's digest, and the preset's id."""
HOLDOUT: Final = Stream(text="{}:{}")
"""The order that products are held out by: of the training's seed, and the product's name."""
SAMPLE_ORDER: Final = Stream(number=1)
"""The order of products in rendered data: of the data's seed, and the turn."""
SAMPLE: Final = Stream(number=2)
"""What a rendered sample shows: of the data's seed, and its index."""
SAMPLE_SHOT: Final = Stream(text="{}:training:{}")
"""The picture of a rendered sample: of the data's seed, and its index."""
LATENT: Final = Stream(text="{} {}")
"""How a picture is encoded: of the training's seed, and the digest of its pixels."""
