"""Reads a data file's JSON objects key by key; every complaint names file, key and reason."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from photoshoot.errors import PresetError, UnknownNameError

_T = TypeVar("_T")


class JsonObject:
    """One object of a data file, with checked access to its keys.

    Args:
        file: The file it stands in, for messages.
        path: Where in the file, such as ``"[3]"``; empty for the file's own object.
        data: The decoded object.
        required: Keys that must be there.
        optional: Keys that may be there; any other key is refused.

    Raises:
        PresetError: ``data`` is not an object, or a key is missing or unknown.
    """

    def __init__(
        self,
        file: Path,
        path: str,
        data: object,
        *,
        required: Sequence[str],
        optional: Sequence[str] = (),
    ) -> None:
        self._file, self._path = file, path
        if not isinstance(data, Mapping):
            raise PresetError(str(file), path or "file", "must be an object")
        self._data: Mapping[str, Any] = data
        known = (*required, *optional)
        for name in [name for name in data if name not in known][:1]:
            raise self.error(name, str(UnknownNameError("key", name, known)))
        for name in [name for name in required if name not in data][:1]:
            raise self.error(name, "is missing")

    def value(self, name: str, kind: type[_T], default: _T) -> _T:
        """The key's value, or ``default`` where the key is absent.

        Raises:
            PresetError: The value is not of that kind.
        """
        value = self._data.get(name, default)
        if not isinstance(value, kind):
            raise self.error(name, f"must be of type {kind.__name__}, not {value!r}")
        return value

    def text(self, name: str) -> str:
        """The key's text, which may not be blank."""
        if not (text := self.value(name, str, "")).strip():
            raise self.error(name, "is empty")
        return text

    def strings(self, name: str) -> tuple[str, ...]:
        """The key's array of words; empty where the key is absent."""
        values: list[object] = self.value(name, list, [])
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise self.error(name, f"must be an array of words, not {values!r}")
        return tuple(map(str, values))

    def error(self, name: str, reason: str) -> PresetError:
        """A complaint about one key."""
        return PresetError(str(self._file), f"{self._path}.{name}".lstrip("."), reason)


def load_json(file: Path) -> object:
    """Decode a data file.

    Raises:
        PresetError: It can't be read, or is not JSON.
    """
    try:
        data: object = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise PresetError(str(file), "file", f"can't be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise PresetError(str(file), "file", f"is not JSON: {error}") from error
    return data


def with_floats(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same values with whole numbers as floats."""
    return {name: float(value) if type(value) is int else value for name, value in values.items()}
