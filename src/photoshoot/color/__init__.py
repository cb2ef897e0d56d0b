"""Colours go in as ``#rrggbb`` or arrays, colours, names and distances come out; all by linear light and OKLab.

``space`` converts, ``palette`` finds and names a product's main colours, ``difference`` is CIEDE2000, ``styling`` leans
a set's accents toward a product.

START HERE: ``space``.
"""
