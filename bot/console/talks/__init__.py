"""The conversations with people as the console shows them: the list, one of them, what is done."""
