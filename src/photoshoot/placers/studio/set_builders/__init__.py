"""Builds sets: one module a set, whose builder turns a design and a view into shapes, lights and an exposure.

A builder gets its design, the ``View`` (the camera, and the room that the product takes) and the shot's generator, and
gives ``SetParts`` back; all chance comes from that generator. What many sets share is in the rooms beside this one:
``backdrops``, ``landscape``, ``assets``, ``lighting``, ``textures``. Start reading with ``cyclorama``, then ``podium``.
"""
