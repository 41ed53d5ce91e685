"""Finds source files, reads them, and says what is wrong in them."""
