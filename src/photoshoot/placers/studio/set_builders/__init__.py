"""Builds sets: one module a set, whose builder turns a design and a view into shapes, lights and an exposure.

A builder gets its design, the ``View`` (the camera, and the room that the product takes) and the shot's generator, and
gives ``SetParts`` back; all chance comes from that generator. What many sets share is in the rooms beside this one:
``backdrops``, ``landscape``, ``assets``, ``lighting``, ``textures``. Start reading with ``cyclorama``, then ``podium``.
"""

from __future__ import annotations

import importlib

from photoshoot.placers.studio.scene.set_parts import Builder
from photoshoot.sets import FAMILIES, SetDesign, set_name


def load_builder(design: SetDesign) -> Builder:
    """Import what builds a design."""
    module, _, function = FAMILIES[set_name(design)].builder.partition(":")
    builder: Builder = getattr(importlib.import_module(module), function)
    return builder
