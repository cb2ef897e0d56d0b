"""The loop: step after step the network's errors become smaller."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from photoshoot.errors import OutOfMemoryError, TrainingError
from photoshoot.placers.diffusion.hosting.memory_errors import Shortage, attempt
from photoshoot.training.checkpoints import State, describe_last, save_state
from photoshoot.training.data_loader import Batch, DataLoader
from photoshoot.training.loss import NoiseSchedule, region_weights, weighted_errors
from photoshoot.training.settings import LossSettings, OptimizerSettings, TrainingSettings
from photoshoot.training.trainable import EmaWeights, TrainableUNet

if TYPE_CHECKING:
    from accelerate import Accelerator


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step that was taken."""

    done: int
    """Steps taken, this one included."""
    total: int
    """Steps in all."""
    loss: float
    """Mean over the step's pictures, of all processes."""
    learning_rate: float
    """Of this step."""
    grad_norm: float
    """Length of the gradient before it was shortened."""


OnStep = Callable[[Step], None]


class Trainer:
    """Trains a UNet. All processes take the same steps; the main one writes.

    Args:
        trainable: What is trained; on the accelerator's device.
        schedule: The noise it is trained with.
        loader: This process's batches.
        settings: Of the run.
        accelerator: Joins the processes, and scales the loss where it must.
        facts: See ``State``.
    """

    def __init__(
        self,
        trainable: TrainableUNet,
        schedule: NoiseSchedule,
        loader: DataLoader,
        settings: TrainingSettings,
        accelerator: Accelerator,
        facts: Mapping[str, object],
    ) -> None:
        self.trainable, self.losses = trainable, list[float]()
        self.mean = EmaWeights(trainable.weights, settings.ema_decay)
        self._schedule, self._loader, self._settings, self._facts = schedule, loader, settings, facts
        self._accelerator = accelerator
        self._optimizer = _build_optimizer(trainable.weights.values(), settings.optimizer)
        self._network, self._stepper = accelerator.prepare(trainable.unet, self._optimizer)

    @property
    def done(self) -> int:
        """Steps taken."""
        return len(self.losses)

    @property
    def checkpoints(self) -> Path:
        """Their folder."""
        return self._settings.out / "checkpoints"

    def run(self) -> Iterator[Step]:
        """Take the steps that are left.

        Yields:
            Each step, after its checkpoint, if one is due.

        Raises:
            TrainingError: The loss or gradient is no number, or a checkpoint can't be written.
            OutOfMemoryError: A batch does not fit in the device's memory.
        """
        batches = self._loader.batches(self.done)
        while self.done < self._settings.steps:
            step = self._take(batches)
            if step.done % self._settings.checkpoint_every == 0 or step.done == self._settings.steps:
                self.save()
            yield step

    def save(self) -> None:
        """Write a checkpoint."""
        if self._accelerator.is_main_process:
            save_state(self.checkpoints, self.state())
        self._accelerator.wait_for_everyone()

    def state(self) -> State:
        """All that is needed to go on."""
        scaler = self._accelerator.scaler
        return State(
            done=self.done,
            weights=self.trainable.weights,
            mean=self.mean.weights,
            moments=_read_moments(self._optimizer, list(self.trainable.weights)),
            losses=tuple(self.losses),
            scaler={} if scaler is None else scaler.state_dict(),
            facts=self._facts,
        )

    def resume(self, state: State) -> None:
        """Go on from a checkpoint.

        Raises:
            TrainingError: The run was another one: says in what.
            WeightsError: The checkpoint is of other layers.
        """
        for name, value in self._facts.items():
            if state.facts.get(name) != value:
                was = state.facts.get(name)
                raise TrainingError(f"can't go on: {name} was {was!r} and is {value!r} now; use another out folder")
        self.trainable.load(state.weights)
        device = self._accelerator.device
        self.mean.weights = {name: weight.to(device) for name, weight in state.mean.items()}
        _write_moments(self._optimizer, list(self.trainable.weights), state.moments)
        self.losses = list(state.losses)
        if self._accelerator.scaler is not None and state.scaler:
            self._accelerator.scaler.load_state_dict(dict(state.scaler))

    def _take(self, batches: Iterator[Batch]) -> Step:
        settings = self._settings
        rate = learning_rate(self.done, settings.steps, settings.optimizer)
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        loss = self._descend(batches)
        self._check(loss, "loss")
        norm = float(
            self._accelerator.clip_grad_norm_(self.trainable.weights.values(), settings.optimizer.max_grad_norm)
        )
        if self._accelerator.scaler is None:  # a scaler leaves such a step out by itself, and scales less from then on
            self._check(norm, "gradient")
        self._stepper.step()
        self._stepper.zero_grad()
        self.losses.append(loss)
        self.mean.update(self.trainable.weights, self.done)
        return Step(done=self.done, total=settings.steps, loss=loss, learning_rate=rate, grad_norm=norm)

    def _descend(self, batches: Iterator[Batch]) -> float:
        """Add up the gradients of a step; the loss is that of all processes."""
        parts = self._settings.gradient_accumulation_steps
        losses = []
        for part in range(parts):
            batch = next(batches).to(self._accelerator.device)
            last = part == parts - 1
            with nullcontext() if last else self._accelerator.no_sync(self._network):
                losses.append(self._learn(batch, parts))
        return float(self._accelerator.reduce(torch.stack(losses).mean(), "mean"))

    def _learn(self, batch: Batch, parts: int) -> Tensor:
        """Add a batch's gradients to those of its step; the loss stays on the device, so that nothing waits for it."""

        def learn() -> Tensor:
            loss = self._loss_of(self._network, batch)
            self._accelerator.backward(loss / parts)
            return loss.detach()

        made = attempt(learn)
        if isinstance(made, Shortage):
            raise OutOfMemoryError(self._explain(batch, parts)) from torch.OutOfMemoryError(made.message)
        return made

    def _loss_of(self, network: nn.Module, batch: Batch) -> Tensor:
        return errors_of(network, batch, self._schedule, self._settings.loss).mean()

    def _explain(self, batch: Batch, parts: int) -> str:
        """What to give instead of a batch that does not fit; what is said to fit was tried."""
        size = len(batch.latents)
        fits = next((n for n in range(size - 1, 0, -1) if self._fits(batch.first(n))), 0)
        instead = f"gradient_checkpointing = true; {describe_last(self.checkpoints)}"
        if not fits:
            return f"a batch of {size} does not fit, nor does a single picture: give a smaller resolution, or {instead}"
        return (
            f"a batch of {size} does not fit, {fits} at a time do: give batch_size = {fits} (with "
            f"gradient_accumulation_steps = {math.ceil(size * parts / fits)} as many pictures count), or {instead}"
        )

    def _fits(self, batch: Batch) -> bool:
        """Whether one process can learn from a batch; what it would learn is given up."""
        self._optimizer.zero_grad()
        made = attempt(lambda: self._loss_of(self.trainable.unet, batch).backward())  # type: ignore[no-untyped-call]
        return not isinstance(made, Shortage)

    def _check(self, value: float, what: str) -> None:
        if not math.isfinite(value):
            raise TrainingError(
                f"the {what} of step {self.done + 1} is {value}: give a smaller optimizer.learning_rate, or "
                f"mixed_precision bf16 instead of fp16; {describe_last(self.checkpoints)}"
            )


def errors_of(network: nn.Module, batch: Batch, schedule: NoiseSchedule, settings: LossSettings) -> Tensor:
    """The loss of each picture of a batch, (B,)."""
    noisy = schedule.add_noise(batch.latents, batch.noise, batch.timesteps)
    predicted = network(batch.inputs(noisy), batch.timesteps, return_dict=False, **batch.conditions())[0]
    return weighted_errors(
        predicted,
        schedule.target(batch.latents, batch.noise, batch.timesteps),
        region_weights(batch.repaint, batch.shade, settings),
        schedule.level_weights(batch.timesteps, settings.min_snr_gamma),
    )


def learning_rate(done: int, steps: int, settings: OptimizerSettings) -> float:
    """The rate of the step after ``done`` steps."""
    warm = settings.warmup_steps
    if done < warm:
        return settings.learning_rate * (done + 1) / (warm + 1)
    if settings.schedule == "constant":
        return settings.learning_rate
    return settings.learning_rate * (1 + math.cos(math.pi * (done - warm) / (steps - warm))) / 2


def _build_optimizer(weights: object, settings: OptimizerSettings) -> torch.optim.AdamW:
    return torch.optim.AdamW(
        weights,  # type: ignore[arg-type]
        lr=settings.learning_rate,
        betas=settings.betas,
        weight_decay=settings.weight_decay,
    )


def _read_moments(optimizer: torch.optim.Optimizer, names: list[str]) -> dict[str, Tensor]:
    own = optimizer.state_dict()["state"]
    return {f"{names[index]}:{kind}": tensor for index, kinds in own.items() for kind, tensor in kinds.items()}


def _write_moments(optimizer: torch.optim.Optimizer, names: list[str], moments: Mapping[str, Tensor]) -> None:
    places = {name: index for index, name in enumerate(names)}
    state: dict[int, dict[str, Tensor]] = {}
    for key, tensor in moments.items():
        name, _, kind = key.rpartition(":")
        state.setdefault(places[name], {})[kind] = tensor
    optimizer.load_state_dict({**optimizer.state_dict(), "state": state})
