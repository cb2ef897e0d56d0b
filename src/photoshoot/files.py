"""Files written atomically, singly or together; digests of files; and the data files that come with the library.

Data files' JSON objects are read key by key; every complaint names file, key and reason.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import re
import secrets
import tempfile
import unicodedata
import urllib.parse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TypeVar

from photoshoot.errors import ExportError, InputError, PresetError, UnknownNameError

LEFT_BEHIND: Final = re.compile(r"\.[0-9a-f]{16}\.tmp")
"""Names of what a run that was killed left of its ``AtomicFiles``."""


class AtomicFiles:
    """A context in which files are written under temporary names; leaving it in peace gives them their own.

    Each temporary file lies beside its final place, so that the renaming is one step of the file system. On any
    exception, an interruption included, the temporary files are removed and files of an earlier run stay as they were.
    """

    def __init__(self) -> None:
        self._waiting: dict[Path, Path] = {}

    def __enter__(self) -> AtomicFiles:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._commit()
        finally:
            for temporary in self._waiting.values():
                with contextlib.suppress(OSError):
                    temporary.unlink(missing_ok=True)

    def write(self, path: Path, data: bytes) -> None:
        """Write ``data`` for ``path``, whose folder is made where there is none.

        Raises:
            ExportError: It can't be written; says the path and the reason.
        """
        temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._waiting[path] = temporary
            with temporary.open("xb") as file:
                file.write(data)
            if os.path.isdir(path):
                raise IsADirectoryError("it is a folder")
        except (OSError, ValueError) as error:  # a ValueError is a name with a null character
            raise _translate(path, error) from error

    def place(self, path: Path, data: bytes, *, overwrite: bool) -> Path:
        """Like ``write``, but without ``overwrite`` the next free name is taken where another file has this one.

        Returns:
            The path that was taken, such as ``ad-2.png``; a file of the very same bytes is left alone.

        Raises:
            ExportError: As of ``write``.
        """
        if overwrite:
            self.write(path, data)
            return path
        numbered = (path.with_stem(f"{path.stem}-{number}") for number in itertools.count(2))
        for candidate in itertools.chain([path], numbered):
            if candidate in self._waiting:
                continue
            if not os.path.lexists(candidate):
                self.write(candidate, data)
                return candidate
            if _holds(candidate, data):
                return candidate
        raise AssertionError  # numbers do not end

    def _commit(self) -> None:
        for path, temporary in self._waiting.items():
            try:
                os.replace(temporary, path)
            except (OSError, ValueError) as error:
                raise _translate(path, error) from error


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def check_folder(path: Path) -> None:
    """Say at once that no file can be written in a folder, which need not be there yet.

    Raises:
        ExportError: So it is; says why.
    """
    nearest = next(folder for folder in (path.absolute(), *path.absolute().parents) if os.path.lexists(folder))
    try:
        tempfile.TemporaryFile(dir=nearest).close()
    except OSError as error:
        raise _translate(path, error) from error


def check_new(path: Path, *, overwrite: bool) -> None:
    """Say at once that a file can't be written, or is there already and is not to be overwritten.

    Raises:
        InputError: It is there.
        ExportError: It can't be written; says why.
    """
    if os.path.lexists(path) and not overwrite:
        raise InputError(f"{path} is there already: give another name, or --overwrite")
    check_folder(path.parent)


def tell_path(path: Path) -> str:
    r"""A path as text that any file can hold: bytes of a name that are no UTF-8 stand there as ``\xe9``."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def digest_file(path: Path) -> str:
    """SHA-256 of a file's contents, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def cache_folder(name: str) -> Path:
    """Where this library keeps ``name``, what it can make again: under ``$XDG_CACHE_HOME``, or the home's ``.cache``.

    Raises:
        RuntimeError: Neither is known.
    """
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "photoshoot" / name


def keep_newest(folder: Path, pattern: str, most_bytes: int) -> None:
    """Delete the oldest of a folder's files whose names match, until the others take no more than ``most_bytes``."""
    taken = 0
    for _, size, file in sorted(_read_ages(folder.glob(pattern)), reverse=True):
        taken += size
        if taken > most_bytes:
            file.unlink(missing_ok=True)


def _read_ages(files: Iterable[Path]) -> Iterator[tuple[float, int, Path]]:
    """When each was written, and its size; of those that another process has not deleted meanwhile."""
    for file in files:
        with contextlib.suppress(FileNotFoundError):
            told = file.stat()
            yield told.st_mtime, told.st_size, file


def _translate(path: Path, error: OSError | ValueError) -> ExportError:
    reason = getattr(error, "strerror", None) or error
    return ExportError(f"{path} can't be written: {reason}")


_PACKAGE = Path(__file__).resolve().parent


def find_data(name: str) -> Path:
    """The folder ``name`` (``"presets"``, ``"weights"`` or ``"examples"``) of the library's data.

    Raises:
        FileNotFoundError: The installation is damaged: the folder is in neither place.
    """
    for root in (_PACKAGE / "_data", _PACKAGE.parents[1]):
        if (root / name).is_dir():
            return root / name
    raise FileNotFoundError(f"photoshoot's {name!r} folder is missing; reinstall photoshoot")


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


def write_disposition(kind: str, name: str) -> str:
    """The header ``Content-Disposition`` of a file that is sent. Source: RFC 6266, section 4.3 and appendix D.

    Args:
        kind: ``"inline"`` or ``"attachment"``.
        name: The file's name; what old programs read of it is ASCII.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().replace('"', "")
    more = "" if plain == name else f"; filename*=UTF-8''{urllib.parse.quote(name, safe='')}"
    return f'{kind}; filename="{plain}"{more}'


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
