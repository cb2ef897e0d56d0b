"""The studio: a path-traced photographic set round the original product pixels."""
