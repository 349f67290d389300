"""The pages on which words are read, changed, and let out by a second person."""
