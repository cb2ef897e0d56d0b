"""Write shots to files: one implementation a file."""
