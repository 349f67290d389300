"""The pages on which operators read sealed reports, answer them and see them to their end."""
