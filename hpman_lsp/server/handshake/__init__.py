"""What client and server agree on at the start."""
