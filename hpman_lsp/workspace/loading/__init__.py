"""Reads a workspace from disk, and notices what changed there."""
