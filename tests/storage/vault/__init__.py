"""Tests of the vault: what is sealed, and to whom."""
