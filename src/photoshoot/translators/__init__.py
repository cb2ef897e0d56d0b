"""Put prompts of other languages into English: one implementation a file."""
