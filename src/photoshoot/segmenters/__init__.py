"""Cut the product out of a photo: one implementation a file."""
