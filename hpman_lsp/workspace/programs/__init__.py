"""Which files belong together."""
