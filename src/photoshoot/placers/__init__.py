"""Place products in scenes: one engine a folder.

In go requests (a cut-out product, a scene and a canvas); out come shots. ``studio`` renders a built set,
``diffusion`` paints one with a model, and ``multi_device`` spreads the calls over placers of either kind.
"""
