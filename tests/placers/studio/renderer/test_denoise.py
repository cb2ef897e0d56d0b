from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from photoshoot.errors import DeviceError
from photoshoot.placers.studio.placer import StudioPlacer
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.denoise import MARGIN_PX, OidnDenoiser, OptixDenoiser, build_denoiser


def test_denoising_removes_noise_and_repeats() -> None:
    clean = np.broadcast_to(np.linspace(0.2, 0.9, 96, dtype=np.float32)[None, :, None], (64, 96, 3)).copy()
    noisy = np.maximum(clean + np.random.default_rng(0).normal(0, 0.1, clean.shape), 0).astype(np.float32)
    aovs = Aovs(
        albedo=np.full_like(clean, 0.5), normals=np.zeros_like(clean), distance=np.zeros(clean.shape[:2], np.float32)
    )
    denoiser = OidnDenoiser()
    result = denoiser.denoise(noisy, aovs)
    assert result.shape == clean.shape
    inner = slice(MARGIN_PX, -MARGIN_PX)
    assert np.abs(result - clean)[inner, inner].mean() < 0.2 * np.abs(noisy - clean)[inner, inner].mean()
    np.testing.assert_array_equal(result, denoiser.denoise(noisy, aovs))
    denoiser.close()
    denoiser.close()
    with pytest.raises(DeviceError, match="closed"):
        denoiser.denoise(noisy, aovs)


def test_what_trusted_aovs_show_is_kept() -> None:
    stripes = (np.arange(96) // 8 % 2).astype(np.float32)
    albedo = np.repeat((0.4 + 0.1 * np.tile(stripes, (64, 1)))[..., None], 3, 2)
    noise = np.random.default_rng(0).normal(0, 0.3, albedo.shape)
    noisy = np.maximum(albedo * (1 + noise), 0).astype(np.float32)
    aovs = Aovs(albedo=albedo, normals=np.zeros_like(albedo), distance=np.zeros(albedo.shape[:2], np.float32))
    inner = slice(MARGIN_PX, -MARGIN_PX)

    def off(*, trusted: bool) -> float:
        made = OidnDenoiser().denoise(noisy, aovs, trusted=trusted)
        return float(np.square(made - albedo)[inner, inner].mean())

    assert off(trusted=True) < 0.7 * off(trusted=False)


_WITH_THREADS = """
import drjit, numpy as np
from photoshoot.placers.studio.variant import import_mitsuba, load_variant
import_mitsuba(); load_variant()
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.denoise import OidnDenoiser
noisy = (np.random.default_rng(0).gamma(2, 0.3, (330, 420, 3)) * np.linspace(0.01, 3, 420)[:, None]).astype(np.float32)
aovs = Aovs(albedo=np.full_like(noisy, 0.5), normals=np.zeros_like(noisy), distance=noisy[..., 0])
def denoise(threads):
    drjit.set_thread_count(threads)
    return np.concatenate([OidnDenoiser().denoise(noisy, aovs, trusted=trusted) for trusted in (False, True)])
first = denoise(1)
print([bool((denoise(threads) == first).all()) for threads in COUNTS])
"""
_COUNTS = (2, 8, 16)


@pytest.mark.exhaustive("tests/placers/studio/test_placer.py::test_bytes_do_not_depend_on_threads")
def test_the_number_of_threads_changes_no_byte() -> None:
    program = _WITH_THREADS.replace("COUNTS", str(_COUNTS))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str([True] * len(_COUNTS))


def test_darkness_and_what_is_no_number_are_denoised() -> None:
    dark = np.zeros((40, 50, 3), np.float32)
    aovs = Aovs(albedo=dark, normals=dark, distance=dark[..., 0])
    assert OidnDenoiser().denoise(dark, aovs).max() < 1e-4
    broken = dark.copy()
    broken[5, 7] = np.nan
    assert np.isfinite(OidnDenoiser().denoise(broken, aovs)).all()


@pytest.mark.parametrize(("rows", "given"), [(64, []), (400, ["back"])])
def test_what_tracing_has_freed_goes_back_before_a_large_film_is_denoised(
    monkeypatch: pytest.MonkeyPatch, rows: int, given: list[str]
) -> None:
    told: list[str] = []
    monkeypatch.setattr(f"{OidnDenoiser.__module__}.give_memory_back", lambda: told.append("back"))
    light = np.full((rows, 320, 3), 0.4, np.float32)
    aovs = Aovs(albedo=light, normals=0 * light, distance=light[..., 0])
    assert OidnDenoiser().denoise(light, aovs).mean() == pytest.approx(0.4, abs=0.02)
    assert told == given


def test_the_setting_chooses_the_denoiser(placer: StudioPlacer) -> None:
    cuda = placer.variant.variant.startswith("cuda")
    assert build_denoiser("none") is None
    assert isinstance(build_denoiser("oidn"), OidnDenoiser)
    assert isinstance(build_denoiser("auto"), OptixDenoiser if cuda else OidnDenoiser)
    if not cuda:
        with pytest.raises(DeviceError, match="cuda_ad_rgb"):
            build_denoiser("optix")


@pytest.mark.gpu
def test_both_denoisers_agree(placer: StudioPlacer) -> None:
    if not placer.variant.variant.startswith("cuda"):
        pytest.skip("Mitsuba runs without CUDA here")
    clean = np.broadcast_to(np.linspace(0.2, 0.9, 96, dtype=np.float32)[None, :, None], (64, 96, 3)).copy()
    noisy = np.maximum(clean + np.random.default_rng(0).normal(0, 0.1, clean.shape), 0).astype(np.float32)
    aovs = Aovs(
        albedo=np.full_like(clean, 0.5), normals=np.zeros_like(clean), distance=np.zeros(clean.shape[:2], np.float32)
    )
    first, second = (denoiser.denoise(noisy, aovs) for denoiser in (OidnDenoiser(), OptixDenoiser()))
    assert np.abs(first - second).mean() < 0.02
