"""START HERE: the service's client.

Each method sends one of ``calls``; a service that is busy is asked again when it says so.
"""

import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID

import httpx

from photoshoot.client import calls
from photoshoot.client.calls import Call, Credentials, Photo, Prompts, pause_s
from photoshoot.client.records import (
    ApiError,
    Channel,
    Deleted,
    Picture,
    Preset,
    Progress,
    Recommendation,
    Task,
    Tokens,
)

T = TypeVar("T")
TIMEOUT_S = 660.0
"""Longest that an answer may take: the service itself waits ten minutes at most."""


class Client:
    """Calls the service, and waits for it.

    Every method may raise ``ApiError``, or ``httpx.HTTPError`` where the service can't be reached.

    Args:
        url: Where the service is, such as ``"https://ads.example.com"``.
        credentials: The application's.
        retries: How often a call is sent again that was answered with 429 or 503.
        http: An ``httpx.Client`` of your own, with proxies or certificates; it stays yours. None: a plain one.
    """

    def __init__(
        self, url: str, credentials: Credentials, *, retries: int = 5, http: httpx.Client | None = None
    ) -> None:
        self.credentials, self._retries, self._is_own = credentials, retries, http is None
        self._http = http or httpx.Client(timeout=TIMEOUT_S)
        self._http.base_url = httpx.URL(url)
        self._http.headers.update(credentials.headers)

    def send(self, call: Call[T]) -> T:
        """Send a call, again where the service is busy.

        Raises:
            ApiError: It was refused.
        """
        for tries in range(self._retries + 1):
            try:
                return call.finish(self._http.send(call.build(self._http)))
            except ApiError as error:
                wait_s = pause_s(error, tries)
                if wait_s is None or tries == self._retries:
                    raise
                time.sleep(wait_s)
        raise AssertionError("the last try returns or raises")

    def get_tokens(self, jwt_private_key: str) -> Tokens:
        """Tokens for the application's private key; the access token goes with every call from then on."""
        tokens = self.send(calls.get_tokens(self.credentials, jwt_private_key))
        self._http.headers["Authorization"] = f"Bearer {tokens.access_token}"
        return tokens

    def list_presets(self, user_id: UUID) -> list[Preset]:
        """All presets."""
        return self.send(calls.list_presets(self.credentials, user_id))

    def recommend(
        self,
        photo: Photo,
        user_id: UUID,
        *,
        select: str | None = None,
        glass: bool = False,
        keep: Photo | None = None,
        remove: Photo | None = None,
    ) -> Recommendation:
        """Upload a photo: what it shows, and what suits it. The cut-out may be told more, see ``calls.Upload``."""
        upload = calls.Upload(photo=photo, select=select, glass=glass, keep=keep, remove=remove)
        return self.send(calls.recommend(self.credentials, upload, user_id))

    def order(self, of: Recommendation, prompts: Prompts, render_kind: int = 4, **fields: object) -> Progress:
        """Order a picture per prompt and size.

        Args:
            of: The upload.
            prompts: Up to six texts or prompt objects, such as ``{"tag": "preset", "preset": "white_background"}``.
            render_kind: A size or a group of sizes, as the contract numbers them; 4 is landscape.
            fields: Any further field of the form, such as ``seed=7`` or ``DisableSafeMargin=True``.
        """
        return self.send(calls.order(self.credentials, of, prompts, render_kind, fields))

    def shoot(
        self,
        photo: Photo,
        user_id: UUID,
        prompt: str | Mapping[str, Any] | None = None,
        *,
        format: str = "png",
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
            keep: A picture whose strokes, white or opaque, are of the product. None: no strokes.
            remove: The same of what is not.
            fields: Any further field of the form, such as ``seed=7`` or ``select="the left mug"``.
        """
        upload = calls.Upload(photo=photo, keep=keep, remove=remove)
        return self.send(calls.shoot(self.credentials, upload, user_id, prompt, format, **fields))

    def check(self, progress: Progress) -> Progress:
        """How far a process is."""
        return self.send(calls.check(progress))

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

    def download(self, progress: Progress, task: Task, *, format: str = "png", low_resolution: bool = False) -> Picture:
        """A finished task's picture, as ``"png"``, ``"jpeg"`` or ``"pdf"``."""
        return self.send(calls.download(self.credentials, progress, task, format, low_resolution))

    def cancel(self, progress: Progress, task: Task | None = None) -> Progress:
        """Cancel what is not finished of a process, or one task."""
        return self.send(calls.cancel(self.credentials, progress, task))

    def reroll(self, progress: Progress, task: Task, seed: int | None = None) -> Progress:
        """Order a task's picture once more, with another seed: a new process."""
        return self.send(calls.reroll(self.credentials, progress, task, seed))

    def create_channel(self, url: str, *, name: str = "", with_image: bool = False) -> Channel:
        """Have an address told of what is finished; keep the answer's secret."""
        return self.send(calls.create_channel(self.credentials, url, name, with_image))

    def delete_channel(self, channel: Channel) -> None:
        """Tell an address no more."""
        self.send(calls.delete_channel(self.credentials, channel))

    def delete_upload(self, upload: Recommendation) -> Deleted:
        """Delete an upload; its pictures stay."""
        return self.send(calls.delete(self.credentials, "Upload", productImageAssetId=upload.asset_id))

    def delete_process(self, progress: Progress) -> Deleted:
        """Delete a process with its pictures."""
        ids = {"imageProductGeneratorProcessId": progress.process_id}
        return self.send(calls.delete(self.credentials, "Process", **ids))

    def delete_user(self, user_id: UUID) -> Deleted:
        """Delete everything of a user."""
        return self.send(calls.delete(self.credentials, "User", userId=user_id))

    def close(self) -> None:
        """Hang up; safe to call twice."""
        if self._is_own:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()
