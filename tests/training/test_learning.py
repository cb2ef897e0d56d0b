"""It really learns: a tiny model that knows one plate is taught two sets, and paints them round an unseen product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoshoot import Lora, Photoshoot, Product
from photoshoot.placers.diffusion.placer import DiffusionPlacer
from photoshoot.presets import PresetRegistry
from photoshoot.records import RgbImage, ShotRequest
from photoshoot.settings import DiffusionSettings
from photoshoot.training.samples import TrainingData
from photoshoot.training.settings import (
    LoraLayers,
    LossSettings,
    MaskSettings,
    OptimizerSettings,
    TrainingSettings,
    ValidationSettings,
)
from photoshoot.training.shots import order_shot
from photoshoot.training.train import train
from tests.measures import psnr
from tests.placers.diffusion.overfitting import write_overfitted
from tests.training.rendered import SIZE, as_samples, order, render
from tests.training.scenes import ListedData

KNOWN = "light_grey_background"
TAUGHT = ("terracotta_arch_podium", "sky_blue_wall_leaf_shadows")
HELD_OUT = "headphones"
STEPS = 180
PAINTING = DiffusionSettings(num_inference_steps=10, guidance_scale=1.0, init="noise", base_scale=1.0, batch_size=2)

pytestmark = pytest.mark.slow


@dataclass(frozen=True, kw_only=True, eq=False)
class Lesson:
    """A model, and what it is taught."""

    base: Path
    trained: TrainingData
    held_out: TrainingData


def make_data(examples: Mapping[str, Product]) -> tuple[TrainingData, TrainingData]:
    """Four products in the taught sets, and a fifth one in the same; all of one size."""
    products = {name: product for name, product in examples.items() if name != HELD_OUT}
    held = {HELD_OUT: examples[HELD_OUT]}
    trained, held_out = order(products, TAUGHT, seed=1), order(held, TAUGHT, seed=1)
    images = render([*trained, *held_out])
    return (
        ListedData(as_samples(trained, images[: len(trained)])),
        ListedData(as_samples(held_out, images[len(trained) :])),
    )


def known(bottle: Product) -> tuple[list[ShotRequest], list[RgbImage]]:
    """The shot that the model can paint before it learns, and its plate."""
    plate = PresetRegistry.load().get(KNOWN).plate_path
    assert plate is not None
    size = (SIZE.width_px, SIZE.height_px)
    shots = order({"bottle": bottle}, [KNOWN], seed=1)
    return shots, [np.asarray(Image.open(plate).convert("RGB").resize(size), np.uint8)]


@pytest.fixture(scope="module")
def lesson(examples: Mapping[str, Product], tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    trained, held_out = make_data(examples)
    base = write_overfitted(tmp_path_factory.mktemp("base"), "learning", "learning")
    return Lesson(base=base, trained=trained, held_out=held_out)


def orders_for(data: TrainingData) -> list[ShotRequest]:
    """For each picture, the order that it answers."""
    orders = [order_shot(data[place], place, seed=0) for place in range(len(data))]
    return [made for made in orders if made is not None]


def images_of(data: TrainingData) -> list[RgbImage]:
    return [data[place].image for place in range(len(data))]


@pytest.mark.exhaustive("tests/training/test_fine_tune_docs.py::test_every_command_runs_from_data_to_a_lora_in_use")
def test_a_lora_paints_the_taught_sets_round_a_product_it_never_saw(lesson: Lesson, tmp_path: Path) -> None:
    settings = TrainingSettings(
        base=str(lesson.base),
        out=tmp_path / "taught",
        steps=STEPS,
        batch_size=8,
        resolution=SIZE.width_px,
        empty_captions=0.0,
        ema_decay=0.98,
        gradient_checkpointing=False,
        device="cpu",
        lora=LoraLayers(layers=("attention", "feed_forward", "convolution")),
        optimizer=OptimizerSettings(learning_rate=8e-3, warmup_steps=10),
        masks=MaskSettings(random_share=0.125, jitter_px=1),
        loss=LossSettings(min_snr_gamma=0),  # which leaves pure noise, where a set is chosen, to the pretrained model
        validation=ValidationSettings(
            every=STEPS, shots=2, num_inference_steps=10, guidance_scale=1.0, base_scale=1.0, measure_expansion=False
        ),
    )
    outcome = train(settings, lesson.trained, lesson.held_out)
    before, after = (outcome.validations[done]["loss"] for done in (0, STEPS))
    assert before is not None
    assert after is not None
    assert after <= 0.7 * before, f"held-out loss {before:.3f} before, {after:.3f} after"
    assert (tmp_path / "taught" / "validation" / f"step-{STEPS:07d}.png").is_file()

    plain, tuned = measure(lesson, []), measure(lesson, [Lora(path=outcome.path)])
    # Leaves fall elsewhere round each product: of its own picture no more can be known than how soft they are.
    gains = [new - old for new, old in zip(tuned, plain, strict=True)]
    assert min(gains) >= 2, f"{plain} dB before, {tuned} dB after"


def measure(lesson: Lesson, loras: Sequence[Lora]) -> list[float]:
    """How near the painted scenes are to the studio's, dB, by the public placer."""
    orders = orders_for(lesson.held_out)
    with Photoshoot.from_pretrained(lesson.base, device="cpu", loras=loras, diffusion=PAINTING) as photoshoot:
        assert isinstance(photoshoot.placer, DiffusionPlacer)
        shots = photoshoot.placer.place(orders)
    return [
        psnr(shot.image, image, asked.layer.alpha_matte == 0)
        for shot, image, asked in zip(shots, images_of(lesson.held_out), orders, strict=True)
    ]
