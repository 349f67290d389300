"""Tests of the reports: what is sealed, to whom, and what a stolen copy tells."""
