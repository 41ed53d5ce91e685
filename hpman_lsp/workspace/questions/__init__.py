"""What several features ask of a snapshot."""
