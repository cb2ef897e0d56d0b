"""Tells applications' own servers of tasks and processes that are final.

Goes in: ``channels`` (who is told) and the messages that ended tasks leave in the ``outbox``. Comes out: signed posts,
at least once each, tried again with growing waits. ``messages`` has the words, ``signing`` the signature, ``ssrf`` the
addresses that may be reached; ``rabbitmq`` hands them to a broker instead. Start with ``sender``.
"""
