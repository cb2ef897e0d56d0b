"""Delivers messages: signed, within a time limit, at least once."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx

from photoshoot.errors import PhotoshootError
from photoshoot.jobs.events import DeliveryTried, Observer
from photoshoot.jobs.notifier import Notifier
from photoshoot.jobs.settings import JobSettings
from photoshoot.jobs.store.records import DeliveryState, TaskKey
from photoshoot.jobs.webhooks.messages import encode_message
from photoshoot.jobs.webhooks.outbox import DeliveryClaim, Outbox
from photoshoot.jobs.webhooks.signing import ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER, sign
from photoshoot.jobs.webhooks.ssrf import AMQP, Target, resolve_target

_log = logging.getLogger("photoshoot")


class WebhookSender(threading.Thread):
    """Posts messages until the notifier says stop; several may be under way, one a channel.

    Args:
        outbox: What is to be sent.
        read_picture: A task's PNG, for messages that carry it; None: it may not go along.
        settings: Time limits.
        observer: Told of each try.
        notifier: Wakes it.
    """

    def __init__(
        self,
        outbox: Outbox,
        read_picture: Callable[[TaskKey], bytes | None],
        settings: JobSettings,
        observer: Observer,
        notifier: Notifier,
    ) -> None:
        super().__init__(name="photoshoot-webhooks", daemon=True)
        self._outbox, self._read_picture, self._settings = outbox, read_picture, settings
        self._observer, self._notifier = observer, notifier

    def run(self) -> None:
        """Send until the notifier says stop, and wait for what is under way."""
        asyncio.run(self._send_all())

    async def _send_all(self) -> None:
        # No connection is kept: the next message's address is looked at anew. No proxy of the host's environment is
        # asked, since it would look the address up by itself.
        limits = httpx.Limits(max_keepalive_connections=0)
        async with httpx.AsyncClient(trust_env=False, follow_redirects=False, limits=limits, timeout=None) as client:
            under_way: set[asyncio.Task[None]] = set()
            heard = 0
            while not self._notifier.stopping.is_set():
                for delivery in await self._next(self._settings.webhook_concurrency - len(under_way)):
                    task = asyncio.create_task(self._deliver(client, delivery))
                    under_way.add(task)
                    task.add_done_callback(under_way.discard)
                    task.add_done_callback(lambda _: self._notifier.notify())  # its channel's next message can go out
                heard = await asyncio.to_thread(self._notifier.wait, heard, self._settings.poll_s)
            await asyncio.gather(*under_way)

    async def _next(self, room: int) -> list[DeliveryClaim]:
        if room <= 0:
            return []
        try:
            return await asyncio.to_thread(self._outbox.claim, room)
        except PhotoshootError:
            _log.exception("the outbox can't be read; trying again")
            return []

    async def _deliver(self, client: httpx.AsyncClient, delivery: DeliveryClaim) -> None:
        began = time.perf_counter()
        error = await self._try(client, delivery)
        if error:
            host = urlsplit(delivery.url).hostname  # no more of the address: it may hold a password
            _log.warning("message %s to %s was not delivered: %s", delivery.id, host, error)
        try:
            state = await asyncio.to_thread(self._outbox.settle, delivery, error)
        except PhotoshootError:
            _log.exception("what became of message %s can't be kept; it is sent again", delivery.id)
            return
        last = state is not DeliveryState.PENDING
        self._observer(DeliveryTried(delivered=not error, last=last, seconds=time.perf_counter() - began))

    async def _try(self, client: httpx.AsyncClient, delivery: DeliveryClaim) -> str:
        """Post a message; returns why it was not taken, or nothing."""
        try:
            body = await asyncio.to_thread(self._encode, delivery)
            async with asyncio.timeout(self._settings.webhook_timeout_s):
                private = self._settings.allow_private_targets
                target = await asyncio.to_thread(resolve_target, delivery.url, allow_private=private)
                if target.url.scheme in AMQP:
                    return await self._publish(target, delivery, body)
                status = await post(client, target, _headers(delivery, body), body)
        except TimeoutError:
            return f"no answer within {self._settings.webhook_timeout_s:g} s"
        except httpx.HTTPError as error:
            return f"the connection failed: {type(error).__name__}"
        except PhotoshootError as error:
            return str(error)
        except Exception:  # whatever it is, the message must come to an end
            _log.exception("message %s can't be sent", delivery.id)
            return "the message could not be sent"
        return "" if 200 <= status < 300 else f"the receiver answered {status}"

    async def _publish(self, target: Target, delivery: DeliveryClaim, body: bytes) -> str:
        from photoshoot.jobs.webhooks.rabbitmq import publish  # an extra, which few have

        facts = (str(delivery.id), delivery.body["MessageType"], body, self._settings.webhook_timeout_s)
        await asyncio.to_thread(publish, target, *facts)
        return ""

    def _encode(self, delivery: DeliveryClaim) -> bytes:
        picture = None if delivery.picture_of is None else self._read_picture(delivery.picture_of)
        return encode_message(delivery.body, picture)


def _headers(delivery: DeliveryClaim, body: bytes) -> dict[str, str]:
    now = int(time.time())
    return {
        "content-type": "application/json",
        "user-agent": "photoshoot",
        ID_HEADER: str(delivery.id),
        TIMESTAMP_HEADER: str(now),
        SIGNATURE_HEADER: sign(delivery.secret, str(delivery.id), now, body),
    }


async def post(client: httpx.AsyncClient, target: Target, headers: dict[str, str], body: bytes) -> int:
    """Post to one of the target's addresses, the first that can be reached; returns the status.

    The connection goes to the address; the host's name stands in the Host header and in the TLS handshake, whose
    certificate must be the name's.

    Raises:
        httpx.HTTPError: None can be reached, or what answers does not speak HTTP.
    """
    *others, last = target.addresses
    for address in others:
        try:
            return await _post_to(address, client, target, headers, body)
        except httpx.ConnectError:
            continue
    return await _post_to(last, client, target, headers, body)


async def _post_to(
    address: str, client: httpx.AsyncClient, target: Target, headers: dict[str, str], body: bytes
) -> int:
    request = client.build_request(
        "POST",
        target.url.copy_with(host=address),
        content=body,
        headers={**headers, "host": target.url.netloc.decode("ascii")},
        extensions={"sni_hostname": target.url.raw_host.decode("ascii")},
    )
    response = await client.send(request, stream=True)
    await response.aclose()  # of the answer, only the status matters
    return response.status_code
