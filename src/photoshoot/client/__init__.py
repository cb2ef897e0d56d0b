"""A client of the HTTP service, for programs that have the service elsewhere. Needs the extra ``client``.

Goes in: a photo's file, prompts, ids. Comes out: frozen records and the bytes of pictures. ``generation_calls`` and
``channel_calls`` say what is sent, in the terms of ``calls``, and ``answers`` how an answer is read; ``client`` sends
it and waits, ``async_client`` does the same for asyncio; ``webhooks`` tells genuine messages from others. Start with
``client``.
"""

from photoshoot.errors import MissingExtraError

try:
    import httpx as _httpx  # noqa: F401  # only to find out whether the extra is there
except ImportError as error:
    raise MissingExtraError("the service's client", "client") from error

from photoshoot.client.async_client import AsyncClient
from photoshoot.client.calls import Credentials
from photoshoot.client.client import Client
from photoshoot.client.records import (
    ApiError,
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
    Tokens,
)
from photoshoot.client.webhooks import is_genuine

__all__ = [
    "ApiError",
    "AsyncClient",
    "Channel",
    "Client",
    "Credentials",
    "Deleted",
    "Delivery",
    "FoundPreset",
    "Page",
    "Picture",
    "Preset",
    "Progress",
    "PromptReading",
    "Recommendation",
    "Task",
    "Tokens",
    "is_genuine",
]
