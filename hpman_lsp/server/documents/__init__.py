"""Open documents, and how editors name them."""
