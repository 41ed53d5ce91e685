"""One command each: `run(options)` writes the result, and gives the exit code."""
