from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from photoshoot.cli import main
from photoshoot.errors import AuthenticationError
from photoshoot.jobs import Jobs
from photoshoot.presets import PresetRegistry
from photoshoot.server import ServerSettings

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs ``photoshoot apps``: exit code, the JSON on standard output, standard error."""

    def run(*words: str) -> tuple[int, Any, str]:
        capsys.readouterr()
        code = main(["apps", *words, "--folder", str(tmp_path / "data"), "--json"])
        streams = capsys.readouterr()
        return code, json.loads(streams.out) if streams.out else None, streams.err

    return run


@pytest.fixture
def jobs(tmp_path: Path) -> Jobs:
    """The same store, from Python."""
    settings = ServerSettings(folder=tmp_path / "data")
    settings.folder.mkdir()
    return Jobs.open(settings.database_url, settings.pictures_url, presets=PresetRegistry([]))


def test_applications_are_created_listed_and_their_secrets_rotated(run: Run, jobs: Jobs) -> None:
    code, first, _ = run("create", "My shop", "--credits", "5")
    assert code == 0
    assert list(first) == ["applicationId", "x-api-key", "x-api-secret", "jwtPrivateKey"]
    application = jobs.applications.authenticate(first["x-api-key"], first["x-api-secret"])
    assert (str(application.id), application.name, application.credits) == (first["applicationId"], "My shop", 5)
    _, second, _ = run("rotate", first["applicationId"])
    assert second["applicationId"] == first["applicationId"]
    assert jobs.applications.authenticate(second["x-api-key"], second["x-api-secret"]).id == application.id
    assert not {first["x-api-key"], first["x-api-secret"]} & set(second.values())
    _, granted, _ = run("grant", first["applicationId"], "3")
    assert granted["credits"] == 8
    _, listed, _ = run("list")
    assert [(item["id"], item["name"], item["credits"]) for item in listed] == [(first["applicationId"], "My shop", 8)]
    assert not set(first.values()) & {str(value) for value in listed[0].values()} - {first["applicationId"]}
    jobs.close()


def test_an_application_is_shut_out_rotated_and_deleted(run: Run, jobs: Jobs) -> None:
    _, first, _ = run("create", "leaving")
    ours = first["applicationId"]
    assert run("disable", ours)[1]["disabled"]
    with pytest.raises(AuthenticationError):
        jobs.applications.authenticate(first["x-api-key"], first["x-api-secret"])
    assert not run("enable", ours)[1]["disabled"]
    run("rotate", ours, "--overlap", "1")
    assert str(jobs.applications.authenticate(first["x-api-key"], first["x-api-secret"]).id) == ours
    nothing: dict[str, list[str]] = {"uploads": [], "processes": [], "pictures": [], "channels": []}
    assert run("delete", ours, "--user", ours)[1] == nothing
    assert run("delete", ours)[1] == nothing
    assert run("list")[1] == []
    jobs.close()


def test_credits_and_ids_that_are_not_allowed_are_told_and_leave_nothing_behind(run: Run, jobs: Jobs) -> None:
    for amount in ("-1", "0", "9" * 30):
        code, _, err = run("create", "x", "--credits", amount)
        assert (code, run("list")[1]) == (2, []), "an application whose secrets nobody was shown"
        assert "a whole number above 0" in err
    _, first, _ = run("create", "My shop", "--credits", "5")
    code, _, err = run("grant", first["applicationId"], "9" * 30)
    assert (code, run("list")[1][0]["credits"]) == (2, 5)
    assert "in all" in err
    code, _, err = run("delete", first["applicationId"], "--user", "x")
    assert code == 2
    assert "give the user's id" in " ".join(err.split())
    jobs.close()


def test_they_are_shown_to_people_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--folder", str(tmp_path)]
    assert main(["apps", "create", "My shop", *where]) == 0
    shown = capsys.readouterr()
    secret = re.search(r"x-api-secret: (\w+)", shown.out)
    assert secret is not None
    assert "can't show them again" in shown.err
    assert main(["apps", "list", *where]) == 0
    listed = capsys.readouterr().out
    assert "My shop" in listed
    assert secret[1] not in listed


def test_a_config_file_that_is_not_there_is_named_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "none.toml")
    assert main(["apps", "list", "--config", missing]) == 2
    told = capsys.readouterr().err
    assert told.count(missing) == 1
    assert "[Errno" not in told


def test_a_config_file_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "service.toml"
    config.write_text(f'folder = "{tmp_path / "kept"}"\n')
    assert main(["apps", "create", "My shop", "--config", str(config), "--json"]) == 0
    application = json.loads(capsys.readouterr().out)["applicationId"]
    assert main(["apps", "list", "--config", str(config), "--json"]) == 0
    assert [one["id"] for one in json.loads(capsys.readouterr().out)] == [application]
    assert (tmp_path / "kept" / "photoshoot.db").exists()


@pytest.mark.parametrize("command", [["worker"], ["apps", "list"], ["apps", "rotate", "x"]])
def test_a_folder_that_has_no_store_is_an_error_and_stays_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert main([*command, "--folder", str(tmp_path / "photoshoot-dta")]) == 2
    assert "photoshoot-dta' is not allowed: give the folder of a store" in capsys.readouterr().err
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("command", [["apps", "create", "x"], ["serve", "--port", "0"]])
@pytest.mark.parametrize(("under", "why"), [("", "it is a file"), ("more", "Not a directory")])
def test_a_folder_that_cant_be_made_is_told_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], under: str, why: str
) -> None:
    (tmp_path / "file").touch()
    assert main([*command, "--folder", str(tmp_path / "file" / under)]) == 2
    err = " ".join(capsys.readouterr().err.split())
    assert f"give a folder that is there or can be made ({why})" in err


@pytest.mark.parametrize("id", ["x", "00000000-0000-4000-8000-000000000001"])
def test_an_id_that_is_no_applications_is_an_error(run: Run, id: str) -> None:
    run("create", "another")
    code, _, told = run("rotate", id)
    assert code != 0
    assert id in told


def test_a_port_that_is_taken_is_told_before_anything_is_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        code = main(["serve", "--port", port, "--folder", str(tmp_path / "data")])
    assert code == 2
    assert f"port={port}" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()
