"""backdrops."""
