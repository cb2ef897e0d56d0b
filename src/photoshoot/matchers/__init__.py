"""Pictures of products and scenes' words go in, a table of likenesses comes out: one more part of presets' scores.

START HERE: ``siglip``, the one there is; a second one goes into a file beside it and a line of ``engines.registry``.
"""
