"""Tests of courses, their lessons and their seats."""
