import numpy as np

from photoshoot.arrays import share_within


def test_a_share_is_of_the_whole_and_of_nothing_none() -> None:
    part, whole = np.zeros((2, 4), np.bool_), np.zeros((2, 4), np.bool_)
    assert share_within(part, whole) == 0
    part[0], whole[:, 1:3] = True, True
    assert share_within(part, whole) == 0.5
    assert share_within(whole, part) == 0.5
    assert share_within(part, whole & part) == 1
