"""What is kept: the database, the keys, the erasing."""
