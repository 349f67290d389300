"""The pages of the conversations."""
