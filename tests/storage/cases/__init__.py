"""Tests of contact sheets and cases."""
