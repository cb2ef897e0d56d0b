"""Where pictures lie: a folder, or any store that fsspec knows."""

import contextlib
import io
import os
import posixpath
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import fsspec
from fsspec.implementations.local import LocalFileSystem

from photoshoot.errors import MissingExtraError, SettingsError, StoreError

_MARK = "photoshoot.txt"  # a folder that holds it can be written; object stores have no empty folders


class ObjectStore:
    """Files that appear whole or not at all. In a local folder only its owner may read what is written.

    Args:
        url: See ``Jobs.open``.
        is_known: Whether there are pictures in it already; then a folder that does not have the store's mark is taken
            for a mount that is gone, and not for a new store.

    Raises:
        SettingsError: The address is malformed.
        MissingExtraError: A package for this kind of address is missing.
        StoreError: The folder can't be made or written, or its pictures are gone.
    """

    def __init__(self, url: str, *, is_known: bool = False) -> None:
        try:
            self._files, self._root = fsspec.core.url_to_fs(url, use_listings_cache=False)  # others write too
        except ImportError as error:
            raise MissingExtraError(f"pictures at {url.partition(':')[0]}", "s3") from error
        except ValueError as error:
            raise SettingsError("pictures_url", url, "a folder, or an address such as s3://bucket/folder") from error
        self._is_local = isinstance(self._files, LocalFileSystem)
        if is_known:
            self._demand_mark()
        elif not self.exists(_MARK):
            self._write(_MARK, b"pictures of photoshoot\n")

    @property
    def folder(self) -> Path | None:
        """Where it lies on this machine; None: elsewhere."""
        return Path(self._root) if self._is_local else None

    def write(self, path: str, data: bytes) -> None:
        """Write a file under a temporary name, and move it to its own.

        Raises:
            StoreError: It can't be written, or the store is gone: it is never made anew beside the pictures there were.
        """
        self._demand_mark()
        self._write(path, data)

    def _write(self, path: str, data: bytes) -> None:
        target = self._at(path)
        temporary = posixpath.join(posixpath.dirname(target), f".{posixpath.basename(target)}.{secrets.token_hex(8)}")
        with _translating("written"):
            self._make_folder(posixpath.dirname(target))
            try:
                with self._files.open(temporary, "wb") as file:
                    if self._is_local:
                        os.chmod(temporary, 0o600)
                    file.write(data)
                    _sync(file)
                self._files.mv(temporary, target)
            except BaseException:
                with contextlib.suppress(Exception):
                    self._files.rm_file(temporary)
                raise

    def _make_folder(self, path: str) -> None:
        if not self._is_local:
            self._files.makedirs(path, exist_ok=True)
            return
        folder = Path(path)
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            one.mkdir(mode=0o700, exist_ok=True)

    def remove(self, path: str) -> None:
        """Remove a file; one that is not there is no error.

        Raises:
            StoreError: It can't be removed.
        """
        with _translating("removed"), contextlib.suppress(FileNotFoundError):
            self._files.rm_file(self._at(path))

    def sweep(self, path: str) -> None:
        """Remove what a killed program left behind while it wrote this file; nobody may be writing it."""
        target = self._at(path)
        pattern = posixpath.join(posixpath.dirname(target), f".{posixpath.basename(target)}.*")
        with _translating("removed"):
            for leftover in self._files.glob(pattern):
                self._files.rm_file(leftover)

    def read(self, path: str) -> bytes | None:
        """A file's bytes; None where there is none.

        Raises:
            StoreError: It can't be read, or the store is gone.
        """
        with _translating("read"):
            try:
                data: bytes = self._files.cat_file(self._at(path))
                return data
            except FileNotFoundError:
                pass
        self._demand_mark()
        return None

    def exists(self, path: str) -> bool:
        """Whether there is such a file, whole.

        Raises:
            StoreError: The store is out of reach.
        """
        with _translating("looked up"):
            return bool(self._files.exists(self._at(path)))

    def check(self) -> None:
        """Raise ``StoreError`` unless the store answers, and its folder can be written."""
        self._demand_mark()
        if self._is_local and not os.access(self._root, os.W_OK):
            raise StoreError("the folder of pictures can't be written")

    def _demand_mark(self) -> None:
        if not self.exists(_MARK):
            raise StoreError("the folder of pictures is gone")

    def _at(self, path: str) -> str:
        return posixpath.join(self._root, path)


def _sync(file: io.IOBase) -> None:
    """Have a local file reach the disk, so that a power cut after the move finds it whole; other stores see to it."""
    file.flush()
    with contextlib.suppress(io.UnsupportedOperation, AttributeError):
        os.fsync(file.fileno())


@contextmanager
def _translating(verb: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # each kind of store has its own; only an OSError would be common to some
        raise StoreError(f"a picture can't be {verb}") from error
