"""What is still known of text that does not parse."""
