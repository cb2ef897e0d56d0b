"""What the director knows, for tests that try all of it."""

from __future__ import annotations

from photoshoot.director.words.vocabulary import load_vocabulary


def list_phrases(*kinds: str) -> list[str]:
    """Every phrase of these kinds of terms, as stems: by kind, then in the order of the file."""
    known = load_vocabulary().phrases.items()
    return [" ".join(phrase) for kind in kinds for phrase, term in known if term.kind == kind]
