from __future__ import annotations

import torch

from photoshoot.training.trainable import EmaWeights


def test_the_mean_follows_quickly_at_first_and_slowly_later() -> None:
    mean = EmaWeights({"w": torch.zeros(3)}, decay=0.9)
    mean.update({"w": torch.ones(3)}, done=1)
    torch.testing.assert_close(mean.weights["w"], torch.full((3,), 1 - 2 / 11))
    before = mean.weights["w"].clone()
    mean.update({"w": torch.ones(3)}, done=10_000)
    torch.testing.assert_close(mean.weights["w"], before + 0.1 * (1 - before))


def test_without_decay_the_mean_is_the_weights() -> None:
    mean = EmaWeights({"w": torch.zeros(2)}, decay=0.0)
    mean.update({"w": torch.tensor([3.0, -1.0])}, done=5)
    torch.testing.assert_close(mean.weights["w"], torch.tensor([3.0, -1.0]))
