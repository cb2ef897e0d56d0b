from __future__ import annotations

import numpy as np

from photoshoot.recommenders.turns import hold_back, pick

ALONE, NOTHING = np.eye(8, dtype=np.float32), np.zeros((1, 8), np.float32)


def test_the_best_are_picked_and_what_is_like_them_waits() -> None:
    scores = np.array([[0.9, 0.8, 0.7, 0.6]], np.float32)
    assert pick(scores, ALONE[:4, :4], 0.5, 2, NOTHING[:, :4]).tolist() == [[0, 1]]
    alike = ALONE[:4, :4].copy()
    alike[0, 1] = alike[1, 0] = 1
    assert pick(scores, alike, 0.5, 2, NOTHING[:, :4]).tolist() == [[0, 2]]


def test_two_lead_by_what_suits_and_others_are_held_back() -> None:
    scores, back = np.linspace(0.9, 0.6, 8, dtype=np.float32)[None], NOTHING.copy()
    back[0, :4] = 0.5
    assert pick(scores, ALONE, 0, 4, back).tolist() == [[0, 1, 4, 5]]


def test_who_would_be_everywhere_is_held_back_and_who_would_not_is_not() -> None:
    suits = np.tile(np.linspace(0.9, 0.5, 200, dtype=np.float32), (6, 1))
    looks, extra, alone = np.ones((2, 200), np.float32), np.zeros(200, np.float32), np.eye(200, dtype=np.float32)
    back = hold_back(suits, looks, extra, 0.2, lambda scores, held: pick(scores, alone, 0.5, 3, held))
    assert back[2] > 0
    assert not back[150:].any()
    assert pick(suits, alone, 0.5, 3, 0.2 * suits * back)[0].tolist()[:2] == [0, 1]
