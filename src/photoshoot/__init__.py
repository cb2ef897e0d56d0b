"""photoshoot."""
