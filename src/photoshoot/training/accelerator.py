"""Where a run happens: one process or several, on which device, in which number format."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from photoshoot.errors import MissingExtraError, SettingsError, TrainingError
from photoshoot.machine.device import choose_torch_device
from photoshoot.training.settings import TrainingSettings

if TYPE_CHECKING:
    from accelerate import Accelerator

_DTYPES = {"no": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}


def build_accelerator(settings: TrainingSettings) -> Accelerator:
    """Join the processes that ``accelerate launch`` started, or be the only one.

    Raises:
        MissingExtraError: The extra ``train`` is not installed.
        NoCudaError: CUDA was asked for and is not there.
        SettingsError: The number format is none of this machine's.
        TrainingError: The launcher splits the model, which is not done here.
    """
    device = choose_torch_device(settings.device)
    precision = choose_precision(settings.mixed_precision, device)
    try:
        from accelerate import Accelerator
        from accelerate.state import AcceleratorState, DistributedType, is_initialized
    except ImportError as error:
        raise MissingExtraError("training", "train") from error
    if is_initialized() and AcceleratorState().num_processes == 1:
        AcceleratorState._reset_state(reset_partial_state=True)  # of an earlier run in this process
    accelerator = Accelerator(mixed_precision=precision, cpu=device.type == "cpu")
    plain = (DistributedType.NO, DistributedType.MULTI_CPU, DistributedType.MULTI_GPU)
    if accelerator.distributed_type not in plain:
        raise TrainingError(
            f"{accelerator.distributed_type.value} is not supported: each process holds a model (accelerate config)"
        )
    return accelerator


def choose_precision(name: str, device: torch.device) -> str:
    """``"no"``, ``"fp16"`` or ``"bf16"``; ``"auto"`` is the better one of a GPU, and ``"no"`` elsewhere.

    Raises:
        SettingsError: ``"fp16"`` without a GPU, or ``"bf16"`` on a GPU that hasn't it.
    """
    on_gpu = device.type == "cuda"
    has_bf16 = not on_gpu or torch.cuda.get_device_capability(device) >= (8, 0)
    if name == "auto":
        return ("bf16" if has_bf16 else "fp16") if on_gpu else "no"
    if name == "fp16" and not on_gpu:
        raise SettingsError("mixed_precision", name, f"no or bf16: there is no GPU, training is on {device}")
    if name == "bf16" and not has_bf16:
        raise SettingsError("mixed_precision", name, "fp16: this GPU is older than bf16")
    return name


def dtype_of(precision: str) -> torch.dtype:
    """The number format of what is not learnt."""
    return _DTYPES[precision]
