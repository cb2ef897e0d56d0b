from __future__ import annotations

import asyncio
import io
import itertools
import threading
from typing import Any

import pytest
from PIL import Image

from photoshoot import Photoshoot
from photoshoot.server.http.errors import ApiError
from photoshoot.server.processes.readers import LocalReader
from photoshoot.server.uploads import PhotoIntake
from photoshoot.settings import PhotoLimits
from tests.jobs.waiting import PATIENCE_S
from tests.server.uploads import draw_photo, encode_photo


class SlowShoot:
    """Recommends once it is allowed to; the rest is a real one's."""

    def __init__(self, shoot: Photoshoot) -> None:
        self._shoot, self.go, self.at_once, self.most, self.begun = shoot, threading.Event(), 0, 0, 0

    def recommend(self, photo: Any) -> Any:
        self.begun += 1
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        assert self.go.wait(PATIENCE_S)
        self.at_once -= 1
        return self._shoot.recommend(photo)


def test_no_more_photos_are_taken_than_there_are_readers_and_places(shoot: Photoshoot) -> None:
    slow = SlowShoot(shoot)
    intake = PhotoIntake(LocalReader(slow, PhotoLimits()), 2**20, readers=1, waiting=1)  # type: ignore[arg-type]
    file = encode_photo(draw_photo())

    async def upload() -> int:
        try:
            return len((await intake.recommend(io.BytesIO(file))).prompts)
        except ApiError as error:
            return error.status_code if int((error.headers or {})["Retry-After"]) > 0 else 0

    async def flood() -> list[int]:
        uploads = [asyncio.create_task(upload()) for _ in range(4)]
        for refused in itertools.islice(asyncio.as_completed(uploads), 2):
            await refused
        slow.go.set()
        return await asyncio.gather(*uploads)

    assert sorted(asyncio.run(flood())) == [4, 4, 429, 429]
    assert slow.most == 1
    assert asyncio.run(upload()) == 4  # the places are free again
    intake.close()


def test_a_photo_whose_client_hangs_up_gives_up_its_place(shoot: Photoshoot) -> None:
    """Clients that time out and try again would else fill the queue with what nobody waits for."""
    slow = SlowShoot(shoot)
    intake = PhotoIntake(LocalReader(slow, PhotoLimits()), 2**20, readers=1, waiting=1)  # type: ignore[arg-type]
    file = encode_photo(draw_photo())

    async def has_gone() -> bool:
        return True

    async def leave() -> int:
        first = asyncio.create_task(intake.recommend(io.BytesIO(file)))
        await asyncio.sleep(0)  # it is handed to the reader
        for _ in range(3):  # each takes the one place, and leaves it
            with pytest.raises(ApiError) as caught:
                await intake.recommend(io.BytesIO(file), None, has_gone)
            assert caught.value.status_code == 408
        slow.go.set()
        return len((await first).prompts)

    assert asyncio.run(leave()) == 4
    intake.close()
    assert slow.begun == 1


def test_a_place_is_free_again_after_a_bad_photo(shoot: Photoshoot) -> None:
    intake = PhotoIntake(LocalReader(shoot, PhotoLimits()), 2**20, readers=1, waiting=0)
    for _ in range(3):
        with pytest.raises(ApiError) as caught:
            asyncio.run(intake.recommend(io.BytesIO(b"nonsense")))
        assert caught.value.status_code == 400
    intake.close()


def test_the_limits_are_the_services(shoot: Photoshoot) -> None:
    intake = PhotoIntake(LocalReader(shoot, PhotoLimits(max_bytes=1000, max_pixels=1000)), 1000, readers=1, waiting=0)
    for file, words in (
        (bytes(1001), "File too large"),
        (encode_photo(Image.new("RGB", (64, 64)), "PNG"), "limit is 1000"),
    ):
        with pytest.raises(ApiError) as caught:
            asyncio.run(intake.recommend(io.BytesIO(file)))
        assert words in str(caught.value.body("trace"))
    intake.close()
