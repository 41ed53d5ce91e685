"""The rules: each finds one kind of problem in one file of a snapshot; pure and total."""
