"""A finished ``Shot`` and its product layer go in, a ``QualityReport`` comes out. Nothing is downloaded for it.

``core_region`` holds the product's own pixels, ``surroundings`` lie round its edge,
``measures`` look at edge and scene, ``expansion`` at growth. ``photoshoot.records.reports`` says what each may be.

START HERE: ``gate``.
"""

from photoshoot.records.reports import THRESHOLDS, Threshold

__all__ = ["THRESHOLDS", "Threshold"]
