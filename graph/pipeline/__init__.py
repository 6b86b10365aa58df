"""Compose the floors: from input paths to a written graph."""
