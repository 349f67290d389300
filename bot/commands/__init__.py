"""What can be done with Antenna from a terminal, a module for each matter."""
