"""Which module an import means, and which name is a manager."""
