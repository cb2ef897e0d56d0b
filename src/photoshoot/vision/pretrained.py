"""Loads models of transformers that look at pictures, from folders in the hub's layout, and has them write."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import (
    AutoModel,
    AutoModelForImageTextToText,
    AutoProcessor,
    LogitsProcessor,
    LogitsProcessorList,
)
from transformers.utils import logging

from photoshoot.errors import MissingExtraError, OutOfMemoryError, WeightsError, WeightsMissingError
from photoshoot.machine.device import choose_torch_device, choose_writing_dtype

_GREEDY = {
    "min_new_tokens": 0,
    "do_sample": False,
    "num_beams": 1,
    "temperature": 1.0,
    "top_p": 1.0,
    "top_k": 50,
    "repetition_penalty": 1.0,
    "no_repeat_ngram_size": 0,
}
"""Whatever a model's own settings say, the likeliest token is taken."""
_lock = threading.Lock()  # loading draws random numbers and shows progress bars, both for all threads


class Network:
    """A model and its processor, ready to be used.

    Args:
        folder: A model in the hub's layout: ``config.json``, weights in ``safetensors``, processor and tokenizer.
        device: ``"auto"``, ``"cpu"``, ``"mps"``, ``"cuda"`` or ``"cuda:1"``.
        writes: Whether the model writes text; else it gives features of pictures and texts.
        architecture: The model's class, where it does neither.

    Raises:
        MissingExtraError: A package that its processor needs is not installed.
        WeightsMissingError: The folder is not there.
        WeightsError: It holds no such model, or not all of its weights.
        OutOfMemoryError: The device can't hold it.
    """

    def __init__(self, folder: Path, device: str, *, writes: bool = True, architecture: Any = None) -> None:
        if not (folder / "config.json").is_file():
            raise WeightsMissingError(f"{folder} holds no model: it has no config.json")
        self.folder = folder
        self.device = choose_torch_device(device)
        self.dtype = choose_writing_dtype(self.device)
        with _lock, _quietly(), _translated(folder):
            self.processor: Any = AutoProcessor.from_pretrained(folder, local_files_only=True)
            self._model: Any = self._load(architecture or (AutoModelForImageTextToText if writes else AutoModel))

    @property
    def model(self) -> Any:
        """The model.

        Raises:
            WeightsError: It was closed.
        """
        if self._model is None:
            raise WeightsError(f"{self.folder.name} was closed; build it again")
        return self._model

    def close(self) -> None:
        """Give the memory back; safe to call twice."""
        self._model = None
        if self.device.type == "cuda":
            torch.cuda.empty_cache()

    def put(self, inputs: Any) -> dict[str, Tensor]:
        """A processor's output on the device, pictures in the model's number format."""
        return {
            name: value.to(self.device, self.dtype if value.is_floating_point() else None)
            for name, value in inputs.items()
            if isinstance(value, Tensor)
        }

    @torch.inference_mode()
    def write(self, inputs: Any, most_tokens: int, processor: LogitsProcessor | None = None) -> Tensor:
        """Write on: greedily, so that the same question has the same answer.

        Args:
            inputs: What the model's processor gave, padded on the left.
            most_tokens: At most so many.
            processor: What the tokens' scores go through.

        Returns:
            Tokens (rows, at most ``most_tokens``), of a model with a decoder alone without those of the question.

        Raises:
            OutOfMemoryError: The device can't hold the batch.
        """
        held = self.put(inputs)
        processors = LogitsProcessorList([] if processor is None else [processor])
        try:
            tokens: Tensor = self.model.generate(
                **held, **_GREEDY, max_new_tokens=most_tokens, logits_processor=processors
            )
        except torch.OutOfMemoryError as error:
            rows = len(next(iter(held.values())))
            raise OutOfMemoryError(f"{self.device} can't hold {rows} pictures at once: give fewer") from error
        length = 0 if self.model.config.is_encoder_decoder or "input_ids" not in held else held["input_ids"].shape[1]
        return tokens[:, length:]

    @property
    def end_token(self) -> int:
        """The token that ends an answer."""
        named = (self.model.generation_config.eos_token_id, self.processor.tokenizer.eos_token_id)
        end = next((value for value in named if value is not None), None)
        if end is None:
            raise WeightsError(f"{self.folder} names no token that ends an answer (eos_token_id)")
        return int(end[0] if isinstance(end, list) else end)

    def _load(self, kind: Any) -> Any:
        model, report = kind.from_pretrained(
            self.folder, dtype=self.dtype, local_files_only=True, use_safetensors=True, output_loading_info=True
        )
        if missing := sorted(report["missing_keys"]):
            raise WeightsError(f"{self.folder} lacks {len(missing)} weights, such as {missing[0]}")
        model = model.to(self.device).eval().requires_grad_(False)
        settings = getattr(model, "generation_config", None)
        if settings is not None and settings.pad_token_id is None:
            settings.pad_token_id = self.processor.tokenizer.pad_token_id
        return model


@contextmanager
def _quietly() -> Iterator[None]:
    """Without progress bars and notes on standard error; the host's settings and random state come back."""
    shown, level = logging.is_progress_bar_enabled(), logging.get_verbosity()
    restore: Callable[[], None] = logging.enable_progress_bar if shown else logging.disable_progress_bar
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        with torch.random.fork_rng([]):
            yield
    finally:
        restore()
        logging.set_verbosity(level)


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """The library's errors as ours."""
    try:
        yield
    except torch.OutOfMemoryError as error:
        raise OutOfMemoryError(f"the device can't hold the model {folder.name}: {error}") from error
    except ImportError as error:
        raise MissingExtraError(f"the model {folder.name}", "diffusion") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError) as error:
        raise WeightsError(f"{folder} can't be loaded: {error}") from error
