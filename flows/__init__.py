"""What is said and decided: pure, synchronous, no I/O at all."""
