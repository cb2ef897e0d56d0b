"""Find prompts and presets that suit a product: one implementation a file."""
