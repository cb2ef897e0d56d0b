"""Finds prompts and presets that suit a product: one implementation of the role a file.

In go described products, each with its category and palette, and a date; out come four prompts and six preset ids each,
with the parts of every preset's score. ``affinity`` ranks presets by what suits the category (``affinities``), how the
product stands out before the set (``backdrops``, ``harmony``) and the time of the year (``seasons``); ``briefs`` writes
prompts from a grammar. Start reading with ``affinity``.
"""
