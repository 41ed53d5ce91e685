"""Pure text: offsets to positions and back (`lines`), edits (`edits`). No file, no protocol."""
