"""The language server: the only place that knows the protocol, and pygls and lsprotocol."""
