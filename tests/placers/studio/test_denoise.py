from __future__ import annotations

import numpy as np
import pytest

from photoshoot.errors import DeviceError
from photoshoot.placers.studio.denoise import Denoiser, Guides


def test_denoising_removes_noise_to_the_border_and_repeats() -> None:
    clean = np.broadcast_to(np.linspace(0.2, 0.9, 96, dtype=np.float32)[None, :, None], (64, 96, 3)).copy()
    noisy = np.maximum(clean + np.random.default_rng(0).normal(0, 0.1, clean.shape), 0).astype(np.float32)
    guides = Guides(albedo=np.full_like(clean, 0.5), normals=np.zeros_like(clean))
    denoiser = Denoiser()
    for hint in (None, guides):
        result = denoiser.denoise(noisy, hint)
        assert result.shape == clean.shape
        assert np.abs(result - clean).mean() < 0.25 * np.abs(noisy - clean).mean()
        assert np.abs(result[0] - clean[0]).mean() < 0.5 * np.abs(noisy[0] - clean[0]).mean()
        np.testing.assert_array_equal(result, denoiser.denoise(noisy, hint))
    denoiser.close()
    denoiser.close()
    with pytest.raises(DeviceError, match="closed"):
        denoiser.denoise(noisy, None)
