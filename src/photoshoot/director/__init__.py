"""The director: reads a scene in plain words as a set design. Start with ``direction.direct``."""

from photoshoot.director.direction import Direction, direct

__all__ = ["Direction", "direct"]
