"""The diffusion engine: Stable Diffusion inpainting round the original product pixels."""
