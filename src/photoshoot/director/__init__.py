"""The director: reads a scene in plain words as a set design.

In goes a prompt; out comes a ``Direction``: the design to build, and what was understood. ``wording`` puts the prompt
into the director's English (``languages``), in which ``phrases`` finds what is asked for, by the dictionary
(``words``: ``presets/director.json``, and ``presets/languages/words.psv`` for other languages). ``senses`` tells which
of its meanings a word has there, ``placing`` what the product stands on and before what, ``choosing`` takes the set
that shows the most of it (``worth``; ``nearest`` where none is named), and ``design`` turns the rest into its
parameters. ``report`` says how it was read, ``account`` what became of each word, and ``leaving_out`` takes out what a
negative prompt names. Rooms import only those below them, as ``pyproject.toml`` has it.
Start reading with ``direction.direct``.
"""

from photoshoot.director.account import Accounted
from photoshoot.director.direction import direct
from photoshoot.director.prompt_reading import NearPreset, PromptReading, find_presets, read_prompt
from photoshoot.director.report import Direction

__all__ = ["Accounted", "Direction", "NearPreset", "PromptReading", "direct", "find_presets", "read_prompt"]
