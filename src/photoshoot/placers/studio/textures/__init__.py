"""textures."""
