"""One Python file as the editor sees it."""
