"""The rows of the catalogue of bad input, by what they are about."""
