from __future__ import annotations

import pytest
import torch
from benchmarks.tensor_lives import TensorLives
from torch import nn

from photoshoot.placers.diffusion.hosting.offloading import at_work, visit_by_layer

META = torch.device("meta")


class Tied(nn.Module):
    """Two layers that share their weights, and one that does not."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.last = nn.Linear(8, 8), nn.BatchNorm1d(8)
        self.second = nn.Linear(8, 8)
        self.second.weight = self.first.weight
        self.eval().requires_grad_(False)

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = self.last(self.second(self.first(inputs)))
        return result


def test_a_network_comes_whole_for_its_work_and_its_weights_at_home_stay_what_they_are() -> None:
    network = Tied()
    homes = dict(network.named_parameters())
    with pytest.raises(ValueError, match="stop"), at_work(network, META):  # noqa: PT012  # the weights are looked at
        assert all(weight.is_meta for weight in network.state_dict().values())
        assert network.first.weight is network.second.weight, "shared weights come once"
        raise ValueError("stop")
    assert all(homes[name] is weight for name, weight in network.named_parameters())
    with at_work(network, torch.device("cpu")), at_work(network, None):
        assert all(homes[name] is weight for name, weight in network.named_parameters()), "where it lies already"


def test_layers_come_one_at_a_time() -> None:
    wide = nn.Sequential(*(nn.Linear(64, 64, bias=False) for _ in range(20))).requires_grad_(False)
    visit_by_layer(wide, META)
    lives = TensorLives()
    with lives, torch.no_grad():
        wide(torch.zeros(1, 64, device=META))
    layer, inputs = 64 * 64 * 4, 64 * 4
    assert layer <= lives.peak <= layer + 3 * inputs
    assert not any(weight.is_meta for weight in wide.parameters())


def test_a_layer_that_fails_leaves_too() -> None:
    layer = nn.Linear(4, 4)
    visit_by_layer(layer, META)
    with pytest.raises(RuntimeError):
        layer(torch.zeros(1, 5, device=META))
    assert not layer.weight.is_meta
