"""Compare pictures of products with words: one implementation a file."""
