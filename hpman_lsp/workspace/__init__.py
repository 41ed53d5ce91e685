"""The files of a workspace, their index and their scopes, as a frozen snapshot."""
