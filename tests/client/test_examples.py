"""The examples of examples/service and of docs/service.md, in each language that this machine has."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from photoshoot.jobs import Credentials
from photoshoot.jobs.webhooks.signing import draw_secret, sign
from tests.jobs.waiting import PATIENCE_S
from tests.server.conftest import credentials, service, shoot, url
from tests.server.uploads import cut_jpeg, draw_photo, encode_photo

__all__ = ["credentials", "service", "shoot", "url"]  # fixtures of the service's tests
ROOT = Path(__file__).resolve().parents[2]
TYPESCRIPT = ROOT / "clients" / "typescript"
TSC = shutil.which("tsc") or shutil.which("tsc", path=TYPESCRIPT / "node_modules" / ".bin")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "bottle.png"
    path.write_bytes(encode_photo(draw_photo()))
    return path


def run(command: list[str], who: Credentials, *, folder: Path = ROOT, **more: str) -> str:
    secrets = {
        "PHOTOSHOOT_APP": str(who.application.id),
        "PHOTOSHOOT_KEY": who.key,
        "PHOTOSHOOT_SECRET": who.secret,
        "PYTHONPATH": str(ROOT / "src"),
    }
    environment = {**os.environ, **secrets, **more}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_python(url: str, credentials: Credentials, photo: Path, tmp_path: Path) -> None:
    script = ROOT / "examples" / "service" / "order.py"
    told = run([sys.executable, str(script), url, str(photo), str(tmp_path / "out")], credentials)
    assert "100 %" in told
    files = list((tmp_path / "out").iterdir())
    assert [file.read_bytes()[:8] for file in files] == [b"%PDF-1.6"] * 2


def test_curl(url: str, credentials: Credentials, photo: Path, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    out = tmp_path / "out.png"
    run([str(ROOT / "examples" / "service" / "order.sh"), url, str(photo), str(out)], credentials)
    assert out.read_bytes().startswith(b"\x89PNG")


@pytest.fixture(scope="module")
def typescript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built client."""
    if TSC is None or shutil.which("node") is None:
        pytest.skip("node and the TypeScript compiler are not installed (npm install in clients/typescript)")
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([TSC, "--project", str(TYPESCRIPT), "--outDir", str(out)], check=True, timeout=PATIENCE_S)
    (out / "package.json").write_text('{"type": "module"}')
    return out / "index.js"


def test_typescript(url: str, credentials: Credentials, photo: Path, tmp_path: Path, typescript: Path) -> None:
    (tmp_path / "out").mkdir()
    script = ROOT / "examples" / "service" / "order.mjs"
    relative = os.path.relpath(typescript, ROOT)  # as one writes it
    told = run(["node", str(script), url, str(photo), str(tmp_path / "out")], credentials, CLIENT=relative)
    assert told.splitlines()[-1] == "deleted 1 process"
    assert [file.read_bytes()[:8] for file in (tmp_path / "out").iterdir()] == [b"%PDF-1.6"] * 2


def show(title: str, url: str, who: Credentials, photo: Path) -> str:
    """An example of docs/service.md, with what it leaves to its reader filled in, and of one small size."""
    text = (ROOT / "docs" / "service.md").read_text(encoding="utf-8")
    code: str
    (code,) = re.findall(rf'```\w+ title="{title}"\n(.*?)```', text, re.DOTALL)
    filled = {
        "https://ads.example.com": url,
        "6a9d3f2c-…": str(who.application.id),
        "f8a3d2c6…": who.key,
        "b7e4c1d9…": who.secret,
        "bottle.jpg": str(photo),
        "seed=7": 'seed=7, size="96x64"',
        "seed: 7": 'seed: 7, size: "96x64"',
    }
    for placeholder, value in filled.items():
        code = code.replace(placeholder, value)
    return code


def test_the_pages_example_of_python(url: str, credentials: Credentials, photo: Path, tmp_path: Path) -> None:
    file = tmp_path / "order.py"
    file.write_text(show("order.py", url, credentials, photo), encoding="utf-8")
    told = run([sys.executable, str(file)], credentials, folder=tmp_path)
    assert told.splitlines()[-1] == "100 0"
    assert [picture.read_bytes()[:2] for picture in (tmp_path / "out").iterdir()] == [b"\xff\xd8"] * 2


def test_the_pages_example_of_typescript(
    url: str, credentials: Credentials, photo: Path, tmp_path: Path, typescript: Path
) -> None:
    file = tmp_path / "order.mjs"
    code = show("order.mjs", url, credentials, photo).replace("product-photoshoot-client", typescript.as_uri())
    file.write_text(code, encoding="utf-8")
    assert run(["node", str(file)], credentials).splitlines()[-1] == "100 0"


def test_every_call_of_typescript(
    url: str, credentials: Credentials, photo: Path, typescript: Path, tmp_path: Path
) -> None:
    script = Path(__file__).with_name("every_call.mjs")
    command = ["node", str(script), url, str(photo)]
    cut, private_key = tmp_path / "cut.jpg", credentials.jwt_private_key
    cut.write_bytes(cut_jpeg())
    told = json.loads(
        run(command, credentials, CLIENT=typescript.as_uri(), CUT_PHOTO=str(cut), PHOTOSHOOT_PRIVATE_KEY=private_key)
    )
    assert told == {
        "tokens": "new",
        "together": 12,
        "found": "white_background",
        "understood": True,
        "states": [5],
        "warned": ["", "", "The file is cut short"],
        "shot": "image/jpeg",
        "sizes": [1, 1],
        "pages": [1, True],
        "channels": ["renamed", 1, 0],
        "deliveries": ["pending"],
        "deleted": [1, 1, 1, 3],
        "followed": 100,
        "renewed": True,
        "forged": False,
        "refused": [400, "x-api-key or x-api-secret is wrong"],
    }


@pytest.mark.parametrize(
    ("language", "command", "ask"),
    [
        ("js", "node", "console.log(isGenuine(process.argv[2], JSON.parse(process.argv[3]), process.argv[4]));"),
        ("php", "php", 'echo is_genuine($argv[1], json_decode($argv[2], true), $argv[3]) ? "true" : "false";'),
    ],
)
def test_the_receivers_check_of_each_language(language: str, command: str, ask: str, tmp_path: Path) -> None:
    if shutil.which(command) is None:
        pytest.skip(f"{command} is not installed")
    text = (ROOT / "docs" / "service.md").read_text(encoding="utf-8")
    code: str
    (code,) = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    file = tmp_path / f"check.{'mjs' if language == 'js' else 'php'}"
    file.write_text(("<?php\n" if language == "php" else "") + code + ask)
    secret, now, body = draw_secret(), int(time.time()), '{"MessageType":"x"}'

    def check(stamp: int, sent: str) -> str:
        signature = sign(secret, "id", stamp, body.encode())
        headers = f'{{"webhook-id":"id","webhook-timestamp":"{stamp}","webhook-signature":"{signature}"}}'
        return ask_with(headers, sent)

    def ask_with(headers: str, sent: str) -> str:
        done = subprocess.run([command, str(file), secret, headers, sent], capture_output=True, text=True, check=True)
        assert not done.stderr
        return done.stdout.strip()

    assert ask_with("{}", body) == "false", "nobody signed it"
    assert [check(now, body), check(now, body + " "), check(now - 600, body)] == ["true", "false", "false"]
