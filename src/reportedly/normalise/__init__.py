"""What is said, made comparable."""
