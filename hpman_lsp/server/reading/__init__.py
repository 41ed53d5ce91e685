"""Reads the workspace beside the main thread, in a process of its own."""
