"""What each file adds, merged by name."""
