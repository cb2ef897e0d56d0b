"""What is sent for each call about notification channels, and how its answer is read."""

from uuid import UUID

from photoshoot.client.answers import read_channel, read_channels, read_deliveries, read_delivery
from photoshoot.client.calls import API, Call, Credentials
from photoshoot.client.records import Channel, Delivery

_CHANNELS = f"{API}/NotificationChannel"


def create_channel(who: Credentials, url: str, name: str, with_image: bool, is_active: bool) -> Call[Channel]:
    """Have an address told of what is finished."""
    own = {"applicationId": str(who.application_id), "url": url, "name": name}
    body = own | {"includeImageData": with_image, "isActive": is_active}
    return Call(method="POST", path=_CHANNELS, body=body, read=read_channel)


def delete_channel(who: Credentials, channel: Channel) -> Call[None]:
    """Tell an address no more."""
    params = {"applicationId": str(who.application_id)}
    return Call(method="DELETE", path=f"{_CHANNELS}/{channel.id}", params=params, read=lambda _: None)


def list_channels(who: Credentials, only_active: bool) -> Call[list[Channel]]:
    """All channels, or those that are told of anything."""
    path = f"{_CHANNELS}/Active" if only_active else _CHANNELS
    return Call(method="GET", path=path, params={"applicationId": str(who.application_id)}, read=read_channels)


def change_channel(
    who: Credentials,
    channel: Channel,
    url: str | None,
    name: str | None,
    with_image: bool | None,
    is_active: bool | None,
) -> Call[Channel]:
    """Change what is given."""
    changes = {"url": url, "name": name, "includeImageData": with_image, "isActive": is_active}
    given = {field: value for field, value in changes.items() if value is not None}
    body = {"applicationId": str(who.application_id)} | given
    return Call(method="PATCH", path=f"{_CHANNELS}/{channel.id}", body=body, read=read_channel)


def list_deliveries(
    who: Credentials, channel: Channel, state: str | None, before: UUID | None, limit: int
) -> Call[list[Delivery]]:
    """A channel's messages."""
    given = {"applicationId": who.application_id, "state": state, "before": before, "limit": limit}
    params = {name: str(value) for name, value in given.items() if value is not None}
    return Call(method="GET", path=f"{_CHANNELS}/{channel.id}/Deliveries", params=params, read=read_deliveries)


def redeliver(who: Credentials, channel: Channel, delivery: Delivery) -> Call[Delivery]:
    """Have a message sent once more."""
    path = f"{_CHANNELS}/{channel.id}/Deliveries/{delivery.id}/Redeliver"
    return Call(method="POST", path=path, params={"applicationId": str(who.application_id)}, read=read_delivery)
