"""Tests of the directory at the console."""
