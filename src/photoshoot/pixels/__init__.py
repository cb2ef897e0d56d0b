"""Anything that holds a photo goes in, upright 8-bit sRGB comes out, and is resampled once on its way to a canvas.

``photos`` reads, ``imaging`` resamples, composites and shrinks; ``product_light`` lays a scene's light
on the product, and ``downloads`` gets photos from the web.

START HERE: ``photos``.
"""
