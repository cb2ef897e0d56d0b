"""Pictures of presets: a preview, the set with a fitting product in it, and a plate, the same set without one.

In go presets and example products; out come WebP files beside the presets, and a contact sheet of them. People choose a
preset by its preview; an engine takes up its style from the plate, in which no product can leak. Start reading with
``studio``; ``products`` says which product a preset is shown with, ``sheet`` lays previews out on one page.
"""
