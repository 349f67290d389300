"""What is told at a moment: planned, claimed, ended."""
