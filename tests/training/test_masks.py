from __future__ import annotations

import numpy as np
import pytest

from photoshoot.training.latent_cache import draw_keep_matte, move_edge
from photoshoot.training.settings import MaskSettings
from tests.training.scenes import make_sample

MATTE = make_sample(0, width=96, height=72).alpha_matte


def draw_all(settings: MaskSettings, seed: int = 0) -> list[np.ndarray]:
    return [draw_keep_matte(MATTE, variant, seed, settings) for variant in range(settings.variants)]


@pytest.mark.parametrize(("share", "count"), [(0.0, 0), (0.25, 2), (0.5, 4), (1.0, 8)])
def test_random_masks_have_their_share(share: float, count: int) -> None:
    drawn = draw_all(MaskSettings(random_share=share, jitter_px=0))
    of_product = [np.array_equal(keep, MATTE) for keep in drawn]
    assert of_product.count(False) == count
    for keep, is_product in zip(drawn, of_product, strict=True):
        assert is_product or 0.02 < (keep < 0.5).mean() < 0.95


def test_mattes_are_moved_by_up_to_the_jitter_and_no_more() -> None:
    drawn = draw_all(MaskSettings(random_share=0, variants=64))
    widest, narrowest = move_edge(MATTE, 3), move_edge(MATTE, -3)
    moved = {tuple(keep.tobytes() == move_edge(MATTE, by).tobytes() for by in range(-3, 4)) for keep in drawn}
    assert len(moved) == 7
    for keep in drawn:
        assert np.all((keep <= widest) & (keep >= narrowest))
    assert (widest > 0.5).sum() > (MATTE > 0.5).sum() > (narrowest > 0.5).sum() > 0


def test_masks_follow_from_their_seed() -> None:
    settings = MaskSettings(random_share=0.5)
    first, again, other = draw_all(settings), draw_all(settings), draw_all(settings, seed=1)
    assert all(np.array_equal(*pair) for pair in zip(first, again, strict=True))
    assert not all(np.array_equal(*pair) for pair in zip(first, other, strict=True))
