"""Shot requests go in, shots come out: a network paints the scene round the product, whose own pixels are laid over it.

What differs from one kind of networks to another is said in ``families``, a file each.

1. ``loading`` reads a checkpoint (``folders``, ``single_file``), fuses LoRAs into it, installs the style adapter.
2. ``conditioning`` encodes prompts and style references, ``latent_grid`` lays the canvas on the network's cells.
3. ``inpainting`` paints small, then refines at full size; ``denoise`` is the loop of a pass, ``sampling`` its steps.
4. ``compositing`` lays the product over; ``candidates`` keeps the picture in which it grew least.

START HERE: ``placer``.
"""
