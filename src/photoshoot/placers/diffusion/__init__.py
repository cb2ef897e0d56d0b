"""Shot requests go in, shots come out: a network paints the scene round the product, whose own pixels are laid over it.

What differs from one kind of networks to another is said in ``families``, a file each.

1. ``loading`` reads a checkpoint (``models``: its ``components``), fuses LoRAs into it, installs the style adapter, and
   hosts it as the device allows (``memory``, ``hosting``).
2. ``painting`` encodes prompts and style references, paints small on the network's ``canvas``, refines at full size,
   and lays the product over.

START HERE: ``placer``.
"""
