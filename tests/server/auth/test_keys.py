from __future__ import annotations

import dataclasses
import errno
import os
import stat
from pathlib import Path

import pytest

from photoshoot import SettingsError
from photoshoot.server import ServerSettings
from photoshoot.server.auth.keys import load_signing_key


def test_the_signing_key_is_made_once_for_its_owners_eyes(tmp_path: Path) -> None:
    settings = ServerSettings(folder=tmp_path / "new")
    key = load_signing_key(settings)
    assert load_signing_key(settings) == key
    assert len(key) == 64
    assert stat.S_IMODE((tmp_path / "new" / "signing.key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["signing.key"]
    assert load_signing_key(ServerSettings(folder=tmp_path / "other")) != key
    assert load_signing_key(dataclasses.replace(settings, signing_key="s" * 40)) == b"s" * 40


def test_a_key_that_is_there_is_read_where_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = ServerSettings(folder=tmp_path / "store")
    key = load_signing_key(settings)

    def refuse(*_: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", refuse)
    assert load_signing_key(settings) == key
    with pytest.raises(SettingsError, match="or be made there"):
        load_signing_key(ServerSettings(folder=tmp_path / "other"))


def test_a_folder_that_cant_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="signing_key"):
        load_signing_key(ServerSettings(folder=tmp_path / "file"))
