"""A shell completes presets' ids, and nothing is loaded for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from photoshoot.presets import PresetRegistry

IDS = set(PresetRegistry.load().ids)


def ask(line: str, out: Path, *python: str) -> subprocess.CompletedProcess[str]:
    """Ask as argcomplete's protocol has it what may stand at the end of a line."""
    told = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_STDOUT_FILENAME": str(out), "_ARGCOMPLETE_IFS": "\n"}
    place = {"COMP_LINE": line, "COMP_POINT": str(len(line))}
    env = {**os.environ, **told, **place}
    return subprocess.run([sys.executable, *python], env=env, capture_output=True, text=True, check=False)


def complete(line: str, tmp_path: Path) -> list[str]:
    done = ask(line, tmp_path / "out", "-m", "photoshoot")
    assert done.returncode == 0, done.stderr
    return [word.strip() for word in (tmp_path / "out").read_text().splitlines() if word.strip()]


@pytest.mark.parametrize(
    ("line", "begun"),
    [
        ("photoshoot shoot a.jpg --preset white_b", "white_b"),
        ("photoshoot shoot --seed 3 --preset white_background --preset ea", "ea"),
        ("photoshoot shoot 'crème brûlée.jpg' --preset neon", "neon"),
        ("photoshoot shoot a.jpg --preset ", ""),
        ("photoshoot presets show pink", "pink"),
        ("photoshoot presets render white_background la", "la"),
    ],
)
def test_a_presets_id_is_completed(line: str, begun: str, tmp_path: Path) -> None:
    wanted = {name for name in IDS if name.startswith(begun)}
    assert wanted
    assert set(complete(line, tmp_path)) == wanted


def test_an_id_that_is_joined_to_its_option_is_completed(tmp_path: Path) -> None:
    assert complete("photoshoot shoot a.jpg --preset=white_backg", tmp_path) == ["--preset=white_background"]


def test_presets_of_ones_own_folder_are_among_them_and_a_broken_file_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "a.json").write_text('[{"id": "zzz_own"}]')
    (folder / "b.json").write_text("[{")
    assert complete(f"photoshoot shoot --presets {folder} --preset zz", tmp_path) == ["zzz_own"]


@pytest.mark.parametrize("line", ["photoshoot shoot --presets whi", "photoshoot shoot --prompt white_b"])
def test_what_is_no_presets_id_is_not_completed_as_one(line: str, tmp_path: Path) -> None:
    assert not set(complete(line, tmp_path)) & IDS


def test_nothing_is_loaded_that_takes_time(tmp_path: Path) -> None:
    code = (
        "import os, sys; from photoshoot.__main__ import main\n"
        "os._exit = lambda code: sys.exit(str({'numpy', 'rich', 'PIL', 'photoshoot.cli'} & set(sys.modules)))\n"
        "main()"
    )
    assert ask("photoshoot shoot --preset whi", tmp_path / "out", "-c", code).stderr.strip() == "set()"


SHELLS = {
    "bash": """
        eval "$(photoshoot completion bash)"
        COMP_LINE='photoshoot shoot a.jpg --preset white_backg'; COMP_POINT=${#COMP_LINE}; COMP_TYPE=9
        COMP_WORDS=(photoshoot shoot a.jpg --preset white_backg); COMP_CWORD=4
        _python_argcomplete photoshoot; printf '%s\\n' "${COMPREPLY[@]}"
    """,
    "zsh": """
        autoload -Uz compinit; compinit -u -D
        eval "$(photoshoot completion zsh)"
        _describe() { local -a found; found=("${(@P)2}"); print -rl -- "${found[@]%%:*}" }
        words=(photoshoot shoot a.jpg --preset white_backg); CURRENT=5; BUFFER="${words[*]}"; CURSOR=${#BUFFER}
        service=photoshoot; _python_argcomplete
    """,
    "fish": """
        photoshoot completion fish | source
        complete -C 'photoshoot shoot a.jpg --preset white_backg'
    """,
}


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_completes_it_with_what_completion_prints(shell: str, tmp_path: Path) -> None:
    if (path := shutil.which(shell)) is None:
        pytest.skip(f"no {shell} here")
    command = tmp_path / "photoshoot"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m photoshoot "$@"\n')
    command.chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    done = subprocess.run([path, "-c", SHELLS[shell]], env=env, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["white_background"], done.stderr
