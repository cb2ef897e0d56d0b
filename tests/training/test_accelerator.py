from __future__ import annotations

import pytest
import torch

from photoshoot.errors import SettingsError
from photoshoot.training.accelerator import build_accelerator, choose_precision, dtype_of
from photoshoot.training.settings import TrainingSettings

CPU, GPU = torch.device("cpu"), torch.device("cuda:0")


@pytest.mark.parametrize(("name", "chosen"), [("auto", "no"), ("no", "no"), ("bf16", "bf16")])
def test_without_a_gpu_single_precision_is_the_choice_and_half_is_refused(name: str, chosen: str) -> None:
    assert choose_precision(name, CPU) == chosen
    with pytest.raises(SettingsError, match="no or bf16: there is no GPU"):
        choose_precision("fp16", CPU)


@pytest.mark.parametrize(("capability", "best"), [((7, 5), "fp16"), ((8, 0), "bf16"), ((9, 0), "bf16")])
def test_a_gpu_takes_the_better_format_that_it_has(
    capability: tuple[int, int], best: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "get_device_capability", lambda _device: capability)
    assert choose_precision("auto", GPU) == best
    assert choose_precision("fp16", GPU) == "fp16"
    assert choose_precision("no", GPU) == "no"
    if best == "fp16":
        with pytest.raises(SettingsError, match="older than bf16"):
            choose_precision("bf16", GPU)
    else:
        assert choose_precision("bf16", GPU) == "bf16"


@pytest.mark.parametrize(("precision", "bits"), [("no", 32), ("fp16", 16), ("bf16", 16)])
def test_formats_have_their_width_and_bf16_the_reach_of_single_precision(precision: str, bits: int) -> None:
    info = torch.finfo(dtype_of(precision))
    assert info.bits == bits
    assert (info.max > 1e38) is (precision != "fp16")


def test_a_run_after_another_in_one_process_has_its_own_format() -> None:
    for precision in ("no", "bf16", "no"):
        accelerator = build_accelerator(TrainingSettings(device="cpu", mixed_precision=precision))
        assert accelerator.mixed_precision == precision
        assert accelerator.device == CPU
        assert (accelerator.num_processes, accelerator.is_main_process) == (1, True)
