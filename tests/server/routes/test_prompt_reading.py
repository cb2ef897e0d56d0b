from __future__ import annotations

from uuid import UUID

import httpx

from photoshoot.director import find_presets, read_prompt
from photoshoot.jobs import Credentials
from photoshoot.server import Service
from tests.server.asking import headers_of

BASE = "/api/v1/Image/ProductGeneration"


def get(client: httpx.Client, credentials: Credentials, user_id: UUID, route: str, text: str) -> httpx.Response:
    query = {"applicationId": str(credentials.application.id), "userId": str(user_id), "text": text}
    return client.get(f"{BASE}/{route}", params=query, headers=headers_of(credentials))


def test_a_prompts_reading_is_pythons(
    client: httpx.Client, credentials: Credentials, user_id: UUID, service: Service
) -> None:
    text = "auf einem schwarzen Marmortisch, von einer Frau gehalten"
    told = get(client, credentials, user_id, "PromptReading", text).json()
    reading = read_prompt(text, service.presets)
    assert (told["setName"], told["language"], told["reading"]) == (reading.set, "German", reading.reading)
    assert (told["absent"], told["understood"]) == (["people"], True)
    assert [near["id"] for near in told["nearest"]] == [near.id for near in reading.nearest]
    assert told["nearest"][0]["previewImageUrl"].endswith(f"/{reading.nearest[0].id}.webp")


def test_a_search_is_pythons(client: httpx.Client, credentials: Credentials, user_id: UUID, service: Service) -> None:
    told = get(client, credentials, user_id, "PresetSearch", "gemütliche Herbstküche").json()
    found = find_presets("gemütliche Herbstküche", service.presets)
    assert [item["id"] for item in told] == [item.preset.id for item in found]
    assert told[0]["likeness"] == found[0].likeness


def test_an_empty_text_is_refused(client: httpx.Client, credentials: Credentials, user_id: UUID) -> None:
    assert get(client, credentials, user_id, "PresetSearch", " ").status_code == 400
