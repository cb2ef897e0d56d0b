from __future__ import annotations

from pathlib import Path

import pytest

from photoshoot import DiffusionSettings, InputError, Photoshoot, Prompt, RenderKind, Request
from photoshoot.exporters.reading import read_metadata
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.reruns import Rerun
from tests.conftest import EXAMPLES

PHOTO = EXAMPLES / "bottle.jpg"


LONG = pytest.mark.exhaustive(
    "tests/placers/diffusion/test_reruns.py::test_a_painted_file_is_made_again_byte_for_byte",
    "tests/placers/diffusion/test_previews.py::test_every_step_shows_the_ad_as_it_stands",
)
"""Painted small first, and then at its size, as all pictures are unless it is said otherwise."""


@pytest.mark.parametrize("base_scale", [1.0, pytest.param(None, marks=LONG)])
def test_a_painted_file_is_made_again_byte_for_byte(
    model_folders: dict[Family, Path], tmp_path: Path, base_scale: float | None
) -> None:
    checkpoint = model_folders[Family.SD15]
    settings = DiffusionSettings(
        num_inference_steps=2, refine_steps=0, guidance_scale=1, init="noise", base_scale=base_scale
    )
    with Photoshoot.from_pretrained(checkpoint, device="cpu", diffusion=settings) as photoshoot:
        request = Request(
            product=PHOTO,
            prompts=Prompt.custom("on a marble slab"),
            render_kind=RenderKind.LEADERBOARD,
            safe_margin=False,
            seed=1,
            first_prompt_index=1,
            max_redraws=0,
        )
        (painted,) = photoshoot.stream(request)
        path = painted.save(tmp_path / "first")
    assert painted.quality is not None
    if base_scale is not None:  # else it sees too little of a picture that means nothing
        assert "by u2netp" in painted.quality.check("expansion").note
    rerun = Rerun.read(path)
    with pytest.raises(InputError, match="say where it is"):
        rerun.build()
    with rerun.build(checkpoint=checkpoint) as photoshoot:
        again = rerun.shoot(photoshoot, PHOTO)
    assert list(rerun.differences(again)) == []
    assert again.save(tmp_path / "again").read_bytes() == path.read_bytes()
    assert read_metadata(path).digital_source_type.endswith("/compositeWithTrainedAlgorithmicMedia")
