"""Whether a cutout is of a person who wears the product, as fashion photos are: by the skin that is seen."""

import numpy as np
from PIL import Image

from photoshoot.color.living import find_skin
from photoshoot.records import Category, Cutout, Edge, Product

_COLUMNS = 96
_SOLID = 200  # of 255: the matte of pixels that are looked at
_HEAD_SKIN = 0.4
"""Share of skin in the upper third of a person who is shown to the head; of a garment alone it is next to none."""
_MOST_SKIN = 0.72  # of the whole: a garment of the colour of skin has more, and evenly
_NARROW = 0.62  # width over height of one who is shown from head to foot


def shows_wearer(product: Product) -> bool:
    """Whether a garment is worn in its photo; it stands then, cut by the picture's edge where its photo cuts it."""
    return product.category is Category.GARMENT and _is_person(product.cutout)


def _is_person(cutout: Cutout) -> bool:
    box = cutout.box
    size = (_COLUMNS, max(9, round(_COLUMNS * box.height / box.width)))
    rgb = Image.fromarray(np.ascontiguousarray(cutout.rgb)).resize(size, Image.Resampling.BOX, box=box.as_tuple())
    matte = Image.fromarray(np.asarray(cutout.alpha_matte * 255, np.uint8))
    solid = np.asarray(matte.resize(size, Image.Resampling.BOX, box=box.as_tuple())) > _SOLID
    skin = find_skin(np.asarray(rgb)) & solid
    upper = slice(0, size[1] // 3)
    head = skin[upper].sum() / max(1, solid[upper].sum())
    whole = skin.sum() / max(1, solid.sum())
    cut = Edge.BOTTOM in cutout.touches
    return bool(head > _HEAD_SKIN and whole < _MOST_SKIN and (cut or box.width < _NARROW * box.height))
