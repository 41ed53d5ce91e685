"""Files and folders: the one port to the disk, and what is left out."""
