"""The quality gate: every shot measured, with no downloaded weights. ``gate`` is where to begin."""

from photoshoot.quality.thresholds import THRESHOLDS, Threshold

__all__ = ["THRESHOLDS", "Threshold"]
