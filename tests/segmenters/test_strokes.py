"""A user's strokes decide what they touch, what is like it beside it, and nothing else."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from photoshoot.errors import NoProductFoundError, SettingsError
from photoshoot.pixels.photos import read_photo
from photoshoot.records.product import Cutout
from photoshoot.segmenters.cutout import cut_out
from photoshoot.segmenters.strokes import refine
from photoshoot.settings import SegmentationSettings

HEIGHT, WIDTH = 240, 320
PLANT, POT, TABLE = np.zeros((3, HEIGHT, WIDTH), bool)
PLANT[40:120, 120:200] = True
POT[120:190, 110:210] = True
TABLE[190:, :] = True


def cut(seen: npt.NDArray[np.bool_]) -> Cutout:
    """A plant in a pot on a table before a wall, of which a part was cut out."""
    rgb = np.full((HEIGHT, WIDTH, 3), (205, 200, 195), np.uint8)
    rgb[PLANT], rgb[POT], rgb[TABLE] = (30, 120, 50), (240, 240, 236), (150, 100, 60)
    rgb = np.clip(rgb + np.random.default_rng(2).normal(0, 2, rgb.shape), 0, 255).astype(np.uint8)
    matte = seen.astype(np.uint8) * 255
    return cut_out(
        read_photo(np.dstack([rgb, matte])), lambda _: seen.astype(np.float32), "drawn", SegmentationSettings()
    )


def stroke(rows: slice, columns: slice) -> npt.NDArray[np.uint8]:
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[rows, columns] = 255
    return mask


def test_a_stroke_brings_a_lost_pot_back() -> None:
    refined = refine(cut(PLANT), keep=stroke(slice(150, 156), slice(130, 190)))
    true = PLANT | POT
    found = refined.alpha_matte > 0.5
    iou = (found & true).sum() / (found | true).sum()
    assert iou > 0.98, f"IoU {iou:.3f}"
    assert abs(refined.box.bottom - 190) <= 2


def test_a_stroke_takes_a_table_away_and_leaves_the_rest() -> None:
    before = cut(PLANT | POT | TABLE)
    refined = refine(before, remove=stroke(slice(215, 221), slice(40, 280)))
    assert (refined.alpha_matte[TABLE] > 0.5).mean() < 0.03
    far = np.s_[:160, :]
    np.testing.assert_array_equal(refined.alpha_matte[far], before.alpha_matte[far])
    np.testing.assert_array_equal(refined.rgb[far], before.rgb[far])


def test_strokes_themselves_are_exact() -> None:
    keep, remove = stroke(slice(60, 63), slice(20, 60)), stroke(slice(80, 83), slice(130, 180))
    refined = refine(cut(PLANT), keep=keep, remove=remove)
    assert (refined.alpha_matte[keep > 0] == 1).all()
    assert (refined.alpha_matte[remove > 0] == 0).all()


def test_masks_must_fit() -> None:
    before = cut(PLANT)
    with pytest.raises(SettingsError, match="keep"):
        refine(before, keep=np.ones((3, 3), bool))
    both = stroke(slice(0, 9), slice(0, 9))
    with pytest.raises(SettingsError, match="in common"):
        refine(before, keep=both, remove=both)
    with pytest.raises(NoProductFoundError, match="leave nothing"):
        refine(before, remove=np.ones((HEIGHT, WIDTH), bool))
