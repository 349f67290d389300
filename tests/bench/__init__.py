"""What is measured and never asserted: `make bench`."""
