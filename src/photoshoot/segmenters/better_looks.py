"""A better, slower network's word, where no even backdrop tells more than any network could.

It refines a thing that both see. Where they mean different things, more looks of the first one tell more; and a limb
that only the first one saw, such as a strap, is joined if the better one sees a ghost of it at least.
"""

import numpy as np
from PIL import Image

from photoshoot.arrays import Float32Array
from photoshoot.segmenters.claims import join_claims
from photoshoot.segmenters.doubt import rate_confidence
from photoshoot.segmenters.looks import Network, find_doubt, fit_size, fuse, is_doubtful, mirror_look, soften
from photoshoot.segmenters.votes import vote

_SEEN = 0.5  # saliency of the product
_AGREEMENT = 0.6  # of what either network sees, what both must see to mean the same thing
_COUNT = 4.0  # times the first network's word counts a better one's


def look_better(look: Network, photo: Image.Image, overview: Float32Array) -> Float32Array | None:
    """Ask a better network about a whole photo.

    Args:
        look: The network.
        photo: The photo, in mode RGB, of any size.
        overview: (h, w), what the first one sees of it.

    Returns:
        What it sees, (h, w); None where it is less sure than the first one, or means another thing.
    """
    better = fit_size(look(photo), overview.shape)
    both, either = (better > _SEEN) & (overview > _SEEN), (better > _SEEN) | (overview > _SEEN)
    agrees = int(both.sum()) > _AGREEMENT * int(either.sum())
    return better if agrees and rate_confidence(better) > rate_confidence(overview) else None


def reconsider(
    look: Network, view: Image.Image, better: Float32Array, first: Float32Array, most: Float32Array
) -> tuple[Float32Array, Float32Array]:
    """The better network's word; the first one's where that is in doubt.

    Args:
        look: The better network, which sees the view's mirror image too where it is in doubt.
        view: The window, in mode RGB.
        better: (h, w), what it sees.
        first: (h, w), what all looks of the first network come to.
        most: (h, w), the largest that any of them has.

    Returns:
        The saliency, and the largest that any look has, both (h, w).
    """
    if is_doubtful(better):
        better = fuse(better, mirror_look(look, view, better.shape), 1)
    fused = fuse(first, better, _COUNT)
    decided = np.asarray(better + soften(find_doubt(better)) * (fused - better), np.float32)
    return join_claims(view, vote(view, decided), first, suspected=better), np.maximum(most, better)
