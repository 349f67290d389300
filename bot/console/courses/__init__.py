"""Courses in the console: what there is, when it meets, who has a seat, who was there."""
