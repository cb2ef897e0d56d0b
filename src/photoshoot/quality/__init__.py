"""A finished ``Shot`` and its product layer go in, a ``QualityReport`` comes out. Nothing is downloaded for it.

``fidelity`` and ``core_region`` hold the product's own pixels, ``outline`` and ``contact_shading`` look at its edge,
``scene_measures`` at the rest, ``expansion`` at growth. ``thresholds`` says what each may be.

START HERE: ``gate``.
"""

from photoshoot.reports import THRESHOLDS, Threshold

__all__ = ["THRESHOLDS", "Threshold"]
