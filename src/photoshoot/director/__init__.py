"""The director: reads a scene in plain words as a set design.

In goes a prompt; out comes a ``Direction``: the design to build, and what was understood. ``wording`` puts the prompt
into the director's English (``translation`` and ``lexicon``: ``presets/languages/words.psv``), ``vocabulary`` is the
dictionary (``presets/director.json`` and the sets' own words), ``mentions`` finds its phrases, ``shades`` those that
are colours called after things, ``paints`` the colours of a prompt, ``product_words`` leaves out what is said of the
product and ``sides`` what is on a side, ``designing`` turns the rest into one set's parameters, ``showing`` says what
of it the set shows, ``nearest`` knows what to take where no set was named, ``report`` says how it was read,
``account`` what became of each word, and ``leaving_out`` takes out what a negative prompt names.
Start reading with ``direction.direct``.
"""

from photoshoot.director.account import Accounted
from photoshoot.director.direction import direct
from photoshoot.director.prompt_reading import NearPreset, PromptReading, find_presets, read_prompt
from photoshoot.director.report import Direction

__all__ = ["Accounted", "Direction", "NearPreset", "PromptReading", "direct", "find_presets", "read_prompt"]
