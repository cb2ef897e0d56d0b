"""What a fine-tune learns from, wherever it comes from: pictures of products in scenes, with exact mattes."""

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from photoshoot.records import AlphaMatte, RgbImage


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainingSample:
    """One picture of a product in a scene."""

    key: str
    """Names it within its data set."""
    image: RgbImage
    """The picture with the product in it, (H, W, 3) uint8 sRGB."""
    alpha_matte: AlphaMatte
    """Float32 (H, W) in [0, 1], 1 = product."""
    shadow: AlphaMatte | None
    """How much of the scene's light is left beside the product: float32 (H, W) in [0, 1], 1 = none is taken away. None
    where that is not known, as in a photograph."""
    caption: str
    """The background alone; the product is not named. May be empty."""
    product: str
    """Which product it shows: data is held out by product."""
    source: Literal["rendered", "photo"]
    """Rendered by the studio, or a photograph cut out by a segmenter."""

    def __post_init__(self) -> None:
        shape = self.image.shape[:2]
        if self.image.dtype != np.uint8 or self.image.shape != (*shape, 3):
            raise ValueError(f"image of sample {self.key!r} must be (H, W, 3) uint8, not {self.image.shape}")
        for layer in (self.alpha_matte, self.shadow):
            if layer is not None and (layer.dtype != np.float32 or layer.shape != shape):
                raise ValueError(f"layers of sample {self.key!r} must be float32 {shape}, not {layer.shape}")


class TrainingData(Protocol):
    """Samples in a fixed order, read when they are asked for."""

    def __len__(self) -> int:
        """How many there are."""
        ...

    def __getitem__(self, index: int) -> TrainingSample:
        """Read one."""
        ...

    def size_of(self, index: int) -> tuple[int, int]:
        """Width and height of one in pixels, without decoding it."""
        ...

    def product_of(self, index: int) -> str:
        """Which product one shows, without decoding it."""
        ...
