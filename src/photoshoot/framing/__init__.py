"""A product and an ad's size go in, how it stands and where comes out: stance, box, safe margin, size in the world.

``layout`` is the canvas's geometry, ``holding`` says whether a product stands, lies or hangs, ``product_sizes`` how
large it is and what carries it, and ``drafts`` shrinks all of it.

START HERE: ``layout``.
"""
