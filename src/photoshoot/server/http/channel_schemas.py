"""The bodies of notification channels and of what is delivered to them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from photoshoot.server.http.schemas import Body, RequestBody, Text, check_characters

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(check_characters)]
"""What people call a channel; may be empty."""


class ChannelRequest(RequestBody):
    """A channel to be created."""

    application_id: UUID
    url: Text = Field(description="Where messages are posted, http or https; or a RabbitMQ broker: amqp or amqps.")
    name: Name = ""
    include_image_data: bool = Field(default=False, description="Put pictures into messages, in base64.")
    is_active: bool = True


class ChannelAnswer(Body):
    """A channel."""

    id: UUID
    application_id: UUID
    name: str
    url: str
    include_image_data: bool
    is_active: bool
    created_at: datetime


class CreatedChannelAnswer(ChannelAnswer):
    """A new channel, with the secret that its messages are signed with. It is shown only once."""

    secret: str = Field(description="Empty where it is a RabbitMQ broker's.")


class ChannelChanges(RequestBody):
    """What is to be changed of a channel; what is left out stays."""

    application_id: UUID
    url: Text | None = None
    name: Name | None = None
    include_image_data: bool | None = None
    is_active: bool | None = None


class DeliveryAnswer(Body):
    """A message to a channel."""

    id: UUID = Field(description="The same at every try: `webhook-id`.")
    image_render_process_id: UUID
    task_id: UUID | None = Field(description="The task that it tells of; null: the process.")
    state: Literal["pending", "delivered", "given_up"]
    tries: int
    last_error: str
    created_at: datetime | None = Field(description="Null where an older version wrote it.")
