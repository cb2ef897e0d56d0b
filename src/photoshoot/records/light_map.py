"""The light that a product was given: a coarse, smooth map of factors, so small that a record carries it.

A picture's product is then its own pixels times this map and nothing else: so few numbers can't draw a letter or move
an edge. Steps of a factor are 1 %, written as bytes of its logarithm; what is applied is what was written, so that
anyone who has the product can make the same bytes.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array
from photoshoot.errors import PhotoError
from photoshoot.records.product import Box

LEAST_STOPS, MOST_STOPS = -2.6, 1.0
"""Darkest and brightest factor that can be written, in stops (powers of two)."""
_LEVELS = 255
_MOST_CELLS = 96  # along a side


@dataclass(frozen=True, kw_only=True, eq=False)
class LightMap:
    """Factors on a product's linear light."""

    box: Box
    """What the map is stretched over, canvas pixels."""
    levels: npt.NDArray[np.uint8]
    """(h, w, 3): 0 = ``LEAST_STOPS``, 255 = ``MOST_STOPS``; cells are centred in equal parts of the box."""

    @classmethod
    def of_stops(cls, stops: Float32Array, box: Box) -> LightMap:
        """The map nearest to factors of (h, w, 3) stops."""
        share = (np.clip(stops, LEAST_STOPS, MOST_STOPS) - LEAST_STOPS) / (MOST_STOPS - LEAST_STOPS)
        return cls(box=box, levels=np.round(share * _LEVELS).astype(np.uint8))

    @property
    def stops(self) -> Float32Array:
        """(h, w, 3): logarithms to base two of the factors."""
        return np.asarray(self.levels / np.float32(_LEVELS) * (MOST_STOPS - LEAST_STOPS) + LEAST_STOPS, np.float32)

    def to_record(self) -> dict[str, str]:
        """As plain data; ``read`` reads it back."""
        height, width = self.levels.shape[:2]
        steps = np.diff(self.levels.astype(np.int16), axis=1, prepend=0).astype(
            np.uint8
        )  # along rows: they deflate well
        packed = zlib.compress(np.moveaxis(steps, -1, 0).tobytes(), 9)
        return {
            "box": ",".join(map(str, self.box.as_tuple())),
            "cells": f"{width}x{height}",
            "levels": base64.b64encode(packed).decode(),
        }

    @classmethod
    def read(cls, record: Mapping[str, object]) -> LightMap:
        """Read what ``to_record`` wrote.

        Raises:
            PhotoError: It is damaged.
        """
        try:
            width, height = (int(side) for side in str(record["cells"]).split("x"))
            if not (0 < width <= _MOST_CELLS and 0 < height <= _MOST_CELLS):
                raise ValueError(f"it has {width}x{height} cells: so many can't be smooth")
            left, top, right, bottom = (int(edge) for edge in str(record["box"]).split(","))
            packed = base64.b64decode(str(record["levels"]), validate=True)
            steps = zlib.decompressobj().decompress(packed, 3 * width * height)
            planes = np.frombuffer(steps, np.uint8).reshape(3, height, width)
        except (KeyError, ValueError, binascii.Error, zlib.error) as error:
            raise PhotoError(f"the record's light on the product is damaged: {error}") from error
        levels = np.cumsum(np.moveaxis(planes, 0, -1), axis=1, dtype=np.uint8)
        return cls(box=Box(left=left, top=top, right=right, bottom=bottom), levels=levels)
