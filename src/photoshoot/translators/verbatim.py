"""Leaves prompts as they are, where no model is there that could translate them."""

from collections.abc import Sequence


class VerbatimTranslator:
    """Returns every text as it was given: the prompt's own words reach the scene, its reading and the file's record."""

    def translate(self, texts: Sequence[str]) -> list[str]:
        """The same texts."""
        return list(texts)
