"""Anything that holds a photo goes in, upright 8-bit sRGB comes out, and is resampled once on its way to a canvas.

``photos`` reads, ``imaging`` resamples, composites and shrinks, ``views`` shows a cut-out to networks.

START HERE: ``photos``.
"""
