"""Messages: their bytes, their order, their ends."""
