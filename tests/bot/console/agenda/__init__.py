"""Tests of the operators' day and of the times they give."""
