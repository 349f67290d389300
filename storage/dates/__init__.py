"""Dates that are a person's own; no operator has a way to them."""
