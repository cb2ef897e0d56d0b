"""What writes shots to files. ``files`` is the exporter; the rest are its parts."""
