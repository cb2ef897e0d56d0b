"""Place products in scenes: one engine a folder."""
