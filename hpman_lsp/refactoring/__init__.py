"""Changes to a program's hyperparameters, as edits of its files: renaming, extracting, inlining, moving a default."""
