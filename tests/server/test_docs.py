from __future__ import annotations

import dataclasses
import re
import time
from pathlib import Path
from typing import Any

from photoshoot.jobs.webhooks.signing import ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER, draw_secret, sign
from photoshoot.server import ServerSettings
from tests.server.http.test_openapi import ROUTES

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "service.md").read_text()


def test_every_setting_is_documented() -> None:
    (table,) = re.findall(r"## Settings\n(.*?)\n## ", TEXT, re.DOTALL)
    named = set(re.findall(r"^\| (.*?) \|", table, re.MULTILINE))
    names = {name for cell in named for name in re.findall(r"`(\w+)`", cell)}
    assert names == {field.name for field in dataclasses.fields(ServerSettings)}


def test_every_route_is_documented() -> None:
    for route in ROUTES:
        path = route.split()[1].removeprefix("/api/v1")
        assert f"{path}`" in TEXT, route


def test_the_receivers_check_knows_a_genuine_message() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(code, "docs/service.md", "exec"), names)
    secret, body, now = draw_secret(), b'{"MessageType":"x"}', int(time.time())

    def headers(timestamp_s: int) -> dict[str, str]:
        signature = sign(secret, "id", timestamp_s, body)
        return {ID_HEADER: "id", TIMESTAMP_HEADER: str(timestamp_s), SIGNATURE_HEADER: signature}

    assert names["is_genuine"](secret, headers(now), body)
    assert not names["is_genuine"](draw_secret(), headers(now), body)
    assert not names["is_genuine"](secret, headers(now), body + b" ")
    assert not names["is_genuine"](secret, headers(now - 600), body)
