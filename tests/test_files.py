from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from photoshoot.files import AtomicFiles, write_disposition


def test_nothing_has_its_name_before_the_end(tmp_path: Path) -> None:
    with AtomicFiles() as files:
        files.write(tmp_path / "a.png", b"one")
        files.write(tmp_path / "b.png", b"two")
        assert not (tmp_path / "a.png").exists()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.png": b"one", "b.png": b"two"}


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_any_exception_leaves_everything_as_it_was(tmp_path: Path, error: type[BaseException]) -> None:
    (tmp_path / "a.png").write_bytes(b"earlier")

    def interrupted() -> None:
        with AtomicFiles() as files:
            files.write(tmp_path / "a.png", b"new")
            files.write(tmp_path / "b.png", b"new")
            raise error

    with pytest.raises(error):
        interrupted()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"earlier"]


@pytest.mark.skipif(os.name != "posix", reason="permission bits")
def test_files_have_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "plain").write_bytes(b"")
    with AtomicFiles() as files:
        files.write(tmp_path / "a.png", b"one")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert len(modes) == 1, modes


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("mug.png", 'filename="mug.png"'),
        ("été.png", "filename=\"ete.png\"; filename*=UTF-8''%C3%A9t%C3%A9.png"),
        ("写真.zip", "filename=\".zip\"; filename*=UTF-8''%E5%86%99%E7%9C%9F.zip"),
    ],
)
def test_a_file_is_sent_under_a_name_of_any_language(name: str, told: str) -> None:
    header = write_disposition("attachment", name)
    assert header == f"attachment; {told}"
    header.encode("ascii")
