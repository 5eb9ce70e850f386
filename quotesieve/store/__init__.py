"""The only room that opens files: reading raw input, writing and publishing tables."""
