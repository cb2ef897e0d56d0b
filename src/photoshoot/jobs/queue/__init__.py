"""Who makes which task, and what becomes of it.

Goes in: queued tasks of the database. Comes out: pictures in ``store.results``, final tasks, messages in the outbox.
``queue`` claims tasks by lease; a ``worker`` a device makes them (``planner`` plans, ``task_runner`` places and keeps),
``finishing`` ends them, ``lease_renewer`` renews leases and takes over those of the dead. ``pool`` starts and stops it
all. Start with ``queue``, then ``worker``.
"""
