"""Between the protocol's types and ours, in both directions."""
