"""The calls that carry secrets in their bodies never give one back."""

from __future__ import annotations

import json
from uuid import uuid4

import httpx
import pytest

SECRET = "a3f1" * 16


@pytest.mark.parametrize("path", ["GenerateJwtToken", "RefreshJwtToken"])
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/plain", json.dumps({"applicationId": str(uuid4()), "jwtPrivateKey": SECRET, "refreshToken": SECRET})),
        ("application/x-www-form-urlencoded", f"jwtPrivateKey={SECRET}"),
        ("application/json", json.dumps(SECRET)),
        ("application/json", json.dumps([SECRET])),
        ("application/json", f'{{"jwtPrivateKey": "{SECRET}", '),
        ("application/json", json.dumps({"jwtPrivateKey": int(SECRET, 16), "refreshToken": int(SECRET, 16)})),
        ("application/json", json.dumps({"jwtPrivateKey": [SECRET], "refreshToken": [SECRET]})),
        ("application/json", json.dumps({"jwtPrivateKey": SECRET + "\x00", "refreshToken": SECRET + "\x00"})),
    ],
)
def test_a_malformed_body_is_refused_without_its_secret(
    client: httpx.Client, path: str, content_type: str, body: str
) -> None:
    reply = client.post(f"/api/v1/Authorization/{path}", content=body, headers={"Content-Type": content_type})
    assert reply.status_code == (400 if content_type == "application/json" else 415)
    assert SECRET not in reply.text
    assert str(int(SECRET, 16))[:50] not in reply.text
    assert reply.json()["errors"]


@pytest.mark.parametrize("second", ["jwtPrivateKey", "JwtPrivateKey"])
def test_a_body_that_has_two_values_of_a_key_is_refused(client: httpx.Client, second: str) -> None:
    body = f'{{"applicationId": "{uuid4()}", "jwtPrivateKey": "{SECRET}", "{second}": "another"}}'
    reply = client.post(
        "/api/v1/Authorization/GenerateJwtToken", content=body, headers={"Content-Type": "application/json"}
    )
    assert reply.status_code == 400
    assert reply.json()["errors"] == {second: [f"The {second} field is given more than once."]}


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ([], {"": ["The request body must be a JSON object."]}),
        ("text", {"": ["The request body must be a JSON object."]}),
        ({"applicationId": None, "jwtPrivateKey": SECRET}, {"applicationId": ["The applicationId field is required."]}),
    ],
)
def test_what_is_missing_in_a_body_is_told(client: httpx.Client, body: object, errors: dict[str, list[str]]) -> None:
    assert client.post("/api/v1/Authorization/GenerateJwtToken", json=body).json()["errors"] == errors
