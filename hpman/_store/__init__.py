"""What a manager holds: occurrences, their table, the tree of nested names."""
