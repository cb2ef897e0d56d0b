"""What a run tells TensorBoard."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from photoshoot.errors import MissingExtraError
from photoshoot.training.loop import Step
from photoshoot.training.validation import ValidationResult

if TYPE_CHECKING:
    from torch.utils.tensorboard import SummaryWriter


def import_writer() -> type[SummaryWriter]:
    """PyTorch's writer of TensorBoard's files.

    Raises:
        MissingExtraError: The extra ``train`` is not installed.
    """
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        raise MissingExtraError("training", "train") from error
    return SummaryWriter


class TensorBoardLog:
    """Writes curves and pictures into the folder ``tensorboard`` of a run; a context that closes it.

    Args:
        out: The run's folder.
        done: Steps taken before: what an interrupted run wrote of later ones is not shown.
    """

    def __init__(self, out: Path, done: int) -> None:
        self._writer = import_writer()(str(out / "tensorboard"), purge_step=done + 1)

    def __enter__(self) -> TensorBoardLog:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()

    def write_step(self, step: Step) -> None:
        """A step's numbers."""
        for name in ("loss", "learning_rate", "grad_norm"):
            self._writer.add_scalar(f"train/{name}", getattr(step, name), step.done)

    def write_validation(self, result: ValidationResult) -> None:
        """A validation's numbers and picture."""
        for name, value in result.measures.items():
            if value is not None:
                self._writer.add_scalar(f"held_out/{name}", value, result.done)
        if result.picture is not None:
            self._writer.add_image("held_out", result.picture, result.done, dataformats="HWC")
        self._writer.flush()
