from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem

from photoshoot.errors import SettingsError, StoreError
from photoshoot.jobs.store.object_store import ObjectStore


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    return ObjectStore(str(tmp_path / "pictures"))


def files_of(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_what_is_written_is_read(store: ObjectStore, tmp_path: Path) -> None:
    assert not store.exists("a/b/picture.png")
    assert store.read("a/b/picture.png") is None
    for data in (b"first", b"second"):
        store.write("a/b/picture.png", data)
        assert store.read("a/b/picture.png") == data
    assert store.exists("a/b/picture.png")
    assert files_of(tmp_path) == ["photoshoot.txt", "picture.png"]


def test_other_stores_are_named_by_their_address() -> None:
    store = ObjectStore("memory://photoshoot-test/pictures")
    store.write("a.png", b"bytes")
    assert store.read("a.png") == b"bytes"
    store.check()
    folder = "/photoshoot-test/pictures"
    assert fsspec.filesystem("memory").find("/photoshoot-test") == [f"{folder}/a.png", f"{folder}/photoshoot.txt"]


def test_nobody_ever_sees_half_a_file(store: ObjectStore) -> None:
    contents = [bytes([value]) * 2_000_000 for value in (1, 2)]
    store.write("a.png", contents[0])
    seen: set[bytes | None] = set()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.add(store.read("a.png"))

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(5):
        for data in contents:
            store.write("a.png", data)
    done.set()
    reader.join()
    assert seen <= set(contents)


class FullDisk(LocalFileSystem):  # type: ignore[misc]  # fsspec has no types
    """A disk that takes ten files and then half of another."""

    protocol = "full"
    cachable = False
    left = 10

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(LocalFileSystem._strip_protocol(path.removeprefix("full://")))

    def open(self, path: str, mode: str = "rb", **options: Any) -> Any:
        file = super().open(path, mode, **options)
        if mode == "wb":
            self.left -= 1
            if self.left < 0:
                file.write(b"ne")
                file.close()
        return file


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    fsspec.register_implementation("full", FullDisk, clobber=True)
    store = ObjectStore(f"full://{tmp_path}/pictures")
    for _ in range(9):  # after the mark
        store.write("a.png", b"old")
    with pytest.raises(StoreError) as failed:
        store.write("a.png", b"new")
    assert str(tmp_path) not in str(failed.value)
    assert store.read("a.png") == b"old"
    assert files_of(tmp_path) == ["a.png", "photoshoot.txt"]


def test_leftovers_of_a_killed_program_are_swept(store: ObjectStore, tmp_path: Path) -> None:
    store.write("a/b.png", b"whole")
    folder = tmp_path / "pictures" / "a"
    (folder / ".b.png.0123456789abcdef").write_bytes(b"hal")
    (folder / ".c.png.0123456789abcdef").write_bytes(b"another's")
    store.sweep("a/b.png")
    assert files_of(tmp_path) == [".c.png.0123456789abcdef", "b.png", "photoshoot.txt"]


def test_addresses_that_mean_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="pictures_url"):
        ObjectStore("nonsense://bucket")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreError):
        ObjectStore(str(tmp_path / "file" / "folder"))


def test_a_mount_that_is_gone_is_no_empty_store(store: ObjectStore, tmp_path: Path) -> None:
    store.write("a.png", b"kept")
    (tmp_path / "pictures").rename(tmp_path / "elsewhere")
    (tmp_path / "pictures").mkdir()  # the mount's empty place
    with pytest.raises(StoreError, match="gone"):
        store.check()
    with pytest.raises(StoreError, match="gone"):
        store.read("a.png")
    with pytest.raises(StoreError, match="gone"):
        store.write("b.png", b"new")
    with pytest.raises(StoreError, match="gone"):
        ObjectStore(str(tmp_path / "pictures"), is_known=True)
    assert files_of(tmp_path / "pictures") == []
    (tmp_path / "pictures").rmdir()
    with pytest.raises(StoreError, match="gone"):
        store.write("b.png", b"new")
    (tmp_path / "elsewhere").rename(tmp_path / "pictures")
    assert store.read("a.png") == b"kept"


def test_only_the_owner_may_read_what_is_written(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        store = ObjectStore(str(tmp_path / "new" / "pictures"))
        store.write("a/b/picture.png", b"private")
    finally:
        os.umask(before)
    made = [tmp_path / "new", *(tmp_path / "new").rglob("*")]
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in made} == {
        "new": "0o700",
        "pictures": "0o700",
        "photoshoot.txt": "0o600",
        "a": "0o700",
        "b": "0o700",
        "picture.png": "0o600",
    }
