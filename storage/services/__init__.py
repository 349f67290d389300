"""The directory of who helps where."""
