"""The director: reads a scene in plain words as a set design.

In goes a prompt; out comes a ``Direction``: the design to build, and one line on what was understood. ``vocabulary`` is
the dictionary (``presets/director.json`` and the sets' own words), ``mentions`` finds its phrases and the colours of a
prompt, ``designing`` turns them into one set's parameters. Start reading with ``direction.direct``.
"""

from photoshoot.director.direction import Direction, direct

__all__ = ["Direction", "direct"]
