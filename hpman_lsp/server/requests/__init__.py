"""Requests: convert, ask a feature, convert."""
