"""What users and projects set."""
