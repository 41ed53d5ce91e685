"""Files of values: text to nodes with places, nodes to names, values to text. Pure and total."""
