"""What the server sends without being asked."""
