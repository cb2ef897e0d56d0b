"""What is behind the product, and what of the photo is its shade or its mirror image.

In goes a photo; out come maps of it: what is backdrop, shadow or reflection, and no product. ``backdrop`` fits a plain
one (``two_planes``: a wall above a table), ``enclosures`` finds what of it the product closes in, ``shade`` soft
shadows on it, ``cast_shadow`` hard ones, ``reflections`` mirror images, ``grain`` how far pixels stray.
Start reading with ``backdrop.fit_backdrop``.
"""
