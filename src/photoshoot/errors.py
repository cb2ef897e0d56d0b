"""Everything that photoshoot raises, one tree.

::

    PhotoshootError
    ├── InputError (ValueError)        the caller can fix it
    │   ├── PhotoError                 unreadable, unsupported, animated, too many pixels
    │   │   └── FileTooLargeError
    │   ├── SettingsError              a value out of its documented range
    │   │   └── SettingsFileError      a key or value of a settings file is wrong
    │   ├── DataFileError              names file, key and reason
    │   │   ├── PresetError            a preset file is invalid
    │   │   └── RecipeError            a recipe or a list of products is invalid
    │   ├── TrainingDataError          a data set to train on is damaged or malformed
    │   ├── PromptError                more than six, empty, malformed
    │   │   └── PromptNotUnderstoodError
    │   ├── RefusedContentError        a moderator refuses a prompt, a photo or a picture
    │   ├── TargetError                an address that webhooks may not go to
    │   └── UnknownNameError (LookupError)
    ├── NoProductFoundError            no foreground in the photo
    ├── ProductDoesNotFitError
    ├── CaptionError                   a captioning model gives no usable answer
    ├── WeightsError
    │   ├── WeightsMissingError
    │   └── WeightsChecksumError
    ├── DeviceError
    │   ├── NoCudaError
    │   ├── OutOfMemoryError
    │   └── ShotsFailedError           some shots of a call; the others are finished
    ├── MissingExtraError (ImportError)
    ├── TrainingError                  a fine-tune can't go on
    ├── JobError
    │   ├── UnknownJobError            no such process, task, asset, channel or application (HTTP 404)
    │   ├── PictureNotFoundError       the task has no picture, or not yet (404)
    │   ├── DamagedPictureError        a kept picture is damaged or gone; it is made again (500)
    │   ├── AuthenticationError        a wrong key or secret (401)
    │   ├── BusyError                  the queue is full (429)
    │   ├── IdempotencyError           a key used again for another order (409)
    │   ├── NoCreditsError             nothing left to pay with (400)
    │   ├── StoreError                 the database or the pictures can't be reached (503)
    │   └── CancelledError
    └── ExportError (OSError)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from photoshoot.distribution import DISTRIBUTION
from photoshoot.near_names import find_near

T = TypeVar("T")
_MOST_LISTED = 24


class PhotoshootError(Exception):
    """The root: ``except PhotoshootError`` catches all that this library raises on purpose.

    Every error can be pickled, so that it reaches the caller from another process.
    """

    def __reduce__(self) -> tuple[Callable[..., PhotoshootError], tuple[object, ...]]:
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(kind: type[PhotoshootError], args: tuple[object, ...], attributes: dict[str, object]) -> PhotoshootError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(attributes)
    return error


class InputError(PhotoshootError, ValueError):
    """The input is wrong and the caller can fix it (HTTP 400)."""


class PhotoError(InputError):
    """A photo can't be read: unsupported, truncated, animated, or far too many pixels."""


class FileTooLargeError(PhotoError):
    """A photo's file is over the limit; ``code`` is the HTTP API's error code."""

    code = "file_too_large"

    def __init__(self, size_bytes: int, limit_bytes: int) -> None:
        self.size_bytes, self.limit_bytes = size_bytes, limit_bytes
        super().__init__(f"File exceeds limit of {limit_bytes // 2**20}MB")


class SettingsError(InputError):
    """A setting is out of its documented range: says the name, the value and the range."""

    def __init__(self, name: str, value: object, allowed: str) -> None:
        self.name, self.value, self.allowed = name, value, allowed
        super().__init__(f"{name}={value!r} is not allowed: give {allowed}")


class SettingsFileError(SettingsError):
    """A settings file has a wrong key or value: names the file, the key, as in ``lora.rank``, and the reason."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        self.file, self.name, self.value, self.allowed = file, key, None, reason
        InputError.__init__(self, f"{file}: {key}: {reason}")


class DataFileError(InputError):
    """A data file is invalid: names the file, the key and the reason."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        self.file, self.key, self.reason = file, key, reason
        super().__init__(f"{file}: {key}: {reason}")


class PresetError(DataFileError):
    """A preset file is invalid."""


class RecipeError(DataFileError):
    """A recipe or a list of products is invalid."""


class TrainingDataError(InputError):
    """Data to train on can't be read: names the file, the sample's key where it is one sample, and the reason."""

    def __init__(self, file: object, key: str | None, reason: str) -> None:
        self.file, self.key, self.reason = str(file), key, reason
        super().__init__(f"{file}: {reason}" if key is None else f"{file}: {key}: {reason}")


class PromptError(InputError):
    """Prompts are more than six, empty, or malformed."""


class PromptNotUnderstoodError(PromptError):
    """The studio understood nothing of a prompt: ``said`` is which; the rest is the way out as Python writes it."""

    def __init__(self, said: str, *rest: str) -> None:
        self.said = said
        super().__init__("; ".join((said, *rest)))


class RefusedContentError(InputError):
    """A moderator refuses a prompt, a photo or a finished picture: says which, and names the rule."""

    def __init__(self, what: str, rule: str) -> None:
        self.what, self.rule = what, rule
        super().__init__(f"{what} is refused: {rule}")


class TargetError(InputError):
    """Webhooks may not be sent to this address; says why, but nothing of what it resolves to."""


class UnknownNameError(InputError, LookupError):
    """A ``name`` of a ``kind`` of things, such as ``"preset"``, is none of the ``known`` ones; the nearest are listed.

    ``listed_by`` is what lists them all, such as ``"photoshoot presets list"``, where they are many.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], listed_by: str = "") -> None:
        self.kind, self.name = kind, name
        names = sorted(known)
        self.near = find_near(name, names)
        hints = [f"did you mean {', '.join(self.near)}?"] if self.near else []
        if listed_by:
            hints.append(f"{listed_by} lists all {len(names)}")
        elif not hints:
            rest = len(names) - _MOST_LISTED
            hints.append(f"known: {', '.join(names[:_MOST_LISTED])}" + (f" and {rest} more" if rest > 0 else ""))
        super().__init__(f"unknown {kind} {name!r}; {' '.join(hints)}")


class NoProductFoundError(PhotoshootError):
    """No product stands out from the photo's background; ``code`` is the HTTP API's error code."""

    code = "unknown_foreground"


class ProductDoesNotFitError(PhotoshootError):
    """The product can't be laid out in the canvas as asked."""


class CaptionError(PhotoshootError):
    """A captioning model's answer can't be used, even after it was told what is wrong with it."""


class WeightsError(PhotoshootError):
    """A model's weights can't be used."""


class WeightsMissingError(WeightsError):
    """Weights are not on this machine; the message says the command that gets them."""


class WeightsChecksumError(WeightsError):
    """A weights file is not the one that the manifest names."""


class DeviceError(PhotoshootError):
    """A device can't do what was asked of it."""


class NoCudaError(DeviceError):
    """CUDA was asked for and is not there."""


class OutOfMemoryError(DeviceError):
    """The device ran out of memory; the message says the batch size that fits."""


class ShotsFailedError(DeviceError, Generic[T]):
    """Some shots became no pictures: ``failures`` by their places; ``shots``: the finished ones not handed out yet."""

    def __init__(self, failures: Mapping[int, DeviceError], shots: Sequence[T] = ()) -> None:
        self.failures, self.shots = dict(failures), tuple(shots)
        super().__init__("; ".join(f"shot {place + 1}: {error}" for place, error in self.failures.items()))

    def outcomes(self) -> list[T | DeviceError]:
        """For each shot that was asked for, it or why there is none."""
        rest = iter(self.shots)
        return [self.failures.get(i) or next(rest) for i in range(len(self.shots) + len(self.failures))]


class MissingExtraError(PhotoshootError, ImportError):
    """An optional package is missing; the message names the extra that brings it."""

    def __init__(self, feature: str, extra: str) -> None:
        self.feature, self.extra = feature, extra
        super().__init__(f"{feature} needs an optional part: pip install '{DISTRIBUTION}[{extra}]'")


class TrainingError(PhotoshootError):
    """A fine-tune can't go on; the message says what is left to go on from."""


class JobError(PhotoshootError):
    """A job can't be carried out."""


class UnknownJobError(JobError):
    """There is nothing of that id, or it belongs to another application (HTTP 404).

    Args:
        kind: What was looked up: ``"process"``, ``"task"``, ``"asset"``, ``"channel"`` or ``"application"``.
        id: Its id.
    """

    def __init__(self, kind: str, id: object) -> None:
        self.kind, self.id = kind, id
        super().__init__(f"there is no {kind} {id}")


class PictureNotFoundError(JobError):
    """The task has no picture: it is not finished, has failed or was cancelled (HTTP 404)."""


class DamagedPictureError(JobError):
    """A finished picture's file is gone, or not what was written."""


class AuthenticationError(JobError):
    """A key or secret is wrong (HTTP 401); the message does not say which."""


class BusyError(JobError):
    """The queue is full (HTTP 429).

    Args:
        retry_after_s: When it is worth trying again, whole seconds from now, at least 1.
    """

    def __init__(self, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(f"the queue is full; try again in {retry_after_s} s")


class IdempotencyError(JobError):
    """An idempotency key was used before, for another order (HTTP 409)."""


class NoCreditsError(JobError):
    """An application has no credits to pay a download with (HTTP 400); the message is the HTTP API's."""

    def __init__(self, application_id: object, reason: str) -> None:
        super().__init__(f"Error decreasing Api Key Credits for Application {application_id}. ErrorMessage: {reason}")


class StoreError(JobError):
    """The database or the folder of pictures can't be used (HTTP 503); the message names neither."""


class CancelledError(JobError):
    """The job was cancelled by its owner."""


class ExportError(PhotoshootError, OSError):
    """A picture can't be written; names the path. Nothing half-written is left behind."""
