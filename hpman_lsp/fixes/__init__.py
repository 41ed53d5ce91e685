"""Fixes for what rules find: edits that mend one violation, computed from the snapshot alone."""
