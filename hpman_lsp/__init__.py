"""The language server of hpman: a hyperparameter behaves like a symbol."""
