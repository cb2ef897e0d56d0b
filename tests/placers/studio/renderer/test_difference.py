import numpy as np
import pytest

from photoshoot.placers.studio.renderer.difference import drop_specks


@pytest.mark.usefixtures("placer")
def test_a_speck_of_change_is_left_to_what_is_soft() -> None:
    area = np.zeros((90, 120), np.bool_)
    area[10:25, 10:25] = area[40:80, 30:90] = True
    kept = drop_specks(area)
    assert not kept[:30].any()
    assert np.array_equal(kept[30:], area[30:])
    assert not drop_specks(np.zeros_like(area)).any()
