"""Python's own tree: made, walked, and read."""
