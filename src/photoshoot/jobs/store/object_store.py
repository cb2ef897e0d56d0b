"""Where pictures lie: a folder, or any store that fsspec knows."""

import contextlib
import io
import os
import posixpath
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import fsspec

from photoshoot.errors import MissingExtraError, SettingsError, StoreError

_MARK = "photoshoot.txt"  # a folder that holds it can be written; object stores have no empty folders


class ObjectStore:
    """Files that appear whole or not at all.

    Args:
        url: See ``Jobs.open``.

    Raises:
        SettingsError: The address is malformed.
        MissingExtraError: A package for this kind of address is missing.
        StoreError: The folder can't be made or written.
    """

    def __init__(self, url: str) -> None:
        try:
            self._files, self._root = fsspec.core.url_to_fs(url, use_listings_cache=False)  # others write too
        except ImportError as error:
            raise MissingExtraError(f"pictures at {url.partition(':')[0]}", "s3") from error
        except ValueError as error:
            raise SettingsError("pictures_url", url, "a folder, or an address such as s3://bucket/folder") from error
        if not self.exists(_MARK):
            self.write(_MARK, b"pictures of photoshoot\n")

    def write(self, path: str, data: bytes) -> None:
        """Write a file under a temporary name, and move it to its own.

        Raises:
            StoreError: It can't be written.
        """
        target = self._at(path)
        temporary = posixpath.join(posixpath.dirname(target), f".{posixpath.basename(target)}.{secrets.token_hex(8)}")
        with _translating("written"):
            self._files.makedirs(posixpath.dirname(target), exist_ok=True)
            try:
                with self._files.open(temporary, "wb") as file:
                    file.write(data)
                    _sync(file)
                self._files.mv(temporary, target)
            except BaseException:
                with contextlib.suppress(Exception):
                    self._files.rm_file(temporary)
                raise

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
            StoreError: It can't be read.
        """
        with _translating("read"):
            try:
                data: bytes = self._files.cat_file(self._at(path))
            except FileNotFoundError:
                return None
        return data

    def exists(self, path: str) -> bool:
        """Whether there is such a file, whole.

        Raises:
            StoreError: The store is out of reach.
        """
        with _translating("looked up"):
            return bool(self._files.exists(self._at(path)))

    def check(self) -> None:
        """Raise ``StoreError`` unless the store answers."""
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
