"""The static parser: text in, facts out; pure and total."""
