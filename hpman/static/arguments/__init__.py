"""What `parse_file` is given, as far as it is known without running the code."""
