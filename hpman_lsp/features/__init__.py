"""What the editor asks: f(snapshot, path, offset) -> plain frozen data; no file, no protocol, no state."""
