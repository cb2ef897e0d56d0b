from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoshoot.errors import WeightsMissingError
from photoshoot.placers.diffusion.families import UNET_FAMILIES
from photoshoot.placers.diffusion.models.model_parts import Family
from photoshoot.training.material import find_base, spread


@given(count=st.integers(0, 300), most=st.integers(0, 300))
def test_what_is_spread_is_as_many_as_may_be_and_even(count: int, most: int) -> None:
    chosen = spread(count, most)
    assert len(set(chosen)) == len(chosen) == min(count, most)
    assert chosen == sorted(chosen)
    assert all(0 <= index < count for index in chosen)
    gaps = [after - before for before, after in zip(chosen, [*chosen[1:], count], strict=True)] if chosen else [0]
    assert max(gaps) - min(gaps) <= 1


@pytest.mark.parametrize("family", UNET_FAMILIES)
def test_a_base_is_taken_without_what_was_put_on_it(bases: dict[Family, Path], family: Family, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.symlink_to(bases[family], target_is_directory=True)
    sources = find_base(str(folder))
    assert sources.base == folder
    assert (sources.adapter, sources.image_encoder, tuple(sources.loras)) == (None, None, ())


def test_a_base_that_is_not_here_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissingError, match="gone is neither a folder"):
        find_base(str(tmp_path / "gone"))
