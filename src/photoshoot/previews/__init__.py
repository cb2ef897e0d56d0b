"""Pictures of presets: a preview, the set with a fitting product in it, and a plate, the same set without one.

People choose a preset by its preview; an engine takes up its style from the plate, in which no product can leak.
"""
