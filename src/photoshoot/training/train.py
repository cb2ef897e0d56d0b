"""``train``: from pictures to a LoRA or a model. START HERE."""

from __future__ import annotations

import errno
import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from photoshoot.errors import PhotoshootError, SettingsError, TrainingError
from photoshoot.files import AtomicFiles
from photoshoot.records.plain_data import to_plain
from photoshoot.training.accelerator import build_accelerator
from photoshoot.training.checkpoints import describe_last, find_last, load_state
from photoshoot.training.data_loader import DataLoader
from photoshoot.training.exporting import export_lora, export_model
from photoshoot.training.loop import Step, Trainer
from photoshoot.training.loss import NoiseSchedule
from photoshoot.training.material import Encoded, Material, build_placer, build_validator, prepare
from photoshoot.training.model_card import Account, write_card
from photoshoot.training.samples import TrainingData
from photoshoot.training.settings import TrainingSettings
from photoshoot.training.settings_file import document_settings
from photoshoot.training.tensorboard_log import TensorBoardLog, import_writer
from photoshoot.training.trainable import TrainableUNet
from photoshoot.training.validation import ValidationResult, Validator

if TYPE_CHECKING:
    from accelerate import Accelerator

    from photoshoot.stages import Placer

Event: TypeAlias = Encoded | Step | ValidationResult
OnEvent: TypeAlias = Callable[[Event], None]
MODEL_FOLDER: Final = "model"
"""Of a full fine-tune, in the run's folder."""
_FULL_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NEUTRAL = {
    "data",
    "out",
    "cache",
    "device",
    "batch_size",
    "gradient_accumulation_steps",
    "gradient_checkpointing",
    "checkpoint_every",
    "validation",
}  # settings that may change when a run goes on; what they do to its numbers is in other facts, or nothing


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome:
    """What a run came to."""

    losses: Sequence[float]
    """Mean loss of each step's pictures, one a step, at least 0."""
    validations: dict[int, dict[str, float | None]]
    """Steps done → what was measured then, by name; None where it could not be."""
    path: Path
    """The LoRA's file, or the model's folder."""


def train(
    settings: TrainingSettings,
    trained: TrainingData,
    held_out: TrainingData | None,
    *,
    resume: bool = False,
    on_event: OnEvent = lambda _: None,
) -> Outcome:
    """Fine-tune a model; with ``accelerate launch`` in several processes, which all call this.

    Args:
        settings: How.
        trained: Pictures of products in scenes, at least one.
        held_out: Pictures of other products, only validated on; None where ``settings.validation.every`` is 0.
        resume: Go on from the last checkpoint in ``settings.out``; with none there, begin.
        on_event: Told each picture that is encoded, each step and each validation; only in the main process. What it
            raises ends the run.

    Raises:
        SettingsError: A setting is none of this machine's, or the folder has another run.
        WeightsError: The base is not here, or no inpainting model.
        TrainingError: The run can't go on (NaN, a full disk); the message says from where it can be resumed.
        OutOfMemoryError: A batch does not fit.
        MissingExtraError: The extra ``train`` is not installed.
    """
    import_writer()  # what is missing is told before the work
    if not len(trained):
        raise SettingsError("data", 0, "pictures to train on")
    if settings.validation.every and not held_out:
        raise SettingsError("validation.every", settings.validation.every, "0: no pictures are held out")
    last = find_last(settings.out / "checkpoints")
    if last is not None and not resume:
        raise SettingsError("out", str(settings.out), f"another folder, or --resume: {last} is of an earlier run")
    accelerator = build_accelerator(settings)
    is_main = accelerator.is_main_process
    with _explaining(settings.out):
        material = prepare(settings, trained, held_out, accelerator, on_event if is_main else _ignore)
        trainable = TrainableUNet(material.unet, settings)
        schedule = NoiseSchedule.of(material.scheduler_config, accelerator.device)
        loader = DataLoader(
            material.trained,
            material.empty_text,
            len(schedule),
            settings,
            process=accelerator.process_index,
            processes=accelerator.num_processes,
            pinned=accelerator.device.type == "cuda",
        )
        trainer = Trainer(
            trainable, schedule, loader, settings, accelerator, _facts(settings, material, loader, accelerator)
        )
        if last is not None:
            trainer.resume(load_state(last))
        validator = build_validator(settings, held_out, material, schedule)
        return _Run(settings, material, trainer, validator, accelerator).go(on_event)


class _Run:
    """A run whose parts are there."""

    def __init__(
        self,
        settings: TrainingSettings,
        material: Material,
        trainer: Trainer,
        validator: Validator,
        accelerator: Accelerator,
    ) -> None:
        self._settings, self._material, self._trainer = settings, material, trainer
        self._validator, self._accelerator = validator, accelerator
        self._is_main = accelerator.is_main_process

    def go(self, on_event: OnEvent) -> Outcome:
        """All steps, checkpoints and validations, and then the result."""
        out = self._settings.out
        with TensorBoardLog(out, self._trainer.done) if self._is_main else nullcontext() as log:
            self._validate(log, on_event)
            for step in self._trainer.run():
                if log is not None:
                    log.write_step(step)
                    on_event(step)
                self._validate(log, on_event)
        path = out / MODEL_FOLDER
        if self._is_main:
            path = self._export(out)
            self._describe(path)
        self._accelerator.wait_for_everyone()
        return Outcome(losses=tuple(self._trainer.losses), validations=self._validator.results(), path=path)

    def _validate(self, log: TensorBoardLog | None, on_event: OnEvent) -> None:
        """The main process validates, the others wait."""
        done = self._trainer.done
        if not self._validator.is_due(done):
            return
        if log is not None and not self._validator.is_done(done):
            trainable, weights = self._trainer.trainable, self._trainer.mean.weights
            with trainable.showing(weights):
                result = self._validator.validate(
                    done, trainable.unet, self._accelerator.autocast(), self._build_placer
                )
            log.write_validation(result)
            on_event(result)
        self._accelerator.wait_for_everyone()

    def _build_placer(self) -> Placer:
        """The placer that a user would have with what has been learnt so far."""
        with _passing_folder(self._settings.out / "validation" / ".result") as folder:
            return build_placer(self._settings, self._export(folder), self._accelerator.device)

    def _export(self, folder: Path) -> Path:
        trainer = self._trainer
        if self._settings.method == "lora":
            return export_lora(trainer.trainable, trainer.mean.weights, self._settings.lora, folder)
        return export_model(self._material.sources, trainer.mean.weights, folder / MODEL_FOLDER)

    def _describe(self, path: Path) -> None:
        material = self._material
        card = write_card(
            Account(
                settings=self._settings,
                identity=material.identity,
                sources=[sample.source for sample in material.trained],
                products=len({sample.product for sample in material.trained}),
                held_out=len({sample.product for sample in material.held_out}),
                losses=self._trainer.losses,
                validations=self._validator.results(),
            )
        )
        folder = path if path.is_dir() else path.parent
        with AtomicFiles() as files:
            files.write(folder / "README.md", card.encode())
            files.write(self._settings.out / "settings.toml", document_settings(self._settings).encode())


def _facts(
    settings: TrainingSettings, material: Material, loader: DataLoader, accelerator: Accelerator
) -> dict[str, object]:
    """What the numbers of a run depend on, as JSON has it."""
    own = {name: value for name, value in to_plain(settings).items() if name not in _NEUTRAL}
    names = "\n".join(sample.file.stem for sample in material.trained)
    more = {
        "model": dict(material.identity),
        "pictures": hashlib.sha256(names.encode()).hexdigest(),
        "pictures of a step": loader.batch,
        "mixed_precision": accelerator.mixed_precision,
    }
    return {**own, **more}


@contextmanager
def _explaining(out: Path) -> Iterator[None]:
    """A full disk, wherever it is noticed, is told with what is left."""
    try:
        yield
    except OSError as error:
        cause = error.__cause__ if isinstance(error, PhotoshootError) else error
        if getattr(cause, "errno", None) not in _FULL_DISK:
            raise
        raise TrainingError(f"the disk is full ({error}); {describe_last(out / 'checkpoints')}") from error


@contextmanager
def _passing_folder(folder: Path) -> Iterator[Path]:
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ignore(_: Event) -> None:
    """Nobody listens."""
