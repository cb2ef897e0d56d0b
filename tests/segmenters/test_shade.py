from __future__ import annotations

import numpy as np

from photoshoot.segmenters.shade import compare, find_black, find_contact_shadow, find_tinted_shade


def test_what_stands_on_black_cloth_is_no_contact_shadow() -> None:
    """A grey patch right under what is seen is a shadow on white, unless the product goes on below it."""
    seen = np.zeros((100, 100), np.float32)
    seen[30:60, 30:70] = 1
    behind = np.ones((3, 100, 100), np.float32)
    for below, is_shadow in ((1.0, True), (0.1, False)):
        planes = behind.copy()
        planes[:, 30:60, 30:70] = 0.4
        planes[:, 60:64, 30:70] = 0.8
        planes[:, 64:76, 30:70] = below
        shade = compare(planes, behind)
        dark = find_tinted_shade(shade, 0.002), find_black(shade)
        contact = find_contact_shadow(shade, 0.002, shade.distance > 0.03, seen, dark)
        assert contact[60:64, 30:70].all() == is_shadow
        assert contact.any() == is_shadow
