"""Messages to RabbitMQ, as the HTTP API's document has them: one exchange, and a routing key for each kind of message.

A message is published persistently and mandatory, and waited for until the broker has taken it: one that no queue gets
counts as not delivered, and is tried again.
"""

import ssl
from typing import Final
from urllib.parse import unquote

from photoshoot.errors import MissingExtraError, TargetError
from photoshoot.jobs.webhooks.messages import TASK_COMPLETED
from photoshoot.jobs.webhooks.ssrf import Target

try:
    import pika
    from pika.adapters.blocking_connection import BlockingChannel, BlockingConnection
    from pika.exceptions import AMQPConnectionError, AMQPError, ChannelClosedByBroker, UnroutableError
except ImportError as error:
    raise MissingExtraError("RabbitMQ channels", "rabbitmq") from error

EXCHANGE: Final = "image-render.notifications"
"""Where messages go. One that is there may be of any type; where there is none, a durable topic exchange is made."""
TASK_KEY: Final = "task.completed"
"""Routing key of messages about tasks, as the HTTP API's document has it."""
PROCESS_KEY: Final = "process.completed"
"""Routing key of messages about processes."""
_NOT_FOUND: Final = 404  # AMQP 0-9-1's reply code
_PERSISTENT: Final = 2  # its delivery mode


def publish(target: Target, message_id: str, kind: str, body: bytes, timeout_s: float) -> None:
    """Hand a message to a broker, and wait until it has it.

    Args:
        target: The broker's address, looked up; its URL has user, password and virtual host.
        message_id: The same at every try.
        kind: The body's ``MessageType``.
        body: JSON.
        timeout_s: Longest wait for each step, seconds.

    Raises:
        TargetError: It did not take the message; says why.
    """
    try:
        connection = _connect(target, timeout_s)
        try:
            _publish(connection, message_id, kind, body)
        finally:
            if connection.is_open:
                connection.close()
    except UnroutableError as error:
        raise TargetError(f"no queue gets {_key(kind)} of the exchange {EXCHANGE}") from error
    except (AMQPError, OSError, ValueError) as error:
        raise TargetError(f"RabbitMQ did not take it: {type(error).__name__}") from error


def _connect(target: Target, timeout_s: float) -> BlockingConnection:
    """To the first of its addresses that can be reached, whose certificate must be the name's."""
    *others, last = target.addresses
    for address in others:
        try:
            return BlockingConnection(_parameters(target, address, timeout_s))
        except AMQPConnectionError:
            continue
    return BlockingConnection(_parameters(target, last, timeout_s))


def _parameters(target: Target, address: str, timeout_s: float) -> pika.ConnectionParameters:
    url, secure = target.url, target.url.scheme == "amqps"
    given = {"credentials": pika.PlainCredentials(url.username, url.password)} if url.userinfo else {}
    host = url.raw_host.decode("ascii")
    return pika.ConnectionParameters(
        host=address,
        port=url.port or (5671 if secure else 5672),
        virtual_host=unquote(url.raw_path.decode("ascii").removeprefix("/")) or "/",
        ssl_options=pika.SSLOptions(ssl.create_default_context(), host) if secure else None,
        connection_attempts=1,
        socket_timeout=timeout_s,
        stack_timeout=timeout_s,
        blocked_connection_timeout=timeout_s,
        heartbeat=0,  # it lives for one message
        **given,
    )


def _publish(connection: BlockingConnection, message_id: str, kind: str, body: bytes) -> None:
    channel = _find_exchange(connection)
    channel.confirm_delivery()
    properties = pika.BasicProperties(
        content_type="application/json",
        delivery_mode=_PERSISTENT,
        message_id=message_id,
        type=kind,
        app_id="photoshoot",
    )
    channel.basic_publish(EXCHANGE, _key(kind), body, properties, mandatory=True)


def _find_exchange(connection: BlockingConnection) -> BlockingChannel:
    channel = connection.channel()
    try:
        channel.exchange_declare(EXCHANGE, passive=True)
    except ChannelClosedByBroker as error:
        if error.reply_code != _NOT_FOUND:
            raise
        channel = connection.channel()
        channel.exchange_declare(EXCHANGE, "topic", durable=True)
    return channel


def _key(kind: str) -> str:
    return TASK_KEY if kind == TASK_COMPLETED else PROCESS_KEY
