"""Files of values, with positions."""
