"""What the characters of a text tell before anything is parsed."""
