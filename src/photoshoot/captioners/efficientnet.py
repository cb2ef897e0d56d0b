"""The embedded captioner: EfficientNet-Lite0, the outline and the palette.

Nothing is downloaded; a product takes about 0.2 s on two CPU cores.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from photoshoot.captioners.descriptions import find_finish, write_description
from photoshoot.captioners.nouns import NounTree, measure_silhouette
from photoshoot.color.palette import dominant_colors
from photoshoot.device import build_onnx_session
from photoshoot.pixels.imaging import lay_on_grey, reduce_cutout
from photoshoot.records import Cutout, Product
from photoshoot.weights import find_weights

_SIDE = 224  # the network's input, px
_VIEWS = (
    (255, 1.06, False),
    (255, 1.15, True),
    (255, 1.3, False),
    (200, 1.08, True),
    (200, 1.25, False),
    (160, 1.15, True),
)
"""(grey of the backdrop, side of the view over the product's longer side, mirrored); six looks agree on the name."""
_MEAN, _DEVIATION = 127.0, 128.0  # Source: tensorflow/tpu efficientnet/lite: MEAN_RGB, STDDEV_RGB
_WORKING_SIDE = 448  # the product is reduced to this before it is laid on backdrops, px


class EfficientNetCaptioner:
    """Names and describes products with a small classifier that comes with the library.

    Args:
        device: ``"cpu"``, ``"cuda"`` or ``"auto"``.

    Raises:
        MissingExtraError: ONNX Runtime is not installed.
        WeightsError: The weights are missing or damaged.
        NoCudaError: ``"cuda"`` was asked for and is not there.
    """

    def __init__(self, device: str = "auto") -> None:
        self._session = build_onnx_session(find_weights("efficientnet_lite0"), device)
        self._tree = NounTree.load()

    def describe(self, cutouts: Sequence[Cutout]) -> list[Product]:
        """Name and describe each cut-out.

        The name is the narrowest noun that the classifier is sure of ("sneakers"), else a broader one ("shoes"), in
        the last resort "product". The sentence says only what was measured in the picture.
        """
        return [self._describe(cutout) for cutout in cutouts]

    def classify(self, cutout: Cutout) -> npt.NDArray[np.float32]:
        """Probabilities (1000,) of ImageNet's classes, the mean over six views."""
        logits = self._session.run(["logits"], {"images": _build_views(cutout)})[0]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray((powers / powers.sum(axis=1, keepdims=True)).mean(axis=0), np.float32)

    def _describe(self, cutout: Cutout) -> Product:
        naming = self._tree.choose(self.classify(cutout), measure_silhouette(cutout.alpha_matte))
        palette = dominant_colors(cutout.rgb, cutout.alpha_matte)
        finish = find_finish(cutout, palette, naming.category)
        return Product(
            cutout=cutout,
            name=naming.noun.name,
            description=write_description(naming.noun, palette, finish),
            category=naming.category,
            palette=palette,
            confidence=naming.confidence,
        )


def _build_views(cutout: Cutout) -> npt.NDArray[np.float32]:
    """The product before neutral backdrops: float32 (6, 3, 224, 224), as the network was trained."""
    product = reduce_cutout(cutout, _WORKING_SIDE)
    views = [np.asarray(_look(product, *view), np.float32) for view in _VIEWS]
    pixels = (np.stack(views) - np.float32(_MEAN)) / np.float32(_DEVIATION)
    return np.ascontiguousarray(pixels.transpose(0, 3, 1, 2))


def _look(product: Image.Image, grey: int, room: float, mirrored: bool) -> Image.Image:
    view = lay_on_grey(product, grey, room).resize((_SIDE, _SIDE), Image.Resampling.BICUBIC)
    return ImageOps.mirror(view) if mirrored else view
