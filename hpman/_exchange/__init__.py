"""Values to and from files and other processes."""
