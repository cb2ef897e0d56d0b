"""START HERE: the service's client.

Each method sends one of ``calls``; a service that is busy is asked again when it says so.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx

from photoshoot.client import channel_calls, generation_calls
from photoshoot.client.answers import read_event
from photoshoot.client.calls import Photo, Prompts, Upload
from photoshoot.client.records import (
    Channel,
    Deleted,
    Delivery,
    FoundPreset,
    Page,
    Picture,
    Preset,
    Progress,
    PromptReading,
    Recommendation,
    Task,
)
from photoshoot.client.sender import Sender


class Client(Sender):
    """Calls the service, and waits for it.

    Every method may raise ``ApiError``, or ``httpx.HTTPError`` where the service can't be reached.

    Args:
        url: Where the service is, such as ``"https://ads.example.com"``.
        credentials: The application's.
        retries: How often a call is sent again that was answered with 429 or 503.
        http: An ``httpx.Client`` of your own, with proxies or certificates; it stays yours. None: a plain one.
    """

    def list_presets(self, user_id: UUID) -> list[Preset]:
        """All presets."""
        return self.send(generation_calls.list_presets(self.credentials, user_id))

    def search_presets(self, user_id: UUID, text: str) -> list[FoundPreset]:
        """The presets that fit a text of any language, best first."""
        return self.send(generation_calls.search_presets(self.credentials, user_id, text))

    def read_prompt(self, user_id: UUID, text: str) -> PromptReading:
        """How a prompt would be read."""
        return self.send(generation_calls.read_prompt(self.credentials, user_id, text))

    def recommend(
        self,
        photo: Photo,
        user_id: UUID,
        *,
        select: str | None = None,
        glass: bool | None = None,
        keep: Photo | None = None,
        remove: Photo | None = None,
    ) -> Recommendation:
        """Upload a photo: what it shows, and what suits it. The cut-out may be told more, see ``calls.Upload``."""
        upload = Upload(photo=photo, select=select, glass=glass, keep=keep, remove=remove)
        return self.send(generation_calls.recommend(self.credentials, upload, user_id))

    def order(self, of: Recommendation, prompts: Prompts, render_kind: int = 4, **fields: object) -> Progress:
        """Order a picture per prompt and size.

        Args:
            of: The upload.
            prompts: Up to six texts or prompt objects, such as ``{"tag": "preset", "preset": "white_background"}``.
            render_kind: A size or a group of sizes, as the contract numbers them; 4 is landscape.
            fields: Any further field of the form, such as ``seed=7`` or ``DisableSafeMargin=True``.
        """
        return self.send(generation_calls.order(self.credentials, of, prompts, render_kind, fields))

    def shoot(
        self,
        photo: Photo,
        user_id: UUID,
        prompt: str | Mapping[str, Any] | None = None,
        *,
        format: str = "png",
        low_resolution: bool = False,
        wait_s: float = 600,
        keep: Photo | None = None,
        remove: Photo | None = None,
        **fields: object,
    ) -> Picture:
        """Photo in, picture out, in one call; without a prompt by the preset that suits it best.

        Args:
            photo: The photo.
            user_id: Whom it is for.
            prompt: A text or a prompt object. None: the preset that suits the product best.
            format: ``"png"``, ``"jpeg"`` or ``"pdf"``.
            low_resolution: The thumbnail.
            wait_s: Longest wait, 0 to 600 seconds. After it an ``ApiError`` of status 202 has the ``process``.
            keep: A picture whose strokes, white or opaque, are of the product. None: no strokes.
            remove: The same of what is not.
            fields: Any further field of the form, such as ``seed=7`` or ``select="the left mug"``.
        """
        upload = Upload(photo=photo, keep=keep, remove=remove)
        call = generation_calls.shoot(self.credentials, upload, user_id, prompt, format, low_resolution, wait_s, fields)
        return self.send(call)

    def check(self, progress: Progress) -> Progress:
        """How far a process is."""
        return self.send(generation_calls.check(progress))

    def wait(
        self,
        progress: Progress,
        *,
        every_s: float = 1.0,
        timeout_s: float | None = None,
        on_progress: Callable[[Progress], object] | None = None,
    ) -> Progress:
        """Ask until a process is finished.

        Args:
            progress: The process.
            every_s: Seconds between two questions.
            timeout_s: Longest wait, seconds. None: no end.
            on_progress: Told of every answer.

        Raises:
            TimeoutError: It takes longer.
        """
        until = None if timeout_s is None else time.monotonic() + timeout_s
        while True:
            progress = self.check(progress)
            if on_progress is not None:
                on_progress(progress)
            if progress.is_final:
                return progress
            if until is not None and time.monotonic() > until:
                raise TimeoutError(f"process {progress.process_id} is at {progress.percent} % after {timeout_s:g} s")
            time.sleep(every_s)

    def follow(self, progress: Progress) -> Iterator[Progress]:
        """Every change of a process, as the service tells it, to its end; a connection that is cut is opened anew."""
        told, call = None, generation_calls.follow(progress)
        params = dict(call.params)
        while told is None or not told.is_final:
            latest = self.check(progress)  # first, since it waits for a busy service, and renews tokens
            if latest != told:
                told = latest
                yield told
            with (
                suppress(httpx.TransportError),
                self._http.stream(call.method, call.path, params=params) as answer,
            ):
                for line in answer.iter_lines():
                    if (event := read_event(line)) is not None and event != told:
                        told = event
                        yield told
            if not told.is_final:
                time.sleep(1.0)

    def list_processes(
        self,
        *,
        user_id: UUID | None = None,
        state: int | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        cursor: str | None = None,
        limit: int = 100,
    ) -> Page:
        """Processes of the application, newest first.

        Args:
            user_id: Of this user alone. None: of all.
            state: In this ``requestRenderState`` alone. None: in any.
            since: Ordered then or later; without a zone it is UTC. None: no matter when.
            until: Ordered before then. None: no matter when.
            cursor: ``Page.next_cursor`` of the page before. None: the first page.
            limit: Most processes, 1 to 1000.
        """
        times = {"since": since and since.isoformat(), "until": until and until.isoformat()}
        filters = {"userId": user_id, "state": state, "cursor": cursor, "limit": limit, **times}
        return self.send(generation_calls.list_processes(self.credentials, filters))

    def download(self, progress: Progress, task: Task, *, format: str = "png", low_resolution: bool = False) -> Picture:
        """A finished task's picture, as ``"png"``, ``"jpeg"`` or ``"pdf"``."""
        return self.send(generation_calls.download(self.credentials, progress, task, format, low_resolution))

    def cancel(self, progress: Progress, task: Task | None = None) -> Progress:
        """Cancel what is not finished of a process, or one task."""
        return self.send(generation_calls.cancel(self.credentials, progress, task))

    def reroll(self, progress: Progress, task: Task, seed: int | None = None) -> Progress:
        """Order a task's picture once more, with another seed: a new process."""
        return self.send(generation_calls.reroll(self.credentials, progress, task, seed))

    def create_channel(self, url: str, *, name: str = "", with_image: bool = False, is_active: bool = True) -> Channel:
        """Have an address told of what is finished; keep the answer's secret."""
        return self.send(channel_calls.create_channel(self.credentials, url, name, with_image, is_active))

    def list_channels(self, *, only_active: bool = False) -> list[Channel]:
        """The application's channels, oldest first."""
        return self.send(channel_calls.list_channels(self.credentials, only_active))

    def change_channel(
        self,
        channel: Channel,
        *,
        url: str | None = None,
        name: str | None = None,
        with_image: bool | None = None,
        is_active: bool | None = None,
    ) -> Channel:
        """Change what is given of a channel; its secret stays, and is not told again."""
        return self.send(channel_calls.change_channel(self.credentials, channel, url, name, with_image, is_active))

    def list_deliveries(
        self, channel: Channel, *, state: str | None = None, before: UUID | None = None, limit: int = 100
    ) -> list[Delivery]:
        """A channel's messages, newest first; ``before`` is the last one's id of the page before."""
        return self.send(channel_calls.list_deliveries(self.credentials, channel, state, before, limit))

    def redeliver(self, channel: Channel, delivery: Delivery) -> Delivery:
        """Have a message sent once more."""
        return self.send(channel_calls.redeliver(self.credentials, channel, delivery))

    def delete_channel(self, channel: Channel) -> None:
        """Tell an address no more."""
        self.send(channel_calls.delete_channel(self.credentials, channel))

    def delete_upload(self, upload: Recommendation) -> Deleted:
        """Delete an upload; its pictures stay."""
        return self.send(generation_calls.delete(self.credentials, "Upload", productImageAssetId=upload.asset_id))

    def delete_picture(self, progress: Progress, task: Task) -> Deleted:
        """Delete a picture; its task is cancelled."""
        ids = {"imageProductGeneratorProcessId": progress.process_id, "taskId": task.id}
        return self.send(generation_calls.delete(self.credentials, "Picture", **ids))

    def delete_process(self, progress: Progress) -> Deleted:
        """Delete a process with its pictures."""
        ids = {"imageProductGeneratorProcessId": progress.process_id}
        return self.send(generation_calls.delete(self.credentials, "Process", **ids))

    def delete_user(self, user_id: UUID) -> Deleted:
        """Delete everything of a user."""
        return self.send(generation_calls.delete(self.credentials, "User", userId=user_id))

    def delete_application(self) -> Deleted:
        """Delete the application itself, with everything of it."""
        return self.send(generation_calls.delete_application(self.credentials))
