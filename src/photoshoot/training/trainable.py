"""What is learnt: low-rank weights beside a UNet's layers, or all of its weights."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import torch
from diffusers import UNet2DConditionModel
from peft import LoraConfig
from torch import Tensor, nn

from photoshoot.errors import WeightsError
from photoshoot.training.random_streams import Stream, draw
from photoshoot.training.settings import LoraLayers, TrainingSettings

_MODULES: Mapping[str, tuple[str, ...]] = {
    "attention": ("to_q", "to_k", "to_v", "to_out.0"),
    "feed_forward": ("ff.net.0.proj", "ff.net.2"),
    "convolution": ("conv1", "conv2", "conv_shortcut"),
}
"""Ends of the names of layers, by ``LoraLayers.layers``."""


class TrainableUNet:
    """A UNet that is being trained. Its learnt weights are in single precision, whatever the others are in.

    Args:
        unet: Changed in place.
        settings: What is learnt.
    """

    def __init__(self, unet: UNet2DConditionModel, settings: TrainingSettings) -> None:
        self.unet = unet
        if settings.method == "lora":
            _add_lora(unet, settings.lora, settings.seed)
        else:
            unet.requires_grad_(True)
        self.weights: dict[str, nn.Parameter] = {
            name: weight for name, weight in unet.named_parameters() if weight.requires_grad
        }
        for weight in self.weights.values():
            weight.data = weight.data.float()
        if settings.gradient_checkpointing:
            unet.enable_gradient_checkpointing()
        unet.train()

    @torch.no_grad()
    def load(self, weights: Mapping[str, Tensor]) -> None:
        """Set the learnt weights.

        Raises:
            WeightsError: They are those of other layers.
        """
        if weights.keys() != self.weights.keys():
            raise WeightsError("the checkpoint's weights are not those of this model and these settings")
        for name, weight in self.weights.items():
            weight.copy_(weights[name])

    @contextmanager
    def showing(self, weights: Mapping[str, Tensor]) -> Iterator[None]:
        """Have other weights for a while."""
        own = {name: weight.detach().clone() for name, weight in self.weights.items()}
        self.load(weights)
        self.unet.eval()
        try:
            yield
        finally:
            self.unet.train()
            self.load(own)


class EmaWeights:
    """The running mean of learnt weights, which forgets slowly; slower and slower in the first steps.

    Args:
        weights: What it begins with.
        decay: Share of the mean that a step leaves; 0: the mean is the weights themselves.
    """

    def __init__(self, weights: Mapping[str, Tensor], decay: float) -> None:
        self.weights = {name: weight.detach().clone() for name, weight in weights.items()}
        self._decay = decay

    @torch.no_grad()
    def update(self, weights: Mapping[str, Tensor], done: int) -> None:
        """Take in the weights after ``done`` steps.

        Source of the first steps' decay: TensorFlow's ``ExponentialMovingAverage`` with ``num_updates``.
        """
        decay = min(self._decay, (1 + done) / (10 + done))
        for name, mean in self.weights.items():
            mean.lerp_(weights[name].detach(), 1 - decay)


def _add_lora(unet: UNet2DConditionModel, lora: LoraLayers, seed: int) -> None:
    """One half of each pair is drawn, the other is 0, so that nothing has changed yet."""
    config = LoraConfig(
        r=lora.rank,
        lora_alpha=lora.alpha,
        target_modules=[name for kind in lora.layers for name in _MODULES[kind]],
    )
    unet.requires_grad_(False)
    drawn_on = [unet.device] if unet.device.type == "cuda" else []
    with torch.random.fork_rng(drawn_on):
        torch.manual_seed(int(draw(seed, Stream.INITIAL).integers(2**31)))
        unet.add_adapter(config)
