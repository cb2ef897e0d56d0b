"""Name and describe a product: one implementation a file."""
